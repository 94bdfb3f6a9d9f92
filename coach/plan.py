"""A practice plan: what to practise, at which tempi, for how long, and why."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from coach.advice import Focus
from dsp.scales import scale_from


class PracticePlan(BaseModel):
    """One plan, as a coach proposes it and as `ai_practice_plans` keeps it.

    Raises
    ------
    pydantic.ValidationError : a scale that does not exist, or a value out of range
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    scale_chosen: str = Field(description='tonic and mode, such as "A Minor"')
    scale_type: str = Field(description='"natural", "pentatonic" or the name of a scale kind')
    focus_area: Focus
    exercise: str = Field(min_length=1, description="what to play and how, one to four sentences")
    tempo_ladder: tuple[float, ...] = Field(
        default=(), max_length=12, description="tempi in bpm, slowest first; empty = without a click"
    )
    notes_per_beat: int = Field(default=1, ge=1, le=12)
    minutes: float = Field(gt=0.0, le=120.0)
    strictness: float = Field(default=0.5, ge=0.0, le=1.0)
    sensitivity: float = Field(default=0.5, ge=0.0, le=1.0)
    reasoning: str = Field(
        min_length=1, description="why this, in one to three sentences, from the facts only"
    )
    evidence: tuple[str, ...] = Field(
        default=(), description="names of the facts that the reasoning rests on"
    )

    @field_validator("tempo_ladder")
    @classmethod
    def _playable(cls, tempi: tuple[float, ...]) -> tuple[float, ...]:
        if any(not 20.0 <= bpm <= 400.0 for bpm in tempi):
            raise ValueError("tempi go from 20 to 400 bpm")
        if list(tempi) != sorted(tempi):
            raise ValueError("the tempo ladder goes upward, slowest first")
        return tempi

    @model_validator(mode="after")
    def _existing_scale(self) -> "PracticePlan":
        scale_from(self.scale_chosen, self.scale_type)
        return self

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types, for the store."""
        return self.model_dump(mode="json")
