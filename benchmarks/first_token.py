"""From a question to the first words of the answer, with a model that answers at once on this machine.

    python benchmarks/first_token.py --questions 20

What a real model takes comes on top of every line but that of the rules. A ratio is to the bare protocol: the
request by HTTP, and the first word read from the stream. The conversation checks each sentence against the
facts before it lets it out, so its first words are its first sentence.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path

import httpx
from sqlalchemy import Engine

from coach.asking import Asking
from coach.chat import RULES, Conversation
from coach.chat_events import Done, Said
from workbench.archive import Archive
from workbench.demo.crowd_history import Crowd, store_crowd, stored_players
from workbench.settings import load_settings
from workbench.store.engine import opened, upgrade

LAST_DAY = date(2026, 6, 28)
HALF_A_YEAR = timedelta(weeks=26)
QUESTION = "What should I practise next?"

# In a process of its own, as a model's server is.
_SERVER = """
import sys
from loopback import Calls, Server, Text
words = Text("Play it slowly and listen to each note.")
turns = [Calls([("weak_spots", {})]), words] if sys.argv[1] == "tool" else [words]
server = Server(always=words).start()
server.script(turns * int(sys.argv[2]))
print(server.url, flush=True)
sys.stdin.read()
"""


@contextmanager
def model_server(kind: str, questions: int) -> Iterator[str]:
    """Address of a server that answers with words, or ("tool") with the call of a tool first."""
    tests = Path(__file__).parents[1] / "tests" / "loopback"
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER, kind, str(questions)],
        env={**os.environ, "PYTHONPATH": str(tests)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.communicate()


def by_http(client: httpx.Client, url: str) -> None:
    """The protocol and nothing else."""
    body = {"model": "x", "messages": [{"role": "user", "content": QUESTION}], "stream": True}
    with client.stream("POST", f"{url}/chat/completions", json=body) as answer:
        next(line for line in answer.iter_lines() if '"content": "Play"' in line)


def by_langchain(asking: Asking) -> None:
    """The model of the settings, asked for words."""
    next(part for part in asking.chain("chat")[0].stream(QUESTION) if part.text)


def by_conversation(conversation: Conversation, source: str) -> Callable[[], float]:
    """A whole question; returns the seconds to its first words, and ends when the answer is stored."""

    def ask() -> float:
        conversation.new()
        begin = time.perf_counter()
        first = None
        for event in conversation.ask(QUESTION):
            if isinstance(event, Said) and first is None:
                first = time.perf_counter() - begin
            if isinstance(event, Done) and (event.source == RULES) != (source == RULES):
                sys.exit(f"{event.source} answered: {event.notice}")
        assert first is not None
        return first

    return ask


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """That work, as a function that returns its seconds."""

    def run() -> float:
        begin = time.perf_counter()
        work()
        return time.perf_counter() - begin

    return run


def asking_at(url: str, engine: Engine) -> Asking:
    """A player's questions to that server."""
    os.environ.update(
        FRETCOACH_COACH_PROVIDER="compatible", FRETCOACH_COACH_MODEL="x", FRETCOACH_COACH_BASE_URL=url
    )
    return Asking(load_settings(), stored_players(engine)[0], engine)


def ways(engine: Engine, plain: str, tool: str) -> dict[str, Callable[[], float]]:
    """What is measured, by name."""
    archive = Archive(stored_players(engine)[0], engine)

    def conversation(asking: Asking | None) -> Callable[[], float]:
        talk = Conversation(archive, asking, today=LAST_DAY, zone=None, seed=1)
        return by_conversation(talk, RULES if asking is None else "model")

    simple, client = asking_at(plain, engine), httpx.Client()
    return {
        "bare protocol": timed(lambda: by_http(client, plain)),
        "through LangChain": timed(lambda: by_langchain(simple)),
        "conversation, no tool": conversation(simple),
        "conversation, one tool over half a year": conversation(asking_at(tool, engine)),
        "rules, no model": conversation(None),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=int, default=20)
    questions = parser.parse_args().questions
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="fretcoach-benchmark-"))
        engine = stack.enter_context(opened(f"sqlite:///{folder}/fretcoach.sqlite"))
        upgrade(engine)
        store_crowd(engine, Crowd(range(1), LAST_DAY - HALF_A_YEAR, LAST_DAY))
        servers = [stack.enter_context(model_server(kind, questions + 1)) for kind in ("plain", "tool")]
        floor = None
        for name, ask in ways(engine, *servers).items():
            cold = ask()
            seconds = statistics.median(ask() for _ in range(questions))
            floor = floor or seconds
            print(f"{name:40} {seconds:.3f} s, first time {cold:.3f} s, ratio {seconds / floor:.2f}")


if __name__ == "__main__":
    main()
