"""What the coach's imports cost, each in a fresh Python; `make coach` once before it.

Prints the median of several runs, and the ratio to what `fretcoach coach` loads before it answers by rules.
LangChain is loaded with the first question to a model, Opik in a thread of its own after the first answer.
"""

import statistics
import subprocess
import sys

RUNS = 5
TIMED = """
import time
begin = time.perf_counter()
{imports}
print(time.perf_counter() - begin)
"""
RULES = "the coach by rules"
IMPORTS = {
    RULES: "import coach.commands.coach",
    "import coach": "import coach",
    "LangChain with OpenAI's protocol": "from langchain.agents import create_agent; import langchain_openai",
    "Opik": "import coach.trace_opik",
}


def seconds(imports: str) -> float:
    """Median time of an import."""

    def once() -> float:
        run = [sys.executable, "-c", TIMED.format(imports=imports)]
        return float(subprocess.run(run, capture_output=True, text=True, check=True).stdout)

    once()  # fills the file cache and writes the bytecode
    return statistics.median(once() for _ in range(RUNS))


def main() -> None:
    took_s = {name: seconds(imports) for name, imports in IMPORTS.items()}
    for name, each_s in took_s.items():
        print(f"{name:34} {each_s:.4f} s, ratio {each_s / took_s[RULES]:.4f}")


if __name__ == "__main__":
    main()
