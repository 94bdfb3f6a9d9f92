"""What moves while one plays: the note, the lane, the meters. Follows one practice twenty times a second.

One periodic callback of the tab reads the newest snapshot under the document's lock: a slow browser gets
fewer looks, never a queue of old ones. Only what a player could see change is sent.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import panel as pn
from bokeh.io import curdoc

from dashboards.parts import meters, note_now
from dashboards.parts.engine_fold import EngineFold
from dashboards.parts.live_line import LiveLine
from dashboards.parts.markers import markers
from dashboards.parts.meters import Meters
from dashboards.parts.note_now import NoteDisplay
from dashboards.parts.shell import Look
from dsp.scales import Scale
from workbench.charts.live import Lane
from workbench.charts.theme import EARLY, LATE, MARKS
from workbench.practice.session import Practice

PERIOD_MS = 50
"""Twenty looks a second: smooth to the eye, and a third of a core in a slow browser."""

_LEGEND = "".join(f"<span><b>{mark.symbol}</b> {mark.word}</span>" for mark in (*MARKS.values(), EARLY, LATE))
_STAGE_CSS = ":host { gap: 12px; } @media (max-width: 800px) { :host { gap: 8px; } }"
_LEGEND_CSS = Path(__file__).with_suffix(".css").read_text("utf-8")


class LiveView(pn.viewable.Viewer):
    """The moving part of the page.

    Attributes
    ----------
    coach : its line, between the note and the lane
    ended : called once, with the practice, when it has ended for whatever reason
    """

    def __init__(
        self, scale: Scale, look: Look, coach: LiveLine, ended: Callable[[Practice], Any], **params: Any
    ) -> None:
        super().__init__(**params)
        self.coach = coach
        full: dict[str, Any] = {"sizing_mode": "stretch_width", "margin": 0}
        self.note, self.meters, self.engine = (
            NoteDisplay(scale=scale.name, **full),
            Meters(**full),
            EngineFold(),
        )
        self.lane = Lane(scale, dark=look.dark)
        self.ended = ended
        self._document = curdoc()
        self._practice: Practice | None = None
        self._cursor = self._looks = 0
        self._loud_at_s = 0.0
        self._ticker: Any = None
        self._legend = pn.pane.HTML(stylesheets=[_LEGEND_CSS], sizing_mode="stretch_width", margin=0)
        self._look = look
        look.param.watch(lambda event: self.lane.paint(dark=event.new), "dark")
        look.param.watch(lambda event: self._fit(narrow=event.new), "narrow")
        self._fit(narrow=look.narrow)
        self.middle = pn.Column(
            pn.pane.Bokeh(self.lane.figure, sizing_mode="stretch_width", margin=0),
            self._legend,
            sizing_mode="stretch_width",
            margin=0,
        )

    def _fit(self, *, narrow: bool) -> None:
        self.lane.fit(narrow=narrow)
        shown = f"<span>last {self.lane.window_s:.0f} seconds</span>"
        self._legend.object = f'<div class="legend">{_LEGEND}{shown}</div>'
        self._make_room(narrow=narrow)

    def _make_room(self, *, narrow: bool) -> None:
        """On a phone the coach's line takes the place of the legend, so that the meters stay in sight."""
        self._legend.visible = not (narrow and self.coach.line.visible)

    def preview(self, scale: Scale) -> None:
        """Show the lines of a scale that the player thinks of, unless a practice is shown."""
        if self._practice is None:
            self.note.param.update(scale=scale.name, note=None)
            self.lane.begin(scale)

    def follow(self, practice: Practice) -> None:
        """Show `practice` from its first note on, until it has ended."""
        self.leave()
        self._practice, self._cursor = practice, 0
        self._loud_at_s = practice.snapshot().t_s
        self.note.param.update(scale=practice.goal.scale.name, note=None)
        self.lane.begin(practice.goal.scale)
        self.engine.begin(practice)
        self.lane.mark(markers(practice))
        self.coach.follow(practice)
        self._make_room(narrow=self._look.narrow)
        self.look_now()
        self._ticker = self._document.add_periodic_callback(self.look_now, PERIOD_MS)

    def leave(self) -> None:
        """Stop following."""
        if self._ticker is not None:
            self._document.remove_periodic_callback(self._ticker)
        self._ticker = self._practice = None

    def look_now(self) -> None:
        """Bring everything to the newest state."""
        practice = self._practice
        if practice is None:
            return
        snapshot = practice.snapshot()
        changed, self._cursor = practice.events_since(self._cursor)
        if changed:
            self.lane.show(changed)
            self.engine.heard(changed)
        self.lane.move(snapshot.t_s)
        self.note.note = note_now.shown(snapshot.note)
        if snapshot.levels.peak_dbfs > meters.FAINT_DBFS:
            self._loud_at_s = snapshot.t_s
        self.meters.live = meters.shown(snapshot, snapshot.t_s - self._loud_at_s)
        self.coach.look(snapshot.state)
        self._looks += 1
        if self._looks % (1000 // PERIOD_MS) == 1:
            self.engine.refresh()
        if snapshot.state == "ended":
            self.leave()
            self.coach.leave()
            self._make_room(narrow=self._look.narrow)
            self.ended(practice)

    def __panel__(self) -> pn.viewable.Viewable:
        return pn.Column(
            self.note,
            self.coach.line,
            self.middle,
            self.meters,
            stylesheets=[_STAGE_CSS],
            sizing_mode="stretch_width",
            margin=0,
        )
