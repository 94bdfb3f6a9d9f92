"""What a conversation sends to whoever shows it, in order; the last one is always `Done`."""

from dataclasses import dataclass
from typing import Literal

from coach.advice import Advice
from coach.plan import PracticePlan


@dataclass(frozen=True, slots=True)
class Said:
    """More of the answer; checked already, so it may be shown at once."""

    text: str


@dataclass(frozen=True, slots=True)
class Looking:
    """The coach looks something up; `what` in words: "your newest sessions"."""

    what: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """Everything that was said of this answer so far is taken back; what follows replaces it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart belongs to the answer; `coach.drawing.draw` makes it.

    Attributes
    ----------
    kind : which chart
    session_ids : the sessions that it shows; empty = the newest ones
    earlier : for "compare" the sessions that those are held against
    """

    kind: Literal["progress", "heat", "session", "compare"]
    session_ids: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """A plan that is saved only when the player says so (`Conversation.save_plan`)."""

    plan: PracticePlan


@dataclass(frozen=True, slots=True)
class Done:
    """The answer is whole and stored.

    Attributes
    ----------
    advice : the whole text with its evidence
    source : "rules", or the model that answered
    notice : one sentence when the configured model could not answer, else ""
    """

    advice: Advice
    source: str
    notice: str = ""


ChatEvent = Said | Looking | Replaced | Drawing | Proposed | Done
