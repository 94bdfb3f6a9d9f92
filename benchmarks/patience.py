"""What patience buys: latency against cents, on annotated takes.

    python benchmarks/patience.py TAKES [--publish docs/accuracy.md]

Every monophonic take is heard once for each patience; see `dsp.patience`.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from published import markdown_table, publish

from dsp.evaluation.figures import Figures, figures
from dsp.evaluation.matching import Outcome, compare
from dsp.events import Block
from dsp.patience import PATIENCE_S
from dsp.stream import Analyzer
from workbench.audio.recording import load_take
from workbench.scoring.takes import annotation_files, read_annotation

PATIENCES_S = (0.0, 0.02, PATIENCE_S, 0.08, 0.16)


def hear(path: Path, patience_s: float) -> Outcome | None:
    """A take heard with this patience; None for a polyphonic one."""
    annotation = read_annotation(path)
    if annotation.polyphonic:
        return None
    samples, rate = load_take(path.parent / annotation.audio)
    analyzer = Analyzer(rate, patience_s=patience_s)
    events = analyzer.push(Block(samples, 0)).events + analyzer.flush().events
    notes = {event.note.number: event.note for event in events}
    return compare(path.stem, annotation, sorted(notes.values(), key=lambda note: note.onset_s))


def row(patience_s: float, of_all: Figures) -> list[str]:
    """A line of the table."""
    in_ms = (of_all.latency_ms, of_all.latency_p95_ms, of_all.low_latency_ms)
    return [
        f"{1000 * patience_s:.0f} ms",
        f"{of_all.f1:.3f}",
        *(f"{value:.1f} ms" for value in in_ms),
        *(f"{value:.1f}" for value in (of_all.cents, of_all.cents_p95)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("takes", type=Path)
    parser.add_argument("--publish", type=Path)
    arguments = parser.parse_args()
    files = annotation_files(arguments.takes)
    rows = []
    with ProcessPoolExecutor() as pool:
        for patience_s in PATIENCES_S:
            heard = pool.map(partial(hear, patience_s=patience_s), files)
            rows.append(row(patience_s, figures([outcome for outcome in heard if outcome is not None])))
    head = ["patience", "F1", "out after, median", "p95", "E2 to A2, median", "cents, median", "p95"]
    table = markdown_table(head, rows)
    sys.stdout.write(table + "\n")
    if arguments.publish:
        publish(arguments.publish, "patience", table)


if __name__ == "__main__":
    main()
