"""The figures of one session, from its notes alone, by the definitions of `coach.facts.names`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import atan2, cos, isfinite, nan, pi, sin
from statistics import median

from coach.evals.player import PlayedSession
from dsp import anchors
from dsp.convert import note_name
from dsp.events import Note
from dsp.timing import timing_stability

Figures = Mapping[str, float]
"""Fact name to value in the unit of the fact."""


def pitched(played: PlayedSession) -> list[tuple[Note, float]]:
    """The judged notes with their pitch, MIDI."""
    return [(note, note.pitch) for note in played.notes if note.judged and note.pitch is not None]


def cents_off(pitch: float) -> float:
    """Distance to the nearest semitone."""
    return 100.0 * (pitch - round(pitch))


def late_ms(played: PlayedSession) -> list[float]:
    """Distance of each judged note from the nearest place of the click, late is positive; empty without."""
    if played.goal.bpm is None:
        return []
    step = 60.0 / played.goal.bpm / played.goal.notes_per_beat
    onsets = [note.onset_s for note, _ in pitched(played)]
    late = [1000.0 * (onset - step * round(onset / step)) for onset in onsets]
    return together(late, 1000.0 * step) if late else []


def together(values: Sequence[float], period: float) -> list[float]:
    """The values moved by whole periods so that they lie around their own circular mean: +48 and -49 cents
    are both a note that is half a semitone off."""
    turn = 2.0 * pi / period
    centre = atan2(sum(sin(turn * v) for v in values), sum(cos(turn * v) for v in values)) / turn
    moved = [v - period * round((v - centre) / period) for v in values]
    middle = median(moved)
    return [v - period * round(middle / period) for v in moved]


def take_figures(played: PlayedSession) -> Figures:
    """Figures of a session; none where fewer than `anchors.MIN_NOTES` notes were judged.

    Timing without a click is that of `dsp.timing`, since the beat is a finding and no given. Left out is what
    `dsp` draws at random: its intervals.
    """
    notes = pitched(played)
    if len(notes) < anchors.MIN_NOTES:
        return {}
    told = {**_pitch(notes), **_scale(played, notes), **_timing(played), **_noise(played, notes)}
    told["session.notes"] = float(len(notes))
    if played.goal.bpm is not None:
        told["session.bpm"] = played.goal.bpm
    weights = dict.fromkeys(_THREE, (1.0 - anchors.PITCH_WEIGHT) / 3.0)
    if all(f"{name}.score" in told for name in _THREE):
        told["overall.score"] = anchors.PITCH_WEIGHT * told["pitch_accuracy.score"] + sum(
            weight * told[f"{name}.score"] for name, weight in weights.items()
        )
    return told


_THREE = ("scale_conformity", "timing_stability", "noise_control")


def _pitch(notes: Sequence[tuple[Note, float]]) -> dict[str, float]:
    cents = [cents_off(pitch) for _, pitch in notes]
    off = [abs(each) for each in cents]
    typical = median(off)
    return {
        "pitch.cents": typical,
        "pitch.bias_cents": median(together(cents, 100.0)),
        "pitch.within_10": _share(each <= 10.0 for each in off),
        "pitch.within_25": _share(each <= 25.0 for each in off),
        "pitch_accuracy.score": half_at(typical, anchors.PITCH_X50_CENTS),
    }


def _scale(played: PlayedSession, notes: Sequence[tuple[Note, float]]) -> dict[str, float]:
    scale = played.goal.scale
    wrong = [round(pitch) for _, pitch in notes if round(pitch) % 12 not in scale.pitch_classes]
    right = 1.0 - len(wrong) / len(notes)
    named = Counter(note_name(midi, flats=scale.flats) for midi in wrong)
    return {
        "scale.adherence": right,
        "scale.wrong": float(len(wrong)),
        "scale_conformity.score": right,
        **{f"scale.wrong_note.{name}": float(count) for name, count in named.items()},
    }


def _timing(played: PlayedSession) -> dict[str, float]:
    if played.goal.bpm is None:
        free = timing_stability(played.notes)
        return {"timing_stability.score": free.score or 0.0, "timing.step_share": free.value or 0.0}
    late = late_ms(played)
    bias = median(late)
    spread = 1.4826 * median(abs(each - bias) for each in late)
    step = 60_000.0 / played.goal.bpm / played.goal.notes_per_beat
    least, most = anchors.TIMING_X50_RANGE_MS
    return {
        "timing.bias_ms": bias,
        "timing.spread_ms": spread,
        "timing.early_share": _share(each < -anchors.TIMING_EARLY_LATE_MS for each in late),
        "timing.late_share": _share(each > anchors.TIMING_EARLY_LATE_MS for each in late),
        "timing_stability.score": half_at(spread, min(most, max(least, anchors.TIMING_X50_STEP * step))),
    }


def _noise(played: PlayedSession, notes: Sequence[tuple[Note, float]]) -> dict[str, float]:
    per_100 = 100.0 / len(notes)
    stray = per_100 * sum(note.kind in {"muted", "percussive"} for note in played.notes)
    rings = per_100 * sum((note.ring_over_db or nan) > anchors.NOISE_RING_OVER_DB for note, _ in notes)
    rests = [note.rest_dbfs for note, _ in notes if note.rest_dbfs is not None]
    told = {"noise.stray": stray, "noise.ring_overs": rings}
    if len(rests) < anchors.NOISE_MIN_RESTS:
        return told
    rest = median(note.level_dbfs for note, _ in notes) - median(rests)
    rough = median(max(0.0, anchors.NOISE_HNR_REFERENCE_DB - (note.hnr_db or nan)) for note, _ in notes)
    low, high = anchors.NOISE_REST_RANGE_DB
    parts = (
        min(1.0, max(0.0, (rest - low) / (high - low))),
        half_at(rough, anchors.NOISE_HNR_X50_DB),
        half_at(stray + rings, anchors.NOISE_STRAY_X50),
    )
    told["noise.rest_db"] = rest
    if all(isfinite(part) for part in parts):
        told["noise_control.score"] = sum(parts) / len(parts)
    return told


def half_at(value: float, x50: float) -> float:
    """The score that halves at `x50`."""
    return 1.0 / (1.0 + (value / x50) ** 2)


def _share(such: Iterable[bool]) -> float:
    each = list(such)
    return sum(each) / len(each)
