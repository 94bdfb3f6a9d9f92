"""After a crash: real processes are killed, journals are cut and damaged, and the sessions come back."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
import soundfile as sf
from sqlalchemy import Engine, select

from workbench.audio.bundled import takes
from workbench.audio.recording import load_take
from workbench.practice.journal import journal_folder, read_rows
from workbench.practice.recovery import SET_ASIDE, recover
from workbench.store.repository import Repository
from workbench.store.schema import NoteRow, SessionRow

CHILD = Path(__file__).with_name("child_practice.py")
ROOT = Path(__file__).resolve().parents[2]

StartChild = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start_child(tmp_path: Path, sqlite_engine: Engine) -> Iterator[StartChild]:
    """Starts a practice in a process of its own."""
    children: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> "subprocess.Popen[str]":
        url = str(sqlite_engine.url)
        child = subprocess.Popen(
            [sys.executable, str(CHILD), str(tmp_path), url, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        children.append(child)
        return child

    yield start
    for child in children:
        child.kill()
        child.wait()
        assert child.stdout is not None
        child.stdout.close()


@pytest.fixture
def running(start_child: StartChild) -> StartChild:
    """Starts a child and waits until it keeps notes."""

    def start() -> "subprocess.Popen[str]":
        child = start_child()
        assert child.stdout is not None
        assert child.stdout.readline() == "running\n"
        return child

    return start


def kill(child: "subprocess.Popen[str]") -> None:
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL


def the_journal(data_dir: Path) -> Path:
    (path,) = journal_folder(data_dir).glob("*.jsonl")
    return path


def stored(engine: Engine) -> tuple[list[Any], list[Any]]:
    with engine.connect() as connection:
        sessions = list(connection.execute(select(SessionRow).order_by(SessionRow.start_timestamp)))
        notes = list(connection.execute(select(NoteRow).order_by(NoteRow.position)))
    return sessions, notes


def test_a_killed_process_loses_nothing_that_was_heard_a_second_before(
    running: StartChild, tmp_path: Path, repository: Repository, sqlite_engine: Engine
) -> None:
    kill(running())
    ((before,), _) = stored(sqlite_engine)
    assert before.end_timestamp is None
    (recovered,) = recover(tmp_path, repository)
    assert recovered.session_id == before.session_id
    assert recovered.notes >= 4
    assert recovered.message.startswith("Recovered a session of ")
    ((session,), notes) = stored(sqlite_engine)
    assert session.end_timestamp is not None
    assert session.total_notes_played == len(notes) == recovered.notes
    samples, rate = sf.read(session.recording_path)
    assert len(samples) / rate > 0.3
    played, _ = load_take(takes()[0].path)
    np.testing.assert_array_equal(samples[: rate // 4].astype(np.float32), played[: rate // 4])
    assert [note.onset_s for note in notes] == [0.1 * index for index in range(len(notes))]
    assert list(journal_folder(tmp_path).iterdir()) == []


def test_recovering_again_changes_nothing(
    running: StartChild, tmp_path: Path, repository: Repository, sqlite_engine: Engine
) -> None:
    kill(running())
    journal = the_journal(tmp_path)
    copy = journal.read_bytes()
    recover(tmp_path, repository)
    once = stored(sqlite_engine)
    journal.write_bytes(copy)
    recover(tmp_path, repository)
    assert stored(sqlite_engine) == once


def test_the_journal_of_a_running_process_is_left_alone(
    running: StartChild, tmp_path: Path, repository: Repository, sqlite_engine: Engine
) -> None:
    dead, alive = running(), running()
    kill(dead)
    (recovered,) = recover(tmp_path, repository)
    sessions, _ = stored(sqlite_engine)
    assert [session.end_timestamp is None for session in sessions].count(True) == 1
    assert the_journal(tmp_path).stem != str(recovered.session_id)
    alive.terminate()
    assert alive.wait(30.0) == 0
    sessions, _ = stored(sqlite_engine)
    assert all(session.end_timestamp is not None for session in sessions)
    assert list(journal_folder(tmp_path).iterdir()) == []


def test_a_process_that_exits_stores_what_is_running(
    running: StartChild, tmp_path: Path, sqlite_engine: Engine
) -> None:
    child = running()
    child.terminate()
    assert child.wait(30.0) == 0
    ((session,), notes) = stored(sqlite_engine)
    assert session.end_timestamp is not None
    assert session.total_notes_played == len(notes) >= 4
    assert list(journal_folder(tmp_path).iterdir()) == []


def test_with_no_room_left_nothing_is_lost_and_the_player_is_told(
    start_child: StartChild, sqlite_engine: Engine
) -> None:
    child = start_child("1500")
    out, _ = child.communicate(timeout=60.0)
    outcome = json.loads(out)
    assert outcome["saved_at_first"] is False
    assert "only in memory" in outcome["told"]
    assert outcome["saved_later"] is True
    assert outcome["trouble_later"] == "The recording broke off (is the disk full?); the notes are kept."
    ((session,), notes) = stored(sqlite_engine)
    assert session.total_notes_played == len(notes) == outcome["notes"] >= 9


@pytest.fixture
def left_behind(
    start_practice: Any, source: Any, tmp_path: Path, eventually: Any, monkeypatch: pytest.MonkeyPatch
) -> bytes:
    """What the journal of a short practice holds just before it is stored."""
    practice = start_practice(source, script=[(0.1, 0.3, 60.0), (0.5, 0.7, 61.0)])
    source.play(1.5)
    eventually(lambda: practice.snapshot().t_s == pytest.approx(1.5))
    journal = the_journal(tmp_path)
    content = b""

    def keep(*_: Any) -> None:
        nonlocal content
        content = journal.read_bytes()

    monkeypatch.setattr(Repository, "add_finished", keep)
    practice.stop()
    monkeypatch.undo()
    return content


class StoreInMemory:
    """Keeps what recovery would store; a database for every byte would take minutes."""

    def __init__(self) -> None:
        self.sessions: list[Any] = []

    def add_finished(self, sessions: list[Any]) -> None:
        self.sessions += sessions


def recovered_notes(data_dir: Path, content: bytes) -> int | None:
    """Notes that come back from a journal with this content; None when the session itself does not."""
    folder = journal_folder(data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{UUID(int=1)}.jsonl").write_bytes(content)
    store = StoreInMemory()
    (outcome,) = recover(data_dir, store)  # type: ignore[arg-type]
    assert list(folder.glob("*.jsonl")) == []
    if not store.sessions:
        assert (folder / SET_ASIDE / f"{UUID(int=1)}.jsonl").read_bytes() == content
        return None
    ((_, end),) = store.sessions
    assert outcome.notes == len(end.notes)
    return len(end.notes)


def expected_notes(content: bytes, intact: int) -> int | None:
    """The same, by counting the lines that end within the first `intact` bytes."""
    lines = content[:intact].split(b"\n")[:-1]
    if not lines:
        return None
    return len({json.loads(line)["row"]["note"]["number"] for line in lines if b'"type":"note"' in line})


def test_a_journal_cut_at_every_byte_gives_back_what_comes_before(left_behind: bytes, tmp_path: Path) -> None:
    data_dir = tmp_path / "cut"
    for cut in range(len(left_behind) + 1):
        assert recovered_notes(data_dir, left_behind[:cut]) == expected_notes(left_behind, cut)


def test_a_journal_damaged_at_every_byte_gives_back_what_comes_before(
    left_behind: bytes, tmp_path: Path
) -> None:
    data_dir = tmp_path / "damaged"
    for at in range(len(left_behind)):
        damaged = bytearray(left_behind)
        damaged[at] ^= 0x04
        intact = left_behind.rfind(b"\n", 0, at) + 1
        assert recovered_notes(data_dir, bytes(damaged)) == expected_notes(left_behind, intact)


def test_a_whole_journal_gives_back_the_same_session_as_a_good_end(
    start_practice: Any, source: Any, tmp_path: Path, eventually: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = start_practice(source)
    source.play(4.0)
    eventually(lambda: practice.snapshot().t_s == pytest.approx(4.0))
    journal = the_journal(tmp_path)
    contents: list[bytes] = []
    keep = lambda *_: contents.append(journal.read_bytes())  # noqa: E731
    monkeypatch.setattr(Repository, "add_finished", keep)
    practice.stop()
    monkeypatch.undo()
    journal.write_bytes(contents[0])
    store = StoreInMemory()
    recover(tmp_path, store)  # type: ignore[arg-type]
    ((start, end),) = store.sessions
    assert start.session_id == practice.session_id
    assert end == practice.end


def test_a_journal_that_the_store_refuses_stays(
    running: StartChild, tmp_path: Path, repository: Repository, sqlite_engine: Engine
) -> None:
    kill(running())
    with sqlite_engine.begin():  # BEGIN IMMEDIATE: nobody else may write
        (outcome,) = recover(tmp_path, repository)
    assert "locked by another program" in outcome.message
    assert read_rows(the_journal(tmp_path))[1] == 0
    (outcome,) = recover(tmp_path, repository)
    assert outcome.message.startswith("Recovered")


def test_an_empty_data_folder_has_nothing_to_recover(tmp_path: Path, repository: Repository) -> None:
    assert recover(tmp_path / "none", repository) == []
