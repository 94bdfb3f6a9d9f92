"""The parts of the engine with compiled insides: the same classes, quicker.

Each class is the reference with its costly methods replaced; whatever is not replaced here is the reference.
"""

import numpy as np
from numpy.typing import NDArray

from dsp import onset, pitch, salience
from dsp.kernel import compiler, fft, spectrum
from dsp.kernel import pitch as pitch_kernel
from dsp.kernel.compiler import kernel
from dsp.kernel.fft import Array, Plan, fast_length, plan
from dsp.kernel.pitch import Search
from dsp.pitch import UNVOICED, Pitch, PitchEstimator
from dsp.salience import OnsetPitch

Array64 = NDArray[np.float64]

_STAMP = compiler.digest(compiler, fft, spectrum, pitch_kernel, pitch, salience, onset)
_NO_FRAME = np.zeros(0, dtype=np.float32)


def _search(rate: float, min_lag: int, max_lag: int, longest: int) -> Search:
    """Buffers and tables for frames of up to `longest` samples."""
    reach = fast_length(longest + max_lag + 2)
    lengths = tuple(length for length in (fast_length(2**a) for a in range(6, 20)) if length < reach)
    return Search(
        float(rate),
        min_lag,
        max_lag,
        plan((*lengths, reach)),
        np.zeros(2 * reach, dtype=np.float32),
        np.zeros(max_lag + 2, dtype=np.float32),
        np.zeros(max_lag + 2, dtype=np.float64),
    )


def _candidates(frame: Array, search: Search, found: Array64) -> int:
    return pitch_kernel.candidates(frame, search, found)


def _estimate(frame: Array, search: Search, found: Array64) -> tuple[float, float]:
    return pitch_kernel.estimate(frame, search, found)


def _magnitude(frame: Array, window: Array, plan: Plan, work: Array, out: Array) -> None:
    spectrum.hann(window)
    spectrum.magnitude(frame, window, fft.table(plan, 0), work, out)


_EXAMPLE = _search(44100.0, 30, 600, 2048)
_FOUND = np.zeros((2, 2))
_candidates = kernel(_candidates, _STAMP, _NO_FRAME, _EXAMPLE, _FOUND)
_estimate = kernel(_estimate, _STAMP, _NO_FRAME, _EXAMPLE, _FOUND)
_magnitude = kernel(_magnitude, _STAMP, _NO_FRAME, _NO_FRAME, _EXAMPLE.plan, _NO_FRAME, _NO_FRAME)


class CompiledEstimator(PitchEstimator):
    """`PitchEstimator` for frames of up to `longest` samples."""

    def __init__(self, sample_rate: float, fmin_hz: float, fmax_hz: float, longest: int) -> None:
        super().__init__(sample_rate, fmin_hz, fmax_hz)
        self._search = _search(sample_rate, self.min_lag, self.max_lag, longest)
        self._found = np.zeros((self.max_lag, 2))

    def estimate(self, frame: Array) -> Pitch:
        """As `PitchEstimator.estimate`."""
        f0_hz, clarity = _estimate(frame, self._search, self._found)
        return Pitch(f0_hz, clarity) if f0_hz else UNVOICED

    def candidates(self, frame: Array) -> list[Pitch]:
        """As `PitchEstimator.candidates`."""
        count = _candidates(frame, self._search, self._found)
        return [Pitch(f0_hz, clarity) for f0_hz, clarity in self._found[:count].tolist()]


class CompiledRanking(OnsetPitch):
    """`OnsetPitch` with compiled spectra."""

    def __init__(self, estimator: PitchEstimator, longest: int) -> None:
        super().__init__(estimator, longest)
        self._plan = plan((self._fft_length,))
        self._window = np.zeros(longest, dtype=np.float32)
        self._work = np.zeros(2 * self._fft_length, dtype=np.float32)

    def _magnitude(self, samples: Array) -> Array:
        out = np.empty(self._fft_length // 2 + 1, dtype=np.float32)
        _magnitude(samples, self._window[: samples.size], self._plan, self._work, out)
        return out
