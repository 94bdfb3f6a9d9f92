"""A consistent copy of a SQLite file while it is in use, by SQLite's own backup API."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path


def back_up(source: Path, label: str) -> Path:
    """Copy a database next to itself.

    Parameters
    ----------
    source : the SQLite file; whatever is still in its write-ahead log is copied too
    label : goes into the name, such as the revision that the copy holds

    Returns
    -------
    Path of the copy, `<name>.<label>-<time>.backup<suffix>`
    """
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    copy = source.with_name(f"{source.stem}.{label}-{moment}.backup{source.suffix}")
    try:
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(copy)) as target:
            original.backup(target)
    except sqlite3.Error:
        # Half a copy would look like a whole one later.
        copy.unlink(missing_ok=True)
        raise
    return copy
