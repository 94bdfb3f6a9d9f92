"""Does the player run away from the click or fall behind it?

Method
------
Least-squares line through the deviations over time. Neighbouring notes share their error, so the line goes
through means of `BLOCK` notes; it has a direction only when its 95 % interval (Student's t) leaves out zero.
"""

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from coach.fact import Fact
from coach.facts.spoken import number
from dsp.anchors import BLOCK
from workbench.insight.spread import t95

MIN_BLOCKS = 6
"""Blocks below which a line follows single phrases."""


def drift(onset_s: ArrayLike, late_ms: ArrayLike) -> Fact | None:
    """The fact "timing.drift"; None where no direction is sure.

    Parameters
    ----------
    onset_s : shape (n,), ascending, s
    late_ms : shape (n,), distance from the click, late is positive; nan = unknown
    """
    onsets, late = np.asarray(onset_s, dtype=np.float64), np.asarray(late_ms, dtype=np.float64)
    known = np.isfinite(late)
    blocks = int(known.sum()) // BLOCK
    if blocks < MIN_BLOCKS:
        return None
    minutes = (onsets[known][: blocks * BLOCK] / 60.0).reshape(blocks, BLOCK).mean(axis=1)
    means = late[known][: blocks * BLOCK].reshape(blocks, BLOCK).mean(axis=1)
    away = minutes - minutes.mean()
    power = float(away @ away)
    if power == 0.0:
        return None
    slope = float(away @ (means - means.mean())) / power
    left = means - means.mean() - slope * away
    half = _t95(blocks - 2) * float(np.sqrt(left @ left / (blocks - 2) / power))
    if abs(slope) <= half:
        return None
    slower = slope > 0.0
    return Fact(
        name="timing.drift",
        value=slope,
        unit="ms per minute",
        n=int(known.sum()),
        words=f"you {'slow down' if slower else 'speed up'} by {number(abs(slope))} ms per minute",
        low=slope - half,
        high=slope + half,
        direction="slowing down" if slower else "speeding up",
        metric="timing_stability",
    )


def _t95(freedom: int) -> float:
    return float(pl.select(t95(pl.lit(freedom, dtype=pl.Int64))).item())
