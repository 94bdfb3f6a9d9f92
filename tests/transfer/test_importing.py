"""An import comes in whole or not at all, is safe to repeat, and brings nothing back that was deleted."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import polars as pl
import pytest
from sqlalchemy import Engine, delete, update

from workbench.store.repository import Repository
from workbench.store.schema import NoteRow, SessionRow
from workbench.store.transaction import transaction
from workbench.transfer.exporting import count_rows, export_tables
from workbench.transfer.importing import import_export
from workbench.transfer.manifest import FILE_NAME, TransferError
from workbench.user import User

History = Callable[[Engine, User, User], list[str]]


@pytest.fixture
def folder(sqlite_engine: Engine, store_history: History, ada: User, ben: User, tmp_path: Path) -> Path:
    """A CSV export of ada."""
    store_history(sqlite_engine, ada, ben)
    export_tables(sqlite_engine, [ada], "csv", tmp_path / "csv")
    return tmp_path / "csv"


@pytest.fixture
def lines(sqlite_engine: Engine, folder: Path, ada: User) -> Path:
    """The same as JSON."""
    export_tables(sqlite_engine, [ada], "json", folder.parent / "out.jsonl")
    return folder.parent / "out.jsonl"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def refused(other_engine: Engine, ada: User) -> Callable[[Path, str], None]:
    """Tries an import, expects its sentence, and sees that nothing came in."""

    def tried(path: Path, sentence: str) -> None:
        with pytest.raises(TransferError, match=sentence) as told:
            import_export(other_engine, ada, path)
        assert "\n" not in str(told.value)
        assert str(told.value).endswith(".")
        assert count_rows(other_engine, [ada]) == 0

    return tried


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("notes.csv", "60.04", "high", r"notes\.csv, row \d: 'midi' is 'high' instead of a number"),
        ("notes.csv", "60.04", "NaN", r"'midi' is nan instead of a number"),
        ("notes.csv", "60.04", "inf", r"'midi' is inf instead of a number"),
        ("notes.csv", ",true,", ",maybe,", "'in_scale' is 'maybe' instead of true or false"),
        ("notes.csv", "fret", "bund", r"notes\.csv lacks the column 'fret' of notes"),
        ("notes.csv", "analysis_id,", "analysis_id,extra,", "has a column 'extra' that notes has not"),
        (
            "sessions.csv",
            "2026-03-31T22",
            "31.3.2026 22",
            "'start_timestamp' is '31.3.2026 22.* instead of a time",
        ),
        ("sessions.csv", ",A Minor,", ",,", r"sessions\.csv, row 1: 'scale_chosen' is missing"),
        ("analyses.csv", '""counts""', '""countz""', "the figures of the analysis are damaged"),
        (FILE_NAME, '"notes": 10', '"notes": 11', r"notes\.csv is not whole: it holds 10 rows of notes"),
        (FILE_NAME, '"version": 1', '"version": 2', "was written by a newer FretCoach"),
        (FILE_NAME, "fretcoach-export", "other-export", "is no export of FretCoach"),
        (FILE_NAME, '"ada"', '"ben"', "holds sessions of ben, and you are ada"),
        (FILE_NAME, '"users"', '"losers"', "The label of the export .* is damaged"),
    ],
)
def test_a_changed_csv_export_is_refused_whole(
    *, folder: Path, refused: Callable[..., None], file: str, old: str, new: str, sentence: str
) -> None:
    change(folder / file, old, new)
    refused(folder, sentence)


def test_rows_that_point_nowhere_are_refused(folder: Path, refused: Callable[..., None]) -> None:
    analyses = pl.read_csv(folder / "analyses.csv", infer_schema=False)
    change(folder / "notes.csv", analyses["analysis_id"][0], "00000000-0000-0000-0000-000000000001")
    refused(folder, "notes refer to 00000000-0000-0000-0000-000000000001, which is not among analyses")


def test_a_current_analysis_that_is_not_there_is_refused(folder: Path, refused: Callable[..., None]) -> None:
    sessions = pl.read_csv(folder / "sessions.csv", infer_schema=False)
    change(
        folder / "sessions.csv", sessions["current_analysis_id"][0], "00000000-0000-0000-0000-000000000001"
    )
    refused(folder, "sessions refer to 00000000-0000-0000-0000-000000000001")


def test_rows_of_another_player_among_ones_own_are_refused(
    folder: Path, refused: Callable[..., None]
) -> None:
    change(folder / "notes.csv", ",ada,", ",ben,")
    refused(folder, "holds sessions of ben, and you are ada")


def test_a_cut_or_missing_file_is_refused(folder: Path, refused: Callable[..., None]) -> None:
    notes = folder / "notes.csv"
    whole = notes.read_bytes()
    notes.write_bytes(whole[: len(whole) // 2])
    refused(folder, "notes")
    notes.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    refused(folder, "is not whole: it holds 9 rows")
    notes.write_bytes(b"")
    refused(folder, "notes")
    notes.unlink()
    refused(folder, r"The export lacks the file notes\.csv\.")
    (folder / FILE_NAME).unlink()
    refused(folder, "is no export of FretCoach: it holds no")


@pytest.mark.parametrize("cut", [0.01, 0.5, 0.99, 1.0])
def test_a_damaged_zip_file_is_refused(folder: Path, refused: Callable[..., None], cut: float) -> None:
    path = shutil.make_archive(str(folder.parent / "packed"), "zip", folder)
    whole = Path(path).read_bytes()
    damaged = whole[: int(cut * len(whole))] if cut < 1.0 else whole[:200] + bytes(200) + whole[400:]
    Path(path).write_bytes(damaged)
    refused(Path(path), r"packed\.zip|is damaged|notes|sessions|analyses")


def test_a_zip_file_writes_nowhere_else(
    folder: Path, other_engine: Engine, ada: User, tmp_path: Path
) -> None:
    path = tmp_path / "packed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"../../{file.name}")
        archive.writestr("../../evil.txt", "x")
    before = sorted(tmp_path.parent.iterdir())
    assert import_export(other_engine, ada, path).new["notes"] == 10
    assert sorted(tmp_path.parent.iterdir()) == before


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"midi": 60.04', '"midi": "60.04"', "'midi' is '60.04' instead of a number"),
        ('"midi": 60.04', '"midi": NaN', r"Line \d+ of out\.jsonl is damaged: NaN is no number"),
        ('"midi": 60.04', '"midi": true', "'midi' is True instead of a number"),
        ('"position": 1,', '"position": 1.5,', "'position' is 1.5 instead of a whole number"),
        ('"position": 1,', f'"position": {10**30},', "'position' is 10+ instead of a whole number"),
        ('"position": 1,', "", "lacks the column 'position' of notes"),
        ('{"table": "notes"', '{"table": "nodes"', r"belongs to no table that FretCoach has \('nodes'\)"),
        ('{"table": "notes"', '["table": "notes"', r"Line \d+ of out\.jsonl is damaged"),
        ("2026-03-31T22", "2026-13-31T22", "'start_timestamp' is '2026-13"),
    ],
)
def test_a_changed_json_export_is_refused_whole(
    *, lines: Path, refused: Callable[..., None], old: str, new: str, sentence: str
) -> None:
    change(lines, old, new)
    refused(lines, sentence)


def test_a_json_export_is_whole_or_refused(lines: Path, refused: Callable[..., None]) -> None:
    rows = lines.read_bytes().splitlines(keepends=True)
    note = next(number for number, row in enumerate(rows) if b'"table": "notes"' in row)
    for text, sentence in (
        (rows[:-1], "its last line is missing"),
        (rows[:note] + rows[note + 1 :], "is not whole: it holds 9 rows of notes instead of 10"),
        ([*rows, rows[note]], "stands behind the end"),
        ([rows[0], rows[note], *rows[1:note], *rows[note + 1 :]], "notes refer to"),
        ([b"hello\n"], "is no export of FretCoach"),
        ([], "is no export of FretCoach"),
        ([b"\xff\xfe" * 40], "is no export of FretCoach"),
    ):
        lines.write_bytes(b"".join(text))
        refused(lines, sentence)


def test_a_damaged_parquet_tree_is_refused(
    sqlite_engine: Engine, folder: Path, ada: User, refused: Callable[..., None]
) -> None:
    tree = folder.parent / "tree"
    export_tables(sqlite_engine, [ada], "parquet", tree)
    file = sorted((tree / "notes").rglob("*.parquet"))[0]
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    refused(tree, "is damaged")
    file.write_bytes(whole)
    pl.read_parquet(file).with_columns(pl.col("midi").cast(pl.String)).write_parquet(file)
    refused(tree, "has the column 'midi' as String instead of Float64")
    file.unlink()
    refused(tree, "notes is not whole")


def test_what_was_deleted_here_stays_deleted(
    any_engine: Engine, history: list[str], ada: User, tmp_path: Path
) -> None:
    export_tables(any_engine, [ada], "json", tmp_path / "out")
    Repository(any_engine).delete_session(ada, UUID(history[0]))
    purged = UUID(history[0])
    with transaction(any_engine, ada) as connection:
        connection.execute(delete(NoteRow).where(NoteRow.session_id == purged))
        connection.execute(update(SessionRow).where(SessionRow.session_id == purged).values(comment=None))
    brought = import_export(any_engine, ada, tmp_path / "out")
    assert sum(brought.new.values()) == 0
    assert +brought.deleted == {"sessions": 1, "analyses": 2, "notes": 6}
    with transaction(any_engine, ada) as connection:
        left = connection.execute(NoteRow.__table__.select().where(NoteRow.session_id == purged)).all()
    assert left == []


def test_an_id_that_is_another_players_here_is_refused(
    sqlite_engine: Engine, folder: Path, other_engine: Engine, ada: User, ben: User
) -> None:
    (session,) = (row["session_id"] for row in pl.read_csv(folder / "sessions.csv").head(1).to_dicts())
    with transaction(other_engine, ben) as connection:
        connection.execute(
            SessionRow.__table__.insert().values(
                session_id=UUID(session),
                user_id="ben",
                start_timestamp=pl.datetime(2026, 1, 1, time_zone="UTC").pipe(pl.select).item(),
                scale_chosen="A Minor",
                strictness=0.5,
                sensitivity=0.5,
            )
        )
    with pytest.raises(TransferError, match=f"The id {session} of sessions is another player's here"):
        import_export(other_engine, ada, folder)
    assert count_rows(other_engine, [ada]) == 0


def test_what_was_changed_here_is_not_changed_back(sqlite_engine: Engine, lines: Path, ada: User) -> None:
    session = json.loads(lines.read_text(encoding="utf-8").splitlines()[1])["session_id"]
    Repository(sqlite_engine).set_comment(ada, UUID(session), "mine now")
    import_export(sqlite_engine, ada, lines)
    export_tables(sqlite_engine, [ada], "json", lines.parent / "again")
    assert (
        json.loads((lines.parent / "again").read_text(encoding="utf-8").splitlines()[1])["comment"]
        == "mine now"
    )


def test_the_database_failing_in_the_middle_leaves_nothing(
    lines: Path, other_engine: Engine, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled_out(rows: int) -> None:
        seen.append(rows)
        if len(seen) == 3:
            raise OSError("pulled out")

    seen: list[int] = []
    with pytest.raises(OSError, match="pulled out"):
        import_export(other_engine, ada, lines, pulled_out)
    assert count_rows(other_engine, [ada]) == 0
