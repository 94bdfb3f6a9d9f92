"""Addresses of databases."""

from pathlib import Path

import pytest

from workbench.store.address import libpq_address, parse_address
from workbench.store.errors import StoreError, place_of


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgres_is_understood(scheme: str) -> None:
    url = parse_address(f"{scheme}://ada:p%40ss@db.example:5433/music?sslmode=verify-full")
    assert url.drivername == "postgresql+psycopg"
    assert url.password == "p@ss"
    assert libpq_address(url) == "postgresql://ada:p%40ss@db.example:5433/music?sslmode=verify-full"
    assert place_of(url) == "db.example:5433/music"


def test_a_socket_is_shown_by_its_folder() -> None:
    assert place_of(parse_address("postgresql://postgres:@/music?host=/run/pg")) == "/run/pg/music"


def test_a_file_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert place_of(parse_address("sqlite:///music.sqlite")) == str(tmp_path / "music.sqlite")
    assert place_of(parse_address("sqlite:///~/music.sqlite")) == str(Path.home() / "music.sqlite")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("music.sqlite", "needs the sqlite:///"),
        ("", "can't be read"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://ada:s3cret@host/db", "kind 'mysql' are not known"),
        ("ada:s3cret@host", "can't be read"),
    ],
)
def test_any_other_address_is_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as failure:
        parse_address(text)
    assert "s3cret" not in str(failure.value)
