"""How fast the engine hears, by compiled kernels and by the NumPy reference, at the rates that sources give.

A recorded take is pushed in blocks of one hop, as a sound card would. "share of a core" is computing time
over playing time, "an hour in" how long a recorded hour takes; "p99 hop" and "worst hop" are slow pushes over
the duration of a hop: above 1, that block came late. Then several players are heard in threads of one
process, as fast as it goes: "gain" is their throughput over that of one.

The figures depend on the machine and on what else it is doing.
"""

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from dsp.events import Block
from dsp.stream import Analyzer
from workbench.audio.bundled import takes
from workbench.audio.recording import load_take

HOP_S = 256 / 44_100
RATES = (8_000, 44_100, 48_000, 96_000, 192_000)
PLAYERS = (1, 2, 4, 10, 20)


def demo_take(rate: int, seconds: float) -> NDArray[np.float32]:
    """The demo take, repeated up to `seconds`, at `rate`, by linear interpolation."""
    samples, own_rate = load_take(takes()[0].path, channel=1)
    samples = np.resize(samples, int(seconds * own_rate))
    grid = np.arange(int(seconds * rate)) * (own_rate / rate)
    return np.asarray(np.interp(grid, np.arange(samples.size), samples), dtype=np.float32)


def push_times(rate: int, samples: NDArray[np.float32], *, reference: bool = False) -> NDArray[np.float64]:
    """Seconds that each push of one hop took; the first, which warms caches up, is left out."""
    analyzer = Analyzer(rate, reference=reference)
    hop = round(HOP_S * rate)
    spent = []
    for start in range(0, samples.size - hop + 1, hop):
        block = Block(samples[start : start + hop], start)
        begin = time.perf_counter()
        analyzer.push(block)
        spent.append(time.perf_counter() - begin)
    return np.array(spent[1:])


def throughput(players: int, samples: NDArray[np.float32], *, reference: bool) -> float:
    """Seconds of sound that so many threads together hear in a second."""
    with ThreadPoolExecutor(players) as pool:
        begin = time.perf_counter()
        list(pool.map(lambda _: push_times(44_100, samples, reference=reference), range(players)))
        return players * samples.size / 44_100 / (time.perf_counter() - begin)


def compare_rates(seconds: float) -> None:
    print(
        f"{'rate Hz':>8}  {'us a hop':>8}  {'reference':>9}  {'ratio':>5}  {'share of a core':>15}  "
        f"{'an hour in':>10}  {'p99 hop':>8}  {'worst hop':>9}"
    )
    for rate in RATES:
        samples = demo_take(rate, seconds)
        plain = push_times(rate, samples, reference=True).mean()
        spent = push_times(rate, samples)
        mean, p99, worst = spent.mean(), np.percentile(spent, 99) / HOP_S, spent.max() / HOP_S
        print(
            f"{rate:>8}  {1e6 * mean:>8.1f}  {1e6 * plain:>9.1f}  {plain / mean:>5.1f}  "
            f"{mean / HOP_S:>15.4f}  {3600 * mean / HOP_S:>8.1f} s  {p99:>8.3f}  {worst:>9.3f}"
        )


def compare_players(seconds: float) -> None:
    samples = demo_take(44_100, seconds)
    compiled, plain = (throughput(1, samples, reference=reference) for reference in (False, True))
    print(f"\n{'players':>8}  {'x real time':>11}  {'gain':>5}  {'reference':>11}  {'gain':>5}")
    for players in PLAYERS:
        fast = throughput(players, samples, reference=False)
        slow = throughput(players, samples, reference=True)
        print(f"{players:>8}  {fast:>11.1f}  {fast / compiled:>5.2f}  {slow:>11.1f}  {slow / plain:>5.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20.0, help="how much playing at each rate")
    seconds = parser.parse_args(sys.argv[1:]).seconds
    begin = time.perf_counter()
    Analyzer(RATES[0])
    print(f"engine ready after {time.perf_counter() - begin:.2f} s (compiled anew, it takes longer)\n")
    compare_rates(seconds)
    compare_players(seconds)


if __name__ == "__main__":
    main()
