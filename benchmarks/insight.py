"""How fast the store is with thirty million notes in it, and how much faster than the plain ways.

    python benchmarks/insight.py                          1,000 players x 100 sessions x 300 notes, Postgres
    python benchmarks/insight.py --users 20 --notes 50    a quick run
    python benchmarks/insight.py --url postgresql://..    a server of yours; what it holds is not loaded again
    python benchmarks/insight.py --plans                  the plans of the three heaviest questions too
    python benchmarks/insight.py --sqlite                 one player's ten years in a SQLite file

"First" is the first question of a kind about a player, whose rows may have to come from the disk; "again" is
asked of one player over and over. Every time is of the whole way, from the question to a frame in memory.
The figures depend on the machine and on what else it is doing; the ratios less so.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack

import insight_questions as asking
import insight_store as store
import insight_ways as ways
import numpy as np
from sqlalchemy import Engine

from workbench.demo.crowd import demo_player
from workbench.demo.crowd_history import stored_players
from workbench.store import queries
from workbench.store.engine import opened, upgrade
from workbench.store.read import compiled, read
from workbench.store.repository import Repository
from workbench.store.roles import SET_REPORT
from workbench.store.weekly_totals import weekly_question, weekly_totals
from workbench.user import User

ASKED = 20
"""Players who are asked about for the first time; questions that are asked again."""


def ingest(url: str, engine: Engine, options: argparse.Namespace) -> None:
    """Load what is missing, or some players more and away with them again."""
    there = (
        len(stored_players(engine)) if read(engine, demo_player(0, 1).user, queries.sessions()).height else 0
    )
    more = max(options.users - there, 0) or min(10, options.users)
    players = range(there, there + more)
    crowd = store.half_a_year(players, options.sessions, options.notes)
    seconds = store.fill(url, crowd, options.writers)
    notes = more * options.sessions * options.notes
    print(
        f"ingest: {notes:,} notes of {more} players in {seconds:.2f} s by {options.writers} writer(s), "
        f"{notes / seconds:,.0f} notes a second"
    )
    if there >= options.users:
        Repository(engine).erase_demo(demo_player(index, 1).user for index in reversed(players))
    store.settle(engine)


def show_sizes(engine: Engine) -> None:
    print(f"\n{'table or index':<44}  {'MB':>8}  {'rows':>12}")
    for name, size, rows in store.sizes(engine):
        print(f"{name:<44}  {size / 2**20:>8.1f}  {rows:>12,}")


def show_questions(engine: Engine, players: list[User], again: int) -> list[asking.Timing]:
    timings = asking.ask_all(engine, players, again)
    print(f"\nmilliseconds      {'first, of':>10} {len(players)} players{'again':>16}")
    print(f"{'question':<12}  {'rows':>7}  {'median':>8}  {'p95':>8}  {'median':>8}  {'p95':>8}")
    for row in timings:
        print(
            f"{row.name:<12}  {row.rows:>7}  {row.first_median:>8.1f}  {row.first_p95:>8.1f}  "
            f"{row.again_median:>8.1f}  {row.again_p95:>8.1f}"
        )
    return timings


def show_weeks(engine: Engine) -> None:
    ms, weeks = asking.timed(lambda: weekly_totals(engine))
    notes = int(weeks["notes"].sum())
    print(f"\nall players by week: {weeks.height} weeks of {notes:,} notes in {ms / 1000.0:.2f} s")


def show_ways(engine: Engine, player: User, options: argparse.Namespace) -> None:
    """The store, plain ORM objects and pandas in turn, the best of three rounds each."""
    crowd = store.half_a_year(range(9000, 9001), min(options.sessions, 30), options.notes)
    works: dict[str, Callable[[str], object]] = {
        "insert the notes of a player": lambda way: ways.insert(engine, way, crowd),
        "all notes of a player": lambda way: ways.read_notes(engine, way, player),
    }
    print(f"\n{'seconds':<30}" + "".join(f"{way:>10}" for way in ways.WAYS) + f"{'ORM':>10}{'pandas':>10}")
    for name, work in works.items():
        spent = np.array([[_seconds(work, way) for way in ways.WAYS] for _ in range(3)]).min(axis=0)
        shares = spent[1:] / spent[0]
        print(f"{name:<30}" + "".join(f"{s:>10.3f}" for s in spent) + "".join(f"{s:>9.1f}x" for s in shares))


def _seconds(work: Callable[[str], object], way: str) -> float:
    begin = time.perf_counter()
    result = work(way)
    # What has to be there beforehand is not counted where the work tells its own time.
    return result if isinstance(result, float) else time.perf_counter() - begin


def show_export(engine: Engine, player: User) -> None:
    print("\nexport of all notes of a player    rows    memory grew to at most")
    for how in ("streamed", "whole"):
        rows, grown = ways.export(engine, how, player)
        print(f"{how:<30}  {rows:>9,}  {grown:>8.1f} MB")


def show_plans(engine: Engine, player: User, timings: list[asking.Timing]) -> None:
    heaviest = sorted(timings, key=lambda row: row.again_median)[-2:]
    every = dict(asking.questions(read(engine, player, queries.sessions())))
    for row in heaviest:
        print(f"\n{row.name}\n{asking.plan(engine, player, every[row.name])}")
    asked = compiled(engine, weekly_question(), {})
    print(f"\nall players by week\n{asking.explained(engine, (SET_REPORT, []), asked)}")


def measure(url: str, options: argparse.Namespace) -> None:
    """Everything, in one run."""
    with opened(url) as engine:
        upgrade(engine)
        veteran = User(demo_player(9998, 1).user.id)
        if not options.sqlite:
            ingest(url, engine, options)
            asked = [demo_player(index, 1).user for index in range(options.users)][-ASKED:]
        years = store.ten_years(9998, options.notes, options.veteran)
        if read(engine, veteran, queries.sessions()).is_empty():
            seconds = store.fill(url, years, 1)
            print(f"ten years: {options.veteran * options.notes:,} notes in {seconds:.1f} s")
        show_sizes(engine)
        if not options.sqlite:
            timings = show_questions(engine, asked, ASKED)
            show_ways(engine, asked[-1], options)
        print(f"\nten years of one player, {options.veteran} sessions of {options.notes} notes:")
        show_questions(engine, [veteran], 3)
        show_weeks(engine)
        show_export(engine, veteran)
        if options.plans and not options.sqlite:
            show_plans(engine, asked[-1], timings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=1000)
    parser.add_argument("--sessions", type=int, default=100, help="of each player")
    parser.add_argument("--notes", type=int, default=300, help="in each session")
    parser.add_argument(
        "--veteran", type=int, default=store.TEN_YEARS_SESSIONS, help="sessions of the one with ten years"
    )
    parser.add_argument("--writers", type=int, default=2, help="processes that load")
    parser.add_argument("--url", help="a Postgres server; default: one of its own in a temporary folder")
    parser.add_argument("--sqlite", action="store_true", help="ten years of one player in a SQLite file")
    parser.add_argument("--plans", action="store_true", help="print EXPLAIN (ANALYZE, BUFFERS)")
    options = parser.parse_args()
    with ExitStack() as stack:
        if options.sqlite:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            url = f"sqlite:///{folder}/fretcoach.sqlite"
        else:
            url = options.url or stack.enter_context(store.server())
        measure(url, options)


if __name__ == "__main__":
    main()
