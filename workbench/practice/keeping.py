"""Keeps one session: its row from the start, its journal while it runs, its notes and summary at the end.

Whatever the store or the disk refuses, the practice goes on: the player gets one sentence, and what can't be
stored at the end stays in the journal for the next start.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from dsp.events import Block, Note
from workbench.practice import rows
from workbench.practice.goal import Goal
from workbench.practice.journal import Journal, JournalError, journal_folder
from workbench.practice.recording import Recording
from workbench.store.errors import StoreError
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository

log = logging.getLogger(__name__)


class Keeping:
    """Where one session is kept.

    Parameters
    ----------
    start, goal : of the session
    repository : the store
    data_dir : folder of journals and recordings
    recordings : keep the sound too
    """

    def __init__(
        self, start: SessionStart, goal: Goal, repository: Repository, data_dir: Path, *, recordings: bool
    ) -> None:
        self.saved = False
        self._start, self._goal = start, goal
        self._repository, self._data_dir = repository, data_dir
        self._recordings = recordings
        self._recording: Recording | None = None
        self._journal: Journal | None = None
        self._trouble: str | None = None
        self._end: SessionEnd | None = None
        self._saving = threading.Lock()

    @property
    def message(self) -> str | None:
        """What keeps the session from being safe, in one sentence; None when all is well."""
        journal = self._journal.trouble if self._journal and not self.saved else None
        recording = self._recording.trouble if self._recording else None
        return self._trouble or journal or recording

    @property
    def recording_path(self) -> str | None:
        """Where the sound is kept; None when it isn't."""
        return self._recording.kept if self._recording else None

    def begin(self, sample_rate: float, engine: Mapping[str, Any]) -> None:
        """The row of the session, and the first line of its journal. Never fails: see `message`."""
        try:
            self._repository.begin_session(self._start)
        except StoreError as error:
            log.warning("the session %s could not be begun: %s", self._start.session_id, error)
            self._trouble = f"{error} Until then the session is kept in {journal_folder(self._data_dir)}."
        session_id = self._start.session_id
        if self._recordings:
            self._recording = Recording(self._data_dir / "recordings" / f"{session_id}.flac", sample_rate)
        try:
            self._journal = Journal(journal_folder(self._data_dir), session_id, self._recording)
        except JournalError as error:
            log.warning("%s", error)
            self._trouble = self._trouble or str(error)
            self._recording = None
            return
        path = None if self._recording is None else str(self._recording.path)
        self._journal.append(rows.header_row(rows.Header(self._start, self._goal, sample_rate, engine, path)))

    def note(self, note: Note) -> None:
        """Keep a note in its newest state."""
        self._append(rows.note_row(note))

    def heard(self, t_s: float, pauses_s: Sequence[tuple[float, float]]) -> None:
        """Keep how far the practice has come."""
        self._append(rows.heard_row(t_s, pauses_s))

    def audio(self, block: Block) -> None:
        """Keep the sound, when that was asked for."""
        if self._journal is not None:
            self._journal.audio(block)

    def ended(self, ended_at: datetime, ending: str) -> None:
        """Keep that the practice ended in good order."""
        self._append(rows.end_row(ended_at, ending))

    def settle(self) -> None:
        """Nothing more will be heard: finish the recording and the journal's lines."""
        if self._journal is not None:
            self._journal.close()

    def finish(self, end: SessionEnd) -> bool:
        """Store the session. False when the store refused: see `message`, and `save` tries again."""
        self._end = end
        return self.save()

    def save(self) -> bool:
        """Store the finished session, if that has not happened yet."""
        with self._saving:
            if self.saved or self._end is None:
                return self.saved
            try:
                self._repository.add_finished([(self._start, self._end)])
            except StoreError as error:
                log.warning("the session %s could not be stored: %s", self._start.session_id, error)
                self._trouble = f"{error} {self._where()}"
                if self._journal is not None:
                    self._journal.release()
                return False
            self.saved, self._trouble = True, None
            if self._journal is not None:
                self._journal.remove()
            return True

    def _where(self) -> str:
        if self._journal is not None and self._journal.trouble is None:
            return f"The session is safe in {self._journal.path} and will be stored at the next start."
        return "The session is only in memory: make room and save it again before you close FretCoach."

    def _append(self, row: Mapping[str, Any]) -> None:
        if self._journal is not None:
            self._journal.append(row)
