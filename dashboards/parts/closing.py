"""The summary at stop, in the place of the lane: what went well, what to work on, where to look closer."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import panel as pn

from coach.advice import Advice, Exercise
from coach.fact import Facts
from coach.rules import RulesCoach
from coach.rules.spoken import figure, figure_of
from dashboards.parts.ended_facts import ended_facts
from dashboards.parts.exercise_words import practice_link
from dashboards.parts.words import minutes, tally
from dsp.score import band
from workbench.charts.figures import figures
from workbench.charts.theme import METRIC_TITLES
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
        self._presented = 0
        self._buttons = pn.Row(once_more, self._save, margin=0)

    def present(self, practice: Practice) -> None:
        """Fill in what `practice`, which has ended, came to."""
        if practice is not self._practice:
            self._practice, self._presented = practice, self._presented + 1
        self._save.visible = not practice.saved
        self._text.object = _ended_html(practice, self._presented)

    def _save_again(self, _: object) -> None:
        practice = self._practice
        if practice is not None:
            practice.save()
            self.present(practice)

    def __panel__(self) -> pn.viewable.Viewable:
        return pn.Column(
            self._text, self._buttons, sizing_mode="stretch_width", margin=(16, 8), css_classes=["fc-closing"]
        )


def _ended_html(practice: Practice, nth: int) -> str:
    end = practice.end
    if end is None:
        return f"<h2>The practice has ended</h2><p>{escape(practice.trouble or practice.ended_because)}</p>"
    summary = end.summary
    score = summary.overall.score
    head = "Not enough notes for a score" if score is None else f"Overall {100.0 * score:.0f}, {band(score)}"
    parts = [
        f"<h2>{head}</h2>",
        f'<p class="end">{escape(practice.ended_because)} {minutes(end.duration_s)} of practice.</p>',
        # Counts up from day to day and from practice to practice, so that the words differ.
        _coached(ended_facts(practice, end), end.ended_at.astimezone().toordinal() + nth),
        f'<div class="wide">{_table(practice)}</div><p class="why">{escape(tally(summary.counts))}</p>',
    ]
    if practice.saved:
        parts.append(
            f'<a class="closer" href="/sessions?session={practice.id}">Look closer at this session</a>'
        )
    elif practice.trouble:
        parts.append(f"<p>{escape(practice.trouble)}</p>")
    return "".join(parts)


def _coached(facts: Facts, seed: int) -> str:
    """What went well, what to work on, and what to play next."""
    coach = RulesCoach()
    well = coach.praise(facts, seed)
    parts = [f"<h3>What went well</h3><p>{escape(well.text)}</p>"] if well.text else []
    if not facts:
        return "".join(parts)
    work = coach.work_on(facts, seed)
    title = "Where to go from here" if work.focus == "none" else "The one thing to work on"
    parts.append(f'<h3>{title}</h3><p class="do">{escape(work.text)}</p>{_why(work, facts)}')
    if work.exercise is not None:
        parts.append(_next(work.exercise))
    return "".join(parts)


def _why(work: Advice, facts: Facts) -> str:
    score = facts.get(f"{work.focus}.score")
    if score is None:
        return ""
    measured = f"{METRIC_TITLES[work.focus]}: {figure(figure_of(score, facts))}"
    return f'<p class="why">{escape(measured)}</p>'


def _next(exercise: Exercise) -> str:
    """The exercise, with a link that sets it up."""
    return (
        f"<h3>Play this next</h3><p><strong>{escape(exercise.title)}.</strong> {escape(exercise.how)}</p>"
        f'<a class="next" href="{escape(practice_link(exercise))}">Practise this</a>'
    )


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
