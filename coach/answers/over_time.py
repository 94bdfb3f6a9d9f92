"""Answers about some time: how a week was, whether it gets better, what changed, how much was practised."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from coach.answers.asked import Asked, named, reworded, scores
from coach.chat_events import Drawing
from coach.intents import Period
from coach.reply import Reply, advice_of, told
from coach.rules import RulesCoach
from workbench.insight.trends import MIN_SESSIONS, MIN_WEEKS

_IN_WORDS: Mapping[Period, str] = MappingProxyType(
    {
        "week": "this week",
        "last week": "last week",
        "month": "in the last four weeks",
        "lately": "lately",
    }
)

_MUCH: Mapping[Period, tuple[str, ...]] = MappingProxyType(
    {
        "week": ("practice.minutes_week", "practice.sessions_week"),
        "last week": ("practice.minutes_last_week",),
        "month": (),
        "lately": ("practice.sessions", "practice.streak_days"),
    }
)
"""Facts of how much was practised, by the time that is told of."""


def week(asked: Asked) -> Reply:
    """How much was practised in some time, where the scores stood, and what to work on."""
    period = asked.intent.period
    facts = asked.past.of(period)
    if not facts:
        off = named(asked.past.history, "practice.days_off")
        text = f"You have not finished a session {_IN_WORDS[period]}. {told(off)}"
        return Reply(advice_of(text, off), asked.past.history)
    much = [facts.facts[name] for name in _MUCH[period] if name in facts.facts]
    means = scores(facts)
    advice = RulesCoach().work_on(facts, asked.seed)
    text = f"{told(much)} {told(means)} {advice.text}"
    return Reply(reworded(advice, text, [*much, *means]), facts, (Drawing("progress"),))


def improving(asked: Asked) -> Reply:
    """Which scores move, and which are steady; nothing is said of those that can't be told."""
    facts, metric = asked.past.history, asked.intent.metric
    trends = [fact for fact in named(facts, "trend.") if not metric or fact.metric == metric]
    if not trends:
        text = f"That can't be told yet: it takes {MIN_SESSIONS} scored sessions in {MIN_WEEKS} weeks."
        changes = named(facts, "change.")
        return Reply(advice_of(f"{text} {told(changes)}".strip(), changes), facts, also=(text,))
    # The overall, which answers the question, before its parts; what moves before what stays.
    order = sorted(trends, key=lambda fact: (fact.direction == "no difference", fact.metric is not None))
    return Reply(advice_of(told(order), order), facts, (Drawing("progress"),))


def compare(asked: Asked) -> Reply:
    """What changed for sure, what did not, and why the rest can't be told."""
    facts, metric = asked.past.compared(asked.intent.span), asked.intent.metric
    changes = [fact for fact in facts if not metric or fact.metric == metric]
    if not changes:
        why = next(iter(facts.missing.values()), "there is nothing yet to hold it against")
        text = f"That is not enough to compare: {why}."
        if asked.intent.span == "month":
            return Reply(advice_of(text), facts, also=(text,))
        longer = compare(replace(asked, intent=replace(asked.intent, span="month")))
        both = reworded(longer.advice, f"{text} {longer.advice.text}")
        return replace(longer, advice=both, also=(text, *longer.also))
    order = sorted(changes, key=lambda fact: fact.direction == "no difference")
    earlier, later = (tuple(half["session_id"]) for half in asked.past.halves(asked.intent.span))
    return Reply(advice_of(told(order), order), facts, (Drawing("compare", later, earlier),))


def amount(asked: Asked) -> Reply:
    """How much was practised, and how regularly."""
    return _listed(asked, "practice.")


def scales(asked: Asked) -> Reply:
    """Which scales were practised most."""
    return _listed(asked, "repertoire.")


def _listed(asked: Asked, prefix: str) -> Reply:
    facts = named(asked.past.history, prefix)
    return Reply(advice_of(told(facts), facts), asked.past.history)
