"""Which sessions a page speaks about: by scale, by date, by words; and in which order."""

from datetime import date, timedelta
from typing import Any

import panel as pn
import param
import polars as pl

from dashboards.parts.days import today
from workbench.archive import scale_name
from workbench.insight.days import with_days

ALL_SCALES = "Every scale"
OWN_DATES = "From .. to"
SPANS: dict[str, int | None] = {
    "All time": None,
    "Last 4 weeks": 28,
    "Last 3 months": 91,
    "Last 6 months": 182,
    "Last 12 months": 365,
    OWN_DATES: None,
}
"""Name and number of days, today included."""

ORDERS: dict[str, tuple[str, bool]] = {
    "Newest first": ("start_timestamp", True),
    "Oldest first": ("start_timestamp", False),
    "Longest first": ("duration_seconds", True),
    "Best first": ("overall", True),
    "Weakest first": ("overall", False),
}
"""Name, column, descending."""


def named(sessions: pl.DataFrame) -> pl.DataFrame:
    """Add `scale`, the name that the player reads ("A minor pentatonic")."""
    pairs = sessions.select("scale_chosen", "scale_type").iter_rows()
    return sessions.with_columns(pl.Series("scale", [scale_name(*pair) for pair in pairs], dtype=pl.String))


def between(sessions: pl.DataFrame, first: date | None, last: date | None) -> pl.DataFrame:
    """Sessions that began on one of these days, both included; None = no limit."""
    dated = with_days(sessions)
    if first is not None:
        dated = dated.filter(pl.col("day") >= first)
    return (dated if last is None else dated.filter(pl.col("day") <= last)).drop("day", "week")


def mentioning(sessions: pl.DataFrame, words: str) -> pl.DataFrame:
    """Sessions whose comment or scale holds every one of these words, in any case."""
    said = pl.concat_str(pl.col("scale"), pl.col("comment").fill_null(""), separator=" ").str.to_lowercase()
    for word in words.lower().split():
        sessions = sessions.filter(said.str.contains(word, literal=True))
    return sessions


class Filters(param.Parameterized):
    """Controls for scale and dates, and on request for words and order.

    `changed` fires after any of them; `kept` applies them.
    """

    scale: "param.Selector[str]" = param.Selector(default=ALL_SCALES, objects=[ALL_SCALES], label="Scale")
    span: "param.Selector[str]" = param.Selector(default="All time", objects=list(SPANS), label="When")
    dates = param.CalendarDateRange(default=None, allow_None=True, label="From .. to")
    words = param.String(default="", label="Search")
    order: "param.Selector[str]" = param.Selector(default="Newest first", objects=list(ORDERS), label="Order")

    changed = param.Event()

    @param.depends("scale", "span", "dates", "words", "order", watch=True)
    def _announce(self) -> None:
        self.param.trigger("changed")

    def offer(self, sessions: pl.DataFrame) -> None:
        """Let the player choose among the scales of these sessions."""
        names = named(sessions)["scale"].unique().sort().to_list()
        self.param["scale"].objects = [ALL_SCALES, *names]
        if self.scale not in self.param["scale"].objects:
            self.scale = ALL_SCALES

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day that count; None = no limit."""
        if self.span == OWN_DATES:
            return self.dates or (None, None)
        length = SPANS[self.span]
        return (None, None) if length is None else (today() - timedelta(days=length - 1), None)

    def of_scale(self, sessions: pl.DataFrame) -> pl.DataFrame:
        """The sessions in the chosen scale, whatever their dates."""
        if self.scale == ALL_SCALES:
            return sessions
        return named(sessions).filter(scale=self.scale).drop("scale")

    def kept(self, sessions: pl.DataFrame) -> pl.DataFrame:
        """The sessions that pass, in order, with the column `scale` added."""
        passed = mentioning(between(named(sessions), *self.days), self.words)
        if self.scale != ALL_SCALES:
            passed = passed.filter(scale=self.scale)
        column, descending = ORDERS[self.order]
        return passed.sort(column, descending=descending, nulls_last=True, maintain_order=True)

    @property
    def by_time(self) -> bool:
        """Whether the order is one of time."""
        return ORDERS[self.order][0] == "start_timestamp"

    def controls(self) -> dict[str, pn.viewable.Viewable]:
        """A widget for each parameter; the one for dates shows only while they are asked for."""
        full: dict[str, Any] = {"sizing_mode": "stretch_width", "margin": 0}
        text = pn.widgets.TextInput.from_param(
            self.param.words, placeholder="bends, slow, A minor ..", **full
        )
        text.param.watch(lambda event: setattr(self, "words", event.new), "value_input")
        dates = pn.widgets.DateRangePicker.from_param(
            self.param.dates, visible=self.param.span.rx() == OWN_DATES, **full
        )
        chosen = {
            name: pn.widgets.Select.from_param(self.param[name], **full)
            for name in ("scale", "span", "order")
        }
        return {**chosen, "words": text, "dates": dates}
