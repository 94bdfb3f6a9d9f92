"""What a session holds."""

from collections.abc import Callable
from datetime import UTC, date

from coach.planner.choice import at_the_edge, choices
from coach.planner.item import target_of
from coach.planner.schedule import day_of
from coach.planner.target import Target
from workbench.store.items import Item

Make = Callable[..., Item]

DAY = date(2026, 3, 9)


def notes(scale: str, kind: str = "pentatonic") -> Target:
    return Target("notes", scale, kind)


def tempo(bpm: int) -> Target:
    return Target("tempo", "A Minor", "pentatonic", None, bpm, 1)


def test_what_is_likeliest_to_have_slipped_comes_first(item: Make) -> None:
    items = [item(notes("C Major", "natural"), (0, 0.92)), item(notes("E Minor"), (0, 0.5))]
    chosen = choices(items, 2, DAY, UTC)
    assert [choice.target.scale_chosen for choice in chosen] == ["E Minor", "C Major"]
    assert {choice.why for choice in chosen} == {"due"}


def test_an_item_is_due_on_its_very_day(item: Make) -> None:
    known = item(notes("A Minor"), (6, 0.5))
    assert day_of(known.due_at, UTC) == DAY
    assert choices([known], 2, DAY, UTC)[0].why == "due"


def test_what_is_due_leaves_no_room_for_new_things(item: Make) -> None:
    items = [item(notes(scale), (0, 0.5)) for scale in ("A Minor", "B Minor", "C Minor", "D Minor")]
    assert {choice.why for choice in choices(items, 3, DAY, UTC)} == {"due"}


def test_room_is_filled_with_one_new_thing_and_then_with_what_is_due_soonest(item: Make) -> None:
    resting = [item(notes(scale), (6, 0.97)) for scale in ("A Minor", "B Minor", "C Minor")]
    chosen = choices([*resting, item(notes("D Minor"), (0, 0.5))], 4, DAY, UTC)
    assert [choice.why for choice in chosen] == ["due", "new", "early", "early"]


def test_what_was_played_today_comes_again_only_when_nothing_else_is_left(item: Make) -> None:
    today, before = item(notes("A Minor"), (7, 0.97)), item(notes("B Minor"), (5, 0.97))
    chosen = choices([today, before], 2, DAY, UTC)
    assert [choice.why for choice in chosen] == ["new", "early"]
    assert chosen[1].target == target_of(before)


def test_of_what_is_equally_fresh_the_one_due_soonest_comes(item: Make) -> None:
    soon, late = item(notes("A Minor"), (7, 0.86)), item(notes("E Minor"), (7, 0.99))
    early = [choice for choice in choices([late, soon], 2, DAY, UTC) if choice.why == "early"]
    assert [choice.target for choice in early] == [target_of(soon)]


def test_things_that_share_nothing_are_preferred(item: Make) -> None:
    alike = [item(Target(kind, "A Minor", "pentatonic"), (0, 0.5)) for kind in ("notes", "clean")]
    other = item(Target("intonation", "E Minor", "natural"), (3, 0.5))
    chosen = choices([*alike, other], 2, DAY, UTC)
    assert other.item_id in {choice.item.item_id for choice in chosen if choice.item}


def test_of_the_tempi_the_sure_one_and_the_next_are_practised(item: Make) -> None:
    ladder = [
        item(tempo(60), (0, 0.95)),
        item(tempo(70), (0, 0.75)),
        item(tempo(80), (0, 0.6)),
        item(tempo(90), (0, 0.4)),
    ]
    assert [target_of(each).bpm for each in at_the_edge(ladder)] == [70, 80]
    assert [target_of(each).bpm for each in at_the_edge(ladder[2:])] == [80]
    assert [target_of(each).bpm for each in at_the_edge(ladder[:1])] == [60]


def test_tempi_of_another_time_are_left_behind(item: Make) -> None:
    ladder = [item(tempo(50), (0, 0.6)), item(tempo(70), (1, 0.5)), item(tempo(85), (6, 0.5))]
    assert [target_of(each).bpm for each in at_the_edge(ladder)] == [70]
    back_to_slow = [*ladder, item(tempo(55), (7, 0.5))]
    assert [target_of(each).bpm for each in at_the_edge(back_to_slow)] == [50]


def test_two_notes_to_a_slow_click_are_faster_than_one_to_a_quick_one(item: Make) -> None:
    slow_click = item(Target("tempo", "A Minor", "pentatonic", None, 60, 2), (0, 0.6))
    quick_click = item(tempo(90), (0, 0.9))
    assert [target_of(each).bpm for each in at_the_edge([slow_click, quick_click])] == [90, 60]


def test_other_scales_have_ladders_of_their_own(item: Make) -> None:
    other = Target("tempo", "C Major", "natural", None, 60, 1)
    items = [item(tempo(100), (0, 0.9)), item(other, (0, 0.5))]
    assert len(at_the_edge(items)) == 2


def test_a_player_who_knows_one_thing_gets_two(item: Make) -> None:
    chosen = choices([item(notes("A Minor"), (0, 0.5))], 2, DAY, UTC)
    assert [choice.why for choice in chosen] == ["due", "new"]
    assert len(choices([item(notes("A Minor"), (7, 0.5))], 2, DAY, UTC)) == 2
