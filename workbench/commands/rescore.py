"""`fretcoach rescore`: stored recordings again, with today's engine."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

import polars as pl
import rich_click as click
from click.exceptions import Exit
from rich.console import Console
from rich.progress import Progress, TaskID
from sqlalchemy import Engine

from workbench.commands.bar import progress_bar
from workbench.commands.player import player_of
from workbench.practice.rescoring import RescoreError, rescored
from workbench.settings import Settings, SettingsError, load_settings
from workbench.store import queries
from workbench.store.engine import opened, upgrade
from workbench.store.errors import StoreError
from workbench.store.read import read
from workbench.store.repository import Repository
from workbench.user import User


@click.command()
@click.option("--user", default=None, help="Whose sessions; by default FRETCOACH_USER, else your login name.")
@click.option("--session", default=None, metavar="ID", help="Only this session.")
def rescore(user: str | None, session: str | None) -> None:
    """Hear stored recordings again with today's engine.

    Each session gets one more analysis, and shows it from then on; those before it stay. Sessions without a
    recording are left as they are (FRETCOACH_RECORDINGS=true keeps recordings).
    """
    try:
        settings = load_settings()
        player = player_of(settings, user)
        with opened(settings.database_url) as engine:
            upgrade(engine)
            done, silent, failed = _rescore(engine, player, session, settings)
    except (StoreError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    console = Console(soft_wrap=True, markup=False, highlight=False)
    console.print(f"Scored {_sessions(done)} of {player.id} again; {_sessions(silent)} without a recording.")
    for sentence in failed:
        click.echo(f"Error: {sentence}", err=True)
    if failed:
        raise Exit(1)


def _rescore(
    engine: Engine, player: User, session: str | None, settings: Settings
) -> tuple[int, int, list[str]]:
    """How many were scored, how many have no recording, and what went wrong."""
    sessions = _finished(engine, player, session)
    heard = sessions.filter(pl.col("recording_path").is_not_null())
    failed: list[str] = []
    with progress_bar() as progress:
        task = progress.add_task("Hearing", total=max(heard.height, 1))
        for number, row in enumerate(_rows(heard)):
            try:
                analysis = rescored(
                    row,
                    _analysis_settings(engine, player, row),
                    settings.patience_ms / 1000.0,
                    partial(_heard, progress, task, number),
                )
                Repository(engine).append_analysis(player, UUID(row["session_id"]), analysis)
            except RescoreError as error:
                failed.append(str(error))
    return heard.height - len(failed), sessions.height - heard.height, failed


def _heard(progress: Progress, task: TaskID, before: int, share: float) -> None:
    progress.update(task, completed=before + share)


def _finished(engine: Engine, player: User, session: str | None) -> pl.DataFrame:
    sessions = read(engine, player, queries.sessions()).filter(pl.col("end_timestamp").is_not_null())
    if session is None:
        return sessions
    chosen = sessions.filter(session_id=session.lower())
    if chosen.is_empty():
        raise StoreError(f"The player {player.id} has no finished session {session}.")
    return chosen


def _rows(sessions: pl.DataFrame) -> Iterator[dict[str, Any]]:
    for row in sessions.iter_rows(named=True):
        enabled = row["enabled_metrics"]
        yield row | {"enabled_metrics": None if enabled is None else json.loads(enabled)}


def _analysis_settings(engine: Engine, player: User, row: dict[str, Any]) -> dict[str, Any]:
    analyses = read(engine, player, queries.analyses(row["session_id"]))
    current = analyses.filter(analysis_id=row["current_analysis_id"])["settings"]
    return dict(json.loads(current.item(0))) if current.len() else {}


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"
