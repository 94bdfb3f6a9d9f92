"""Facts for the rules coach, made by the same functions that make them of real playing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import strategies as st

from coach.fact import Direction, Fact, Facts, Scope
from coach.facts.measured import facts_of_summary, reasons, wrong_note_facts
from coach.facts.spoken import TITLES, hundredths, number
from dsp.summary import METRICS, Counts, Metric, MetricName, Overall, Summary

FactsOf = Callable[..., Facts]

_SPOTS = (
    ("degree 6 (b6) of minor scales", "A minor"),
    ("the note after a fourth up", "A minor pentatonic"),
    ("the note after a step down", "E dorian"),
    ("the note A4", "G major"),
    ("the notes from E2 to G2", "C major"),
    ("notes at 110 to 119 bpm", "F major"),
    ("a note played again", "A blues"),
)
_FAULTS: tuple[tuple[Direction, MetricName], ...] = (
    ("", "scale_conformity"),
    ("sharp", "pitch_accuracy"),
    ("flat", "pitch_accuracy"),
    ("early", "timing_stability"),
    ("late", "timing_stability"),
)


def fact(name: str, value: float, unit: Any = "score", n: int = 40, **given: Any) -> Fact:
    return Fact(name, value, unit, n, given.pop("words", f"{name} is {value:g}"), **given)


def spot(
    k: int, place: str, scale: str, fault: tuple[Direction, MetricName], rates: tuple[float, float]
) -> list[Fact]:
    (direction, metric), (rate, usual) = fault, rates
    same: dict[str, Any] = {"metric": metric, "place": place, "scale": scale}
    said = f"you have trouble at {place}: {100 * rate:.0f} of 100"
    return [
        fact(f"spot.{k}.rate", rate, "share", words=said, direction=direction, **same),
        fact(f"spot.{k}.usual", usual, "share", words=f"elsewhere {100 * usual:.0f} of 100", **same),
        fact(f"spot.{k}.bpm", 72.0, "bpm", words=f"a good tempo for {place} is 72 bpm", **same),
    ]


@pytest.fixture(scope="session")
def facts_of() -> FactsOf:
    """Facts of a scope, from scores by metric and other facts."""

    def build(
        scores: dict[str, float] | None = None,
        *others: Fact,
        scope: Scope = "session",
        scales: tuple[str, ...] = ("A minor pentatonic",),
    ) -> Facts:
        about = {
            "session": "this session",
            "history": "your newest 40 sessions",
            "live": "the last 30 seconds",
        }[scope]
        counted = "sessions" if scope == "history" else "notes"
        scored = [
            fact(
                f"{name}.score",
                score,
                metric=None if name == "overall" else name,
                counted=counted,
                words=f"your {TITLES[name]} score is {hundredths(score)} of 100",
            )
            for name, score in (scores or {}).items()
        ]
        return Facts(scope, about, {each.name: each for each in (*scored, *others)}, scales)

    return build


@pytest.fixture(scope="session")
def a_fact() -> Callable[..., Fact]:
    """One fact by name, value, unit and n."""
    return fact


@pytest.fixture(scope="session")
def a_spot() -> Callable[..., list[Fact]]:
    """The three facts of a weak spot."""
    return spot


@pytest.fixture(scope="session")
def any_facts() -> st.SearchStrategy[Facts]:
    """Facts of any scope, as playing of any kind gives them."""
    return st.one_of(_measured("session"), _measured("live"), _histories())


def _share() -> st.SearchStrategy[float]:
    return st.floats(0.0, 1.0).map(lambda value: round(value, 3))


def _size(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high).map(lambda value: round(value, 2))


@st.composite
def _summaries(draw: st.DrawFn) -> Summary:
    n = draw(st.integers(8, 400))
    cents, spread = draw(_size(0.5, 60.0)), draw(_size(0.3, 90.0))
    bias, late = draw(_size(-45.0, 45.0)), draw(_size(-90.0, 90.0))
    wrong = draw(st.integers(0, n))
    clicked = draw(st.booleans())
    pitch = {"bias_cents": bias, "mad_cents": cents, "within_25": draw(_share()), "within_10": draw(_share())}
    timing = {"bias_ms": late, "early": draw(_share()), "late": draw(_share())} if clicked else {}
    noise = {
        "stray_events": draw(st.integers(0, n)),
        "ring_overs": draw(st.integers(0, n)),
        "rest_floor_db": draw(st.one_of(st.none(), _size(1.0, 60.0))),
        "floor_from": "rests",
    }
    right = 1.0 - wrong / n
    metrics = {
        "pitch_accuracy": Metric(cents, "cents", 0.8 * cents, 1.2 * cents, n, draw(_share()), pitch),
        "scale_conformity": Metric(right, "share", 0.9 * right, right, n, right, {"wrong": wrong}),
        "timing_stability": Metric(
            spread if clicked else spread / 100.0,
            "ms" if clicked else "step",
            None,
            None,
            n,
            draw(_share()),
            timing,
        ),
        "noise_control": Metric(0.5, "score", None, None, n, draw(_share()), noise),
    }
    measured = draw(st.sets(st.sampled_from(METRICS), min_size=1))
    kept = {name: metric for name, metric in metrics.items() if name in measured}
    return Summary(kept, Overall(draw(_share()), {}), Counts(n, n - wrong, wrong, 0))


@st.composite
def _measured(draw: st.DrawFn, scope: Scope) -> Facts:
    summary = draw(_summaries())
    told = list(facts_of_summary(summary))
    if "scale_conformity" in summary.metrics:
        names = draw(st.lists(st.sampled_from(["F4", "C#3", "Bb2", "D#5"]), unique=True, max_size=4))
        told += wrong_note_facts([(name, draw(st.integers(2, 9))) for name in names])
    if "timing_stability" in summary.metrics and summary.metrics["timing_stability"].unit == "ms":
        told += draw(st.sampled_from([[], [_drift(-38.0)], [_drift(44.0)], [_drift(3.0)]]))
        told.append(fact("session.bpm", 92.0, "bpm", words="you played to a click at 92 bpm"))
    heard = summary.counts.right + summary.counts.wrong
    told.append(fact("session.notes", heard, "count", heard, words=f"{heard} notes were judged"))
    about = "this session" if scope == "session" else "the last 30 seconds"
    named = {each.name: each for each in told}
    return Facts(scope, about, named, ("A minor pentatonic",), reasons(summary))


def _drift(slope: float) -> Fact:
    way: Direction = "slowing down" if slope > 0.0 else "speeding up"
    verb = "slow down" if slope > 0.0 else "speed up"
    words = f"you {verb} by {number(abs(slope))} ms per minute"
    return fact("timing.drift", slope, "ms per minute", words=words, direction=way, metric="timing_stability")


@st.composite
def _histories(draw: st.DrawFn) -> Facts:
    told: list[Fact] = []
    for name in draw(st.sets(st.sampled_from(METRICS))):
        told += _scores(name, *(draw(_share()) for _ in range(2)), draw(st.sampled_from([-0.1, 0.0, 0.1])))
    if any(each.name == "pitch_accuracy.score" for each in told) and draw(st.booleans()):
        summary = draw(_summaries())
        told += [
            each for each in facts_of_summary(summary) if each.name in {"pitch.cents", "pitch.bias_cents"}
        ]
    places = draw(st.lists(st.tuples(st.sampled_from(_SPOTS), st.sampled_from(_FAULTS)), max_size=3))
    for k, ((place, scale), fault) in enumerate(places, start=1):
        usual = draw(_size(0.0, 0.4))
        told += spot(k, place, scale, fault, (min(1.0, usual + draw(_size(0.03, 0.6))), usual))
    days = draw(st.integers(1, 40))
    told.append(
        fact("practice.streak_days", days, "days", words=f"your streak is {days} days", counted="days")
    )
    scales = draw(st.sampled_from([(), ("A minor",), ("G major", "E dorian", "C: 0 2 4 7")]))
    named = {each.name: each for each in told}
    missing = {name: "no session has measured it yet" for name in METRICS if f"{name}.score" not in named}
    return Facts("history", "your newest 12 sessions", named, scales, missing)


def _scores(name: MetricName, score: float, latest: float, change: float) -> Iterator[Fact]:
    title = TITLES[name]
    same: dict[str, Any] = {"metric": name, "counted": "sessions", "n": 12}
    yield fact(f"{name}.score", score, words=f"your {title} score is {hundredths(score)} of 100", **same)
    words = f"your latest {title} score is {hundredths(latest)} of 100"
    yield fact(f"latest.{name}", latest, words=words, **same)
    way: Direction = "better" if change > 0.0 else "worse" if change < 0.0 else "no difference"
    points = f"{number(100 * abs(change))} points {way} than in the four weeks before"
    words = f"your {title} score is {points}" if change else f"your {title} score has not changed for sure"
    yield fact(f"change.{name}", change, words=words, direction=way, **same)
