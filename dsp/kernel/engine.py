"""The parts of the engine with compiled insides: the same classes, quicker.

Each class is the reference with its costly methods replaced; whatever is not replaced here is the reference.
Every object has buffers of its own, so that each may work in a thread of its own.
"""

import numpy as np
from numpy.typing import NDArray

from dsp import convert, framing, onset, pitch, salience
from dsp.framing import fast_length
from dsp.kernel import compiler, fft, level, spectrum
from dsp.kernel import onset as onset_kernel
from dsp.kernel import pitch as pitch_kernel
from dsp.kernel import rank as rank_kernel
from dsp.kernel.compiler import kernel
from dsp.kernel.fft import Array, plan
from dsp.kernel.onset import Novelty, sparse
from dsp.kernel.pitch import Search
from dsp.kernel.rank import Ranking
from dsp.onset import OnsetDetector
from dsp.pitch import UNVOICED, Pitch, PitchEstimator
from dsp.salience import Candidate, OnsetPitch

Rows = NDArray[np.float64]

_SHORTEST_FFT = 128


class CompiledEstimator(PitchEstimator):
    """`PitchEstimator` for frames of up to `longest` samples."""

    def __init__(self, sample_rate: float, fmin_hz: float, fmax_hz: float, longest: int) -> None:
        super().__init__(sample_rate, fmin_hz, fmax_hz)
        reach = fast_length(longest + self.max_lag + 2)
        lengths = [_SHORTEST_FFT]
        while lengths[-1] < reach:
            lengths.append(fast_length(lengths[-1] + 1))
        self.search = Search(
            float(sample_rate),
            self.min_lag,
            self.max_lag,
            plan(tuple(lengths)),
            np.zeros(2 * lengths[-1], dtype=np.float32),
            np.zeros(self.max_lag + 2, dtype=np.float32),
            np.zeros(self.max_lag + 2),
        )
        self.found = np.zeros((self.max_lag, 3))

    def estimate(self, frame: Array) -> Pitch:
        """As `PitchEstimator.estimate`."""
        count, first = _estimate(frame, self.search, self.found)
        return Pitch(*self.found[first, :2].tolist()) if count else UNVOICED

    def candidates(self, frame: Array) -> list[Pitch]:
        """As `PitchEstimator.candidates`."""
        count, _ = _estimate(frame, self.search, self.found)
        return [Pitch(f0_hz, clarity) for f0_hz, clarity, _ in self.found[:count].tolist()]


class CompiledRanking(OnsetPitch):
    """`OnsetPitch` for a compiled estimator."""

    def __init__(self, estimator: CompiledEstimator, longest: int) -> None:
        super().__init__(estimator, longest)
        bins = self._fft_length // 2 + 1
        highest = max(salience._TEETH_HZ, 4.5 * estimator.sample_rate / estimator.min_lag)
        used = min(bins, int(highest * self._bins_per_hz) + 3)
        lengths = (*estimator.search.plan.lengths.tolist(), self._fft_length)
        self.state = Ranking(
            estimator.search._replace(plan=plan(lengths), work=np.zeros(2 * max(lengths), dtype=np.float32)),
            np.array(self._short, dtype=np.int64),
            self._fft_length,
            np.zeros(longest, dtype=np.float32),
            np.zeros(used, dtype=np.float32),
            np.zeros(used, dtype=np.float32),
            self._lift_half,
            np.zeros(longest, dtype=np.float32),
            np.zeros(longest, dtype=np.float32),
            np.zeros(longest, dtype=np.float32),
            np.zeros(1, dtype=np.int64),
        )
        self.found = np.zeros(((len(self._short) + 1) * estimator.max_lag + 1, 3))

    def rank(self, after: Array, before: Array) -> list[Candidate]:
        """As `OnsetPitch.rank`."""
        count = _rank(after, before, self.state, self.found)
        return [Candidate(Pitch(f0, clarity), score) for f0, clarity, score in self.found[:count].tolist()]

    def _magnitude(self, samples: Array) -> Array:
        out = np.empty(self._fft_length // 2 + 1, dtype=np.float32)
        _spectrum(samples, self.state, out)
        return out


class CompiledDetector(OnsetDetector):
    """`OnsetDetector` with a compiled novelty."""

    def reset(self) -> None:
        """Forget the past."""
        super().reset()
        bank = sparse(self._bank)
        self.state = Novelty(
            self._window,
            self._fft_length,
            plan((self._fft_length,)),
            bank,
            float(self._peak_fall),
            np.full((onset._LAG_HOPS + 1, bank.firsts.size), np.inf, dtype=np.float32),
            np.full(1, onset._SILENCE, dtype=np.float32),
            np.zeros(2 * self._fft_length, dtype=np.float32),
            np.zeros(bank.bins, dtype=np.float32),
        )

    def _novelty(self, frame: Array) -> float:
        return float(_novelty(frame, self.state))


def _magnitude(frame: Array, ranking: Ranking, out: Array) -> None:
    window = ranking.window[: frame.size]
    spectrum.hann(window)
    table = fft.table(ranking.search.plan, ranking.fft_length)
    spectrum.magnitude(frame, window, table, ranking.search.work, out)


_kernels = (compiler, fft, level, onset_kernel, pitch_kernel, rank_kernel, spectrum)
_stamp = compiler.digest(*_kernels, convert, framing, onset, pitch, salience)
_no_frame = np.zeros(0, dtype=np.float32)
_estimator = CompiledEstimator(44100.0, 60.0, 1400.0, 1536)
_ranking = CompiledRanking(_estimator, 1536).state
_detector = CompiledDetector(44100.0, 256).state
_estimate = kernel(pitch_kernel.estimate, _stamp, _no_frame, _estimator.search, _estimator.found)
_rank = kernel(rank_kernel.rank, _stamp, _no_frame, _no_frame, _ranking, _estimator.found)
_spectrum = kernel(_magnitude, _stamp, _no_frame, _ranking, _no_frame)
_novelty = kernel(onset_kernel.novelty, _stamp, _no_frame, _detector)
level_dbfs = kernel(level.level_dbfs, _stamp, _no_frame)
