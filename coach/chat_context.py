"""How much of a conversation goes into the next question: its newest turns, each cut."""

from collections.abc import Sequence

from coach.chat_kept import kept
from coach.fact import Fact, Facts
from workbench.store.messages import StoredMessage

LONGEST_TURN = 1000
"""Characters of an earlier turn that are read again."""


def context(before: Sequence[StoredMessage]) -> list[tuple[str, str]]:
    """Earlier turns as messages for a model, oldest first."""
    roles = {"user": "human", "coach": "ai"}
    return [(roles[turn.role], turn.content[:LONGEST_TURN]) for turn in before if turn.role in roles]


def known_before(before: Sequence[StoredMessage]) -> Facts:
    """The facts behind earlier answers of the coach, which may be said again; the newest first."""
    facts: dict[str, Fact] = {}
    for turn in reversed(before):
        for fact in kept(turn.evidence).facts if turn.role == "coach" else ():
            facts.setdefault(fact.name, fact)
    return Facts("history", "what was said before", facts)
