"""Before and after: two stretches of time, or the last two sessions, held against each other."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import panel as pn
import param
import polars as pl

from dashboards.parts.days import today
from dashboards.parts.filters import between
from dashboards.parts.layout import grid, prose, stack
from dashboards.parts.standing import TITLES
from workbench.insight.compare import NO_DIFFERENCE, NOT_ENOUGH, compare, compare_takes

MONTHS, WEEKS, TAKES, OWN = (
    "This month against last month",
    "The last 4 weeks against the 4 before",
    "The latest session against the one before",
    "Two periods of my own",
)

Span = tuple[date, date]

_MARKS = {
    "better": "▲ better",
    "worse": "▼ worse",
    NO_DIFFERENCE: "= no difference to tell",
    NOT_ENOUGH: "? not enough to tell",
}
_TAKE_TITLES = {
    "wrong_notes": ("Wrong notes, %", 100.0),
    "cents_off": ("Cents off", 1.0),
    "ms_off": ("ms off the beat", 1.0),
}


class BeforeAfter(pn.viewable.Viewer):
    """A choice of two periods and what changed between them.

    Parameters
    ----------
    played : gives the notes of some sessions, frame of `queries_notes.played`

    `sessions` is what the page shows, whatever its dates; a new frame draws the table anew.
    """

    choice: "param.Selector[str]" = param.Selector(
        default=MONTHS, objects=[MONTHS, WEEKS, TAKES, OWN], label="Compare"
    )
    before = param.CalendarDateRange(default=None, allow_None=True, label="Before")
    after = param.CalendarDateRange(default=None, allow_None=True, label="After")
    sessions: Any = param.Parameter(default=None, doc="frame of queries.sessions, or nothing yet")

    def __init__(self, played: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
        super().__init__()
        self._played = played
        self._table = prose()
        self._show()

    @param.depends("choice", "before", "after", "sessions", watch=True)
    def _show(self) -> None:
        self._table.object = "" if self.sessions is None else self._told(self.sessions)

    def _told(self, sessions: pl.DataFrame) -> str:
        finished = sessions.filter(pl.col("end_timestamp").is_not_null()).sort("start_timestamp")
        if self.choice == TAKES:
            return self._takes(finished)
        spans = self._spans()
        if spans is None:
            return "<p>Choose the days of both periods.</p>"
        before, after = (between(finished, *span) for span in spans)
        said = " against ".join(_span_words(*span) for span in reversed(spans))
        return _table(compare(before, after), said, "sessions", scores=True)

    def _spans(self) -> tuple[Span, Span] | None:
        now = today()
        if self.choice == MONTHS:
            first = now.replace(day=1)
            last_month = first - timedelta(days=1)
            return (last_month.replace(day=1), last_month), (first, now)
        if self.choice == WEEKS:
            return (now - timedelta(days=55), now - timedelta(days=28)), (now - timedelta(days=27), now)
        return None if self.before is None or self.after is None else (self.before, self.after)

    def _takes(self, finished: pl.DataFrame) -> str:
        if finished.height < 2:
            return "<p>There is only one session so far.</p>"
        played = self._played(finished.tail(2))
        first, second = (played.filter(session_id=each) for each in finished.tail(2)["session_id"])
        words = (
            "the latest session against the one before, in blocks of 16 notes; it tells about these two takes"
        )
        return _table(compare_takes(first, second), words, "blocks", scores=False)

    def __panel__(self) -> pn.viewable.Viewable:
        full: dict[str, Any] = {"sizing_mode": "stretch_width", "margin": 0}
        own = self.param.choice.rx() == OWN
        dates = [
            pn.widgets.DateRangePicker.from_param(self.param[name], visible=own, **full)
            for name in ("before", "after")
        ]
        controls = grid(pn.widgets.Select.from_param(self.param.choice, **full), *dates, narrowest=220)
        return stack(controls, self._table)


def _span_words(first: date, last: date) -> str:
    return f"{first:%-d %b} to {last:%-d %b %Y}"


def _table(compared: pl.DataFrame, words: str, unit: str, *, scores: bool) -> str:
    """HTML of a frame of `compare`."""
    rows = []
    for row in compared.iter_rows(named=True):
        title, factor = (TITLES[row["metric"]], 100.0) if scores else _TAKE_TITLES[row["metric"]]
        rows.append(_row(title, factor, row, "" if scores else ".1"))
    few = compared.select(pl.col("before_n", "after_n").max()).row(0)
    head = (
        '<th></th><th class="number">Before</th><th class="number">After</th><th>Change</th><th>Verdict</th>'
    )
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return (
        f'<p class="muted small">{words[:1].upper()}{words[1:]}: {few[1]} against {few[0]} {unit}.</p>'
        f'<div class="scroll"><table>{body}</table></div>'
    )


def _row(title: str, factor: float, row: dict[str, Any], digits: str) -> str:
    def number(name: str, sign: str = "") -> str:
        return "-" if row[name] is None else f"{factor * row[name]:{sign}{digits or '.0'}f}"

    change = "-"
    if row["difference"] is not None:
        change = f"{number('difference', '+')} ({number('low', '+')} to {number('high', '+')})"
    return (
        f'<tr><td><b>{title}</b></td><td class="number">{number("before")}</td>'
        f'<td class="number">{number("after")}</td><td>{change}</td><td>{_MARKS[row["verdict"]]}</td></tr>'
    )
