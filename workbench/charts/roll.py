"""A take as a piano roll: what was played, what was claimed, and the running f0 underneath.

Conventions
-----------
Time runs right, pitch goes up. A pale bar is a note that was played, with a heavy edge if it was missed; a
filled circle is a right claim, a cross an invented one, a ring an event that the engine did not judge; a
triangle at the foot is a sound without a pitch. Frames come from `workbench.scoring.frames`.
"""

from typing import Any

import holoviews as hv
import numpy as np
import polars as pl

from dsp.convert import note_name
from workbench.charts.finish import clock_ticks, finished, minute_ticks, tooltip, words_only
from workbench.charts.theme import FONT, MARKS, Palette, palette

_HALF_BAR = 0.4
_SEMITONE_PX = 11.0
_OUTSIDE = 2.0
"""Semitones shown beyond the notes; an f0 farther away is cut off, or one slip would flatten the rest."""

_CERTAIN = ("played", "missed", "right", "invented")
"""Everything else was heard and not judged: unsure, muted, several strings at once."""

_NATURALS = (0, 4, 7, 9)
"""C, E, G and A of each octave: names at every tone would lie on each other."""

_LEGEND = {
    "margin": 0,
    "padding": 4,
    "spacing": 14,
    "border_line_color": None,
    "background_fill_alpha": 0.0,
    "label_text_font": FONT,
    "label_text_font_size": "13px",
}


def roll(things: pl.DataFrame, track: pl.DataFrame, title: str, *, dark: bool = False) -> Any:
    """A piano roll of one take.

    Parameters
    ----------
    things : frame of `frames.roll`
    track : frame of `frames.track`
    title : name of the take and what is to be said of it
    dark : colours for a dark ground
    """
    colours = palette(dark)
    pitched = things.drop_nulls("midi")
    if pitched.is_empty():
        return words_only(f"{title}: nothing was played, nothing was claimed.", height=160, colours=colours)
    low, high = float(pitched["midi"].min()) - _OUTSIDE, float(pitched["midi"].max()) + _OUTSIDE  # type: ignore[arg-type]
    layers = [
        _bars(pitched.filter(what="played"), "played, found", colours.line, 0.75, colours),
        _bars(pitched.filter(what="missed"), "played, missed", colours.wrong, 2.5, colours),
        _f0(track.filter(pl.col("midi").is_between(low, high)), colours),
        _marks(pitched.filter(what="right"), "claimed, right", "right", colours),
        _marks(pitched.filter(what="invented"), "claimed, wrong", "wrong", colours),
        _marks(pitched.filter(~pl.col("what").is_in(_CERTAIN)), "not judged", "unsure", colours),
        _blows(things.filter(pl.col("midi").is_null()), low, colours),
    ]
    last = float(things.select(pl.max_horizontal(pl.col("onset_s").max(), pl.col("offset_s").max())).item())
    return finished(
        # An empty layer would leave its name in the legend without a mark.
        hv.Overlay([layer for layer in layers if len(layer)]),
        colours,
        height=int(np.clip(_SEMITONE_PX * (high - low) + 130.0, 280.0, 520.0)),
        grid="y",
        title=title,
        xlim=(-0.1, last + 0.2),
        ylim=(low, high),
        yticks=_tones(low, high),
        xticks=minute_ticks(),
        xformatter=clock_ticks(),
        xlabel="time in the take, minutes : seconds",
        ylabel="",
        show_legend=True,
        legend_position="top",
        legend_opts=_LEGEND,
    )


def _tones(low: float, high: float) -> list[tuple[int, str]]:
    tones = range(int(np.ceil(low)), int(high) + 1)
    return [(tone, note_name(tone)) for tone in tones if tone % 12 in _NATURALS]


def _bars(notes: pl.DataFrame, label: str, line: str, width: float, colours: Palette) -> Any:
    midi = notes["midi"].to_numpy()
    columns = {
        "time": notes["onset_s"].to_numpy(),
        "pitch": midi - _HALF_BAR,
        "time to": notes["offset_s"].to_numpy(),
        "pitch to": midi + _HALF_BAR,
        **_card(notes),
    }
    bars = hv.Rectangles(columns, ["time", "pitch", "time to", "pitch to"], ["head", "when"], label=label)
    return bars.opts(
        fill_color=colours.ribbon,
        line_color=line,
        line_width=width,
        tools=["hover"],
        hover_tooltips=tooltip("head", "when"),
    )


def _f0(track: pl.DataFrame, colours: Palette) -> Any:
    points = hv.Points((track["time_s"].to_numpy(), track["midi"].to_numpy()), ["time", "pitch"], label="f0")
    return points.opts(color=colours.muted, size=2, alpha=0.7)


def _marks(notes: pl.DataFrame, label: str, verdict: Any, colours: Palette) -> Any:
    columns = {"time": notes["onset_s"].to_numpy(), "pitch": notes["midi"].to_numpy(), **_card(notes)}
    points = hv.Points(columns, ["time", "pitch"], ["head", "when"], label=label)
    hollow = verdict == "unsure"
    return points.opts(
        marker=MARKS[verdict].marker,
        fill_color=colours.surface if hollow else getattr(colours, verdict),
        line_color=getattr(colours, verdict),
        line_width=3.0 if verdict == "wrong" else 1.5,
        size=11 if verdict == "wrong" else 9,
        tools=["hover"],
        hover_tooltips=tooltip("head", "when"),
    )


def _blows(events: pl.DataFrame, low: float, colours: Palette) -> Any:
    foot = np.full(events.height, low + 0.5)
    columns = {"time": events["onset_s"].to_numpy(), "pitch": foot, **_card(events)}
    points = hv.Points(columns, ["time", "pitch"], ["head", "when"], label="no pitch")
    return points.opts(
        marker="triangle",
        color=colours.unsure,
        size=9,
        tools=["hover"],
        hover_tooltips=tooltip("head", "when"),
    )


def _card(things: pl.DataFrame) -> dict[str, Any]:
    rows = list(things.iter_rows(named=True))
    return {
        "head": np.array([f"{row['name']}: {row['what']}" for row in rows], dtype=np.str_),
        "when": np.array([f"{row['onset_s']:.2f} s, {row['words']}" for row in rows], dtype=np.str_),
    }
