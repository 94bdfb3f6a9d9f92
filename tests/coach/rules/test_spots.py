"""A place is the story only where it is much worse than the rest."""

from collections.abc import Callable

import pytest

from coach.fact import Fact, Facts
from coach.rules.spots import LEAST_GRAVE, place_of, worst_spot

FactsOf = Callable[..., Facts]
ASpot = Callable[..., list[Fact]]


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("degree 6 (b6) of minor scales", "degree"),
        ("the note after a step up", "step"),
        ("the note after a step to a third down", "step"),
        ("the note after a fourth up", "leap"),
        ("a note played again", "again"),
        ("the note A4", "high"),
        ("the notes from E4 to G#4", "low"),
        ("the notes from A#4 to C5", "high"),
        ("notes at 90 to 99 bpm", "tempo"),
    ],
)
def test_the_place_is_read_from_its_label(label: str, place: str) -> None:
    assert place_of(label) == place


def test_a_place_that_is_no_worse_than_twice_the_rest_is_no_story(facts_of: FactsOf, a_spot: ASpot) -> None:
    told = a_spot(1, "the note A4", "A minor", ("flat", "pitch_accuracy"), (0.3, 0.2))
    assert worst_spot(facts_of({}, *told), "pitch_accuracy", 0.6) is None


def test_the_worst_place_of_the_metric_is_found(facts_of: FactsOf, a_spot: ASpot) -> None:
    late = a_spot(1, "notes at 90 to 99 bpm", "A minor", ("late", "timing_stability"), (0.5, 0.1))
    flat = a_spot(2, "the note A4", "A minor", ("flat", "pitch_accuracy"), (0.4, 0.05))
    found = worst_spot(facts_of({}, *late, *flat), "pitch_accuracy", 0.95)
    assert found is not None
    assert (found.what, found.aim, found.place, found.spot) == ("spot flat", "flat", "high", "the note A4")
    assert found.words == {"place": "the note A4", "rate": "40", "usual": "5"}
    assert found.severity < LEAST_GRAVE
