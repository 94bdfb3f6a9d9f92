"""Level, peak and clipping of the input."""

import numpy as np
import pytest

from workbench.practice.levels import CLIP_HOLD_S, LevelMeter

RATE = 48_000


def sine(amplitude: float, seconds: float = 2.0) -> np.ndarray:
    time_s = np.arange(round(seconds * RATE)) / RATE
    return (amplitude * np.sin(2 * np.pi * 440.0 * time_s)).astype(np.float32)


def test_a_sine_reads_three_decibels_under_its_peak() -> None:
    levels = LevelMeter(RATE).push(sine(0.1))
    assert levels.peak_dbfs == pytest.approx(-20.0, abs=0.01)
    assert levels.level_dbfs == pytest.approx(-23.01, abs=0.05)
    assert not levels.clipped


def test_silence_and_a_dc_offset_read_the_floor() -> None:
    assert LevelMeter(RATE).push(np.zeros(RATE, np.float32)).level_dbfs == -120.0
    assert LevelMeter(RATE).push(np.full(RATE, 0.5, np.float32)).level_dbfs == -120.0


def test_a_peak_is_held_for_a_second() -> None:
    meter = LevelMeter(RATE)
    meter.push(sine(0.5, 0.01))
    assert meter.push(sine(0.1, 0.9)).peak_dbfs == pytest.approx(-6.0, abs=0.1)
    assert meter.push(sine(0.1, 0.2)).peak_dbfs == pytest.approx(-20.0, abs=0.1)


def test_clipping_is_held_and_counted() -> None:
    meter = LevelMeter(RATE)
    loud = np.zeros(100, np.float32)
    loud[:3] = (1.0, -1.0, 0.9995)
    assert meter.push(loud).clipped
    held = meter.push(sine(0.1, CLIP_HOLD_S - 0.1))
    assert (held.clipped, held.clipped_samples) == (True, 3)
    assert not meter.push(sine(0.1, 0.2)).clipped


def test_the_cut_into_blocks_hardly_matters() -> None:
    once, blocks = LevelMeter(RATE), LevelMeter(RATE)
    whole = sine(0.2)
    for at in range(0, len(whole), 480):
        last = blocks.push(whole[at : at + 480])
    assert last.level_dbfs == pytest.approx(once.push(whole).level_dbfs, abs=0.3)
    assert last.peak_dbfs == once.push(whole).peak_dbfs


def test_an_empty_block_changes_nothing() -> None:
    meter = LevelMeter(RATE)
    before = meter.push(sine(0.1))
    assert meter.push(np.zeros(0, np.float32)) == before
