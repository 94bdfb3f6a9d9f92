"""What went well, in a sentence that rests on a figure.

There may be several good things: a change for the better, a metric that is good, days of practice in a row.
They take turns, so that a trend that lasts for weeks is not the first sentence of every evening.
"""

from collections.abc import Iterator, Sequence

from coach.fact import Fact, Facts
from coach.rules.finding import EXCELLENT
from coach.rules.order import findings
from coach.rules.phrases.general import HEADING, PERSEVERED, PRAISE
from coach.rules.spoken import figure, figure_of, size
from coach.rules.wording import say
from dsp.summary import METRICS, MetricName

GOOD = 0.70
"""From here a metric went well: the band "good"."""

A_STREAK = 3.0
"""Days in a row from which they are worth a word."""

_BESIDE_THE_SCORE = frozenset({"tuning", "early", "late", "speeding up", "slowing down"})
"""What a good score may hide: who is evenly early is steady, and still does not keep good time."""

Praise = tuple[Sequence[str], dict[str, str], tuple[Fact, ...]]
"""Sentences, their words, and the facts behind them."""


def praise(facts: Facts, seed: int, worked_on: MetricName | None) -> tuple[str, tuple[Fact, ...]]:
    """A sentence and the facts behind it; "" where there is nothing good to tell.

    Parameters
    ----------
    worked_on : a metric whose state is not praised, since it comes next
    """
    good = list(_good(facts, worked_on))
    if not good:
        return "", ()
    variants, words, evidence = good[seed % len(good)]
    return say(variants, facts, seed, "praise", words), evidence


def bad_news(facts: Facts, metric: MetricName) -> Fact | None:
    """The change or the trend of a metric that got worse; None without any."""
    names = (f"change.{metric}", f"trend.{metric}")
    worse = [fact for fact in map(facts.get, names) if fact is not None and fact.direction == "worse"]
    return worse[0] if worse else None


def _good(facts: Facts, worked_on: MetricName | None) -> Iterator[Praise]:
    spared = {found.metric for found in findings(facts) if found.what in _BESIDE_THE_SCORE} | {worked_on}
    scores = {name: facts.get(f"{name}.score") for name in METRICS if name not in spared}
    good = {name: score for name, score in scores.items() if score is not None and score.value >= GOOD}
    best = max((score.value for score in good.values()), default=0.0)
    for name, score in good.items():
        if score.value >= min(best, EXCELLENT):
            told = figure_of(score, facts)
            yield PRAISE[name], {"figure": figure(told)}, tuple(dict.fromkeys((told, score)))
    for news in (_better(facts), _streak(facts)):
        if news is not None:
            yield HEADING, {"words": news.words}, (news,)
    notes = facts.get("session.notes")
    if not good and notes is not None:
        yield PERSEVERED, {"notes": size(notes)}, (notes,)


def _better(facts: Facts) -> Fact | None:
    """The change or the trend for the better, the largest first."""
    better = [
        fact for fact in facts if fact.direction == "better" and fact.name.startswith(("change.", "trend."))
    ]
    return max(better, key=lambda fact: fact.value, default=None)


def _streak(facts: Facts) -> Fact | None:
    days = facts.get("practice.streak_days")
    return days if days is not None and days.value >= A_STREAK else None
