"""What is said in a conversation, as HTML: everybody's words escaped, a model's lists and paragraphs kept."""

import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import Any

import panel as pn

from coach.fact import Fact
from dashboards.parts.evidence import evidence_html
from dashboards.parts.layout import PROSE_CSS, prose

CHAT_CSS = files("dashboards.parts").joinpath("chat.css").read_text("utf-8")

_ITEM = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+(?P<words>.+)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def chat_prose(html: str = "", **params: Any) -> pn.pane.HTML:
    """HTML in the style of the conversation."""
    return prose(html, stylesheets=[PROSE_CSS, CHAT_CSS], **params)


def answer_html(text: str) -> str:
    """What the coach said: paragraphs, lists and bold words; links, pictures and HTML stay plain text."""
    parts = re.split(r"\n\s*\n", text.strip())
    return f'<div class="answer">{"".join(map(_block, parts))}</div>'


def foot_html(facts: Sequence[Fact], source: str, notice: str) -> str:
    """What an answer rests on, who gave it, and why not the model."""
    alarm = f'<p class="notice">{escape(notice)} The rules answered instead.</p>' if notice else ""
    by = f'<span class="signed">{source_words(source)}</span>'
    return f'<div class="foot">{alarm}{evidence_html(facts)}{by}</div>'


def source_words(source: str) -> str:
    """Who it is from, as HTML."""
    return (
        "By FretCoach's rules" if source == "rules" else f"By {escape(source)}, checked against your figures"
    )


def _block(part: str) -> str:
    """One paragraph with the list in it, if there is one."""
    html, items = "", list[str]()
    for line in [*part.splitlines(), ""]:
        item = _ITEM.fullmatch(line)
        if item:
            items.append(f"<li>{_inline(item['words'])}</li>")
            continue
        if items:
            html, items = f"{html}<ul>{''.join(items)}</ul>", []
        if line.strip():
            html += f"<p>{_inline(line)}</p>"
    return html


def _inline(words: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", escape(words.strip()))
