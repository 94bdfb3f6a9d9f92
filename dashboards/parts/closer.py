"""A closer look: faults by degree and leap, scores by tempo and time of day, days off, scales.

It is drawn when it is first opened: most visits to the page need none of it.
"""

from collections.abc import Callable
from typing import Any

import panel as pn
import param
import polars as pl

from dashboards.parts.drawn import drawn
from dashboards.parts.layout import fold, grid, prose, sheet, stack
from dashboards.parts.shell import Look
from workbench.charts import shares
from workbench.charts.neck import WORDS, Fault
from workbench.insight import faults, heat, repertoire, retention
from workbench.insight.shares import MIN_NOTES, wilson

FAULTS: dict[str, Fault] = {"Wrong notes": "wrong", "Out of tune": "tune", "Off the beat": "beat"}


class Closer(pn.viewable.Viewer):
    """The fold with the closer look.

    Parameters
    ----------
    sessions, played : frames of `queries.sessions` and `queries_notes.played`
    look : the tab's theme
    """

    fault: "param.Selector[Fault]" = param.Selector(default="wrong", objects=FAULTS, label="Show")

    def __init__(self, sessions: pl.DataFrame, played: pl.DataFrame, look: Look) -> None:
        super().__init__()
        self._sessions, self._played, self._look = sessions, played, look
        self._faults, self._rest = stack(), stack(gap=16, margin=(12, 4))
        self._card = fold("A closer look: degrees, leaps, tempo, time of day, days off, scales", self._rest)
        self._card.param.watch(self._open, "collapsed")

    def _open(self, _: object) -> None:
        if self._card.collapsed or len(self._rest):
            return
        choice = pn.widgets.Select.from_param(self.param.fault, width=240, margin=0)
        self._show()
        sessions = self._sessions
        self._rest[:] = [
            choice,
            self._faults,
            grid(
                self._chart("Timing by tempo", tempo_rows(heat.by_tempo(sessions)), "score"),
                self._chart("Overall by time of day", hour_rows(heat.by_time_of_day(sessions)), "score"),
                self._chart("Minutes by scale", scale_rows(repertoire.scales(sessions)), "% of all minutes"),
                sheet(prose(f"<h3>After days off</h3>{retention_table(retention.retention(sessions))}")),
                narrowest=420,
                gap=16,
            ),
        ]

    @param.depends("fault", watch=True)
    def _show(self) -> None:
        degrees = degree_rows(heat.by_degree(faults.pitches(self._played)), self.fault)
        leaps = leap_rows(heat.by_interval(faults.leaps(self._played)), self.fault)
        wrong = self.fault == "wrong"
        where = "Where wrong notes land" if wrong else "By degree of the scale"
        heard = "The leap that was heard: a slip makes it a half step wider or narrower." if wrong else ""
        self._faults[:] = [
            grid(
                self._chart(where, degrees, f"% {WORDS[self.fault]}"),
                self._chart("By the leap to the note", leaps, f"% {WORDS[self.fault]}", heard),
                narrowest=420,
                gap=16,
            )
        ]

    def _chart(self, title: str, rows: pl.DataFrame, label: str, words: str = "") -> pn.Column:
        said = f'<p class="muted small">{words}</p>' if words else ""
        draw: Callable[[bool], Any] = lambda dark: shares.rows(rows, label=label, dark=dark)  # noqa: E731
        return sheet(prose(f"<h3>{title}</h3>{said}"), drawn(draw, self._look))

    def __panel__(self) -> pn.viewable.Viewable:
        return self._card


def degree_rows(degrees: pl.DataFrame, fault: Fault) -> pl.DataFrame:
    """Rows of a chart for the kind of scale that was played most, of `heat.by_degree`.

    Wrong notes lie outside the scale, so for them the rows are the tones outside, as shares of all notes.
    """
    most = degrees.group_by("kind").agg(pl.col("notes").sum()).sort("notes", "kind").tail(1)
    kind = degrees.join(most.select("kind"), on="kind").sort("step")
    if fault == "wrong":
        total = pl.col("notes").sum()
        low, high = wilson(pl.col("wrong"), total)
        enough = total >= MIN_NOTES
        kind = kind.with_columns(
            pl.when(enough).then(value).alias(name)
            for name, value in (
                ("wrong_share", pl.col("wrong") / total),
                ("wrong_low", low),
                ("wrong_high", high),
            )
        )
    inside = pl.col("degree").is_not_null()
    return _rows(kind.filter(~inside if fault == "wrong" else inside), fault)


def leap_rows(leaps: pl.DataFrame, fault: Fault) -> pl.DataFrame:
    """Rows of a chart, the highest leap up on top, of `heat.by_interval`."""
    return _rows(leaps.filter(pl.col("notes") >= MIN_NOTES).sort("leap", descending=True), fault)


def _rows(frame: pl.DataFrame, fault: Fault) -> pl.DataFrame:
    columns = (
        pl.col(f"{fault}_{part}").alias(name)
        for part, name in (("share", "value"), ("low", "low"), ("high", "high"))
    )
    return frame.select("name", *columns, _many("notes", "note").alias("many"))


def _many(count: str, what: str) -> pl.Expr:
    return pl.format(
        "{} {}{}", count, pl.lit(what), pl.when(pl.col(count) == 1).then(pl.lit("")).otherwise(pl.lit("s"))
    )


def tempo_rows(tempos: pl.DataFrame) -> pl.DataFrame:
    """Rows of a chart: the timing score at each tempo, of `heat.by_tempo`."""
    return _scores(
        tempos.filter(metric="timing_stability"), pl.format("{} to {}", "from_bpm", pl.col("to_bpm") - 1)
    )


def hour_rows(hours: pl.DataFrame) -> pl.DataFrame:
    """Rows of a chart: the overall score at each time of day, of `heat.by_time_of_day`."""
    return _scores(hours.filter(metric="overall"), pl.format("{} to {} h", "from_hour", "to_hour"))


def _scores(frame: pl.DataFrame, name: pl.Expr) -> pl.DataFrame:
    means = (pl.col(column).alias(to) for column, to in (("mean", "value"), ("low", "low"), ("high", "high")))
    return frame.select(name.alias("name"), *means, _many("sessions", "session").alias("many"))


def scale_rows(scales: pl.DataFrame) -> pl.DataFrame:
    """Rows of a chart: the share of the minutes for each scale, of `repertoire.scales`; it is no estimate."""
    share = pl.col("share")
    minutes = pl.format("{} minutes in {} sessions", pl.col("minutes").round(0).cast(pl.Int64), "sessions")
    return scales.head(8).select(
        pl.col("scale").alias("name"),
        share.alias("value"),
        share.alias("low"),
        share.alias("high"),
        minutes.alias("many"),
    )


def retention_table(returns: pl.DataFrame) -> str:
    """HTML table of the overall in a frame of `retention.retention`."""
    rows = "".join(
        f"<tr><td>{row['gap'].capitalize()}</td><td class='number'>{row['returns']}</td>"
        f"<td>{_change(row)}</td></tr>"
        for row in returns.filter(metric="overall").iter_rows(named=True)
    )
    if not rows:
        return "<p>No second day of practice yet.</p>"
    head = "<tr><th>Back</th><th class='number'>Times</th><th>Overall against the 3 sessions before</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _change(row: dict[str, Any]) -> str:
    if row["change"] is None:
        return str(row["verdict"])
    return (
        f"{100 * row['change']:+.1f} ({100 * row['low']:+.1f} to {100 * row['high']:+.1f}): {row['verdict']}"
    )
