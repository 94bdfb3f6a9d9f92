"""From a raw value to a score, a band and a complete `Metric`."""

from collections.abc import Mapping
from typing import Any, Literal

from dsp.anchors import BANDS, MIN_NOTES
from dsp.errors import ParameterError
from dsp.summary import Metric

Band = Literal["excellent", "good", "fair", "needs work"]

NOT_ENOUGH_NOTES = "not enough notes yet"


def score_map(x: float, x50: float) -> float:
    """Score of a raw error: 1 for no error, .5 at `x50`, towards 0 beyond: 1 / (1 + (x / x50)^2).

    Parameters
    ----------
    x : error, >= 0
    x50 : error that earns one half, > 0, unit of `x`
    """
    return 1.0 / (1.0 + (x / x50) ** 2)


def band(score: float) -> Band:
    """The word for a score.

    Raises
    ------
    ParameterError : a score outside 0..1
    """
    if not 0.0 <= score <= 1.0:
        raise ParameterError(f"A score lies between 0 and 1, not at {score:g}: is it a percentage?")
    for edge, word in BANDS:
        if score >= edge:
            return word
    return "needs work"


def metric(
    value: float | None,
    unit: str,
    interval: tuple[float, float] | None,
    *,
    n: int,
    score: float | None,
    detail: Mapping[str, Any],
    minimum: int = MIN_NOTES,
) -> Metric:
    """A `Metric`, its score withheld while there are fewer than `minimum` notes.

    A score from fewer than `MIN_NOTES` notes, which only the live meters ask for, is marked
    `detail["provisional"]`.
    """
    low, high = interval if interval is not None else (None, None)
    if value is None or n < minimum:
        return Metric(value, unit, low, high, n, None, {"reason": NOT_ENOUGH_NOTES, **detail})
    marked = {**detail, "provisional": True} if n < MIN_NOTES else dict(detail)
    return Metric(value, unit, low, high, n, score, marked)
