"""`reported_s` is when a note was known: what comes later in the take has no part in it."""

import math

import pytest

from dsp.events import Block
from dsp.stream import Analyzer
from dsp.synth import PluckedNote, melody, run
from workbench.audio.bundled import take_file
from workbench.audio.recording import load_take

EXCERPT_S = 2.8


def found_in_the_cut_take(hear, samples, rate):
    """Each claim, and what stands at its onset when the take ends as it is reported."""
    for note in hear(samples, rate):
        known = hear(samples[: math.ceil(note.reported_s * rate)], rate)
        yield note, [other for other in known if other.onset_s == note.onset_s]


@pytest.mark.parametrize(
    ("name", "seconds", "least"),
    [
        ("r_clean_08", None, 27),
        ("r_wrong_02", EXCERPT_S, 6),
        ("r_clean_01", EXCERPT_S, 5),
        ("r_timing_04", EXCERPT_S, 6),
    ],
)
def test_a_real_take_cut_when_a_note_is_reported_still_has_it(hear, name, seconds, least):
    samples, rate = load_take(take_file(f"{name}.flac"))
    excerpt = samples if seconds is None else samples[: round(seconds * rate)]
    pairs = list(found_in_the_cut_take(hear, excerpt, rate))
    assert len(pairs) >= least
    for note, known in pairs:
        assert [(other.midi, other.kind, other.number) for other in known] == [
            (note.midi, note.kind, note.number)
        ]


@pytest.mark.parametrize("rate", [8_000, 48_000, 96_000, 192_000])
def test_so_has_a_synthetic_one_at_any_rate(hear, rate):
    samples = melody(run([40, 57, 76], step_s=0.25, start_s=0.2), sample_rate=rate, noise_dbfs=-65)
    pairs = list(found_in_the_cut_take(hear, samples, rate))
    assert len(pairs) == 3
    for note, known in pairs:
        assert [other.midi for other in known] == [note.midi]


@pytest.mark.parametrize("name", ["r_wrong_01", "r_clean_03", "r_timing_04"])
def test_no_note_comes_out_before_or_after_it_is_reported(name):
    samples, rate = load_take(take_file(f"{name}.flac"))
    samples = samples[: round(6 * rate)]
    analyzer = Analyzer(rate)
    hop = analyzer.hop_length
    told = []
    for start in range(0, samples.size - hop + 1, hop):
        events = analyzer.push(Block(samples[start : start + hop], start)).events
        told += [(event.note.reported_s, (start + hop) / rate) for event in events if event.kind != "end"]
    assert len(told) > 10
    assert [reported for reported, _ in told] == [heard for _, heard in told]


@pytest.mark.parametrize("rate", [44_100, 192_000])
def test_after_lost_audio_too(rate):
    gap = 3 * rate + 1
    samples = melody([PluckedNote(0.2, 0.6, 52)], sample_rate=rate, noise_dbfs=-65)
    analyzer = Analyzer(rate)
    analyzer.push(Block(samples[:rate], 0))
    for start in range(0, samples.size, 100):
        block = Block(samples[start : start + 100], gap + start)
        for event in analyzer.push(block).events:
            if event.kind == "note":
                heard = block.start + block.samples.size
                assert heard - 100 <= event.note.reported_s * rate <= heard
                return
    raise AssertionError("the note after the gap was not heard")
