import weakref

import numpy as np
import pytest
import soundfile as sf

from dsp.events import Block, Note
from dsp.synth import melody, run
from dsp.tuning import TUNINGS
from workbench.audio.recording import Take
from workbench.audio.source import SourceError, SourceLost
from workbench.hearing import Hearing, hear, look_back

RATE = 44_100


@pytest.fixture
def written(tmp_path):
    """A take on disk from samples."""

    def write(samples, rate=RATE, **options):
        path = tmp_path / "take.wav"
        sf.write(path, samples, rate, **options)
        return Take(path, realtime=False)

    return write


class LongTake:
    """Two hours, as its header says, of which `blocks` gives the first seconds and watches what is kept."""

    sample_rate = 8_000.0
    duration_s = 7_200.0

    def __init__(self, count):
        self.count = count
        self.most_kept = 0

    def open(self):
        """Nothing to open."""

    def blocks(self):
        given = []
        for number in range(self.count):
            samples = np.zeros(512, np.float32)
            given = [earlier for earlier in given if earlier() is not None] + [weakref.ref(samples)]
            self.most_kept = max(self.most_kept, len(given))
            yield Block(samples, number * 512)


def test_a_take_is_heard_from_beginning_to_end(written):
    samples = melody(run([45, 52, 57], step_s=0.4), sample_rate=RATE)
    hearing = hear(written(samples))
    assert [note.name for note in hearing.notes] == ["A2", "E3", "A3"]
    assert all(note.offset_s is not None for note in hearing.notes)
    assert hearing.sample_rate == RATE
    assert hearing.duration_s == pytest.approx(samples.size / RATE)
    assert hearing.engine["sample_rate"] == RATE
    assert hearing.readings == []


def test_readings_are_kept_when_asked_for(written):
    hearing = hear(written(np.zeros(RATE, np.float32)), keep_readings=True)
    assert len(hearing.readings) == RATE // 256


def test_the_last_note_ends_with_the_take(written):
    samples = melody(run([45], step_s=5.0), sample_rate=RATE, duration_s=1.0)
    (note,) = hear(written(samples)).notes
    assert note.offset_s == pytest.approx(1.0, abs=0.01)


def test_the_tuning_and_the_reference_go_to_the_engine(written):
    hearing = hear(written(np.zeros(RATE, np.float32)), tuning=TUNINGS["bass"], a4_hz=432.0)
    assert (hearing.engine["tuning"], hearing.engine["a4_hz"]) == ("bass", 432.0)


def test_progress_goes_from_nothing_to_everything(written):
    told = []
    hear(written(np.zeros(RATE // 2, np.float32)), on_progress=told.append)
    assert told == sorted(told)
    assert 0.0 < told[0] < 0.1
    assert told[-1] == pytest.approx(1.0)


def test_a_take_of_two_hours_is_heard_block_by_block():
    take = LongTake(300)
    told = []
    hearing = hear(take, on_progress=told.append)
    assert len(told) == 300
    assert take.most_kept <= 3
    assert hearing.duration_s == pytest.approx(300 * 512 / 8_000)


def test_a_take_that_breaks_off_says_where(written):
    samples = np.zeros(RATE, np.float32)
    samples[RATE // 2] = np.nan
    with pytest.raises(SourceLost, match=r"no number .* at 0\.500 s"):
        hear(written(samples, subtype="FLOAT"))


def test_a_rate_that_cannot_be_heard_is_refused(written):
    with pytest.raises(SourceError, match="4000 Hz"):
        hear(written(np.zeros(4_000, np.float32), 4_000))


def stopped_string(stop_s, duration_s):
    """A3 plucked two seconds before a thumb comes down on it with a thud."""
    time = np.arange(round(duration_s * RATE)) / RATE
    since, after = time - (stop_s - 2.0), np.maximum(time - stop_s, 0.0)
    gain = np.where(since < 0.0, 0.0, np.exp(-since / 3.0) * np.exp(-after / 0.03))
    return gain * sum(0.1 / k * np.sin(2 * np.pi * k * 220.0 * time) for k in range(1, 9))


def claims(onset_s):
    """What a tracker would say of it that took the thumb for a pluck."""
    first = Note(0, onset_s - 2.0, onset_s - 1.97, 57.03, 0.99, -20.0, offset_s=onset_s, steady_midi=57.0)
    return [first, Note(1, onset_s, onset_s + 0.03, 57.05, 0.9, -24.0, offset_s=onset_s + 0.07)]


@pytest.mark.parametrize("stop_s", [2.5, 7.0])
def test_looking_back_finds_the_place_in_the_take(written, stop_s):
    take = written(stopped_string(stop_s, 8.0))
    hearing = Hearing(RATE, 8.0, {"a4_hz": 440.0}, claims(stop_s))
    notes = look_back(take, hearing)
    assert [(note.kind, note.midi, note.reported_s) for note in notes] == [
        ("note", 57.0, 8.0),
        ("muted", 57.05, 8.0),
    ]


def test_looking_back_reads_on_from_one_place_to_the_next(written):
    samples = stopped_string(2.5, 8.0) + stopped_string(6.0, 8.0)
    hearing = Hearing(RATE, 8.0, {"a4_hz": 440.0}, claims(2.5) + claims(6.0))
    assert [note.kind for note in look_back(written(samples), hearing)] == ["note", "muted"] * 2


def test_looking_back_leaves_plain_notes_as_they_are(written):
    samples = melody(run([57, 57, 57, 60], step_s=0.25), sample_rate=RATE, noise_dbfs=-65)
    hearing = hear(written(samples))
    assert [note.kind for note in look_back(written(samples), hearing)] == ["note"] * 4


def test_looking_back_at_a_take_that_is_gone_is_a_sentence(tmp_path):
    with pytest.raises(SourceError, match="There is no file"):
        look_back(Take(tmp_path / "gone.wav", realtime=False), Hearing(RATE, 1.0, {"a4_hz": 440.0}, []))
