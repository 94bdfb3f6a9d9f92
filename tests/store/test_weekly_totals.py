"""Every player's weeks: the same figures from both databases as from the notes themselves."""

from datetime import date
from uuid import UUID

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Engine

from workbench.demo.crowd_history import Crowd, store_crowd
from workbench.store.errors import StoreError
from workbench.store.records import SessionStart
from workbench.store.repository import Repository
from workbench.store.weekly_totals import WEEKLY_SCHEMA, weekly_totals

CROWD = Crowd(range(3, 7), date(2025, 12, 25), date(2026, 1, 21), sessions=9, notes=40, seed=2)


def from_the_notes() -> pl.DataFrame:
    """The obvious way: everything into memory."""
    histories = list(CROWD.histories())
    sessions = pl.concat(history.sessions for history in histories)
    notes = pl.concat(history.notes for history in histories)
    sums = notes.group_by("analysis_id").agg(
        notes=pl.len(),
        judged=pl.col("in_scale").count(),
        right=pl.col("in_scale").sum(),
        cents=pl.col("cents").abs().sum(),
        late=pl.col("deviation_ms").abs().sum(),
        timed=pl.col("deviation_ms").count(),
    )
    weeks = sessions.join(sums, left_on="current_analysis_id", right_on="analysis_id").group_by(
        week=pl.col("start_timestamp").dt.truncate("1w").dt.date()
    )
    totals = weeks.agg(
        players=pl.col("user_id").n_unique(),
        sessions=pl.len(),
        hours=pl.col("duration_seconds").sum() / 3600.0,
        notes=pl.col("notes").sum(),
        judged=pl.col("judged").sum(),
        right_share=pl.col("right").sum() / pl.col("judged").sum(),
        mean_abs_cents=pl.col("cents").sum() / pl.col("judged").sum(),
        mean_abs_deviation_ms=pl.col("late").sum() / pl.col("timed").sum(),
        overall=pl.col("overall").mean(),
    )
    return totals.sort("week").cast(dict(WEEKLY_SCHEMA))  # type: ignore[arg-type]


def test_weeks_are_those_of_the_notes(any_engine: Engine) -> None:
    store_crowd(any_engine, CROWD)
    totals = weekly_totals(any_engine)
    assert totals.height >= 4
    assert totals["week"].dt.weekday().unique().to_list() == [1]
    assert_frame_equal(totals, from_the_notes(), rel_tol=1e-9)


def test_what_is_deleted_or_running_does_not_count(any_engine: Engine, start: SessionStart) -> None:
    store_crowd(any_engine, CROWD)
    before = weekly_totals(any_engine)
    history = next(CROWD.histories())
    repository = Repository(any_engine)
    repository.begin_session(start)
    repository.delete_session(history.user, UUID(history.sessions["session_id"][0]))
    after = weekly_totals(any_engine)
    assert after["sessions"].sum() == before["sessions"].sum() - 1
    assert after["notes"].sum() == before["notes"].sum() - 40


def test_no_practice_is_no_week(any_engine: Engine) -> None:
    totals = weekly_totals(any_engine)
    assert totals.is_empty()
    assert totals.schema == pl.Schema(WEEKLY_SCHEMA)


@pytest.mark.postgres
def test_only_who_may_see_everybody_may_ask(
    postgres_engine: Engine, app_engine: Engine, report_engine: Engine
) -> None:
    store_crowd(postgres_engine, CROWD)
    assert_frame_equal(weekly_totals(report_engine), from_the_notes(), rel_tol=1e-9)
    with pytest.raises(StoreError, match="may not see the sessions of every player"):
        weekly_totals(app_engine)
