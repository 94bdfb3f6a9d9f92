"""`fretcoach rescore`: one more analysis for each recording, the old ones kept, the rest said in words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import Engine

from workbench.settings import load_settings
from workbench.store import queries
from workbench.store.engine import open_engine
from workbench.store.read import read
from workbench.user import User

Told = tuple[int, str, str]
TAKE = Path(__file__).resolve().parents[2] / "workbench" / "takes" / "r_clean_01.flac"


@pytest.fixture
def engine(fretcoach: Callable[..., Told], monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Two sessions of ada, the first with a recording, the second without."""
    for keep in ("true", "false"):
        monkeypatch.setenv("FRETCOACH_RECORDINGS", keep)
        status, _, error = fretcoach(
            "practice", "--source", TAKE, "--fast", "--user", "ada", "--scale", "A minor", "--seconds", 4
        )
        assert (status, error) == (0, "")
    engine = open_engine(load_settings().database_url)
    yield engine
    engine.dispose()


def sessions_of(engine: Engine) -> pl.DataFrame:
    return read(engine, User("ada"), queries.sessions())


def test_a_recording_gets_one_more_analysis_with_the_same_notes(
    fretcoach: Callable[..., Told], engine: Engine
) -> None:
    before = sessions_of(engine)
    first = before["session_id"][0]
    notes = read(engine, User("ada"), queries.notes(first))
    told = fretcoach("rescore", "--user", "ada")
    assert told == (0, "Scored 1 session of ada again; 1 session without a recording.\n", "")
    after = sessions_of(engine)
    analyses = read(engine, User("ada"), queries.analyses(first))
    assert analyses.height == 2
    assert after["current_analysis_id"][0] == analyses["analysis_id"][1] != before["current_analysis_id"][0]
    assert after["current_analysis_id"][1] == before["current_analysis_id"][1]
    # Today's engine is the one that listened: it hears the same, whatever was stored as sound.
    again = read(engine, User("ada"), queries.notes(first))
    assert notes.height > 0
    assert again["midi"].round(2).to_list() == notes["midi"].round(2).to_list()
    assert again["onset_s"].round(3).to_list() == notes["onset_s"].round(3).to_list()
    assert after["overall"][0] == pytest.approx(before["overall"][0], abs=0.01)


def test_one_session_by_its_id(fretcoach: Callable[..., Told], engine: Engine) -> None:
    first, second = sessions_of(engine)["session_id"]
    assert fretcoach("rescore", "--user", "ada", "--session", second)[1].startswith("Scored 0 sessions")
    assert fretcoach("rescore", "--user", "ada", "--session", first)[1].startswith("Scored 1 session")
    status, _, error = fretcoach("rescore", "--user", "ben", "--session", first)
    assert status == 1
    assert f"The player ben has no finished session {first}." in " ".join(error.split())


def test_a_lost_recording_is_one_sentence_after_the_rest(
    fretcoach: Callable[..., Told], engine: Engine
) -> None:
    recording = Path(sessions_of(engine)["recording_path"][0])
    recording.unlink()
    status, said, error = fretcoach("rescore", "--user", "ada")
    assert status == 1
    assert said.startswith("Scored 0 sessions of ada again")
    assert error.count("\n") == 1
    assert f"There is no file {recording}." in error
    assert read(engine, User("ada"), queries.analyses(sessions_of(engine)["session_id"][0])).height == 1
