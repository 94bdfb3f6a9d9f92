import numpy as np
import pytest

from dsp.onset_time import refined_onset
from dsp.synth import PluckedNote, melody

RATES = (16_000, 22_050, 44_100, 48_000, 96_000)
ONSET_S = 0.5
PITCHES = (40, 52, 64, 76)


def error_ms(midi, rate, *, noticed_ms=0.0, ringing=None, noise_dbfs=None):
    """How late the refined onset of one pluck is, when it was noticed so late."""
    notes = [PluckedNote(ONSET_S, 0.9, midi)]
    if ringing is not None:
        notes.append(PluckedNote(0.1, 0.9, ringing, 0.15))
    take = melody(notes, sample_rate=rate, noise_dbfs=noise_dbfs)
    noticed = round((ONSET_S + noticed_ms / 1000) * rate)
    return 1000 * (refined_onset(take, noticed, rate) / rate - ONSET_S)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("midi", PITCHES)
@pytest.mark.parametrize("noticed_ms", [-2.0, 0.0])
def test_a_pluck_begins_where_it_was_played(midi, rate, noticed_ms):
    assert abs(error_ms(midi, rate, noticed_ms=noticed_ms)) < 1.5


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("midi", PITCHES)
def test_one_that_was_noticed_late_is_late_by_no_more(midi, rate):
    # The second period of a low string may be louder than the first.
    assert abs(error_ms(midi, rate, noticed_ms=4.0)) < 4.0


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize(("ringing", "midi"), [(45, 40), (47, 52), (59, 64), (71, 76)])
def test_a_string_that_rings_on_moves_it_little(ringing, midi, rate):
    assert abs(error_ms(midi, rate, ringing=ringing)) < 2.0


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("midi", [64, 76])
def test_noise_30_db_down_moves_it_little(midi, rate):
    assert abs(error_ms(midi, rate, noise_dbfs=-50)) < 2.0


@pytest.mark.parametrize("midi", PITCHES)
def test_every_rate_places_it_alike(midi):
    errors = [error_ms(midi, rate) for rate in RATES]
    assert max(errors) - min(errors) < 0.3


def test_an_attack_at_the_very_beginning_is_found():
    rate = 44_100
    take = melody([PluckedNote(0.002, 0.4, 64)], sample_rate=rate)
    assert refined_onset(take, round(0.003 * rate), rate) / rate == pytest.approx(0.002, abs=0.002)


def test_gain_and_offset_leave_it_where_it_is():
    rate = 44_100
    take = melody([PluckedNote(ONSET_S, 0.9, 57)], sample_rate=rate, noise_dbfs=-90)
    noticed = round(ONSET_S * rate)
    moved = refined_onset(0.1 * take + np.float32(0.2), noticed, rate)
    assert abs(moved - refined_onset(take, noticed, rate)) <= 0.0002 * rate
