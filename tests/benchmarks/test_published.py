import importlib

import pytest

PAGE = "Before.\n\n<!-- peers -->\nold\n<!-- end of peers -->\n\nAfter.\n"


@pytest.fixture
def published():
    return importlib.import_module("published")


def test_what_stands_between_the_markers_is_replaced(published, tmp_path):
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    for text in ("new\n", "newest"):
        published.publish(page, "peers", text)
    assert page.read_text(encoding="utf-8") == PAGE.replace("\nold\n", "\n\nnewest\n\n")


@pytest.mark.parametrize("name", ["figures", "end of peers"])
def test_a_page_without_the_markers_is_left_alone(published, tmp_path, name):
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    with pytest.raises(SystemExit, match=f"it needs the lines <!-- {name} -->"):
        published.publish(page, name, "new")
    assert page.read_text(encoding="utf-8") == PAGE


def test_numbers_stand_to_the_right(published):
    assert published.markdown_table(["a", "b"], [["x", "1"]]) == "| a | b |\n| --- | ---: |\n| x | 1 |"
