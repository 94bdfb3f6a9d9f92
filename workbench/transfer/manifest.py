"""The label of an export: what it is, whose, and how many rows it must hold to be whole."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from workbench.store.errors import StoreError

FORMAT = "fretcoach-export"
VERSION = 1
FILE_NAME = "fretcoach-export.json"
"""Name of the label inside a folder or a zip file."""


class TransferError(StoreError):
    """An export or an import can't be done. The message is one sentence."""


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _program() -> str:
    return f"fretcoach-workbench {version('fretcoach-workbench')}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The label.

    Attributes
    ----------
    kind : "csv", "json" or "parquet"
    users : ids of the players whose rows these are
    rows : number of rows by table; empty where that is said elsewhere (the last line of a JSON file)
    """

    kind: str
    users: tuple[str, ...]
    rows: Mapping[str, int] = field(default_factory=dict)
    format: str = FORMAT
    version: int = VERSION
    made_by: str = field(default_factory=_program)
    exported_at: str = field(default_factory=_now)

    def to_text(self) -> str:
        """As JSON on one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_manifest(text: str | bytes, place: object) -> Manifest:
    """The label out of its JSON.

    Parameters
    ----------
    text : what `to_text` gave
    place : the file, for the sentence of an error

    Raises
    ------
    TransferError : it is none, or one of a newer version
    """
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise TransferError(f"{place} is no export of FretCoach; choose what `fretcoach export` has written.")
    if found.get("version") != VERSION:
        raise TransferError(
            f"{place} was written by a newer FretCoach ({found.get('made_by')}); bring this one up to date."
        )
    return _checked(found, place)


def _checked(found: Mapping[str, Any], place: object) -> Manifest:
    kind, users, rows = found.get("kind"), found.get("users"), found.get("rows")
    whole = (
        kind in ("csv", "json", "parquet")
        and isinstance(users, list)
        and all(isinstance(user, str) for user in users)
        and isinstance(rows, dict)
        and all(isinstance(n, int) for n in rows.values())
    )
    if not whole:
        raise TransferError(f"The label of the export {place} is damaged; export again.")
    return Manifest(
        str(kind),
        tuple(users or ()),
        dict(rows or {}),
        made_by=str(found.get("made_by")),
        exported_at=str(found.get("exported_at")),
    )
