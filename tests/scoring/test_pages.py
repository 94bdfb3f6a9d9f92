import re

import pytest

from workbench.scoring.pages import write_pages
from workbench.scoring.scored import score

PAGES = ["groups", "timing", "pitch", "confidence", "worst_takes"]
FETCHED = re.compile(r'<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?!data:)[^"]*"')


@pytest.fixture(scope="module")
def pages(scored, tmp_path_factory):
    return write_pages(scored, tmp_path_factory.mktemp("plots") / "new" / "folder")


def test_one_page_for_each_group_of_charts(pages):
    assert [page.stem for page in pages] == PAGES
    for page in pages:
        assert "<h1>" in page.read_text(encoding="utf-8")


def test_a_page_needs_no_network(pages):
    for page in pages:
        assert FETCHED.findall(page.read_text(encoding="utf-8")) == []


def test_the_worst_takes_are_named(pages):
    assert "short: 1 missed, 0 invented of 5 notes" in pages[-1].read_text(encoding="utf-8")


def test_without_a_take_there_is_no_page_of_worst_ones(tmp_path):
    assert [page.stem for page in write_pages(score([]), tmp_path)] == ["groups", "timing", "pitch"]
