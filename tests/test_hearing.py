import weakref

import numpy as np
import pytest
import soundfile as sf

from dsp.events import Block
from dsp.synth import melody, run
from dsp.tuning import TUNINGS
from workbench.audio.recording import Take
from workbench.audio.source import SourceError, SourceLost
from workbench.hearing import hear

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
