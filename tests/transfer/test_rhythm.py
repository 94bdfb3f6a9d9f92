"""Seconds to places in bars: on the click's grid, on the player's own beat, and never two on one place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.transfer.played import Click, PlayedNote
from workbench.transfer.rhythm import Rhythm, rhythm_of


def notes_at(onsets: list[float], duration_s: float = 0.1) -> list[PlayedNote]:
    return [PlayedNote(float(onset), duration_s, 60.0, -20.0, None, None) for onset in onsets]


def beats(rhythm: Rhythm) -> list[float]:
    return [at / rhythm.places for at in rhythm.at]


def test_eighths_to_a_click_stand_on_its_grid() -> None:
    rng = np.random.default_rng(440)
    onsets = 2.0 + np.arange(32) * 0.25 + rng.normal(0.0, 0.015, 32)
    rhythm = rhythm_of(notes_at(list(onsets), 0.2), Click(120.0, 2, 2.0))
    assert (rhythm.bpm, rhythm.places) == (120.0, 2)
    assert beats(rhythm) == [n / 2 for n in range(32)]
    assert rhythm.first_beat_s == 2.0
    assert set(rhythm.length) == {1}


def test_the_first_bar_is_the_one_that_is_played_in() -> None:
    rhythm = rhythm_of(notes_at([2.0 + 9 * 0.5]), Click(120.0, 1, 2.0))
    assert beats(rhythm) == [1.0]
    assert rhythm.first_beat_s == pytest.approx(2.0 + 8 * 0.5)


def test_an_unknown_start_of_the_click_is_found_in_the_notes() -> None:
    onsets = [0.37 + n * 0.5 + (0.01 if n % 2 else -0.01) for n in range(16)]
    rhythm = rhythm_of(notes_at(onsets), Click(120.0, 1, None))
    assert [later - earlier for earlier, later in zip(beats(rhythm), beats(rhythm)[1:], strict=False)] == [
        1.0
    ] * 15
    assert rhythm.first_beat_s % 0.5 == pytest.approx(0.37, abs=0.01)


def test_the_grid_is_made_finer_where_notes_would_share_a_place() -> None:
    rhythm = rhythm_of(notes_at([0.0, 0.25, 0.5, 1.0]), Click(120.0, 1, 0.0))
    assert beats(rhythm) == [0.0, 0.5, 1.0, 2.0]


@pytest.mark.parametrize("bpm", [60.0, 90.0, 140.0])
def test_free_eighths_find_their_beat(bpm: float) -> None:
    rng = np.random.default_rng(7)
    steps = np.array([1, 1, 2, 1, 1, 2, 2, 4] * 6)
    onsets = np.concatenate([[0.0], np.cumsum(steps)]) * 30.0 / bpm + rng.normal(0.0, 0.008, steps.size + 1)
    rhythm = rhythm_of(notes_at(list(np.sort(onsets))), None)
    intervals = np.diff(rhythm.at)
    assert list(intervals / intervals.min()) == list(steps)
    assert 60.0 <= rhythm.bpm <= 180.0


def test_a_few_free_notes_stand_as_they_came() -> None:
    rhythm = rhythm_of(notes_at([3.0, 3.5, 4.25]), None)
    assert (rhythm.bpm, beats(rhythm)) == (120.0, [0.0, 1.0, 2.5])


def test_a_length_ends_before_the_next_note() -> None:
    rhythm = rhythm_of(notes_at([0.0, 1.0, 2.0], duration_s=5.0), Click(60.0, 2, 0.0))
    assert rhythm.length == (2, 2, 10)


@given(
    onsets=st.lists(st.floats(0.0, 100.0), min_size=1, max_size=60).map(sorted),
    click=st.one_of(
        st.none(),
        st.builds(
            Click, st.floats(20.0, 400.0), st.integers(1, 12), st.one_of(st.none(), st.floats(0.0, 90.0))
        ),
    ),
)
def test_no_note_is_lost_and_none_lies_on_another(onsets: list[float], click: Click | None) -> None:
    rhythm = rhythm_of(notes_at(onsets), click)
    assert len(rhythm.at) == len(rhythm.length) == len(onsets)
    ends = [at + length for at, length in zip(rhythm.at, rhythm.length, strict=True)]
    assert all(end <= after for end, after in zip(ends, rhythm.at[1:], strict=False))
    assert min(rhythm.length) >= 1
    assert 0 <= rhythm.at[0] < 4 * rhythm.places
