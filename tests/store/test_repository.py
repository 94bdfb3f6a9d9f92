"""Sessions are stored whole, once, and for one player."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, func, select, update

from dsp.summary import Counts, Metric, Overall, Summary
from workbench.store.columns import new_id
from workbench.store.errors import StoreError
from workbench.store.items import Item, Items
from workbench.store.messages import Messages
from workbench.store.plans import Plans
from workbench.store.records import Analysis, SessionEnd, SessionStart, StoredNote
from workbench.store.repository import UNDO_PERIOD, Repository
from workbench.store.schema import AnalysisRow, Base, NoteRow, SessionRow
from workbench.user import User

Finish = Callable[[SessionStart], SessionEnd]


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgres", marks=pytest.mark.postgres),
        pytest.param("pooled", marks=pytest.mark.postgres),
    ]
)
def any_engine(request: pytest.FixtureRequest) -> Engine:
    """Both databases, and Postgres behind PgBouncer with a pool of one."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine


@pytest.fixture
def repository(any_engine: Engine) -> Repository:
    return Repository(any_engine)


def session_of(engine: Engine, session_id: UUID) -> dict[str, Any]:
    with engine.connect() as connection:
        columns = SessionRow.__table__.columns
        row = connection.execute(select(*columns).where(SessionRow.session_id == session_id)).one()
        return dict(row._mapping)


def count(engine: Engine, model: type[Base]) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(model)).scalar_one()


def test_the_row_stands_from_the_start(
    any_engine: Engine, repository: Repository, start: SessionStart
) -> None:
    repository.begin_session(start)
    row = session_of(any_engine, start.session_id)
    assert row["end_timestamp"] is None
    assert row["start_timestamp"] == start.started_at
    assert row["enabled_metrics"] == ["pitch_accuracy", "timing_stability", "noise_control"]
    assert repository.unfinished(start.user) == [start.session_id]


def test_finishing_stores_summary_notes_and_analysis(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish
) -> None:
    repository.begin_session(start)
    repository.finish_session(start.user, finish(start))
    row = session_of(any_engine, start.session_id)
    assert row["end_timestamp"] == start.started_at + timedelta(minutes=1)
    assert (row["pitch_accuracy"], row["overall"]) == (0.94, 0.94)
    assert row["timing_stability"] is None, "too few notes"
    assert row["scale_conformity"] is None, "switched off"
    assert (row["total_notes_played"], row["correct_notes_played"]) == (4, 2)
    assert (row["bad_notes_played"], row["unjudged_notes"], row["unique_notes_used"]) == (1, 1, 3)
    assert count(any_engine, NoteRow) == 4
    assert repository.unfinished(start.user) == []


def test_finishing_twice_changes_nothing(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish
) -> None:
    repository.begin_session(start)
    repository.finish_session(start.user, finish(start))
    before = session_of(any_engine, start.session_id)
    repository.begin_session(start)
    repository.finish_session(start.user, replace(finish(start), duration_s=1.0, notes=()))
    assert session_of(any_engine, start.session_id) == before
    assert (count(any_engine, NoteRow), count(any_engine, AnalysisRow)) == (4, 1)


def test_a_failure_between_the_statements_leaves_nothing_half_done(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish
) -> None:
    repository.begin_session(start)

    def break_before_the_summary(*arguments: Any) -> None:
        if arguments[2].lstrip().startswith("UPDATE"):
            raise KeyboardInterrupt

    event.listen(any_engine, "before_cursor_execute", break_before_the_summary)
    with pytest.raises(KeyboardInterrupt):
        repository.finish_session(start.user, finish(start))
    event.remove(any_engine, "before_cursor_execute", break_before_the_summary)

    assert (count(any_engine, NoteRow), count(any_engine, AnalysisRow)) == (0, 0)
    assert repository.unfinished(start.user) == [start.session_id]
    repository.finish_session(start.user, finish(start))
    assert count(any_engine, NoteRow) == 4


def test_what_is_no_number_is_stored_as_unknown(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish
) -> None:
    odd = Metric(float("nan"), "cents", float("-inf"), float("inf"), 9, float("nan"), {"bias": float("nan")})
    summary = Summary({"pitch_accuracy": odd}, Overall(float("inf"), {}), Counts(1, 1))
    note = StoredNote(0, 0.0, float("inf"), float("nan"), 0.0, -20.0, 1.0, True, "pick")
    repository.begin_session(start)
    repository.finish_session(start.user, replace(finish(start), summary=summary, notes=(note,)))
    row = session_of(any_engine, start.session_id)
    assert (row["pitch_accuracy"], row["overall"]) == (None, None)
    with any_engine.connect() as connection:
        stored = connection.execute(select(NoteRow.duration_s, NoteRow.midi, NoteRow.level_dbfs)).one()
        detail = connection.execute(select(AnalysisRow.metric_detail)).scalar_one()
    assert tuple(stored) == (None, None, -20.0)
    assert detail["metrics"]["pitch_accuracy"]["detail"] == {"bias": None}


@pytest.mark.parametrize(
    "words", ["Robert'); DROP TABLE notes;--", "naïve ♯ 吉他 🎸", 'a "quote" \\ and a %s :x']
)
def test_any_comment_comes_back_as_written(
    any_engine: Engine, repository: Repository, start: SessionStart, words: str
) -> None:
    repository.begin_session(start)
    repository.set_comment(start.user, start.session_id, f"  {words}\n")
    assert session_of(any_engine, start.session_id)["comment"] == words
    repository.set_comment(start.user, start.session_id, "  ")
    assert session_of(any_engine, start.session_id)["comment"] is None


def test_a_re_score_adds_and_never_overwrites(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish
) -> None:
    repository.begin_session(start)
    end = finish(start)
    repository.finish_session(start.user, end)
    counts = Counts(played=1, right=1)
    summary = Summary({}, Overall(0.5, {}), counts)
    later = repository.append_analysis(
        start.user, start.session_id, Analysis(summary, end.notes[:1], 1, "2.0")
    )
    row = session_of(any_engine, start.session_id)
    assert (row["current_analysis_id"], row["overall"], row["total_notes_played"]) == (later, 0.5, 1)
    assert row["duration_seconds"] == 60.0
    assert row["pitch_accuracy"] is None
    assert (count(any_engine, AnalysisRow), count(any_engine, NoteRow)) == (2, 5)


def test_a_running_session_is_not_scored_again(
    repository: Repository, start: SessionStart, finish: Finish
) -> None:
    repository.begin_session(start)
    with pytest.raises(StoreError, match="still running"):
        repository.append_analysis(start.user, start.session_id, finish(start).analysis)


def test_nobody_touches_the_session_of_another_player(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish, ben: User
) -> None:
    repository.begin_session(start)
    repository.set_comment(start.user, start.session_id, "mine")
    before = session_of(any_engine, start.session_id)
    attempts: list[Callable[[], Any]] = [
        lambda: repository.begin_session(replace(start, user=ben)),
        lambda: repository.finish_session(ben, finish(start)),
        lambda: repository.append_analysis(ben, start.session_id, finish(start).analysis),
        lambda: repository.set_comment(ben, start.session_id, "yours"),
        lambda: repository.delete_session(ben, start.session_id),
        lambda: repository.undo_delete(ben, start.session_id),
    ]
    for attempt in attempts:
        with pytest.raises(StoreError, match=r"of the player ben|another player"):
            attempt()
    assert session_of(any_engine, start.session_id) == before
    assert repository.unfinished(ben) == []


def test_a_note_cannot_hang_on_another_players_session(
    any_engine: Engine, repository: Repository, start: SessionStart, ben: User
) -> None:
    from sqlalchemy import insert
    from sqlalchemy.exc import IntegrityError

    repository.begin_session(start)
    row = {"analysis_id": new_id(), "session_id": start.session_id, "user_id": ben.id}
    with pytest.raises(IntegrityError), any_engine.begin() as connection:
        connection.execute(
            insert(AnalysisRow), row | {"engine_version": "1", "settings": {}, "metric_detail": {}}
        )


def test_a_deletion_can_be_taken_back(
    any_engine: Engine, repository: Repository, start: SessionStart
) -> None:
    repository.begin_session(start)
    repository.delete_session(start.user, start.session_id)
    deleted_at = session_of(any_engine, start.session_id)["deleted_at"]
    assert abs(datetime.now(UTC) - deleted_at) < timedelta(minutes=1)
    assert repository.unfinished(start.user) == []
    repository.delete_session(start.user, start.session_id)
    assert session_of(any_engine, start.session_id)["deleted_at"] == deleted_at, "the first deletion counts"
    repository.undo_delete(start.user, start.session_id)
    assert session_of(any_engine, start.session_id)["deleted_at"] is None


def test_an_old_deletion_stays(any_engine: Engine, repository: Repository, start: SessionStart) -> None:
    repository.begin_session(start)
    long_ago = datetime.now(UTC) - UNDO_PERIOD - timedelta(hours=1)
    with any_engine.begin() as connection:
        connection.execute(update(SessionRow).values(deleted_at=long_ago))
    with pytest.raises(StoreError, match="7 days"):
        repository.undo_delete(start.user, start.session_id)
    assert session_of(any_engine, start.session_id)["deleted_at"] == long_ago


def test_only_the_demo_is_erased(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish
) -> None:
    mine = finish(start)
    demo = replace(
        start, session_id=new_id(), user=User("demo-ada"), origin_device="demo", device_type="demo"
    )
    repository.add_finished([(start, mine)])
    repository.add_finished([(demo, finish(demo))])
    assert repository.erase_demo([User("demo-ada"), start.user]) == 1
    assert repository.erase_demo([User("demo-ada")]) == 0
    assert session_of(any_engine, start.session_id)["total_notes_played"] == 4
    assert (count(any_engine, SessionRow), count(any_engine, AnalysisRow), count(any_engine, NoteRow)) == (
        1,
        1,
        4,
    )


def test_what_a_coach_told_a_made_up_player_goes_with_the_demo(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish
) -> None:
    plans, messages, items = Plans(any_engine), Messages(any_engine), Items(any_engine)
    demo = replace(start, user=User("demo-ada"), origin_device="demo", device_type="demo")
    mixed = replace(demo, session_id=new_id(), user=start.user)
    own = replace(start, session_id=new_id())
    for session in (demo, mixed, own):
        repository.add_finished([(session, finish(session))])
    for user in (demo.user, start.user):
        practice = plans.save(user, {"minutes": 5.0})
        plans.add_outcome(user, practice, None, {"verdict": "better"})
        messages.add(user, "user", "what next?")
        items.put(user, [Item(new_id(), "degree", {"degree": 6}, start.started_at)])
    assert repository.erase_demo([demo.user, start.user]) == 2
    for user, left in ((demo.user, 0), (start.user, 1)):
        kept = (plans.newest(user, 9), plans.outcomes(user), messages.newest(user, 9), items.all(user))
        assert [len(rows) for rows in kept] == [left] * 4


def test_a_machine_called_demo_keeps_its_sessions(repository: Repository, start: SessionStart) -> None:
    repository.begin_session(replace(start, origin_device="demo"))
    assert repository.erase_demo([start.user]) == 0
    assert repository.unfinished(start.user) == [start.session_id]


def test_many_sessions_at_once_belong_to_one_player(
    any_engine: Engine, repository: Repository, start: SessionStart, finish: Finish, ben: User
) -> None:
    bens = replace(start, session_id=new_id(), user=ben)
    with pytest.raises(ValueError, match="several players"):
        repository.add_finished([(start, finish(start)), (bens, finish(bens))])
    repository.add_finished([])
    assert count(any_engine, SessionRow) == 0
