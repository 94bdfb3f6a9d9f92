"""What `import dsp` costs beyond NumPy, each in a fresh Python.

Prints the median of several runs. A ratio below 1 means that our own modules load faster than NumPy itself.
"""

import statistics
import subprocess
import sys

RUNS = 7
TIMED = """
import time
begin = time.perf_counter()
import numpy
numpy_done = time.perf_counter()
import importlib, pkgutil, dsp
for module in pkgutil.iter_modules(dsp.__path__, "dsp."):
    importlib.import_module(module.name)
print(numpy_done - begin, time.perf_counter() - numpy_done)
"""


def one_run() -> tuple[float, float]:
    """Seconds for NumPy, and seconds for all of dsp after it."""
    run = subprocess.run([sys.executable, "-c", TIMED], capture_output=True, text=True, check=True)
    numpy_s, dsp_s = (float(word) for word in run.stdout.split())
    return numpy_s, dsp_s


def main() -> None:
    one_run()  # fills the file cache and writes the bytecode
    runs = [one_run() for _ in range(RUNS)]
    numpy_s, dsp_s = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"import numpy {numpy_s:.3f} s, all of dsp beyond it {dsp_s:.3f} s, ratio {dsp_s / numpy_s:.2f}")


if __name__ == "__main__":
    main()
