"""The scores of many made-up sessions at once: `dsp.metrics`, as arrays.

Pitch accuracy, scale conformity, noise control and the counts are what `dsp.metrics` finds in the same notes.
Timing stability is so with a click; without one the player's own beat is taken as known, where the engine
would have to find it. The 95 % intervals are approximations: a normal one for medians (the engine draws
bootstraps), Wilson's for the share.
"""

from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from dsp import anchors
from workbench.demo.ensemble import Takes
from workbench.demo.playing import KINDS

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_Z95 = 1.959964
_MAD_TO_SIGMA = 1.4826
_MEDIAN_TO_MEAN = 1.2533
"""Standard error of a median over that of a mean, for normal data."""


class Tally(NamedTuple):
    """Columns of the sessions and of their analyses, shape (sessions,).

    Attributes
    ----------
    scores : the session's own columns: four metrics, overall, counts
    detail : nested as `store.detail.summary_to_detail` does, as JSON text
    """

    scores: pl.DataFrame
    detail: pl.Series


def tally(takes: Takes) -> Tally:
    """Score every session."""
    judged = takes.played & takes.judged
    n = judged.sum(axis=1)
    metrics = {
        "pitch_accuracy": _pitch(takes, judged, n),
        "scale_conformity": _conformity(takes, judged, n),
        "timing_stability": _timing(takes, judged, n),
        "noise_control": _noise(takes, judged, n),
    }
    scores = {
        name: np.where(n >= anchors.MIN_NOTES, metric["score"], np.nan) for name, metric in metrics.items()
    }
    weights = dict.fromkeys(metrics, (1.0 - anchors.PITCH_WEIGHT) / 3.0) | {
        "pitch_accuracy": anchors.PITCH_WEIGHT
    }
    overall = sum(weights[name] * scores[name] for name in metrics)
    right = (judged & takes.inside).sum(axis=1)
    counts = {
        "total_notes_played": takes.played.sum(axis=1),
        "correct_notes_played": right,
        "bad_notes_played": n - right,
        "unjudged_notes": (takes.played & ~takes.judged).sum(axis=1),
    }
    columns = pl.DataFrame(
        {**scores, "overall": overall, **counts, "unique_notes_used": _different(takes.pitch, judged)}
    ).with_columns(pl.col(pl.Float64).fill_nan(None))
    return Tally(columns, _detail(metrics, columns, n, weights))


def _pitch(takes: Takes, judged: Bools, n: Ints) -> dict[str, Any]:
    cents = 100.0 * (takes.pitch - np.rint(takes.pitch))
    error = np.abs(cents)
    value = median(error, judged)
    return _metric(
        value, "cents", _around(value, error, judged, n), 1.0 / (1.0 + (value / anchors.PITCH_X50_CENTS) ** 2)
    ) | {
        "detail": {
            "bias_cents": median(cents, judged),
            "mad_cents": _mad(cents, judged),
            **{f"within_{c}": _share(error <= c, judged, n) for c in anchors.PITCH_WINDOWS_CENTS},
            "below_resolution": value < anchors.PITCH_RESOLUTION_CENTS,
            "tuning": ["includes your tuning"] * n.size,
        }
    }


def _conformity(takes: Takes, judged: Bools, n: Ints) -> dict[str, Any]:
    share = _share(takes.inside, judged, n)
    trials = np.maximum(n, 1)
    z2 = _Z95**2
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z95 * np.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    interval = (
        np.maximum(0.0, np.minimum(share, centre - half)),
        np.minimum(1.0, np.maximum(share, centre + half)),
    )
    return _metric(share, "share", interval, share) | {
        "detail": {"wrong": n - (judged & takes.inside).sum(axis=1), "forgiven": np.zeros_like(n)}
    }


def _timing(takes: Takes, judged: Bools, n: Ints) -> dict[str, Any]:
    free = np.isnan(takes.bpm)
    step_ms = 1000.0 * takes.step_s
    late = takes.late_ms - step_ms[:, None] * np.rint(takes.late_ms / step_ms[:, None])
    spread = _MAD_TO_SIGMA * _mad(late, judged)
    low, high = anchors.TIMING_X50_RANGE_MS
    x50 = np.where(
        free, anchors.TIMING_X50_STEP * step_ms, np.clip(anchors.TIMING_X50_STEP * step_ms, low, high)
    )
    unit = np.where(free, step_ms, 1.0)
    half = _Z95 * _MEDIAN_TO_MEAN * spread / np.sqrt(2.0 * np.maximum(n, 1))
    interval = (np.maximum(spread - half, 0.0) / unit, (spread + half) / unit)
    bias = median(late, judged)
    return _metric(
        spread / unit, np.where(free, "step", "ms"), interval, 1.0 / (1.0 + (spread / x50) ** 2)
    ) | {
        "detail": {
            "mode": np.where(free, "free", "click"),
            "step_ms": step_ms,
            "spread_ms": spread,
            "bias_ms": np.where(free, np.nan, bias),
            "early": np.where(free, np.nan, _share(late < -anchors.TIMING_EARLY_LATE_MS, judged, n)),
            "late": np.where(free, np.nan, _share(late > anchors.TIMING_EARLY_LATE_MS, judged, n)),
            "x50_ms": x50,
            "below_resolution": spread < anchors.TIMING_RESOLUTION_MS,
        }
    }


def _noise(takes: Takes, judged: Bools, n: Ints) -> dict[str, Any]:
    floor = takes.level - takes.quiet_db
    rests = judged & takes.rest
    heard = rests.sum(axis=1) >= anchors.NOISE_MIN_RESTS
    below = np.where(heard, median(floor, rests), median(floor - 3.0, judged))
    rest_db = median(takes.level, judged) - below
    hnr = median(takes.hnr_db, judged)
    below_clean = median(np.maximum(anchors.NOISE_HNR_REFERENCE_DB - takes.hnr_db, 0.0), judged)
    stray_kind = np.array([kind in {"muted", "percussive"} for kind in KINDS])
    stray = (takes.played & ~takes.judged & stray_kind[takes.kind]).sum(axis=1)
    rings = (judged & takes.rings_on).sum(axis=1)
    per_100 = 100.0 * (stray + rings) / np.maximum(n, 1)
    low, high = anchors.NOISE_REST_RANGE_DB
    parts = np.stack(
        [
            np.clip((rest_db - low) / (high - low), 0.0, 1.0),
            1.0 / (1.0 + (below_clean / anchors.NOISE_HNR_X50_DB) ** 2),
            1.0 / (1.0 + (per_100 / anchors.NOISE_STRAY_X50) ** 2),
        ]
    )
    value = parts.mean(axis=0)
    half = _Z95 * np.sqrt(value * (1.0 - value) / np.maximum(n, 1))
    interval = (np.maximum(value - half, 0.0), np.minimum(value + half, 1.0))
    return _metric(value, "score", interval, value) | {
        "detail": {
            "rest_floor_db": rest_db,
            "rest_floor_score": parts[0],
            "floor_from": np.where(heard, "rests", "running minimum"),
            "hnr_db": hnr,
            "hnr_below_db": below_clean,
            "hnr_score": parts[1],
            "stray_per_100": per_100,
            "stray_score": parts[2],
            "stray_events": stray,
            "ring_overs": rings,
        }
    }


def median(values: Floats, of: Bools) -> Floats:
    """Median of each row over the masked places; NaN where there is none."""
    ordered = np.sort(np.where(of, values, np.inf), axis=1)
    n = of.sum(axis=1)
    row = np.arange(n.size)
    middle = (
        ordered[row, np.maximum(n - 1, 0) // 2] + ordered[row, np.minimum(n // 2, values.shape[1] - 1)]
    ) / 2.0
    return np.where(n > 0, middle, np.nan)


def _mad(values: Floats, of: Bools) -> Floats:
    return median(np.abs(values - median(values, of)[:, None]), of)


def _share(such: Bools, of: Bools, n: Ints) -> Floats:
    return np.asarray((such & of).sum(axis=1) / np.maximum(n, 1))


def _around(value: Floats, values: Floats, of: Bools, n: Ints) -> tuple[Floats, Floats]:
    half = _Z95 * _MEDIAN_TO_MEAN * _MAD_TO_SIGMA * _mad(values, of) / np.sqrt(np.maximum(n, 1))
    return np.maximum(value - half, 0.0), value + half


def _metric(value: Floats, unit: Any, interval: tuple[Floats, Floats], score: Floats) -> dict[str, Any]:
    units = np.broadcast_to(np.asarray(unit), value.shape)
    return {"value": value, "unit": units, "low": interval[0], "high": interval[1], "score": score}


def _different(pitch: Floats, judged: Bools) -> Ints:
    """How many semitones each session has."""
    rows, columns = np.nonzero(judged)
    semitone = np.rint(pitch[rows, columns]).astype(np.int64)
    seen = np.zeros((pitch.shape[0], 128), dtype=bool)
    seen[rows, semitone] = True
    return np.asarray(seen.sum(axis=1))


def _detail(metrics: dict[str, Any], columns: pl.DataFrame, n: Ints, weights: dict[str, float]) -> pl.Series:
    """Whole summaries as JSON text, by Polars."""
    enough = n >= anchors.MIN_NOTES
    named = {
        name: _struct({**metric, "n": n, "score": columns[name], "detail": _struct(metric["detail"])})
        for name, metric in metrics.items()
    }
    overall = {
        "score": columns["overall"],
        "weights": _struct({name: np.where(enough, weight, np.nan) for name, weight in weights.items()}),
        "left_out": pl.Series([[] if some else list(metrics) for some in enough], dtype=pl.List(pl.String)),
    }
    counts = {
        "played": columns["total_notes_played"],
        "right": columns["correct_notes_played"],
        "wrong": columns["bad_notes_played"],
        "unjudged": columns["unjudged_notes"],
    }
    whole = _struct({"metrics": _struct(named), "overall": _struct(overall), "counts": _struct(counts)})
    return whole.struct.json_encode()


def _struct(columns: dict[str, Any]) -> pl.Series:
    return pl.DataFrame(columns).with_columns(pl.col(pl.Float64).fill_nan(None)).to_struct()
