"""The pitch lane: the last seconds of a practice, each note a mark with a tail, the scale's tones as lines.

Conventions
-----------
Time runs right, pitch goes up, both in the units of the engine: seconds of the stream and MIDI numbers. The
right edge is now. A verdict is a shape first and a colour second (see `theme.MARKS`); a label beside the mark
says what the shape can't: the name of a wrong note, how far a note is off, whether it came early or late.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bokeh.core.properties import value
from bokeh.models import (
    CategoricalColorMapper,
    ColumnDataSource,
    FixedTicker,
    Grid,
    Range1d,
    Scatter,
    Text,
    VSpan,
)
from bokeh.plotting import figure
from bokeh.transform import factor_mark, transform

from dsp.convert import note_name
from dsp.scales import Scale
from workbench.charts.marks import ON_TIME_MS
from workbench.charts.theme import EARLY, FONT, LATE, MARKS, palette
from workbench.practice.judged import JudgedNote

WINDOW_S = 20.0
"""Time that the lane shows: what a player still remembers having played."""

NARROW_WINDOW_S = 8.0
"""The same on a phone, where twice as many marks would lie on top of each other."""

ROLLOVER = 256
"""Notes kept in the browser: the fastest playing (12 notes a second) fills the window with fewer."""

_AHEAD_S = 0.4
"""Room right of now, so that the newest mark is whole."""

_STILL_SOUNDING_S = 600.0
"""Tail of a note that has not ended: beyond the right edge, so that it grows with the time at no cost."""

_CLEAR = "#00000000"

_MARGIN = 2
"""Semitones kept free above and below the notes."""

_LABEL_PX = 11.0
"""Height of a pitch name; names closer than that would lie on each other."""

_COLUMNS: Mapping[str, type] = MappingProxyType(
    {"number": int, "onset_s": float, "end_s": float, "midi": float, "verdict": str, "label": str}
)

VERDICTS = tuple(MARKS)


class Lane:
    """A scrolling lane as a Bokeh figure.

    Parameters
    ----------
    scale : its tones become the grid lines
    low, high : MIDI numbers to show at first; the range grows when notes lie outside, and never jumps back
    dark : colours for a dark ground

    Attributes
    ----------
    window_s : time that is shown
    figure : to be placed on a page
    source : the notes in it, the newest `ROLLOVER`
    """

    def __init__(self, scale: Scale, low: float = 39.0, high: float = 65.0, *, dark: bool = False) -> None:
        self.source = ColumnDataSource({name: [] for name in _COLUMNS})
        self._moments = ColumnDataSource({"time_s": []})
        self._fill = CategoricalColorMapper(factors=list(VERDICTS))
        self._line = CategoricalColorMapper(factors=list(VERDICTS))
        self._tail = CategoricalColorMapper(factors=list(VERDICTS))
        self._moment = VSpan(x="time_s", line_dash="dashed", line_width=2)
        self._words = Text(text="label", text_font=value(FONT), text_font_size="13px", text_baseline="bottom")
        self._time, self._pitch = Range1d(start=0.0, end=1.0), Range1d(start=0.0, end=1.0)
        self._marks = Scatter(x="onset_s", y="midi", size=16, line_width=2.5)
        self.window_s, self._height = WINDOW_S, 340
        self._tones, self._tonics = FixedTicker(), FixedTicker()
        self._first = (low, high)
        self.figure = self._draw()
        self.paint(dark=dark)
        self.begin(scale)

    def begin(self, scale: Scale) -> None:
        """An empty lane with the lines of `scale`."""
        self._scale = scale
        self._positions: list[int] = []
        self.source.data = {name: [] for name in _COLUMNS}
        self._moments.data = {"time_s": []}
        self.move(0.0)
        self._span(*self._first)

    def paint(self, *, dark: bool) -> None:
        """The colours of the dark or the light theme."""
        colours = palette(dark)
        self._tail.palette = (colours.right, colours.off, colours.wrong, colours.unsure)
        self._fill.palette = (colours.right, colours.off, colours.wrong, _CLEAR)
        self._line.palette = (colours.right, colours.outline, colours.wrong, colours.unsure)
        self._words.text_color = colours.text
        self._words.background_fill_color = colours.surface
        self._moment.line_color = colours.muted

    def fit(self, *, narrow: bool) -> None:
        """Show what a phone, or a larger screen, has room for."""
        self.window_s = NARROW_WINDOW_S if narrow else WINDOW_S
        self._height, self._marks.size = (240, 12) if narrow else (340, 16)
        self.figure.height = self._height
        self._span(*self._shown)
        self.move(self._now_s)

    def move(self, now_s: float) -> None:
        """Scroll until `now_s`, seconds of the stream, is at the right edge."""
        self._now_s, ahead = now_s, _AHEAD_S * self.window_s / WINDOW_S
        self._time.update(start=now_s + ahead - self.window_s, end=now_s + ahead)

    def show(self, notes: Iterable[JudgedNote]) -> None:
        """Take in notes that are new or have changed; those without a pitch have no place on the lane."""
        rows = [_row(note) for note in notes if note.note.pitch is not None][-ROLLOVER:]
        known = {number: index for index, number in enumerate(self._positions)}
        fresh = [row for row in rows if row["number"] not in known]
        patches = {
            column: [(known[row["number"]], row[column]) for row in rows if row["number"] in known]
            for column in ("end_s", "midi", "verdict", "label")
        }
        if any(patches.values()):
            self.source.patch(patches)
        if fresh:
            self.source.stream({name: [row[name] for row in fresh] for name in _COLUMNS}, rollover=ROLLOVER)
            self._positions = [*self._positions, *(row["number"] for row in fresh)][-ROLLOVER:]
        self._make_room(row["midi"] for row in rows)

    def mark(self, times_s: Iterable[float]) -> None:
        """Show the moments that the player marked, all of them, in seconds of the stream."""
        self._moments.data = {"time_s": list(times_s)}

    def _make_room(self, pitches: Iterable[float]) -> None:
        low, high = self._shown
        wanted = [(pitch - _MARGIN, pitch + _MARGIN) for pitch in pitches]
        lowest = min([low, *(below for below, _ in wanted)])
        highest = max([high, *(above for _, above in wanted)])
        if (lowest, highest) != (low, high):
            self._span(lowest, highest)

    def _span(self, low: float, high: float) -> None:
        tones = [midi for midi in range(int(low), int(high) + 1) if self._scale.contains(midi)]
        tonics = [midi for midi in tones if midi % 12 == self._scale.tonic]
        self._tones.ticks, self._tonics.ticks = tones, tonics
        labelled = _apart([*tonics, *tones], _LABEL_PX * (high - low) / self._height)
        self.figure.yaxis.ticker = FixedTicker(ticks=labelled)
        self.figure.yaxis.major_label_overrides = {
            midi: note_name(midi, flats=self._scale.flats) for midi in labelled
        }
        self._shown = (low, high)
        self._pitch.update(start=low, end=high)

    def _draw(self) -> figure:
        lane = figure(
            sizing_mode="stretch_width",
            height=self._height,
            x_range=self._time,
            y_range=self._pitch,
            toolbar_location=None,
            tools="",
            min_border=8,
            output_backend="canvas",
        )
        lane.xaxis.visible = lane.xgrid.visible = False
        lane.yaxis.update(axis_line_width=0, major_tick_in=0, major_tick_out=0, major_label_text_font=FONT)
        lane.yaxis.minor_tick_line_color = lane.outline_line_color = None
        lane.ygrid.ticker = self._tones
        lane.add_layout(Grid(dimension=1, ticker=self._tonics, grid_line_width=2.5))
        lane.add_glyph(self._moments, self._moment)
        lane.hbar(
            "midi", left="onset_s", right="end_s", height=0.5, source=self.source,
            fill_color=transform("verdict", self._tail), fill_alpha=0.3, line_color=None,
        )  # fmt: skip
        self._marks.update(
            marker=factor_mark("verdict", [MARKS[verdict].marker for verdict in VERDICTS], list(VERDICTS)),
            fill_color=transform("verdict", self._fill),
            line_color=transform("verdict", self._line),
        )
        lane.add_glyph(self.source, self._marks)
        self._words.update(x="onset_s", y="midi", x_offset=-6, y_offset=-11, background_fill_alpha=0.8)
        lane.add_glyph(self.source, self._words)
        return lane


def _apart(tones: Sequence[int], semitones: float) -> list[int]:
    """Those of `tones`, the first before the later ones, that are `semitones` or more from each other."""
    kept: list[int] = []
    for tone in tones:
        if all(abs(tone - other) >= semitones for other in kept):
            kept.append(tone)
    return sorted(kept)


def _row(judged: JudgedNote) -> dict[str, Any]:
    note = judged.note
    end_s = note.onset_s + _STILL_SOUNDING_S if note.offset_s is None else note.offset_s
    return {
        "number": judged.number,
        "onset_s": note.onset_s,
        "end_s": end_s,
        "midi": note.pitch,
        "verdict": judged.verdict,
        "label": label(judged),
    }


def label(judged: JudgedNote) -> str:
    """The word beside a mark; empty for a note that is right and in time, and for an unsure one."""
    if judged.verdict == "wrong":
        return judged.name or ""
    if judged.verdict == "off" and judged.cents is not None:
        return f"{judged.cents:+.0f}"
    late = judged.deviation_ms
    if judged.verdict != "right" or late is None or abs(late) <= ON_TIME_MS:
        return ""
    return LATE.symbol if late > 0 else EARLY.symbol
