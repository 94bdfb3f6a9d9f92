import numpy as np
import pytest

from dsp.attack import PATIENCE_S, Attack
from dsp.framing import HOP_S

SHORT_S, LONG_S = 0.5 * HOP_S, 1.5 * HOP_S
"""Periods of a high and of a low note."""


SHORT, LONG = 0.002, 0.012
"""Periods of a high and of a low note, seconds."""


def attack(**changes):
    return Attack(0, 0, np.zeros(8, np.float32), -60.0, -80.0, **changes)


def test_two_clear_estimates_that_agree_settle_it():
    waiting = attack()
    assert not waiting.settles(57.0, 0.95, 0.01, SHORT)
    assert waiting.settles(57.1, 0.95, 0.016, SHORT)


@pytest.mark.parametrize(
    ("first", "second"),
    [((57.0, 0.95), (58.0, 0.95)), ((57.0, 0.5), (57.0, 0.95)), ((57.0, 0.95), (57.0, 0.5))],
    ids=["other pitch", "first unclear", "second unclear"],
)
def test_anything_less_waits(first, second):
    waiting = attack()
    waiting.settles(*first, 0.0, SHORT)
    assert not waiting.settles(*second, 0.006, SHORT)


def test_one_look_settles_a_low_note():
    assert attack().settles(40.0, 0.95, 0.0, LONG)
    assert not attack().settles(40.0, 0.85, 0.0, LONG)


def test_patience_is_how_long_a_clear_pitch_is_waited_for():
    assert [attack(patience_s=s).settles(40.0, 0.8, 0.03, LONG) for s in (0.0, 0.04, 0.1)] == [
        True,
        True,
        False,
    ]


def test_less_clarity_is_enough_later():
    assert [attack(last_midi=57.0).settles(57.0, 0.75, elapsed, SHORT) for elapsed in (0.0, 0.02, 0.04)] == [
        False,
        False,
        True,
    ]


def test_one_clear_look_is_enough_for_a_low_note():
    assert attack().settles(43.0, 0.95, 0.0, LONG_S)
    assert not attack().settles(43.0, 0.8, 0.0, LONG_S)


@pytest.mark.parametrize(("patience_s", "settled"), [(0.5 * PATIENCE_S, True), (2.0 * PATIENCE_S, False)])
def test_who_is_more_patient_waits_longer(patience_s, settled):
    waiting = attack(patience_s=patience_s, last_midi=57.0)
    assert waiting.settles(57.0, 0.75, PATIENCE_S, SHORT_S) is settled


def test_a_nearly_clear_estimate_is_remembered_an_unclear_one_forgotten():
    waiting = attack()
    waiting.settles(57.0, 0.86, 0.0, SHORT)
    assert waiting.last_midi == 57.0
    waiting.settles(57.0, 0.7, 0.0, SHORT)
    assert waiting.last_midi is None


def test_patience_ends_after_an_eighth_of_a_second():
    assert not attack().is_over(0.11)
    assert attack().is_over(0.13)


@pytest.mark.parametrize(("peak_dbfs", "loud"), [(-50.0, True), (-55.0, False), (-70.0, False)])
def test_loud_is_well_above_what_was_before(peak_dbfs, loud):
    assert attack(peak_dbfs=peak_dbfs).is_loud is loud


def test_nothing_is_loud_below_the_quietest_note():
    quiet = Attack(0, 0, np.zeros(8, np.float32), -100.0, -110.0, peak_dbfs=-70.0)
    assert not quiet.is_loud


def test_a_knock_is_gone_when_the_patience_is():
    assert attack(peak_dbfs=-20.0).has_died_away(-35.0)
    assert not attack(peak_dbfs=-20.0).has_died_away(-25.0)
