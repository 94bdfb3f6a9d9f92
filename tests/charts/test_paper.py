"""Drawings are whole SVG, whatever text they hold."""

from xml.etree import ElementTree as Tree

import pytest

from workbench.charts.paper import Drawing

SVG = "{http://www.w3.org/2000/svg}"


def drawn(drawing: Drawing) -> Tree.Element:
    return Tree.fromstring(drawing._repr_html_())


def test_a_drawing_says_what_is_to_be_seen() -> None:
    root = drawn(Drawing('<ada> & "ben"', 10.0, 20.5))
    assert root.tag == f"{SVG}svg"
    assert root.get("aria-label") == '<ada> & "ben"'
    assert root.get("viewBox") == "0 0 10 20.5"


def test_words_are_text_and_never_markup() -> None:
    drawing = Drawing("words", 10.0, 10.0)
    drawing.words("<script>alert(1)</script>", (1.0, 2.0), text_anchor="middle")
    (text,) = drawn(drawing)
    assert text.text == "<script>alert(1)</script>"
    assert text.get("text-anchor") == "middle"
    assert "<script" not in drawing._repr_html_()


@pytest.mark.parametrize(
    ("kind", "tag", "count"),
    [("right", "circle", 1), ("wrong", "line", 2), ("sharp", "polygon", 1), ("late", "polygon", 1)],
)
def test_each_mark_has_a_shape(kind: str, tag: str, count: int) -> None:
    drawing = Drawing("mark", 10.0, 10.0)
    drawing.mark(kind, (5.0, 5.0))
    assert [element.tag for element in drawn(drawing)] == [f"{SVG}{tag}"] * count


@pytest.mark.parametrize(
    ("kind", "axis", "towards"), [("early", 0, -1), ("late", 0, 1), ("sharp", 1, -1), ("flat", 1, 1)]
)
def test_a_triangle_points_where_the_note_went(kind: str, axis: int, towards: int) -> None:
    drawing = Drawing("mark", 10.0, 10.0)
    drawing.mark(kind, (5.0, 5.0))
    (triangle,) = drawn(drawing)
    corners = [tuple(map(float, pair.split(","))) for pair in str(triangle.get("points")).split()]
    tip = corners[0]
    assert (tip[axis] - 5.0) * towards > 0.0
    assert tip[1 - axis] == 5.0
    assert all((corner[axis] - 5.0) * towards < 0.0 for corner in corners[1:])


def test_hatching_is_a_pattern_to_fill_with() -> None:
    drawing = Drawing("hatch", 10.0, 10.0)
    assert drawing.hatching("week") == "url(#week)"
    (pattern,) = drawn(drawing)
    assert pattern.get("id") == "week"
