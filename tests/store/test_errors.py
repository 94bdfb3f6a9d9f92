"""Each driver's complaint becomes one sentence."""

import re
import sqlite3

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from workbench.store.errors import place_of, sentence

FILE = make_url("sqlite:////music/a.sqlite")
SERVER = make_url("postgresql+psycopg://ada:s3cret@db:5432/music")


@pytest.mark.parametrize(
    ("complaint", "words"),
    [
        ("attempt to write a readonly database", "is read-only"),
        ("database is locked", "is locked by another program"),
        ("file is not a database", "is not a FretCoach database"),
        ("database disk image is malformed", "or it is damaged"),
        ("database or disk is full", "no room left"),
        ("unable to open database file", "can't be opened"),
        ("no such table: sessions", "fretcoach db upgrade"),
        ("something quite new", r"refused: something quite new\.$"),
    ],
)
def test_sqlite(complaint: str, words: str) -> None:
    for error in (sqlite3.OperationalError(complaint), wrapped(complaint)):
        said = sentence(error, FILE)
        assert_one_sentence(said, words)
        assert "/music/a.sqlite" in said


@pytest.mark.parametrize(
    ("complaint", "words"),
    [
        ('connection to server at "db" failed: Connection refused', "can't be reached"),
        ('connection failed: FATAL:  password authentication failed for user "ada"', "refused the user name"),
        ('connection failed: FATAL:  database "music" does not exist', "check the database's name"),
        ('relation "fretcoach.sessions" does not exist', "fretcoach db upgrade"),
        ("could not extend file: No space left on device", "is full"),
        ("cannot execute INSERT in a read-only transaction", "only allows reading"),
        ("", r"refused: OperationalError\.$"),
    ],
)
def test_postgres(complaint: str, words: str) -> None:
    said = sentence(wrapped(complaint), SERVER)
    assert_one_sentence(said, words)
    assert "db:5432/music" in said
    assert "s3cret" not in said


def test_a_place_shows_no_user_and_no_password() -> None:
    assert place_of(FILE) == "/music/a.sqlite"
    assert place_of(SERVER) == "db:5432/music"


def wrapped(complaint: str) -> OperationalError:
    return OperationalError("SELECT 1", {}, sqlite3.OperationalError(complaint))


def assert_one_sentence(said: str, words: str) -> None:

    assert re.search(words, said), said
    assert "\n" not in said
    assert said.endswith(".")
