"""After a practice that followed a plan: whether it counts, and the next step of the ladder."""

from collections.abc import Callable
from html import escape
from typing import Any

import panel as pn

from dashboards.parts.aftermath import counts, followed_plan
from dashboards.parts.chosen_plan import ChosenPlan
from dashboards.parts.layout import prose, stack
from dashboards.parts.plan_words import title
from dsp.anchors import MIN_NOTES
from workbench.practice.session import Practice


class PlanPlayed(pn.viewable.Viewer):
    """Part of the summary at stop; out of sight after practice of one's own.

    Parameters
    ----------
    climb : called with the plan at its next step when the player wants to go on there
    """

    def __init__(self, climb: Callable[[ChosenPlan], Any]) -> None:
        super().__init__()
        self._words = prose()
        self._up = pn.widgets.Button(label="", margin=0)
        self._up.on_click(lambda _: climb(self._next))
        self._box = stack(self._words, self._up, visible=False, margin=(0, 8, 16, 8))

    def present(self, practice: Practice) -> None:
        """Tell of the plan that `practice`, which has ended, followed."""
        chosen = followed_plan(practice)
        self._box.visible = chosen is not None
        if chosen is None:
            return
        self._words.object = _html(practice, chosen)
        self._up.visible = chosen.higher is not None
        if chosen.higher is not None:
            self._next = chosen.at(chosen.rung + 1)
            self._up.label = f"Up a step: {chosen.higher:g} bpm"

    def __panel__(self) -> pn.viewable.Viewable:
        return self._box


def _html(practice: Practice, chosen: ChosenPlan) -> str:
    name = f"<b>{escape(title(chosen.plan))}</b>"
    if not practice.saved:
        return f"<p>Your plan, {name}, counts as played once the session is saved.</p>"
    if not counts(practice):
        return f"<p>Your plan, {name}, stays open: it takes {MIN_NOTES} notes to call it played.</p>"
    return (
        f"<p>You played your plan, {name}. After a few more sessions the "
        '<a href="chat">Coach page</a> tells whether it helped.</p>'
    )
