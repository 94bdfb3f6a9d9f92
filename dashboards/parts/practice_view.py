"""The Practice page: controls, transport and the live view around the player's one practice.

The practice lives in the registry of this process. The page attaches to it when it opens and lets go of it
when its tab closes; a reload, or another page, finds it running.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import panel as pn
from bokeh.io import curdoc

from dashboards.parts import aftermath, live_coaching
from dashboards.parts.archive import engine_for
from dashboards.parts.browser_sound import BrowserSound
from dashboards.parts.chosen_plan import ChosenPlan, chosen_plan
from dashboards.parts.closing import Closing
from dashboards.parts.live_line import LiveLine
from dashboards.parts.live_view import LiveView
from dashboards.parts.markers import add_marker
from dashboards.parts.plan_guide import PlanGuide
from dashboards.parts.plan_played import PlanPlayed
from dashboards.parts.setup import Setup
from dashboards.parts.shell import Look
from dashboards.parts.soon import soon
from dashboards.parts.transport import Transport
from dsp.errors import ParameterError, ScaleError
from workbench.audio.source import Source, SourceError
from workbench.practice.goal import Goal
from workbench.practice.registry import Registry, RegistryError, shared_registry
from workbench.practice.session import Practice
from workbench.settings import load_settings
from workbench.store.errors import StoreError
from workbench.store.repository import Repository
from workbench.user import User

_GRID_CSS = Path(__file__).with_suffix(".css").read_text("utf-8")


class PracticeView(pn.viewable.Viewer):
    """One tab's view of a player's practice.

    Parameters
    ----------
    user : who practises
    look : light or dark
    registry : where practices live; None = the one of this process
    """

    def __init__(self, user: User, look: Look, registry: Registry | None = None, **params: Any) -> None:
        super().__init__(**params)
        settings = load_settings()
        self.user, self._settings, self._document = user, settings, curdoc()
        self._registry = registry or shared_registry()
        self._engine = engine_for(settings.database_url)
        self._repository = Repository(self._engine)
        self._practice: Practice | None = None
        self._asked = False
        self.setup = Setup()
        self.guide = PlanGuide(lambda bpm: self.setup.param.update(bpm=bpm))
        self.transport = Transport(self._act, margin=0, sizing_mode="stretch_width")
        self.coach = LiveLine(self._engine, settings)
        self.live = LiveView(self.setup.goal().scale, look, self.coach, self._ended)
        self.setup.param.watch(self._preview, ["scale", "scale_type", "own_scale"])
        self.closing = Closing(lambda: self._act("start"))
        self.played = PlanPlayed(self._climb)
        self.sound = BrowserSound(
            lambda goal, source: soon(self._document, self._begin(goal, source)),
            lambda: self._practice,
            self._tell,
            self._fail,
        )
        self._layout = self._build()
        pn.state.on_session_destroyed(lambda _: self._detach())
        pn.state.onload(self._return)

    def _build(self) -> pn.Column:
        def at(area: str, *children: Any) -> pn.Column:
            return pn.Column(
                *children, styles={"grid-area": area, "min-width": "0"}, sizing_mode="stretch_width", margin=0
            )

        self._setup_area = at("setup", self.guide, self.setup)
        self._closing_area = at("stage", self.closing, self.played)
        self._closing_area.visible = False
        self._stage_area = at("stage", self.live)
        for area in (self._stage_area, self._closing_area):
            area.css_classes = ["fc-stage"]
        self.transport.styles = {"grid-area": "transport"}
        return pn.Column(
            self._setup_area,
            self.transport,
            self._stage_area,
            self._closing_area,
            at("engine", self.live.engine, self.sound.microphone, self.coach.speech),
            stylesheets=[_GRID_CSS],
            sizing_mode="stretch_width",
            margin=0,
        )

    def ask(self, asked: Mapping[str, str]) -> None:
        """Set up what the address asks for: `plan` and `step`, or `scale`, `type`, `bpm` and `notes`."""
        self._asked = bool(asked.get("plan") or asked.get("scale"))
        try:
            if asked.get("plan"):
                self._follow(chosen_plan(self._engine, self.user, asked["plan"], asked.get("step", "")))
            elif asked.get("scale"):
                self.setup.ask(*(asked.get(name, "") for name in ("scale", "type", "bpm", "notes")))
        except ParameterError as error:
            self._tell(str(error))

    def _follow(self, chosen: ChosenPlan | None) -> None:
        """Set up a plan."""
        if chosen is None:
            self._tell("This address names a plan that is not here; the Coach page has another.")
            return
        self.setup.follow(chosen)
        self.guide.follow(chosen)
        self._layout.css_classes = ["planned"]

    def _climb(self, chosen: ChosenPlan) -> None:
        """Go on at the next step of the plan that was just played."""
        self._follow(chosen)
        self._start()

    def __panel__(self) -> pn.viewable.Viewable:
        return self._layout

    def _preview(self, *_: object) -> None:
        """Let the empty lane follow the menus; half a name is no scale yet, and no reason to complain."""
        with contextlib.suppress(ScaleError):
            self.live.preview(self.setup.chosen_scale())

    def _return(self) -> None:
        """Come back to the practice that this player has running, or to the summary of the last one."""
        practice = self._registry.latest(self.user)
        if practice is None:
            return
        if practice.state == "ended":
            if not self._asked:
                self._hold(practice)
                self._ended(practice)
            return
        self._attach(practice)
        self.sound.open_again(practice)

    def _act(self, action: str) -> None:
        """Do what the player pressed."""
        deeds = {
            "start": self._start,
            "stop": self._stop,
            "pause": self._pause,
            "resume": self._resume,
            "mark": self._mark,
        }
        deeds[action]()

    def _start(self) -> None:
        if self.transport.state == "busy" or self._registry.current(self.user) is not None:
            self._return()
            return
        self.transport.param.update(notice="", state="busy")
        try:
            goal = self.setup.goal()
        except ParameterError as error:
            self._fail(str(error))
            return
        if self.setup.source == "browser":
            self.sound.open_for(goal)
            return
        soon(self._document, self._begin(goal, self.setup.listen()))

    async def _begin(self, goal: Goal, source: Source) -> None:
        """Start off the event loop: a sound card opens slowly, and engines load compiled code."""
        try:
            practice = await asyncio.to_thread(
                self._registry.start,
                self.user,
                goal,
                source,
                self._repository,
                self._settings.data_dir,
                recordings=self._settings.recordings,
            )
        except (SourceError, RegistryError, StoreError, ParameterError) as error:
            self._fail(str(error))
            return
        except Exception:
            self._fail("FretCoach could not begin; its log says why.")
            raise
        chosen = self.guide.chosen
        if chosen is not None and chosen.scale == goal.scale:
            aftermath.follow(practice, chosen, self._engine)
        self._attach(practice)
        live_coaching.begin(practice, self._engine, self._settings)

    def _stop(self) -> None:
        practice = self._practice
        if practice is not None:
            self.transport.state = "busy"
            soon(self._document, asyncio.to_thread(practice.stop))

    def _pause(self) -> None:
        if self._practice is not None:
            self._practice.pause()
            self.transport.state = self._practice.state

    def _resume(self) -> None:
        if self._practice is not None:
            self._practice.resume()
            self.transport.state = self._practice.state

    def _mark(self) -> None:
        if self._practice is not None:
            self.live.lane.mark(add_marker(self._practice, self._repository))

    def _hold(self, practice: Practice) -> None:
        """Make `practice` the one of this tab, for as long as the tab or another practice."""
        self._detach()
        self._registry.attach(practice)
        self._practice = practice

    def _attach(self, practice: Practice) -> None:
        """Show a practice that runs, and nothing that would distract from it."""
        self._hold(practice)
        self._show_closing(False)
        self._setup_area.visible = False
        self._layout.css_classes = ["playing"]
        self.transport.param.update(state=practice.state, source=practice.source_name, notice="")
        self.live.follow(practice)

    def _detach(self) -> None:
        practice, self._practice = self._practice, None
        self.live.leave()
        if practice is not None:
            self._registry.detach(practice)

    def _ended(self, practice: Practice) -> None:
        self.sound.close()
        self._layout.css_classes = ["ended"]
        self._setup_area.visible = True
        self.closing.present(practice)
        self.played.present(practice)
        self._show_closing(True)
        self.transport.state = "ended"

    def _show_closing(self, shown: bool) -> None:
        self._closing_area.visible, self._stage_area.visible = shown, not shown

    def _tell(self, sentence: str) -> None:
        self.transport.notice = sentence

    def _fail(self, sentence: str) -> None:
        self.sound.close()
        self.transport.param.update(state="idle", notice=sentence)
