"""Fit the confidence of a claim to what came true, and write its constants.

    python benchmarks/fit_confidence.py DIR [--write] [--publish docs/accuracy.md]

Hears the monophonic takes of DIR (annotated, as for `fretcoach accuracy`) as they are and made worse by hiss,
hum, knocks and gain, and synthesised melodies likewise. Each event with a pitch gives its features and
whether it was right. The fit is judged on origins it was not fitted on; what is written is fitted on all.
"""

import argparse
import importlib
import multiprocessing
import pkgutil
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from publish_accuracy import reliability
from published import markdown_table, publish

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
FEWEST = 30
"""An origin of fewer events is held out like any other, but has no row of its own."""
COLUMNS = ["events", "n", "right", "Brier", "calibration error", "risk-coverage area"]


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
    # What was taken back or set aside as a chord was so for another reason than its confidence.
    notes = [note for note in hear(samples, rate) if note.judged and isinstance(note.confidence, Seen)]
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


def compare(some: Sequence[Events]) -> str:
    """The confidence in use beside that of a fit on other origins, as text in Markdown."""
    columns, right, origins = together(some)
    as_it_is = np.array([part.version == 0 for part in some for _ in part.right])
    confidences = {
        "in use": Logistic(INTERCEPT, WEIGHTS).probability(columns),
        "fitted on the other origins": held_out(columns, right, list(origins)),
    }
    parts = {
        "all": np.ones(right.size, bool),
        "recorded and rendered, as they are": as_it_is & (origins != SYNTHESISED),
    }
    parts |= {str(name): origins == name for name in np.unique(origins) if (origins == name).sum() >= FEWEST}
    rows = []
    for part, inside in parts.items():
        for name, confidence in confidences.items():
            found = calibration(confidence[inside], right[inside])
            assert found is not None
            scores = (found.brier, found.expected_calibration_error, found.area)
            rows.append(
                [f"{part}: {name}", str(found.n), f"{found.right:.3f}", *(f"{value:.4f}" for value in scores)]
            )
    lines = [markdown_table(COLUMNS, rows)]
    for name, confidence in confidences.items():
        found = calibration(confidence, right)
        assert found is not None
        lines.append(f"Wrong among the surest, {name}: {risks(found)}.")
        lines.append(f"Reliability, {name}:\n\n{reliability(found)}")
    return "\n\n".join(lines)


def together(some: Sequence[Events]) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.str_]]:
    """Features, truths and origins of all events."""
    origins = np.array([part.origin for part in some for _ in part.right])
    return (
        np.concatenate([part.features for part in some]),
        np.concatenate([part.right for part in some]),
        origins,
    )


def risks(found: Calibration) -> str:
    shares = [(at, float(np.interp(at, found.coverage, found.risk))) for at in (0.5, 0.8, 0.9, 0.95, 1.0)]
    return ", ".join(f"{100 * risk:.2f} % of {100 * at:.0f} %" for at, risk in shares)


def write(model: Logistic, found: Calibration, origins: NDArray[np.str_]) -> None:
    """The constants, with where they come from."""
    summary = textwrap.fill(
        f"Fitted on {found.n} events from {', '.join(np.unique(origins))}, as they are and with hiss, hum, "
        f"knocks and gain. On origins held out: Brier score {found.brier:.4f}, expected calibration error "
        f"{found.expected_calibration_error:.4f}, area under risk and coverage {found.area:.4f}.",
        100,
    )
    title = "Constants of `dsp.confidence`, made by `benchmarks/fit_confidence.py`; change them there."
    weights = ", ".join(f"{weight:.4g}" for weight in model.weights)
    constants = f"INTERCEPT = {model.intercept:.4g}\nWEIGHTS = ({weights})\n"
    CONSTANTS.write_text(f'"""{title}\n\n{summary}\n"""\n\n{constants}', encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="annotated takes")
    parser.add_argument("--write", action="store_true", help=f"put the constants into {CONSTANTS.name}")
    parser.add_argument("--publish", type=Path, metavar="DOCUMENT", help="put the comparison there")
    asked = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(mp_context=spawn, initializer=watch) as pool:
        events = list(pool.map(gather, jobs(asked.folder), chunksize=4))
    columns, right, origins = together(events)
    model = fit(columns, right)
    compared = compare(events)
    print(f"{compared}\n\nFitted on everything: intercept {model.intercept:.4g}, weights {model.weights}")
    if asked.publish is not None:
        publish(asked.publish, "confidence", compared)
    if asked.write:
        found = calibration(held_out(columns, right, list(origins)), right)
        assert found is not None
        write(model, found, origins)
        print(f"Written to {CONSTANTS}")


if __name__ == "__main__":
    main()
