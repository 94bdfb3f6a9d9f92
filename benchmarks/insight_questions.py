"""The questions of the Progress page, all of them by introspection, asked and timed."""

import importlib
import inspect
import pkgutil
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import polars as pl
import psycopg
from sqlalchemy import Engine

import workbench.store
from workbench.insight.scope import scope_of
from workbench.store import queries, queries_notes
from workbench.store.address import libpq_address
from workbench.store.read import USER_PARAMETER, Query, compiled, read
from workbench.store.roles import SET_USER
from workbench.user import User

RECENT = 60
"""Sessions whose notes the Progress page looks at."""


class Timing(NamedTuple):
    """Milliseconds of a question, asked of players who were not asked about before and asked again."""

    name: str
    rows: int
    first_median: float
    first_p95: float
    again_median: float
    again_p95: float


def builders() -> dict[str, Callable[..., Query]]:
    """Every function of `workbench.store.queries*` that makes a query, by name."""
    found = {}
    for module in pkgutil.iter_modules(workbench.store.__path__):
        if module.name.startswith("queries"):
            members = vars(importlib.import_module(f"workbench.store.{module.name}"))
            for name, member in members.items():
                if inspect.isfunction(member) and member.__annotations__.get("return") is Query:
                    found[name] = member
    return {name: builder for name, builder in found.items() if not name.startswith("_")}


def questions(sessions: pl.DataFrame) -> Iterator[tuple[str, Query]]:
    """Each question, about the newest session or all that compare; what Progress asks of the newest."""
    given = {"session_id": sessions["session_id"][-1], "scope": scope_of(sessions)}
    for name, builder in builders().items():
        yield name, builder(**{wanted: given[wanted] for wanted in inspect.signature(builder).parameters})
    recent = scope_of(sessions.tail(RECENT))
    assert recent is not None
    yield f"played, {RECENT}", queries_notes.played(recent)


def ask_all(engine: Engine, players: Iterable[User], again: int) -> list[Timing]:
    """Ask everything about each of the players, and `again` times about the last of them."""
    first: dict[str, list[float]] = {}
    second: dict[str, list[float]] = {}
    rows: dict[str, int] = {}
    for player in players:
        sessions = read(engine, player, queries.sessions())
        for name, query in questions(sessions):
            ms, answer = timed(lambda player=player, query=query: read(engine, player, query))
            first.setdefault(name, []).append(ms)
            rows[name] = answer.height
    for _ in range(again):
        for name, query in questions(sessions):
            ms, _answer = timed(lambda query=query: read(engine, player, query))
            second.setdefault(name, []).append(ms)
    return [
        Timing(
            name, rows[name], *np.percentile(first[name], (50, 95)), *np.percentile(second[name], (50, 95))
        )
        for name in first
    ]


def timed(work: Callable[[], pl.DataFrame]) -> tuple[float, pl.DataFrame]:
    """Milliseconds and the answer."""
    begin = time.perf_counter()
    answer = work()
    return 1000.0 * (time.perf_counter() - begin), answer


def plan(engine: Engine, player: User, query: Query) -> str:
    """EXPLAIN (ANALYZE, BUFFERS) as the player."""
    return explained(
        engine,
        (SET_USER.format(parameter="$1"), [player.id]),
        compiled(engine, query, {USER_PARAMETER: player.id}),
    )


def explained(engine: Engine, binding: tuple[str, list[str]], asked: tuple[str, object]) -> str:
    """EXPLAIN (ANALYZE, BUFFERS) of a statement as whoever the binding makes of the login."""
    with psycopg.connect(libpq_address(engine.url)) as connection:
        cursor = psycopg.RawCursor(connection)
        cursor.execute(binding[0], binding[1])
        rows = cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {asked[0]}", asked[1])
        return "\n".join(line for (line,) in rows)
