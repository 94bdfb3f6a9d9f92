"""The thread that sends traces: nobody who answers waits for it."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback import Server, Shape
from loopback_opik import OpikServer
from pydantic import BaseModel, SecretStr

from coach.asking import Asking
from coach.trace import CLOUD_URL, QUEUE_LENGTH, Checked, Head, Place, Ran, Sender, place_of, sender_for
from workbench.settings import load_settings

AskingFor = Callable[..., Asking]

HEAD = Head("chat", (), {})
NOWHERE = Place("http://127.0.0.1:9", "default", "fretcoach", SecretStr(""))
MESSAGES = [("human", "What now?")]


class Tip(BaseModel):
    """One thing to practise."""

    text: str


def verdict(word: str) -> Checked:
    return Checked(HEAD, [word])


def test_what_is_sent_is_posted_in_order_by_another_thread() -> None:
    posted: list[tuple[object, int]] = []

    def connect(place: Place) -> Callable[[Ran | Checked], None]:
        return lambda item: posted.append((item, threading.get_ident()))

    sender = Sender(NOWHERE, connect)
    items = [verdict(str(number)) for number in range(20)]
    for item in items:
        sender.send(item)
    assert sender.flush(30.0)
    assert [item for item, _ in posted] == items
    assert threading.get_ident() not in {thread for _, thread in posted}


def test_a_full_queue_drops_and_counts_and_never_waits() -> None:
    go_on, begun, posted = threading.Event(), threading.Event(), []

    def connect(place: Place) -> Callable[[Ran | Checked], None]:
        def post(item: Ran | Checked) -> None:
            begun.set()
            go_on.wait()
            posted.append(item)

        return post

    sender = Sender(NOWHERE, connect)
    sender.send(verdict("first"))
    assert begun.wait(30.0)
    for number in range(QUEUE_LENGTH + 7):
        sender.send(verdict(str(number)))
    assert sender.dropped == 7
    assert not sender.flush(0.0)
    go_on.set()
    assert sender.flush(30.0)
    assert len(posted) == 1 + QUEUE_LENGTH


def test_a_post_that_fails_is_logged_and_the_next_one_is_tried(caplog: pytest.LogCaptureFixture) -> None:
    tried: list[object] = []

    def connect(place: Place) -> Callable[[Ran | Checked], None]:
        def post(item: Ran | Checked) -> None:
            tried.append(item)
            raise OSError("the key sk-1 was refused")

        return post

    sender = Sender(NOWHERE, connect)
    sender.send(verdict("a"))
    sender.send(verdict("b"))
    assert sender.flush(30.0)
    assert len(tried) == 2
    assert caplog.messages == ["A trace could not be sent to Opik (OSError)."] * 2


def test_traces_go_nowhere_without_a_key_and_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sender_for(load_settings()) is None
    monkeypatch.setenv("OPIK_API_KEY", "opik-key")
    assert place_of(load_settings()) == Place(CLOUD_URL, "default", "fretcoach", SecretStr("opik-key"))
    monkeypatch.setenv("OPIK_URL_OVERRIDE", "http://127.0.0.1:9/api")
    place = place_of(load_settings())
    assert place is not None
    assert place.url == "http://127.0.0.1:9/api"
    assert "opik-key" not in repr(place)
    assert sender_for(load_settings()) is sender_for(load_settings())


def test_answers_come_while_opik_hangs_and_their_traces_follow(
    asking_for: AskingFor, loopback_model: Server, loopback_opik: OpikServer
) -> None:
    loopback_opik.held.clear()
    asking = asking_for(OPIK_URL_OVERRIDE=loopback_opik.url)
    loopback_model.always = Shape({"text": "Slow down."})
    asking.accept(asking.structured("live", MESSAGES, Tip))
    assert loopback_opik.reached.wait(60.0)
    # Opik has the first trace and does not answer; the next questions are answered all the same.
    for _ in range(3):
        asking.accept(asking.structured("live", MESSAGES, Tip))
    assert len(loopback_opik.posted) == 1
    loopback_opik.held.set()
    sender = sender_for(load_settings())
    assert sender is not None
    assert sender.flush(60.0)
    assert len(loopback_opik.traces()) == 4


def test_a_dead_opik_costs_a_log_line(
    asking_for: AskingFor, loopback_model: Server, caplog: pytest.LogCaptureFixture
) -> None:
    asking = asking_for(OPIK_URL_OVERRIDE="http://127.0.0.1:9/api")
    loopback_model.script([Shape({"text": "Slow down."})])
    assert asking.structured("live", MESSAGES, Tip).value.text == "Slow down."
    sender = sender_for(load_settings())
    assert sender is not None
    assert sender.flush(60.0)
    assert set(caplog.messages) == {"A trace could not be sent to Opik (ConnectError)."}


OFF = """
import json, sys, threading
from pydantic import BaseModel
from coach.asking import Asking
from workbench.settings import load_settings
from workbench.store.engine import open_engine, upgrade
from workbench.user import User

class Tip(BaseModel):
    "One thing to practise."
    text: str

settings = load_settings()
engine = open_engine(settings.database_url)
upgrade(engine)
asking = Asking(settings, User("ada"), engine)
before = sorted({"langchain_core", "langsmith", "openai", "opik"} & sys.modules.keys())
answer = asking.structured("live", [("human", "What now?")], Tip)
asking.accept(answer)
import langsmith.utils
print(json.dumps({
    "text": answer.value.text,
    "before": before,
    "loaded": sorted({"langchain_core", "opik", "litellm", "sentry_sdk"} & sys.modules.keys()),
    "threads": [thread.name for thread in threading.enumerate()],
    "langsmith": bool(langsmith.utils.tracing_is_enabled()),
}))
"""


def test_off_means_no_import_no_banner_no_file_no_thread_and_never_langsmith(
    tmp_path: Path, loopback_model: Server, loopback_opik: OpikServer
) -> None:
    """In a process of its own, where other programs' variables ask for LangSmith."""
    loopback_model.script([Shape({"text": "Slow down."})])
    home = tmp_path / "home"
    home.mkdir()
    other_program = {
        "LANGSMITH_TRACING": "true",
        "LANGCHAIN_TRACING_V2": "true",
        "LANGSMITH_API_KEY": "ls-key",
        "LANGSMITH_ENDPOINT": loopback_opik.url,
    }
    data = {"FRETCOACH_DATA_DIR": str(tmp_path / "data"), "HOME": str(home)}
    run = subprocess.run(
        [sys.executable, "-c", OFF],
        cwd=home,
        env={**loopback_model.environment(), **other_program, **data},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    [line] = run.stdout.splitlines()
    assert json.loads(line) == {
        "text": "Slow down.",
        "before": [],
        "loaded": ["langchain_core"],
        "threads": ["MainThread"],
        "langsmith": False,
    }
    assert list(home.iterdir()) == []
    assert loopback_opik.posted == []
