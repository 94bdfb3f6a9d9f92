import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.sentences import LONGEST, Sentences


def cut(*pieces: str) -> list[str]:
    sentences = Sentences()
    whole = [sentence for piece in pieces for sentence in sentences.push(piece)]
    return whole + list(sentences.flush())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("You rush. By 18.5 ms.", ["You rush.", " By 18.5 ms."]),
        ("Ready? Go! Now", ["Ready?", " Go!", " Now"]),
        ('He said "slow." Then', ['He said "slow."', " Then"]),
        ("**Timing.** You rush.", ["**Timing.**", " You rush."]),
        ("1. Tune\n2. Play", ["1. Tune\n", "2. Play"]),
        ("Scales, e.g. A minor, help. Yes.", ["Scales, e.g. A minor, help.", " Yes."]),
        ("one\n\ntwo", ["one\n", "\ntwo"]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_a_sentence_waits_for_the_space_behind_its_full_stop() -> None:
    sentences = Sentences()
    assert list(sentences.push("It was 18.")) == []
    assert list(sentences.push("5 ms. ")) == ["It was 18.5 ms."]


def test_text_without_an_end_does_not_wait_for_ever() -> None:
    assert [len(sentence) for sentence in cut("x" * 1500)] == [LONGEST, LONGEST, 1500 - 2 * LONGEST]


@given(st.lists(st.text(alphabet="ab1. !?\n\"'", max_size=12), max_size=20))
def test_any_cutting_gives_the_same_sentences(pieces: list[str]) -> None:
    whole = "".join(pieces)
    assert "".join(cut(*pieces)) == whole
    assert cut(*pieces) == cut(whole)
