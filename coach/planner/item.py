"""Something to come back to: one exercise, in one scale, on one degree or at one tempo.

Conventions
-----------
The state is a card of FSRS (Ye, Su and Cao 2022): `stability` is the number of days after which the player
is expected to play the item well nine times in ten, `difficulty` runs from 1 to 10. Days are days on the
player's own clock, so `due_at` is the midnight at which the day begins on which the item is due.

An item's id follows from the player and from what is to be practised, so that two devices that meet the same
weak degree on their own make the same row of `practice_items`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID, uuid5

Kind = Literal["notes", "intonation", "clean", "degree", "tempo"]
"""What an item practises: the right notes of a scale, their intonation, clean playing, one degree, or the
scale in time at one tempo."""

KINDS: tuple[Kind, ...] = get_args(Kind)

_NAMESPACE = UUID("8f0d0b3e-5a3c-5d0e-9d1c-6f1d6a9b7c24")
"""Of the ids of items; drawn once."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is practised; `practice_items.content` holds it as JSON.

    Attributes
    ----------
    scale_chosen, scale_type : as sessions keep them: "A Minor", "pentatonic"
    degree : of a "degree" item, 1 = the tonic; else None
    bpm : of a "tempo" item, a multiple of five; else None
    """

    kind: Kind
    scale_chosen: str
    scale_type: str
    degree: int | None = None
    bpm: float | None = None

    def item_id(self, user_id: str) -> UUID:
        """The id of this player's item; the same on every device."""
        what = (user_id, self.kind, self.scale_chosen, self.scale_type, self.degree, self.bpm)
        return uuid5(_NAMESPACE, "\n".join(map(str, what)))


@dataclass(frozen=True, slots=True)
class Result:
    """What the last review measured; kept in `practice_items.content` beside the target.

    Attributes
    ----------
    rating : 1 Again, 2 Hard, 3 Good, 4 Easy
    score : 0..1, what the rating rests on
    notes : judged notes behind it
    """

    rating: int
    score: float
    notes: int


@dataclass(frozen=True, slots=True)
class Item:
    """A target and how well it holds; one row of `practice_items`.

    Attributes
    ----------
    due_at : aware, UTC
    stability, difficulty, state, step, last_review_at : the card of FSRS; None before the first review
    repetitions : reviews so far
    lapses : those of them in which the item was lost ("Again") after it had been known
    last : what the last review measured; None before it
    """

    item_id: UUID
    target: Target
    due_at: datetime
    stability: float | None = None
    difficulty: float | None = None
    state: int = 1
    step: int | None = None
    last_review_at: datetime | None = None
    repetitions: int = 0
    lapses: int = 0
    last: Result | None = None
