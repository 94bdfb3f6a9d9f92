"""Today's practice session by the planner: short turns that alternate, each with its reason."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

import panel as pn
import param
from bokeh.io import curdoc

from coach.planner.planned import Block, PlannedSession
from coach.planner.today import todays_session
from dashboards.parts.chat_words import chat_prose
from dashboards.parts.exercise_words import exercise_name, practice_link
from dashboards.parts.layout import sheet
from dashboards.parts.soon import soon
from workbench.archive import Archive
from workbench.store.configs import Configs
from workbench.store.errors import StoreError
from workbench.store.items import Items

MINUTES = {f"{length} minutes": length for length in (10, 15, 20, 30, 45, 60)}

USUAL = 20

IN_SIGHT = 3
"""Turns that are shown; a longer list pushes everything else off a phone."""

LENGTH = "coach.minutes"
"""Name under which `Configs` keeps how long the player wants to practise."""

_LOOKING = '<div class="looking" role="status">Looking at what is due</div>'


class TodaysPractice(pn.viewable.Viewer):
    """The turns of today, those that were played ticked off.

    Parameters
    ----------
    archive : of the player
    """

    minutes: Any = param.Selector(default=USUAL, objects=MINUTES, label="How long")

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self._archive, self._configs = archive, Configs(archive.engine)
        self._document = curdoc()
        self._turns = chat_prose(_LOOKING)
        self._anew = pn.widgets.Button(label="Plan anew", margin=0, align="end")
        self._anew.on_click(lambda _: self._plan(anew=True))
        pn.state.onload(self._begin)

    def _begin(self) -> None:
        kept = self._configs.get(self._archive.user, LENGTH, USUAL)
        if kept in MINUTES.values():
            self.minutes = kept
        self._plan()
        self.param.watch(self._other_length, "minutes")

    def _other_length(self, _: object) -> None:
        self._configs.set(self._archive.user, LENGTH, self.minutes)
        self._plan()

    def _plan(self, *, anew: bool = False) -> None:
        self._turns.object = _LOOKING
        soon(self._document, self._find(anew))

    async def _find(self, anew: bool) -> None:
        archive = self._archive
        try:
            planned = await asyncio.to_thread(
                todays_session,
                archive,
                Items(archive.engine),
                self._configs,
                self.minutes,
                now=datetime.now(UTC),
                anew=anew,
            )
        except StoreError as error:
            self._turns.object = f'<p class="notice">{escape(str(error))}</p>'
            return
        self._turns.object = session_html(planned)

    def __panel__(self) -> pn.viewable.Viewable:
        length = pn.widgets.Select.from_param(self.param.minutes, width=160, margin=0)
        controls = pn.FlexBox(length, self._anew, gap="8px", align_items="flex-end", margin=0)
        return sheet(chat_prose("<h2>Today</h2>"), controls, self._turns)


def session_html(planned: PlannedSession) -> str:
    """Every turn with what to play, why, and the way to play it; those that are far off are folded away."""
    blocks = planned.blocks
    # What is played already makes room for what comes next.
    first = min(sum(block.done for block in blocks), max(len(blocks) - IN_SIGHT, 0))
    shown = blocks[first : first + IN_SIGHT]
    before, after = (
        _fold(part, what) for part, what in ((blocks[:first], "played"), (blocks[first + IN_SIGHT :], "more"))
    )
    return f'<p class="muted small">{escape(planned.why)}</p>{before}{_list(shown)}{after}'


def _fold(blocks: Sequence[Block], what: str) -> str:
    if not blocks:
        return ""
    turns = "1 turn" if len(blocks) == 1 else f"{len(blocks)} turns"
    return f"<details><summary>{turns} {what}</summary>{_list(blocks)}</details>"


def _list(blocks: Sequence[Block]) -> str:
    return f'<ol class="turns">{"".join(map(_turn, blocks))}</ol>'


def _turn(block: Block) -> str:
    exercise = block.exercise
    go = (
        '<span class="done">✓ played</span>'
        if block.done
        else f'<a class="button quiet" href="{escape(practice_link(exercise))}">Play</a>'
    )
    return (
        f'<li><span class="long">{exercise.minutes:g} min</span><b>{escape(exercise_name(exercise))}</b>{go}'
        f'<span class="how">{escape(exercise.how)}</span><span class="why">{escape(block.reason)}</span></li>'
    )
