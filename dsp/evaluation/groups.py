"""Kinds of takes, told by what is known about them: one kind each, so that the groups add up to all.

A take goes to the first group that fits: several strings before anything else, then takes without a note,
single notes, real playing, added noise, fast playing, expressive playing, and the rest.
"""

from typing import Literal, get_args

from dsp.evaluation.annotation import Annotation

Group = Literal["polyphonic", "no notes", "single notes", "solos", "noise", "fast", "expressive", "other"]

GROUPS: tuple[Group, ...] = get_args(Group)
"""In the order in which they are tried."""

FAST_NOTES_PER_S = 5.0
"""Sixteenths at 75 beats a minute: a note is over before its pitch has been heard for long."""

_EXPRESSIVE = frozenset({"bend", "vibrato", "hammer", "pull", "slide"})


def group_of(annotation: Annotation) -> Group:
    """The group of a take."""
    traits: dict[Group, bool] = {
        "polyphonic": annotation.polyphonic,
        "no notes": not annotation.notes,
        "single notes": annotation.single_note,
        "solos": annotation.source == "real",
        "noise": bool(annotation.noise),
        "fast": (annotation.notes_per_s or 0.0) >= FAST_NOTES_PER_S,
        "expressive": any(note.articulation in _EXPRESSIVE for note in annotation.notes),
    }
    return next((group for group, fits in traits.items() if fits), "other")
