"""The figures of a group of takes.

Conventions
-----------
Counts are pooled over the takes of a group (every note counts the same), and the interval of F1 comes from
drawing whole takes again and again (bootstrap), since the notes of a take share their guitar and their room.
Latency runs from the true onset to `reported_s`, so that an onset reported late counts as late. Onset errors
are positive for late claims; their spread is 1.4826 times the median absolute deviation after each take's own
median is removed, since annotators of different takes put the onset at different points of the attack.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dsp.evaluation.annotation import TrueNote
from dsp.evaluation.matching import Outcome
from dsp.events import Note
from dsp.intervals import bootstrap

LOW_MIDI = 45.5
"""Up to A2: two periods of these notes take 18 ms and more, which no method can do without."""

_MAD_TO_SD = 1.4826
"""Robust spread: equals the standard deviation of normal errors."""

_LEAST_ONSETS = 3
"""The median of fewer is one of them, and that one would count as error-free."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """How well the notes of some takes were heard.

    Attributes
    ----------
    takes, played, claimed, right : counts
    precision, recall, f1 : shares, mir_eval's tolerances; None where nothing was claimed or played
    f1_low, f1_high : 95 % interval; None for a single take
    onset_f1 : the same for onsets alone
    latency_ms, latency_p95_ms : of right notes, median and 95th percentile
    low_latency_ms : median of right notes up to A2
    onset_offset_ms : median of claimed less true onset
    onset_spread_ms : robust spread of it within takes
    cents, cents_p95 : absolute pitch error of right notes, median and 95th percentile
    octave_errors, missed, invented : counts
    """

    takes: int
    played: int
    claimed: int
    right: int
    precision: float | None
    recall: float | None
    f1: float | None
    f1_low: float | None
    f1_high: float | None
    onset_f1: float | None
    latency_ms: float | None
    latency_p95_ms: float | None
    low_latency_ms: float | None
    onset_offset_ms: float | None
    onset_spread_ms: float | None
    cents: float | None
    cents_p95: float | None
    octave_errors: int
    missed: int
    invented: int


def figures(outcomes: Sequence[Outcome], *, live: bool = True) -> Figures:
    """The figures of some takes; without latencies for a second pass, which has none."""
    counts = np.array([(len(o.annotation.notes), len(o.claims), len(o.pairs)) for o in outcomes]).reshape(
        -1, 3
    )
    played, claimed, right = (int(total) for total in counts.sum(axis=0))
    onsets_right = sum(outcome.onsets_right for outcome in outcomes)
    low, high = _f1_interval(counts)
    pairs = list(_right_notes(outcomes))
    late = np.array([claim.reported_s - note.onset_s for note, claim in pairs if live]) * 1000.0
    low_late = np.array([ms for ms, (note, _) in zip(late, pairs, strict=False) if note.midi <= LOW_MIDI])
    offset_ms, spread_ms = _onset_errors(outcomes)
    cents = np.abs([100.0 * ((claim.midi or 0.0) - note.midi) for note, claim in pairs])
    return Figures(
        takes=len(outcomes),
        played=played,
        claimed=claimed,
        right=right,
        precision=_share(right, claimed),
        recall=_share(right, played),
        f1=_share(2 * right, played + claimed),
        f1_low=low,
        f1_high=high,
        onset_f1=_share(2 * onsets_right, played + claimed),
        latency_ms=_percentile(late, 50),
        latency_p95_ms=_percentile(late, 95),
        low_latency_ms=_percentile(low_late, 50),
        onset_offset_ms=offset_ms,
        onset_spread_ms=spread_ms,
        cents=_percentile(cents, 50),
        cents_p95=_percentile(cents, 95),
        octave_errors=sum(outcome.octave_errors for outcome in outcomes),
        missed=played - right,
        invented=claimed - right,
    )


def onset_errors_ms(outcome: Outcome) -> Array:
    """Claimed less true onset of each right note, ms, shape (n,)."""
    return np.array([1000.0 * (claim.onset_s - note.onset_s) for note, claim in _right_notes([outcome])])


def onsets_within_takes_ms(outcomes: Sequence[Outcome]) -> Array:
    """Onset errors less the median of their take, ms, shape (n,); takes of a few right notes are left out."""
    takes = [errors for outcome in outcomes if (errors := onset_errors_ms(outcome)).size >= _LEAST_ONSETS]
    return np.concatenate([errors - np.median(errors) for errors in takes]) if takes else np.empty(0)


def _right_notes(outcomes: Sequence[Outcome]) -> Iterator[tuple[TrueNote, Note]]:
    for outcome in outcomes:
        for played, claim in outcome.pairs:
            yield outcome.annotation.notes[played], outcome.claims[claim]


def _onset_errors(outcomes: Sequence[Outcome]) -> tuple[float | None, float | None]:
    """Median error over all notes, and the spread within takes, ms."""
    takes = [errors for outcome in outcomes if (errors := onset_errors_ms(outcome)).size]
    if not takes:
        return None, None
    within = onsets_within_takes_ms(outcomes)
    spread = _MAD_TO_SD * float(np.median(np.abs(within))) if within.size else None
    return float(np.median(np.concatenate(takes))), spread


def _f1_interval(counts: NDArray[np.int_]) -> tuple[float | None, float | None]:
    """95 % interval of the pooled F1 over takes, from rows (played, claimed, right)."""
    if len(counts) < 2 or not counts[:, :2].any():
        return None, None

    def pooled(draws: NDArray[np.intp]) -> Array:
        sums = counts[draws].sum(axis=1)
        notes = (sums[:, 0] + sums[:, 1]).astype(np.float64)
        return np.asarray(2.0 * sums[:, 2] / np.where(notes > 0, notes, np.nan))

    return bootstrap(pooled, len(counts))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percentile(values: Array, percent: float) -> float | None:
    return float(np.percentile(values, percent)) if values.size else None
