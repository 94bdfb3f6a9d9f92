"""Every finding has enough to say, in words that can be filled in."""

from typing import get_args

import pytest

from coach.rules.finding import What
from coach.rules.phrases import general
from coach.rules.phrases.by_finding import SAID

LISTS = {
    name: list(variants)
    for name, group in vars(general).items()
    if name.isupper()
    for variants in (group.values() if hasattr(group, "values") else [group])
}
"""The lists of `general`; of those by metric the last one."""


@pytest.mark.parametrize("what", get_args(What))
def test_every_finding_can_be_told_in_four_ways(what: What) -> None:
    said = SAID[what]
    for variants in (said.heard, said.do):
        assert len(variants) == len(set(variants)) >= 4
    assert len(said.live) >= 4 or what.startswith("spot")
    assert not any("{" in each for each in said.do)


@pytest.mark.parametrize("variants", LISTS.values(), ids=LISTS)
def test_general_sentences_take_turns_too(variants: list[str]) -> None:
    assert len(variants) == len(set(variants)) >= 4


def test_all_words_are_plain_ascii() -> None:
    for said in SAID.values():
        for sentence in (*said.heard, *said.do, *said.live):
            assert sentence.isascii()
            assert sentence[-1] in ".!?"
