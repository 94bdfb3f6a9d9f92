"""Note events by the engine as a whole: what is claimed, mended, ended, and what is not."""

import numpy as np
import pytest

from dsp.events import Block
from dsp.stream import Analyzer
from dsp.synth import PluckedNote, melody, run

RATE = 44_100


def glide(pitches_at, duration_s=1.5, onset_s=0.5):
    """A string plucked at `onset_s` whose pitch follows (seconds, MIDI) points, without another attack."""
    time = np.arange(round(duration_s * RATE)) / RATE
    seconds, midi = zip(*pitches_at, strict=True)
    f0 = 440.0 * 2.0 ** ((np.interp(time, seconds, midi) - 69.0) / 12.0)
    phase = 2 * np.pi * np.cumsum(f0) / RATE
    wave = sum(np.exp(-time * k / 4) * np.sin(k * phase) / k for k in range(1, 12))
    wave *= np.minimum(time / 0.002, 1.0) * np.clip((duration_s - time) / 0.02, 0.0, 1.0)
    before = np.zeros(round(onset_s * RATE))
    noise = 1e-4 * np.random.default_rng(5).standard_normal(before.size + time.size)
    return (0.2 * np.concatenate([before, wave]) + noise).astype(np.float32)


def knocks(onsets, duration_s, level=0.4):
    """Bursts of noise, as a hand on the wood makes them."""
    rng = np.random.default_rng(6)
    samples = 3e-4 * rng.standard_normal(round(duration_s * RATE))
    time = np.arange(round(0.1 * RATE)) / RATE
    for onset in onsets:
        start = round(onset * RATE)
        samples[start : start + time.size] += level * np.exp(-time / 0.012) * rng.standard_normal(time.size)
    return samples.astype(np.float32)


def test_each_note_is_claimed_once_perhaps_revised_and_ended():
    samples = melody(run([45, 52, 57, 64, 52], step_s=0.25), sample_rate=RATE, noise_dbfs=-70)
    analyzer = Analyzer(RATE)
    events = analyzer.push(Block(samples, 0)).events + analyzer.flush().events
    for number in range(5):
        kinds = [event.kind for event in events if event.note.number == number]
        assert kinds[0] == "note"
        assert kinds[-1] == "end"
        assert set(kinds[1:-1]) <= {"revise"}
    assert {event.note.number for event in events} == set(range(5))
    assert all((event.note.offset_s is None) == (event.kind != "end") for event in events)


def test_a_note_says_how_loud_it_was_and_when_it_ended(hear):
    take = [PluckedNote(0.5, 0.9, 57, 0.3), PluckedNote(1.3, 1.7, 57, 0.03)]
    loud, soft = hear(melody(take, sample_rate=RATE, noise_dbfs=-75), RATE)
    assert loud.level_dbfs - soft.level_dbfs == pytest.approx(20.0, abs=1.0)
    assert [loud.offset_s, soft.offset_s] == pytest.approx([0.92, 1.72], abs=0.06)


def test_the_next_note_ends_the_one_before(hear):
    first, second = hear(melody(run([57, 60], step_s=0.4, sounding=1.0), sample_rate=RATE), RATE)
    assert first.offset_s == pytest.approx(second.onset_s, abs=0.03)
    assert first.offset_s <= second.onset_s


def test_a_rest_is_measured_and_gapless_playing_has_none(hear):
    apart = hear(melody(run([57, 60], step_s=0.8, sounding=0.5), sample_rate=RATE, noise_dbfs=-60), RATE)
    assert apart[1].rest_dbfs == pytest.approx(-60.0, abs=2.0)
    assert apart[1].floor_dbfs == pytest.approx(-60.0, abs=2.0)
    gapless = hear(melody(run([57, 60], step_s=0.4, sounding=1.0), sample_rate=RATE, noise_dbfs=-60), RATE)
    assert gapless[1].rest_dbfs is None


def test_a_string_that_rings_on_is_told_apart_from_a_damped_one(hear):
    ringing = [PluckedNote(0.5, 1.9, 45), PluckedNote(1.0, 1.9, 62)]
    assert hear(melody(ringing, sample_rate=RATE), RATE)[1].ring_over_db > -20.0
    damped = [PluckedNote(0.5, 0.95, 45), PluckedNote(1.0, 1.9, 62)]
    assert hear(melody(damped, sample_rate=RATE), RATE)[1].ring_over_db is None


def test_the_same_string_plucked_again_is_another_note(hear):
    take = [PluckedNote(0.5 + 0.3 * number, 2.0, 52) for number in range(4)]
    notes = hear(melody(take, sample_rate=RATE), RATE)
    assert [note.name for note in notes] == ["E3"] * 4


@pytest.mark.parametrize("target", [58.0, 59.0, 60.0, 55.0])
def test_a_finger_on_a_sounding_string_makes_a_new_note(hear, target):
    notes = hear(glide([(0.0, 57.0), (0.6, 57.0), (0.606, target), (1.5, target)]), RATE)
    assert [note.midi for note in notes] == pytest.approx([57.0, target], abs=0.15)
    assert notes[1].onset_s == pytest.approx(1.103, abs=0.03)


@pytest.mark.parametrize(("target", "how"), [(58.0, "hammer"), (56.0, "pull")])
def test_a_new_note_without_an_attack_says_how_it_was_made(hear, target, how):
    notes = hear(glide([(0.0, 57.0), (0.6, 57.0), (0.612, target), (1.5, target)]), RATE)
    assert [note.articulation for note in notes] == ["pick", how]
    assert [note.judged for note in notes] == [True, True]


def test_a_finger_that_slides_makes_a_new_note(hear):
    notes = hear(glide([(0.0, 57.0), (0.6, 57.0), (0.645, 59.0), (1.5, 59.0)]), RATE)
    assert [note.articulation for note in notes] == ["pick", "slide"]
    assert notes[1].onset_s == pytest.approx(1.1225, abs=0.01)


def test_a_bend_is_one_note_that_stays_what_was_plucked(hear):
    (note,) = hear(glide([(0.0, 57.0), (0.3, 57.0), (0.7, 59.0), (1.5, 59.0)]), RATE)
    assert note.midi == pytest.approx(57.0, abs=0.1)
    assert (note.articulation, note.bend_cents) == ("bend", pytest.approx(200.0, abs=5.0))
    assert note.steady_midi == pytest.approx(59.0, abs=0.03)


def test_vibrato_is_one_note(hear):
    points = [(0.3 + 0.08 * i, 57.0 + 0.4 * (-1) ** i * (i > 0)) for i in range(14)]
    (note,) = hear(glide([(0.0, 57.0), *points]), RATE)
    assert note.steady_midi == pytest.approx(57.0, abs=0.05)
    assert note.articulation == "vibrato"


def test_a_knock_is_heard_but_not_judged(hear):
    onsets = [0.5, 1.1, 1.9]
    events = hear(knocks(onsets, 2.5), RATE)
    assert [event.onset_s for event in events] == pytest.approx(onsets, abs=0.01)
    for event in events:
        assert (event.kind, event.midi, event.judged) == ("percussive", None, False)
        assert event.offset_s == event.reported_s


def test_a_knock_on_a_ringing_string_is_no_note(hear):
    samples = melody([PluckedNote(0.5, 2.3, 45)], sample_rate=RATE, duration_s=2.5) + knocks([1.4], 2.5, 0.2)
    assert [note.name for note in hear(samples, RATE) if note.judged] == ["A2"]


def test_a_note_far_below_the_others_is_not_claimed(hear):
    take = [PluckedNote(0.5, 1.0, 57, 0.5), PluckedNote(1.2, 1.5, 64, 0.002)]
    notes = hear(melody(take, sample_rate=RATE), RATE)
    assert [note.name for note in notes if note.judged] == ["A3"]


def test_numbers_count_in_the_order_of_claims(hear):
    notes = hear(melody(run([45, 52, 57, 64], step_s=0.2), sample_rate=RATE), RATE)
    assert [note.number for note in notes] == [0, 1, 2, 3]
