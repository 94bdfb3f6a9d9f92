"""Swing: every second note late on purpose, by the same amount.

With a click of two (or four) even notes a beat, a player who swings is no worse a timekeeper: the off-beats
are judged against where this player puts them. The delay must be large, and much larger than the scatter, or
it is a habit that the bias and the spread shall show.

Conventions
-----------
The ratio is the long note over the short one: 1 straight, 2 triplets, 3 dotted. Players swing between 1.2 and
3.5, less the faster they play (Friberg & Sundstroem, "Swing ratios and ensemble timing in jazz performance",
Music Perception 19, 2002).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SWUNG_NOTES_PER_BEAT = (2, 4)

_RATIOS = (1.3, 2.8)
"""Less can't be told from playing late, more not from a note that is early on the next place."""
_LEAST_NOTES = 6
"""On and off the beat, each."""
_SCATTERS = 2.5
"""The delay in units of the scatter about it: the two kinds of notes are then apart."""


@dataclass(frozen=True, slots=True)
class Swing:
    """How a player swings.

    Attributes
    ----------
    ratio : long over short
    delay_s : how late the short notes are
    delayed : shape (n,), which notes are short ones
    """

    ratio: float
    delay_s: float
    delayed: NDArray[np.bool_]


def find_swing(
    late_s: Array, places: NDArray[np.intp], step_s: float, *, downbeat_known: bool
) -> Swing | None:
    """The swing of a take, None when it is straight or not clear.

    Parameters
    ----------
    late_s : shape (n,), deviation of each note from its place
    places : shape (n,), number of the place; even ones are on the beat
    step_s : from one place to the next
    downbeat_known : whether even places really are on the beat; else either may be
    """
    odd = places % 2 == 1
    if min(odd.sum(), (~odd).sum()) < _LEAST_NOTES:
        return None
    delay = float(np.median(late_s[odd]) - np.median(late_s[~odd]))
    if not downbeat_known and delay < 0.0:
        odd, delay = ~odd, -delay
    if delay <= 0.0 or delay >= step_s:
        return None
    ratio = (step_s + delay) / (step_s - delay)
    left = late_s - np.where(odd, np.median(late_s[odd]), np.median(late_s[~odd]))
    clear = delay > _SCATTERS * 1.4826 * float(np.median(np.abs(left)))
    return Swing(ratio, delay, odd) if clear and _RATIOS[0] <= ratio <= _RATIOS[1] else None
