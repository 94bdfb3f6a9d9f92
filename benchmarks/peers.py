"""Other pitch trackers beside ours, on the same annotated takes in one run.

    python benchmarks/peers.py DIR [--publish docs/accuracy.md]

librosa.yin, librosa.pyin and swift-f0 follow the pitch but know no notes; to each they get onsets from two
sources: those of our engine (every event, the unsure and the percussive ones too) and those of
librosa.onset.onset_detect (which looks ahead). A note is then the median of the voiced f0 from 25 to 75 ms
after its onset, or up to the next onset. basic-pitch finds its own notes. All get the same files at their own
sample rate. A peer that is not installed is left out with a line that says how to get it.

`CPU` is seconds of processor time per second of sound, without loading, a warm-up, and finding onsets for
those that have none of their own.
"""

import argparse
import logging
import multiprocessing
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from peer_trackers import (
    PEERS,
    basic_pitch_notes,
    installed,
    librosa_onsets,
    missing,
    notes_at,
    versions,
)
from published import markdown_table, publish

from dsp.evaluation.annotation import Annotation
from dsp.evaluation.figures import Figures, figures
from dsp.evaluation.matching import Outcome, compare
from dsp.events import Block, Note
from dsp.stream import Analyzer
from workbench.audio.recording import load_take
from workbench.scoring.takes import annotation_files, read_annotation

OURS, BASIC_PITCH = "fretcoach", "basic-pitch"
WARM_UP_S = 1.0
GROUPS = ("solos", "single notes", "noise", "fast", "expressive", "other", "all")


@dataclass(frozen=True)
class Run:
    """One take by one tracker: what came of it and the processor time."""

    tracker: str
    outcome: Outcome
    cpu_s: float
    audio_s: float


def our_events(samples: NDArray[np.float32], rate: float) -> list[Note]:
    analyzer = Analyzer(rate)
    events = analyzer.push(Block(samples, 0)).events + analyzer.flush().events
    return sorted({event.note.number: event.note for event in events}.values(), key=lambda note: note.onset_s)


def run_all(path: Path) -> list[Run]:
    """One take by every tracker that is installed."""
    annotation = read_annotation(path)
    sound = path.parent / annotation.audio
    samples, rate = load_take(sound)
    ours, cpu_s = _timed(lambda: our_events(samples, rate))
    runs = [_run(OURS, path, annotation, ours, cpu_s)]
    onsets = {"our onsets": [note.onset_s for note in ours]}
    if find_spec("librosa"):
        onsets["librosa onsets"] = librosa_onsets(samples, rate)
    for name, peer in installed():
        track, cpu_s = _timed(lambda peer=peer: peer.track(samples, rate))
        for source, times in onsets.items():
            runs.append(_run(f"{name}, {source}", path, annotation, notes_at(times, track), cpu_s))
    if find_spec("basic_pitch"):
        notes, cpu_s = _timed(lambda: basic_pitch_notes(sound))
        runs.append(_run(BASIC_PITCH, path, annotation, notes, cpu_s))
    return runs


def _run(tracker: str, path: Path, annotation: Annotation, notes: Sequence[Note], cpu_s: float) -> Run:
    return Run(tracker, compare(path.stem, annotation, notes), cpu_s, annotation.duration_s)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    return work(), time.process_time() - began


def warm_up(path: Path) -> None:
    """Load and compile everything before anything is timed, quietly."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    samples, rate = load_take(path.parent / read_annotation(path).audio)
    short = samples[: round(WARM_UP_S * rate)]
    our_events(short, rate)
    for _, peer in installed():
        peer.track(short, rate)
    if find_spec("basic_pitch"):
        basic_pitch_notes(path.parent / read_annotation(path).audio)


def rows(runs: Sequence[Run]) -> list[list[str]]:
    """One row for each tracker: F1 by group, latency, cost, and how our cost compares."""
    trackers = list(dict.fromkeys(run.tracker for run in runs))
    cost = {name: _cost([run for run in runs if run.tracker == name]) for name in trackers}
    return [
        [
            name,
            *_f1_by_group([run.outcome for run in runs if run.tracker == name]),
            _latency(name, figures([run.outcome for run in runs if run.tracker == name])),
            f"{cost[name]:.4f}",
            f"{cost[name] / cost[OURS]:.1f}",
        ]
        for name in trackers
    ]


def _f1_by_group(outcomes: Sequence[Outcome]) -> list[str]:
    members = {group: [o for o in outcomes if group in ("all", o.group)] for group in GROUPS}
    return ["-" if (f1 := figures(some).f1) is None else f"{f1:.3f}" for some in members.values()]


def _latency(tracker: str, found: Figures) -> str:
    """Only for what can be used live: the others look at the whole take."""
    name, _, source = tracker.partition(", ")
    live = name == OURS or (name in PEERS and PEERS[name].live and source == "our onsets")
    if not live or found.latency_ms is None:
        return "offline"
    return f"{found.latency_ms:.0f} ms"


def _cost(runs: Sequence[Run]) -> float:
    return sum(run.cpu_s for run in runs) / sum(run.audio_s for run in runs)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="annotated takes")
    parser.add_argument("--publish", type=Path, metavar="DOCUMENT", help="also put the table there")
    asked = parser.parse_args()
    takes = [path for path in annotation_files(asked.folder) if not read_annotation(path).polyphonic]
    print("\n".join(missing()))
    with ProcessPoolExecutor(
        mp_context=multiprocessing.get_context("spawn"), initializer=warm_up, initargs=(takes[0],)
    ) as pool:
        runs = [run for some in pool.map(run_all, takes) for run in some]
    columns = ["tracker", *(f"F1 {group}" for group in GROUPS), "out after", "CPU", "CPU / ours"]
    table = markdown_table(columns, rows(runs))
    print(f"{len(takes)} monophonic takes; {versions()}\n\n{table}")
    if asked.publish is not None:
        publish(asked.publish, "peers", f"{table}\n\nWith {versions()}, on {len(takes)} monophonic takes.")


if __name__ == "__main__":
    main()
