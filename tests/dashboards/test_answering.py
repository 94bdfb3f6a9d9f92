"""An answer goes on whether or not a page looks at it."""

import threading
from collections.abc import Iterator

from coach.advice import Advice
from coach.chat_events import ChatEvent, Done, Said
from dashboards.parts import answering
from dashboards.parts.answering import FAILED, Answering
from workbench.store.errors import StoreError
from workbench.user import User

ADA = User("ada")
DONE = Done(Advice(text="One. Two.", focus="none"), "rules")


def wait_for(running: Answering) -> None:
    assert running._over.wait(10.0)


def test_events_are_read_from_where_one_left_off() -> None:
    gate = threading.Event()

    def events() -> Iterator[ChatEvent]:
        yield Said("One. ")
        gate.wait(10.0)
        yield Said("Two.")
        yield DONE

    running = answering.ask(ADA, "How?", events())
    while not running.since(0):
        pass
    assert running.since(0) == [Said("One. ")]
    assert not running.over
    assert answering.ongoing(ADA) is running, "a reload comes back to it"
    assert answering.ongoing(User("ben")) is None
    gate.set()
    wait_for(running)
    assert running.since(1) == [Said("Two."), DONE]
    assert answering.ongoing(ADA) is None


def test_one_answer_at_a_time() -> None:
    gate = threading.Event()

    def slow() -> Iterator[ChatEvent]:
        gate.wait(10.0)
        yield DONE

    def never() -> Iterator[ChatEvent]:
        raise AssertionError("a second question was asked")
        yield DONE

    first = answering.ask(ADA, "How?", slow())
    assert answering.ask(ADA, "And why?", never()) is first
    gate.set()
    wait_for(first)


def test_what_breaks_off_is_said_in_a_sentence() -> None:
    def locked() -> Iterator[ChatEvent]:
        yield Said("One. ")
        raise StoreError("The database is locked.")

    def broken() -> Iterator[ChatEvent]:
        raise ZeroDivisionError
        yield DONE

    first = answering.ask(ADA, "How?", locked())
    wait_for(first)
    assert (first.since(0), first.trouble) == ([Said("One. ")], "The database is locked.")
    second = answering.ask(ADA, "How?", broken())
    wait_for(second)
    assert second.trouble == FAILED
