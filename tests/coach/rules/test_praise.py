"""What is praised is good, and good things take turns."""

from collections.abc import Callable

from coach.fact import Fact, Facts
from coach.rules.praise import bad_news, praise

FactsOf = Callable[..., Facts]
AFact = Callable[..., Fact]


def test_the_best_metric_is_praised_with_its_figure(facts_of: FactsOf, a_fact: AFact) -> None:
    cents = a_fact("pitch.cents", 5.2, "cents", 40, low=4.1, high=6.3, metric="pitch_accuracy")
    facts = facts_of({"pitch_accuracy": 0.96, "timing_stability": 0.75}, cents)
    text, evidence = praise(facts, 1, None)
    assert "(5.2 cents off, between 4.1 and 6.3, from 40 notes)" in text
    assert [fact.name for fact in evidence] == ["pitch.cents", "pitch_accuracy.score"]


def test_what_is_worked_on_is_not_praised(facts_of: FactsOf) -> None:
    facts = facts_of({"pitch_accuracy": 0.96, "timing_stability": 0.75})
    assert all(praise(facts, seed, "pitch_accuracy")[1][0].metric == "timing_stability" for seed in range(8))


def test_nothing_good_is_not_praised_but_not_scolded(facts_of: FactsOf, a_fact: AFact) -> None:
    notes = a_fact("session.notes", 40, "count")
    text, evidence = praise(facts_of({"pitch_accuracy": 0.4}, notes), 0, "pitch_accuracy")
    assert "40 notes" in text
    assert evidence == (notes,)
    assert praise(facts_of({"pitch_accuracy": 0.4}), 0, None) == ("", ())


def test_good_things_take_turns(facts_of: FactsOf, a_fact: AFact) -> None:
    risen = a_fact("change.timing_stability", 0.1, words="your timing is better", direction="better")
    streak = a_fact("practice.streak_days", 5.0, "days", words="your streak is 5 days")
    facts = facts_of({"pitch_accuracy": 0.96}, risen, streak, scope="history")
    told = {praise(facts, seed, None)[1][0].name for seed in range(6)}
    assert told == {"pitch_accuracy.score", "change.timing_stability", "practice.streak_days"}


def test_two_days_are_no_streak(facts_of: FactsOf, a_fact: AFact) -> None:
    streak = a_fact("practice.streak_days", 2.0, "days", words="your streak is 2 days")
    assert praise(facts_of({}, streak, scope="history"), 0, None) == ("", ())


def test_bad_news_is_of_the_metric_that_is_worked_on(facts_of: FactsOf, a_fact: AFact) -> None:
    fallen = a_fact("trend.timing_stability", -0.02, direction="worse")
    facts = facts_of({}, fallen, scope="history")
    assert bad_news(facts, "timing_stability") == fallen
    assert bad_news(facts, "pitch_accuracy") is None


def test_who_is_evenly_early_is_not_praised_for_good_time(facts_of: FactsOf, a_fact: AFact) -> None:
    early = a_fact("timing.bias_ms", -34.0, "ms", direction="early", metric="timing_stability")
    scores = {"scale_conformity": 0.75, "timing_stability": 0.94, "noise_control": 0.92}
    facts = facts_of(scores, early, scope="history")
    told = {praise(facts, seed, "scale_conformity")[1][0].metric for seed in range(6)}
    assert told == {"noise_control"}
