"""What may be said about a player's newest sessions."""

from collections.abc import Iterator
from datetime import date, tzinfo

import polars as pl

from coach.fact import Fact, Facts
from coach.facts.beats import newest_notes_per_beat
from coach.facts.playing import playing_facts
from coach.facts.practice import practice_facts, scale_facts
from coach.facts.scores import score_facts
from coach.facts.spots import spot_facts
from dsp.summary import METRICS
from workbench.insight import repertoire
from workbench.insight.comparable import comparable
from workbench.insight.weak_spots import RECENT_SESSIONS


def history_facts(sessions: pl.DataFrame, played: pl.DataFrame, *, today: date, zone: tzinfo | None) -> Facts:
    """The facts of a history.

    Parameters
    ----------
    sessions : frame of `queries.sessions`, in any order
    played : frame of `queries_notes.played` of the newest `weak_spots.RECENT_SESSIONS`
    today : the player's date
    zone : the player's time zone; None = that of this machine

    Returns
    -------
    scores, trends and changes of the sessions that compare with each other (`insight.comparable`), practice
    of all that were finished; each only where the insight behind it had enough
    """
    told = {fact.name: fact for fact in _all(sessions, played, today, zone)}
    names = repertoire.scales(sessions, zone)["scale"].to_list()
    alike = comparable(sessions)
    missing: dict[str, str] = {
        name: "no session has measured it yet" for name in METRICS if alike[name].count() == 0
    }
    n = min(len(alike), RECENT_SESSIONS)
    about = "your newest session" if n == 1 else f"your newest {n} sessions" if n else "no session yet"
    return Facts("history", about, told, tuple(names), missing, newest_notes_per_beat(played))


def _all(sessions: pl.DataFrame, played: pl.DataFrame, today: date, zone: tzinfo | None) -> Iterator[Fact]:
    yield from score_facts(sessions, today=today, zone=zone)
    yield from spot_facts(played)
    yield from playing_facts(played)
    yield from practice_facts(sessions, today=today, zone=zone)
    yield from scale_facts(sessions, zone)
