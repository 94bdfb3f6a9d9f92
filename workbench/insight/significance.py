"""Whether a difference can be told from chance, with nothing but NumPy.

Sources: the normal equivalent of Student's t by Wallace (1959); false discovery rate by Benjamini & Hochberg
(1995); family-wise error by Holm (1979); the permutation test with the observed order counted among the
shuffles (Phipson & Smyth 2010), so that a p-value is never zero.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

SHUFFLES = 9999
"""Random orders of a permutation test: a p-value of 0.05 is then known to about 0.004."""

_SEED = 440
"""The same sessions must give the same answer whenever they are asked about."""

Floats = NDArray[np.float64]


def upper_tail(t: ArrayLike, freedom: ArrayLike) -> Floats:
    """Probability that Student's t is this large or larger by chance.

    Wallace's normal equivalent errs by less than 0.002 from three degrees of freedom on.

    Parameters
    ----------
    t, freedom : arrays of one shape; nan where nothing could be measured gives 1
    """
    size, nu = np.broadcast_arrays(np.asarray(t, dtype=np.float64), np.asarray(freedom, dtype=np.float64))
    nu = np.maximum(nu, 1.0)
    normal = np.sign(size) * (8.0 * nu + 1.0) / (8.0 * nu + 3.0) * np.sqrt(nu * np.log1p(size**2 / nu))
    tails = [1.0 if math.isnan(z) else 0.5 * math.erfc(z / math.sqrt(2.0)) for z in normal.ravel()]
    return np.array(tails, dtype=np.float64).reshape(size.shape)


def discoveries(p: ArrayLike, rate: float = 0.05) -> NDArray[np.bool_]:
    """Which of many tests may be called found when at most `rate` of what is called so may be chance."""
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    passed = np.flatnonzero(values[order] <= rate * np.arange(1, values.size + 1) / max(values.size, 1))
    found = np.zeros(values.size, dtype=np.bool_)
    found[order[: passed[-1] + 1 if passed.size else 0]] = True
    return found


def for_several(p: Sequence[float | None]) -> list[float | None]:
    """P-values of several questions asked at once, raised so that not one in twenty such askings errs (Holm).

    None (a question that could not be asked) stays None and costs the others nothing.
    """
    asked = sorted((value, index) for index, value in enumerate(p) if value is not None)
    raised: list[float | None] = [None] * len(p)
    least = 0.0
    for rank, (value, index) in enumerate(asked):
        least = max(least, min(1.0, (len(asked) - rank) * value))
        raised[index] = least
    return raised


def permutation_p(before: ArrayLike, after: ArrayLike) -> float:
    """Two-sided p-value of the difference of two means under exchange of their members.

    Parameters
    ----------
    before, after : one value for each independent unit, such as a session; one or more of each
    """
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    together = np.concatenate([first, second])
    observed = abs(second.mean() - first.mean())
    rng = np.random.default_rng(_SEED)
    shuffled = rng.permuted(np.broadcast_to(together, (SHUFFLES, together.size)), axis=1)
    sums = shuffled[:, : first.size].sum(axis=1)
    chance = np.abs((together.sum() - sums) / second.size - sums / first.size)
    # Orders that differ in rounding only are the same order.
    return float((1 + np.count_nonzero(chance >= observed - 1e-12)) / (SHUFFLES + 1))
