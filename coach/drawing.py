"""The charts of a conversation, drawn by `workbench.charts` from what the player has now.

An answer keeps which chart belongs to it and not its points: a session that was deleted since is in no chart,
and every chart comes in the colours of whoever looks.
"""

from datetime import tzinfo
from typing import Any

import polars as pl

from coach.chat_events import Drawing
from coach.facts.spoken import TITLES
from workbench.archive import Archive, scale_of
from workbench.insight.comparable import SCORES, comparable
from workbench.insight.faults import pitches
from workbench.insight.heat import by_position
from workbench.insight.scope import scope_of
from workbench.insight.spread import mean_with_interval
from workbench.insight.trends import weekly
from workbench.insight.weak_spots import RECENT_SESSIONS, weak_spots

GONE = "The sessions of this chart are no longer here."


def draw(
    archive: Archive,
    drawing: Drawing,
    *,
    zone: tzinfo | None = None,
    dark: bool = False,
    narrow: bool = False,
) -> Any:
    """The HoloViews element of a chart; loads HoloViews.

    Parameters
    ----------
    archive : of the player whose conversation it is; sessions of others are never found in it
    zone : the player's time zone; None = that of this machine
    dark, narrow : for a dark ground, for a page as narrow as a phone
    """
    from workbench.charts.finish import words_only  # noqa: PLC0415  brings HoloViews
    from workbench.charts.theme import palette  # noqa: PLC0415

    sessions = archive.sessions().sort("start_timestamp")
    shown = _of(sessions, drawing.session_ids) if drawing.session_ids else sessions
    if comparable(shown).is_empty():
        return words_only(GONE, height=120, colours=palette(dark))
    if drawing.kind == "progress":
        return _progress(shown, zone, dark)
    if drawing.kind == "heat":
        return _heat(archive, shown, dark, narrow)
    if drawing.kind == "session":
        return _session(archive, shown, dark)
    return _compare(_of(sessions, drawing.earlier), shown, dark)


def _of(sessions: pl.DataFrame, session_ids: tuple[str, ...]) -> pl.DataFrame:
    return sessions.filter(pl.col("session_id").is_in(session_ids))


def _progress(sessions: pl.DataFrame, zone: tzinfo | None, dark: bool) -> Any:
    from workbench.charts.progress import trends  # noqa: PLC0415

    return trends(weekly(sessions, zone), dark=dark)


def _heat(archive: Archive, sessions: pl.DataFrame, dark: bool, narrow: bool) -> Any:
    """The neck, filled by the fault of the worst weak spot."""
    from workbench.charts.neck import Fault, neck  # noqa: PLC0415

    played = archive.played(scope_of(comparable(sessions).tail(RECENT_SESSIONS)))
    spots = weak_spots(played)
    worst = "wrong" if spots.is_empty() else spots["fault"].item(0)
    faults: dict[str, Fault] = {"sharp": "tune", "flat": "tune", "early": "beat", "late": "beat"}
    return neck(by_position(pitches(played)), faults.get(worst, "wrong"), narrow=narrow, dark=dark)


def _session(archive: Archive, sessions: pl.DataFrame, dark: bool) -> Any:
    from workbench.charts.timeline import timeline  # noqa: PLC0415

    row = sessions.row(-1, named=True)
    scale = scale_of(row["scale_chosen"], row["scale_type"])
    return timeline(archive.notes(row["session_id"]), scale, dark=dark)


def _compare(earlier: pl.DataFrame, later: pl.DataFrame, dark: bool) -> Any:
    """Each score before and after, with its 95 % interval where several sessions give one."""
    from workbench.charts.shares import ROWS_SCHEMA, rows  # noqa: PLC0415

    named = [
        _row(f"{TITLES[name]}, {when}", half[name].drop_nulls())
        for name in SCORES
        for when, half in (("before", comparable(earlier)), ("after", comparable(later)))
    ]
    return rows(pl.DataFrame(named, schema=ROWS_SCHEMA, orient="row"), label="score, 0 to 100", dark=dark)


def _row(name: str, scores: pl.Series) -> tuple[str, float | None, float | None, float | None, str]:
    told = scores.alias("score").to_frame().select(mean_with_interval(pl.col("score")))
    mean, low, high, count = told.row(0)
    many = f"{count} session" if count == 1 else f"{count} sessions"
    return name, mean, mean if low is None else low, mean if high is None else high, many
