"""A plan that the coach proposes: saved when the player says so, and not before."""

from collections.abc import Callable
from uuid import UUID

import panel as pn

from coach.plan import PracticePlan
from dashboards.parts.chat_words import chat_prose
from dashboards.parts.layout import sheet
from dashboards.parts.plan_words import plan_html, start_html
from workbench.store.errors import StoreError


class Proposal(pn.viewable.Viewer):
    """The plan with Save and No thanks; once it is saved, with the way to start it.

    Parameters
    ----------
    save : keeps the plan; gives its id
    saved : its id when it is kept already
    """

    def __init__(self, plan: PracticePlan, save: Callable[[PracticePlan], UUID], saved: UUID | None) -> None:
        super().__init__()
        self._plan, self._save = plan, save
        keep = pn.widgets.Button(label="Save this plan", color="primary", margin=0)
        drop = pn.widgets.Button(label="No thanks", margin=0)
        keep.on_click(lambda _: self._keep())
        drop.on_click(lambda _: self._answered("<p class='muted'>Not saved.</p>"))
        self._buttons = pn.FlexBox(keep, drop, gap="8px", margin=0)
        self._end = chat_prose(visible=False)
        self._box = sheet(chat_prose(f'<div class="plan">{plan_html(plan)}</div>'), self._buttons, self._end)
        if saved is not None:
            self._answered(start_html(saved))

    def _keep(self) -> None:
        try:
            self._answered(f"<p role='status'>Saved.</p>{start_html(self._save(self._plan))}")
        except StoreError as error:
            self._end.param.update(object=f'<p class="notice">{error}</p>', visible=True)

    def _answered(self, html: str) -> None:
        self._buttons.visible = False
        self._end.param.update(object=html, visible=True)

    def __panel__(self) -> pn.viewable.Viewable:
        return self._box
