"""A process of its own that practises: started by tests, which kill it or take its disk away.

    python child_practice.py DATA_DIR DATABASE_URL [MAX_FILE_BYTES]

It practises the demo take in real time, says "running" once four notes are in its journal, and exits at
SIGTERM. With a limit to the size of files it practises for nine notes and prints what became of the session
as one JSON line.
"""

import json
import resource
import signal
import sys
import time
from pathlib import Path
from uuid import UUID

from dsp.events import Block, Event, Note, Output
from dsp.scales import parse_scale
from workbench.audio.bundled import takes
from workbench.audio.recording import Take
from workbench.practice.goal import Goal
from workbench.practice.journal import journal_folder, read_rows
from workbench.practice.registry import shared_registry
from workbench.store.engine import open_engine
from workbench.store.repository import Repository
from workbench.user import User

POLL_S = 0.02


def notes_kept(data_dir: Path, session_id: UUID) -> int:
    """Notes that a crash could no longer take."""
    rows, _ = read_rows(journal_folder(data_dir) / f"{session_id}.jsonl")
    return len({row["note"]["number"] for row in rows if row["type"] == "note"})


class Metronome:
    """An engine that hears ten notes a second, whatever is played."""

    def __init__(self, rate: float, _goal: Goal) -> None:
        self._rate, self._count = rate, 0

    def push(self, block: Block) -> Output:
        now_s = block.start / self._rate
        events = []
        while 0.1 * (self._count + 1) <= now_s:
            onset_s = 0.1 * self._count
            note = Note(self._count, onset_s, onset_s + 0.04, 60.0, 0.9, -20.0, offset_s=onset_s + 0.08)
            events += [Event("note", note), Event("end", note)]
            self._count += 1
        return Output((), tuple(events))

    def flush(self) -> Output:
        return Output()

    def engine(self) -> dict[str, str]:
        return {"name": "metronome", "version": "test-1"}


def main(data_dir: str, url: str, max_file_bytes: str | None = None) -> None:
    repository = Repository(open_engine(url))
    source = Take(takes()[0].path)
    goal = Goal(parse_scale("C major"))
    practice = shared_registry().start(
        User("ada"), goal, source, repository, Path(data_dir), analyzer=Metronome, recordings=True
    )
    if max_file_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(max_file_bytes), resource.RLIM_INFINITY))
        while practice.snapshot().counts.played < 9:
            time.sleep(POLL_S)
        practice.stop()
        told = practice.trouble
        saved_at_first = practice.saved
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        outcome = {
            "saved_at_first": saved_at_first,
            "told": told,
            "notes": len(practice.end.notes) if practice.end else None,
            "saved_later": practice.save(),
            "trouble_later": practice.trouble,
        }
        sys.stdout.write(json.dumps(outcome) + "\n")
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while notes_kept(Path(data_dir), practice.session_id) < 4:
        time.sleep(POLL_S)
    sys.stdout.write("running\n")
    sys.stdout.flush()
    practice.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
