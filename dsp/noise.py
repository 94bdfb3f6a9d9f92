"""Noise control: how clean the sound between and inside the notes is.

Three parts, each 0..1, of which the score is the mean of those that could be measured:

1. rest floor: median level of the notes minus median level in the rests, with the hum of the interface taken
   out (it is never the player's fault). In gapless playing what sounds between the partials of the notes
   stands in for the rests (see `dsp.background`); where even that is unknown, the running-minimum floor,
   which then says little. 10 dB earns 0, 40 dB earns 1.
2. clean sustain: harmonics-to-noise ratio of the steady part (Boersma 1993), in dB below the player's own
   clean note on that string, or below a clean plucked string in general.
3. stray events: attacks without a pitch (muted, percussive) and strings that ring on, per 100 judged notes.
   Several strings at once may be a chord, and what the engine is not sure of is no error: neither counts.

No published scale of guitar noise was found: the score is provisional until it is fitted to rated takes.

Detail
------
rest_floor_db, rest_floor_score, floor_from ("rests" | "between the partials" | "running minimum") ; hnr_db,
hnr_below_db, hnr_score, hnr_reference ("calibrated" | "general") ; stray_per_100, stray_score, stray_events,
ring_overs ; parts (names of the measured parts). Figures of a part that could not be measured are None.
What it was, by name (see `dsp.sources`): hum_hz (50 | 60 | None), hum_dbfs, hiss_dbfs, background_db (how far
both together lie below the notes), buzz_share and ring_over_share (of the notes).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dsp.anchors import (
    MIN_NOTES,
    NOISE_HNR_REFERENCE_DB,
    NOISE_HNR_X50_DB,
    NOISE_MIN_RESTS,
    NOISE_REST_RANGE_DB,
    NOISE_RING_OVER_DB,
    NOISE_STRAY_X50,
)
from dsp.convert import SILENCE_DBFS
from dsp.errors import ParameterError
from dsp.events import Note
from dsp.intervals import bootstrap
from dsp.score import metric
from dsp.sources import name_sources
from dsp.summary import Metric

Array = NDArray[np.float64]

_STRAY_KINDS = frozenset({"muted", "percussive"})
"""Several strings at once may well be a chord: unjudged, and no error."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What each judged note says about noise, shape (n,) each; NaN = it says nothing."""

    level: Array
    floor: Array
    below_clean: Array
    hnr: Array
    ring_over: Array
    stray_after: Array


def noise_control(
    notes: Sequence[Note],
    *,
    hum_dbfs: float | None = None,
    strings: Sequence[int | None] | None = None,
    clean_hnr_db: Mapping[int, float] | None = None,
    minimum: int = MIN_NOTES,
) -> Metric:
    """Mean of the noise parts that could be measured.

    Parameters
    ----------
    notes : events of a take in order of time, unjudged ones included: they are the stray events
    hum_dbfs : level of the untouched instrument, measured at set-up; None = unknown
    strings : string of each event (None = unknown), same length as `notes`
    clean_hnr_db : the player's own clean harmonics-to-noise ratio of a string, in dB
    minimum : judged notes below which the score is withheld

    Returns
    -------
    Metric, unit "score"

    Raises
    ------
    ParameterError : `strings` of another length than `notes`
    """
    if strings is not None and len(strings) != len(notes):
        raise ParameterError(
            f"strings has {len(strings)} entries for {len(notes)} notes: give one for each note."
        )
    judged = [i for i, note in enumerate(notes) if note.judged]
    n = len(judged)
    if n == 0:
        return metric(None, "score", None, n=0, score=None, detail={"parts": ()}, minimum=minimum)
    references = [_reference(None if strings is None else strings[i], clean_hnr_db or {}) for i in judged]
    sources = name_sources([notes[i] for i in judged])
    heard_hum = sources.hum_dbfs if hum_dbfs is None else hum_dbfs
    floor, floor_from = _floors([notes[i] for i in judged], heard_hum)
    hnr = _column(notes[i].hnr_db for i in judged)
    evidence = _Evidence(
        level=_column(notes[i].level_dbfs for i in judged),
        floor=floor,
        below_clean=np.maximum(np.array(references) - hnr, 0.0),
        hnr=hnr,
        ring_over=np.array([_rings_over(notes[i]) for i in judged], dtype=np.float64),
        stray_after=_strays(notes, judged),
    )
    parts = _parts(evidence, np.arange(n)[None, :])
    value = float(np.nanmean(_scores(parts)))
    calibrated = any(reference != NOISE_HNR_REFERENCE_DB for reference in references)
    detail = _detail(evidence, parts, floor_from, "calibrated" if calibrated else "general")
    detail |= asdict(sources) | {"ring_over_share": float(evidence.ring_over.mean())}
    interval = bootstrap(lambda draw: np.nanmean(_scores(_parts(evidence, draw)), axis=0), n)
    return metric(value, "score", interval, n=n, score=value, detail=detail, minimum=minimum)


def _column(values: Iterable[float | None]) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _reference(string: int | None, clean_hnr_db: Mapping[int, float]) -> float:
    return NOISE_HNR_REFERENCE_DB if string is None else clean_hnr_db.get(string, NOISE_HNR_REFERENCE_DB)


def _floors(judged: Sequence[Note], hum_dbfs: float | None) -> tuple[Array, str]:
    rests = _column(note.rest_dbfs for note in judged)
    if np.isfinite(rests).sum() >= NOISE_MIN_RESTS:
        floor, source = rests, "rests"
    elif any(note.noise_dbfs is not None for note in judged):
        return _column(note.noise_dbfs for note in judged), "between the partials"
    else:
        floor, source = _column(note.floor_dbfs for note in judged), "running minimum"
    if hum_dbfs is not None:
        silence = 10.0 ** (SILENCE_DBFS / 10.0)
        power = 10.0 ** (floor / 10.0) - 10.0 ** (hum_dbfs / 10.0)
        floor = 10.0 * np.log10(np.maximum(power, silence))
    return floor, source


def _rings_over(note: Note) -> bool:
    return note.ring_over_db is not None and note.ring_over_db > NOISE_RING_OVER_DB


def _strays(notes: Sequence[Note], judged: Sequence[int]) -> Array:
    """Stray events since the judged note before each (those before the first note go to it)."""
    stray = np.array([note.kind in _STRAY_KINDS for note in notes])
    owner = np.maximum(np.searchsorted(judged, np.flatnonzero(stray)) - 1, 0)
    return np.bincount(owner, minlength=len(judged)).astype(np.float64)


def _parts(evidence: _Evidence, draw: NDArray[np.intp]) -> Array:
    """Raw value of the parts: dB above the floor, dB below a clean note, strays per 100; shape (3, draws)."""
    parts = np.full((3, draw.shape[0]), np.nan)
    if np.isfinite(evidence.floor).any():
        parts[0] = np.median(evidence.level[draw], axis=1) - _median(evidence.floor, draw)
    if np.isfinite(evidence.below_clean).any():
        parts[1] = _median(evidence.below_clean, draw)
    parts[2] = 100.0 * (evidence.ring_over + evidence.stray_after)[draw].mean(axis=1)
    return parts


def _median(values: Array, draw: NDArray[np.intp]) -> Array:
    """Median of each draw without the missing values; NaN where all are missing. Sorting puts NaN last."""
    drawn = np.sort(values[draw], axis=1)
    count, row = np.isfinite(drawn).sum(axis=1), np.arange(drawn.shape[0])
    middle = (drawn[row, np.maximum(count - 1, 0) // 2] + drawn[row, count // 2]) / 2
    return np.where(count > 0, middle, np.nan)


def _scores(parts: Array) -> Array:
    low, high = NOISE_REST_RANGE_DB
    rest_floor = np.clip((parts[0] - low) / (high - low), 0.0, 1.0)
    errors = parts[1:] / np.array([[NOISE_HNR_X50_DB], [NOISE_STRAY_X50]])
    return np.vstack([rest_floor, 1.0 / (1.0 + errors**2)])


def _detail(evidence: _Evidence, parts: Array, floor_from: str, reference: str) -> dict[str, Any]:
    raw = [float(part) if np.isfinite(part) else None for part in parts[:, 0]]
    scores = [float(score) if np.isfinite(score) else None for score in _scores(parts)[:, 0]]
    hnr = evidence.hnr[np.isfinite(evidence.hnr)]
    names = ("rest_floor", "clean_sustain", "stray_events")
    return {
        "rest_floor_db": raw[0],
        "rest_floor_score": scores[0],
        "floor_from": floor_from if raw[0] is not None else None,
        "hnr_db": float(np.median(hnr)) if hnr.size else None,
        "hnr_below_db": raw[1],
        "hnr_score": scores[1],
        "hnr_reference": reference if raw[1] is not None else None,
        "stray_per_100": raw[2],
        "stray_score": scores[2],
        "stray_events": int(evidence.stray_after.sum()),
        "ring_overs": int(evidence.ring_over.sum()),
        "parts": tuple(name for name, score in zip(names, scores, strict=True) if score is not None),
    }
