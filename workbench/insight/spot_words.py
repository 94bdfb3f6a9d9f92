"""Weak spots in words: what the place is called, what happens there, how it compares."""

import polars as pl

from dsp.convert import note_name
from dsp.scales import scale_from
from workbench.insight.intervals import DEGREE_NAMES
from workbench.insight.places import MOVES, REGIONS, SCALE_STEP, TEMPO_STEP

_MOVE_NAMES = ("the same note", "a step", "a third", "a fourth", "a fifth", "a sixth or more")

_DOES = {
    "wrong": "You often miss {place}",
    "sharp": "You play {place} sharp",
    "flat": "You play {place} flat",
    "early": "You hurry {place}",
    "late": "You drag {place}",
}
_HOW = {
    "wrong": "are wrong",
    "sharp": "are 25 cents sharp or more",
    "flat": "are 25 cents flat or more",
    "early": "come 30 ms early or more",
    "late": "come 30 ms late or more",
}


def named_place(kind: str, places: range, there: pl.DataFrame) -> tuple[str, str]:
    """A key that stays the same from week to week, and words, for neighbouring places of a kind.

    Parameters
    ----------
    kind, places : as in `places`
    there : the notes at these places, frame of `places.with_places`; one or more
    """
    first, last = places.start, places.stop - 1
    if kind == "degree":
        return _degree(first % SCALE_STEP, there)
    if kind == "transition":
        return f"{first:+d}" if first == last else f"{first:+d}..{last:+d}", _transition(first, last)
    if kind == "pitch":
        return f"{REGIONS[first]}-{REGIONS[last + 1] - 1}", _pitches(set(there["target"]))
    slow, fast = first * TEMPO_STEP, (last + 1) * TEMPO_STEP - 1
    return f"{slow}-{fast}", f"notes at {slow} to {fast} bpm"


def _degree(degree: int, there: pl.DataFrame) -> tuple[str, str]:
    chosen, name, target, scale = there.select("scale_chosen", "scale_type", "target", "kind").row(0)
    interval = DEGREE_NAMES[(target - scale_from(chosen, name).tonic) % 12]
    spelled = "" if interval == str(degree) else f" ({interval})"
    return f"{scale}:{degree}", f"degree {degree}{spelled} of {scale} scales"


def _pitches(played: set[int]) -> str:
    low, high = note_name(min(played)), note_name(max(played))
    return f"the note {low}" if low == high else f"the notes from {low} to {high}"


def _transition(first: int, last: int) -> str:
    if first == last == 0:
        return "a note played again"
    near, far = sorted((abs(first), abs(last)))
    size = _MOVE_NAMES[near]
    if near != far:
        size += " or more" if far == len(MOVES) - 1 else f" to {_MOVE_NAMES[far]}"
    return f"the note after {size} {'up' if last > 0 else 'down'}"


def spot_sentence(fault: str, place: str, rate: float, usual: float) -> str:
    """What happens there, in notes out of a hundred."""
    does = _DOES[fault].format(place=place)
    return f"{does}: {100 * rate:.0f} of 100 {_HOW[fault]}, elsewhere {100 * usual:.0f}."
