"""Compiled kernels and the reference, each behind the same engine."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from dsp.events import Block
from dsp.stream import Analyzer
from workbench.audio.bundled import takes
from workbench.audio.recording import load_take


@pytest.fixture(scope="module")
def recorded():
    samples, rate = load_take(takes()[0].path, channel=1)
    return samples[: int(8 * rate)], int(rate)


def hear(samples, rate, **settings):
    analyzer = Analyzer(rate, **settings)
    output = analyzer.push(Block(samples, 0))
    return output.readings, output.events + analyzer.flush().events


def test_both_hear_the_same_notes_in_a_take(recorded):
    readings, events = hear(*recorded)
    expected_readings, expected = hear(*recorded, reference=True)
    assert len([event for event in events if event.kind == "note"]) > 5
    assert [(e.kind, e.note.number, e.note.name, e.note.kind) for e in events] == [
        (e.kind, e.note.number, e.note.name, e.note.kind) for e in expected
    ]
    for event, same in zip(events, expected, strict=True):
        assert event.note.onset_s == pytest.approx(same.note.onset_s, abs=1e-4)
        assert event.note.reported_s == same.note.reported_s
        assert event.note.midi == pytest.approx(same.note.midi, abs=1e-4)
        assert event.note.confidence == pytest.approx(same.note.confidence, abs=1e-3)
    levels = [[reading.level_dbfs for reading in some] for some in (readings, expected_readings)]
    np.testing.assert_allclose(*levels, atol=1e-6)


def test_the_reference_too_hears_the_same_however_the_stream_is_cut(recorded):
    samples, rate = recorded
    samples = samples[: 2 * rate]
    analyzer = Analyzer(rate, reference=True)
    parts = np.array_split(samples, 37)
    starts = np.cumsum([0] + [part.size for part in parts])
    outputs = [analyzer.push(Block(part, int(at))) for part, at in zip(parts, starts, strict=False)]
    events = [event for output in outputs for event in output.events]
    assert (*events, *analyzer.flush().events) == hear(samples, rate, reference=True)[1]


def test_players_in_threads_of_their_own_disturb_nobody(recorded):
    samples, rate = recorded
    strands = [np.roll(samples, 1000 * number) for number in range(4)]
    alone = [hear(strand, rate) for strand in strands]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda strand: hear(strand, rate), strands))
    assert together == alone


WITHOUT_NUMBA = """
import logging, sys
sys.modules["numba"] = None
logging.basicConfig(format="%(levelname)s %(message)s")
from dsp.stream import Analyzer
for _ in range(2):
    print(type(Analyzer(44100)._onsets).__name__)
"""


def test_without_numba_the_reference_hears_and_that_is_said_once():
    run = subprocess.run([sys.executable, "-c", WITHOUT_NUMBA], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["OnsetDetector", "OnsetDetector"]
    (line,) = run.stderr.splitlines()
    assert line.startswith("WARNING The engine runs ten times slower than it could")


def test_the_reference_loads_no_numba():
    code = "import sys; from dsp.stream import Analyzer; Analyzer(44100, reference=True); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "numba" not in run.stdout.split()
