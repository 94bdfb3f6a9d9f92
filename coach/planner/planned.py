"""A practice session as it is planned: short blocks, each with what to play and why."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from coach.advice import Exercise
from coach.errors import CoachError

SHORTEST, LONGEST = 5, 120
"""Minutes of a session: two turns, and as long as anybody concentrates."""


class PlannerError(CoachError, ValueError):
    """A session that can't be planned. The message says what was given and what is allowed."""


class Block(BaseModel):
    """A few minutes on one item.

    Attributes
    ----------
    exercise : what to play, in which scale, at which tempo, for how long
    reason : why now, in one or two sentences
    item_id : which item; the same one may come again in a later block
    done : a session since the plan was made practised it
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: Exercise
    reason: str
    item_id: UUID
    done: bool = False


class PlannedSession(BaseModel):
    """One practice session.

    Attributes
    ----------
    day : on the player's clock
    minutes : sum of the minutes of the blocks
    made_at : aware, UTC
    why : why these and in this order, in words
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    minutes: int
    made_at: datetime
    blocks: tuple[Block, ...] = Field(min_length=1)
    why: str
