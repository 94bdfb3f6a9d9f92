"""Values come back from both databases as they went in."""

import math
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from workbench.store.columns import new_id
from workbench.store.schema import SessionRow

MOMENT = datetime(2026, 7, 1, 23, 59, 59, 999999, tzinfo=UTC)


def kept(engine: Engine, **columns: object) -> SessionRow:
    """A row as it is read after it was written with these columns."""
    values = {
        "session_id": new_id(), "user_id": "ada", "start_timestamp": MOMENT, "scale_chosen": "A Minor",
        "strictness": 0.5, "sensitivity": 0.5, **columns,
    }  # fmt: skip
    with Session(engine) as session:
        session.add(SessionRow(**values))
        session.commit()
        session.expire_all()
        return session.execute(select(SessionRow)).scalar_one()


def test_a_time_keeps_its_microseconds_and_its_zone(any_engine: Engine) -> None:
    row = kept(any_engine, end_timestamp=MOMENT.astimezone(timezone(timedelta(hours=-5))))
    assert row.start_timestamp == MOMENT
    assert row.end_timestamp == MOMENT
    assert row.start_timestamp.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(any_engine: Engine) -> None:
    with pytest.raises(StatementError, match="has no zone"):
        kept(any_engine, start_timestamp=datetime(2026, 7, 1))  # noqa: DTZ001


def test_an_id_is_a_uuid_on_both_sides(any_engine: Engine) -> None:
    session_id = new_id()
    row = kept(any_engine, session_id=session_id, current_analysis_id=None)
    assert row.session_id == session_id
    assert type(row.session_id) is UUID
    assert row.current_analysis_id is None


def test_ids_are_in_the_order_of_time() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 1000
    assert {each.version for each in ids} == {7}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None])
def test_what_is_no_number_becomes_null(any_engine: Engine, value: float | None) -> None:
    assert kept(any_engine, overall=value).overall is None


@pytest.mark.parametrize("value", [0.0, -0.25, 1e-300, 0.1 + 0.2])
def test_a_number_keeps_every_bit(any_engine: Engine, value: float) -> None:
    assert kept(any_engine, overall=value).overall == value


@pytest.mark.parametrize("value", [[], ["pitch_accuracy"], ["naïve ♯"], None])
def test_json_comes_back(any_engine: Engine, value: list[str] | None) -> None:
    assert kept(any_engine, enabled_metrics=value).enabled_metrics == value
