"""A plan that a player has chosen to practise, at one step of its ladder."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Engine

from coach.judge import plan_of
from coach.plan import PracticePlan
from dsp.scales import Scale, scale_from
from workbench.store.plans import Plans
from workbench.user import User


@dataclass(frozen=True, slots=True)
class ChosenPlan:
    """One plan and how far up its ladder.

    Attributes
    ----------
    practice_id : of the stored plan
    rung : index into the ladder, 0 = slowest
    """

    practice_id: UUID
    plan: PracticePlan
    rung: int = 0

    @property
    def scale(self) -> Scale:
        """What is practised."""
        return scale_from(self.plan.scale_chosen, self.plan.scale_type)

    @property
    def bpm(self) -> float | None:
        """The tempo of this step; None without a click."""
        return self.plan.tempo_ladder[self.rung] if self.plan.tempo_ladder else None

    @property
    def higher(self) -> float | None:
        """The tempo of the next step; None at the top."""
        above = self.plan.tempo_ladder[self.rung + 1 :]
        return above[0] if above else None

    def at(self, rung: int) -> "ChosenPlan":
        """The same plan at another step, the nearest that there is."""
        return replace(self, rung=min(max(rung, 0), max(len(self.plan.tempo_ladder) - 1, 0)))


def chosen_plan(engine: Engine, user: User, practice_id: str, step: str = "") -> ChosenPlan | None:
    """The plan that an address asks for, at its step (1 = slowest); None when the player has no such plan."""
    try:
        stored = Plans(engine).get(user, UUID(practice_id))
    except ValueError:
        return None
    plan = plan_of(stored) if stored is not None else None
    if stored is None or plan is None:
        return None
    return ChosenPlan(stored.practice_id, plan).at(int(step) - 1 if step.isdecimal() else 0)
