"""What is played for an item practises that item."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.exercises import LIBRARY
from coach.planner.exercises import exercise, slower
from coach.planner.target import Kind, Target

IN_TIME = Target("tempo", "A Minor", "pentatonic", None, 90, 2)


@given(
    st.sampled_from(["notes", "intonation", "clean", "degree"]),
    st.sampled_from([("A Minor", "pentatonic"), ("C Major", "natural"), ("D Dorian", "dorian")]),
    st.sampled_from([1, 2, 3]),
    st.integers(0, 500),
    st.none() | st.just(IN_TIME),
)
def test_a_drill_is_in_the_scale_and_for_the_metric(
    kind: Kind, scale: tuple[str, str], level: int, seed: int, own: Target | None
) -> None:
    target = Target(kind, *scale, 3 if kind == "degree" else None)
    made = exercise(target, 3, own=own, level=level, seed=seed)
    assert (made.scale_chosen, made.scale_type, made.minutes) == (*scale, 3.0)
    drill = next(drill for drill in LIBRARY if drill.title == made.title)
    wanted = {"notes": "wrong notes", "degree": "wrong notes", "intonation": "intonation", "clean": "ringing"}
    assert wanted[kind] in drill.aims
    assert "{" not in made.how


@pytest.mark.parametrize("kind", ["notes", "intonation", "degree"])
def test_who_never_used_a_click_gets_none(kind: Kind) -> None:
    target = Target(kind, "A Minor", "natural", 6 if kind == "degree" else None)
    assert {exercise(target, 3, own=None, level=2, seed=seed).bpm for seed in range(20)} == {None}


def test_a_drill_goes_at_the_players_own_pace() -> None:
    for seed in range(20):
        made = exercise(Target("notes", "A Minor", "pentatonic"), 3, own=IN_TIME, level=2, seed=seed)
        drill = next(drill for drill in LIBRARY if drill.title == made.title)
        assert made.notes_per_beat == (drill.notes_per_beat or 2)
        assert made.bpm == (None if drill.tempo is None else round(drill.tempo * 90.0))


def test_a_degree_is_named() -> None:
    made = exercise(Target("degree", "A Minor", "natural", 6), 3, own=None, level=2, seed=1)
    assert "degree 6 (F)" in made.how


@pytest.mark.parametrize(("count", "words"), [(1, "one note"), (2, "two notes"), (6, "6 notes")])
def test_a_tempo_is_practised_at_it(count: int, words: str) -> None:
    made = exercise(Target("tempo", "A Minor", "pentatonic", None, 90, count), 4, own=None, level=3, seed=1)
    assert (made.bpm, made.notes_per_beat, made.minutes) == (90.0, count, 4.0)
    assert f"{words} to each click" in made.how
    assert made.title == "A minor pentatonic in time"


def test_a_first_turn_is_slower() -> None:
    made = exercise(IN_TIME, 3, own=None, level=1, seed=1)
    assert slower(made).bpm == 72.0
    assert slower(made).how.startswith("Slower first")
    assert (
        slower(
            exercise(Target("tempo", "A Minor", "pentatonic", None, 20, 1), 3, own=None, level=1, seed=1)
        ).bpm
        == 20.0
    )
