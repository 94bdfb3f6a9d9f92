"""The body of the Progress page: what to work on, what was practised, how it moved, and where on the neck."""

from collections.abc import Callable
from typing import Any

import panel as pn
import param
import polars as pl

from dashboards.parts.before_after import BeforeAfter
from dashboards.parts.closer import FAULTS, Closer
from dashboards.parts.days import today
from dashboards.parts.drawn import drawn
from dashboards.parts.filters import ALL_SCALES, Filters
from dashboards.parts.focus import focus
from dashboards.parts.layout import grid, on_top, prose, sheet, stack
from dashboards.parts.players import Players
from dashboards.parts.shell import Look
from dashboards.parts.standing import directions, recent_table, standing, totals_cards
from dashboards.parts.streak_words import streak_words
from workbench.archive import Archive
from workbench.charts import progress as charts
from workbench.charts.neck import Fault, neck
from workbench.insight import faults, heat, history, practice_time, trends
from workbench.insight.scope import scope_of
from workbench.insight.streaks import streaks
from workbench.insight.weak_spots import RECENT_SESSIONS, evidence, weak_spots

EMPTY = """
<div class="empty"><h2>Nothing to compare yet</h2>
<p>Every session you play adds a point here: what you practised, how it moved, where on the neck.</p>
<a class="button" href="practice">Play your first session</a></div>
"""
NOTHING_LEFT = """
<div class="empty"><p>No finished session fits these filters. Choose another scale or a longer time.</p></div>
"""


class ProgressView(pn.viewable.Viewer):
    """Weak spots, totals, practice days, trends, before and after, and the neck of one player.

    Parameters
    ----------
    own : the archive of the player who looks
    look : the tab's theme
    player : id of the demo player that the address asks for
    """

    fault: "param.Selector[Fault]" = param.Selector(default="wrong", objects=FAULTS, label="Show")

    def __init__(self, own: Archive, look: Look, player: str = "") -> None:
        super().__init__()
        self._look = look
        self._players = Players(own, player)
        self._filters = Filters()
        controls = self._filters.controls()
        self._bar = on_top(
            grid(self._players.choice, controls["scale"], controls["span"], controls["dates"], narrowest=100)
        )
        self._body = stack(gap=16)
        self._sessions = pl.DataFrame()
        self._before_after = BeforeAfter(self._played)
        self._players.param.watch(self._load, "player")
        self._filters.param.watch(self._show, "changed")
        self._load()

    def _load(self, *_: object) -> None:
        self._sessions = self._players.archive.sessions()
        self._filters.offer(self._sessions)
        self._show()

    def _show(self, *_: object) -> None:
        finished = self._sessions.filter(pl.col("end_timestamp").is_not_null())
        self._bar.visible = not finished.is_empty()
        if finished.is_empty():
            self._body[:] = [self._players.choice, prose(EMPTY)]
            return
        kept = self._filters.kept(finished).drop("scale").sort("start_timestamp")
        self._body[:] = [prose(NOTHING_LEFT)] if kept.is_empty() else self._sections(kept)

    def _played(self, sessions: pl.DataFrame) -> pl.DataFrame:
        """The notes of those of the sessions that compare with each other."""
        by_scale = self._filters.scale != ALL_SCALES
        return self._players.archive.played(scope_of(sessions, by_scale=by_scale))

    def _sections(self, kept: pl.DataFrame) -> list[Any]:
        played = self._played(kept.tail(RECENT_SESSIONS))
        self._before_after.sessions = self._filters.of_scale(self._sessions)
        return [
            prose(totals_cards(history.totals(kept))),
            sheet(prose("<h3>What to work on</h3>"), prose(focus(weak_spots(played), evidence(played)))),
            grid(
                sheet(
                    prose("<h3>Latest session against your average</h3>"),
                    prose(standing(history.latest_against_average(kept))),
                ),
                sheet(
                    prose("<h3>Recent sessions</h3>"), prose(recent_table(history.recent(kept), self._asked))
                ),
                narrowest=420,
                gap=16,
            ),
            *self._over_time(kept),
            sheet(prose("<h3>Before and after</h3>"), self._before_after),
            self._neck(played),
            Closer(kept, played, self._look),
        ]

    def _over_time(self, kept: pl.DataFrame) -> list[Any]:
        weekly, daily, until = trends.weekly(kept), practice_time.daily(kept), today()
        return [
            self._chart(
                "Practice minutes, day by day",
                lambda dark: charts.calendar(daily, until=until, dark=dark),
                streak_words(streaks(self._sessions, until), until),
            ),
            self._chart(
                "Week by week",
                lambda dark: charts.trends(weekly, dark=dark),
                "The line is the mean of a week's sessions, the pale ribbon its 95 % interval. "
                + directions(trends.direction(kept)),
            ),
        ]

    @property
    def _asked(self) -> str:
        """What a link to a session must add to its address."""
        return f"&player={self._players.player}" if self._players.demo else ""

    def _neck(self, played: pl.DataFrame) -> pn.Column:
        """The neck with a choice of what its circles are filled by."""
        positions = heat.by_position(faults.pitches(played))
        words = (
            f"From your newest {RECENT_SESSIONS} sessions at most. Larger = played more, fuller = more of it "
            "wrong. Pitch alone cannot tell the string: a note stands at every place where it can be played."
        )
        choice = pn.widgets.Select.from_param(self.param.fault, width=240, margin=0)

        def chart(fault: Fault, narrow: bool) -> Any:
            return drawn(lambda dark: neck(positions, fault, narrow=narrow, dark=dark), self._look)

        return sheet(
            prose(f'<h3>Where on the neck</h3><p class="muted small">{words}</p>'),
            choice,
            pn.panel(
                pn.bind(chart, self.param.fault, self._look.param.narrow),
                sizing_mode="stretch_width",
                margin=0,
            ),
        )

    def _chart(self, title: str, draw: Callable[[bool], Any], words: str = "") -> pn.Column:
        said = f'<p class="muted small">{words}</p>' if words else ""
        return sheet(prose(f"<h3>{title}</h3>{said}"), drawn(draw, self._look))

    def __panel__(self) -> pn.viewable.Viewable:
        return stack(self._players.banner, self._bar, self._body)
