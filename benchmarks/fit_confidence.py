"""Fit the confidence of a claim to what came true, and write its constants.

    python benchmarks/fit_confidence.py DIR [--write]

Hears the monophonic takes of DIR (annotated, as for `fretcoach accuracy`) as they are and made worse by hiss,
hum, knocks and gain, and synthesised melodies likewise. Each event with a pitch gives its features and
whether it was right. The fit is judged on origins it was not fitted on; what is written is fitted on all.
"""

import argparse
import importlib
import multiprocessing
import pkgutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

import dsp
import dsp.confidence
from dsp.confidence_constants import INTERCEPT, WEIGHTS
from dsp.evaluation.annotation import TrueNote
from dsp.evaluation.calibration import Calibration, calibration
from dsp.evaluation.matching import rightness
from dsp.evaluation.noised import gained, hiss, hum, knocks
from dsp.evaluation.platt import Logistic, fit, held_out
from dsp.events import Block, Note
from dsp.stream import Analyzer
from dsp.synth import melody, run
from workbench.audio.recording import load_take
from workbench.scoring.takes import annotation_files, read_annotation

CONSTANTS = Path(dsp.__path__[0]) / "confidence_constants.py"
SYNTHESISED = "synthesised"
SYNTH_TAKES, SYNTH_NOTES, SYNTH_RATE_HZ = 16, 24, 44_100
WORSE = {"hiss": hiss, "hum": hum, "knocks": knocks}
SNRS_DB = (30.0, 24.0, 18.0, 12.0, 6.0)
GAINS_DB = (-20.0, -12.0, -6.0, 0.0, 6.0)
WORSE_VERSIONS = 1


class Seen(float):
    """A confidence that remembers what it was made of."""

    features: tuple[float, ...]


@dataclass(frozen=True)
class Job:
    """A take in one of its versions: 0 as it is, above that made worse."""

    name: str
    version: int
    folder: Path | None


@dataclass(frozen=True)
class Events:
    """Events with a pitch: features (n, 3), whether they were right, and what today's engine says of them."""

    origin: str
    version: int
    features: NDArray[np.float64]
    right: NDArray[np.bool_]


def observe(*features: float) -> Seen:
    """In place of `dsp.confidence.confidence`: lets every event out, with its features.

    Nothing depends on the constants of today then, and a second run gives what the first one gave.
    """
    seen = Seen(1.0)
    seen.features = features
    return seen


def watch() -> None:
    """Put `observe` wherever the engine calls `confidence`, in this process."""
    asked = dsp.confidence.confidence
    for found in pkgutil.walk_packages(dsp.__path__, "dsp."):
        module = importlib.import_module(found.name)
        for name, value in list(vars(module).items()):
            if value is asked:
                setattr(module, name, observe)


def gather(job: Job) -> Events:
    """Hear one version of one take."""
    origin, samples, rate, played = synthesised(job) if job.folder is None else annotated(job)
    if job.version:
        samples = worsened(samples, rate, crc32(f"{job.name} {job.version}".encode()))
    # Events that were set aside for another reason than their confidence were never asked for one.
    notes = [note for note in hear(samples, rate) if isinstance(note.confidence, Seen)]
    pitched, right = rightness(played, notes)
    return Events(origin, job.version, np.array([features(note) for note in pitched]).reshape(-1, 3), right)


def annotated(job: Job) -> tuple[str, NDArray[np.float32], float, Sequence[TrueNote]]:
    assert job.folder is not None
    annotation = read_annotation(job.folder / job.name)
    return annotation.origin, *load_take(job.folder / annotation.audio), annotation.notes


def synthesised(job: Job) -> tuple[str, NDArray[np.float32], float, Sequence[TrueNote]]:
    """A melody of random pitches within an octave and a half, at a random speed."""
    rng = np.random.default_rng(crc32(job.name.encode()))
    lowest = rng.uniform(40.0, 68.0)
    pitches = lowest + np.cumsum(rng.integers(-4, 5, SYNTH_NOTES)) % 19
    notes = run(list(pitches), step_s=rng.uniform(0.12, 0.5), sounding=rng.uniform(0.5, 1.2))
    notes = [replace(note, level=float(rng.uniform(0.1, 0.4))) for note in notes]
    samples = melody(notes, sample_rate=SYNTH_RATE_HZ, noise_dbfs=-65.0)
    return SYNTHESISED, samples, SYNTH_RATE_HZ, [TrueNote(n.onset_s, n.offset_s, n.midi) for n in notes]


def worsened(samples: NDArray[np.float32], rate: float, seed: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    spoil = WORSE[str(rng.choice(list(WORSE)))]
    return gained(spoil(samples, rate, float(rng.choice(SNRS_DB)), seed), float(rng.choice(GAINS_DB)))


def hear(samples: NDArray[np.float32], rate: float) -> list[Note]:
    analyzer = Analyzer(rate)
    events = analyzer.push(Block(samples, 0)).events + analyzer.flush().events
    return list({event.note.number: event.note for event in events}.values())


def features(note: Note) -> tuple[float, ...]:
    """What the confidence of this note was made of, as `dsp.confidence` weighs it."""
    assert isinstance(note.confidence, Seen)
    return dsp.confidence.features(*note.confidence.features)


def jobs(folder: Path) -> Iterator[Job]:
    monophonic = [path.name for path in annotation_files(folder) if not read_annotation(path).polyphonic]
    for version in range(WORSE_VERSIONS + 1):
        yield from (Job(name, version, folder) for name in monophonic)
        yield from (Job(f"melody {number}", version, None) for number in range(SYNTH_TAKES))


def told(title: str, found: Calibration) -> str:
    return (
        f"{title:<28} Brier {found.brier:.4f}  calibration error {found.expected_calibration_error:.4f}  "
        f"area under risk and coverage {found.area:.4f}  ({found.n} events, {100 * found.right:.1f} % right)"
    )


def bins(found: Calibration) -> str:
    rows = [
        f"  {entry.low:.2f} to {entry.high:.2f}  says {entry.confidence:.3f}  right {entry.right:.3f}  "
        f"({entry.right_low:.3f} to {entry.right_high:.3f}, {entry.n} events)"
        for entry in found.bins
    ]
    return "\n".join(rows)


def compare(events: Sequence[Events]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Print today's and the new confidence on held-out origins; give features and truths of all events."""
    columns = np.concatenate([some.features for some in events])
    right = np.concatenate([some.right for some in events])
    origins = np.array([some.origin for some in events for _ in some.right])
    as_it_is = np.array([some.version == 0 for some in events for _ in some.right])
    today = Logistic(INTERCEPT, WEIGHTS).probability(columns)
    new = held_out(columns, right, list(origins))
    parts = {"all": np.ones(right.size, bool), "takes as they are": as_it_is & (origins != SYNTHESISED)}
    parts |= {name: origins == name for name in np.unique(origins)}
    for name, part in parts.items():
        for title, confidence in (("constants of today", today), ("fitted, origin held out", new)):
            found = calibration(confidence[part], right[part])
            assert found is not None
            print(f"{name:<20}", told(title, found))
    for title, confidence in (("constants of today", today), ("fitted, origin held out", new)):
        found = calibration(confidence, right)
        assert found is not None
        print(f"\nReliability, {title}:\n{bins(found)}")
        print(f"  risk at coverage: {risks(found)}")
    return columns, right


def risks(found: Calibration) -> str:
    at = (0.5, 0.8, 0.9, 0.95, 1.0)
    return ", ".join(f"{share:.2f}: {np.interp(share, found.coverage, found.risk):.4f}" for share in at)


def write(model: Logistic, events: Sequence[Events], found: Calibration) -> None:
    origins = ", ".join(sorted({some.origin for some in events}))
    summary = textwrap.fill(
        f"Fitted on {found.n} events from {origins}, as they are and with hiss, hum, knocks and gain. "
        f"On origins held out: Brier score {found.brier:.4f}, expected calibration error "
        f"{found.expected_calibration_error:.4f}.",
        100,
    )
    title = "Constants of `dsp.confidence`, made by `benchmarks/fit_confidence.py`; change them there."
    weights = ", ".join(f"{weight:.4g}" for weight in model.weights)
    CONSTANTS.write_text(
        f'"""{title}\n\n{summary}\n"""\n\nINTERCEPT = {model.intercept:.4g}\nWEIGHTS = ({weights})\n',
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="annotated takes")
    parser.add_argument("--write", action="store_true", help=f"put the constants into {CONSTANTS.name}")
    asked = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=spawn, initializer=watch) as pool:
        events = list(pool.map(gather, jobs(asked.folder), chunksize=4))
    columns, right = compare(events)
    model = fit(columns, right)
    print(f"\nFitted on everything: intercept {model.intercept:.4g}, weights {model.weights}")
    if asked.write:
        origins = [some.origin for some in events for _ in some.right]
        found = calibration(held_out(columns, right, origins), right)
        assert found is not None
        write(model, events, found)
        print(f"Written to {CONSTANTS}")


if __name__ == "__main__":
    sys.exit(main())
