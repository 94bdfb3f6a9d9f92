"""Made-up sessions sound like the player they are drawn for."""

from dataclasses import replace

import numpy as np
import pytest

from dsp.metrics import summarize
from dsp.scales import scale_from
from workbench.demo.players import DEMO_PLAYERS, DemoPlayer, Skill, Weakness
from workbench.demo.playing import play
from workbench.practice.goal import Goal

A_MINOR = scale_from("A Minor", "natural")
CLICK = Goal(A_MINOR, bpm=90.0, notes_per_beat=2, click_start_s=0.0)
GOOD = Skill(cents=6.0, timing_ms=10.0, wrong=0.01, quiet_db=34.0, hnr_db=20.0)
POOR = Skill(cents=25.0, timing_ms=40.0, wrong=0.15, quiet_db=18.0, hnr_db=12.0)


@pytest.fixture
def player() -> DemoPlayer:
    """A player without a weakness of their own."""
    return replace(DEMO_PLAYERS[0], weakness=Weakness())


@pytest.mark.parametrize("goal", [CLICK, Goal(A_MINOR)], ids=["click", "free"])
def test_every_score_follows_the_skill(player: DemoPlayer, goal: Goal) -> None:
    good, poor = (
        summarize(play(player, skill, goal, 160, np.random.default_rng(1)), scale=A_MINOR, click=goal.click)
        for skill in (GOOD, POOR)
    )
    for name, metric in good.metrics.items():
        assert metric.score is not None, name
        worse = poor.metrics[name].score
        # In free playing an engine may find no beat in so uneven hands.
        assert worse is None or metric.score > worse + 0.03, name


def test_the_measured_spread_is_the_skills(player: DemoPlayer) -> None:
    notes = play(player, GOOD, CLICK, 2000, np.random.default_rng(2))
    summary = summarize(notes, scale=A_MINOR, click=CLICK.click)
    assert summary.metrics["timing_stability"].value == pytest.approx(GOOD.timing_ms, rel=0.1)
    assert summary.metrics["scale_conformity"].value == pytest.approx(1.0 - GOOD.wrong, abs=0.01)
    # The median of |x| of a normal law is 0.674 standard deviations.
    assert summary.metrics["pitch_accuracy"].value == pytest.approx(0.674 * GOOD.cents, rel=0.1)


def test_notes_are_such_as_an_engine_could_hear(player: DemoPlayer) -> None:
    for goal in (CLICK, Goal(A_MINOR)):
        notes = play(player, POOR, goal, 200, np.random.default_rng(3))
        onsets = np.array([note.onset_s for note in notes])
        assert [note.number for note in notes] == list(range(200))
        assert np.all(np.diff(onsets) > 0.0)
        assert onsets[0] > 0.0
        for note in notes:
            assert note.offset_s is not None
            assert note.offset_s > note.onset_s
            assert note.judged == (note.midi is not None)
            assert note.midi is None or 38.0 < note.midi < 79.0
            assert 0.0 <= note.confidence <= 1.0
        assert 0 < sum(not note.judged for note in notes) < 20


def test_a_weak_degree_is_missed_more_often(player: DemoPlayer) -> None:
    weak = replace(player, weakness=Weakness(degree=6))
    skill = replace(GOOD, wrong=0.0)
    notes = play(weak, skill, CLICK, 1500, np.random.default_rng(4))
    wrong = [note for note in notes if note.midi is not None and not A_MINOR.contains(note.midi)]
    # The sixth of A minor is F: it is fretted as E or F#, and E is in the scale, so F# is chosen.
    assert len(wrong) > 15
    assert {round(note.midi or 0) % 12 for note in wrong} == {6}


def test_high_notes_are_pushed_sharp(player: DemoPlayer) -> None:
    weak = replace(player, weakness=Weakness(sharp_above=64))
    notes = play(weak, GOOD, CLICK, 1500, np.random.default_rng(5))
    cents = {
        high: [note.cents for note in notes if note.midi and (note.midi > 63.5) == high]
        for high in (True, False)
    }
    assert np.median(np.array(cents[True], dtype=float)) == pytest.approx(18.0, abs=1.5)
    assert np.median(np.array(cents[False], dtype=float)) == pytest.approx(0.0, abs=1.0)


def test_leaps_come_early(player: DemoPlayer) -> None:
    weak = replace(player, weakness=Weakness(hurried_leap=3))
    skill = replace(GOOD, timing_ms=1.0, wrong=0.0)
    notes = play(weak, skill, CLICK, 400, np.random.default_rng(6))
    step_s = 60.0 / 90.0 / 2
    late_ms = [1000.0 * (note.onset_s - step_s * round(note.onset_s / step_s)) for note in notes]
    assert min(late_ms) == pytest.approx(-28.0, abs=5.0)
    assert np.median(late_ms) == pytest.approx(4.0, abs=1.0)


def test_the_same_seed_plays_the_same(player: DemoPlayer) -> None:
    first, second, other = (play(player, GOOD, CLICK, 50, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert first == second
    assert first != other


def test_one_note_is_a_session_too(player: DemoPlayer) -> None:
    assert len(play(player, GOOD, CLICK, 1, np.random.default_rng(9))) == 1
