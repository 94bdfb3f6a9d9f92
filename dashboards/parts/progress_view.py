"""The body of the Progress page: what was practised, how it moved over the weeks, and where on the neck."""

from collections.abc import Callable
from typing import Any

import panel as pn
import polars as pl

from dashboards.parts.days import today
from dashboards.parts.drawn import drawn
from dashboards.parts.filters import Filters
from dashboards.parts.layout import grid, on_top, prose, sheet, stack
from dashboards.parts.players import Players
from dashboards.parts.shell import Look
from dashboards.parts.standing import directions, recent_table, standing, totals_cards
from workbench.archive import Archive
from workbench.charts import fretboard
from workbench.charts import progress as charts
from workbench.insight import history, practice_time, trends

NECK_SESSIONS = 10
"""Sessions behind the neck: recent enough to be about how one plays now."""

EMPTY = """
<div class="empty"><h2>Nothing to compare yet</h2>
<p>Every session you play adds a point here: what you practised, how it moved, where on the neck.</p>
<a class="button" href="practice">Play your first session</a></div>
"""
NOTHING_LEFT = """
<div class="empty"><p>No finished session fits these filters. Choose another scale or a longer time.</p></div>
"""


class ProgressView(pn.viewable.Viewer):
    """Totals, the latest session against the average, practice days, trends and the neck of one player.

    Parameters
    ----------
    own : the archive of the player who looks
    look : the tab's theme
    player : id of the demo player that the address asks for
    """

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

    def _sections(self, kept: pl.DataFrame) -> list[Any]:
        weekly, daily, until = trends.weekly(kept), practice_time.daily(kept), today()
        return [
            prose(totals_cards(history.totals(kept))),
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
            self._chart(
                "Practice minutes, day by day", lambda dark: charts.calendar(daily, until=until, dark=dark)
            ),
            self._chart(
                "Week by week",
                lambda dark: charts.trends(weekly, dark=dark),
                "The line is the mean of a week's sessions, the pale ribbon its 95 % interval. "
                + directions(trends.direction(kept)),
            ),
            self._neck(kept),
        ]

    @property
    def _asked(self) -> str:
        """What a link to a session must add to its address."""
        return f"&player={self._players.player}" if self._players.demo else ""

    def _neck(self, kept: pl.DataFrame) -> pn.Column:
        archive = self._players.archive
        notes = pl.concat(
            [archive.notes(session_id) for session_id in kept["session_id"].tail(NECK_SESSIONS)]
        )
        words = (
            f"From the last {min(NECK_SESSIONS, kept.height)} sessions. A pitch stands at every place where "
            "it can be played; ✕ = mostly outside the scale."
        )
        return self._chart("Where you played", lambda dark: fretboard.heat(notes, dark=dark), words)

    def _chart(self, title: str, draw: Callable[[bool], Any], words: str = "") -> pn.Column:
        said = f'<p class="muted small">{words}</p>' if words else ""
        return sheet(prose(f"<h3>{title}</h3>{said}"), drawn(draw, self._look))

    def __panel__(self) -> pn.viewable.Viewable:
        return stack(self._players.banner, self._bar, self._body)
