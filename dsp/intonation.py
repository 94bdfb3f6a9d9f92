"""Pitch accuracy: how far the notes lie from where they belong.

Conventions
-----------
Deviations in cents, positive = sharp. In free play a note belongs to the nearest semitone of equal
temperament at the calibrated A4; with targets it belongs to its target, octave included.

Detail
------
bias_cents, mad_cents : median and median absolute deviation of all notes, the tuning of the guitar included
within_10, within_25, within_50 : shares of the notes, the known tuning taken out
set_up : string -> {"offset_cents", "source": "calibrated" | "estimated", "n"}
tuning : "includes your tuning" when some notes could not be freed from the tuning of their string
note_accuracy, note_accuracy_low, note_accuracy_high : only with targets
below_resolution : the value is smaller than the engine's own error
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dsp.anchors import (
    MIN_NOTES,
    PITCH_RESOLUTION_CENTS,
    PITCH_WINDOWS_CENTS,
    PITCH_X50_CENTS,
    RIGHT_NOTE_CENTS,
    STRING_MIN_NOTES,
)
from dsp.circular import unwrap_about_centre, wrap
from dsp.convert import cents_off
from dsp.errors import ParameterError
from dsp.events import Note
from dsp.intervals import bootstrap, wilson
from dsp.score import metric, score_map
from dsp.summary import Metric

_SEMITONE = 100.0


def pitch_accuracy(
    notes: Sequence[Note],
    *,
    targets: Sequence[float | None] | None = None,
    strings: Sequence[int | None] | None = None,
    offsets_cents: Mapping[int, float] | None = None,
    minimum: int = MIN_NOTES,
) -> Metric:
    """Median absolute deviation from the right pitch, in cents, and its score.

    Parameters
    ----------
    notes : events of a take; only judged ones count
    targets : wanted MIDI number of each event (None = free), same length as `notes`; the score is then
        multiplied by the share of right notes
    strings : string of each event (None = unknown), same length as `notes`
    offsets_cents : calibrated tuning offset of a string; a string without one is estimated from its own
        notes once there are 8 of them
    minimum : judged notes below which the score is withheld

    Returns
    -------
    Metric in cents

    Raises
    ------
    ParameterError : `targets` or `strings` of another length than `notes`
    """
    wanted, on_string = _aligned("targets", targets, notes), _aligned("strings", strings, notes)
    judged = [i for i, note in enumerate(notes) if note.judged and note.pitch is not None]
    cents = np.array([_deviation(notes[i], wanted[i]) for i in judged])
    right = np.abs(cents) <= RIGHT_NOTE_CENTS
    targeted = np.array([wanted[i] is not None for i in judged], dtype=bool)
    detail: dict[str, Any] = _note_accuracy(int(right[targeted].sum()), int(targeted.sum()))
    heard = np.array([-1 if on_string[i] is None else on_string[i] for i in judged], dtype=np.intp)[right]
    total = cents[right]
    if total.size == 0:
        return _nothing_right(len(judged), detail, minimum)
    set_up = _set_up(total, heard, offsets_cents or {})
    offsets = np.array([set_up[string]["offset_cents"] if string in set_up else 0.0 for string in heard])
    error = np.abs(wrap(total - offsets, _SEMITONE))
    value = float(np.median(error))
    detail |= _spread(total) | {f"within_{c}": float((error <= c).mean()) for c in PITCH_WINDOWS_CENTS}
    detail |= {"set_up": set_up, "below_resolution": value < PITCH_RESOLUTION_CENTS}
    if any(string not in set_up for string in heard):
        detail["tuning"] = "includes your tuning"
    score = score_map(value, PITCH_X50_CENTS) * detail.get("note_accuracy", 1.0)
    interval = bootstrap(lambda draw: np.median(error[draw], axis=1), error.size)
    return metric(value, "cents", interval, n=len(judged), score=score, detail=detail, minimum=minimum)


def _nothing_right(n: int, detail: Mapping[str, Any], minimum: int) -> Metric:
    # No note was near its target, so there is no intonation to speak of: a plain 0, once there are enough.
    if n < minimum:
        return metric(None, "cents", None, n=n, score=None, detail=detail, minimum=minimum)
    return Metric(
        None, "cents", None, None, n, 0.0, {**detail, "reason": "no note was within 50 cents of its target"}
    )


def _aligned(name: str, values: Sequence[Any] | None, notes: Sequence[Note]) -> Sequence[Any]:
    if values is None:
        return [None] * len(notes)
    if len(values) != len(notes):
        raise ParameterError(
            f"{name} has {len(values)} entries for {len(notes)} notes: give one for each note."
        )
    return values


def _deviation(note: Note, target: float | None) -> float:
    pitch = note.pitch
    assert pitch is not None
    return cents_off(pitch) if target is None else 100.0 * (pitch - target)


def _note_accuracy(right: int, n: int) -> dict[str, float]:
    if n == 0:
        return {}
    low, high = wilson(right, n)
    return {"note_accuracy": right / n, "note_accuracy_low": low, "note_accuracy_high": high}


def _set_up(
    cents: NDArray[np.float64], heard: NDArray[np.intp], calibrated: Mapping[int, float]
) -> dict[int, dict[str, Any]]:
    set_up: dict[int, dict[str, Any]] = {}
    for string in sorted({int(string) for string in heard if string >= 0}):
        on_string = cents[heard == string]
        if string in calibrated:
            offset, source = float(calibrated[string]), "calibrated"
        elif on_string.size >= STRING_MIN_NOTES:
            offset, source = float(np.median(unwrap_about_centre(on_string, _SEMITONE))), "estimated"
        else:
            continue
        set_up[string] = {"offset_cents": offset, "source": source, "n": int(on_string.size)}
    return set_up


def _spread(cents: NDArray[np.float64]) -> dict[str, float]:
    together = unwrap_about_centre(cents, _SEMITONE)
    bias = float(np.median(together))
    return {"bias_cents": bias, "mad_cents": float(np.median(np.abs(together - bias)))}
