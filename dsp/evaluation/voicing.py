"""How well the running f0 follows the true one, hop by hop.

Method
------
mir_eval's melody metrics (Salamon et al. 2014): voicing recall is the share of sounding moments that were
heard as sounding, voicing false alarm the share of silent ones that were, raw pitch accuracy the share of
sounding moments whose f0 lies within 50 cents. Moments are those of the truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dsp.evaluation.matching import PITCH_TOLERANCE_CENTS, mir_eval

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TrackPair:
    """A true and a heard f0 track of the same take.

    Attributes
    ----------
    true_time_s, true_f0_hz : shape (n,), 0 Hz = nothing sounds
    time_s, f0_hz : shape (m,), times rising, 0 Hz = unvoiced
    """

    true_time_s: Array
    true_f0_hz: Array
    time_s: Array
    f0_hz: Array


@dataclass(frozen=True, slots=True)
class F0Figures:
    """Shares over all moments of some takes, 0..1."""

    takes: int
    voicing_recall: float
    voicing_false_alarm: float
    raw_pitch_accuracy: float


def f0_figures(tracks: Sequence[TrackPair]) -> F0Figures | None:
    """The figures over all moments of the takes; None without a take.

    Raises
    ------
    MissingPackageError : mir_eval is not installed
    """
    if not tracks:
        return None
    melody = mir_eval().melody
    aligned = [
        melody.to_cent_voicing(pair.true_time_s, pair.true_f0_hz, pair.time_s, pair.f0_hz) for pair in tracks
    ]
    true_voicing, true_cents, voicing, cents = (np.concatenate(parts) for parts in zip(*aligned, strict=True))
    recall, false_alarm = melody.voicing_measures(true_voicing, voicing)
    accuracy = melody.raw_pitch_accuracy(
        true_voicing, true_cents, voicing, cents, cent_tolerance=PITCH_TOLERANCE_CENTS
    )
    return F0Figures(len(tracks), float(recall), float(false_alarm), float(accuracy))
