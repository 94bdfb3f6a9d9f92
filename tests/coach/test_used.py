from coach.fact import Fact, Facts
from coach.used import advice_from, used_in

FACTS = Facts(
    "history",
    "your newest sessions",
    {
        fact.name: fact
        for fact in (
            Fact("timing.bias_ms", -18.3, "ms", 64, "", metric="timing_stability"),
            Fact("pitch_accuracy.score", 0.904, "score", 64, "", metric="pitch_accuracy"),
            Fact("spot.1.rate", 0.31, "share", 40, "", metric="scale_conformity", place="degree 6"),
            Fact("practice.minutes_week", 75.0, "minutes", 4, ""),
        )
    },
)


def test_a_fact_is_used_when_its_figure_or_its_place_is_named() -> None:
    names = [fact.name for fact in used_in("You come 18 ms early, at 90 of 100; mind degree 6.", FACTS)]
    assert names == ["timing.bias_ms", "pitch_accuracy.score", "spot.1.rate"]
    assert used_in("Play slowly.", FACTS) == []
    assert used_in("Play 180 notes.", FACTS) == []


def test_an_advice_aims_at_what_it_speaks_of() -> None:
    advice = advice_from("You come 18 ms early.", FACTS, None)
    assert (advice.focus, advice.evidence) == ("timing_stability", ("timing.bias_ms",))
    assert advice_from("You practised 75 minutes.", FACTS, None).focus == "none"
