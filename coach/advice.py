"""What a coach says: a text, what it aims at, the facts that it rests on, and an exercise."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Focus = Literal["pitch_accuracy", "scale_conformity", "timing_stability", "noise_control", "none"]
"""The metric that an advice aims at; "none" where nothing was measured or nothing needs work."""


class Exercise(BaseModel):
    """Something to play now."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(description="a few words, such as: Slow ascents with a click")
    how: str = Field(description="what to do, one to three sentences")
    scale_chosen: str = Field(description='tonic and mode, such as "A Minor"')
    scale_type: str = Field(description='"natural", "pentatonic" or the name of a scale kind')
    bpm: float | None = Field(default=None, description="tempo of the click, 20 to 400; null = free")
    notes_per_beat: int = Field(default=1, ge=1, le=12)
    minutes: float = Field(default=5.0, gt=0.0, le=120.0)


class Advice(BaseModel):
    """One answer of a coach. Every claim in `text` follows from the facts named in `evidence`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(description="what the player hears or reads; plain sentences")
    focus: Focus = Field(description="the metric that the advice aims at")
    evidence: tuple[str, ...] = Field(default=(), description="names of the facts that the text rests on")
    exercise: Exercise | None = None
