"""Fourier transforms of real frames for kernels.

Method
------
Stockham's self-sorting transform in radices 4, 2 and 3, real and imaginary parts in arrays of their own so
that the compiler vectorises (Van Loan, "Computational Frameworks for the Fast Fourier Transform", 1992). A
real frame of even length is transformed as a complex one of half the length.

Conventions
-----------
float32 throughout. Lengths are 2^a 3^b with a >= 3, b <= 2. A `Plan` holds the tables of several lengths, so
that a kernel can choose; it is only read, and shared. Buffers belong to the caller.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp.kernel.compiler import part

Array = NDArray[np.float32]

_RADIX_3 = np.float32(np.sqrt(0.75))
_HALF = np.float32(0.5)


class Plan(NamedTuple):
    """Tables of twiddle factors.

    Attributes
    ----------
    lengths : int64, shape (n,), ascending lengths of real transforms
    starts : int64, shape (n,), where the tables of each begin
    tables : float32, for each length H = length / 2 the factors of every pass (cosines, then sines), then
        cosine and sine of pi k / H for k = 0..H
    """

    lengths: NDArray[np.int64]
    starts: NDArray[np.int64]
    tables: Array


class Split(NamedTuple):
    """Complex numbers as two arrays of one shape."""

    re: Array
    im: Array


class Table(NamedTuple):
    """One length of a plan: the real length, the factors of the passes, and those that part a real frame."""

    length: int
    factors: Split
    parting: Split


def _tables(length: int) -> Array:
    half = length // 2
    factors = []
    rest = half
    while rest > 1:
        radix = 4 if rest % 4 == 0 else 2 if rest % 2 == 0 else 3
        inner = rest // radix
        turns = np.outer(np.arange(1, radix), np.arange(inner)).ravel() / rest
        factors.append(np.exp(-2j * np.pi * turns))
        rest = inner
    passes = np.concatenate(factors)
    parting = np.exp(1j * np.pi * np.arange(half + 1) / half)
    return np.concatenate([passes.real, passes.imag, parting.real, parting.imag]).astype(np.float32)


@lru_cache(maxsize=32)
def plan(lengths: tuple[int, ...]) -> Plan:
    """Tables for real transforms of `lengths`."""
    ascending = sorted(set(lengths))
    tables = [_tables(length) for length in ascending]
    starts = np.cumsum([0] + [table.size for table in tables[:-1]], dtype=np.int64)
    return Plan(np.array(ascending, dtype=np.int64), starts, np.concatenate(tables))


@part
def _radix(size: int) -> int:
    return 4 if size % 4 == 0 else 2 if size % 2 == 0 else 3


@part
def table(plan: Plan, least: int) -> Table:
    """The tables of the first length that is not below `least`, else of the longest."""
    index = 0
    while index < plan.lengths.size - 1 and plan.lengths[index] < least:
        index += 1
    length = plan.lengths[index]
    count = 0
    size = length // 2
    while size > 1:
        radix = _radix(size)
        size //= radix
        count += (radix - 1) * size
    tables = plan.tables[plan.starts[index] :]
    parting = tables[2 * count :]
    bins = length // 2 + 1
    return Table(
        length,
        Split(tables[:count], tables[count : 2 * count]),
        Split(parting[:bins], parting[bins : 2 * bins]),
    )


@part
def _first_pass(x: Split, y: Split, w: Split, m: int) -> None:
    """Radix 4 at stride 1: the loop runs over the transforms, four results lie side by side."""
    ar, br, cr, dr = x.re[:m], x.re[m : 2 * m], x.re[2 * m : 3 * m], x.re[3 * m : 4 * m]
    ai, bi, ci, di = x.im[:m], x.im[m : 2 * m], x.im[2 * m : 3 * m], x.im[3 * m : 4 * m]
    w1r, w2r, w3r = w.re[:m], w.re[m : 2 * m], w.re[2 * m : 3 * m]
    w1i, w2i, w3i = w.im[:m], w.im[m : 2 * m], w.im[2 * m : 3 * m]
    for p in range(m):
        sr, si, tr, ti = ar[p] + cr[p], ai[p] + ci[p], br[p] + dr[p], bi[p] + di[p]
        ur, ui, vr, vi = ar[p] - cr[p], ai[p] - ci[p], bi[p] - di[p], dr[p] - br[p]
        y.re[4 * p], y.im[4 * p] = sr + tr, si + ti
        er, ei = ur + vr, ui + vi
        y.re[4 * p + 1], y.im[4 * p + 1] = er * w1r[p] - ei * w1i[p], er * w1i[p] + ei * w1r[p]
        er, ei = sr - tr, si - ti
        y.re[4 * p + 2], y.im[4 * p + 2] = er * w2r[p] - ei * w2i[p], er * w2i[p] + ei * w2r[p]
        er, ei = ur - vr, ui - vi
        y.re[4 * p + 3], y.im[4 * p + 3] = er * w3r[p] - ei * w3i[p], er * w3i[p] + ei * w3r[p]


@part
def _pass_4(x: Split, y: Split, w: Split, m: int, s: int) -> None:
    h = s * m
    for p in range(m):
        w1r, w2r, w3r = w.re[p], w.re[m + p], w.re[2 * m + p]
        w1i, w2i, w3i = w.im[p], w.im[m + p], w.im[2 * m + p]
        o = s * p
        ar, br, cr, dr = x.re[o : o + s], x.re[o + h :][:s], x.re[o + 2 * h :][:s], x.re[o + 3 * h :][:s]
        ai, bi, ci, di = x.im[o : o + s], x.im[o + h :][:s], x.im[o + 2 * h :][:s], x.im[o + 3 * h :][:s]
        o = 4 * s * p
        y0r, y1r, y2r, y3r = y.re[o : o + s], y.re[o + s :][:s], y.re[o + 2 * s :][:s], y.re[o + 3 * s :][:s]
        y0i, y1i, y2i, y3i = y.im[o : o + s], y.im[o + s :][:s], y.im[o + 2 * s :][:s], y.im[o + 3 * s :][:s]
        for q in range(s):
            sr, si, tr, ti = ar[q] + cr[q], ai[q] + ci[q], br[q] + dr[q], bi[q] + di[q]
            ur, ui, vr, vi = ar[q] - cr[q], ai[q] - ci[q], bi[q] - di[q], dr[q] - br[q]
            y0r[q], y0i[q] = sr + tr, si + ti
            er, ei = ur + vr, ui + vi
            y1r[q], y1i[q] = er * w1r - ei * w1i, er * w1i + ei * w1r
            er, ei = sr - tr, si - ti
            y2r[q], y2i[q] = er * w2r - ei * w2i, er * w2i + ei * w2r
            er, ei = ur - vr, ui - vi
            y3r[q], y3i[q] = er * w3r - ei * w3i, er * w3i + ei * w3r


@part
def _pass_2(x: Split, y: Split, w: Split, m: int, s: int) -> None:
    h = s * m
    for p in range(m):
        w1r, w1i = w.re[p], w.im[p]
        o = s * p
        ar, br, ai, bi = x.re[o : o + s], x.re[o + h :][:s], x.im[o : o + s], x.im[o + h :][:s]
        o = 2 * s * p
        y0r, y1r, y0i, y1i = y.re[o : o + s], y.re[o + s :][:s], y.im[o : o + s], y.im[o + s :][:s]
        for q in range(s):
            er, ei = ar[q] - br[q], ai[q] - bi[q]
            y0r[q], y0i[q] = ar[q] + br[q], ai[q] + bi[q]
            y1r[q], y1i[q] = er * w1r - ei * w1i, er * w1i + ei * w1r


@part
def _pass_3(x: Split, y: Split, w: Split, m: int, s: int) -> None:
    h = s * m
    for p in range(m):
        w1r, w2r, w1i, w2i = w.re[p], w.re[m + p], w.im[p], w.im[m + p]
        o = s * p
        ar, br, cr = x.re[o : o + s], x.re[o + h :][:s], x.re[o + 2 * h :][:s]
        ai, bi, ci = x.im[o : o + s], x.im[o + h :][:s], x.im[o + 2 * h :][:s]
        o = 3 * s * p
        y0r, y1r, y2r = y.re[o : o + s], y.re[o + s :][:s], y.re[o + 2 * s :][:s]
        y0i, y1i, y2i = y.im[o : o + s], y.im[o + s :][:s], y.im[o + 2 * s :][:s]
        for q in range(s):
            tr, ti = br[q] + cr[q], bi[q] + ci[q]
            vr, vi = _RADIX_3 * (bi[q] - ci[q]), _RADIX_3 * (cr[q] - br[q])
            ur, ui = ar[q] - _HALF * tr, ai[q] - _HALF * ti
            y0r[q], y0i[q] = ar[q] + tr, ai[q] + ti
            er, ei = ur + vr, ui + vi
            y1r[q], y1i[q] = er * w1r - ei * w1i, er * w1i + ei * w1r
            er, ei = ur - vr, ui - vi
            y2r[q], y2i[q] = er * w2r - ei * w2i, er * w2i + ei * w2r


@part
def transform(factors: Split, x: Split, y: Split) -> bool:
    """Complex transform of x, a multiple of 4 points, to y or, if it returns True, back into x."""
    size = x.re.size
    n, back = size, True
    while n > 1:
        radix = _radix(n)
        m = n // radix
        s = size // n
        if s == 1:
            _first_pass(x, y, factors, m)
        elif radix == 4:
            _pass_4(x, y, factors, m, s)
        elif radix == 2:
            _pass_2(x, y, factors, m, s)
        else:
            _pass_3(x, y, factors, m, s)
        used = (radix - 1) * m
        factors = Split(factors.re[used:], factors.im[used:])
        x, y = y, x
        n, back = m, not back
    return back
