"""What the anchors promise to the scores that are built on them."""

import pytest

from dsp import anchors
from dsp.score import band


def test_bands_fall_from_the_best_to_the_worst():
    edges = [edge for edge, _ in anchors.BANDS]
    assert edges == sorted(edges, reverse=True)
    assert [band(edge) for edge in edges] == [word for _, word in anchors.BANDS]


def test_what_the_engine_cannot_tell_apart_never_costs_a_player_the_best_band():
    best = anchors.BANDS[0][0]
    for resolution, x50 in (
        (anchors.PITCH_RESOLUTION_CENTS, anchors.PITCH_X50_CENTS),
        (anchors.TIMING_RESOLUTION_MS, anchors.TIMING_X50_RANGE_MS[0]),
    ):
        assert 1.0 / (1.0 + (resolution / x50) ** 2) > best


@pytest.mark.parametrize("strictness", [0.0, 0.5, 1.0])
def test_the_live_settings_stay_sensible_at_any_strictness(strictness):
    first, second = anchors.LIVE_IN_TUNE_CENTS
    assert anchors.PITCH_RESOLUTION_CENTS < first + second * strictness < anchors.RIGHT_NOTE_CENTS
    for first, second in (anchors.LIVE_PITCH_WEIGHT, anchors.LIVE_ALPHA):
        assert 0.0 < first + second * strictness < 1.0
