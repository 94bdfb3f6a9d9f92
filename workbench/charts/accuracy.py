"""How well the engine hears, in pictures: whether its confidence holds, how late, how exact, by kind of take.

Conventions
-----------
Frames come from `workbench.scoring.frames`. Late is right, sharp is up. A bar or a line through a mark is a
95 % interval. What lies outside an axis is counted in its last bar, which says so. Every function returns a
HoloViews element and sets no global option.
"""

from itertools import pairwise
from typing import Any

import holoviews as hv
import numpy as np
import polars as pl
from numpy.typing import NDArray

from dsp.convert import note_name
from dsp.evaluation.figures import LOW_MIDI
from workbench.charts.finish import finished, tooltip, whole_ticks, words_only
from workbench.charts.theme import Palette, palette

HEIGHT = 320
NOTHING = "No right note to measure."

_LATENCY_BIN_MS, _LATEST_MS = 5.0, 120.0
_ONSET_BIN_MS, _FARTHEST_MS = 1.0, 20.0
_WIDEST_CENTS = 50.0
_STRINGS = (40, 45, 50, 55, 59, 64, 76)
"""Open strings and the top of the neck: pitches that a guitarist knows."""


def f1_by_group(groups: pl.DataFrame, *, dark: bool = False) -> Any:
    """F1 of each group of monophonic takes with its interval."""
    colours = palette(dark)
    known = groups.filter(pl.col("f1").is_not_null() & (pl.col("group") != "polyphonic")).reverse()
    if known.is_empty():
        return words_only(NOTHING, height=HEIGHT, colours=colours)
    rows = np.arange(known.height, dtype=np.float64)
    f1 = known["f1"].to_numpy()
    low, high = (known[name].fill_null(known["f1"]).to_numpy() for name in ("f1_low", "f1_high"))
    columns = {
        "F1": f1,
        "row": rows,
        "head": known["group"].to_numpy(),
        "value": np.array([_f1_words(row) for row in known.iter_rows(named=True)]),
        "notes": np.array(
            [f"{row['takes']} takes, {row['played']} notes" for row in known.iter_rows(named=True)]
        ),
    }
    spans = hv.Segments((low, rows, high, rows), ["F1", "row", "F1 to", "row to"])
    points = hv.Points(columns, ["F1", "row"], ["head", "value", "notes"])
    return finished(
        spans.opts(color=colours.right, line_width=3, alpha=0.5)
        * _dots(points, ("head", "value", "notes"), colours),
        colours,
        height=40 * known.height + 90,
        grid="xy",
        title="F1 by kind of take, with its 95 % interval",
        xlim=(min(0.9, float(low.min()) - 0.03), 1.005),
        ylim=(-0.6, known.height - 0.4),
        yticks=[
            (row, f"{name} ({notes})")
            for row, name, notes in zip(rows, known["group"], known["played"], strict=True)
        ],
        xlabel="F1, 50 ms and 50 cents",
        ylabel="",
    )


def reliability(bins: pl.DataFrame, *, dark: bool = False) -> Any:
    """The share of right events at each confidence; on the diagonal the confidence is as good as its word."""
    colours = palette(dark)
    said, right, low, high = (
        bins[name].to_numpy() for name in ("confidence", "right", "right_low", "right_high")
    )
    columns = {
        "confidence": said,
        "right": right,
        "size": 6.0 + 3.0 * np.log10(bins["n"].to_numpy()),
        "head": np.array([f"says {100 * value:.0f} %" for value in said]),
        "value": np.array([f"right {100 * value:.1f} %" for value in right]),
        "many": np.array([f"{n} events" for n in bins["n"]]),
    }
    spans = hv.Segments((said, low, said, high), ["confidence", "right", "confidence to", "right to"])
    points = hv.Points(columns, ["confidence", "right"], ["head", "value", "many", "size"])
    return finished(
        _straight(0.0, 0.0, 1.0, 1.0, colours)
        * spans.opts(color=colours.right, line_width=2, alpha=0.6)
        * _dots(points, ("head", "value", "many"), colours).opts(size=hv.dim("size")),
        colours,
        height=HEIGHT,
        grid="xy",
        title="Reliability: how often a claim of that confidence was right",
        xlim=(-0.02, 1.02),
        ylim=(-0.02, 1.04),
        xlabel="confidence",
        ylabel="share right",
    )


def risk_coverage(risks: pl.DataFrame, *, dark: bool = False) -> Any:
    """The share of wrong events when only the surest are let in."""
    colours = palette(dark)
    coverage, risk = (100.0 * risks[name].to_numpy() for name in ("coverage", "risk"))
    line = hv.Curve((np.r_[0.0, coverage], np.r_[risk[0], risk]), "coverage", "risk")
    return finished(
        line.opts(color=colours.right, line_width=2.5, interpolation="linear"),
        colours,
        height=HEIGHT,
        grid="xy",
        title=f"Risk and coverage: {risk[-1]:.1f} % wrong when everything is let in",
        xlim=(0, 101),
        ylim=(0, max(1.0, 1.15 * float(risk.max()))),
        xlabel="% of events let in, the surest first",
        ylabel="% of them wrong",
    )


def latency(notes: pl.DataFrame, *, dark: bool = False) -> Any:
    """How long after the pluck a right note was out; notes up to A2 in the other colour."""
    colours = palette(dark)
    if notes.is_empty():
        return words_only(NOTHING, height=HEIGHT, colours=colours)
    late = notes["latency_ms"].to_numpy()
    low = notes["midi"].to_numpy() <= LOW_MIDI
    edges = np.arange(0.0, _LATEST_MS + _LATENCY_BIN_MS, _LATENCY_BIN_MS)
    lower, higher = (_counted(late[part], edges) for part in (low, ~low))
    bars = _bars(edges, np.zeros(lower.size), lower, colours, fill=colours.off, label="E2 to A2")
    bars *= _bars(edges, lower, higher, colours, fill=colours.right, label="above A2")
    median, p95 = np.percentile(late, [50, 95])
    return finished(
        bars * _line(float(median), colours) * _line(float(p95), colours),
        colours,
        height=HEIGHT,
        title=f"Right notes out after the pluck: median {median:.0f} ms, 95 % within {p95:.0f} ms",
        xlim=(0, _LATEST_MS),
        ylim=(0, 1.08 * max(1, int((lower + higher).max()))),
        yticks=whole_ticks(),
        xlabel="ms after the true onset (the last bar: and later)",
        ylabel="notes",
        show_legend=True,
        legend_position="top_right",
    )


def onset_error(notes: pl.DataFrame, spread_ms: float | None, *, dark: bool = False) -> Any:
    """How far onsets scatter about the median of their take; the lines are plus and minus one spread."""
    colours = palette(dark)
    if notes.is_empty() or spread_ms is None:
        return words_only(NOTHING, height=HEIGHT, colours=colours)
    edges = np.arange(-_FARTHEST_MS - 0.5, _FARTHEST_MS + 1.0, _ONSET_BIN_MS)
    counts = _counted(notes["onset_within_take_ms"].to_numpy(), edges)
    bars = _bars(edges, np.zeros(counts.size), counts, colours, fill=colours.right)
    return finished(
        bars * _line(-spread_ms, colours) * _line(spread_ms, colours),
        colours,
        height=HEIGHT,
        title=f"Onsets within a take: robust spread {spread_ms:.1f} ms",
        xlim=(edges[0], edges[-1]),
        ylim=(0, 1.08 * max(1, int(counts.max()))),
        yticks=whole_ticks(),
        xlabel="early     ms from the median of the take (outer bars: and farther)     late",
        ylabel="notes",
    )


def cents_by_pitch(notes: pl.DataFrame, *, dark: bool = False) -> Any:
    """Error of the claimed pitch of each right note, over its pitch."""
    colours = palette(dark)
    if notes.is_empty():
        return words_only(NOTHING, height=HEIGHT, colours=colours)
    midi, cents = notes["midi"].to_numpy(), notes["cents"].to_numpy()
    rows = list(notes.iter_rows(named=True))
    columns = {
        "pitch": midi,
        "cents": cents,
        "head": np.array([f"{note_name(row['midi'])} {row['cents']:+.1f} cents" for row in rows]),
        "take": np.array([f"{row['take']} at {row['onset_s']:.2f} s" for row in rows]),
    }
    points = _dots(hv.Points(columns, ["pitch", "cents"], ["head", "take"]), ("head", "take"), colours)
    low, high = float(midi.min()) - 1.0, float(midi.max()) + 1.0
    median, p95 = np.percentile(np.abs(cents), [50, 95])
    return finished(
        _straight(low, 0.0, high, 0.0, colours) * points.opts(size=4, alpha=0.45, line_color=None),
        colours,
        height=HEIGHT + 60,
        grid="xy",
        title=f"Cents off: median {median:.1f}, 95 % within {p95:.0f}",
        xlim=(low, high),
        ylim=(-_WIDEST_CENTS, _WIDEST_CENTS),
        xticks=[(tone, note_name(tone)) for tone in _STRINGS if low < tone < high],
        xlabel="true pitch",
        ylabel="cents, sharp upward",
    )


def _counted(values: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.int_]:
    """Histogram whose outer bins hold what lies beyond them."""
    counts, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    return counts


def _bars(edges: Any, bottom: Any, counts: Any, colours: Palette, *, fill: str, label: str = "") -> Any:
    columns = {
        "ms": edges[:-1],
        "notes": bottom,
        "ms to": edges[1:],
        "notes to": bottom + counts,
        "what": np.array([f"{low:g} to {high:g} ms" for low, high in pairwise(edges)]),
        "many": np.array([f"{n} notes{f' {label}' if label else ''}" for n in counts]),
    }
    bars = hv.Rectangles(columns, ["ms", "notes", "ms to", "notes to"], ["what", "many"], label=label)
    return bars.opts(
        fill_color=fill,
        line_color=colours.surface,
        line_width=1,
        tools=["hover"],
        hover_tooltips=tooltip("what", "many"),
    )


def _dots(points: Any, card: tuple[str, ...], colours: Palette) -> Any:
    return points.opts(
        color=colours.right,
        line_color=colours.outline,
        line_width=0.75,
        size=9,
        tools=["hover"],
        hover_tooltips=tooltip(*card),
    )


def _line(at: float, colours: Palette) -> Any:
    return hv.VLine(at).opts(color=colours.text, line_width=1.5)


def _straight(x: float, y: float, x_to: float, y_to: float, colours: Palette) -> Any:
    return hv.Curve(([x, x_to], [y, y_to])).opts(color=colours.muted, line_dash="dashed", line_width=1.5)


def _f1_words(row: dict[str, Any]) -> str:
    span = "" if row["f1_low"] is None else f" ({row['f1_low']:.3f} to {row['f1_high']:.3f})"
    return f"F1 {row['f1']:.3f}{span}"
