"""Real playing on several strings at once: is it noticed, and is the chord named?

The takes lie beside the checkout; `pytest -s` shows the figures.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import soundfile

from dsp.chords import KINDS, recognize_chord

COLLECTION = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "guitar"
STRUM_S, LEAST_S, MOST_S = 0.06, 0.2, 0.6
"""Notes this close are one strum; a chord is looked at for so long, or until the next strum."""


@pytest.fixture(scope="module")
def takes():
    """(truth, samples, rate) of the takes of real players."""
    if not COLLECTION.is_dir():
        pytest.skip(f"no annotated takes in {COLLECTION}")
    files = sorted(COLLECTION.glob("r_gs_*.json"))
    return [
        (
            json.loads(path.read_text(encoding="utf-8")),
            *soundfile.read(path.with_suffix(".flac"), dtype="float32"),
        )
        for path in files
        if "noisy" not in path.stem
    ]


def is_right(note, truth):
    return any(
        abs(known["onset_s"] - note.onset_s) < 0.05 and abs(known["midi"] - note.midi) < 0.5
        for known in truth["notes"]
    )


def test_chords_are_noticed_and_single_notes_are_left_alone(takes, hear):
    heard = [
        (truth["polyphonic"], is_right(note, truth), note.judged)
        for truth, samples, rate in takes
        for note in hear(samples, rate)
        if note.judged or note.kind == "polyphonic"
    ]
    wrong = [judged for polyphonic, right, judged in heard if polyphonic and not right]
    single = [judged for polyphonic, right, judged in heard if not polyphonic and right]
    noticed, lost = wrong.count(False), single.count(False)
    sys.stdout.write(
        f"\n{noticed} of {len(wrong)} wrong claims in chords taken back, "
        f"{lost} of {len(single)} right single notes lost\n"
    )
    assert noticed >= 0.15 * len(wrong)
    assert lost <= 0.02 * len(single)


def strums(truth):
    """(start, end, pitch classes, bass) of what sounds from each strum to the next."""
    notes = sorted(truth["notes"], key=lambda note: note["onset_s"])
    starts = [
        note["onset_s"]
        for before, note in pairwise([{"onset_s": -1.0}, *notes])
        if note["onset_s"] - before["onset_s"] >= STRUM_S
    ]
    for start, following in pairwise([*starts, truth["duration_s"]]):
        end = min(start + MOST_S, following)
        sounding = [
            note["midi"] for note in notes if note["onset_s"] < end - 0.1 and note["offset_s"] > start + 0.12
        ]
        if sounding and end - start >= LEAST_S:
            yield start, end, {round(midi) % 12 for midi in sounding}, round(min(sounding)) % 12


def names(classes, bass):
    """The chord of these pitch classes, as (root, kind); None when it is none of ours."""
    fitting = [
        (root, kind)
        for kind, steps in KINDS.items()
        for root in range(12)
        if {(root + step) % 12 for step in steps} == classes
    ]
    return min(fitting, key=lambda chord: chord[0] != bass, default=None)


def test_real_chords_are_named_more_often_than_not_by_their_root(takes):
    right = roots = chords = 0
    for truth, samples, rate in takes:
        for start, end, classes, bass in strums(truth) if truth["polyphonic"] else ():
            if (known := names(classes, bass)) is not None:
                heard = recognize_chord(samples[round(start * rate) : round(end * rate)], rate)
                chords += 1
                right += heard is not None and (heard.root, heard.kind) == known
                roots += heard is not None and heard.root == known[0]
    sys.stdout.write(f"\n{chords} chords of real players: {right} right, {roots} with the right root\n")
    assert chords > 20
    assert roots >= 0.45 * chords
