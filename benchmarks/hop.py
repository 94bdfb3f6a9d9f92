"""How fast the engine hears, relative to real time, at the rates that sources give.

A recorded take is pushed in blocks of one hop, as a sound card would. "share of a core" is computing time
over playing time; "worst hop" is the slowest push over the duration of a hop: above 1, that block came late.
The ratios depend on the machine and on what else it is doing.
"""

import argparse
import sys
import time

import numpy as np
from numpy.typing import NDArray

from dsp.events import Block
from dsp.stream import Analyzer
from workbench.audio.bundled import takes
from workbench.audio.recording import load_take

HOP_S = 256 / 44_100
RATES = (8_000, 44_100, 48_000, 96_000, 192_000)


def demo_take(rate: int, seconds: float) -> NDArray[np.float32]:
    """The demo take, repeated up to `seconds`, at `rate`, by linear interpolation."""
    samples, own_rate = load_take(takes()[0].path, channel=1)
    samples = np.resize(samples, int(seconds * own_rate))
    grid = np.arange(int(seconds * rate)) * (own_rate / rate)
    return np.interp(grid, np.arange(samples.size), samples).astype(np.float32)


def push_times(rate: int, samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Seconds that each push of one hop took; the first, which warms caches up, is left out."""
    analyzer = Analyzer(rate)
    hop = round(HOP_S * rate)
    spent = []
    for start in range(0, samples.size - hop + 1, hop):
        block = Block(samples[start : start + hop], start)
        begin = time.perf_counter()
        analyzer.push(block)
        spent.append(time.perf_counter() - begin)
    return np.array(spent[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20.0, help="how much playing at each rate")
    seconds = parser.parse_args(sys.argv[1:]).seconds
    print(f"{'rate Hz':>8}  {'share of a core':>15}  {'median hop':>10}  {'p99 hop':>8}  {'worst hop':>9}")
    for rate in RATES:
        ratios = push_times(rate, demo_take(rate, seconds)) / HOP_S
        median, p99 = np.percentile(ratios, [50, 99])
        print(f"{rate:>8}  {ratios.mean():>15.3f}  {median:>10.3f}  {p99:>8.3f}  {ratios.max():>9.2f}")


if __name__ == "__main__":
    main()
