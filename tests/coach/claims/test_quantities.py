"""Quantities as speakers write them."""

import pytest

from coach.claims.quantities import quantities


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("18 ms", [(18.0, "ms")]),
        ("18.5 milliseconds", [(18.5, "ms")]),
        ("18,5 cents", [(18.5, "cents")]),
        ("1,200 notes", [(1200.0, "notes")]),
        ("-18 ms", [(-18.0, "ms")]),
        ("72 of 100", [(0.72, "share")]),
        ("72/100", [(0.72, "share")]),
        ("9 out of 10 notes", [(0.9, "share")]),
        ("72 %", [(0.72, "share")]),
        ("72percent", [(0.72, "share")]),
        ("half of your notes", [(0.5, "share")]),
        ("2 thirds of your notes", [(2 / 3, "share")]),
        ("a quarter of the notes", [(0.25, "share")]),
        ("twice as often", [(2.0, "ratio")]),
        ("1.5 hours", [(90.0, "minutes")]),
        ("half an hour", [(30.0, "minutes")]),
        ("your 6th string", [(6.0, "ordinal")]),
        ("2 notes per beat at 60 bpm", [(2.0, "practice"), (60.0, "bpm")]),
        ("6 stray sounds in 100 notes", [(0.06, "share")]),
        ("12 judged notes from 30 sessions", [(12.0, "notes"), (30.0, "sessions")]),
        ("a 20-minute session", [(20.0, "minutes")]),
        ("on 2026-11-20", [(0.0, "other")]),
        ("f#4, a4 and the b6", []),
        ("a half step up, a third up, half notes", []),
    ],
)
def test_numbers_with_their_units(said: str, told: list[tuple[float, str]]) -> None:
    assert [(pytest.approx(each.value), each.dimension) for each in quantities(said)] == told


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [("between 12 and 15 ms", 12.0, 15.0), ("12-15 ms", 12.0, 15.0), ("12 to 15 ms", 12.0, 15.0)],
)
def test_a_range_has_two_ends(said: str, low: float, high: float) -> None:
    (found,) = quantities(said)

    assert (found.value, found.high, found.dimension) == (low, high, "ms")


@pytest.mark.parametrize(
    ("said", "true", "false"),
    [
        ("18 ms", (17.5, 18.4), (17.4, 18.6)),
        ("18.5 ms", (18.45, 18.54), (18.4, 18.6)),
        ("about 20 ms", (18.1, 22.0), (17.0, 23.0)),
        ("nearly 20 ms", (17.5, 20.3), (16.0, 21.0)),
        ("more than 20 ms", (20.1, 29.0), (19.0, 45.0)),
        ("less than 20 ms", (19.9, 11.0), (21.0, 4.0)),
        ("20 ms or more", (20.1, 29.0), (19.0, 45.0)),
    ],
)
def test_how_finely_a_number_was_said(said: str, true: tuple[float, ...], false: tuple[float, ...]) -> None:
    (found,) = quantities(said)

    assert all(found.is_of(figure) for figure in true)
    assert not any(found.is_of(figure) for figure in false)
