"""One session in pictures: its notes in time, its intonation, its timing, its degrees.

Conventions
-----------
Notes come as a frame of `store.queries.notes`. Time runs right and pitch up; sharp is up and
flat is down; early is left and late is right; the player's own median is a thin line. Every function returns
a HoloViews element and sets no global option.
"""

from typing import Any

import holoviews as hv
import numpy as np
import polars as pl
from numpy.typing import NDArray

from dsp.convert import note_name
from dsp.scales import Scale
from workbench.charts.finish import clock, clock_ticks, finished, tooltip, whole_ticks, words_only
from workbench.charts.zoom import zoomed_by
from workbench.charts.marks import IN_TUNE_CENTS, NOTE_MARKS, ON_TIME_MS, marked
from workbench.charts.theme import Palette, palette

FIRST_LOOK_S = 30.0
"""How much of a long take is shown at first: about as many notes as can be told apart at 1000 px."""

CENTS_BIN = 5.0
"""Half of the smallest interval that trained listeners tell apart (Hill & Summers 2007)."""

NOTHING = "No judged notes in this session."


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
        holds the first 30 s
    """
    colours = palette(dark)
    heard = notes.filter(pl.col("midi").is_not_null()).with_columns(pl.col("duration_s").fill_null(0.0)).sort("onset_s")
    if heard.is_empty():
        return words_only("No notes were heard in this session.", height=340, colours=colours)
    told = marked(heard, scale.name if scale else "the scale", flats=bool(scale and scale.flats))
    told = told.with_columns(
        pl.col("onset_s").map_elements(clock, return_dtype=pl.String).alias("time"),
        pl.format("{}  {}", pl.col("name"), pl.col("mark").replace_strict(_words(), return_dtype=pl.String)).alias("head"),
    )
    last = float((told["onset_s"] + told["duration_s"]).max())  # type: ignore[arg-type]
    layers = [layer for mark in NOTE_MARKS for layer in _marks(told.filter(mark=mark), mark, colours)]
    low, high = float(told["midi"].min()) - 1.5, float(told["midi"].max()) + 1.5  # type: ignore[arg-type]
    notes_in_time = finished(
        hv.Overlay(layers),
        height=340,
        grid="y",
        xlim=(-0.5, min(last, FIRST_LOOK_S) + 0.5),
        ylim=(low, high),
        yticks=_tones(low, high, scale),
        xformatter=clock_ticks(),
        xlabel="time in the take, minutes : seconds",
        ylabel="",
    )
    return zoomed_by(notes_in_time, _strip(told, last, (low, high), colours), colours)


def _strip(told: pl.DataFrame, last: float, reach: tuple[float, float], colours: Palette) -> Any:
    """The whole take in small, on axes of its own."""
    layers = [
        hv.Points((part["onset_s"].to_numpy(), part["midi"].to_numpy()), ["whole take", "pitch"]).opts(
            marker=NOTE_MARKS[str(mark)].marker, size=4, color=_colour(str(mark), colours)
        )
        for (mark,), part in told.group_by("mark", maintain_order=True)
    ]
    return finished(
        hv.Overlay(layers), height=72, xlim=(-0.5, last + 0.5), ylim=reach, yaxis=None, xformatter=clock_ticks(), xlabel=""
    )


def _marks(notes: pl.DataFrame, mark: str, colours: Palette) -> list[Any]:
    """Tails and marks of one kind."""
    if notes.is_empty():
        return []
    look = NOTE_MARKS[mark]
    colour = _colour(mark, colours)
    onset, midi = notes["onset_s"].to_numpy(), notes["midi"].to_numpy()
    tails = hv.Segments((onset, midi, onset + notes["duration_s"].to_numpy(), midi), ["onset_s", "midi", "end_s", "midi_end"])
    columns = {name: notes[name].to_numpy() for name in ("onset_s", "midi", "head", "reason", "time")}
    points = hv.Points(columns, ["onset_s", "midi"], ["head", "reason", "time"], label=look.word)
    hollow = mark == "unsure"
    return [
        tails.opts(color=colour, alpha=0.45, line_width=4),
        points.opts(
            marker=look.marker,
            angle={"early": 90, "late": -90}.get(mark, 0),
            size=11 if mark != "off" else 14,
            fill_color=colours.surface if hollow else colour,
            line_color=colour if mark in ("wrong", "unsure") else colours.outline,
            line_width=3 if mark == "wrong" else 1.5 if hollow else 0.75,
            tools=["hover"],
            hover_tooltips=tooltip("head", "reason", "time"),
        ),
    ]


def intonation(notes: pl.DataFrame, *, dark: bool = False) -> Any:
    """How far from the nearest semitone the judged notes were: cents upward, notes to the right.

    The pale band is where listeners call a tone in tune; the thin line is the player's own median.
    """
    colours = palette(dark)
    cents = _judged(notes)["cents"].drop_nulls().to_numpy()
    if cents.size == 0:
        return words_only(NOTHING, height=240, colours=colours)
    edges = np.arange(-50.0, 50.0 + CENTS_BIN, CENTS_BIN)
    counts, _ = np.histogram(cents, edges)
    words = [f"{low:+.0f} to {high:+.0f} cents" for low, high in zip(edges[:-1], edges[1:], strict=True)]
    bars = _bars((np.zeros(counts.size), edges[:-1], counts, edges[1:]), counts, words, ("notes", "cents"), colours)
    return finished(
        hv.HSpan(-IN_TUNE_CENTS, IN_TUNE_CENTS).opts(color=colours.ribbon, alpha=0.6)
        * bars
        * hv.HLine(float(np.median(cents))).opts(color=colours.text, line_width=1.5),
        height=240,
        title=f"Intonation: {_off(float(np.median(cents)))}",
        ylim=(-50, 50),
        xlim=(0, None),
        xticks=whole_ticks(),
        yticks=[(-50, "50 flat"), (-25, "25"), (0, "in tune"), (25, "25"), (50, "50 sharp")],
        xlabel="notes",
        ylabel="",
    )


def timing(notes: pl.DataFrame, *, dark: bool = False) -> Any:
    """Early and late against the click where there was one, else the intervals between onsets."""
    deviation = _judged(notes)["deviation_ms"].drop_nulls().to_numpy()
    if deviation.size:
        return _lateness(deviation, palette(dark))
    return _intervals(np.diff(np.sort(_judged(notes)["onset_s"].to_numpy())), palette(dark))


def _lateness(deviation_ms: NDArray[np.float64], colours: Palette) -> Any:
    middle = float(np.median(deviation_ms))
    reach = max(60.0, float(np.ceil(np.abs(deviation_ms).max() / 10.0)) * 10.0)
    counts, edges = np.histogram(deviation_ms, np.arange(-reach, reach + 10.0, 10.0))
    words = [f"{low:+.0f} to {high:+.0f} ms" for low, high in zip(edges[:-1], edges[1:], strict=True)]
    bars = _bars((edges[:-1], np.zeros(counts.size), edges[1:], counts), counts, words, ("lateness", "notes"), colours)
    side = "late" if middle > 0 else "early"
    title = "Timing: on the click" if abs(middle) < 0.5 else f"Timing: {abs(middle):.0f} ms {side}"
    return finished(
        hv.VSpan(-ON_TIME_MS, ON_TIME_MS).opts(color=colours.ribbon, alpha=0.6)
        * bars
        * hv.VLine(middle).opts(color=colours.text, line_width=1.5),
        height=240,
        title=title,
        xlim=(-reach, reach),
        ylim=(0, None),
        yticks=whole_ticks(),
        xlabel="◂ early     ms     late ▸",
        ylabel="notes",
    )


def _intervals(gaps_s: NDArray[np.float64], colours: Palette) -> Any:
    if gaps_s.size == 0:
        return words_only("One note has no interval.", height=240, colours=colours)
    middle = 1000.0 * float(np.median(gaps_s))
    # Rests are no intervals of the rhythm: four times the median is past a dotted or tied note.
    reach = 4.0 * middle
    shown = 1000.0 * gaps_s[1000.0 * gaps_s <= reach]
    # The median lies in the middle of a bin, so that steady playing is one bar and not two.
    width = middle / 6.0
    counts, edges = np.histogram(shown, np.arange(-0.5, 25.0) * width)
    words = [f"{low:.0f} to {high:.0f} ms" for low, high in zip(edges[:-1], edges[1:], strict=True)]
    bars = _bars((edges[:-1], np.zeros(counts.size), edges[1:], counts), counts, words, ("interval", "pairs"), colours)
    return finished(
        bars * hv.VLine(middle).opts(color=colours.text, line_width=1.5),
        height=240,
        title=f"Intervals: median {middle:.0f} ms",
        xlim=(0, reach),
        xticks=5,
        ylim=(0, None),
        yticks=whole_ticks(),
        xlabel="ms between onsets",
        ylabel="pairs of notes",
    )


def degrees(notes: pl.DataFrame, scale: Scale, *, dark: bool = False) -> Any:
    """How often each degree of the scale was played, and how many notes lay outside it."""
    colours = palette(dark)
    judged = _judged(notes)
    if judged.is_empty():
        return words_only(NOTHING, height=240, colours=colours)
    played = [scale.degree(midi) for midi in judged.filter("in_scale")["midi"]]
    names = [note_name(60 + tone, flats=scale.flats)[:-1] for tone in scale.pitch_classes]
    counts = np.array([played.count(index + 1) for index in range(len(names))] + [judged.filter(in_scale=False).height])
    labels = [f"{index + 1}\n{name}" for index, name in enumerate(names)] + ["✕\nout"]
    words = [f"degree {index + 1}, {name}" for index, name in enumerate(names)] + ["outside the scale"]
    left = np.arange(counts.size) - 0.38
    box = (left, np.zeros(counts.size), left + 0.76, counts)
    inside = _bars(tuple(side[:-1] for side in box), counts[:-1], words[:-1], ("degree", "notes"), colours)
    outside = _bars(tuple(side[-1:] for side in box), counts[-1:], words[-1:], ("degree", "notes"), colours, colours.wrong)
    used = int((counts[:-1] > 0).sum())
    return finished(
        inside * outside,
        height=240,
        title=f"Degrees: {used} of {len(names)} used",
        xlim=(-0.6, counts.size - 0.4),
        ylim=(0, None),
        yticks=whole_ticks(),
        xticks=list(enumerate(labels)),
        xlabel="",
        ylabel="notes",
    )


def _bars(
    box: tuple[Any, ...], counts: NDArray[Any], words: list[str], axes: tuple[str, str], colours: Palette, colour: str = ""
) -> Any:
    """Bars as rectangles (left, bottom, right, top) that say their range and count on hover."""
    dimensions = [axes[0], axes[1], f"{axes[0]} to", f"{axes[1]} to"]
    said = [f"{count} {'note' if count == 1 else 'notes'}" for count in counts]
    if "pairs" in axes:
        said = [f"{count} {'pair' if count == 1 else 'pairs'}" for count in counts]
    columns = dict(zip([*dimensions, "what", "many"], [*box, np.array(words), np.array(said)], strict=True))
    return hv.Rectangles(columns, dimensions, ["what", "many"]).opts(
        fill_color=colour or colours.right,
        line_color=colours.surface,
        line_width=1,
        tools=["hover"],
        hover_tooltips=tooltip("what", "many"),
    )


def _tones(low: float, high: float, scale: Scale | None) -> list[tuple[int, str]]:
    """Grid lines: the tones of the scale between two pitches, or every semitone."""
    inside = range(int(np.ceil(low)), int(np.floor(high)) + 1)
    tones = [midi for midi in inside if scale is None or scale.contains(midi)]
    return [(midi, note_name(midi, flats=bool(scale and scale.flats))) for midi in tones]


def _off(cents: float) -> str:
    return "in tune" if abs(cents) < 0.5 else f"{abs(cents):.0f} cents {'sharp' if cents > 0 else 'flat'}"


def _judged(notes: pl.DataFrame) -> pl.DataFrame:
    return notes.filter(pl.col("in_scale").is_not_null() & pl.col("midi").is_not_null())


def _colour(mark: str, colours: Palette) -> str:
    return {"right": colours.right, "wrong": colours.wrong, "unsure": colours.unsure}.get(mark, colours.off)


def _words() -> dict[str, str]:
    return {mark: f"{look.symbol} {look.word}" for mark, look in NOTE_MARKS.items()}
