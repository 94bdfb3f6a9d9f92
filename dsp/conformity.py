"""Scale conformity: do the notes belong to the scale, and does the player use all of it.

Detail
------
wrong : judged notes outside the scale
forgiven : passing notes among them that count as right (only with `passing_s`)
coverage : degrees used over degrees of the scale
evenness : entropy of the use of the degrees over its maximum, 1 = all alike; shown, never multiplied in
precision, recall, f1 : against a set pattern, after alignment (longest common subsequence: wrong, missing
    and added notes all cost, as in the MAST rubric)
"""

from collections.abc import Sequence
from math import log
from typing import Any

import numpy as np

from dsp.anchors import MIN_NOTES
from dsp.convert import nearest_semitone
from dsp.events import Note
from dsp.intervals import wilson
from dsp.scales import Scale
from dsp.score import metric
from dsp.summary import Metric


def scale_conformity(
    notes: Sequence[Note],
    scale: Scale,
    *,
    passing_s: float | None = None,
    pattern: Sequence[int] | None = None,
    minimum: int = MIN_NOTES,
) -> Metric:
    """Share of the judged notes that belong to the scale.

    Parameters
    ----------
    notes : events of a take, in order of time; only judged ones count
    scale : what was to be played
    passing_s : half a beat in seconds: a note outside the scale that moves on within it, by a semitone, to
        a note of the scale is forgiven; None forgives nothing
    pattern : MIDI numbers that were to be played, in order; the score is then the F1 of the alignment
    minimum : judged notes below which the score is withheld

    Returns
    -------
    Metric, unit "share"
    """
    judged = [note for note in notes if note.judged and note.pitch is not None]
    n = len(judged)
    if n == 0:
        return metric(None, "share", None, n=0, score=None, detail={}, minimum=minimum)
    pitches = [_pitch(note) for note in judged]
    inside = [scale.contains(pitch) for pitch in pitches]
    forgiven = _passing(judged, inside, passing_s) if passing_s is not None else 0
    right = sum(inside) + forgiven
    detail: dict[str, Any] = {"wrong": n - sum(inside), "forgiven": forgiven, **_use(pitches, scale)}
    value = right / n
    score = value
    if pattern is not None:
        detail |= _alignment([nearest_semitone(pitch) for pitch in pitches], pattern)
        score = detail["f1"]
    return metric(value, "share", wilson(right, n), n=n, score=score, detail=detail, minimum=minimum)


def _pitch(note: Note) -> float:
    assert note.pitch is not None
    return note.pitch


def _passing(judged: Sequence[Note], inside: Sequence[bool], passing_s: float) -> int:
    return sum(
        not inside[i]
        and inside[i + 1]
        and judged[i + 1].onset_s - note.onset_s <= passing_s
        and abs(nearest_semitone(_pitch(judged[i + 1])) - nearest_semitone(_pitch(note))) == 1
        for i, note in enumerate(judged[:-1])
    )


def _use(pitches: Sequence[float], scale: Scale) -> dict[str, float | None]:
    degrees = len(scale.pitch_classes)
    counts = np.zeros(degrees)
    for pitch in pitches:
        degree = scale.degree(pitch)
        if degree is not None:
            counts[degree - 1] += 1
    used = counts[counts > 0] / max(counts.sum(), 1.0)
    evenness = float(-(used * np.log(used)).sum()) / log(degrees) if degrees > 1 and used.size else None
    return {"coverage": float(used.size / degrees), "evenness": evenness}


def _alignment(played: Sequence[int], pattern: Sequence[int]) -> dict[str, float]:
    matches = _common_subsequence(np.asarray(played), np.asarray(pattern))
    precision, recall = matches / len(played), matches / len(pattern) if pattern else 0.0
    f1 = 2 * precision * recall / (precision + recall) if matches else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def _common_subsequence(a: "np.ndarray[Any, Any]", b: "np.ndarray[Any, Any]") -> int:
    lengths = np.zeros(b.size + 1, dtype=np.intp)
    for item in a:
        extended = np.maximum(lengths[1:], lengths[:-1] + (b == item))
        lengths[1:] = np.maximum.accumulate(extended)
    return int(lengths[-1])
