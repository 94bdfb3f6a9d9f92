"""Facts of the scores of a history: where they stand, where they head, what the newest weeks changed."""

from collections.abc import Iterator
from datetime import date, timedelta, tzinfo

import polars as pl

from coach.fact import Direction, Fact
from coach.facts.spoken import TITLES, hundredths, metric_of, number
from workbench.insight.comparable import SCORES, comparable, with_same_parts
from workbench.insight.compare import NO_DIFFERENCE, NOT_ENOUGH, compare
from workbench.insight.days import with_days
from workbench.insight.history import MIN_SESSIONS
from workbench.insight.spread import mean_with_interval
from workbench.insight.trends import direction

LEVEL_SESSIONS = 12
"""Newest sessions whose mean is where a player stands: a month of practising three times a week."""

CHANGE_WEEKS = 4
"""Length of the two periods that are compared, as that of the rolling mean of `trends`."""

_HEADING: dict[str, Direction] = {"improving": "better", "slipping": "worse", "steady": "no difference"}


def score_facts(sessions: pl.DataFrame, *, today: date, zone: tzinfo | None) -> Iterator[Fact]:
    """Levels, newest scores, trends and changes.

    Parameters
    ----------
    sessions : frame of `queries.sessions`
    today : the player's date, where the newest period ends
    """
    alike = comparable(sessions)
    for name in SCORES:
        scored = (with_same_parts(alike) if name == "overall" else alike).drop_nulls(name)
        if not scored.is_empty():
            yield _level(scored, name)
            latest = scored[name].item(-1)
            words = f"your latest {TITLES[name]} score is {hundredths(latest)} of 100"
            yield _of_sessions(f"latest.{name}", latest, 1, words)
    yield from _trends(sessions, zone)
    yield from _changes(sessions, today, zone)


def _level(scored: pl.DataFrame, name: str) -> Fact:
    newest = scored.tail(LEVEL_SESSIONS)
    mean, low, high, n = newest.select(mean_with_interval(pl.col(name))).row(0)
    enough = n >= MIN_SESSIONS
    over = "in your newest session" if n == 1 else f"over your newest {n} sessions"
    words = f"your {TITLES[name]} score is {hundredths(mean)} of 100 {over}"
    fact = "overall.score" if name == "overall" else f"{name}.score"
    return _of_sessions(fact, mean, n, words, between=(low, high) if enough else (None, None))


def _trends(sessions: pl.DataFrame, zone: tzinfo | None) -> Iterator[Fact]:
    for line in direction(sessions, zone).drop_nulls("per_week").iter_rows(named=True):
        name, heading = line["metric"], _HEADING[line["verdict"]]
        points = number(100.0 * abs(line["per_week"]))
        if heading == "no difference":
            words = f"your {TITLES[name]} score is steady from week to week"
        else:
            verb = "rises" if heading == "better" else "falls"
            words = f"your {TITLES[name]} score {verb} by {points} points a week"
        between = line["low"], line["high"]
        yield _of_sessions(
            f"trend.{name}", line["per_week"], line["sessions"], words, heading=heading, between=between
        )


def _changes(sessions: pl.DataFrame, today: date, zone: tzinfo | None) -> Iterator[Fact]:
    newest = today - timedelta(weeks=CHANGE_WEEKS)
    earliest = newest - timedelta(weeks=CHANGE_WEEKS)
    dated = with_days(sessions, zone)
    after = dated.filter(pl.col("day") > newest, pl.col("day") <= today).select(sessions.columns)
    before = dated.filter(pl.col("day") > earliest, pl.col("day") <= newest).select(sessions.columns)
    if after.is_empty() or before.is_empty():
        return
    for told in compare(before, after).filter(pl.col("verdict") != NOT_ENOUGH).iter_rows(named=True):
        name, verdict = told["metric"], told["verdict"]
        heading: Direction = "better" if verdict == "better" else "worse"
        words = (
            f"your {TITLES[name]} score is {number(100.0 * abs(told['difference']))} points {heading} "
            f"than in the four weeks before"
        )
        if verdict == NO_DIFFERENCE:
            heading = "no difference"
            words = f"your {TITLES[name]} score has not changed for sure against the four weeks before"
        counted = told["before_n"] + told["after_n"]
        between = told["low"], told["high"]
        yield _of_sessions(
            f"change.{name}", told["difference"], counted, words, heading=heading, between=between
        )


def _of_sessions(
    fact: str,
    value: float,
    n: int,
    words: str,
    *,
    heading: Direction = "",
    between: tuple[float | None, float | None] = (None, None),
) -> Fact:
    name = fact.removesuffix(".score").rpartition(".")[2]
    return Fact(fact, value, "score", n, words, *between, heading, metric_of(name), "sessions")
