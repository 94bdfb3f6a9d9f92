"""`fretcoach export` and `fretcoach import` as a player calls them."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import polars as pl
import pytest
from sqlalchemy import Engine

from dsp.metrics import summarize
from dsp.scales import parse_scale
from workbench.settings import load_settings
from workbench.store.columns import new_id
from workbench.store.engine import open_engine, upgrade
from workbench.store.records import SessionEnd, SessionStart, StoredNote
from workbench.store.repository import Repository
from workbench.user import User

Told = tuple[int, str, str]
EARLIER = """session_id,user_id,start_timestamp,end_timestamp,pitch_accuracy,\
scale_conformity,timing_stability,scale_chosen,sensitivity,strictness,total_notes_played,correct_notes_played,bad_notes_played,\
total_inscale_notes,duration_seconds,ambient_light_option,created_at,scale_type
0c9b3b0e-6a54-4c0e-8d9c-111111111111,ada,2026-01-02 18:00:00,2026-01-02 18:10:00.5,0.75,,0.5,\
A Minor,0.5,0.7,40,30,10,5,600.5,t,2026-01-02 18:10:01,pentatonic
"""


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv("FRETCOACH_USER", "ada")
    engine = open_engine(load_settings().database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session_id(engine: Engine) -> UUID:
    """A session of ada with two notes, at 90 to a click."""
    started = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    start = SessionStart(new_id(), User("ada"), started, "A Minor", "pentatonic", bpm=90.0)
    notes = tuple(
        StoredNote(n, 1.0 + n * 60.0 / 90.0, 0.4, 57.0 + 3 * n, 0.0, -20.0, 0.9, True, "pick") for n in (0, 1)
    )
    summary = summarize([], scale=parse_scale("A minor"), click=None)
    end = SessionEnd(start.session_id, started, 60.0, summary, notes, 2, "1.0", {"notes_per_beat": 1})
    Repository(engine).add_finished([(start, end)])
    return start.session_id


@pytest.mark.parametrize(
    ("kind", "name"), [("csv", "out"), ("csv", "o.zip"), ("json", "o"), ("parquet", "o")]
)
def test_out_and_in_again(
    *,
    fretcoach: Callable[..., Told],
    session_id: UUID,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    name: str,
) -> None:
    path = tmp_path / name
    told = fretcoach("export", "--user", "ada", "--format", kind, path)
    assert told == (0, f"Exported 1 session, 1 analysis, 2 notes to {path}\n", "")
    assert fretcoach("import", path)[1] == (
        "Imported for ada: nothing\nHere already: 1 session, 1 analysis, 2 notes\n"
    )
    monkeypatch.setenv("FRETCOACH_DATA_DIR", str(tmp_path / "elsewhere"))
    assert fretcoach("import", path) == (0, "Imported for ada: 1 session, 1 analysis, 2 notes\n", "")


def test_one_session_as_midi_and_as_musicxml(
    fretcoach: Callable[..., Told], session_id: UUID, tmp_path: Path
) -> None:
    import mido

    for kind, options in (("midi", ["--session", session_id]), ("musicxml", [])):
        status, said, _ = fretcoach("export", "--format", kind, *options, tmp_path / kind)
        assert status == 0
        assert "2026" in said
        assert f"(2 notes) to {tmp_path / kind}" in said
    file = mido.MidiFile(str(tmp_path / "midi"))
    assert [message.note for message in file.tracks[0] if message.type == "note_on"] == [57, 60]
    assert (tmp_path / "musicxml").read_bytes().startswith(b"<?xml")


def test_what_is_not_there_or_not_yours_is_one_sentence(
    fretcoach: Callable[..., Told], session_id: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "out"
    wrong = new_id()
    for arguments, sentence in (
        (("export", "--format", "midi", "--session", wrong, path), f"no finished session {wrong}."),
        (
            ("export", "--format", "midi", "--user", "ben", path),
            "The player ben has no finished session yet.",
        ),
        (("export", "--format", "json", "--session", "x", path), "'x' is not the id of a session"),
        (("import", tmp_path / "nothing"), f"There is no file or folder {tmp_path / 'nothing'}."),
    ):
        status, said, error = fretcoach(*arguments)
        assert (status, said) == (1, "")
        assert sentence in " ".join(error.split())
    assert not path.exists()
    assert fretcoach("export", "--format", "json", path)[0] == 0
    status, _, error = fretcoach("import", "--user", "ben", path)
    assert status == 1
    assert "holds sessions of ada, and you are ben" in " ".join(error.split())


def test_bad_usage(fretcoach: Callable[..., Told], tmp_path: Path) -> None:
    for arguments in (
        ("export", "--format", "mp3", tmp_path / "x"),
        ("export", tmp_path / "x"),
        ("export", "--format", "json", "--user", " ", tmp_path / "x"),
        ("export", "--format", "midi", "--user", "a", "--user", "b", tmp_path / "x"),
        ("import", "--zone", "Mars/Olympus", tmp_path / "x"),
    ):
        assert fretcoach(*arguments)[0] == 2


def test_the_earlier_fretcoach_comes_in_once_in_its_zone(
    fretcoach: Callable[..., Told], engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "sessions.csv"
    path.write_text(EARLIER, encoding="utf-8")
    told = fretcoach("import", "--zone", "Europe/Berlin", path)
    assert told == (0, "Imported for ada: 1 session, 1 analysis\n", "")
    assert fretcoach("import", "--zone", "Europe/Berlin", path)[1].startswith("Imported for ada: nothing\n")
    fretcoach("export", "--format", "json", tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    assert rows[1]["start_timestamp"] == "2026-01-02T17:00:00.000000Z"
    assert rows[2]["engine_version"] == "fretcoach-prototype"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("0.75", "lots", "row 1: 'lots' can't be read as 'pitch_accuracy'"),
        ("0.75", "NaN", "row 1: 'NaN' is no number for 'pitch_accuracy'"),
        ("strictness", "strict", "no export of FretCoach"),
        ("bad_notes_played", "wrong_notes", "no column 'wrong_notes'"),
        (",t,2026-01-02 18:10:01,pentatonic", "", "row 1 has another number of fields"),
        ("2026-01-02 18:00:00", "yesterday", "'yesterday' can't be read as 'start_timestamp'"),
        (",A Minor,", ",,", "'scale_chosen' is missing"),
        (",ada,", ",default_user,", "sessions of default_user, and you are ada"),
    ],
)
def test_a_damaged_table_of_it_brings_nothing_in(
    *,
    fretcoach: Callable[..., Told],
    engine: Engine,
    tmp_path: Path,
    old: str,
    new: str,
    sentence: str,
) -> None:
    good, bad = EARLIER.splitlines()[0], EARLIER.splitlines()[1].replace(old, new)
    path = tmp_path / "sessions.csv"
    path.write_text(f"{good.replace(old, new)}\n{bad}\n", encoding="utf-8")
    status, said, error = fretcoach("import", path)
    assert (status, said) == (1, "")
    assert sentence in " ".join(error.replace("│", " ").split())
    assert fretcoach("export", "--format", "json", tmp_path / "out")[1].startswith("Exported nothing")


def test_a_spreadsheet_reads_the_names_of_the_notes() -> None:
    from workbench.transfer.single import spreadsheet_of

    notes = pl.DataFrame({"session_id": ["x", "x"], "position": [0, 1], "midi": [58.02, None]})
    written = spreadsheet_of(notes, flats=True)
    assert written.startswith(b"\xef\xbb\xbf")
    assert pl.read_csv(io.BytesIO(written))["note"].to_list() == ["Bb3", None]
