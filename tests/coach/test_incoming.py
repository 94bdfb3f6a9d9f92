import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.incoming import MAX_LENGTH, cleaned


@pytest.mark.parametrize(
    ("given_text", "read"),
    [
        ("  what next?  ", "what next?"),
        ("what\x00 next\x1b[31m?", "what next[31m?"),
        ("line one\r\n\r\n  line two\t x", "line one\nline two x"),
        ("\u202eevil\u202c \u200bhidden\u200b", "evil hidden"),
        ("<b>bold</b> **x** [a](b)", "<b>bold</b> **x** [a](b)"),
        ("¿cómo toco? 何を練習", "¿cómo toco? 何を練習"),
        ("cafe\u0301", "caf\u00e9"),
        ("\ud800", ""),
        (" \n\t ", ""),
    ],
)
def test_what_is_visible_is_kept(given_text: str, read: str) -> None:
    assert cleaned(given_text) == read


def test_a_book_is_cut() -> None:
    assert len(cleaned("la " * 100_000)) <= MAX_LENGTH


@given(st.text(max_size=300))
def test_nothing_invisible_is_left_and_cleaning_again_changes_nothing(text: str) -> None:
    read = cleaned(text)
    assert all(unicodedata.category(letter)[0] != "C" for letter in read.replace("\n", ""))
    assert cleaned(read) == read
    read.encode()
