"""Conversations: in order, cut at a break, and nobody else's."""

from uuid import UUID

from sqlalchemy import Engine

from workbench.store.columns import new_id
from workbench.store.messages import Messages
from workbench.user import User


def said(messages: Messages, user: User, limit: int = 50) -> list[str]:
    return [message.content for message in messages.newest(user, limit)]


def test_turns_come_back_in_the_order_in_which_they_were_said(any_engine: Engine, ada: User) -> None:
    messages = Messages(any_engine)
    for number in range(12):
        messages.add(ada, "coach" if number % 2 else "user", str(number))
    assert said(messages, ada) == [str(number) for number in range(12)]
    assert said(messages, ada, 3) == ["9", "10", "11"]


def test_a_turn_keeps_all_that_it_came_with(any_engine: Engine, ada: User) -> None:
    messages = Messages(any_engine)
    session: UUID = new_id()
    evidence = {"facts": ["timing.bias_ms"], "source": "rules", "n": 64, "share": 0.5}
    words = 'Spiel\'s "langsam" \\ \n ♯♭ 🎸 %s :x $1 {}'
    made = messages.add(ada, "coach", words, evidence, session)
    messages.add(ada, "user", "")
    first, second = messages.newest(ada, 9)
    assert (first.message_id, first.role, first.content) == (made, "coach", words)
    assert (first.evidence, first.session_id) == (evidence, session)
    assert first.created_at.utcoffset() is not None
    assert (second.content, second.evidence, second.session_id) == ("", None, None)


def test_a_break_begins_a_new_conversation(any_engine: Engine, ada: User) -> None:
    messages = Messages(any_engine)
    messages.add(ada, "user", "before")
    messages.add(ada, "break", "")
    assert said(messages, ada) == []
    messages.add(ada, "user", "after")
    assert said(messages, ada) == ["after"]
    messages.add(ada, "break", "")
    messages.add(ada, "break", "")
    assert said(messages, ada) == []


def test_nobody_reads_anothers_conversation(any_engine: Engine, ada: User, ben: User) -> None:
    messages = Messages(any_engine)
    messages.add(ada, "user", "mine")
    messages.add(ben, "break", "")
    assert said(messages, ada) == ["mine"]
    assert said(messages, ben) == []


def test_a_character_that_no_database_holds_is_left_out(any_engine: Engine, ada: User) -> None:
    messages = Messages(any_engine)
    messages.add(ada, "user", "what\x00 next?")
    assert said(messages, ada) == ["what next?"]
