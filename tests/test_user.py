"""Names of players."""

import pytest

from workbench.user import MAX_USER_ID, User


def test_space_around_a_name_is_dropped() -> None:
    assert User("  ada ").id == "ada"


@pytest.mark.parametrize("name", ["Zoë", "吉他手", "o'brien; DROP TABLE", "x" * MAX_USER_ID])
def test_any_printable_name_is_allowed(name: str) -> None:
    assert User(name).id == name


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "no name"), ("   ", "no name"), ("x" * 256, "256 characters"), ("a\x00b", "control character")],
)
def test_a_name_that_cannot_be_stored_is_refused(name: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        User(name)
