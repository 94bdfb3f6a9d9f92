"""Heard takes, measured: the report, what it cost, and both as plain values."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dsp.evaluation.matching import Outcome, compare
from dsp.evaluation.report import Report, report
from dsp.evaluation.voicing import TrackPair
from workbench.scoring.hearing import Failure, Heard
from workbench.scoring.words import Cost


@dataclass(frozen=True, slots=True)
class Scored:
    """Takes heard and measured.

    Attributes
    ----------
    heard, outcomes : take by take, in the same order
    report : every figure
    cost : of hearing them
    """

    heard: tuple[Heard, ...]
    outcomes: tuple[Outcome, ...]
    report: Report
    cost: Cost

    def to_json(self, folder: Path, failures: Sequence[Failure] = ()) -> dict[str, Any]:
        """Every figure as plain values, ready to be written as JSON; null where nothing could be measured."""
        figures = self.report
        return {
            "folder": str(folder),
            "engine": self.heard[0].engine if self.heard else None,
            "groups": {name: asdict(group) for name, group in figures.groups.items()},
            "calibration": None if figures.calibration is None else asdict(figures.calibration),
            "f0": None if figures.f0 is None else asdict(figures.f0),
            "polyphonic": None if figures.polyphonic is None else asdict(figures.polyphonic),
            "cost": asdict(self.cost),
            "worst": [_errors(outcome) for outcome in figures.worst],
            "failed": [{"file": str(failure.path), "error": failure.error} for failure in failures],
        }


def score(heard: Sequence[Heard], *, live: bool = True) -> Scored:
    """Measure heard takes.

    Raises
    ------
    MissingPackageError : mir_eval is not installed
    """
    outcomes = [compare(take.path.stem, take.annotation, take.notes) for take in heard]
    tracks = [
        TrackPair(take.true_f0.time_s, take.true_f0.f0_hz, take.f0.time_s, take.f0.f0_hz)
        for take in heard
        if take.true_f0 is not None
    ]
    cost = Cost(sum(take.cpu_s for take in heard), sum(take.duration_s for take in heard))
    return Scored(tuple(heard), tuple(outcomes), report(outcomes, tracks, live=live), cost)


def _errors(outcome: Outcome) -> dict[str, Any]:
    return {
        "take": outcome.name,
        "group": outcome.group,
        "played": len(outcome.annotation.notes),
        "missed": [asdict(note) for note in outcome.missed],
        "invented": [
            {"onset_s": note.onset_s, "midi": note.midi, "confidence": note.confidence}
            for note in outcome.invented
        ],
    }
