"""The card of the next practice: one plan until something is played, and what came of the others."""

import asyncio
from typing import Any
from uuid import UUID

import panel as pn

from dashboards.parts.next_practice import NextPractice, card_html, earlier_html, idea_for
from workbench.archive import Archive
from workbench.store.plans import Plans


def test_a_plan_stands_while_nothing_was_played(own: Archive, three: list[str]) -> None:
    first = idea_for(own, None)
    assert idea_for(own, None).practice_id == first.practice_id
    assert len(Plans(own.engine).newest(own.user, 9)) == 1


def test_the_card_has_the_reason_the_exercise_and_the_figures(own: Archive, three: list[str]) -> None:
    idea = idea_for(own, None)
    html = card_html(idea)
    assert "Next practice" in html
    assert idea.plan.reasoning.split("'")[0] in html
    assert idea.facts
    assert f"Based on {len(idea.facts)} figure" in html


def test_another_idea_is_another_plan(own: Archive, three: list[str]) -> None:
    first = idea_for(own, None)
    second = idea_for(own, None, another=True)
    assert second.practice_id != first.practice_id
    assert (second.plan.exercise, second.plan.reasoning) != (first.plan.exercise, first.plan.reasoning)
    html = earlier_html(second)
    assert f"practice?plan={first.practice_id}" in html
    assert "Not played." in html


def test_after_a_session_there_is_a_new_one_and_the_old_one_is_judged(own: Archive, play: Any) -> None:
    play(days=0, wrong=6)
    first = idea_for(own, None)
    session_id = play(days=400, wrong=2)
    Plans(own.engine).mark_executed(own.user, first.practice_id, UUID(session_id))
    second = idea_for(own, None)
    assert second.practice_id != first.practice_id
    assert "Played." in earlier_html(second)
    assert second.judged[first.practice_id].outcome.words in earlier_html(second).replace("&#x27;", "'")


def test_a_plan_of_another_shape_is_passed_over(own: Archive, three: list[str]) -> None:
    Plans(own.engine).save(own.user, {"focus": "bends"})
    idea = idea_for(own, None)
    assert earlier_html(idea).count("<li>") == 0


def test_with_an_empty_history_there_is_something_to_begin_with(own: Archive) -> None:
    idea = idea_for(own, None)
    assert idea.plan.exercise in card_html(idea).replace("&#x27;", "'")
    assert idea.facts == ()


def test_the_button_leads_to_the_practice_page(own: Archive, three: list[str]) -> None:
    view = NextPractice(own, None)
    asyncio.run(view._find(another=False))
    (stored,) = Plans(own.engine).newest(own.user, 9)
    links = [str(pane.object) for pane in pn.panel(view).select(pn.pane.HTML)]
    assert any(f'class="button" href="practice?plan={stored.practice_id}"' in link for link in links)
