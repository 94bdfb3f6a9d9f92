"""What a player comes back to: the notes of a scale, one of its degrees, or the scale at one tempo."""

from dataclasses import astuple, dataclass
from typing import Literal
from uuid import UUID, uuid5

from dsp.convert import pitch_class_name
from dsp.scales import Scale, scale_from
from workbench.user import User

Kind = Literal["notes", "intonation", "clean", "degree", "tempo"]
"""What of a scale is practised: its right notes, their intonation, playing without noise, one degree, or all
of it in time at one tempo."""

_NAMESPACE = UUID("8f0d0b3e-5a3c-5d0e-9d1c-6f1d6a9b7c24")
"""Of the ids of items; drawn once."""

TEMPO_STEP = 5
"""Beats a minute between two items: a session at 92 bpm is practice of the item at 90."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to practise.

    Attributes
    ----------
    scale_chosen, scale_type : as sessions keep them: "A Minor", "pentatonic"
    degree : of a "degree", 1 = the tonic; else None
    bpm : of a "tempo", a multiple of `TEMPO_STEP`, whole so that its JSON is the same everywhere; else None
    notes_per_beat : of a "tempo"; else None
    """

    kind: Kind
    scale_chosen: str
    scale_type: str
    degree: int | None = None
    bpm: int | None = None
    notes_per_beat: int | None = None

    @property
    def scale(self) -> Scale:
        """The scale that is practised. Raises `ScaleError` for a name that nobody knows."""
        return scale_from(self.scale_chosen, self.scale_type)

    @property
    def spot(self) -> str:
        """The degree with its note's name: "degree 6 (F)"; "" where the target is no degree."""
        if self.degree is None:
            return ""
        tone = pitch_class_name(self.scale.pitch_classes[self.degree - 1], flats=self.scale.flats)
        return f"degree {self.degree} ({tone})"

    @property
    def name(self) -> str:
        """What a list calls it: "A minor at 90 bpm", "A minor: degree 6 (F)"."""
        if self.bpm is not None:
            return f"{self.scale.name} at {self.bpm} bpm"
        what = {"notes": "right notes", "intonation": "in tune", "clean": "no noise", "degree": self.spot}
        return f"{self.scale.name}: {what[self.kind]}"

    def item_id(self, user: User) -> UUID:
        """The id of this player's item: the same on each of their devices, met there on its own or not."""
        return uuid5(_NAMESPACE, "\n".join((user.id, *map(str, astuple(self)))))


def nearest_tempo(bpm: float) -> int:
    """The tempo of the item that a session at `bpm` is practice of."""
    return TEMPO_STEP * round(bpm / TEMPO_STEP)
