"""Bends, vibrato and slurs: on strings that are known to the cent, and on the annotated takes.

`pytest -s` shows the figures of the takes, which lie beside the checkout.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from dsp.synth import PluckedNote, Vibrato, melody

RATE = 44_100
COLLECTION = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "guitar"
SLURS = ("hammer", "pull", "slide")


@pytest.fixture
def played(hear):
    """The one judged note that the engine makes of one played note."""

    def one(note):
        (heard,) = [
            each for each in hear(melody([note], sample_rate=RATE, noise_dbfs=-65), RATE) if each.judged
        ]
        return heard

    return one


@pytest.mark.parametrize("midi", [45, 57, 74])
@pytest.mark.parametrize("cents", [50, 100, 200, 300])
@pytest.mark.parametrize("taken_s", [0.1, 0.3])
def test_a_bend_is_one_note_with_a_target(played, midi, cents, taken_s):
    heard = played(PluckedNote(0.4, 1.4, midi, curve=((0.15, 0), (0.15 + taken_s, cents))))
    assert heard.articulation == "bend"
    assert heard.bend_cents == pytest.approx(cents, abs=5.0)


@pytest.mark.parametrize("midi", [45, 69])
@pytest.mark.parametrize("rate_hz", [4.4, 5.5, 7.4])
@pytest.mark.parametrize("extent", [12, 45])
def test_a_vibrato_has_its_rate_its_extent_and_its_centre(played, midi, rate_hz, extent):
    heard = played(PluckedNote(0.4, 1.6, midi, vibrato=Vibrato(rate_hz, extent)))
    assert heard.articulation == "vibrato"
    assert heard.vibrato_hz == pytest.approx(rate_hz, abs=0.15)
    assert heard.vibrato_cents == pytest.approx(extent, rel=0.03)
    assert heard.steady_midi == pytest.approx(midi, abs=0.015)


def test_a_string_that_settles_after_the_pluck_is_neither(played):
    heard = played(PluckedNote(0.4, 1.4, 45, curve=((0, 30), (0.3, 0))))
    assert (heard.articulation, heard.bend_cents, heard.vibrato_hz) == ("pick", None, None)


@pytest.fixture(scope="module")
def pairs(hear, match):
    """(truth, heard) of every right note of the takes with bends, vibrato and slurs."""
    if not COLLECTION.is_dir():
        pytest.skip(f"no annotated takes in {COLLECTION}")
    found = []
    for path in sorted(COLLECTION.glob("r_*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))["notes"]
        if any(note.get("articulation", "pick") != "pick" for note in truth):
            heard = [
                note
                for note in hear(*soundfile.read(path.with_suffix(".flac"), dtype="float32"))
                if note.judged
            ]
            told = [(note["onset_s"], note["midi"]) for note in truth]
            right = match(told, [(note.onset_s, note.midi) for note in heard])
            found += [(truth[a], heard[b]) for a, b in right]
    return found


def test_bends_of_the_takes(pairs):
    bent = [(truth, heard) for truth, heard in pairs if truth["articulation"] == "bend"]
    errors = [
        heard.bend_cents - 100.0 * (truth["midi_end"] - truth["midi"])
        for truth, heard in bent
        if heard.bend_cents is not None
    ]
    sys.stdout.write(
        f"\n{len(errors)} of {len(bent)} bends, target off by {np.median(np.abs(errors)):.1f} cents\n"
    )
    assert len(errors) >= 0.9 * len(bent) > 5
    assert np.median(np.abs(errors)) < 5.0


def test_vibratos_of_the_takes(pairs):
    shaken = [(truth["vibrato"], heard) for truth, heard in pairs if truth["articulation"] == "vibrato"]
    found = [(known, heard) for known, heard in shaken if heard.vibrato_hz is not None]
    rate = np.median([abs(heard.vibrato_hz - known["rate_hz"]) for known, heard in found])
    extent = np.median([abs(heard.vibrato_cents - known["depth_cents"]) for known, heard in found])
    sys.stdout.write(f"\n{len(found)} of {len(shaken)} vibratos, off by {rate:.2f} Hz, {extent:.1f} cents\n")
    assert len(found) >= 0.9 * len(shaken) > 5
    assert (rate < 0.1, extent < 2.0) == (True, True)


def test_slurs_of_the_takes_are_notes_and_plucks_are_no_bends(pairs):
    slurs = [heard.articulation for truth, heard in pairs if truth["articulation"] in SLURS]
    plucks = [heard.articulation for truth, heard in pairs if truth["articulation"] == "pick"]
    assert len(slurs) >= 0.95 * 17
    assert sum(name in ("bend", "vibrato") for name in plucks) <= 0.02 * len(plucks)
