"""Which of several periods was plucked, compiled: the mathematics of `dsp.salience.OnsetPitch.rank`.

Whoever changes a formula there changes it here; the constants are taken from there. Rows of `found` are
candidates: f0 in Hz, clarity, score.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp import salience
from dsp.kernel.compiler import inlined, part
from dsp.kernel.fft import Array, table
from dsp.kernel.pitch import Search, candidates
from dsp.kernel.spectrum import hann, magnitude

Rows = NDArray[np.float64]

_HARMONIC_WEIGHT = salience._HARMONIC_WEIGHT
_HARMONICS = salience._HARMONICS
_FMAX_HZ = salience._FMAX_HZ
_RINGING_SHARE = np.float32(salience._RINGING_SHARE)
_SALIENCE_WEIGHT = salience._SALIENCE_WEIGHT
_OCTAVE_WEIGHT = salience._OCTAVE_WEIGHT
_TEETH_HZ = salience._TEETH_HZ
_LONELY_TEETH = salience._LONELY_TEETH
_BETWEEN_TEETH = salience._BETWEEN_TEETH
_RESOLVED_PERIODS = salience._RESOLVED_PERIODS
_SAME_SEMITONES = salience._SAME_SEMITONES
_SAME_RATIO = salience._SAME_RATIO
_CLEAR = salience._CLEAR
_LOSS_LOW, _LOSS_HIGH = salience._LOSS_LOW, salience._LOSS_HIGH


class Ranking(NamedTuple):
    """What `rank` needs, and the buffers for it.

    Attributes
    ----------
    search : gives the candidates
    windows : int64, lengths of the short windows, samples
    fft_length : of the spectra
    window, now, then : float32; a Hann window, the spectra after and before the onset, as far as teeth reach
    half : samples to either side of the running mean that `salience.lifted` takes away
    after, before : float32, the lifted samples
    earlier : float32, what `then` is the spectrum of, as it was given
    earlier_size : int64, shape (1,), how much of `earlier` that is; 0 at first
    """

    search: Search
    windows: NDArray[np.int64]
    fft_length: int
    window: Array
    now: Array
    then: Array
    half: int
    after: Array
    before: Array
    earlier: Array
    earlier_size: NDArray[np.int64]


@part
def _lift(samples: Array, half: int, out: Array) -> None:
    """As `salience.lifted`."""
    size = samples.size
    total = 0.0
    for i in range(min(half, size)):
        total += samples[i]
    for i in range(min(half + 1, size)):
        if i + half < size:
            total += samples[i + half]
        out[i] = np.float32(samples[i] - total / min(i + half + 1, size))
    share = 1.0 / (2 * half + 1)
    for i in range(half + 1, size - half):
        total += np.float64(samples[i + half]) - np.float64(samples[i - half - 1])
        out[i] = np.float32(samples[i] - total * share)
    for i in range(max(half + 1, size - half), size):
        total -= samples[i - half - 1]
        out[i] = np.float32(samples[i] - total / (size - i + half))


@part
def _copy(found: Rows, source: int, target: int) -> None:
    for column in range(found.shape[1]):
        found[target, column] = found[source, column]


@part
def _sort(found: Rows, count: int) -> None:
    """By descending score; equals stay in order. The row after the last is used."""
    for i in range(1, count):
        _copy(found, i, count)
        j = i
        while j > 0 and found[j - 1, 2] < found[count, 2]:
            _copy(found, j - 1, j)
            j -= 1
        _copy(found, count, j)


@part
def _distinct(found: Rows, count: int) -> int:
    """Of candidates that several windows gave, the clearest."""
    for i in range(count):
        found[i, 2] = found[i, 1]
    _sort(found, count)
    kept = 0
    for i in range(count):
        new = True
        for j in range(kept):
            new = new and abs(found[i, 0] / found[j, 0] - 1.0) > _SAME_RATIO
        if new:
            _copy(found, i, kept)
            kept += 1
    return kept


@inlined
def _gather(after: Array, ranking: Ranking, found: Rows) -> int:
    """Distinct candidates of all windows, the longest last."""
    count = 0
    for i in range(ranking.windows.size + 1):
        length = ranking.windows[i] if i < ranking.windows.size else after.size
        if length < after.size or i == ranking.windows.size:
            count += candidates(after[after.size - length :], ranking.search, found[count:])
    return _distinct(found, count)


@part
def _tooth(spectrum: Array, frequency: float, bins_per_hz: float) -> float:
    """The stronger of two bins; negative past the end."""
    at = int(frequency * bins_per_hz)
    return max(spectrum[at], spectrum[at + 1]) if at < spectrum.size - 1 else -1.0


@part
def _harmonic_sum(spectrum: Array, f0_hz: float, bins_per_hz: float) -> float:
    total, weight = 0.0, 1.0
    for number in range(1, max(1, min(_HARMONICS, int(_FMAX_HZ / f0_hz))) + 1):
        tooth = _tooth(spectrum, number * f0_hz, bins_per_hz)
        if tooth < 0.0:
            break
        total += weight * tooth
        weight *= _HARMONIC_WEIGHT
    return total


@part
def _lonely_doubt(spectrum: Array, f0_hz: float, bins_per_hz: float, count: int, multiple: int) -> float:
    """Whether every second or third tooth stands alone; the first tooth has no say."""
    lonely, others = 0.0, 0.0
    n_lonely, n_others = 0, 0
    for number in range(2, count + 1):
        tooth = _tooth(spectrum, number * f0_hz, bins_per_hz)
        if tooth < 0.0:
            break
        if number % multiple == 0:
            lonely += tooth
            n_lonely += 1
        else:
            others += tooth
            n_others += 1
    if n_lonely == 0 or n_others == 0:
        return 0.0
    return 1.0 - (others / n_others) / (_LONELY_TEETH * (lonely / n_lonely) + 1e-12)


@part
def _between_doubt(spectrum: Array, f0_hz: float, bins_per_hz: float, count: int) -> float:
    """Whether there is energy between the teeth."""
    teeth, between = 0.0, 0.0
    n_teeth, n_between = 0, 0
    for number in range(1, count + 1):
        tooth = _tooth(spectrum, number * f0_hz, bins_per_hz)
        gap = _tooth(spectrum, (number + 0.5) * f0_hz, bins_per_hz)
        if tooth >= 0.0:
            teeth += tooth
            n_teeth += 1
        if gap >= 0.0 and number < count:
            between += gap
            n_between += 1
    if n_between == 0:
        return 0.0
    return (between / n_between) / (teeth / n_teeth + 1e-12) / _BETWEEN_TEETH - 1.0


@part
def _octave_doubt(spectrum: Array, f0_hz: float, bins_per_hz: float, periods: float) -> float:
    """0 = the teeth speak for `f0_hz`, 1 = for a multiple or a part of it."""
    count = max(4, min(12, int(_TEETH_HZ / f0_hz)))
    doubt = 0.0
    if periods >= _RESOLVED_PERIODS:
        for multiple in (2, 3):
            doubt = max(doubt, _lonely_doubt(spectrum, f0_hz, bins_per_hz, count, multiple))
    if periods >= 2.0 * _RESOLVED_PERIODS - 1.0:
        doubt = max(doubt, _between_doubt(spectrum, f0_hz, bins_per_hz, count))
    return min(doubt, 1.0)


@part
def _periods_doubt(found: Rows, count: int, which: int) -> float:
    """Doubt by the period: what repeats as well after a part of it has that one, else the longer."""
    doubt = 0.0
    for other in range(count):
        ratio = found[other, 0] / found[which, 0]
        larger = max(ratio, 1.0 / ratio)
        multiple = round(larger)
        if multiple < 2 or abs(12.0 * np.log2(larger / multiple)) > _SAME_SEMITONES:
            continue
        loss = found[which, 1] - found[other, 1]
        if ratio > 1.0:
            doubt = max(doubt, (_LOSS_HIGH - loss) / (_LOSS_HIGH - _LOSS_LOW))
        elif found[other, 1] > _CLEAR:
            doubt = max(doubt, (-loss - _LOSS_HIGH) / (_LOSS_HIGH - _LOSS_LOW))
    return min(doubt, 1.0)


@part
def _same(earlier: Array, ranking: Ranking) -> bool:
    """Whether `ranking.then` is the spectrum of `earlier`: while a note is watched, its past stays."""
    size = earlier.size
    if size == 0 or size != ranking.earlier_size[0]:
        return False
    known = 0
    while known < size and earlier[known] == ranking.earlier[known]:
        known += 1
    return known == size


@inlined
def _risen(after: Array, earlier: Array, ranking: Ranking) -> None:
    """Into `ranking.now`: the spectrum after the onset less a share of the one before."""
    tables = table(ranking.search.plan, ranking.fft_length)
    window = ranking.window[: after.size]
    hann(window)
    magnitude(after, window, tables, ranking.search.work, ranking.now)
    if not _same(earlier, ranking):
        if earlier.size != after.size:
            window = ranking.window[: earlier.size]
            hann(window)
        before = ranking.before[: earlier.size]
        _lift(earlier, ranking.half, before)
        magnitude(before, window, tables, ranking.search.work, ranking.then)
        ranking.earlier[: earlier.size] = earlier
        ranking.earlier_size[0] = earlier.size
    now, then = ranking.now, ranking.then
    for k in range(now.size):
        now[k] = max(now[k] - _RINGING_SHARE * then[k], np.float32(0.0))


def rank(plucked: Array, earlier: Array, ranking: Ranking, found: Rows) -> int:
    """Candidates in `plucked` to the rows of `found`, best first; return how many."""
    after = ranking.after[: plucked.size]
    _lift(plucked, ranking.half, after)
    count = _gather(after, ranking, found)
    if count == 0:
        return 0
    _risen(after, earlier, ranking)
    bins_per_hz = ranking.fft_length / ranking.search.rate
    most = 1e-12
    for i in range(count):
        found[i, 2] = _harmonic_sum(ranking.now, found[i, 0], bins_per_hz)
        most = max(most, found[i, 2])
    for i in range(count):
        periods = after.size * found[i, 0] / ranking.search.rate
        doubt = _octave_doubt(ranking.now, found[i, 0], bins_per_hz, periods)
        doubt = max(doubt, _periods_doubt(found, count, i))
        found[i, 2] = found[i, 1] + _SALIENCE_WEIGHT * found[i, 2] / most - _OCTAVE_WEIGHT * doubt
    _sort(found, count)
    return count
