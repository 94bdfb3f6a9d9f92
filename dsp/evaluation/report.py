"""Every figure about some annotated takes in one object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dsp.evaluation.calibration import Calibration, calibration
from dsp.evaluation.figures import Figures, figures
from dsp.evaluation.groups import GROUPS
from dsp.evaluation.matching import Outcome, rightness
from dsp.evaluation.polyphony import PolyphonicFigures, polyphonic_figures
from dsp.evaluation.voicing import F0Figures, TrackPair, f0_figures

ALL = "all"
"""Every monophonic take."""

WORST = 10
"""Takes to look at first."""


@dataclass(frozen=True, slots=True)
class Report:
    """How well the engine hears.

    Attributes
    ----------
    groups : figures by group of takes, then of all monophonic ones; groups without a take are left out
    calibration : of the confidences of claims and of unsure events, in monophonic takes
    f0 : of the running f0, where its truth is known
    polyphonic : behaviour under chords
    worst : takes with the most missed and invented notes, the worst first, flawless ones left out
    """

    groups: Mapping[str, Figures]
    calibration: Calibration | None
    f0: F0Figures | None
    polyphonic: PolyphonicFigures | None
    worst: tuple[Outcome, ...]


def report(outcomes: Sequence[Outcome], tracks: Sequence[TrackPair] = (), *, live: bool = True) -> Report:
    """Measure some takes.

    Parameters
    ----------
    outcomes : from `compare`
    tracks : f0 tracks of those takes whose true f0 is known
    live : False for a second pass, which has no latency

    Raises
    ------
    MissingPackageError : mir_eval is not installed
    """
    monophonic = [outcome for outcome in outcomes if outcome.group != "polyphonic"]
    grouped = {group: [o for o in outcomes if o.group == group] for group in (*GROUPS[1:], GROUPS[0])}
    by_errors = sorted(monophonic, key=lambda outcome: (-outcome.errors, outcome.name))
    return Report(
        groups={group: figures(members, live=live) for group, members in grouped.items() if members}
        | {ALL: figures(monophonic, live=live)},
        calibration=confidence_calibration(monophonic),
        f0=f0_figures(tracks),
        polyphonic=polyphonic_figures(grouped["polyphonic"]),
        worst=tuple(outcome for outcome in by_errors[:WORST] if outcome.errors),
    )


def confidence_calibration(outcomes: Sequence[Outcome]) -> Calibration | None:
    """How the confidence of claims, and of events that were not sure enough to be claimed, came true."""
    sure: list[float] = []
    right: list[np.bool_] = []
    for outcome in outcomes:
        notes, hits = rightness(outcome.annotation.notes, outcome.notes)
        sure += [note.confidence for note in notes]
        right += list(hits)
    return calibration(sure, right)
