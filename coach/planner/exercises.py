"""What to play for an item: a drill of the library, or the scale in time.

A tempo is practised by playing at it, so that its item is measured by the practice itself.
"""

from coach.advice import Exercise
from coach.drills.drill import Aim, Level, Place
from coach.exercises import LIBRARY, choose, fitted
from coach.ladder import START, whole
from coach.planner.target import Kind, Target

_AIMS: dict[Kind, Aim] = {
    "notes": "wrong notes",
    "intonation": "intonation",
    "clean": "ringing",
    "degree": "wrong notes",
}

_ELSEWHERE = frozenset(drill.key for drill in LIBRARY if drill.scale)
"""Drills with a scale of their own: they would not practise the item's."""

_TIMED = frozenset(drill.key for drill in LIBRARY if drill.tempo is not None)
"""Drills to a click: not yet for a scale that the player has never played to one."""

_TO_A_CLICK = {1: "one note", 2: "two notes", 3: "three notes", 4: "four notes"}


def exercise(target: Target, minutes: int, *, own: Target | None, level: Level, seed: int) -> Exercise:
    """Something to play that practises the target.

    Parameters
    ----------
    own : the player's own tempo in that scale; None = they never used a click
    level : as in `coach.drills`
    seed : another one may be another drill
    """
    if target.bpm is not None:
        return _in_time(target, minutes)
    place: Place | None = "degree" if target.kind == "degree" else None
    avoid = _ELSEWHERE if own is not None else _ELSEWHERE | _TIMED
    drill = choose(_AIMS[target.kind], place=place, level=level, seed=seed, avoid=avoid)
    return fitted(
        drill,
        target.scale,
        bpm=None if own is None else own.bpm,
        notes_per_beat=1 if own is None else own.notes_per_beat or 1,
        spot=target.spot,
        minutes=float(minutes),
    )


def slower(in_time: Exercise) -> Exercise:
    """A tempo's exercise at four fifths of it, for a first turn."""
    how = f"Slower first, so that the hands are right before they are fast. {in_time.how}"
    return in_time.model_copy(update={"bpm": whole(START * (in_time.bpm or 0.0)), "how": how})


def _in_time(target: Target, minutes: int) -> Exercise:
    name, count = target.scale.name, target.notes_per_beat or 1
    notes = _TO_A_CLICK.get(count, f"{count} notes")
    return Exercise(
        title=f"{name[0].upper()}{name[1:]} in time",
        how=f"Play {name} up and down with {notes} to each click, and go on through slips without stopping.",
        scale_chosen=target.scale.chosen,
        scale_type=target.scale.type,
        bpm=float(target.bpm or 0),
        notes_per_beat=count,
        minutes=float(minutes),
    )
