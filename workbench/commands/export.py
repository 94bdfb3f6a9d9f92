"""`fretcoach export`: what you played, for other programs and for safe keeping."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import rich_click as click
from rich.console import Console
from sqlalchemy import Engine

from workbench.commands.bar import progress_bar
from workbench.commands.player import player_of
from workbench.settings import SettingsError, load_settings
from workbench.store.engine import opened, upgrade
from workbench.store.errors import StoreError
from workbench.transfer.exporting import TableFormat, count_rows, export_tables, whole_or_nothing
from workbench.transfer.played import played_session
from workbench.transfer.single import WRITERS
from workbench.user import User

TABLES = ("csv", "json", "parquet")

WORDS = {
    "sessions": ("session", "sessions"),
    "analyses": ("analysis", "analyses"),
    "notes": ("note", "notes"),
    "ai_practice_plans": ("plan", "plans"),
    "plan_outcomes": ("outcome", "outcomes"),
    "practice_items": ("practice item", "practice items"),
    "user_configs": ("setting", "settings"),
    "coach_messages": ("message", "messages"),
}
"""One and many of each table."""


@click.command(name="export")
@click.option(
    "--user",
    "names",
    multiple=True,
    help="Whose sessions; by default FRETCOACH_USER, else your login name. Several for Parquet.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice([*TABLES, *WRITERS]),
    required=True,
    help="csv, json, parquet: everything. midi, musicxml, pdf: one session.",
)
@click.option(
    "--session", default=None, metavar="ID", help="Only this session; midi, musicxml, pdf: else the newest."
)
@click.argument("path", type=click.Path(path_type=Path))
def export(names: tuple[str, ...], kind: str, session: str | None, path: Path) -> None:
    """Take your sessions along.

    CSV and Parquet make a folder PATH (CSV also a zip file), the others a file. What exists already is never
    overwritten. `fretcoach import` reads CSV, JSON and Parquet back.
    """
    try:
        settings = load_settings()
        users = [player_of(settings, name) for name in names or [None]]
        with opened(settings.database_url) as engine:
            upgrade(engine)
            if kind in TABLES:
                said = _tables(engine, users, cast(TableFormat, kind), session, path)
            elif len(users) > 1:
                raise click.UsageError(f"A {kind} file is of one session, and so of one player.")
            else:
                said = _one_session(engine, users[0], kind, session, path)
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    Console(soft_wrap=True, markup=False, highlight=False).print(said)


def _tables(engine: Engine, users: Sequence[User], kind: TableFormat, session: str | None, path: Path) -> str:
    with progress_bar() as progress:
        task = progress.add_task("Exporting", total=count_rows(engine, users, session))
        done = export_tables(
            engine,
            users,
            kind,
            path,
            session_id=session,
            advance=lambda rows: progress.advance(task, rows),
        )
    return f"Exported {counted(done)} to {path}"


def _one_session(engine: Engine, user: User, kind: str, session: str | None, path: Path) -> str:
    played = played_session(engine, user, session)
    with whole_or_nothing(path) as made:
        WRITERS[kind](played, made)
    began = played.row["start_timestamp"].astimezone()
    return f"Wrote the session of {began:%d %B %Y, %H:%M} ({len(played.notes)} notes) to {path}"


def counted(rows: Counter[str]) -> str:
    """ "2 sessions, 3 analyses, 1,204 notes": the tables that have rows."""
    words = [f"{n:,} {WORDS[table][n != 1]}" for table, n in rows.items() if n and table in WORDS]
    return ", ".join(words) or "nothing"
