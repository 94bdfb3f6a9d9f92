"""Every answer of the rules coach: grounded, varied, playable."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.advice import Advice
from coach.fact import Fact, Facts
from coach.rules import RulesCoach
from coach.rules.coach import LONGEST_LIVE_WORDS
from dsp.scales import scale_from

COACH = RulesCoach()

FactsOf = Callable[..., Facts]

EXCELLENT = {"pitch_accuracy": 0.97, "scale_conformity": 1.0, "timing_stability": 0.95, "noise_control": 0.96}


def sentences(text: str) -> set[str]:
    return {sentence.strip() for sentence in text.split(". ") if sentence}


def answers(facts: Facts, seed: int) -> list[Advice]:
    live = COACH.live(facts, seed)
    given = [COACH.session(facts, seed), COACH.recommend(facts, seed), COACH.praise(facts, seed)]
    return [*given, COACH.work_on(facts, seed), *([live] if live else [])]


@settings(max_examples=60)
@given(st.data(), st.integers(-5, 10**9))
def test_the_same_seed_says_the_same_and_the_next_one_says_it_otherwise(
    any_facts: st.SearchStrategy[Facts], data: st.DataObject, seed: int
) -> None:
    facts = data.draw(any_facts)
    now, next_day = COACH.work_on(facts, seed), COACH.work_on(facts, seed + 1)
    assert now == COACH.work_on(facts, seed)
    assert now.focus == next_day.focus
    assert not sentences(now.text) & sentences(next_day.text)


@settings(max_examples=60)
@given(st.data(), st.integers(0, 999))
def test_a_plan_can_be_played(any_facts: st.SearchStrategy[Facts], data: st.DataObject, seed: int) -> None:
    facts = data.draw(any_facts)
    plan = COACH.plan(facts, seed)
    scale_from(plan.scale_chosen, plan.scale_type)
    assert plan.focus_area == COACH.recommend(facts, seed).focus
    assert set(plan.evidence) <= set(facts.facts)
    assert list(plan.tempo_ladder) == sorted(set(plan.tempo_ladder))
    assert "{" not in plan.exercise + plan.reasoning


@settings(max_examples=60)
@given(st.data(), st.integers(0, 999))
def test_live_is_two_short_sentences_at_most(
    any_facts: st.SearchStrategy[Facts], data: st.DataObject, seed: int
) -> None:
    said = COACH.live(data.draw(any_facts), seed)
    if said is not None:
        assert len(said.text.split()) <= LONGEST_LIVE_WORDS
        assert len(sentences(said.text)) <= 2


@settings(max_examples=60)
@given(st.data(), st.integers(0, 999))
def test_every_answer_names_its_facts(
    any_facts: st.SearchStrategy[Facts], data: st.DataObject, seed: int
) -> None:
    facts = data.draw(any_facts)
    for advice in answers(facts, seed):
        assert set(advice.evidence) <= set(facts.facts)
        assert advice.focus == "none" or any(
            facts.facts[name].metric == advice.focus for name in advice.evidence
        )
        assert advice.text.isascii()
        assert "{" not in advice.text


def test_a_session_is_praised_then_mended_then_practised(
    facts_of: FactsOf, a_fact: Callable[..., Fact]
) -> None:
    bias = a_fact("timing.bias_ms", -32.0, "ms", 64, direction="early", metric="timing_stability")
    advice = COACH.session(facts_of({**EXCELLENT, "timing_stability": 0.6}, bias), 0)
    assert advice.focus == "timing_stability"
    assert "timing.bias_ms" in advice.evidence
    assert "32 ms" in advice.text
    assert advice.exercise is not None
    assert advice.text.endswith(f"{advice.exercise.title}.")


def test_nothing_to_mend_is_a_call_to_stretch(facts_of: FactsOf) -> None:
    facts = facts_of(EXCELLENT)
    assert COACH.work_on(facts, 3).focus == "none"
    assert COACH.plan(facts, 3).focus_area == "none"
    assert COACH.live(facts_of(EXCELLENT, scope="live"), 3) is None


@pytest.mark.parametrize(("scope", "word"), [("session", "few notes"), ("live", "few notes")])
def test_too_few_notes_claim_nothing(facts_of: FactsOf, scope: Any, word: str) -> None:
    facts = facts_of(scope=scope)
    assert word in COACH.session(facts, 5).text
    assert COACH.session(facts, 5).evidence == ()
    assert COACH.live(facts, 5) is None


def test_a_player_without_any_session_gets_an_exercise_all_the_same(facts_of: FactsOf) -> None:
    facts = facts_of(scope="history", scales=())
    advice, plan = COACH.recommend(facts, 1), COACH.plan(facts, 1)
    assert advice.evidence == plan.evidence == ()
    assert advice.exercise is not None
    assert (plan.scale_chosen, plan.scale_type) == ("A Minor", "pentatonic")


def test_a_plan_is_as_long_as_asked(facts_of: FactsOf) -> None:
    plan = COACH.plan(facts_of({"timing_stability": 0.4}, scope="history"), 2, minutes=25.0)
    assert plan.minutes == 25.0


def test_a_spot_is_practised_in_its_scale_and_below_its_tempo(
    facts_of: FactsOf, a_spot: Callable[..., list[Fact]]
) -> None:
    place = "degree 6 (b6) of minor scales"
    told = a_spot(1, place, "E minor", ("", "scale_conformity"), (0.4, 0.02))
    facts = facts_of({**EXCELLENT, "scale_conformity": 0.9}, *told, scope="history")
    plans = [COACH.plan(facts, seed) for seed in range(12)]
    assert {(plan.scale_chosen, plan.focus_area) for plan in plans} == {("E Minor", "scale_conformity")}
    assert all(max(plan.tempo_ladder, default=0.0) <= 94.0 for plan in plans)
    assert any(place in plan.exercise for plan in plans)
    assert len({plan.exercise.partition(".")[0] for plan in plans}) >= 3


def test_minutes_without_a_score_are_no_reason_for_praise(facts_of: FactsOf) -> None:
    played = Fact("practice.sessions", 1.0, "count", 1, "you have finished 1 session", counted="sessions")
    facts = facts_of({}, played, scope="history")
    for seed in range(8):
        for advice in (COACH.recommend(facts, seed), COACH.session(facts, seed), COACH.work_on(facts, seed)):
            assert advice.text.startswith("Too few notes to judge")
            assert advice.evidence == ()
        assert COACH.plan(facts, seed).reasoning.startswith("Too few notes to judge")
