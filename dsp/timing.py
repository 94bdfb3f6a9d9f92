"""Timing stability: how evenly the notes fall, against a click or against the player's own slow beat.

Conventions
-----------
Onsets in seconds; deviations in milliseconds, positive = late. A step is the time between two neighbouring
places where a note may fall: with a click the beat over the notes per beat, without one the shortest note
value that the player uses.

Detail
------
With a click: mode "click", step_ms, bias_ms (median; None when the click's start is unknown, with
    bias_reason), spread_ms (1.4826 MAD, also the value), drift_ms_per_min, early, late (shares beyond 10 ms),
    swing (long over short, None = straight; see `dsp.swing`), x50_ms.
Without: mode "free", beat ("one interval", a set of ratios, or "no steady beat found"), ratios, step_ms,
    interval_cv, tempo: {"time_s", "steps_per_minute"} (the tempo curve, shown apart: rubato is no error).
below_resolution : the spread is smaller than the engine's own error
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dsp.anchors import (
    BLOCK,
    MIN_NOTES,
    TIMING_EARLY_LATE_MS,
    TIMING_RESOLUTION_MS,
    TIMING_X50_RANGE_MS,
    TIMING_X50_STEP,
)
from dsp.circular import unwrap_about_centre
from dsp.errors import ParameterError
from dsp.events import Note
from dsp.intervals import bootstrap
from dsp.score import metric, score_map
from dsp.summary import Metric
from dsp.swing import SWUNG_NOTES_PER_BEAT, find_swing
from dsp.tempo import Beat, find_beat

Array = NDArray[np.float64]

NO_CLICK_START = "the start of the click is unknown"
NO_STEADY_BEAT = "no steady beat found"

_MAD_TO_SIGMA = 1.4826
"""Scale of the median absolute deviation of normal data to its standard deviation."""

_CURVE_POINTS = 200
"""Points of the stored tempo curve: more than a chart shows, few enough to keep for ever."""


@dataclass(frozen=True, slots=True)
class Click:
    """What the player heard while playing.

    Attributes
    ----------
    bpm : beats per minute, 20..400
    notes_per_beat : places for notes in a beat, 1..12
    start_s : time of the first click in the stream; None = unknown, the phase is then fitted
    latency_s : calibrated delay from the click to the microphone, taken off each onset
    """

    bpm: float
    notes_per_beat: int = 1
    start_s: float | None = None
    latency_s: float = 0.0

    def __post_init__(self) -> None:
        if not 20.0 <= self.bpm <= 400.0:
            raise ParameterError(f"A click has 20 to 400 beats per minute, not {self.bpm:g}.")
        if not 1 <= self.notes_per_beat <= 12:
            raise ParameterError(f"A beat holds 1 to 12 notes, not {self.notes_per_beat}.")

    @property
    def step_s(self) -> float:
        """Time from one place for a note to the next."""
        return 60.0 / self.bpm / self.notes_per_beat

    @property
    def x50_ms(self) -> float:
        """Spread that earns one half."""
        low, high = TIMING_X50_RANGE_MS
        return float(np.clip(1000.0 * TIMING_X50_STEP * self.step_s, low, high))


def timing_stability(
    notes: Sequence[Note], click: Click | None = None, *, minimum: int = MIN_NOTES
) -> Metric:
    """How far the onsets scatter about the grid or the beat.

    Parameters
    ----------
    notes : events of a take; only judged ones count
    click : what the player heard; None = the player's own beat is found
    minimum : judged notes below which the score is withheld

    Returns
    -------
    Metric in "ms" with a click, in "step" (share of the step) without
    """
    onsets = _onsets(notes)
    if onsets.size < min(minimum, LEAST_ONSETS):
        return metric(
            None,
            "step" if click is None else "ms",
            None,
            n=onsets.size,
            score=None,
            detail={},
            minimum=minimum,
        )
    return _free(onsets, minimum) if click is None else _clicked(onsets, click, minimum)


LEAST_ONSETS = 3
"""Onsets below which there is nothing to scatter."""


def deviations_ms(notes: Sequence[Note], click: Click | None = None) -> list[float | None]:
    """How late each note is, for charts and for the stored notes.

    With a click of unknown start, deviations are from the fitted grid; without a click, from the player's
    own beat.

    Returns
    -------
    list, one entry for each of `notes`: ms, positive = late; None for unjudged notes and where no beat was
    found
    """
    onsets = np.array([note.onset_s for note in notes if note.judged])
    distinct, which = np.unique(onsets, return_inverse=True)
    late = np.full(distinct.size, np.nan)
    if click is not None and onsets.size:
        late = _from_grid(distinct, click)[0]
    elif distinct.size >= LEAST_ONSETS:
        beat = find_beat(distinct)
        late = 1000.0 * beat.residual_s if beat.found else late
    left = iter(late[which])
    each = [next(left) if note.judged else np.nan for note in notes]
    return [float(ms) if np.isfinite(ms) else None for ms in each]


def _onsets(notes: Sequence[Note]) -> Array:
    return np.unique(np.array([note.onset_s for note in notes if note.judged], dtype=np.float64))


def _from_grid(onsets: Array, click: Click) -> tuple[Array, float | None]:
    """Deviations from the click's grid in ms, from their own median when its start is unknown; the swing."""
    since = onsets - click.latency_s - (click.start_s or 0.0)
    late = unwrap_about_centre(since, click.step_s)
    swing = None
    if click.notes_per_beat in SWUNG_NOTES_PER_BEAT:
        places = np.rint((since - late) / click.step_s).astype(np.intp)
        found = find_swing(late, places, click.step_s, downbeat_known=click.start_s is not None)
        if found is not None:
            late, swing = late - found.delay_s * found.delayed, found.ratio
    if click.start_s is None:
        late = late - np.median(late)
    return np.asarray(1000.0 * late), swing


def _clicked(onsets: Array, click: Click, minimum: int) -> Metric:
    late, swing = _from_grid(onsets, click)
    spread = float(_spread(late[None, :])[0])
    detail: dict[str, Any] = {"mode": "click", "step_ms": 1000.0 * click.step_s, "spread_ms": spread}
    detail["swing"] = swing
    if click.start_s is None:
        detail |= {"bias_ms": None, "bias_reason": NO_CLICK_START, "early": None, "late": None}
    else:
        detail |= {
            "bias_ms": float(np.median(late)),
            "early": float((late < -TIMING_EARLY_LATE_MS).mean()),
            "late": float((late > TIMING_EARLY_LATE_MS).mean()),
        }
    detail |= {"drift_ms_per_min": _slope_per_min(onsets, late), "x50_ms": click.x50_ms}
    detail["below_resolution"] = spread < TIMING_RESOLUTION_MS
    interval = bootstrap(lambda draw: _spread(late[draw]), late.size, block=BLOCK)
    return metric(
        spread,
        "ms",
        interval,
        n=onsets.size,
        score=score_map(spread, click.x50_ms),
        detail=detail,
        minimum=minimum,
    )


def _free(onsets: Array, minimum: int) -> Metric:
    beat = find_beat(onsets)
    detail: dict[str, Any] = {
        "mode": "free",
        "beat": beat.name if beat.found else NO_STEADY_BEAT,
        "ratios": beat.ratios if beat.found else (),
        "step_ms": 1000.0 * float(np.median(beat.step_s)),
        "interval_cv": float(np.std(beat.relative_interval, ddof=1)),
        "tempo": _tempo_curve(onsets, beat),
    }
    if beat.found:
        residual = beat.residual_s / beat.step_s
        residual = residual[np.isfinite(residual)]
        value = float(_spread(residual[None, :])[0])
        interval = bootstrap(lambda draw: _spread(residual[draw]), residual.size, block=BLOCK)
        detail["below_resolution"] = value * detail["step_ms"] < TIMING_RESOLUTION_MS
    else:
        relative = beat.relative_interval
        value = detail["interval_cv"]
        interval = bootstrap(lambda draw: np.std(relative[draw], axis=1, ddof=1), relative.size, block=BLOCK)
        detail["below_resolution"] = False
    return metric(
        value,
        "step",
        interval,
        n=onsets.size,
        score=score_map(value, TIMING_X50_STEP),
        detail=detail,
        minimum=minimum,
    )


def _tempo_curve(onsets: Array, beat: Beat) -> dict[str, list[float]] | None:
    if not beat.found:
        return None
    shown = np.unique(np.linspace(0, onsets.size - 1, min(onsets.size, _CURVE_POINTS)).astype(int))
    return {"time_s": onsets[shown].tolist(), "steps_per_minute": (60.0 / beat.step_s[shown]).tolist()}


def _spread(rows: Array) -> Array:
    """1.4826 MAD of each row."""
    centred = np.abs(rows - np.median(rows, axis=1, keepdims=True))
    return np.asarray(_MAD_TO_SIGMA * np.median(centred, axis=1))


def _slope_per_min(onsets: Array, late: Array) -> float:
    minutes = (onsets - onsets.mean()) / 60.0
    power = float(minutes @ minutes)
    return float(minutes @ (late - late.mean())) / power if power > 0 else 0.0
