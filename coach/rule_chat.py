"""A conversation by rules alone: every kind of question gets an answer from the facts, at once and offline.

What is said of the playing are the words of the facts themselves or those of the rules coach, so that all of
it follows from what was measured. The same question, history and seed give the same answer.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from coach.answers import over_time, playing
from coach.answers.asked import Asked
from coach.fact import Facts
from coach.intents import Intent, Kind
from coach.reply import Reply, advice_of, told
from coach.sayings import explain, say

_FIXED: frozenset[Kind] = frozenset(
    {"greeting", "thanks", "help", "others", "rules", "change", "foreign", "unknown"}
)
"""Kinds whose answer needs no fact."""

_ABOUT_PLAYING: Mapping[Kind, Callable[[Asked], Reply]] = MappingProxyType(
    {
        "next": playing.next_thing,
        "plan": playing.plan,
        "session": playing.session,
        "week": over_time.week,
        "improving": over_time.improving,
        "compare": over_time.compare,
        "amount": over_time.amount,
        "scales": over_time.scales,
        "spots": playing.spots,
        "strengths": playing.strengths,
        "metric": playing.about_metric,
    }
)


def reply(asked: Asked) -> Reply:
    """The answer to a question."""
    kind = asked.intent.kind
    if kind in {"confirm", "decline"}:
        return Reply(advice_of(say("nothing_to_confirm", asked.seed)))
    if kind in _FIXED:
        return Reply(advice_of(say(kind, asked.seed)))
    if kind == "explain":
        return _explained(asked)
    if kind == "why":
        return _why(asked)
    if asked.past.sessions.is_empty():
        return Reply(advice_of(say("empty", asked.seed)))
    return _ABOUT_PLAYING[kind](asked)


def looks_at(intent: Intent) -> str:
    """What is looked up for an answer, in words; "" where nothing is."""
    if intent.kind not in _ABOUT_PLAYING:
        return ""
    return "your last session" if intent.kind == "session" else "your newest sessions"


def _explained(asked: Asked) -> Reply:
    """What a word means, and where the player stands in it."""
    facts = asked.past.history
    score = facts.get(f"{asked.intent.term}.score")
    own = [score] if score is not None else []
    text = f"{explain(asked.intent.term)} {told(own)}".strip()
    return Reply(advice_of(text, own), facts)


def _why(asked: Asked) -> Reply:
    if not asked.before:
        return Reply(advice_of(say("help", asked.seed)))
    facts = Facts("history", "the answer before", {fact.name: fact for fact in asked.before})
    return Reply(advice_of(f"This is what was measured. {told(facts)}", facts), facts)
