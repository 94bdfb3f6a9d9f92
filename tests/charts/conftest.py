"""Small frames of notes, made by hand, and the way to look into a chart."""

from collections.abc import Callable
from typing import Any

import holoviews as hv
import polars as pl
import pytest
from bokeh.models import GlyphRenderer
from bokeh.plotting import figure

from workbench.store.queries import NOTE_SCHEMA

Build = Callable[..., pl.DataFrame]


def one_note(position: int, **changes: Any) -> dict[str, Any]:
    """A row of `queries.notes`: A3 on the click unless told otherwise."""
    note = {
        "session_id": "s",
        "position": position,
        "onset_s": 0.5 * position,
        "duration_s": 0.4,
        "midi": 57.0,
        "cents": 0.0,
        "level_dbfs": -20.0,
        "confidence": 0.9,
        "in_scale": True,
        "articulation": "pick",
        "deviation_ms": None,
        "string": None,
        "fret": None,
    }
    return note | changes


@pytest.fixture
def build() -> Build:
    """Frame of notes from one dictionary of changes for each."""

    def frame(*changes: dict[str, Any]) -> pl.DataFrame:
        rows = [one_note(position, **change) for position, change in enumerate(changes)]
        return pl.DataFrame(rows, schema=dict(NOTE_SCHEMA))

    return frame


@pytest.fixture
def every_mark(build: Build) -> pl.DataFrame:
    """One note for each mark, in the order of the legend."""
    return build(
        {},
        {"midi": 57.3, "cents": 30.0},
        {"deviation_ms": -45.0},
        {"deviation_ms": 60.0},
        {"midi": 58.0, "in_scale": False},
        {"in_scale": None, "articulation": "muted"},
    )


def drawn(element: Any) -> figure:
    """The Bokeh figure of an element."""
    return hv.render(element, backend="bokeh")


def columns(plot: figure, *needed: str) -> dict[str, list[Any]]:
    """The data of the first glyph that has these columns."""
    for renderer in plot.renderers:
        if isinstance(renderer, GlyphRenderer) and set(needed) <= set(renderer.data_source.data):
            return {name: list(renderer.data_source.data[name]) for name in needed}
    raise AssertionError(f"no glyph has the columns {needed}")


@pytest.fixture
def figure_of() -> Callable[[Any], figure]:
    return drawn


@pytest.fixture
def columns_of() -> Callable[..., dict[str, list[Any]]]:
    return columns
