"""The list of sessions, written like a diary: day, scale, minutes, four small bars, own words."""

from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

import param
import polars as pl
from panel.custom import JSComponent

from dashboards.parts.days import local
from workbench.archive import scale_name
from workbench.charts.theme import METRIC_TITLES

PAGE = 40
"""Entries shown at first, and added by each "more": thousands of buttons would make a phone slow."""


class Diary(JSComponent):
    """Entries to choose from; a choice reaches Python as `selected`."""

    entries = param.List(item_type=dict, doc="see `entry`")
    selected = param.String(default="", doc="id of the session that is open")
    shown = param.Integer(default=PAGE, bounds=(0, None))

    _esm = Path(__file__).with_name("diary.js")
    _stylesheets: ClassVar[list[str]] = [files("dashboards.parts").joinpath("diary.css").read_text("utf-8")]

    chosen = param.Event(doc="the player chose an entry, `selected` says which")

    def _handle_msg(self, session_id: Any) -> None:
        if any(entry["id"] == session_id for entry in self.entries):
            self.selected = session_id
            self.param.trigger("chosen")


def entries(sessions: pl.DataFrame, *, months: bool = True) -> list[dict[str, Any]]:
    """Sessions as the list shows them.

    Parameters
    ----------
    sessions : frame of `queries.sessions`, in the order of the list
    months : headings for months; only right when the order is by time
    """
    return [entry(row, months=months) for row in sessions.iter_rows(named=True)]


def entry(row: dict[str, Any], *, months: bool = True) -> dict[str, Any]:
    """One session: `id`, `month` (a heading), `day`, `minutes`, `scale`, `comment`, `scores` of 0..100."""
    began = local(row["start_timestamp"])
    return {
        "id": row["session_id"],
        "month": f"{began:%B %Y}" if months else "",
        "day": f"{began:%a %-d, %H:%M}" if months else f"{began:%-d %b %Y, %H:%M}",
        "minutes": "not finished" if row["end_timestamp"] is None else minutes_words(row["duration_seconds"]),
        "scale": scale_name(row["scale_chosen"], row["scale_type"]),
        "comment": row["comment"] or "",
        "scores": [[title, _score(row[name])] for name, title in METRIC_TITLES.items()],
    }


def minutes_words(seconds: float | None) -> str:
    """Length of a session: seconds below two minutes, hours from two hours on."""
    if seconds is None:
        return ""
    if seconds < 120.0:
        return f"{seconds:.0f} s"
    return f"{seconds / 60.0:.0f} min" if seconds < 7200.0 else f"{seconds / 3600.0:.1f} h"


def _score(score: float | None) -> int | None:
    return None if score is None else round(100.0 * score)
