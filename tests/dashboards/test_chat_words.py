"""What a model says is shown as text: it can neither run nor fetch anything."""

import pytest

from dashboards.parts.chat_words import answer_html, foot_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        (
            "First:\n- slow\n- even\nThen play.",
            "<p>First:</p><ul><li>slow</li><li>even</li></ul><p>Then play.</p>",
        ),
        ("1. slow\n2) even", "<ul><li>slow</li><li>even</li></ul>"),
        ("Play **slowly**.", "<p>Play <b>slowly</b>.</p>"),
        ("-18 ms is early", "<p>-18 ms is early</p>"),
        ("", ""),
    ],
)
def test_paragraphs_lists_and_bold_are_kept(text: str, html: str) -> None:
    assert answer_html(text) == f'<div class="answer">{html}</div>'


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![x](https://example.org/?notes=secret)",
        "[press here](javascript:alert(1))",
        "**<img src=x onerror=alert(1)>**",
        '- <a href="https://example.org">x</a>',
    ],
)
def test_nothing_in_an_answer_is_markup(text: str) -> None:
    html = answer_html(text)
    assert not any(tag in html for tag in ("<script", "<img", "<a "))


def test_who_answered_and_why_not_the_model_is_told() -> None:
    by_rules = foot_html([], "rules", "OpenAI did not answer <in time>.")
    assert "OpenAI did not answer &lt;in time&gt;. The rules answered instead." in by_rules
    assert "By FretCoach's rules" in by_rules
    by_model = foot_html([], "OpenAI gpt-4o-mini", "")
    assert "By OpenAI gpt-4o-mini, checked against your figures" in by_model
    assert "notice" not in by_model
