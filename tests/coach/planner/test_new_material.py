"""What comes next."""

from itertools import islice

from fsrs import Rating

from coach.planner.item import last_of
from coach.planner.new_material import SCALES, new_material, next_tempo
from coach.planner.target import Target
from dsp.scales import FRETCOACH_SCALES, scale_from

NOTES = Target("notes", "A Minor", "pentatonic")


def tempo(bpm: int, notes_per_beat: int = 1) -> Target:
    return Target("tempo", "A Minor", "pentatonic", None, bpm, notes_per_beat)


def test_somebody_new_begins_under_one_hand_position() -> None:
    first = list(new_material([]))
    assert [target for target, _ in first] == [NOTES, tempo(60), Target("notes", "E Minor", "pentatonic")]
    assert first[0][1].startswith("A good place to begin")


def test_a_scale_that_is_known_gets_a_click(item) -> None:
    target, reason = next(new_material([item(NOTES, (0, 0.97))]))
    assert target == tempo(60)
    assert "click" in reason


def test_a_scale_that_is_not_known_gets_none(item) -> None:
    kinds = {target.kind for target, _ in new_material([item(NOTES, (0, 0.6))])}
    assert kinds == {"notes"}


def test_only_the_fastest_tempo_is_stepped_up_and_only_when_it_is_easy(item) -> None:
    slow, fast = item(tempo(60), (0, 0.95)), item(tempo(80, 2), (0, 0.95))
    assert last_of(fast).rating is Rating.Easy
    steps = [each for each in new_material([slow, fast]) if each[0].kind == "tempo"]
    assert [target for target, _ in steps] == [tempo(85, 2)]
    assert steps[0][1] == "A step up: at 80 bpm the timing score was 95 of 100."
    good = item(tempo(80, 2), (0, 0.85))
    assert not [each for each in new_material([slow, good]) if each[0].kind == "tempo"]


def test_there_is_nothing_above_the_fastest_click(item) -> None:
    steps = list(islice(new_material([item(tempo(400), (0, 1.0))]), 1))
    assert steps[0][0].kind == "notes"


def test_steps_are_on_the_grid_and_about_a_rung() -> None:
    assert [next_tempo(bpm) for bpm in (20, 60, 90, 125, 200)] == [25, 65, 95, 130, 210]


def test_every_scale_comes_once_and_none_that_was_played(item) -> None:
    assert len(SCALES) == len(set(SCALES)) == 2 * len(FRETCOACH_SCALES)
    for chosen, kind in SCALES:
        assert (scale_from(chosen, kind).chosen, scale_from(chosen, kind).type) == (chosen, kind)
    scales = [target.scale_chosen for target, _ in new_material([item(NOTES, (0, 0.6))])]
    assert scales[0] == "E Minor"
    assert len(scales) == len(SCALES) - 1
