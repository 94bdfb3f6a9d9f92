from datetime import UTC, datetime
from uuid import uuid4

from coach.chat_context import LONGEST_TURN, context, known_before
from coach.chat_kept import Kept
from coach.fact import Fact
from workbench.store.messages import Role, StoredMessage

OLD = Fact("timing.bias_ms", -18.0, "ms", 64, "your notes come 18 ms early")
NEW = Fact("timing.bias_ms", -9.0, "ms", 64, "your notes come 9 ms early")


def said(role: Role, content: str, *facts: Fact) -> StoredMessage:
    evidence = Kept(facts=facts).as_json()
    return StoredMessage(uuid4(), role, content, evidence, None, datetime.now(UTC))


def test_turns_become_messages_and_long_ones_are_cut() -> None:
    turns = [said("user", "la " * 1000), said("coach", "Play slowly.")]
    (first, question), second = context(turns)
    assert (first, len(question), second) == ("human", LONGEST_TURN, ("ai", "Play slowly."))


def test_only_the_coach_s_own_facts_are_known_the_newest_of_each_name() -> None:
    assert list(known_before([said("coach", "x", OLD), said("coach", "y", NEW)])) == [NEW]
    assert not known_before([said("user", "x", OLD)])
