"""The plan that the next practice follows: what to play, at which step of its ladder."""

from collections.abc import Callable
from html import escape
from typing import Any

import panel as pn
import param

from coach.plan import PracticePlan
from dashboards.parts.chosen_plan import ChosenPlan
from dashboards.parts.layout import prose, sheet
from dashboards.parts.plan_words import rung_words, title


class PlanGuide(pn.viewable.Viewer):
    """Shows the plan above the controls, out of sight while there is none.

    Parameters
    ----------
    climb : called with the plan's tempo, None without a click, when the player changes the step

    `chosen` is the plan with its step, None for practice of one's own.
    """

    rung: Any = param.Selector(label="Tempo")

    def __init__(self, climb: Callable[[float | None], Any]) -> None:
        super().__init__()
        self.chosen: ChosenPlan | None = None
        self._climb = climb
        self._words = prose()
        self._rungs = pn.widgets.Select.from_param(self.param.rung, sizing_mode="stretch_width", margin=0)
        drop = pn.widgets.Button(label="Practise without this plan", sizing_mode="stretch_width", margin=0)
        drop.on_click(lambda _: self.drop())
        self._box = sheet(self._words, self._rungs, drop, visible=False)
        self.param.watch(self._step, "rung")

    def follow(self, chosen: ChosenPlan) -> None:
        """Show this plan at its step."""
        self.chosen = None
        plan = chosen.plan
        self.param["rung"].objects = dict(zip(rung_words(plan), range(len(plan.tempo_ladder)), strict=True))
        self.rung = chosen.rung if plan.tempo_ladder else None
        self.chosen = chosen
        self._rungs.visible = len(plan.tempo_ladder) > 1
        self._words.object = _html(plan)
        self._box.visible = True

    def drop(self) -> None:
        """Practise without a plan; the controls stay as they are."""
        self.chosen = None
        self._box.visible = False

    def _step(self, _: object) -> None:
        if self.chosen is not None and self.rung is not None:
            self.chosen = self.chosen.at(self.rung)
            self._climb(self.chosen.bpm)

    def __panel__(self) -> pn.viewable.Viewable:
        return self._box


def _html(plan: PracticePlan) -> str:
    return (
        f'<p class="muted small">Your plan</p><h3>{escape(title(plan))}</h3>'
        f'<p style="margin-top:8px">{escape(plan.exercise)}</p>'
    )
