"""A Postgres of the earlier FretCoach becomes ours: no row is lost, no table dropped, its programs go on."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from workbench.archive import Archive
from workbench.store import queries
from workbench.store.adoption import Adopted, plan_of
from workbench.store.engine import status, upgrade
from workbench.store.errors import StoreError
from workbench.store.read import read
from workbench.store.transaction import transaction
from workbench.user import User

BERLIN = ZoneInfo("Europe/Berlin")

# The shapes below are those of that program's own SQL; ids, texts and times are of all kinds it could hold.
TABLES = """
CREATE SCHEMA fretcoach;
CREATE TABLE fretcoach.sessions (
    session_id VARCHAR(255) NOT NULL, user_id VARCHAR(255) NOT NULL,
    start_timestamp TIMESTAMP WITHOUT TIME ZONE NOT NULL, end_timestamp TIMESTAMP WITHOUT TIME ZONE,
    pitch_accuracy DOUBLE PRECISION, scale_conformity DOUBLE PRECISION, timing_stability DOUBLE PRECISION,
    scale_chosen VARCHAR(100) NOT NULL, sensitivity DOUBLE PRECISION NOT NULL,
    strictness DOUBLE PRECISION NOT NULL, total_notes_played INTEGER DEFAULT 0,
    correct_notes_played INTEGER DEFAULT 0, bad_notes_played INTEGER DEFAULT 0, total_inscale_notes INTEGER,
    duration_seconds DOUBLE PRECISION, ambient_light_option BOOLEAN DEFAULT TRUE,
    created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    scale_type VARCHAR(20) DEFAULT 'natural', CONSTRAINT sessions_pkey PRIMARY KEY (session_id, user_id));
CREATE INDEX idx_sessions_start_timestamp ON fretcoach.sessions (start_timestamp DESC);
CREATE INDEX idx_sessions_user_id ON fretcoach.sessions (user_id);
ALTER TABLE fretcoach.sessions ENABLE ROW LEVEL SECURITY;
CREATE TABLE fretcoach.ai_practice_plans (
    practice_id UUID NOT NULL, user_id VARCHAR(255) NOT NULL,
    generated_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP, practice_plan TEXT NOT NULL,
    executed_session_id VARCHAR(255), created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT ai_practice_plans_pkey PRIMARY KEY (practice_id));
CREATE INDEX idx_practice_plans_execution ON fretcoach.ai_practice_plans (executed_session_id);
CREATE POLICY "Allow all for service role" ON fretcoach.ai_practice_plans FOR ALL USING (true);
CREATE TABLE fretcoach.user_configs (
    user_id VARCHAR(255) NOT NULL, enabled_metrics JSONB NOT NULL DEFAULT '{"pitch_accuracy": true}'::jsonb,
    updated_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT user_configs_pkey PRIMARY KEY (user_id));
"""

INSERT = (
    "INSERT INTO fretcoach.sessions (session_id, user_id, start_timestamp, end_timestamp, pitch_accuracy,"
    " scale_conformity, timing_stability, scale_chosen, scale_type, sensitivity, strictness,"
    " total_notes_played, correct_notes_played, bad_notes_played, total_inscale_notes, duration_seconds,"
    " ambient_light_option) VALUES (%(session_id)s, %(user_id)s, '2026-01-02 18:00:00',"
    " '2026-01-02 18:10:00', 0.75, NULL, 0.5, 'C Major', 'natural', 0.5, 0.5, 40, 30, 10, 5, 600.0, true)"
)
"""As that program's own client inserts a session: ids as text, times without a zone."""

SAME = "0c9b3b0e-6a54-4c0e-8d9c-111111111111"
IDS = [
    ("2f9d3b0e-6a54-4c0e-8d9c-222222222222", "ada"),
    ("session 7", "ada"),
    ("session 7", "ben"),
    (SAME, "ada"),
    (SAME, "ben"),
    ('o\'brien; -- "x" ♯', "o'brien"),
]
PLANS = {
    "11111111-0000-4000-8000-000000000001": '{"focus": "pitch", "exercises": ["a", "b"]}',
    "11111111-0000-4000-8000-000000000002": "Play slowly, and don't stop.",
    "11111111-0000-4000-8000-000000000003": '["a list"]',
    "11111111-0000-4000-8000-000000000004": '{"zero": "\\u0000"}',
}


@pytest.fixture
def earlier(empty_postgres: Engine) -> Engine:
    with empty_postgres.begin() as connection:
        connection.execute(text(TABLES.replace(": true", r"\: true")))
        for session_id, user_id in IDS:
            connection.exec_driver_sql(INSERT, {"session_id": session_id, "user_id": user_id})
        for number, (practice_id, plan) in enumerate(PLANS.items()):
            connection.exec_driver_sql(
                "INSERT INTO fretcoach.ai_practice_plans (practice_id, user_id, generated_at, practice_plan,"
                " executed_session_id) VALUES (%s, 'ada', '2026-07-02 18:00:00', %s, %s)",
                (
                    practice_id,
                    plan,
                    ["session 7", None, "N/A - Generated from Web Practice Coach", SAME][number],
                ),
            )
        connection.exec_driver_sql(
            "INSERT INTO fretcoach.user_configs VALUES ('ada', '{\"pitch_accuracy\": false}', '2026-01-01')"
        )
    return empty_postgres


def all_of(engine: Engine, query: str) -> list[Any]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query).all()]


def test_every_row_arrives_and_the_old_tables_stay(earlier: Engine) -> None:
    before = all_of(earlier, "SELECT * FROM fretcoach.sessions ORDER BY session_id, user_id")
    done = upgrade(earlier, BERLIN)
    assert done.adopted == Adopted(sessions=6, plans=4, configs=1, zone="Europe/Berlin")
    assert (
        all_of(earlier, "SELECT * FROM fretcoach.prototype_sessions ORDER BY session_id, user_id") == before
    )
    rows = all_of(earlier, "SELECT user_id, session_id::text, legacy_id FROM fretcoach.sessions")
    assert sorted((legacy or session, user) for user, session, legacy in rows) == sorted(IDS)
    assert len({session for _, session, _ in rows}) == 6
    assert all_of(earlier, "SELECT count(*) FROM fretcoach.prototype_ai_practice_plans") == [(4,)]
    assert all_of(earlier, "SELECT count(*) FROM fretcoach.prototype_user_configs") == [(1,)]


def test_times_are_read_in_the_stated_zone(earlier: Engine) -> None:
    upgrade(earlier, BERLIN)
    started = all_of(earlier, "SELECT DISTINCT start_timestamp FROM fretcoach.sessions")
    assert started == [(datetime(2026, 1, 2, 17, 0, tzinfo=UTC),)]
    made = all_of(earlier, "SELECT DISTINCT generated_at FROM fretcoach.ai_practice_plans")
    assert made == [(datetime(2026, 7, 2, 16, 0, tzinfo=UTC),)]


def test_the_pages_show_what_was_taken_over(earlier: Engine) -> None:
    upgrade(earlier, BERLIN)
    sessions = Archive(User("o'brien"), earlier).sessions()
    row = sessions.row(0, named=True)
    assert row["engine_version"] == "fretcoach-prototype"
    summary = Archive(User("o'brien"), earlier).summary(row["session_id"], row["current_analysis_id"])
    assert summary is not None
    assert summary.metrics["pitch_accuracy"].score == 0.75


def test_plans_are_json_and_know_their_session(earlier: Engine) -> None:
    upgrade(earlier, BERLIN)
    query = "SELECT practice_id::text, practice_plan, executed_session_id FROM fretcoach.ai_practice_plans"
    found = {row[0]: row[1:] for row in all_of(earlier, query)}
    plans = list(PLANS)
    assert found[plans[0]][0] == json.loads(PLANS[plans[0]])
    for plan in plans[1:]:
        assert found[plan][0] == {"text": PLANS[plan]}
    seven = "SELECT session_id FROM fretcoach.sessions WHERE legacy_id = 'session 7' AND user_id = 'ada'"
    assert found[plans[0]][1] == all_of(earlier, seven)[0][0]
    assert found[plans[2]][1] is None


@pytest.mark.parametrize("written", ["", "NaN", '{"a": NaN}', '{"a": "\\ud800"}', "[" * 100_000, "null"])
def test_a_plan_that_no_database_can_hold_is_text(written: str) -> None:
    assert plan_of(written) == {"text": written}


def test_choices_get_their_names(earlier: Engine) -> None:
    upgrade(earlier, BERLIN)
    assert all_of(earlier, "SELECT user_id, name, value FROM fretcoach.user_configs") == [
        ("ada", "enabled_metrics", {"pitch_accuracy": False})
    ]


def test_a_second_upgrade_does_nothing(earlier: Engine) -> None:
    upgrade(earlier, BERLIN)
    assert (upgrade(earlier, BERLIN).applied, upgrade(earlier).adopted) == ((), None)
    assert all_of(earlier, "SELECT count(*) FROM fretcoach.sessions") == [(6,)]


def test_its_own_programs_still_insert_and_are_understood(earlier: Engine) -> None:
    upgrade(earlier, BERLIN)
    new = "3f9d3b0e-6a54-4c0e-8d9c-333333333333"
    with earlier.begin() as connection:
        connection.exec_driver_sql(INSERT, {"session_id": new, "user_id": "zoe"})
    sessions = read(earlier, User("zoe"), queries.sessions())
    row = sessions.row(0, named=True)
    assert (row["session_id"], row["engine_version"]) == (new, "fretcoach-prototype")
    assert sorted(json.loads(row["enabled_metrics"])) == ["pitch_accuracy", "timing_stability"]
    summary = Archive(User("zoe"), earlier).summary(new, row["current_analysis_id"])
    assert summary is not None
    assert (summary.counts.right, summary.metrics["timing_stability"].score) == (30, 0.5)
    # It looks for this column, and drops the table when it finds none.
    looked_for = "SELECT 1 FROM information_schema.columns WHERE column_name = 'total_inscale_notes'"
    assert (1,) in all_of(earlier, f"{looked_for} AND table_schema = 'fretcoach' AND table_name = 'sessions'")


def test_the_old_tables_are_closed_to_the_app(earlier: Engine) -> None:
    upgrade(earlier, BERLIN)
    with (
        pytest.raises(StoreError, match="permission denied"),
        transaction(earlier, User("ada")) as connection,
    ):
        connection.execute(text("SELECT * FROM fretcoach.prototype_sessions"))
    open_tables = (
        "SELECT relname FROM pg_class WHERE relnamespace = 'fretcoach'::regnamespace AND relkind = 'r'"
        " AND NOT (relrowsecurity AND relforcerowsecurity)"
    )
    assert all_of(earlier, open_tables) == []


def test_nothing_is_taken_over_unasked(earlier: Engine) -> None:
    with pytest.raises(StoreError, match="fretcoach db upgrade"):
        upgrade(earlier)
    assert status(earlier).current is None
    assert all_of(earlier, "SELECT count(*) FROM fretcoach.sessions") == [(6,)]


def test_a_row_that_can_not_be_taken_over_leaves_everything_as_it_was(
    earlier: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.store import adoption

    monkeypatch.setitem(adoption._COPY, "ai_practice_plans", lambda *_: 3)
    with pytest.raises(StoreError, match="Of 4 rows"):
        upgrade(earlier, BERLIN)
    assert all_of(earlier, "SELECT count(*) FROM fretcoach.sessions") == [(6,)]
    assert all_of(earlier, "SELECT to_regclass('fretcoach.prototype_sessions')") == [(None,)]


@pytest.mark.postgres
def test_tables_of_somebody_else_are_refused(empty_postgres: Engine) -> None:
    with empty_postgres.begin() as connection:
        connection.execute(text("CREATE SCHEMA fretcoach"))
        connection.execute(text("CREATE TABLE fretcoach.notes (mine text)"))
    with pytest.raises(StoreError, match="'notes' that neither"):
        upgrade(empty_postgres, BERLIN)


@pytest.mark.postgres
def test_a_table_with_our_names_and_text_ids_arrives_too(empty_postgres: Engine) -> None:
    """Another release of it named its columns as ours are."""
    with empty_postgres.begin() as connection:
        connection.execute(text("CREATE SCHEMA fretcoach"))
        connection.execute(
            text(
                "CREATE TABLE fretcoach.sessions (session_id VARCHAR(255) PRIMARY KEY, user_id VARCHAR(255),"
                " start_timestamp TIMESTAMP, end_timestamp TIMESTAMP, scale_chosen VARCHAR(100),"
                " scale_type VARCHAR(50), pitch_accuracy FLOAT, total_notes_played INTEGER,"
                " unique_notes_used INTEGER, duration_seconds INTEGER, strictness FLOAT, sensitivity FLOAT,"
                " ambient_lighting_used BOOLEAN, device_type VARCHAR(50))"
            )
        )
        connection.execute(
            text(
                "INSERT INTO fretcoach.sessions VALUES ('s1', 'ada', '2026-01-01', '2026-01-01 00\\:10', 'A',"
                " 'natural', 0.5, 3, 4, 600, NULL, 'NaN', true, 'desktop')"
            )
        )
    assert upgrade(empty_postgres, BERLIN).adopted == Adopted(1, 0, 0, "Europe/Berlin")
    chosen = "SELECT strictness, sensitivity FROM fretcoach.sessions"
    assert all_of(empty_postgres, chosen) == [(0.5, 0.5)]
    kept = "SELECT unique_notes_used, ambient_lighting_used, device_type, legacy_id FROM fretcoach.sessions"
    assert all_of(empty_postgres, kept) == [(4, True, "desktop", "s1")]
    assert isinstance(all_of(empty_postgres, "SELECT session_id FROM fretcoach.sessions")[0][0], UUID)
