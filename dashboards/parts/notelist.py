"""The notes of a session in words: how many of each mark, and every note as a row."""

from html import escape

import polars as pl

from workbench.charts.finish import clock
from workbench.charts.marks import NOTE_MARKS

MOST_ROWS = 600
"""Rows of the list: a longer one makes a phone slow, and nobody reads it."""


def key(told: pl.DataFrame) -> str:
    """HTML: the marks that occur, with their shape, word and number.

    Parameters
    ----------
    told : frame of `marks.marked`
    """
    counts = dict(told.group_by("mark").len().iter_rows())
    items = "".join(
        f"<li>{_shape(mark)} {look.word} <b>{counts[mark]}</b></li>"
        for mark, look in NOTE_MARKS.items()
        if mark in counts
    )
    return f'<ul class="key">{items}</ul>'


def _shape(mark: str) -> str:
    return f'<span class="symbol {mark}">{NOTE_MARKS[mark].symbol}</span>'


def note_table(told: pl.DataFrame) -> str:
    """HTML table of when, what and why, for those who would rather read or listen than point."""
    rows = "".join(
        f'<tr><td class="number">{clock(row["onset_s"])}</td><td>{escape(row["name"])}</td>'
        f"<td>{_shape(row['mark'])} {NOTE_MARKS[row['mark']].word}</td>"
        f"<td>{escape(row['reason'])}</td></tr>"
        for row in told.head(MOST_ROWS).iter_rows(named=True)
    )
    rest = told.height - MOST_ROWS
    more = f'<p class="muted small">{rest} more notes are in the timeline above.</p>' if rest > 0 else ""
    head = '<tr><th class="number">Time</th><th>Note</th><th>Mark</th><th>Why</th></tr>'
    return f'<div class="scroll"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>{more}'
