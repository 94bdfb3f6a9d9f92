"""Which code hears: compiled kernels, or the NumPy reference that they are compared with.

Both have the same classes and, up to rounding, the same results. Numba loads here, when the first `Analyzer`
is made, never when a module of `dsp` is imported.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from types import ModuleType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp.level import level_dbfs
from dsp.onset import OnsetDetector
from dsp.pitch import PitchEstimator
from dsp.salience import OnsetPitch

_log = logging.getLogger(__name__)


class Backend(NamedTuple):
    """The costly parts of an engine."""

    level_dbfs: Callable[[NDArray[np.float32]], float]
    onsets: OnsetDetector
    ranking: OnsetPitch


@lru_cache(maxsize=1)
def _compiled() -> ModuleType | None:
    """The compiled classes; None where they can't be had, which is said once."""
    try:
        from dsp.kernel import engine  # noqa: PLC0415  Numba takes a second to load
    except ImportError as error:
        if (error.name or "").startswith("dsp"):
            raise
        _log.warning("The engine runs ten times slower than it could, because Numba can't be used: %s", error)
        return None
    return engine


def backend(
    sample_rate: float, hop_length: int, f0_hz: tuple[float, float], longest: int, *, reference: bool
) -> Backend:
    """Parts for one stream; they share no buffer with any other's.

    Parameters
    ----------
    sample_rate : Hz
    hop_length : samples
    f0_hz : lowest and highest f0 looked for
    longest : samples of the longest pitch frame
    reference : take the NumPy code whatever there is
    """
    engine = None if reference else _compiled()
    if engine is None:
        return Backend(
            level_dbfs,
            OnsetDetector(sample_rate, hop_length),
            OnsetPitch(PitchEstimator(sample_rate, *f0_hz), longest),
        )
    return Backend(
        engine.level_dbfs,
        engine.CompiledDetector(sample_rate, hop_length),
        engine.CompiledRanking(engine.CompiledEstimator(sample_rate, *f0_hz, longest), longest),
    )
