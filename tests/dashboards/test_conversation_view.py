"""The conversation on the page: it grows, is kept, offers plans, and says who answered."""

from typing import Any

import panel as pn
import pytest

from coach.asking import Asking
from dashboards.parts.answer_view import AnswerView
from dashboards.parts.conversation_view import SHOWN, ConversationView
from dashboards.parts.question import Question
from dashboards.parts.shell import Look
from workbench.archive import Archive
from workbench.settings import load_settings
from workbench.store.messages import Messages
from workbench.store.plans import Plans


@pytest.fixture
def view(own: Archive, three: list[str]) -> ConversationView:
    return new_view(own)


def new_view(own: Archive, **options: Any) -> ConversationView:
    settings = load_settings()
    return ConversationView(own, Asking(settings, own.user, own.engine), settings, Look(), **options)


def ask(view: ConversationView, question: str) -> AnswerView:
    """Ask and wait until the answer is whole."""
    view.ask(question)
    while view._answering is not None:
        view._answering._over.wait(10.0)
        view._look_now()
    assert isinstance(view._answer, AnswerView)
    return view._answer


def texts(viewable: Any) -> str:
    """All HTML below a viewable that can be seen."""
    panes = pn.panel(viewable).select(pn.pane.HTML)
    return " ".join(str(pane.object) for pane in panes if pane.visible)


def buttons(viewable: Any) -> dict[str, pn.widgets.Button]:
    return {found.label: found for found in pn.panel(viewable).select(pn.widgets.Button)}


def questions(view: ConversationView) -> list[str]:
    return [turn.text for turn in view._turns if isinstance(turn, Question)]


def test_an_answer_has_words_evidence_and_a_name(view: ConversationView) -> None:
    answer = ask(view, "What should I practise next?")
    assert questions(view) == ["What should I practise next?"]
    told = texts(answer)
    assert answer.said
    assert "Based on" in told
    assert "By FretCoach's rules" in told
    assert view._announcer.text == answer.said
    assert "looking" not in told


def test_a_chart_is_drawn_in_the_reply(view: ConversationView) -> None:
    answer = ask(view, "How was my last session?")
    assert pn.panel(answer).select(pn.pane.HoloViews)


def test_the_conversation_is_still_there_later(view: ConversationView, own: Archive) -> None:
    said = ask(view, "How was my last session?").said
    again = new_view(own)
    assert questions(again) == ["How was my last session?"]
    assert said.split(".")[0] in texts(again)
    assert pn.panel(again).select(pn.pane.HoloViews), "the newest answer has its chart again"


def test_a_new_conversation_begins_empty(view: ConversationView, own: Archive) -> None:
    ask(view, "Hello")
    buttons(view)["New conversation"].clicks += 1
    assert questions(view) == []
    assert questions(new_view(own)) == []


def test_a_plan_is_saved_only_when_the_player_says_so(own: Archive, three: list[str]) -> None:
    told: list[bool] = []
    view = new_view(own, saved=lambda: told.append(True))
    answer = ask(view, "Make me a plan of 12 minutes")
    assert Plans(own.engine).newest(own.user, 9) == []
    buttons(answer)["Save this plan"].clicks += 1
    (stored,) = Plans(own.engine).newest(own.user, 9)
    assert stored.plan["minutes"] == 12
    assert f"practice?plan={stored.practice_id}" in texts(answer)
    assert told == [True]
    assert f"practice?plan={stored.practice_id}" in texts(new_view(own)), "and so it is after a reload"


def test_a_plan_can_be_declined(view: ConversationView, own: Archive) -> None:
    answer = ask(view, "Make me a plan of 12 minutes")
    buttons(answer)["No thanks"].clicks += 1
    assert "Not saved." in texts(answer)
    assert Plans(own.engine).newest(own.user, 9) == []


def test_a_long_conversation_shows_its_end_first(own: Archive, three: list[str]) -> None:
    messages = Messages(own.engine)
    for index in range(SHOWN + 5):
        messages.add(own.user, "user" if index % 2 == 0 else "coach", f"turn {index}")
    view = new_view(own)
    assert "turn 4" not in questions(view)
    buttons(view)["Show 5 earlier"].clicks += 1
    assert questions(view)[:3] == ["turn 0", "turn 2", "turn 4"]


def test_a_question_that_was_cut_off_says_so(own: Archive, three: list[str]) -> None:
    Messages(own.engine).add(own.user, "user", "How was my last session?")
    assert "stopped before it could answer" in texts(new_view(own))


def test_without_a_model_the_rules_are_named(view: ConversationView) -> None:
    assert "FretCoach's rules answer: at once, offline, free." in texts(view)


def test_a_model_that_cannot_be_asked_is_told_in_a_sentence(
    own: Archive, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRETCOACH_COACH_PROVIDER", "openai")
    view = new_view(own)
    assert "OpenAI needs a key: set OPENAI_API_KEY. Until then the rules answer." in texts(view)
    assert "OPENAI_API_KEY" in texts(ask(view, "What should I practise next?"))


def test_what_a_player_typed_is_no_html(view: ConversationView) -> None:
    ask(view, "<b>hello</b>")
    assert questions(view) == ["<b>hello</b>"]
    assert "<b>hello" not in texts(view)


def test_empty_questions_are_not_asked(view: ConversationView) -> None:
    view.ask("   ")
    assert questions(view) == []
