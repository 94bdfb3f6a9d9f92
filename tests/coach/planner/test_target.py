"""What is practised, its id, its words."""

from dataclasses import replace

import pytest

from coach.planner.target import Target, nearest_tempo
from workbench.user import User

A_MINOR = Target("degree", "A Minor", "natural", degree=6)


def test_the_id_is_the_same_everywhere_and_another_for_anything_else(ada: User) -> None:
    others = [
        Target("degree", "A Minor", "natural", degree=5),
        Target("notes", "A Minor", "natural"),
        replace(A_MINOR, scale_type="pentatonic"),
        Target("tempo", "A Minor", "natural", bpm=60, notes_per_beat=1),
        Target("tempo", "A Minor", "natural", bpm=60, notes_per_beat=2),
    ]
    assert A_MINOR.item_id(ada) == Target("degree", "A Minor", "natural", 6).item_id(User("ada"))
    ids = {target.item_id(user) for target in [A_MINOR, *others] for user in (ada, User("ben"))}
    assert len(ids) == 12


def test_a_degree_is_named_with_its_note() -> None:
    assert A_MINOR.spot == "degree 6 (F)"
    assert Target("degree", "D Minor", "natural", 6).spot == "degree 6 (Bb)"
    assert Target("notes", "A Minor", "natural").spot == ""


@pytest.mark.parametrize(("bpm", "item"), [(60.0, 60), (92.0, 90), (93.0, 95), (20.0, 20), (400.0, 400)])
def test_a_session_is_practice_of_the_nearest_tempo(bpm: float, item: int) -> None:
    assert nearest_tempo(bpm) == item
