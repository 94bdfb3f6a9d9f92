"""A folder of annotated takes, made to order, and what the engine makes of it."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import soundfile as sf

from dsp.synth import PluckedNote, melody, run
from workbench.scoring.hearing import Heard, hear_annotated
from workbench.scoring.scored import Scored, score

RATE = 44_100
PITCHES = (57, 60, 64, 69)


def truth_of(notes: Sequence[PluckedNote], name: str, **changes: Any) -> dict[str, Any]:
    """The annotation of plucked notes."""
    truth = {
        "audio": f"{name}.flac",
        "duration_s": 2.0,
        "source": "render",
        "origin": {"bank": "synth"},
        "noise": [],
    }
    played = [{"onset_s": note.onset_s, "offset_s": note.offset_s, "midi": note.midi} for note in notes]
    return truth | {"polyphonic": False, "single_note": False, "notes": played} | changes


@pytest.fixture(scope="session")
def write_take() -> Callable[..., Path]:
    """Writes a take of plucked notes and its annotation into a folder; the annotation's path."""

    def write(folder: Path, name: str, pitches: Sequence[float] = PITCHES, **changes: Any) -> Path:
        notes = run(list(pitches), step_s=0.3)
        sf.write(
            folder / f"{name}.flac", melody(notes, sample_rate=RATE, noise_dbfs=-65, duration_s=2.0), RATE
        )
        path = folder / f"{name}.json"
        path.write_text(json.dumps(truth_of(notes, name, **changes)), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def scored(tmp_path_factory: pytest.TempPathFactory, write_take: Callable[..., Path]) -> Scored:
    """Three takes heard: one flawless, one whose truth holds a note that was never played, one chord."""
    folder = tmp_path_factory.mktemp("takes")
    good = write_take(folder, "good", f0_csv="good.f0.csv")
    rows = [f"{time / 200:.3f},{220.0 if 0.5 <= time / 200 < 0.77 else 0.0}" for time in range(160)]
    (folder / "good.f0.csv").write_text("\n".join(["time_s,f0_hz", *rows]), encoding="utf-8")
    short = write_take(folder, "short")
    truth = json.loads(short.read_text(encoding="utf-8"))
    truth["notes"].append({"onset_s": 1.8, "offset_s": 1.9, "midi": 50.0, "articulation": "hammer"})
    short.write_text(json.dumps(truth), encoding="utf-8")
    chord = write_take(folder, "chord", polyphonic=True)
    heard = [hear_annotated(path) for path in (good, short, chord)]
    return score([take for take in heard if isinstance(take, Heard)])
