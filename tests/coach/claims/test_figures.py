"""Whatever is said with a fact's own figure passes; the same with another figure does not."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from coach.checker import check
from coach.fact import Fact, Facts
from dsp.summary import MetricName

PITCH: MetricName = "pitch_accuracy"
SCALE: MetricName = "scale_conformity"
TIMING: MetricName = "timing_stability"
NOISE: MetricName = "noise_control"
LEAP = "the note after a fourth up"

SAYINGS: list[tuple[Fact, tuple[str, ...]]] = [
    (
        Fact("timing.bias_ms", -18, "ms", 77, "", direction="early", metric=TIMING),
        (
            "Your notes come {} ms early.",
            "You rush by {} milliseconds.",
            "On average you are {} ms ahead of the click.",
            "Breathe out: your notes land {} ms before the click.",
        ),
    ),
    (
        Fact("timing.bias_ms", 18, "ms", 77, "", direction="late", metric=TIMING),
        (
            "Your notes come {} ms late.",
            "You drag by {} ms, from 77 notes.",
            "You are {} ms behind the click.",
        ),
    ),
    (
        Fact("timing.spread_ms", 36, "ms", 77, "", metric=TIMING),
        (
            "Your notes scatter by {} ms around the click.",
            "Your timing varies by {} ms.",
            "The spread is {} ms.",
        ),
    ),
    (
        Fact("timing.drift", -12, "ms per minute", 77, "", direction="speeding up", metric=TIMING),
        ("You speed up by {} ms per minute.", "You drift ahead, {} ms each minute."),
    ),
    (
        Fact("pitch.bias_cents", 9, "cents", 77, "", direction="sharp", metric=PITCH),
        ("Your notes are {} cents sharp.", "You play sharp by {} cents; tune first."),
    ),
    (
        Fact("pitch.cents", 14, "cents", 77, "", metric=PITCH),
        ("Your typical note is {} cents off.", "Your intonation is {} cents off, so listen."),
    ),
    (
        Fact("pitch_accuracy.score", 0.82, "score", 77, "", metric=PITCH),
        (
            "Your pitch score is {} of 100.",
            "Pitch: {} %.",
            "You scored {} points for pitch.",
            "Your pitch is at {}.",
        ),
    ),
    (
        Fact("scale.adherence", 0.97, "share", 77, "", metric=SCALE),
        ("{} of 100 notes are in the scale.", "{} % of your notes are in the scale."),
    ),
    (
        Fact("noise.ring_overs", 12, "per 100 notes", 77, "", metric=NOISE),
        ("{} of 100 notes ring on into the next one.", "{} % of your notes rang on."),
    ),
    (
        Fact("spot.1.rate", 0.4, "share", 77, "", direction="early", metric=TIMING, place=LEAP),
        ("After a fourth up {} of 100 notes come early.", f"You hurry {LEAP}: {{}} of 100 come early."),
    ),
    (
        Fact("practice.minutes_week", 85, "minutes", 7, "", counted="sessions"),
        ("You practised {} minutes this week.", "This week you have played for {} minutes."),
    ),
    (
        Fact(
            "trend.pitch_accuracy",
            0.03,
            "score",
            40,
            "",
            direction="better",
            metric=PITCH,
            counted="sessions",
        ),
        ("Your pitch score rises by {} points a week.", "Your pitch improves by {} points per week."),
    ),
]
IN_HUNDREDTHS = {"share", "score"}

sayings = st.sampled_from(SAYINGS).flatmap(
    lambda saying: st.tuples(st.just(saying[0]), st.sampled_from(saying[1]))
)
figures = st.floats(2.0, 95.0)
decimals = st.sampled_from([0, 1])


def only(fact: Fact, figure: float) -> Facts:
    """That fact alone, with a figure as it is spoken of; its sign stays."""
    value = figure / 100.0 if fact.unit in IN_HUNDREDTHS else figure
    told = replace(fact, value=-value if fact.value < 0.0 else value)
    return Facts("history", "your newest sessions", {fact.name: told})


def said(sentence: str, figure: float, places: int) -> str:
    return sentence.format(f"{figure:.{places}f}")


@given(sayings, figures, decimals)
def test_a_rounded_figure_passes(saying: tuple[Fact, str], figure: float, places: int) -> None:
    fact, sentence = saying

    assert check(said(sentence, figure, places), only(fact, figure)) == []


@given(sayings, figures, decimals, st.floats(1.01, 60.0), st.booleans())
def test_a_figure_beyond_rounding_is_refused(
    saying: tuple[Fact, str], figure: float, places: int, shift: float, up: bool
) -> None:
    fact, sentence = saying
    other = figure + (shift if up else -shift)
    assume(0.0 < other <= 100.0 and f"{other:.0f}" != f"{fact.n}")

    assert check(said(sentence, other, places), only(fact, figure))


@given(sayings, figures)
def test_a_figure_without_its_fact_is_refused(saying: tuple[Fact, str], figure: float) -> None:
    _, sentence = saying

    assert check(said(sentence, figure, 0), Facts("history", "your newest sessions", {}))


SIDES = [
    ("early", "late"),
    ("sharp", "flat"),
    ("ahead of", "behind"),
    ("rush", "drag"),
    ("rises", "falls"),
    ("improves", "falls"),
    ("speed up", "slow down"),
    ("hurry", "drag"),
    ("before", "after"),
]


@given(sayings, figures)
def test_the_other_side_is_refused(saying: tuple[Fact, str], figure: float) -> None:
    fact, sentence = saying
    turned = sentence
    for one, other in SIDES:
        wrong, right = (one, other) if one in sentence else (other, one)
        turned = turned.replace(wrong, right) if turned == sentence else turned
    assume(fact.direction and turned != sentence)

    assert check(said(turned, figure, 0), only(fact, figure)), turned


UNITS = [" ms", " milliseconds", " cents", " of 100", " %", " points", " minutes"]


@given(sayings, figures, st.sampled_from([" ms", " cents", " dB", " bpm", " semitones", " beats"]))
def test_another_unit_is_refused(saying: tuple[Fact, str], figure: float, unit: str) -> None:
    fact, sentence = saying
    own = next((each for each in UNITS if "{}" + each in sentence), None)
    assume(own is not None and own != unit and {own, unit} != {" ms", " milliseconds"})

    assert check(said(sentence.replace("{}" + own, "{}" + unit), figure, 0), only(fact, figure))


@given(figures, figures)
def test_a_figure_of_another_metric_is_refused(pitch: float, timing: float) -> None:
    assume(abs(pitch - timing) > 1.0)
    scores = {
        f"{metric}.score": Fact(f"{metric}.score", value / 100.0, "score", 64, "", metric=metric)
        for metric, value in ((PITCH, pitch), (TIMING, timing))
    }
    facts = Facts("session", "this session", scores)

    assert check(f"Your pitch score is {pitch:.0f} and your timing score {timing:.0f}.", facts) == []
    assert check(f"Your pitch score is {timing:.0f} and your timing score {pitch:.0f}.", facts)
    assert check(f"{pitch:.0f} for pitch, {timing:.0f} for timing.", facts) == []
    assert check(f"{timing:.0f} for pitch, {pitch:.0f} for timing.", facts)
