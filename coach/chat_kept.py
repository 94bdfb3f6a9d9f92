"""What a conversation keeps beside the text of an answer, so that a page shows it again after a restart."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from coach.advice import Exercise
from coach.chat_events import Drawing
from coach.fact import Fact
from coach.plan import PracticePlan


class Kept(BaseModel):
    """The `evidence` of a stored message of the coach.

    Attributes
    ----------
    facts : those that the text rests on
    drawings : charts beside it
    exercise : what it says to play, where no plan holds that
    plan : what it proposed
    source : "rules", or the model that answered
    notice : one sentence when the configured model could not answer, else ""
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    facts: tuple[Fact, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    exercise: Exercise | None = None
    plan: PracticePlan | None = None
    source: str = "rules"
    notice: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types, for the store."""
        return self.model_dump(mode="json")


def kept(evidence: Mapping[str, Any] | None) -> Kept:
    """What was kept with a message; nothing where another version of FretCoach kept it in another shape."""
    try:
        return Kept.model_validate(evidence or {})
    except ValidationError:
        return Kept()
