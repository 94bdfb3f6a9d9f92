import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.articulation import find_bend, find_vibrato, judged_pitch
from dsp.framing import HOP_S

FRAME_S, PERIOD_S = 1536 / 44_100, 1 / 220.0


def seconds(duration_s):
    return np.arange(round(duration_s / HOP_S)) * HOP_S


def swings(rate_hz, extent_cents, duration_s=1.0, delay_s=0.15):
    """A vibrato as an ideal tracker would see it."""
    return extent_cents * np.sin(2 * np.pi * rate_hz * np.maximum(seconds(duration_s) - delay_s, 0.0))


def bent(cents, duration_s=1.0, from_s=0.2, to_s=0.4):
    return np.interp(seconds(duration_s), [from_s, to_s], [0.0, cents])


@given(st.floats(4.2, 7.8), st.floats(12.0, 60.0), st.floats(-10.0, 60.0), st.integers(0, 2**32 - 1))
def test_rate_extent_and_centre_of_a_vibrato(rate_hz, extent, centre, seed):
    curve = (
        centre + swings(rate_hz, extent, 1.2) + np.random.default_rng(seed).normal(0, 1.0, seconds(1.2).size)
    )
    found = find_vibrato(curve, 0.0, 0.0)
    assert found.rate_hz == pytest.approx(rate_hz, rel=0.06)
    assert found.extent_cents == pytest.approx(extent, rel=0.1, abs=2.0)
    assert found.centre_cents == pytest.approx(centre, abs=2.5)


@pytest.mark.parametrize("rate_hz", [4.5, 7.5])
def test_the_share_that_a_frame_flattens_is_put_back(rate_hz):
    fine = HOP_S / 32
    time = np.arange(0.0, 1.5, fine)
    frame = round(FRAME_S / fine)
    seen = np.convolve(30.0 * np.sin(2 * np.pi * rate_hz * time), np.full(frame, 1.0 / frame), mode="valid")[
        ::32
    ]
    assert find_vibrato(seen, FRAME_S, 0.0).extent_cents == pytest.approx(30.0, rel=0.03)
    assert find_vibrato(seen, 0.0, 0.0).extent_cents < 30.0 * 0.97


@pytest.mark.parametrize(
    "curve",
    [
        np.zeros(150),
        swings(6.0, 3.0),
        swings(2.5, 30.0, 2.0),
        swings(12.0, 30.0),
        swings(6.0, 30.0, 0.3),
        bent(200.0),
        np.random.default_rng(1).normal(0.0, 3.0, 150),
        np.zeros(3),
    ],
    ids=["still", "faint", "slow", "quick", "one swing", "bend", "noise", "short"],
)
def test_what_is_no_vibrato(curve):
    assert find_vibrato(curve, FRAME_S, PERIOD_S) is None


@pytest.mark.parametrize("cents", [50.0, 100.0, 200.0, 300.0])
@pytest.mark.parametrize("to_s", [0.3, 0.6])
def test_a_bend_is_told_by_where_it_was_held(cents, to_s):
    curve = bent(cents, to_s=to_s) + np.random.default_rng(2).normal(0.0, 1.0, seconds(1.0).size)
    assert find_bend(curve) == pytest.approx(cents, abs=2.0)


def test_a_bend_that_is_released_was_bent_to_its_top():
    up_and_down = np.interp(seconds(1.0), [0.1, 0.3, 0.5, 0.7], [0.0, 200.0, 200.0, 0.0])
    assert find_bend(up_and_down) == pytest.approx(200.0, abs=1.0)
    touched = np.interp(seconds(1.0), [0.1, 0.3, 0.5], [0.0, 200.0, 0.0])
    assert find_bend(touched) == pytest.approx(200.0, abs=10.0)


def test_a_release_goes_down_and_the_settling_of_a_pluck_is_none():
    assert find_bend(bent(-200.0)) == pytest.approx(-200.0)
    assert find_bend(bent(-60.0)) is None


def test_a_vibrato_at_the_top_of_a_bend_has_its_centre_as_target():
    curve = bent(200.0, 1.6) + swings(5.5, 30.0, 1.6, delay_s=0.5)
    vibrato = find_vibrato(curve, 0.0, 0.0)
    assert find_bend(curve, vibrato) == pytest.approx(200.0, abs=3.0)


def test_a_finger_that_only_stretches_the_string_does_not_bend_it():
    curve = 40.0 - 40.0 * np.cos(2 * np.pi * 5.0 * seconds(1.2))
    vibrato = find_vibrato(curve, 0.0, 0.0)
    assert vibrato.centre_cents == pytest.approx(40.0, abs=2.0)
    assert find_bend(curve, vibrato) is None


@pytest.mark.parametrize(
    "curve",
    [np.zeros(150), bent(30.0), np.repeat([0.0, 200.0], 75), np.repeat([0.0, 1200.0], 75), np.zeros(5)],
    ids=["still", "pressed", "jump", "octave slip", "short"],
)
def test_what_is_no_bend(curve):
    assert find_bend(curve) is None


@pytest.mark.parametrize(("bend", "judged"), [(200.0, 59.0), (90.0, 57.9), (50.0, 57.0), (-100.0, 56.0)])
def test_a_bend_is_judged_on_its_target_if_it_aims_at_a_fret(bend, judged):
    assert judged_pitch(57.0, bend) == pytest.approx(judged)
