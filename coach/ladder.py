"""Tempo ladders: from a tempo at which the hands are sure, in small rungs, to the one that is wanted.

Method
------
Practice at the full tempo from the start is the slowest way there: players who rose by rungs, or changed
between slow and full tempo, played more accurately in the end (Henley 2001), and what marks good practice is
the share of correct repetitions (Duke, Simmons & Cash 2009). A ladder therefore begins where nearly all is
right and ends at the wanted tempo. A rung is about four per cent: just more than the smallest change of tempo
that listeners notice (Drake & Botte 1993), so that the hand hardly notices it.
"""

from math import ceil, log

SLOWEST_BPM, FASTEST_BPM = 20.0, 400.0
"""The clicks that a practice can have."""

START = 0.8
"""The first rung, as a share of the wanted tempo: where a weak spot is practised (`insight.weak_spots`)."""

RUNG = 0.04
"""From one rung to the next, as a share of the tempo."""

LEAST_RISE_BPM = 2.0
"""Less than this is no rung on a metronome."""

MINUTES_A_RUNG = 1.0
"""Long enough for several correct times through a scale in a row."""

MOST_RUNGS = 8


def ladder(wanted_bpm: float, *, minutes: float, start: float = START) -> tuple[float, ...]:
    """Tempi in whole bpm, rising to `wanted_bpm`.

    Parameters
    ----------
    wanted_bpm : the last rung, bpm; held within 20..400
    minutes : time for the whole ladder; it decides how many rungs fit
    start : first rung as a share of the last, 0..1

    Returns
    -------
    one to `MOST_RUNGS` tempi, each higher than the one before
    """
    last = whole(wanted_bpm)
    first = min(whole(start * last), last)
    if last - first < LEAST_RISE_BPM:
        return (last,)
    steps = ceil(log(last / first) / log(1.0 + RUNG))
    steps = min(
        steps, int((last - first) // LEAST_RISE_BPM), MOST_RUNGS - 1, int(minutes / MINUTES_A_RUNG) - 1
    )
    if steps < 1:
        return (first,)
    return tuple(whole(first * (last / first) ** (step / steps)) for step in range(steps + 1))


def rung_above(bpm: float) -> float:
    """The next tempo to try once `bpm` is sure, bpm."""
    return whole(max(bpm * (1.0 + RUNG), bpm + LEAST_RISE_BPM))


def whole(bpm: float) -> float:
    """A tempo that a metronome has: whole beats a minute within 20..400."""
    return float(round(min(max(bpm, SLOWEST_BPM), FASTEST_BPM)))
