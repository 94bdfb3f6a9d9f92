"""A store of its own for the players of the evaluation: nobody's real sessions are near it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from coach.evals.player import PlayedSession, SyntheticPlayer, practise
from workbench.practice.record import Heard, session_end, session_start
from workbench.store.engine import opened, upgrade
from workbench.store.records import SessionEnd, SessionStart
from workbench.store.repository import Repository
from workbench.user import User

ENGINE = {"name": "synthetic", "version": "synthetic", "made_up": True}
"""What stands where an engine would: nothing was listened to."""

_SAMPLE_RATE = 48_000.0

_TAIL_S = 3.0
"""A session goes on for a moment after the last note."""


@contextmanager
def staged(
    players: Iterable[SyntheticPlayer], on_player: Callable[[], object] = lambda: None
) -> Iterator[Engine]:
    """A SQLite store with the sessions of these players, gone afterwards.

    Parameters
    ----------
    on_player : called after each player is stored, for a progress bar
    """
    with TemporaryDirectory() as folder, opened(f"sqlite:///{Path(folder) / 'evals.sqlite'}") as engine:
        upgrade(engine)
        repository = Repository(engine)
        for player in players:
            repository.add_finished([_stored(player.user, played) for played in practise(player)])
            on_player()
        yield engine


def _stored(user: User, played: PlayedSession) -> tuple[SessionStart, SessionEnd]:
    """The session as a practice would have stored it, scored by `dsp.metrics`."""
    duration = duration_s(played)
    heard = Heard(played.notes, duration, ENGINE, _SAMPLE_RATE)
    start = session_start(
        played.session_id,
        user,
        played.goal,
        device_type="take",
        started_at=played.began,
        origin_device="evals",
    )
    ended = played.began + timedelta(seconds=duration)
    return start, session_end(played.session_id, played.goal, heard, ended)


def duration_s(played: PlayedSession) -> float:
    """Length of a session."""
    return round((played.notes[-1].offset_s or 0.0) + _TAIL_S, 3)
