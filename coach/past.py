"""What a player has played, as a conversation asks for it: frames and facts, each read once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property

import polars as pl

from coach.compared import periods_facts, takes_facts
from coach.fact import Facts
from coach.facts.history import history_facts
from coach.facts.session import session_facts
from coach.intents import Period, Span
from coach.reply import merged, only
from workbench.archive import Archive, scale_name
from workbench.insight.comparable import comparable, practised
from workbench.insight.days import with_days
from workbench.insight.scope import scope_of
from workbench.insight.weak_spots import RECENT_SESSIONS, evidence


@dataclass(frozen=True, slots=True)
class Take:
    """One finished session and what may be said of it.

    Attributes
    ----------
    began : on the player's clock
    scale : its name
    minutes : how long it was
    comment : the player's own words; "" for none
    facts : empty where too few notes were judged
    """

    session_id: str
    began: datetime
    scale: str
    minutes: float
    comment: str
    facts: Facts


class Past:
    """The finished sessions of one player.

    Parameters
    ----------
    archive : of the player; nobody else's rows are ever asked for
    today : the player's date
    zone : the player's time zone; None = that of this machine
    """

    def __init__(self, archive: Archive, *, today: date, zone: tzinfo | None) -> None:
        self._archive = archive
        self.today = today
        self.zone = zone

    @cached_property
    def sessions(self) -> pl.DataFrame:
        """Frame of `queries.sessions` with `day` and `week`, oldest first; the demo's only without others."""
        return with_days(practised(self._archive.sessions()), self.zone)

    @cached_property
    def history(self) -> Facts:
        """Facts of all of it; those of notes from the newest `RECENT_SESSIONS`."""
        return self._facts(self.sessions)

    @cached_property
    def latest(self) -> Take | None:
        """The newest session; None where nothing was finished."""
        return None if self.sessions.is_empty() else self._take(self.sessions.tail(1))

    @cached_property
    def to_work_on(self) -> Facts:
        """What a recommendation rests on: the history, and where the noise of the newest session came from.

        No history holds that: what rings on or is knocked is counted in sessions only.
        """
        if self.latest is None:
            return self.history
        newest = self.latest.facts
        noise = {name for name in newest.facts if name.startswith("noise.")}
        return merged(self.history, only(newest, noise))

    @cached_property
    def spots_can_be_told(self) -> bool:
        """Whether enough was played to look for weak spots."""
        played = self._played(self.sessions.drop("day", "week").tail(RECENT_SESSIONS))
        return bool(evidence(played)["enough"].item())

    def newest(self, count: int) -> list[Take]:
        """The newest sessions with their facts, newest first."""
        return [self._take(row) for row in self.sessions.tail(count).reverse().iter_slices(1)]

    def of(self, period: Period) -> Facts:
        """Facts of some time only."""
        if period == "lately":
            return self.history
        return self._facts(self.sessions.filter(pl.col("day").is_between(*self._limits(period))))

    def compared(self, span: Span) -> Facts:
        """What changed; see `coach.compared`."""
        earlier, later = self.halves(span)
        if span == "takes":
            notes = self._played(pl.concat([earlier, later]))
            return takes_facts(*(notes.join(half, on="session_id", how="semi") for half in (earlier, later)))
        than = "the week before" if span == "week" else "the four weeks before"
        return periods_facts(earlier, later, than=than)

    def halves(self, span: Span) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The sessions that a comparison holds against each other, the earlier first: `queries.sessions`."""
        if span == "takes":
            alike = comparable(self.sessions.drop("day", "week"))
            return alike.slice(alike.height - 2, 1).head(alike.height - 1), alike.tail(1)
        days = timedelta(days=7 if span == "week" else 28)
        middle = self.today - days
        earlier = self.sessions.filter(pl.col("day") > middle - days, pl.col("day") <= middle)
        later = self.sessions.filter(pl.col("day") > middle, pl.col("day") <= self.today)
        return earlier.drop("day", "week"), later.drop("day", "week")

    def _limits(self, period: Period) -> tuple[date, date]:
        monday = self.today - timedelta(days=self.today.weekday())
        if period == "week":
            return monday, self.today
        if period == "last week":
            return monday - timedelta(days=7), monday - timedelta(days=1)
        return self.today - timedelta(days=27), self.today

    def _facts(self, sessions: pl.DataFrame) -> Facts:
        plain = sessions.drop("day", "week")
        notes = self._played(plain.tail(RECENT_SESSIONS))
        return history_facts(plain, notes, today=self.today, zone=self.zone)

    def _played(self, sessions: pl.DataFrame) -> pl.DataFrame:
        return self._archive.played(scope_of(sessions))

    def _take(self, row: pl.DataFrame) -> Take:
        session = row.row(0, named=True)
        scale = scale_name(session["scale_chosen"], session["scale_type"])
        summary = self._archive.summary(session["session_id"], session["current_analysis_id"])
        notes = self._played(row.drop("day", "week")).filter(session_id=session["session_id"])
        facts = Facts("session", "this session", {}, (scale,))
        if summary is not None:
            facts = session_facts(summary, notes, scale=scale)
        return Take(
            session["session_id"],
            session["start_timestamp"].astimezone(self.zone),
            scale,
            session["duration_seconds"] / 60.0,
            session["comment"] or "",
            facts,
        )
