"""The journal: whatever happens to its file, the lines before the damage are read back, and nothing else."""

import os
import threading
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
import soundfile as sf
from filelock import Timeout
from hypothesis import given
from hypothesis import strategies as st

from dsp.events import Block
from workbench.practice.journal import Journal, JournalError, decode, encode, lock_of, read_rows
from workbench.practice.recording import MAX_WAITING, Recording

SESSION = UUID(int=42)
ROWS: list[dict[str, Any]] = [{"type": "x", "n": number, "text": "é\n\\" * number} for number in range(5)]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(), json_values, max_size=4))
def test_a_line_reads_back_as_it_was_written(row: dict[str, Any]) -> None:
    line = encode(row)
    assert line.count(b"\n") == 1
    assert decode(line) == row


def written(path: Path) -> list[bytes]:
    lines = [encode(row) for row in ROWS]
    path.write_bytes(b"".join(lines))
    return lines


def test_cut_at_every_byte_the_whole_lines_before_are_read(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl"
    lines = written(path)
    content = path.read_bytes()
    ends = np.cumsum([len(line) for line in lines])
    for cut in range(len(content) + 1):
        path.write_bytes(content[:cut])
        whole = int(np.count_nonzero(ends <= cut))
        rows, left_over = read_rows(path)
        assert rows == ROWS[:whole]
        assert left_over == cut - (int(ends[whole - 1]) if whole else 0)


@pytest.mark.parametrize("flip", [0x01, 0x20, 0xFF])
def test_damaged_at_every_byte_the_lines_before_it_are_read_and_no_wrong_one(
    tmp_path: Path, flip: int
) -> None:
    path = tmp_path / "damaged.jsonl"
    lines = written(path)
    content = path.read_bytes()
    ends = np.cumsum([len(line) for line in lines])
    for at in range(len(content)):
        damaged = bytearray(content)
        damaged[at] ^= flip
        path.write_bytes(damaged)
        rows, left_over = read_rows(path)
        assert rows == ROWS[: int(np.count_nonzero(ends <= at))]
        assert left_over > 0


def test_what_is_appended_is_on_the_disk_within_seconds_without_a_close(
    tmp_path: Path, eventually: Any
) -> None:
    journal = Journal(tmp_path, SESSION)
    for row in ROWS:
        journal.append(row)
    eventually(lambda: read_rows(journal.path) == (ROWS, 0))
    journal.close()
    journal.remove()


def test_every_second_the_disk_is_told_to_keep_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, eventually: Any
) -> None:
    from workbench.practice import journal as module

    synced: list[int] = []
    monkeypatch.setattr(module, "SYNC_S", 0.02)
    monkeypatch.setattr(os, "fsync", synced.append)
    journal = Journal(tmp_path, SESSION)
    eventually(lambda: len(synced) > 3)
    journal.close()
    journal.remove()


def test_the_writer_holds_the_lock_until_it_gives_it_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path, SESSION)
    with pytest.raises(Timeout):
        lock_of(journal.path).acquire()
    journal.close()
    with pytest.raises(Timeout):
        lock_of(journal.path).acquire()
    journal.release()
    with lock_of(journal.path):
        assert journal.path.exists()


def test_any_thread_may_remove_the_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path, SESSION)
    journal.close()
    remover = threading.Thread(target=journal.remove)
    remover.start()
    remover.join()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(JournalError, match="can't be written"):
        Journal(tmp_path / "file", SESSION)


def test_a_journal_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / f"{SESSION}.jsonl").write_text("somebody's session")
    with pytest.raises(JournalError):
        Journal(tmp_path, SESSION)
    assert (tmp_path / f"{SESSION}.jsonl").read_text() == "somebody's session"
    with lock_of(tmp_path / f"{SESSION}.jsonl"):
        pass


def test_sound_that_was_lost_or_not_wanted_is_silence_in_the_recording(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "sound" / "session.flac", 8_000.0)
    journal = Journal(tmp_path, SESSION, recording)
    tone = np.full(100, 0.5, np.float32)
    journal.audio(Block(tone, 0))
    journal.audio(Block(tone, 70_000))
    journal.close()
    journal.remove()
    samples, _ = sf.read(recording.path)
    assert len(samples) == 70_100
    assert set(np.flatnonzero(samples)) == {*range(100), *range(70_000, 70_100)}
    assert recording.kept == str(recording.path)


def test_a_disk_that_does_not_keep_up_costs_sound_but_never_memory(tmp_path: Path) -> None:
    recording = Recording(tmp_path / "session.flac", 8_000.0)
    taken = [recording.reserve() for _ in range(MAX_WAITING + 5)]
    assert taken.count(True) == MAX_WAITING


def test_a_recording_that_breaks_off_says_so_and_is_not_called_whole(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    recording = Recording(tmp_path / "file" / "session.flac", 8_000.0)
    assert recording.reserve()
    recording.write(Block(np.zeros(10, np.float32), 0))
    assert recording.trouble is not None
    assert recording.kept is None
    assert not recording.reserve()
