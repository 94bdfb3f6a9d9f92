"""The summary at stop, in the place of the lane: what went well, what to work on, where to look closer."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import panel as pn

from dashboards.parts.advice import went_well, work_on
from dashboards.parts.words import minutes, tally
from dsp.score import band
from workbench.charts.figures import figures
from workbench.practice.session import Practice

_CSS = Path(__file__).with_suffix(".css").read_text("utf-8")


class Closing(pn.viewable.Viewer):
    """What a practice came to.

    Parameters
    ----------
    again : called when the player wants to play once more
    """

    def __init__(self, again: Callable[[], Any], **params: Any) -> None:
        super().__init__(**params)
        self._text = pn.pane.HTML("", stylesheets=[_CSS], sizing_mode="stretch_width", margin=0)
        self._save = pn.widgets.Button(label="Try to save again", visible=False, margin=(12, 12, 0, 0))
        once_more = pn.widgets.Button(label="Again", color="primary", margin=(12, 12, 0, 0), width=120)
        once_more.on_click(lambda _: again())
        self._save.on_click(self._save_again)
        self._practice: Practice | None = None
        self._buttons = pn.Row(once_more, self._save, margin=0)

    def present(self, practice: Practice) -> None:
        """Fill in what `practice`, which has ended, came to."""
        self._practice = practice
        self._save.visible = not practice.saved
        self._text.object = _ended_html(practice)

    def _save_again(self, _: object) -> None:
        practice = self._practice
        if practice is not None:
            practice.save()
            self.present(practice)

    def __panel__(self) -> pn.viewable.Viewable:
        return pn.Column(
            self._text, self._buttons, sizing_mode="stretch_width", margin=(16, 8), css_classes=["fc-closing"]
        )


def _ended_html(practice: Practice) -> str:
    end = practice.end
    if end is None:
        return f"<h2>The practice has ended</h2><p>{escape(practice.trouble or practice.ended_because)}</p>"
    summary, notes = end.analysis.summary, end.analysis.notes
    score = summary.overall.score
    head = "Not enough notes for a score" if score is None else f"Overall {100.0 * score:.0f}, {band(score)}"
    advice = work_on(summary, notes, flats=practice.goal.scale.flats)
    parts = [
        f"<h2>{head}</h2>",
        f'<p class="end">{escape(practice.ended_because)} {minutes(end.duration_s)} of practice.</p>',
        f"<h3>What went well</h3><p>{escape(went_well(summary))}</p>",
    ]
    if advice is not None:
        parts.append(f'<h3>The one thing to work on</h3><p class="do">{escape(advice.text)}</p>')
        parts.append(f'<p class="why">{escape(advice.evidence)}</p>')
    parts.append(
        f'<div class="wide">{_table(practice)}</div><p class="why">{escape(tally(summary.counts))}</p>'
    )
    if practice.saved:
        parts.append(
            f'<a class="closer" href="/sessions?session={practice.id}">Look closer at this session</a>'
        )
    elif practice.trouble:
        parts.append(f"<p>{escape(practice.trouble)}</p>")
    return "".join(parts)


def _table(practice: Practice) -> str:
    if practice.summary is None:
        return ""
    rows = "".join(
        f"<tr data-metric={row['metric']}><th>{row['metric']}</th>"
        f'<td class="number">{"–" if row["score"] is None else row["score"]}</td>'
        f"<td>{escape(row['band'] or row['remark'])}</td><td>{escape(row['value'] or '')}</td>"
        f"<td>{escape(row['interval'] or '')}</td><td>{row['notes']} notes</td></tr>"
        for row in figures(practice.summary).iter_rows(named=True)
    )
    head = "<th></th><th>Score</th><th></th><th>Measured</th><th>Between</th><th>From</th>"
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
