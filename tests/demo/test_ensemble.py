"""A crowd's sessions, played at once: the laws of the players show in the notes."""

from dataclasses import replace

import numpy as np
import pytest

from dsp.scales import scale_from
from workbench.demo.ensemble import Takes, play_all
from workbench.demo.players import DEMO_PLAYERS, Skill, Weakness

GOOD = Skill(cents=6.0, timing_ms=10.0, wrong=0.0, quiet_db=34.0, hnr_db=20.0)
PLAYER = replace(DEMO_PLAYERS[2], first=GOOD, last=GOOD, weakness=Weakness())


def play(player: object = PLAYER, sessions: int = 40, notes: int = 120, seed: int = 1) -> Takes:
    counts = np.full(sessions, notes)
    return play_all(player, np.linspace(0.0, 1.0, sessions), counts, np.random.default_rng(seed))  # type: ignore[arg-type]


def test_notes_are_such_as_an_engine_could_hear() -> None:
    takes = play(DEMO_PLAYERS[0])
    assert (np.diff(takes.onset, axis=1) > 0.0).all()
    assert (takes.onset > 0.0).all()
    assert (takes.duration > 0.0).all()
    assert (takes.onset[:, :-1] + takes.duration[:, :-1] <= takes.onset[:, 1:] + 1e-9).all()
    assert takes.pitch.min() > 38.0
    assert takes.pitch.max() < 79.0
    assert 0.94 < takes.judged.mean() < 0.99
    assert ((takes.confidence > 0.8) == takes.judged).all()
    assert (takes.level[takes.judged].mean() - takes.level[~takes.judged].mean()) == pytest.approx(
        15.0, abs=1.0
    )


def test_a_shorter_session_ends_earlier() -> None:
    counts = np.array([5, 30, 1])
    takes = play_all(PLAYER, np.zeros(3), counts, np.random.default_rng(1))
    assert takes.played.sum(axis=1).tolist() == counts.tolist()
    assert takes.onset.shape == (3, 30)


def test_the_spread_is_the_skills() -> None:
    takes = play()
    cents = 100.0 * (takes.pitch - np.rint(takes.pitch))
    assert cents.std() == pytest.approx(6.0, rel=0.05)
    assert takes.late_ms.std() == pytest.approx(10.0, rel=0.05)
    assert takes.late_ms.mean() == pytest.approx(4.0, abs=0.5)
    assert takes.inside.all()


def test_skill_follows_progress() -> None:
    takes = play(DEMO_PLAYERS[1], sessions=100)
    early, late = (
        np.median(np.abs(takes.late_ms[half]), axis=1).mean() for half in (slice(0, 20), slice(80, 100))
    )
    assert late < 0.85 * early


def test_every_tone_of_the_scale_is_played_and_only_those() -> None:
    takes = play(sessions=60)
    for index, (chosen, kind) in enumerate(PLAYER.scales):
        heard = set((np.rint(takes.pitch[takes.scale == index]).astype(int) % 12).ravel().tolist())
        assert heard == set(scale_from(chosen, kind).pitch_classes)
    assert np.bincount(takes.scale).argmax() == 0


def test_the_planted_weaknesses_show() -> None:
    degree = play(replace(PLAYER, weakness=Weakness(degree=6)))
    assert 0.015 < 1.0 - degree.inside.mean() < 0.06
    sharp = play(replace(PLAYER, weakness=Weakness(sharp_above=64)))
    cents, high = 100.0 * (sharp.pitch - np.rint(sharp.pitch)), np.rint(sharp.pitch) >= 64
    assert np.median(cents[high]) == pytest.approx(18.0, abs=1.0)
    assert np.median(cents[~high]) == pytest.approx(0.0, abs=0.5)
    hurried = play(replace(PLAYER, weakness=Weakness(hurried_leap=3)))
    leaps = np.diff(np.rint(hurried.pitch), axis=1, prepend=0.0)
    leaps[:, 0] = 0.0
    assert np.median(hurried.late_ms[leaps >= 3]) == pytest.approx(4.0 - 32.0, abs=1.5)
    assert np.median(hurried.late_ms[leaps < 3]) == pytest.approx(4.0, abs=1.0)


def test_with_a_click_notes_lie_on_its_grid() -> None:
    takes = play()
    for row in np.flatnonzero(~np.isnan(takes.bpm)):
        step = 60.0 / takes.bpm[row] / 2.0
        late = takes.onset[row] - step * np.rint(takes.onset[row] / step)
        assert np.abs(1000.0 * late - takes.late_ms[row]).max() < 1e-3


def test_the_seed_decides() -> None:
    first, second, other = play(), play(), play(seed=2)
    assert all((a[~np.isnan(a)] == b[~np.isnan(b)]).all() for a, b in zip(first, second, strict=True))
    assert (first.onset != other.onset).any()
