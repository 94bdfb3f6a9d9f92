"""A session's metrics as cards: score and word, value with unit, 95 % interval, number of notes."""

from html import escape
from typing import Any

from dsp.score import band
from dsp.summary import Summary
from workbench.charts.figures import figures


def scorecards(summary: Summary) -> str:
    """HTML of one card for the overall and one for each metric."""
    rows = figures(summary).iter_rows(named=True)
    cards = [_overall(summary), *map(_card, rows)]
    return f'<div class="cards">{"".join(cards)}</div>'


def meter(score: int | None, usual: float | None = None) -> str:
    """A bar from 0 to 100; the thin line marks what is usual for the player."""
    if score is None:
        return ""
    line = "" if usual is None else f'<i style="left:{usual:.1f}%"></i>'
    return f'<div class="meter"><span style="width:{score}%"></span>{line}</div>'


def _overall(summary: Summary) -> str:
    score, counts = summary.overall.score, summary.counts
    shown = None if score is None else round(100.0 * score)
    return _framed(
        "Overall",
        shown,
        None if score is None else band(score),
        f"{counts.played} heard",
        f"{counts.right} right",
        f"{counts.wrong} wrong",
        f"{counts.unjudged} not sure",
    )


def _card(row: dict[str, Any]) -> str:
    """The card of one row of `figures`."""
    many = f"{row['notes']} {'note' if row['notes'] == 1 else 'notes'}"
    if row["value"] is None:
        return _framed(row["metric"], None, None, row["remark"] or "not measured", many)
    between = f"{row['interval']} (95\u00a0%\u00a0interval)" if row["interval"] else None
    lines = (line for line in (between, many, row["remark"]) if line)
    return _framed(row["metric"], row["score"], row["band"], row["value"], *lines)


def _framed(title: str, score: int | None, word: str | None, unit: str, *small: str) -> str:
    lines = "".join(f'<span class="small">{escape(line)}</span>' for line in small)
    figure = "no score" if score is None else str(score)
    return (
        f'<div class="card"><span class="title">{escape(title)}</span>'
        f'<span class="figure">{figure}<small>{escape(word or "")}</small></span>{meter(score)}'
        f'<span class="unit">{escape(unit)}</span>{lines}</div>'
    )
