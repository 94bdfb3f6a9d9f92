import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsp.convert import midi_to_hz
from dsp.errors import ParameterError
from dsp.pitch import PitchEstimator
from dsp.synth import PluckedNote, click_track, melody, pluck, run

RATE = 44_100


@given(
    st.floats(40, 88), st.floats(0.05, 1.0), st.floats(0.01, 1.0), st.sampled_from([8_000, 44_100, 96_000])
)
def test_a_pluck_has_its_length_and_level_at_any_rate(midi, duration_s, level, rate):
    sound = pluck(midi, duration_s, sample_rate=rate, level=level)
    assert sound.dtype == np.float32
    assert sound.size == round(duration_s * rate)
    assert np.abs(sound).max() == pytest.approx(level, rel=1e-5)


@pytest.mark.parametrize("a4_hz", [430.0, 440.0, 450.0])
def test_a_pluck_follows_the_reference(a4_hz):
    frame = pluck(57, 0.3, sample_rate=RATE, a4_hz=a4_hz)[4000:6000]
    f0 = PitchEstimator(RATE, 62.0, 1400.0).estimate(frame).f0_hz
    assert abs(1200 * np.log2(f0 / float(midi_to_hz(57, a4_hz)))) < 3.0


def test_a_string_dies_away_and_is_damped_at_the_end():
    sound = np.abs(pluck(45, 1.0, sample_rate=RATE))
    first, middle, last = sound[2000:6000].max(), sound[20_000:24_000].max(), sound[-20:].max()
    assert first > middle > 20 * last


@pytest.mark.parametrize("duration_s", [0.0, -1.0, 1e-6, float("nan")])
def test_a_note_without_length_is_refused(duration_s):
    with pytest.raises(ParameterError, match="must be above 0"):
        pluck(60, duration_s, sample_rate=RATE)


def test_a_pitch_above_the_rate_is_refused():
    with pytest.raises(ParameterError, match="frequency given as a MIDI number"):
        pluck(440, 1.0, sample_rate=RATE)


def test_a_melody_begins_each_note_on_its_sample():
    notes = [PluckedNote(0.5, 0.9, 57), PluckedNote(1.0, 1.4, 64, level=0.1)]
    take = melody(notes, sample_rate=RATE)
    assert take.size == round(1.9 * RATE)
    assert not take[: round(0.5 * RATE)].any()
    assert take[round(0.5 * RATE) + 5] != 0.0
    assert np.abs(take[RATE:]).max() == pytest.approx(0.1, rel=1e-5)


def test_strings_that_overlap_add_up():
    low, high = PluckedNote(0.1, 0.8, 45), PluckedNote(0.4, 0.8, 57)
    together = melody([low, high], sample_rate=RATE, duration_s=1.0)
    apart = sum(melody([note], sample_rate=RATE, duration_s=1.0) for note in (low, high))
    np.testing.assert_allclose(together, apart, atol=1e-6)


def test_a_take_may_end_before_its_last_note_does():
    assert melody([PluckedNote(0.1, 0.8, 45)], sample_rate=RATE, duration_s=0.3).size == round(0.3 * RATE)


def test_noise_has_its_level_and_its_seed():
    def hiss(seed):
        return melody([], sample_rate=RATE, duration_s=1.0, noise_dbfs=-40.0, seed=seed)

    assert 20 * np.log10(hiss(0).std()) == pytest.approx(-40.0, abs=0.1)
    np.testing.assert_array_equal(hiss(0), hiss(0))
    assert not np.array_equal(hiss(0), hiss(1))


def test_a_note_before_the_take_is_refused():
    with pytest.raises(ParameterError, match="a take begins at 0"):
        melody([PluckedNote(-0.1, 0.2, 60)], sample_rate=RATE)


def test_a_run_is_even():
    notes = run([60, 62, 64], step_s=0.5, start_s=1.0, sounding=0.8, level=0.2)
    assert notes[1] == PluckedNote(1.5, pytest.approx(1.9), 62.0, 0.2)
    assert [note.onset_s for note in notes] == [1.0, 1.5, 2.0]


def test_a_click_track_beats_its_tempo_and_accents_each_bar():
    track = click_track(120, 8, sample_rate=RATE, start_s=0.25)
    starts = [round((0.25 + 0.5 * beat) * RATE) for beat in range(8)]
    assert track.size == round(4.25 * RATE)
    for beat, start in enumerate(starts):
        assert np.abs(track[start - 100 : start]).max() < 1e-2
        spectrum = np.abs(np.fft.rfft(track[start : start + 1000], RATE))
        assert spectrum.argmax() == pytest.approx(1760 if beat % 4 == 0 else 1320, abs=25)


@pytest.mark.parametrize("bpm", [0.0, -60.0])
def test_a_click_needs_a_tempo(bpm):
    with pytest.raises(ParameterError, match="tempo must be above 0"):
        click_track(bpm, 4, sample_rate=RATE)
