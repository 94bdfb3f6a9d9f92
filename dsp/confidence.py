"""How likely a claimed note is right.

A logistic function of three figures that are known when the claim is made. The constants are provisional:
chosen on annotated takes, not yet calibrated on players that were never heard.
"""

import numpy as np

_INTERCEPT = -3.0
_PER_CLARITY = 6.0
_PER_LEAD = 1.0
_PER_DB_BELOW_PEAK = 0.25

UNSURE_BELOW = 0.5
"""A claim less likely than this is told as "not sure" and judged by nothing."""


def confidence(clarity: float, lead: float, below_peak_db: float) -> float:
    """Probability in 0..1 that pitch and onset are right.

    Parameters
    ----------
    clarity : height of the NSDF peak, 0..1
    lead : score of the claimed pitch less that of its best rival
    below_peak_db : level less the running peak of the take, dB, 0 or negative
    """
    logit = (
        _INTERCEPT + _PER_CLARITY * clarity + _PER_LEAD * min(lead, 1.0) + _PER_DB_BELOW_PEAK * below_peak_db
    )
    return float(1.0 / (1.0 + np.exp(-logit)))
