"""When a made-up player of a crowd practises, and how far they have come by then: a whole history at once."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.demo.players import DemoPlayer

LEARNING_WEEKS = 12.0
"""Weeks after which two thirds of what can be learned is learned."""

HOLIDAY = 0.06
"""Chance that a whole week goes by without practice."""

RUST = 0.1
"""Share of the progress that four days off or more take away for one session."""

_HALF_A_DAY_S = 43_200


class Diary(NamedTuple):
    """Sessions of one player, oldest first; shape (sessions,) each.

    Attributes
    ----------
    began : microseconds since 1970, UTC
    progress : 0..1
    """

    began: NDArray[np.int64]
    progress: NDArray[np.float64]


def keep_diary(
    player: DemoPlayer, first: date, last: date, sessions: int | None, rng: np.random.Generator
) -> Diary:
    """Draw the sessions of one player.

    Parameters
    ----------
    player : whose habits say on which days
    first, last : days that may have practice
    sessions : exactly so many, several a day if there are more than days; None = as habits and holidays bring
    rng : the only source of chance
    """
    days = np.arange((last - first).days + 1)
    weekday = (first.weekday() + days) % 7
    likely = np.array(player.days)[weekday]
    if sessions is None:
        away = rng.random(days.size // 7 + 1) < HOLIDAY
        away[0] = False
        practised = days[(rng.random(days.size) < likely) & ~away[days // 7]]
        # Somebody who never practised would be a gap in the crowd.
        practised = practised if practised.size else days[-1:]
    else:
        often = sessions > days.size
        practised = np.sort(rng.choice(days, sessions, replace=often, p=likely / likely.sum()))
    off = np.diff(practised, prepend=0)
    learned = 1.0 - np.exp(-practised / 7.0 / LEARNING_WEEKS)
    drawn = rng.normal(0.0, 0.06, practised.size)
    weekend = weekday[practised] >= 5
    hour = rng.normal(np.where(weekend, 10.5, 18.5), 1.2)
    second = np.clip(np.rint(3600.0 * hour), 0, 2 * _HALF_A_DAY_S - 1).astype(np.int64)
    midnight = datetime.combine(first, time(), UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    began = midnight // timedelta(seconds=1) + 86_400 * practised + second
    order = np.argsort(began, kind="stable")
    progress = np.clip(learned - RUST * (off >= 4) + drawn, 0.0, 1.0)
    return Diary(1_000_000 * began[order], progress[order])
