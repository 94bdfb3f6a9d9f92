"""The piano roll of a whole session on paper: as many rows as it takes, each note with its length and mark.

Time runs right and pitch goes up, a lane for each semitone. A filled bar is a note of the scale, a cross one
outside it; a grey ring was heard and not judged. A rest of more than `LONG_REST_S` is cut short: a dashed
line, and the clock where the playing goes on.
"""

import math

import polars as pl

from dsp.convert import note_name
from workbench.charts.paper import BLUE, GRID, LINE, MUTED, PAGE_PX, Drawing

LONG_REST_S = 4.0
_CUT_TO_S = 0.8
_SECONDS_IN_A_ROW = 20.0
_LANES_PX = {1: 170.0, 2: 140.0, 3: 112.0, 4: 88.0}
"""Height of a row by the number of rows: all of them leave room for the rest of the page."""
_LEFT, _RIGHT, _GAP = 34.0, 4.0, 26.0
_NAMES_IN_A_ROW = 8
_LABEL_PX = 40.0


def session_roll(events: pl.DataFrame, *, flats: bool = False) -> Drawing:
    """Draw the events of a session.

    Parameters
    ----------
    events : frame of `queries.notes`, at least one with a pitch
    flats : spell black keys with flats
    """
    notes = _with_places(events.drop_nulls("midi"))
    end_s = float(notes["shown_s"].max()) + 1.0  # type: ignore[arg-type]
    rows = min(max(math.ceil(end_s / _SECONDS_IN_A_ROW), 1), max(_LANES_PX))
    span = int(notes["semitone"].min()), int(notes["semitone"].max())  # type: ignore[arg-type]
    row_px = _LANES_PX[rows] + _GAP
    drawing = Drawing("Every note of the session in time", PAGE_PX, rows * row_px)
    for index in range(rows):
        start_s, seconds = index * end_s / rows, end_s / rows
        here = notes.filter(pl.col("shown_s") >= start_s, pl.col("shown_s") < start_s + seconds)
        _Row(drawing, index * row_px, _LANES_PX[rows], span, (start_s, seconds)).draw(here, flats=flats)
    return drawing


def _with_places(events: pl.DataFrame) -> pl.DataFrame:
    """The events in time with their semitone, what is cut before them, and where they are shown."""
    rest = pl.col("onset_s") - (pl.col("onset_s") + pl.col("duration_s").fill_null(0.0)).cum_max().shift(1)
    cut = pl.when(rest > LONG_REST_S).then(rest - _CUT_TO_S).otherwise(0.0)
    return (
        events.sort("onset_s")
        .with_columns(
            (pl.col("midi") + 0.5).floor().cast(pl.Int64).alias("semitone"),
            cut.fill_null(pl.col("onset_s").first()).alias("cut_s"),
        )
        .with_columns((pl.col("onset_s") - pl.col("cut_s").cum_sum()).alias("shown_s"))
    )


class _Row:
    """One stretch of the session: its notes between two lines of the page."""

    def __init__(
        self,
        drawing: Drawing,
        top: float,
        height: float,
        span: tuple[int, int],
        stretch: tuple[float, float],
    ) -> None:
        self._drawing, self._top, self._height = drawing, top, height
        self._low, self._high = span
        self._start_s, self._seconds = stretch
        self._lane = height / (self._high - self._low + 1)
        self._labelled_to = 0.0

    def draw(self, notes: pl.DataFrame, *, flats: bool) -> None:
        """The lanes, the clock and the notes."""
        self._lanes(flats=flats)
        columns = ("shown_s", "onset_s", "cut_s", "duration_s", "semitone", "in_scale")
        for shown_s, onset_s, cut_s, duration_s, semitone, in_scale in notes.select(columns).iter_rows():
            if cut_s > 0.0:
                self._cut(shown_s)
            if cut_s > 0.0 or not self._labelled_to:
                self._clock(shown_s, onset_s)
            self._note(shown_s, duration_s or 0.1, semitone, in_scale)
        if not notes.is_empty():
            self._clock(notes["shown_s"][-1], notes["onset_s"][-1])

    def _lanes(self, *, flats: bool) -> None:
        each = max(1, -(-(self._high - self._low + 1) // _NAMES_IN_A_ROW))
        for semitone in range(self._low, self._high + 1, each):
            y = self._y(semitone)
            self._drawing.line((_LEFT, y), (PAGE_PX - _RIGHT, y), stroke=GRID, stroke_width=1)
            name = note_name(semitone, flats=flats)
            self._drawing.words(name, (_LEFT - 6.0, y + 3.5), fill=MUTED, font_size=9, text_anchor="end")
        self._drawing.line(
            (_LEFT, self._bottom), (PAGE_PX - _RIGHT, self._bottom), stroke=LINE, stroke_width=0.8
        )

    def _cut(self, shown_s: float) -> None:
        """Where a rest was cut before the note that is shown there."""
        x = self._x(shown_s - 0.5 * _CUT_TO_S)
        dashes = {"stroke": LINE, "stroke_width": 0.9, "stroke_dasharray": "2 3"}
        self._drawing.line((x, self._top), (x, self._bottom), **dashes)

    def _clock(self, shown_s: float, onset_s: float) -> None:
        """The time of a note, where there is room for it."""
        x = self._x(shown_s)
        if x >= self._labelled_to:
            words = f"{int(onset_s) // 60}:{int(onset_s) % 60:02d}"
            self._drawing.words(words, (min(x, PAGE_PX - 24.0), self._bottom + 12.0), fill=MUTED, font_size=9)
            self._labelled_to = x + _LABEL_PX

    def _note(self, shown_s: float, duration_s: float, semitone: int, in_scale: bool | None) -> None:
        x, y = self._x(shown_s), self._y(semitone)
        if in_scale is None:
            self._drawing.disc((x, y), 2.0, fill="none", stroke=MUTED, stroke_width=0.8)
        elif in_scale:
            end = min(self._x(shown_s + duration_s), PAGE_PX - _RIGHT)
            high = min(max(self._lane * 0.7, 2.5), 7.0)
            self._drawing.box((x, y - high / 2.0), (max(end - x, 1.5), high), fill=BLUE, rx=1)
        else:
            self._drawing.mark("wrong", (x, y), 3.2)

    @property
    def _bottom(self) -> float:
        return self._top + self._height + 2.0

    def _x(self, shown_s: float) -> float:
        return _LEFT + 2.0 + (shown_s - self._start_s) / self._seconds * (PAGE_PX - _LEFT - _RIGHT - 2.0)

    def _y(self, semitone: int) -> float:
        return self._top + self._height - (semitone - self._low + 0.5) * self._lane
