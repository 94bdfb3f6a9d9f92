"""What to practise next: one plan as a card, the figures behind it, another idea, and earlier plans."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from uuid import UUID

import panel as pn
import polars as pl
from bokeh.io import curdoc

from coach.asking import Asking
from coach.fact import Fact
from coach.judge import Judged, judge_plans, plan_of
from coach.past import Past
from coach.plan import PracticePlan
from coach.recommend import recommend
from dashboards.parts.chat_words import chat_prose, source_words
from dashboards.parts.days import local, today
from dashboards.parts.evidence import evidence_html
from dashboards.parts.layout import sheet
from dashboards.parts.plan_words import ladder_html, start_html, title
from dashboards.parts.soon import soon
from workbench.archive import Archive
from workbench.store.errors import StoreError
from workbench.store.plans import Plans, StoredPlan

LOOKING = '<h2>Next practice</h2><div class="looking" role="status">Looking at your newest sessions</div>'

EARLIER = 8
"""Plans that are listed under the newest one."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A stored plan and what stands behind it.

    Attributes
    ----------
    facts : those of the plan's evidence that still hold
    source : who has just made it, "rules" or a model; "" for one that was there
    notice : why the model did not make it, in one sentence; "" otherwise
    earlier : the plans before it, newest first
    judged : what came of those that were played, by their id
    """

    practice_id: UUID
    plan: PracticePlan
    facts: tuple[Fact, ...]
    source: str
    notice: str
    earlier: tuple[StoredPlan, ...]
    judged: Mapping[UUID, Judged]


def idea_for(archive: Archive, asking: Asking | None, *, another: bool = False) -> Idea:
    """The newest plan while nothing was played since; else, or for another one, a new plan, which is kept.

    Raises `StoreError`.
    """
    plans = Plans(archive.engine)
    stored = plans.newest(archive.user, EARLIER + 1)
    source = notice = ""
    if another or not stored or not _stands(stored[0], archive):
        besides = [plan.exercise for each in stored if another and (plan := plan_of(each))]
        seed = len(stored) + today().toordinal()
        made = recommend(archive, asking, seed=seed, today=today(), zone=None, besides=besides)
        made.save(archive)
        source, notice = made.source, made.notice
        stored = plans.newest(archive.user, EARLIER + 1)
    plan = plan_of(stored[0])
    assert plan is not None, "_stands has seen to it"
    facts = Past(archive, today=today(), zone=None).to_work_on
    return Idea(
        stored[0].practice_id,
        plan,
        tuple(fact for name in plan.evidence if (fact := facts.get(name))),
        source,
        notice,
        tuple(stored[1:]),
        {judged.stored.practice_id: judged for judged in judge_plans(archive)},
    )


def _stands(stored: StoredPlan, archive: Archive) -> bool:
    """Whether a plan can still be the next practice."""
    if stored.executed_session_id is not None or plan_of(stored) is None:
        return False
    newest = archive.sessions().select(pl.col("start_timestamp").max()).item()
    return newest is None or bool(newest <= stored.generated_at)


class NextPractice(pn.viewable.Viewer):
    """The card; it looks for a plan once the page is shown.

    Parameters
    ----------
    archive : of the player
    asking : the models; None = the rules plan
    """

    def __init__(self, archive: Archive, asking: Asking | None) -> None:
        super().__init__()
        self._archive, self._asking = archive, asking
        self._document = curdoc()
        self._card, self._start, self._earlier = (
            chat_prose(LOOKING),
            chat_prose(sizing_mode=None),
            chat_prose(),
        )
        self._another = pn.widgets.Button(label="Another idea", margin=0)
        self._another.on_click(lambda _: self.look(another=True))
        self._buttons = pn.FlexBox(self._start, self._another, gap="8px", margin=0, visible=False)
        pn.state.onload(self.look)

    def look(self, *, another: bool = False) -> None:
        """Find out what comes next, without keeping the tab waiting."""
        self._card.object, self._buttons.visible = LOOKING, False
        soon(self._document, self._find(another))

    async def _find(self, another: bool) -> None:
        try:
            idea = await asyncio.to_thread(idea_for, self._archive, self._asking, another=another)
        except StoreError as error:
            self._card.object = f'<h2>Next practice</h2><p class="notice">{escape(str(error))}</p>'
            return
        self._card.object = card_html(idea)
        self._start.object = start_html(idea.practice_id)
        self._buttons.visible = True
        self._earlier.object = earlier_html(idea)

    def __panel__(self) -> pn.viewable.Viewable:
        return sheet(self._card, self._buttons, self._earlier)


def card_html(idea: Idea) -> str:
    """The plan with its reason, and the figures on demand."""
    plan = idea.plan
    alarm = f'<p class="notice">{escape(idea.notice)} The rules made this plan.</p>' if idea.notice else ""
    by = f'<span class="signed">{source_words(idea.source)}</span>' if idea.source else ""
    return (
        f'<h2>Next practice</h2><div class="plan">{alarm}<h3>{escape(title(plan))}</h3>'
        f"<p>{escape(plan.reasoning)}</p><p>{escape(plan.exercise)}</p>"
        f"{ladder_html(plan)}<div class='foot'>{evidence_html(idea.facts)}{by}</div></div>"
    )


def earlier_html(idea: Idea) -> str:
    """Earlier plans, each with what came of it or the way back to it."""
    items = "".join(_earlier_item(stored, idea.judged.get(stored.practice_id)) for stored in idea.earlier)
    return (
        f"<details><summary>Earlier plans</summary><ul class='past'>{items}</ul></details>" if items else ""
    )


def _earlier_item(stored: StoredPlan, judged: Judged | None) -> str:
    plan = plan_of(stored)
    if plan is None:
        return ""
    made = f"<span class='muted small'>{local(stored.generated_at):%-d %B}</span>"
    if judged is not None:
        came = f"Played. {escape(judged.outcome.words)}"
    else:
        came = f'Not played. <a href="practice?plan={stored.practice_id}">Start it</a>'
    return f"<li>{made} <b>{escape(title(plan))}</b><br>{came}</li>"
