"""Tempo ladders rise in rungs that a metronome has."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.ladder import LEAST_RISE_BPM, MOST_RUNGS, ladder, rung_above, whole


@given(st.floats(1.0, 900.0), st.floats(0.5, 120.0), st.floats(0.2, 1.0))
def test_a_ladder_rises_in_whole_tempi_to_what_is_wanted(wanted: float, minutes: float, start: float) -> None:
    tempi = ladder(wanted, minutes=minutes, start=start)
    assert 1 <= len(tempi) <= MOST_RUNGS
    assert all(20.0 <= bpm <= 400.0 and bpm == round(bpm) for bpm in tempi)
    assert all(slow < fast for slow, fast in pairwise(tempi))
    assert len(tempi) == 1 or tempi[-1] == whole(wanted)


def test_more_time_gives_smaller_steps() -> None:
    assert ladder(100.0, minutes=3.0) == (80.0, 89.0, 100.0)
    assert ladder(100.0, minutes=5.0) == (80.0, 85.0, 89.0, 95.0, 100.0)


def test_without_time_to_climb_the_slow_tempo_is_played() -> None:
    assert ladder(100.0, minutes=1.0) == (80.0,)


@pytest.mark.parametrize("bpm", [20.0, 63.0, 120.0, 390.0])
def test_a_rung_is_heard_and_hardly_felt(bpm: float) -> None:
    assert LEAST_RISE_BPM <= rung_above(bpm) - bpm <= max(LEAST_RISE_BPM, 0.05 * bpm)


def test_there_is_nothing_above_the_fastest_click() -> None:
    assert rung_above(400.0) == 400.0
