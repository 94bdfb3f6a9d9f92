"""The tools as plain functions; `test_chat_model` lets a model call them."""

import inspect
from datetime import date

import pytest

from coach.fact import Facts
from coach.past import Past
from coach.tools import LOOKING, MOST_TOLD, Tools
from workbench.archive import Archive

NOBODY = Facts("history", "nothing yet", {})


@pytest.fixture
def tools(ada: Archive, today: date) -> Tools:
    return Tools(Past(ada, today=today, zone=None), 1, NOBODY)


def test_nothing_may_be_said_before_a_tool_has_told_it(tools: Tools) -> None:
    assert not tools.facts
    text = tools.analyze_performance("newest sessions")
    assert tools.facts
    assert all(name.partition("#")[0] in text for name in tools.facts.facts)


def test_no_tool_can_be_given_a_player(tools: Tools) -> None:
    taken = {name for tool in tools.all for name in inspect.signature(tool).parameters}
    assert taken == {"count", "time", "session", "metric", "against", "minutes"}


def test_every_tool_says_what_it_does_and_what_is_looked_at(tools: Tools) -> None:
    assert [tool.__name__ for tool in tools.all] == list(LOOKING)
    assert all(inspect.getdoc(tool) for tool in tools.all)


def test_sessions_are_told_with_date_scale_scores_and_quoted_comment(tools: Tools, ada: Archive) -> None:
    ada.set_comment(ada.sessions()["session_id"].item(0), "slow and even")
    first, *others = tools.get_recent_sessions(3).splitlines()
    assert len(others) == 2
    began = ada.sessions()["start_timestamp"].item(0).astimezone()
    assert first.startswith(f"Session 1: {began:%A %-d %B %Y}, ")
    assert "your timing score is " in first
    assert first.endswith("The player wrote «slow and even».")
    assert f"{began:%A %-d %B %Y}" in tools.also


def test_scores_of_several_sessions_are_kept_apart(tools: Tools) -> None:
    tools.get_recent_sessions(3)
    names = [name for name in tools.facts.facts if name.endswith("timing_stability.score")]
    assert sorted(names) == [f"session.{number}.timing_stability.score" for number in (1, 2, 3)]


def test_one_session_is_found_by_its_number(tools: Tools, ada: Archive) -> None:
    third = ada.sessions()["session_id"].item(2)
    tools.analyze_performance("one session", session=3)
    assert [drawing.session_ids for drawing in tools.drawings] == [(third,)]


def test_a_metric_narrows_what_is_told(tools: Tools) -> None:
    tools.analyze_performance("newest sessions", metric="noise_control")
    assert {fact.metric for fact in tools.facts} == {"noise_control"}


def test_each_chart_is_drawn_once(tools: Tools) -> None:
    tools.weak_spots()
    tools.weak_spots()
    tools.compare()
    assert [drawing.kind for drawing in tools.drawings] == ["heat", "compare"]


def test_a_proposal_may_be_spoken_of(tools: Tools) -> None:
    text = tools.generate_recommendation(25.0, "timing_stability")
    assert tools.plan is not None
    assert (tools.plan.minutes, tools.plan.focus_area) == (25.0, "timing_stability")
    assert "25 minutes" in tools.also
    assert "not saved" in text
    assert set(tools.plan.evidence) <= set(tools.facts.facts)


def test_what_is_told_is_short_however_much_there_is(tools: Tools, ada: Archive) -> None:
    for session_id in ada.sessions()["session_id"].head(10):
        ada.set_comment(session_id, "la " * 3000)
    assert len(tools.get_recent_sessions(10)) <= MOST_TOLD + 40


def test_without_a_session_every_tool_says_so(newcomer: Archive, today: date) -> None:
    tools = Tools(Past(newcomer, today=today, zone=None), 1, NOBODY)
    assert all("No session is finished yet" in tool() for tool in tools.all[:3])
    assert "Say exactly that" in tools.weak_spots()
    tools.generate_recommendation()
    assert not tools.facts
