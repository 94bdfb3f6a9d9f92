"""Drills are chosen for what is sought, take turns, and fit the player."""

from typing import get_args

import pytest

from coach.drills.drill import Aim, Level, Place
from coach.exercises import LIBRARY, USUAL_BPM, choose, fitted
from dsp.scales import parse_scale, scale_from

SCALE = parse_scale("Bb dorian")


def keys(aim: Aim, place: Place | None = None, level: Level = 2, seeds: int = 60) -> set[str]:
    return {choose(aim, place=place, level=level, seed=seed).key for seed in range(seeds)}


@pytest.mark.parametrize("aim", get_args(Aim))
def test_each_aim_has_a_drill_for_every_place_and_level(aim: Aim) -> None:
    for place in (None, *get_args(Place)):
        for level in get_args(Level):
            drill = choose(aim, place=place, level=level)
            assert aim in drill.aims


@pytest.mark.parametrize("aim", sorted(set(get_args(Aim)) - {"sharp", "flat", "tuning"}))
def test_each_aim_has_drills_to_take_turns(aim: Aim) -> None:
    assert len(keys(aim)) >= 2
    assert choose(aim, seed=4) != choose(aim, seed=5)


def test_every_drill_comes_up_somewhere() -> None:
    met = {
        key
        for aim in get_args(Aim)
        for place in (None, *get_args(Place))
        for level in get_args(Level)
        for key in keys(aim, place, level, seeds=20)
    }
    assert met == {drill.key for drill in LIBRARY}
    assert len(LIBRARY) == len({drill.key for drill in LIBRARY}) == len({drill.title for drill in LIBRARY})


def test_a_place_calls_for_drills_made_for_it() -> None:
    for place in ("degree", "leap", "high", "tempo"):
        for key in keys("wrong notes", place):
            drill = next(drill for drill in LIBRARY if drill.key == key)
            assert place in drill.places


def test_beginners_are_spared_what_is_for_masters() -> None:
    assert all(
        drill.levels[0] == 1
        for aim in get_args(Aim)
        for drill in (choose(aim, level=1, seed=seed) for seed in range(20))
    )


def test_what_was_just_played_waits_unless_there_is_nothing_else() -> None:
    first = choose("late", seed=7)
    assert choose("late", seed=7, avoid=[first.key]) != first
    everything = [drill.key for drill in LIBRARY]
    assert choose("late", seed=7, avoid=everything) == first


@pytest.mark.parametrize("drill", LIBRARY, ids=lambda drill: drill.key)
def test_a_drill_fits_a_player(drill: object) -> None:
    for bpm in (None, 25.0, 92.0, 400.0):
        exercise = fitted(drill, SCALE, bpm=bpm, notes_per_beat=2, spot="degree 6 of minor scales")
        assert "{" not in exercise.how + exercise.title
        assert exercise.how.isascii()
        assert 1 <= exercise.how.count(". ") + 1 <= 3
        assert scale_from(exercise.scale_chosen, exercise.scale_type) == (
            parse_scale(drill.scale) if drill.scale else SCALE
        )
        assert (exercise.bpm is None) == (drill.tempo is None)
        assert exercise.bpm is None or 20.0 <= exercise.bpm <= 400.0


def test_the_tempo_is_a_share_of_the_players_own() -> None:
    drill = next(drill for drill in LIBRARY if drill.key == "place then pick")
    assert fitted(drill, SCALE, bpm=100.0).bpm == 65.0
    assert fitted(drill, SCALE).bpm == 0.65 * USUAL_BPM
