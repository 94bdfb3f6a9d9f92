"""Many sentences of the kind that language models write, true and false, about two players."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.advice import Advice, Exercise
from coach.checker import check, check_advice, check_plan
from coach.fact import Fact, Facts
from coach.plan import PracticePlan
from dsp.summary import MetricName

SENTENCES = Path(__file__).parent / "sentences"
"""One sentence a line: `session_true.txt`, `session_false.txt`, and the same of a history."""

PITCH: MetricName = "pitch_accuracy"
SCALE: MetricName = "scale_conformity"
TIMING: MetricName = "timing_stability"
NOISE: MetricName = "noise_control"

DEGREE, LEAP, REGION = (
    "degree 6 (b6) of minor scales",
    "the note after a fourth up",
    "the notes from E4 to D5",
)


def facts_of(
    scope: str, about: str, rows: Sequence[Fact], scales: tuple[str, ...], missing: dict[str, str]
) -> Facts:
    return Facts(scope, about, {fact.name: fact for fact in rows}, scales, missing)


def of_notes(name, value, unit, metric=None, *, n=120, low=None, high=None, direction="", place=""):
    return Fact(name, value, unit, n, "", low, high, direction, metric, place=place)


def of_sessions(name, value, unit, metric=None, *, n=12, low=None, high=None, direction="", scale=""):
    return Fact(name, value, unit, n, "", low, high, direction, metric, "sessions", scale=scale)


def at_spot(number, rates, metric, place, *, direction="", bpm=None):
    rows = [("rate", rates[0], "share"), ("usual", rates[1], "share")] + (
        [("bpm", bpm, "bpm")] if bpm else []
    )
    for what, value, unit in rows:
        side = direction if what == "rate" else ""
        yield Fact(
            f"spot.{number}.{what}",
            value,
            unit,
            410,
            "",
            None,
            None,
            side,
            metric,
            place=place,
            scale="D minor",
        )


SESSION = facts_of(
    "session",
    "this session",
    [
        of_notes("pitch_accuracy.score", 0.82, "score", PITCH),
        of_notes("scale_conformity.score", 0.967, "score", SCALE),
        of_notes("timing_stability.score", 0.41, "score", TIMING),
        of_notes("overall.score", 0.742, "score"),
        of_notes("pitch.cents", 11.7, "cents", PITCH, low=9.2, high=14.4),
        of_notes("pitch.bias_cents", 7.6, "cents", PITCH, low=5.1, high=10.0, direction="sharp"),
        of_notes("pitch.within_25", 0.9, "share", PITCH),
        of_notes("scale.adherence", 0.967, "share", SCALE, low=0.92, high=0.99),
        of_notes("scale.wrong", 4, "count", SCALE),
        of_notes("scale.wrong_note.F#4", 3, "count", SCALE, n=3, place="F#4"),
        of_notes("timing.spread_ms", 36.3, "ms", TIMING, low=30.2, high=42.8),
        of_notes("timing.bias_ms", -18.4, "ms", TIMING, low=-25.0, high=-11.9, direction="early"),
        of_notes(
            "timing.drift", -12.2, "ms per minute", TIMING, low=-20.0, high=-4.0, direction="speeding up"
        ),
        of_notes("timing.early_share", 0.58, "share", TIMING),
        of_notes("timing.late_share", 0.17, "share", TIMING),
        of_notes("session.notes", 120, "count"),
        of_notes("session.bpm", 90, "bpm"),
    ],
    ("A minor pentatonic",),
    {NOISE: "it was switched off"},
)
"""Somebody in tune and in the scale who rushes."""

HISTORY = facts_of(
    "history",
    "your newest 40 sessions",
    [
        of_sessions("pitch_accuracy.score", 0.851, "score", PITCH, low=0.82, high=0.88),
        of_sessions("scale_conformity.score", 0.93, "score", SCALE, low=0.90, high=0.95),
        of_sessions("timing_stability.score", 0.554, "score", TIMING, low=0.50, high=0.61),
        of_sessions("noise_control.score", 0.712, "score", NOISE, low=0.68, high=0.74),
        of_sessions("overall.score", 0.79, "score", low=0.76, high=0.82),
        of_sessions("latest.timing_stability", 0.63, "score", TIMING, n=1),
        of_sessions("latest.pitch_accuracy", 0.87, "score", PITCH, n=1),
        of_sessions(
            "trend.pitch_accuracy", 0.012, "score", PITCH, n=40, low=0.006, high=0.018, direction="better"
        ),
        of_sessions(
            "trend.timing_stability",
            -0.008,
            "score",
            TIMING,
            n=40,
            low=-0.012,
            high=-0.004,
            direction="worse",
        ),
        of_sessions(
            "trend.noise_control",
            0.0004,
            "score",
            NOISE,
            n=40,
            low=-0.003,
            high=0.004,
            direction="no difference",
        ),
        of_sessions(
            "change.pitch_accuracy", 0.061, "score", PITCH, n=22, low=0.02, high=0.10, direction="better"
        ),
        of_sessions(
            "change.scale_conformity",
            0.004,
            "score",
            SCALE,
            n=22,
            low=-0.02,
            high=0.03,
            direction="no difference",
        ),
        *at_spot(1, (0.241, 0.047), SCALE, DEGREE, bpm=67),
        *at_spot(2, (0.40, 0.19), TIMING, LEAP, direction="early"),
        *at_spot(3, (0.30, 0.08), PITCH, REGION, direction="sharp"),
        of_sessions("pitch.cents", 8.4, "cents", PITCH, low=7.5, high=9.3),
        of_sessions("timing.spread_ms", 24.3, "ms", TIMING, n=10, low=20.0, high=28.0),
        of_sessions("timing.bias_ms", 1.2, "ms", TIMING, n=10, low=-2.0, high=4.0),
        of_sessions("practice.sessions", 40, "count", n=40),
        of_sessions("practice.minutes_week", 85.4, "minutes", n=4),
        of_sessions("practice.sessions_week", 4, "count", n=4),
        of_sessions("practice.minutes_last_week", 62.0, "minutes", n=3),
        Fact("practice.streak_days", 6, "days", 6, "", counted="days"),
        Fact("practice.days_off", 2, "days", 40, "", counted="days"),
        of_sessions("latest.bpm", 84, "bpm", n=1),
        of_sessions("repertoire.1", 638.0, "minutes", n=25, scale="D minor"),
    ],
    ("D minor", "A minor"),
    {},
)
"""Somebody whose pitch rises while the timing slips, with three weak spots."""

PLAYERS = {"session": SESSION, "history": HISTORY}


def lines(scope: str, kind: str) -> list[str]:
    return (SENTENCES / f"{scope}_{kind}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("scope", PLAYERS)
def test_true_sentences_pass(scope: str) -> None:
    refused = {line: check(line, PLAYERS[scope]) for line in lines(scope, "true")}

    assert {line: why for line, why in refused.items() if why} == {}


@pytest.mark.parametrize("scope", PLAYERS)
def test_false_sentences_are_refused(scope: str) -> None:
    assert [line for line in lines(scope, "false") if not check(line, PLAYERS[scope])] == []


def test_a_refusal_names_the_words_and_the_reason() -> None:
    (refusal,) = check("Good work. Your notes come 28 ms early.", SESSION)

    assert refusal.claim == '"28 ms" in "Your notes come 28 ms early."'
    assert refusal.reason == "no fact says this figure here"
    assert str(refusal) == f"{refusal.claim}: {refusal.reason}"


def test_what_was_not_measured_is_refused_with_its_reason() -> None:
    assert "it was switched off" in check("Your playing was very clean.", SESSION)[0].reason


def test_another_language_is_refused_with_that_reason() -> None:
    assert check("Deine Noten kommen 18 ms zu früh.", SESSION)[0].reason == "only English can be checked"


def test_an_empty_text_claims_nothing() -> None:
    assert check("", SESSION) == check("  \n ... \n", SESSION) == []


def test_without_facts_only_instructions_pass() -> None:
    nothing = Facts("session", "this session", {})

    assert check("Tune your guitar. Play slowly at 60 bpm for five minutes.", nothing) == []
    assert check("Your timing is good.", nothing)
    assert check("You played 8 notes.", nothing)


def test_what_the_player_said_may_be_said_again() -> None:
    text = "That comes to 20 minutes at 75 bpm in E minor."

    assert check(text, HISTORY)
    assert check(text, HISTORY, also=("I have 20 minutes", "75 bpm", "E minor")) == []
    assert check("You played at 75 bpm.", HISTORY, also=("75 bpm",))
    assert check("Your timing spread is 75 ms.", HISTORY, also=("75 bpm",))


def test_a_pronoun_points_back_to_what_was_named() -> None:
    assert check("After a fourth up you leave the click. There you come early.", HISTORY) == []
    assert check("After a fourth up you leave the click. There you come late.", HISTORY)
    assert check("Your pitch is at 85. It rises by 1.2 points a week.", HISTORY) == []
    assert check("Your timing is at 55. It rises by 1.2 points a week.", HISTORY)


GOOD = Advice(
    text="Your notes come 18 ms early. Play at 70 bpm and wait for the click.",
    focus="timing_stability",
    evidence=("timing.bias_ms",),
    exercise=Exercise(
        title="Wait for the click",
        how="Play the scale up and down with 2 notes per beat, and stay within 20 ms.",
        scale_chosen="A Minor",
        scale_type="pentatonic",
        bpm=70.0,
        minutes=5.0,
    ),
)


def test_an_advice_is_checked_in_all_its_parts() -> None:
    assert check_advice(GOOD, SESSION) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Your notes come 28 ms early."},
        {"focus": "noise_control"},
        {"evidence": ("timing.bias_ms", "noise.stray")},
        {"exercise": {"how": "Play it slowly; your timing drifted 25 ms."}},
        {"exercise": {"how": "Play it slowly, because you are late."}},
        {"exercise": {"title": "For your flat notes"}},
        {"exercise": {"how": "Work on your strongest metric, timing."}},
        {"exercise": {"how": "You improved by 20 % last week, so play on."}},
        {"exercise": {"bpm": 900.0}},
        {"exercise": {"scale_type": "wobbly"}},
    ],
)
def test_a_false_part_refuses_the_advice(changes: dict) -> None:
    told = dict(changes)
    if "exercise" in told:
        told["exercise"] = GOOD.exercise.model_copy(update=told["exercise"])

    assert check_advice(GOOD.model_copy(update=told), SESSION)


def test_a_plan_may_speak_of_its_own_tempi_and_minutes() -> None:
    plan = PracticePlan(
        scale_chosen="D Minor",
        scale_type="natural",
        focus_area="scale_conformity",
        exercise="Play D minor up and down. Stop at degree 6 and say its name; three times at each tempo.",
        tempo_ladder=(60.0, 66.0, 72.0),
        minutes=15.0,
        reasoning="You often miss degree 6: 24 of 100 are wrong there. The ladder goes from 60 to 72 bpm.",
        evidence=("spot.1.rate",),
    )

    assert check_plan(plan, HISTORY) == []
    assert check_plan(plan.model_copy(update={"reasoning": "You miss degree 6 in 42 of 100 notes."}), HISTORY)
    assert check_plan(plan.model_copy(update={"exercise": "Play on, your timing has improved."}), HISTORY)
    assert check_plan(plan.model_copy(update={"evidence": ("spot.9.rate",)}), HISTORY)
