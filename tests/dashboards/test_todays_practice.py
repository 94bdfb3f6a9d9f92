"""Today's turns: each with its reason and a way to play it, in as much time as there is."""

import asyncio
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from coach.advice import Exercise
from coach.planner.planned import Block, PlannedSession
from dashboards.parts.todays_practice import IN_SIGHT, LENGTH, TodaysPractice, session_html
from workbench.archive import Archive
from workbench.store.configs import Configs

EXERCISE = Exercise(
    title="Slow <ascents>", how="Up.", scale_chosen="F# Minor", scale_type="pentatonic", bpm=72.0, minutes=3
)


def session(*done: bool) -> PlannedSession:
    blocks = tuple(
        Block(exercise=EXERCISE, reason=f"turn {index}", item_id=UUID(int=index), done=each)
        for index, each in enumerate(done)
    )
    made_at = datetime(2026, 11, 23, tzinfo=UTC)
    return PlannedSession(day=date(2026, 11, 23), minutes=20, made_at=made_at, blocks=blocks, why="Turns.")


def test_every_turn_tells_what_how_long_and_why() -> None:
    html = session_html(session(False))
    assert "3 min" in html
    assert "Slow &lt;ascents&gt;: F# minor pentatonic, 72 bpm" in html
    assert "turn 0" in html
    assert "Up." in html, "a title alone does not say what to play"
    assert "details" not in html


@pytest.mark.parametrize(
    ("done", "in_sight", "folds"),
    [
        ([False] * 6, [0, 1, 2], ["3 turns more"]),
        ([True, True, False, False, False, False], [2, 3, 4], ["2 turns played", "1 turn more"]),
        ([True] * 4, [1, 2, 3], ["1 turn played"]),
        ([True, False], [0, 1], []),
    ],
)
def test_what_comes_next_is_in_sight(done: list[bool], in_sight: list[int], folds: list[str]) -> None:
    html = session_html(session(*done))
    assert [
        fold for fold in ("1 turn played", "2 turns played", "1 turn more", "3 turns more") if fold in html
    ] == folds
    shown = html
    for part in html.split("<details>")[1:]:
        shown = shown.replace(part.split("</details>")[0], "")
    assert [index for index in range(len(done)) if f"turn {index}<" in shown] == in_sight
    assert len(in_sight) <= IN_SIGHT
    assert html.count("✓ played") == sum(done)


def test_the_length_is_kept_and_its_turns_add_up(own: Archive, three: list[str]) -> None:
    view = TodaysPractice(own)
    view.minutes = 10
    asyncio.run(view._find(anew=False))
    assert view._turns.object.count("<li>") >= 2
    assert Configs(own.engine).get(own.user, LENGTH, 0) == 10
    assert TodaysPractice(own).minutes == 10


def test_with_an_empty_history_there_is_something_to_play(own: Archive) -> None:
    view = TodaysPractice(own)
    asyncio.run(view._find(anew=False))
    assert 'href="practice?scale=' in view._turns.object
