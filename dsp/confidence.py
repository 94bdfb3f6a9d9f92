"""How likely a claimed note is right.

Method
------
A logistic function of three figures that are known when the claim is made (Platt 1999), fitted to events that
came true or did not: `benchmarks/fit_confidence.py` says on which, and how well it holds on guitars that it
was not fitted on. `docs/accuracy.md` shows it.
"""

from math import exp

from dsp.confidence_constants import INTERCEPT, WEIGHTS

UNSURE_BELOW = 0.5
"""A claim that is more likely wrong than right is told as "not sure" and judged by nothing. F1 is largest if
everything likelier than half of the best F1 is let in (Lipton et al. 2014), which is about the same."""

_MOST_LEAD = 1.0
_LEAST_DB = -40.0


def confidence(clarity: float, lead: float, below_peak_db: float) -> float:
    """Probability in 0..1 that pitch and onset are right.

    Parameters
    ----------
    clarity : height of the NSDF peak, 0..1
    lead : score of the claimed pitch less that of its best rival
    below_peak_db : level less the running peak of the take, dB, 0 or negative
    """
    found = features(clarity, lead, below_peak_db)
    logit = INTERCEPT + sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
    return 1.0 / (1.0 + exp(-logit))


def features(clarity: float, lead: float, below_peak_db: float) -> tuple[float, float, float]:
    """What is weighed: clarity, lead and level within the bounds where more of them still says more."""
    return clarity, min(lead, _MOST_LEAD), min(max(below_peak_db, _LEAST_DB), 0.0)
