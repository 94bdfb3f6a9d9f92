from collections.abc import Callable

import polars as pl

from workbench.demo.players import DEMO_PLAYERS
from workbench.insight.faults import with_faults
from workbench.insight.places import KINDS, MOVES, REGIONS, neighbours, with_places
from workbench.insight.targets import with_targets


def test_every_note_has_the_places_it_can_have(history: Callable[..., pl.DataFrame]) -> None:
    notes = with_places(with_targets(with_faults(history(DEMO_PLAYERS[0], 1))))
    assert notes["pitch"].null_count() == 0
    assert notes["tempo"].null_count() == 0
    assert set(notes["transition"].drop_nulls()) <= set(range(1 - len(MOVES), len(MOVES)))
    inside = notes.filter(pl.col("pitch") == 5)
    assert inside["target"].min() >= REGIONS[5]  # type: ignore[operator]
    assert inside["target"].max() < REGIONS[6]  # type: ignore[operator]
    scales = notes.group_by("kind").agg((pl.col("degree") // 100).n_unique())
    assert scales["degree"].to_list() == [1] * scales.height
    assert all(notes.schema[kind] == pl.Int64 for kind in KINDS)


def test_neighbours_of_one_fault_are_one_spot() -> None:
    found = [
        ("pitch", "sharp", 6),
        ("degree", "wrong", 106),
        ("pitch", "sharp", 8),
        ("pitch", "flat", 7),
        ("degree", "wrong", 107),
        ("pitch", "sharp", 7),
    ]
    assert neighbours(found) == [
        ("pitch", "sharp", range(6, 9)),
        ("degree", "wrong", range(106, 107)),
        ("pitch", "flat", range(7, 8)),
        ("degree", "wrong", range(107, 108)),
    ]


def test_up_is_no_neighbour_of_down() -> None:
    found = [("transition", "early", place) for place in (-1, 1, 0, 2)]
    assert [spot[2] for spot in neighbours(found)] == [range(-1, 0), range(1, 3), range(1)]
