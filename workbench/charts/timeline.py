"""The notes of a session in time: every one a mark with a tail, and the reason of the mark on hover.

Conventions
-----------
Time runs right and pitch up. The shape of a mark says the verdict, its colour repeats it
(`marks.NOTE_MARKS`). The chart is a HoloViews layout; no global option is set.
"""

from typing import Any

import holoviews as hv
import numpy as np
import polars as pl

from dsp.convert import note_name
from dsp.scales import Scale
from workbench.charts.finish import clock, clock_ticks, finished, minute_ticks, tooltip, words_only
from workbench.charts.marks import NOTE_MARKS, marked
from workbench.charts.theme import Palette, palette
from workbench.charts.zoom import zoomed_by

FIRST_LOOK_S = 30.0
"""How much of a long take is shown at first: about as many notes as can be told apart at 1000 px."""

FIRST_LOOK_NOTES = 24
"""At least so many are shown at first, however long the rests between them."""

SEMITONE_PX = 13.0
"""Height of a semitone where there is room: the names of neighbouring tones must not touch."""


def timeline(notes: pl.DataFrame, scale: Scale | None = None, *, dark: bool = False) -> Any:
    """Every note as a mark with a tail as long as it sounded; the reason of the mark on hover and tap.

    Parameters
    ----------
    notes : frame of `store.queries.notes`, any order
    scale : its tones become the grid lines; None = a line for each semitone
    dark : colours for a dark ground

    Returns
    -------
    hv.Layout of the notes and, under them, the whole take with a window to drag over it; at first the window
        holds 30 s, or 24 notes if these take longer
    """
    colours = palette(dark)
    heard = (
        notes.filter(pl.col("midi").is_not_null())
        .with_columns(pl.col("duration_s").fill_null(0.0))
        .sort("onset_s")
    )
    if heard.is_empty():
        return words_only("No notes were heard in this session.", height=340, colours=colours)
    told = _dressed(
        marked(heard, scale.name if scale else "the scale", flats=bool(scale and scale.flats)), colours
    )
    last = float((told["onset_s"] + told["duration_s"]).max())  # type: ignore[arg-type]
    low, high = float(told["midi"].min()) - 1.5, float(told["midi"].max()) + 1.5  # type: ignore[arg-type]
    notes_in_time = finished(
        _tails(told) * _marks(told),
        colours,
        height=int(np.clip(SEMITONE_PX * (high - low) + 70.0, 260.0, 520.0)),
        grid="y",
        xlim=(-0.5, min(last, _first_look(told["onset_s"])) + 0.5),
        ylim=(low, high),
        yticks=_tones(low, high, scale),
        xticks=minute_ticks(),
        xformatter=clock_ticks(),
        xlabel="time in the take, minutes : seconds",
        ylabel="",
    )
    strip = finished(
        _dots(told),
        colours,
        height=72,
        xlim=(-0.5, last + 0.5),
        ylim=(low, high),
        yaxis=None,
        xticks=minute_ticks(),
        xformatter=clock_ticks(),
        xlabel="",
    )
    return zoomed_by(notes_in_time, strip, colours)


def _first_look(onset_s: pl.Series) -> float:
    """Where the window ends at first."""
    return max(FIRST_LOOK_S, float(onset_s.head(FIRST_LOOK_NOTES)[-1]))


def _dressed(told: pl.DataFrame, colours: Palette) -> pl.DataFrame:
    """Add how each mark is drawn and what its card says."""
    looks = pl.DataFrame(
        [
            (
                mark,
                look.marker,
                {"early": 90.0, "late": -90.0}.get(mark, 0.0),
                14.0 if mark == "off" else 11.0,
                _colour(mark, colours),
                colours.surface if mark == "unsure" else _colour(mark, colours),
                _colour(mark, colours) if mark in ("wrong", "unsure") else colours.outline,
                {"wrong": 3.0, "unsure": 1.5}.get(mark, 0.75),
                f"{look.symbol} {look.word}",
            )
            for mark, look in NOTE_MARKS.items()
        ],
        schema=["mark", "marker", "angle", "size", "colour", "fill", "line", "width", "words"],
        orient="row",
    )
    return told.join(looks, on="mark", how="left", maintain_order="left").with_columns(
        pl.Series("time", [clock(onset) for onset in told["onset_s"]], dtype=pl.String),
        pl.format("{}  {}", "name", "words").alias("head"),
    )


def _tails(told: pl.DataFrame) -> Any:
    """Lines as long as the notes sounded."""
    onset, midi = told["onset_s"].to_numpy(), told["midi"].to_numpy()
    columns = {
        "onset_s": onset,
        "midi": midi,
        "end_s": onset + told["duration_s"].to_numpy(),
        "midi_end": midi,
        "colour": told["colour"].to_numpy(),
    }
    tails = hv.Segments(columns, ["onset_s", "midi", "end_s", "midi_end"], ["colour"])
    return tails.opts(color=hv.dim("colour"), alpha=0.45, line_width=4)


def _marks(told: pl.DataFrame) -> Any:
    """The marks themselves, with the reason on hover."""
    drawn = ["marker", "angle", "size", "fill", "line", "width"]
    columns = {name: told[name].to_numpy() for name in ("onset_s", "midi", "head", "reason", "time", *drawn)}
    points = hv.Points(columns, ["onset_s", "midi"], ["head", "reason", "time", *drawn])
    return points.opts(
        marker=hv.dim("marker"),
        angle=hv.dim("angle"),
        size=hv.dim("size"),
        fill_color=hv.dim("fill"),
        line_color=hv.dim("line"),
        line_width=hv.dim("width"),
        tools=["hover"],
        hover_tooltips=tooltip("head", "reason", "time"),
    )


def _dots(told: pl.DataFrame) -> Any:
    """The whole take in small, on axes of its own."""
    columns = {"whole take": told["onset_s"].to_numpy(), "pitch": told["midi"].to_numpy()}
    shown = {name: told[name].to_numpy() for name in ("marker", "angle", "colour")}
    dots = hv.Points({**columns, **shown}, ["whole take", "pitch"], ["marker", "angle", "colour"])
    return dots.opts(marker=hv.dim("marker"), angle=hv.dim("angle"), color=hv.dim("colour"), size=4)


def _tones(low: float, high: float, scale: Scale | None) -> list[tuple[int, str]]:
    """Grid lines: the tones of the scale between two pitches, or every semitone."""
    inside = range(int(np.ceil(low)), int(np.floor(high)) + 1)
    tones = [midi for midi in inside if scale is None or scale.contains(midi)]
    return [(midi, note_name(midi, flats=bool(scale and scale.flats))) for midi in tones]


def _colour(mark: str, colours: Palette) -> str:
    return {"right": colours.right, "wrong": colours.wrong, "unsure": colours.unsure}.get(mark, colours.off)
