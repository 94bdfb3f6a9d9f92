from coach.fact import Fact, Facts
from coach.reply import advice_of, merged, only, told

BIAS = Fact("timing.bias_ms", -18.0, "ms", 64, "your notes come 18 ms early", metric="timing_stability")
OTHER = Fact("timing.bias_ms", 3.0, "ms", 40, "your notes come 3 ms late", metric="timing_stability")
SCORE = Fact("pitch_accuracy.score", 0.9, "score", 64, "your pitch score is 90 of 100")


def facts_of(*each: Fact, scales: tuple[str, ...] = (), missing: dict[str, str] | None = None) -> Facts:
    return Facts("session", "this session", {fact.name: fact for fact in each}, scales, missing or {})


def test_facts_are_told_as_sentences() -> None:
    assert told([BIAS, SCORE]) == "Your notes come 18 ms early. Your pitch score is 90 of 100."
    assert told([]) == ""


def test_an_advice_names_its_facts() -> None:
    assert advice_of("x", [BIAS, SCORE]).evidence == ("timing.bias_ms", "pitch_accuracy.score")


def test_of_two_facts_with_one_name_the_first_is_kept() -> None:
    both = merged(
        facts_of(BIAS, scales=("A minor",), missing={"noise_control": "off"}),
        facts_of(OTHER, SCORE, scales=("C major", "A minor"), missing={"noise_control": "few"}),
    )
    assert both.facts == {"timing.bias_ms": BIAS, "pitch_accuracy.score": SCORE}
    assert both.scales == ("A minor", "C major")
    assert both.missing == {"noise_control": "off"}


def test_or_both_are_kept_where_both_may_be_said() -> None:
    both = merged(facts_of(BIAS), facts_of(OTHER), facts_of(BIAS), keep_both=True)
    assert list(both) == [BIAS, OTHER]
    assert next(iter(both.facts)) == "timing.bias_ms"


def test_a_choice_keeps_the_order() -> None:
    assert list(only(facts_of(BIAS, SCORE), {"pitch_accuracy.score", "unknown"})) == [SCORE]
