"""After a crash: what the journals of dead processes hold goes into the store.

Only journals that nobody holds the lock of are taken, so that a practice of another process is left alone.
The store keeps a session that it knows already as it is, so recovering twice, or in two processes, changes
nothing. Whatever can't be read is set aside, never deleted.
"""

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from filelock import Timeout

from dsp.errors import DspError
from workbench.practice.journal import SUFFIX, journal_folder, lock_of, read_rows
from workbench.practice.recording import mended
from workbench.practice.rows import RowsError, read_session
from workbench.store.errors import StoreError
from workbench.store.repository import Repository

log = logging.getLogger(__name__)

SET_ASIDE = "damaged"
"""Folder beside the journals for those that could not be read to their end."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of one journal.

    Attributes
    ----------
    session_id : None when the journal can't be read at all
    user_id : whose session it is, None likewise
    notes : how many note events were recovered
    message : one sentence for the player
    """

    path: Path
    session_id: UUID | None
    user_id: str | None
    notes: int
    message: str


def recover(data_dir: Path, repository: Repository) -> list[Recovered]:
    """Store the session of every journal in `data_dir` whose writer is gone.

    Never raises for a journal's sake: one that the store refuses stays for the next start.
    """
    found = sorted(journal_folder(data_dir).glob(f"*{SUFFIX}"))
    done = [_recover_unlocked(path, repository) for path in found]
    return [recovered for recovered in done if recovered is not None]


def _recover_unlocked(path: Path, repository: Repository) -> Recovered | None:
    lock = lock_of(path)
    try:
        with lock:
            # Another process may have recovered it between our look and our lock.
            recovered = _recover(path, repository) if path.exists() else None
            if not path.exists():
                Path(lock.lock_file).unlink(missing_ok=True)
            return recovered
    except Timeout:
        log.info("the journal %s belongs to a running practice", path)
        return None


def _recover(path: Path, repository: Repository) -> Recovered:
    try:
        rows, left_over = read_rows(path)
        start, end = read_session(rows)
    except (RowsError, DspError, OSError, KeyError, TypeError, ValueError) as error:
        log.warning("the journal %s can't be read: %s", path, error)
        aside = _set_aside(path)
        return Recovered(path, None, None, 0, f"A session could not be recovered; its journal is {aside}.")
    if end.recording_path is not None:
        end = replace(end, recording_path=mended(Path(end.recording_path)))
    try:
        repository.add_finished([(start, end)])
    except StoreError as error:
        log.warning("the journal %s could not be stored: %s", path, error)
        message = f"A session waits in {path}: {error}"
        return Recovered(path, start.session_id, start.user.id, len(end.notes), message)
    if left_over:
        _set_aside(path)
    else:
        path.unlink()
    minutes = end.duration_s / 60.0
    message = f"Recovered a session of {minutes:.1f} min with {len(end.notes)} notes that was cut short."
    return Recovered(path, start.session_id, start.user.id, len(end.notes), message)


def _set_aside(path: Path) -> Path:
    aside = path.parent / SET_ASIDE / path.name
    aside.parent.mkdir(exist_ok=True)
    return path.replace(aside)
