"""The session of today: made once, the same on every device, its blocks ticked off as they are played.

Whatever is played is reviewed at once and then no longer due, so a plan that was made anew each time would
change under the player's hands.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo

import polars as pl
from pydantic import ValidationError

from coach.planner.planned import Block, PlannedSession
from coach.planner.schedule import day_of
from coach.planner.session import plan_session
from coach.planner.target import TEMPO_STEP
from dsp.anchors import MIN_NOTES
from workbench.archive import Archive
from workbench.store.configs import Configs
from workbench.store.items import Items

NAME = "coach.today"
"""Of the player's choice that keeps the plan."""


def todays_session(
    archive: Archive,
    items: Items,
    configs: Configs,
    minutes: int,
    *,
    now: datetime,
    zone: tzinfo | None = None,
    anew: bool = False,
) -> PlannedSession:
    """The plan that was made today for that many minutes, with what is done; a new one where there is none.

    Parameters
    ----------
    minutes, now, zone : as for `plan_session`
    anew : make another one, from what is due now

    Raises
    ------
    PlannerError : minutes out of range
    StoreError : the database can't be read or written
    """
    kept = None if anew else _kept(configs.get(archive.user, NAME, None))
    if kept is not None and (kept.day, kept.minutes) == (day_of(now, zone), minutes):
        since = archive.sessions().filter(pl.col("start_timestamp") >= kept.made_at)
        return kept.model_copy(update={"blocks": ticked(kept.blocks, since)})
    made = plan_session(archive, items, minutes, now=now, seed=int(now.timestamp()), zone=zone)
    configs.set(archive.user, NAME, made.model_dump(mode="json"))
    return made


def _kept(value: object) -> PlannedSession | None:
    """The stored plan; None where there is none, or one that another version wrote."""
    try:
        return PlannedSession.model_validate(value)
    except ValidationError:
        return None


def ticked(blocks: Sequence[Block], sessions: pl.DataFrame) -> tuple[Block, ...]:
    """The blocks with those done that sessions practised; each session does one block.

    Parameters
    ----------
    sessions : frame of `queries.sessions`, those since the plan was made
    """
    done: set[int] = set()
    judged = pl.col("correct_notes_played") + pl.col("bad_notes_played") >= MIN_NOTES
    finished = sessions.filter(pl.col("end_timestamp").is_not_null(), judged).sort("start_timestamp")
    for chosen, kind, bpm in finished.select("scale_chosen", "scale_type", "bpm").iter_rows():
        open_blocks = [
            (index, block.exercise.bpm)
            for index, block in enumerate(blocks)
            if index not in done
            and (block.exercise.scale_chosen, block.exercise.scale_type) == (chosen, kind)
        ]
        fits = [each for each in open_blocks if _same_tempo(each[1], bpm)]
        fits += [each for each in open_blocks if each[1] is None]
        if fits:
            done.add(fits[0][0])
    return tuple(block.model_copy(update={"done": index in done}) for index, block in enumerate(blocks))


def _same_tempo(planned: float | None, played: float | None) -> bool:
    if planned is None or played is None:
        return planned is played
    return abs(planned - played) <= TEMPO_STEP / 2
