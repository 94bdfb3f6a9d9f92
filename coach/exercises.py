"""The exercises that the coach knows, and how one is chosen and fitted to a player.

Choosing is a pure function of what is sought and a seed: the drills that fit about as well as the best take
turns as the seed counts up, so that a player who comes every day meets another one.
"""

from collections.abc import Collection

from coach.advice import Exercise
from coach.drills import noise, pitch, scale_notes, timing
from coach.drills.drill import Aim, Drill, Level, Place
from coach.ladder import whole
from dsp.scales import Scale, parse_scale

LIBRARY: tuple[Drill, ...] = (*pitch.DRILLS, *scale_notes.DRILLS, *timing.DRILLS, *noise.DRILLS)
"""All drills."""

USUAL_BPM = 80.0
"""For a player who never used a click: a walking pace."""

_BEST_FOR = 0.5
"""A drill whose first aim it is goes before one that also serves it, and takes turns with it."""

_AT_THE_PLACE, _ELSEWHERE, _WITHOUT_PLACE = 2.0, -1.0, -0.25
"""A drill made for the very place goes before one for anywhere, and that before one for other places. Where
no place is known, one that was made for some is hardly worse, unless it speaks of the spot."""

_WRONG_LEVEL = -2.0
"""For each level that a drill is too easy or too hard."""

_ABOUT_AS_GOOD = 0.5
"""Drills whose fit differs by no more take turns."""


def choose(
    aim: Aim,
    *,
    place: Place | None = None,
    level: Level = 2,
    seed: int = 0,
    avoid: Collection[str] = (),
) -> Drill:
    """The drill for an aim, at a place, for a level; seeds that follow each other take turns.

    Parameters
    ----------
    avoid : keys of drills that were just played; they come only when nothing else serves the aim
    """
    fits = [drill for drill in LIBRARY if aim in drill.aims]
    fresh = [drill for drill in fits if drill.key not in avoid] or fits
    best = max(_fit(drill, aim, place, level) for drill in fresh)
    equal = [drill for drill in fresh if _fit(drill, aim, place, level) >= best - _ABOUT_AS_GOOD]
    return equal[seed % len(equal)]


def fitted(
    drill: Drill,
    scale: Scale,
    *,
    bpm: float | None = None,
    notes_per_beat: int = 1,
    spot: str = "",
    minutes: float | None = None,
) -> Exercise:
    """A drill for one player.

    Parameters
    ----------
    scale : the scale to play it in; a drill with its own scale keeps that
    bpm : the player's own tempo; None = they never used a click (`USUAL_BPM`)
    notes_per_beat : 1..12, as the player plays; a drill with its own keeps that
    spot : what to look after ("degree 6 of minor scales"); "" = the notes that went wrong
    minutes : for the exercise; None = as long as the drill stays useful
    """
    own = parse_scale(drill.scale) if drill.scale else scale
    words = {"scale": own.name, "spot": spot or "the notes that gave trouble"}
    return Exercise(
        title=drill.title,
        how=drill.how.format(**words),
        scale_chosen=own.chosen,
        scale_type=own.type,
        bpm=None if drill.tempo is None else whole(drill.tempo * (bpm or USUAL_BPM)),
        notes_per_beat=drill.notes_per_beat or notes_per_beat,
        minutes=drill.minutes if minutes is None else minutes,
    )


def _fit(drill: Drill, aim: Aim, place: Place | None, level: Level) -> float:
    """How well a drill fits, larger is better."""
    fit = _BEST_FOR if drill.aims[0] == aim else 0.0
    if drill.places and place is None and "{spot}" not in drill.how:
        fit += _WITHOUT_PLACE
    elif drill.places:
        fit += _AT_THE_PLACE if place in drill.places else _ELSEWHERE
    low, high = drill.levels
    return fit + _WRONG_LEVEL * max(low - level, level - high, 0)
