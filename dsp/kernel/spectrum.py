"""What kernels take from one frame: its autocorrelation, and its windowed magnitude spectrum.

Conventions
-----------
Frames are float32 and may have any length up to that of the transform; zeros follow. `work` is a buffer of
twice the longest transform; every call may use all of it. The mean is always removed.
"""

import numpy as np

from dsp.kernel.compiler import inlined, part
from dsp.kernel.fft import Array, Split, Table, transform

_HALF = np.float32(0.5)
# Taylor series of sin(pi u), good to 2e-8 for u in [0, 1/2].
_SINE = tuple(
    np.float32(term)
    for term in (
        np.pi,
        -(np.pi**3) / 6,
        np.pi**5 / 120,
        -(np.pi**7) / 5040,
        np.pi**9 / 362880,
        -(np.pi**11) / 39916800,
    )
)


@part
def mean(frame: Array) -> np.float32:
    """Mean of a frame, summed in float64; 0 when it is empty."""
    # Four sums side by side don't wait for each other.
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    rest = frame.size % 4
    for i in range(0, frame.size - rest, 4):
        a += frame[i]
        b += frame[i + 1]
        c += frame[i + 2]
        d += frame[i + 3]
    for i in range(frame.size - rest, frame.size):
        a += frame[i]
    return np.float32((a + b + c + d) / max(frame.size, 1))


@part
def energy(frame: Array, offset: np.float32) -> float:
    """Sum of the squares of a frame less an offset, in float64."""
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    rest = frame.size % 4
    for i in range(0, frame.size - rest, 4):
        a += np.float64(frame[i] - offset) ** 2
        b += np.float64(frame[i + 1] - offset) ** 2
        c += np.float64(frame[i + 2] - offset) ** 2
        d += np.float64(frame[i + 3] - offset) ** 2
    for i in range(frame.size - rest, frame.size):
        a += np.float64(frame[i] - offset) ** 2
    return a + b + c + d


@part
def hann(window: Array) -> None:
    """Fill `window` with a symmetric Hann window, as `numpy.hanning` does."""
    size = window.size
    scale = np.float32(1.0 / max(size - 1, 1))
    if size == 1:
        window[0] = np.float32(1.0)
        return
    for k in range((size + 1) // 2):
        u = np.float32(k) * scale
        v = u * u
        sine = u * (
            _SINE[0] + v * (_SINE[1] + v * (_SINE[2] + v * (_SINE[3] + v * (_SINE[4] + v * _SINE[5]))))
        )
        window[k] = sine * sine
    for k in range(size // 2):
        window[size - 1 - k] = window[k]


@part
def _load(frame: Array, z: Split) -> None:
    """Even and odd samples, the mean removed."""
    offset = mean(frame)
    pairs = frame.size // 2
    for j in range(pairs):
        z.re[j] = frame[2 * j] - offset
        z.im[j] = frame[2 * j + 1] - offset
    for j in range(pairs, z.re.size):
        z.re[j] = np.float32(0.0)
        z.im[j] = np.float32(0.0)
    if frame.size % 2:
        z.re[pairs] = frame[2 * pairs] - offset


@part
def _load_windowed(frame: Array, window: Array, z: Split) -> None:
    """Even and odd samples, the mean removed, times `window`."""
    offset = mean(frame)
    pairs = frame.size // 2
    for j in range(pairs):
        z.re[j] = (frame[2 * j] - offset) * window[2 * j]
        z.im[j] = (frame[2 * j + 1] - offset) * window[2 * j + 1]
    for j in range(pairs, z.re.size):
        z.re[j] = np.float32(0.0)
        z.im[j] = np.float32(0.0)
    if frame.size % 2:
        z.re[pairs] = (frame[2 * pairs] - offset) * window[2 * pairs]


@part
def _power(z: Split, y: Split, parting: Split) -> None:
    """From the half-length transform z of a real frame to that of its power spectrum, times 2."""
    size = z.re.size
    first, last = z.re[0] + z.im[0], z.re[0] - z.im[0]
    y.re[0], y.im[0] = first * first + last * last, first * first - last * last
    for k in range(1, size):
        j = np.uint64(size - k)
        er, ei = _HALF * (z.re[k] + z.re[j]), _HALF * (z.im[k] - z.im[j])
        oddr, oddi = _HALF * (z.im[k] + z.im[j]), _HALF * (z.re[j] - z.re[k])
        cosine, sine = parting.re[k], parting.im[k]
        turned = er * (cosine * oddr + sine * oddi) + ei * (cosine * oddi - sine * oddr)
        total = np.float32(2.0) * (er * er + ei * ei + oddr * oddr + oddi * oddi)
        difference = np.float32(4.0) * turned
        y.re[k], y.im[k] = total - sine * difference, cosine * difference


@part
def _halves(work: Array, size: int) -> tuple[Split, Split]:
    """Two buffers of `size` complex numbers."""
    return (
        Split(work[:size], work[size : 2 * size]),
        Split(work[2 * size : 3 * size], work[3 * size : 4 * size]),
    )


@inlined
def autocorrelate(frame: Array, table: Table, work: Array, out: Array) -> None:
    """Autocorrelation of a frame at lags 0 to `out.size` - 1; right where lag <= length - frame.size."""
    x, y = _halves(work, table.length // 2)
    _load(frame, x)
    if not transform(table.factors, x, y):
        x, y = y, x
    _power(x, y, table.parting)
    # The inverse transform is the forward one with real and imaginary parts exchanged.
    x, y = Split(x.im, x.re), Split(y.im, y.re)
    if transform(table.factors, y, x):
        x, y = y, x
    scale = np.float32(1.0 / table.length)
    even, odd = x.im, x.re
    pairs = out.size // 2
    for j in range(pairs):
        out[2 * j] = even[j] * scale
        out[2 * j + 1] = odd[j] * scale
    if out.size % 2:
        out[2 * pairs] = even[pairs] * scale


@part
def magnitude(frame: Array, window: Array, table: Table, work: Array, out: Array) -> None:
    """Magnitude spectrum of a windowed frame in bins 0 to `out.size` - 1, at most length / 2."""
    size = table.length // 2
    x, y = _halves(work, size)
    _load_windowed(frame, window, x)
    if not transform(table.factors, x, y):
        x, y = y, x
    out[0] = abs(x.re[0] + x.im[0])
    for k in range(1, min(out.size, size)):
        j = np.uint64(size - k)
        er, ei = _HALF * (x.re[k] + x.re[j]), _HALF * (x.im[k] - x.im[j])
        oddr, oddi = _HALF * (x.im[k] + x.im[j]), _HALF * (x.re[j] - x.re[k])
        cosine, sine = table.parting.re[k], table.parting.im[k]
        real = er + cosine * oddr + sine * oddi
        imaginary = ei + cosine * oddi - sine * oddr
        out[k] = np.sqrt(real * real + imaginary * imaginary)
    if out.size > size:
        out[size] = abs(x.re[0] - x.im[0])
