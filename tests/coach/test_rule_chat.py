"""Answers by rules: to the point, grounded, and different for different players."""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest

from coach.answers.asked import Asked
from coach.answers.playing import MOST_FACTS, MOST_NEWS
from coach.checker import check
from coach.intents import Intent, recognise
from coach.past import Past
from coach.reply import Reply
from coach.rule_chat import looks_at, reply
from workbench.archive import Archive
from workbench.user import User

PLAYERS = ("demo-ada", "demo-ben", "demo-cleo")

QUESTIONS = (
    "What should I practise next?",
    "How do I stop rushing?",
    "How was my last session?",
    "How was last week?",
    "How was my month?",
    "How have I been doing lately?",
    "Am I improving?",
    "Is my timing getting better?",
    "Compare my last two sessions",
    "Compare this week with last week",
    "Compare with last month",
    "What are my weak spots?",
    "Why is my timing bad?",
    "How is my pitch?",
    "How noisy am I?",
    "Why so many wrong notes?",
    "Make a plan of 20 minutes",
    "How much did I practise?",
    "Which scales do I play?",
    "What am I good at?",
)

Answer = Callable[..., Reply]


@pytest.fixture
def answer(ada: Archive, today: date) -> Answer:
    """Answers of a day; the past of a player is read once."""
    pasts: dict[str, Past] = {}

    def of(text: str, player: str = "demo-ada", seed: int = 1) -> Reply:
        past = pasts.setdefault(player, Past(ada.of(User(player)), today=today, zone=None))
        return reply(Asked(recognise(text), past, seed))

    return of


@pytest.mark.parametrize("player", PLAYERS)
def test_everything_that_is_said_follows_from_the_facts(answer: Answer, player: str) -> None:
    refused = []
    for seed, text in enumerate(QUESTIONS):
        said = answer(text, player, seed)
        refused += check(said.advice.text, said.facts, also=said.also)
        assert set(said.advice.evidence) <= set(said.facts.facts)
    assert refused == []


@pytest.mark.parametrize(
    ("text", "chart"),
    [
        ("How was my last session?", "session"),
        ("Am I improving?", "progress"),
        ("Compare with last month", "compare"),
        ("What are my weak spots?", "heat"),
    ],
)
def test_a_chart_belongs_to_the_answer(answer: Answer, text: str, chart: str) -> None:
    assert [drawing.kind for drawing in answer(text).drawings] == [chart]


def test_the_weakness_of_each_player_is_named(answer: Answer) -> None:
    said = [answer("What are my weak spots?", player).advice for player in PLAYERS]
    assert [advice.focus for advice in said] == ["timing_stability", "pitch_accuracy", "scale_conformity"]
    assert "after a fourth" in said[0].text
    assert "degree 6" in said[2].text.lower()


def test_the_last_session_is_named_by_day_scale_and_length(answer: Answer, ada: Archive) -> None:
    row = ada.sessions().row(0, named=True)
    text = answer("How was my last session?").advice.text
    assert f"{row['start_timestamp'].astimezone():%A %-d %B}" in text
    assert f"{row['duration_seconds'] / 60:.0f} minutes" in text


def test_a_plan_takes_the_time_that_there_is(answer: Answer) -> None:
    plan = answer("Make a plan of 35 minutes").plan
    assert plan is not None
    assert plan.minutes == 35.0


def test_a_question_about_one_metric_is_answered_about_that_metric(answer: Answer) -> None:
    said = answer("Why is my timing bad?")
    assert all(said.facts.facts[name].metric == "timing_stability" for name in said.advice.evidence)
    assert said.advice.evidence[0] == "timing_stability.score"
    assert len(said.advice.evidence) <= MOST_FACTS + MOST_NEWS + 2
    plan = answer("How do I improve my intonation?", "demo-ada").plan
    assert plan is not None
    assert plan.focus_area in {"pitch_accuracy", "none"}


def test_a_word_is_explained_with_the_player_s_own_figure(answer: Answer, newcomer: Archive) -> None:
    assert "your pitch score" in answer("What does pitch accuracy mean?").advice.text.lower()
    text = answer("What does pitch accuracy mean?", "newcomer").advice.text
    assert text.startswith("Pitch accuracy says")
    assert "Your pitch score" not in text


def test_why_without_anything_before_offers_help(answer: Answer) -> None:
    assert "You can ask" in answer("why?").advice.text


def test_one_week_is_too_short_to_compare_and_four_are_told_instead(ada: Archive, today: date) -> None:
    past = Past(ada, today=today, zone=None)
    a_week_ago = today - timedelta(days=7)
    past.__dict__["sessions"] = past.sessions.filter(pl.col("day") <= a_week_ago)
    text = reply(Asked(recognise("Compare this week with last week"), past, 0)).advice.text
    assert text.startswith("That is not enough to compare: there are 0 scored sessions against ")
    assert "four weeks before" in text


def test_a_week_without_practice_says_so(answer: Answer) -> None:
    said = answer("How was this week?")
    assert said.advice.text.startswith("You have not finished a session this week.")
    assert said.advice.evidence == ("practice.days_off",)


def test_few_sessions_have_no_trend(ada: Archive, today: date) -> None:
    early = Past(ada, today=today, zone=None)
    early.__dict__["sessions"] = early.sessions.head(3)
    said = reply(Asked(Intent("improving"), early, 0))
    assert said.advice.text.startswith("That can't be told yet: it takes 8 scored sessions in 3 weeks.")


def test_nothing_is_said_of_what_was_not_measured(ada: Archive, today: date) -> None:
    past = Past(ada, today=today - timedelta(days=3650), zone=None)
    past.__dict__["sessions"] = past.sessions.head(1).with_columns(timing_stability=None)
    text = reply(Asked(Intent("metric", "timing_stability"), past, 0)).advice.text
    assert "timing" in text


def test_what_is_looked_up_is_said_only_where_something_is() -> None:
    assert looks_at(Intent("session")) == "your last session"
    assert looks_at(Intent("spots")) == "your newest sessions"
    assert looks_at(Intent("greeting")) == ""
