"""The engine as a whole: what it does to blocks, not how well it hears (that is tests/accuracy)."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsp.errors import ParameterError
from dsp.events import Block, Output
from dsp.stream import ENGINE_VERSION, Analyzer
from dsp.synth import PluckedNote, melody, run
from dsp.tuning import TUNINGS

RATES = (44_100, 48_000, 192_000)


def busy(rate):
    """Nine tenths of a second with a low note, two that ring over each other, a knock and hiss."""
    take = [PluckedNote(0.1, 0.29, 40), PluckedNote(0.3, 0.55, 66, 0.1), PluckedNote(0.5, 0.8, 52.3)]
    samples = melody(take, sample_rate=rate, duration_s=0.9, noise_dbfs=-60)
    knock = 0.2 * np.random.default_rng(7).standard_normal(round(0.02 * rate))
    samples[round(0.7 * rate) :][: knock.size] += knock.astype(np.float32)
    return samples


SAMPLES = {rate: busy(rate) for rate in RATES}


def cut(samples, sizes, start=0):
    """Blocks of these sizes, and the rest in one."""
    at = np.cumsum([0, *sizes])
    return [
        Block(part, start + int(begin)) for part, begin in zip(np.split(samples, at[1:]), at, strict=True)
    ]


def everything(analyzer, blocks):
    """All readings and events of blocks, the flush included."""
    outputs = [analyzer.push(block) for block in blocks] + [analyzer.flush()]
    return Output(
        tuple(reading for output in outputs for reading in output.readings),
        tuple(event for output in outputs for event in output.events),
    )


@pytest.fixture(scope="module")
def whole():
    """What one block with everything gives, by rate."""
    return {rate: everything(Analyzer(rate), [Block(SAMPLES[rate], 0)]) for rate in RATES}


@pytest.mark.parametrize("rate", RATES)
def test_the_take_of_these_tests_has_something_in_it(whole, rate):
    names = [event.note.name for event in whole[rate].events if event.kind == "note"]
    assert names[:3] == ["E2", "F#4", "E3"]
    assert len(whole[rate].readings) == len(SAMPLES[rate]) // Analyzer(rate).hop_length // (
        1 + (rate > 96_000)
    )


@pytest.mark.parametrize("rate", RATES)
@settings(max_examples=10)
@given(sizes=st.lists(st.integers(0, 4000), max_size=12))
def test_any_cutting_gives_the_same_bits(whole, rate, sizes):
    samples = SAMPLES[rate]
    fitting = [size for size, end in zip(sizes, np.cumsum(sizes), strict=True) if end <= samples.size]
    assert everything(Analyzer(rate), cut(samples, fitting)) == whole[rate]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("size", [0.0003, 0.00581, 0.02])
def test_even_blocks_of_any_size_give_the_same_bits(whole, rate, size):
    length = round(size * rate)
    sizes = [length] * (SAMPLES[rate].size // length)
    assert everything(Analyzer(rate), cut(SAMPLES[rate], sizes)) == whole[rate]


@pytest.mark.parametrize("rate", RATES)
def test_one_sample_at_a_time_with_empty_blocks_between_gives_the_same_bits(rate):
    samples = SAMPLES[rate][: round(0.2 * rate)]
    blocks = [block for one in cut(samples, [1] * samples.size) for block in (one, nothing_after(one))]
    assert everything(Analyzer(rate), blocks) == everything(Analyzer(rate), [Block(samples, 0)])


def nothing_after(block):
    return Block(np.empty(0, np.float32), block.start + block.samples.size)


@pytest.mark.parametrize("rate", RATES)
def test_reset_is_new(whole, rate):
    analyzer = Analyzer(rate)
    analyzer.push(Block(SAMPLES[rate][::-1].copy(), 5000))
    analyzer.reset()
    assert everything(analyzer, [Block(SAMPLES[rate], 0)]) == whole[rate]


def test_flush_after_nothing_is_empty():
    assert Analyzer(44_100).flush() == Output()


@pytest.mark.parametrize("rate", RATES)
def test_lost_audio_ends_the_note_and_later_times_stay_right(rate):
    gap = round(3.21 * rate) + 1
    take = melody([PluckedNote(0.3, 2.0, 52)], sample_rate=rate, duration_s=1.0)
    later = melody(run([57, 64], step_s=0.4, start_s=0.3), sample_rate=rate, noise_dbfs=-70)
    analyzer = Analyzer(rate)
    before = analyzer.push(Block(take, 0)).events
    after = analyzer.push(Block(later, gap))
    events = after.events + analyzer.flush().events
    assert [event.kind for event in before] == ["note"]
    assert (events[0].kind, events[0].note.number, events[0].note.name) == ("end", 0, "E3")
    assert events[0].note.offset_s == pytest.approx(1.0, abs=0.01)
    claims = [event.note for event in events if event.kind == "note"]
    assert [(note.number, note.name) for note in claims] == [(1, "A3"), (2, "E4")]
    assert [note.onset_s - gap / rate for note in claims] == pytest.approx([0.3, 0.7], abs=0.005)
    assert after.readings[0].time_s > (gap / rate) - 0.05
    assert [event.note.number for event in events if event.kind == "end"] == [0, 1, 2]


@pytest.mark.parametrize("rate", RATES)
def test_a_gap_is_told_by_an_empty_block_too(rate):
    take = melody([PluckedNote(0.3, 2.0, 52)], sample_rate=rate, duration_s=0.8)
    analyzer = Analyzer(rate)
    analyzer.push(Block(take, 0))
    (event,) = analyzer.push(Block(np.empty(0, np.float32), 2 * take.size)).events
    assert event.kind == "end"
    assert analyzer.flush() == Output()


@pytest.mark.parametrize("rate", RATES)
def test_nothing_is_known_before_it_was_heard(rate):
    analyzer = Analyzer(rate)
    for block in cut(SAMPLES[rate], [64] * (SAMPLES[rate].size // 64)):
        heard_s = (block.start + block.samples.size) / rate
        output = analyzer.push(block)
        assert all(
            heard_s - 64 / rate < event.note.reported_s <= heard_s
            for event in output.events
            if event.kind == "note"
        )
        assert all(reading.time_s <= heard_s for reading in output.readings)


@pytest.fixture(scope="module")
def plain(hear):
    return hear(TUNE, 44_100)


TUNE = melody(run([40, 52, 59, 64, 76], step_s=0.25, start_s=0.2), sample_rate=44_100, noise_dbfs=-66)


@settings(max_examples=12)
@given(gain_db=st.floats(-12.0, 12.0), offset=st.floats(-0.3, 0.3))
def test_gain_and_offset_give_the_same_notes_within_one_hop(hear, plain, gain_db, offset):
    louder = np.float32(10 ** (gain_db / 20)) * TUNE + np.float32(offset)
    notes = hear(louder, 44_100)
    assert [note.name for note in notes] == [note.name for note in plain] == ["E2", "E3", "B3", "E4", "E5"]
    for note, same in zip(notes, plain, strict=True):
        assert abs(note.onset_s - same.onset_s) <= 256 / 44_100 + 1e-9
        assert note.midi == pytest.approx(same.midi, abs=0.01)
        assert note.level_dbfs == pytest.approx(same.level_dbfs + gain_db, abs=0.1)


def test_a_block_from_the_past_is_refused_and_changes_nothing(whole):
    analyzer = Analyzer(44_100)
    first, second = SAMPLES[44_100][:9000], SAMPLES[44_100][9000:]
    head = analyzer.push(Block(first, 0))
    with pytest.raises(ParameterError, match="starts at sample 8999, before 9000 which came last"):
        analyzer.push(Block(second, 8999))
    tail = everything(analyzer, [Block(second, 9000)])
    assert head.events + tail.events == whole[44_100].events


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_samples_that_are_no_numbers_are_refused_by_their_place(whole, bad):
    analyzer = Analyzer(44_100)
    samples = SAMPLES[44_100].copy()
    samples[700] = bad
    analyzer.push(Block(samples[:500], 0))
    with pytest.raises(ParameterError, match=r"Sample 700 is no finite number.*is the file damaged"):
        analyzer.push(Block(samples[500:], 500))
    assert everything(analyzer, [Block(SAMPLES[44_100][500:], 500)]).events == whole[44_100].events


@pytest.mark.parametrize("rate", [0, 44.1, 7999.9, 192_000.1, -48_000, float("nan"), float("inf")])
def test_a_rate_out_of_bounds_is_refused(rate):
    with pytest.raises(ParameterError, match=r"from 8000 to 192000 Hz \(was it given in kHz"):
        Analyzer(rate)


@pytest.mark.parametrize("a4_hz", [429.9, 450.1, 44.0, float("nan")])
def test_a_reference_out_of_bounds_is_refused(a4_hz):
    with pytest.raises(ParameterError, match="from 430 to 450 Hz"):
        Analyzer(44_100, a4_hz=a4_hz)


@pytest.mark.parametrize("rate", [8_000, 192_000])
def test_the_bounds_themselves_are_heard(rate):
    assert everything(Analyzer(rate, a4_hz=430.0), [Block(np.zeros(rate, np.float32), 0)]).events == ()


@pytest.mark.parametrize("a4_hz", [430.0, 450.0])
def test_pitches_are_relative_to_the_reference(hear, a4_hz):
    samples = melody(run([57], step_s=0.5), sample_rate=44_100, a4_hz=a4_hz)
    (note,) = hear(samples, 44_100, a4_hz=a4_hz)
    assert note.midi == pytest.approx(57.0, abs=0.1)
    (other,) = hear(samples, 44_100)
    assert other.midi == pytest.approx(57.0 + 12 * np.log2(a4_hz / 440), abs=0.1)


def test_readings_follow_the_sound_hop_by_hop():
    samples = melody([PluckedNote(0.3, 0.9, 57)], sample_rate=44_100, duration_s=1.2)
    readings = Analyzer(44_100).push(Block(samples, 0)).readings
    times = np.array([reading.time_s for reading in readings])
    np.testing.assert_allclose(np.diff(times[4:]), 256 / 44_100)
    voiced = [reading for reading in readings if 0.4 < reading.time_s < 0.85]
    np.testing.assert_allclose([reading.f0_hz for reading in voiced], 220.0, rtol=2e-3)
    assert min(reading.clarity for reading in voiced) > 0.9
    assert all(
        reading.f0_hz == 0.0 and reading.level_dbfs == -120.0 for reading in readings if reading.time_s < 0.25
    )


def test_the_engine_says_what_it_is():
    engine = Analyzer(48_000, tuning=TUNINGS["drop D"], a4_hz=442.0).engine()
    assert engine == {
        "name": "fretcoach",
        "version": ENGINE_VERSION,
        "sample_rate": 48_000,
        "hop_s": pytest.approx(256 / 44_100, rel=0.01),
        "a4_hz": 442.0,
        "tuning": "drop D",
        "patience_s": 0.04,
    }


def test_the_engine_loads_numpy_and_nothing_else_that_is_heavy():
    code = "import sys, dsp.stream, dsp.metrics; print(*{name.split('.')[0] for name in sys.modules})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert {"scipy", "numba", "librosa", "polars", "panel"}.isdisjoint(said.split())


def test_patience_waits_longer_for_a_clear_pitch():
    samples = melody(run([45, 57, 69], step_s=0.5), sample_rate=44_100, noise_dbfs=-50)
    soon, late = (
        [
            event.note.reported_s
            for event in everything(Analyzer(44_100, patience_s=s), [Block(samples, 0)]).events
            if event.kind == "note"
        ]
        for s in (0.0, 0.2)
    )
    assert len(soon) == len(late) == 3
    assert sum(soon) < sum(late)


@pytest.mark.parametrize("patience_s", [-0.01, 40.0])
def test_patience_out_of_reach_is_refused_in_a_sentence(patience_s):
    with pytest.raises(ParameterError, match="milliseconds"):
        Analyzer(44_100, patience_s=patience_s)
