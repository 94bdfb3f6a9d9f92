import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.convert import SILENCE_DBFS
from dsp.level import FloorFollower, level_dbfs

RATE = 100.0
"""Hops a second of the followers below."""


def followed(*stretches):
    """A follower that has heard stretches of (level, seconds)."""
    follower = FloorFollower(RATE)
    for level, seconds in stretches:
        for _ in range(round(seconds * RATE)):
            follower.push(level)
    return follower


def test_a_square_wave_of_full_scale_is_0_dbfs_and_a_sine_3_below():
    phase = 2 * np.pi * np.arange(441) / 44.1
    assert level_dbfs(np.sign(np.cos(phase + 0.01)).astype(np.float32)) == pytest.approx(0.0, abs=0.01)
    assert level_dbfs(np.sin(phase).astype(np.float32)) == pytest.approx(-3.01, abs=0.01)


@given(st.floats(-0.9, 0.9), st.floats(0.01, 1.0))
def test_an_offset_is_no_sound(offset, gain):
    wave = (gain * np.sin(0.3 * np.arange(210))).astype(np.float32)
    assert level_dbfs(wave + np.float32(offset)) == pytest.approx(level_dbfs(wave), abs=0.01)


def test_silence_has_the_lowest_level():
    assert level_dbfs(np.zeros(64, np.float32)) == SILENCE_DBFS
    assert level_dbfs(np.full(64, 0.5, np.float32)) == SILENCE_DBFS


def test_the_floor_is_unknown_before_the_first_hop():
    assert FloorFollower(RATE).floor_dbfs == SILENCE_DBFS


def test_the_floor_is_the_level_of_the_rests():
    follower = followed((-60.0, 1.0), (-20.0, 1.0))
    assert follower.floor_dbfs == pytest.approx(-60.0)
    assert follower.smoothed_dbfs == pytest.approx(-20.0, abs=0.1)


def test_a_rest_is_forgotten_after_three_seconds():
    assert followed((-60.0, 1.0), (-20.0, 2.8)).floor_dbfs == pytest.approx(-60.0)
    assert followed((-60.0, 1.0), (-20.0, 3.3)).floor_dbfs > -25.0


def test_a_gap_of_one_hop_makes_no_floor():
    assert followed((-20.0, 1.0), (-90.0, 1 / RATE), (-20.0, 1.0)).floor_dbfs > -22.0


@given(st.lists(st.floats(SILENCE_DBFS, 0.0), min_size=1, max_size=50))
def test_the_floor_is_never_above_the_level(levels):
    follower = FloorFollower(RATE)
    for level in levels:
        follower.push(level)
        assert SILENCE_DBFS <= follower.floor_dbfs <= follower.smoothed_dbfs <= 1e-9
