"""What the fretting hand did to a note: a bend and its target, a vibrato, its rate and its extent.

Method
------
Vibrato: the turning points of the pitch curve. It is one when they follow each other regularly at 4 to 8
turns a second, the range of players and singers (Prame, "Measurements of the vibrato rate of ten singers",
JASA 96, 1994; Desain & Honing, "Modeling continuous aspects of music performance: vibrato and portamento",
1996). Its extent is half of the way from trough to crest, its centre lies midway, where the ear puts the
pitch. Bend: the pitch went away through what lies between, and its target is where it was held; without such
a place, the furthest point.

Conventions
-----------
Pitch curves are in cents from the claimed pitch, one value a hop. Each is seen through a frame, which
flattens a vibrato by a known share; that is put right.
"""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from dsp.framing import HOP_S

Array = NDArray[np.float64]

VIBRATO_HZ = (4.0, 8.0)
LEAST_BEND_CENTS = 40.0
"""Less is a string pressed hard, or the first claim being a little off."""
LEAST_RELEASE_CENTS = 75.0
"""Downwards more is asked for: a hard pluck starts sharp and settles by up to half a semitone."""
MOST_BEND_CENTS = 450.0
"""No finger bends further; a pitch beyond is a slip of the estimate."""
AIMED_BEND_CENTS = 75.0
"""A bend of less (a blues curl) aims at no fret: it is judged where it was plucked."""

_SMOOTH_HOPS = 5
_TURN_CENTS = 10.0
"""A turning point is one when the pitch has come back by this much."""
_LEAST_TURNS = 4
_EVENNESS = 0.6
"""Half swings differ from their median by no more than this share of it, in time and in size."""
_HELD_S, _HELD_CENTS = 0.08, 20.0
"""A bend has arrived where the pitch stays within this range for so long."""
_SAME_TARGET_CENTS = 15.0
_BETWEEN_HOPS = 4
"""A bent string passes between, for longer than the frame blurs a jump."""


@dataclass(frozen=True, slots=True)
class Vibrato:
    """Rate in Hz, extent (half peak to peak) and centre in cents."""

    rate_hz: float
    extent_cents: float
    centre_cents: float


def find_vibrato(cents: Array, frame_s: float, period_s: float) -> Vibrato | None:
    """The vibrato of one note, or None.

    Parameters
    ----------
    cents : shape (n,), one value a hop
    frame_s : length of the frame behind each value, seconds
    period_s : period of the pitch, seconds
    """
    if cents.size < 4 * _SMOOTH_HOPS or np.ptp(cents) < _TURN_CENTS:
        return None
    smooth = np.convolve(cents, np.full(_SMOOTH_HOPS, 1.0 / _SMOOTH_HOPS), mode="valid")
    run = _even_run(_turns(smooth))
    if len(run) < _LEAST_TURNS:
        return None
    places, values = [place for place, _ in run], [value for _, value in run]
    rate_hz = float((len(run) - 1) / (2.0 * HOP_S * (places[-1] - places[0])))
    if not VIBRATO_HZ[0] <= rate_hz <= VIBRATO_HZ[1]:
        return None
    swing = median(abs(after - before) for before, after in pairwise(values))
    centre = (median(values[::2]) + median(values[1::2])) / 2.0
    return Vibrato(rate_hz, swing / 2.0 / _response(rate_hz, frame_s, period_s), centre)


def _response(rate_hz: float, frame_s: float, period_s: float) -> float:
    """Share of a swing that is left: a lag is averaged over the rest of its frame, hops over their mean."""
    smoothed = np.sinc(rate_hz * _SMOOTH_HOPS * HOP_S)
    return float(np.sinc(rate_hz * period_s) * np.sinc(rate_hz * (frame_s - period_s)) * smoothed)


def _turns(curve: Array) -> list[tuple[int, float]]:
    """Crests and troughs in turn, as (hop, cents); the ends of the curve are none."""
    turns: list[tuple[int, float]] = []
    high = low = (0, float(curve[0]))
    direction = 0
    for point in enumerate(curve.tolist()):
        if direction >= 0:
            high = point if point[1] > high[1] else high
            if high[1] - point[1] > _TURN_CENTS:
                turns += [high] if direction else []
                direction, low = -1, point
        if direction <= 0:
            low = point if point[1] < low[1] else low
            if point[1] - low[1] > _TURN_CENTS:
                turns += [low] if direction else []
                direction, high = 1, point
    return turns


def _even_run(turns: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """The longest stretch of turning points that follow each other at a vibrato's rate, alike in size."""
    slowest, quickest = (0.5 / rate / HOP_S for rate in VIBRATO_HZ)
    best: list[tuple[int, float]] = []
    run = turns[:1]
    for (before, from_cents), turn in pairwise(turns):
        gap, swing = turn[0] - before, abs(turn[1] - from_cents)
        known = [abs(b[1] - a[1]) for a, b in pairwise(run)]
        alike = not known or abs(swing / median(known) - 1.0) < _EVENNESS
        in_time = (1.0 - _EVENNESS) * quickest < gap < (1.0 + _EVENNESS) * slowest
        run = [*run, turn] if alike and in_time else [(before, from_cents), turn]
        best = max(best, run, key=len)
    return best


def find_bend(cents: Array, vibrato: Vibrato | None = None) -> float | None:
    """How far the string was bent at its target, in cents; None when it was not.

    Parameters
    ----------
    cents : shape (n,), one value a hop, from soon after the onset to the end
    vibrato : of the same note; its centre is then the target
    """
    held = round(_HELD_S / HOP_S)
    away = np.abs(cents)
    curve = cents[away < MOST_BEND_CENTS]
    if curve.size < held or away.max() < LEAST_BEND_CENTS:
        return None
    if vibrato is not None:
        # A finger that shakes a string only stretches it: such a centre lies one extent above the pluck.
        target = vibrato.centre_cents if abs(vibrato.centre_cents) > 1.5 * vibrato.extent_cents else 0.0
    else:
        target = _target(curve, held)
    if not (target >= LEAST_BEND_CENTS or target <= -LEAST_RELEASE_CENTS):
        return None
    share = curve / target
    return target if np.sum((share > 0.15) & (share < 0.85)) >= _BETWEEN_HOPS else None


def judged_pitch(plucked_midi: float, bend_cents: float) -> float:
    """The pitch that a bent note is judged by: its target, or the plucked one if that aims at no fret."""
    return plucked_midi + (bend_cents / 100.0 if abs(bend_cents) >= AIMED_BEND_CENTS else 0.0)


def _target(curve: Array, held: int) -> float:
    windows = sliding_window_view(curve, held)
    still = np.median(windows[np.ptp(windows, axis=1) < _HELD_CENTS], axis=1)
    away = still[np.abs(still) >= LEAST_BEND_CENTS]
    if away.size:
        furthest = away[np.argmax(np.abs(away))]
        return float(np.median(away[np.abs(away - furthest) < _SAME_TARGET_CENTS]))
    smooth = np.median(sliding_window_view(curve, _SMOOTH_HOPS), axis=1)
    return float(smooth[np.argmax(np.abs(smooth))])
