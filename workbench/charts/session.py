"""How one session was played, in three small charts: its intonation, its timing, its degrees.

Conventions
-----------
Notes come as a frame of `store.queries.notes`. Sharp is up and flat is down; early is left and late is right;
the player's own median is a thin line. Every function returns a HoloViews element and
sets no global option.
"""

from itertools import pairwise
from typing import Any

import holoviews as hv
import numpy as np
import polars as pl
from numpy.typing import NDArray

from dsp.convert import note_name
from dsp.scales import Scale
from workbench.charts.finish import finished, tooltip, whole_ticks, words_only
from workbench.charts.marks import IN_TUNE_CENTS, ON_TIME_MS
from workbench.charts.theme import Palette, palette

CENTS_BIN = 5.0
"""Half of the smallest interval that trained listeners tell apart (Hill & Summers 2007)."""

NOTHING = "No judged notes in this session."


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
    words = [f"{low:+.0f} to {high:+.0f} cents" for low, high in pairwise(edges)]
    box = (np.zeros(counts.size), edges[:-1], counts, edges[1:])
    bars = _bars(box, ("notes", "cents"), counts=counts, words=words, colours=colours)
    return finished(
        hv.HSpan(-IN_TUNE_CENTS, IN_TUNE_CENTS).opts(color=colours.ribbon, alpha=0.6)
        * bars
        * hv.HLine(float(np.median(cents))).opts(color=colours.text, line_width=1.5),
        colours,
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
    words = [f"{low:+.0f} to {high:+.0f} ms" for low, high in pairwise(edges)]
    box = (edges[:-1], np.zeros(counts.size), edges[1:], counts)
    bars = _bars(box, ("lateness", "notes"), counts=counts, words=words, colours=colours)
    side = "late" if middle > 0 else "early"
    title = "Timing: on the click" if abs(middle) < 0.5 else f"Timing: {abs(middle):.0f} ms {side}"
    return finished(
        hv.VSpan(-ON_TIME_MS, ON_TIME_MS).opts(color=colours.ribbon, alpha=0.6)
        * bars
        * hv.VLine(middle).opts(color=colours.text, line_width=1.5),
        colours,
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
    words = [f"{low:.0f} to {high:.0f} ms" for low, high in pairwise(edges)]
    box = (edges[:-1], np.zeros(counts.size), edges[1:], counts)
    bars = _bars(box, ("interval", "pairs"), counts=counts, words=words, colours=colours)
    return finished(
        bars * hv.VLine(middle).opts(color=colours.text, line_width=1.5),
        colours,
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
    counts = np.array(
        [played.count(index + 1) for index in range(len(names))] + [judged.filter(in_scale=False).height]
    )
    labels = [f"{index + 1}\n{name}" for index, name in enumerate(names)] + ["✕\nout"]
    words = [f"degree {index + 1}, {name}" for index, name in enumerate(names)] + ["outside the scale"]
    left = np.arange(counts.size) - 0.38
    box = (left, np.zeros(counts.size), left + 0.76, counts)
    bars = _bars(box, ("degree", "notes"), counts=counts, words=words, colours=colours, outside=1)
    used = int((counts[:-1] > 0).sum())
    return finished(
        bars,
        colours,
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
    box: tuple[Any, ...],
    axes: tuple[str, str],
    *,
    counts: NDArray[Any],
    words: list[str],
    colours: Palette,
    outside: int = 0,
) -> Any:
    """Bars as rectangles (left, bottom, right, top) that say their range and count on hover.

    The last `outside` bars count notes outside the scale.
    """
    dimensions = [axes[0], axes[1], f"{axes[0]} to", f"{axes[1]} to"]
    thing = "pair" if "pairs" in axes else "note"
    said = [f"{count} {thing}" if count == 1 else f"{count} {thing}s" for count in counts]
    fill = [colours.right] * (counts.size - outside) + [colours.wrong] * outside
    columns = dict(zip(dimensions, box, strict=True))
    cards = {"what": np.array(words), "many": np.array(said), "fill": np.array(fill)}
    return hv.Rectangles(columns | cards, dimensions, list(cards)).opts(
        fill_color=hv.dim("fill"),
        line_color=colours.surface,
        line_width=1,
        tools=["hover"],
        hover_tooltips=tooltip("what", "many"),
    )


def _off(cents: float) -> str:
    size = round(abs(cents))
    if size == 0:
        return "in tune"
    return f"{size} {'cent' if size == 1 else 'cents'} {'sharp' if cents > 0 else 'flat'}"


def _judged(notes: pl.DataFrame) -> pl.DataFrame:
    return notes.filter(pl.col("in_scale").is_not_null() & pl.col("midi").is_not_null())
