"""Put the figures of `fretcoach accuracy` into a document.

    python benchmarks/publish_accuracy.py DIR docs/accuracy.md

Hears the annotated takes of DIR twice, live and with the second pass, and replaces what stands between the
markers `figures` of the document. The table of the peers is put there by `peers.py --publish`, that of the
confidence by `fit_confidence.py --publish`.
"""

import argparse
from pathlib import Path

from published import markdown_table, publish

from dsp.evaluation.calibration import Calibration
from dsp.evaluation.figures import Figures
from workbench.scoring.hearing import Failure, Heard, hear_all
from workbench.scoring.scored import Scored, score
from workbench.scoring.takes import annotation_files
from workbench.scoring.words import interval, number, sentences, share

NOTES = [
    "group",
    "takes",
    "notes",
    "F1",
    "95 %",
    "precision",
    "recall",
    "onset F1",
    "missed",
    "invented",
    "octave errors",
]
TIMES = ["group", "out after, median", "p95", "E2 to A2, median", "onset spread", "cents, median", "p95"]


def heard(folder: Path, *, offline: bool) -> Scored:
    """Every take of the folder; a take that can't be heard ends it all."""
    takes = hear_all(annotation_files(folder), offline=offline)
    broken = [take.error for take in takes if isinstance(take, Failure)]
    if broken:
        raise SystemExit("\n".join(broken))
    return score([take for take in takes if isinstance(take, Heard)], live=not offline)


def notes_row(name: str, found: Figures) -> list[str]:
    shares = [share(found.f1), interval(found), *map(share, (found.precision, found.recall, found.onset_f1))]
    counts = [str(count) for count in (found.missed, found.invented, found.octave_errors)]
    return [name, str(found.takes), str(found.played), *shares, *counts]


def times_row(name: str, found: Figures) -> list[str]:
    late = (found.latency_ms, found.latency_p95_ms, found.low_latency_ms)
    times = [*(number(ms, 1, "ms") for ms in late), number(found.onset_spread_ms, 2, "ms")]
    return [name, *times, number(found.cents, 1), number(found.cents_p95, 1)]


def reliability(found: Calibration) -> str:
    """The reliability table."""
    rows = [
        [f"{entry.low:g} to {entry.high:g}", str(entry.n), share(entry.confidence), share(entry.right),
         f"{share(entry.right_low)} to {share(entry.right_high)}"]
        for entry in found.bins
    ]  # fmt: skip
    return markdown_table(["confidence", "events", "its mean", "right", "95 % (Wilson)"], rows)


def text(live: Scored, second: Scored) -> str:
    """What stands between the markers."""
    engine = live.heard[0].engine
    groups, all_again = live.report.groups.items(), second.report.groups["all"]
    parts = [
        f"Engine {engine['name']} {engine['version']}, {len(live.heard)} takes.",
        markdown_table(NOTES, [notes_row(*group) for group in groups]),
        markdown_table(TIMES, [times_row(*group) for group in groups if group[1].right]),
        "\n".join(f"- {line}" for line in sentences(live.report, live.cost)),
        f"The second pass (`--offline`) over the same takes: F1 {share(all_again.f1)}, "
        f"{number(all_again.cents, 1)} cents off in the median, {number(all_again.cents_p95, 1)} at the 95th "
        "percentile.",
    ]
    if live.report.calibration is not None:
        parts.append(reliability(live.report.calibration))
    return "\n\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="annotated takes")
    parser.add_argument("document", type=Path, help="a Markdown file with the markers")
    asked = parser.parse_args()
    found = text(heard(asked.folder, offline=False), heard(asked.folder, offline=True))
    publish(asked.document, "figures", found)
    print(found)


if __name__ == "__main__":
    main()
