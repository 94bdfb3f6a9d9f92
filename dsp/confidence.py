"""How likely a claimed note is right.

Method
------
A logistic function of three figures that are known when the claim is made (Platt 1999), fitted to events that
came true or did not: `benchmarks/fit_confidence.py` says on which, and how well it holds on guitars that it
was not fitted on. `docs/accuracy.md` shows it.
"""

from math import exp

from dsp.confidence_constants import INTERCEPT, WEIGHTS

UNSURE_BELOW = 0.6
"""A claim less likely than this is told as "not sure" and judged by nothing. F1 is largest if everything
likelier than half of the best F1 is let in (Lipton et al. 2014); a little more is asked, since a false red is
worse than a "not sure"."""

LEGATO_RISE_DB = 3.0
"""What a note without an attack is given for its rise: as much trust as a pluck that is only just heard. Of
the legato notes among the events of the fit as many were right as that says, within their interval."""

_LEAST_RISE_DB, _MOST_RISE_DB = -3.0, 12.0
_LEAST_DB = -40.0
"""Beyond these bounds more or less of a figure says nothing more."""


def confidence(clarity: float, rise_db: float, below_peak_db: float) -> float:
    """Probability in 0..1 that pitch and onset are right.

    Parameters
    ----------
    clarity : height of the NSDF peak, 0..1
    rise_db : how much the harmonics of the pitch rose with the onset, dB: little for a string that rings on
    below_peak_db : level less the running peak of the take, dB, 0 or negative
    """
    found = features(clarity, rise_db, below_peak_db)
    logit = INTERCEPT + sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
    return 1.0 / (1.0 + exp(-logit))


def features(clarity: float, rise_db: float, below_peak_db: float) -> tuple[float, float, float]:
    """What is weighed: clarity, rise and level within the bounds where more of them still says more."""
    rise = min(max(rise_db, _LEAST_RISE_DB), _MOST_RISE_DB)
    return float(clarity), float(rise), float(min(max(below_peak_db, _LEAST_DB), 0.0))
