"""What comes next for a player: a faster tempo, a first click, another scale.

Conventions
-----------
Scales come in an order that a hand can follow: the five tones of A minor pentatonic lie under the fingers in
one position, then keys with open strings, then the remaining ones.
"""

from collections.abc import Iterable, Iterator, Mapping

from fsrs import Rating

from coach.ladder import rung_above
from coach.planner.item import last_of, target_of
from coach.planner.target import TEMPO_STEP, Target
from dsp.scales import FRETCOACH_SCALES
from workbench.store.items import Item

FIRST_BPM, FIRST_NOTES_PER_BEAT = 60, 1
"""A note a second: slow enough to get ready for each."""

_OPEN_KEYS = (
    ("A Minor", "pentatonic"),
    ("E Minor", "pentatonic"),
    ("G Major", "natural"),
    ("C Major", "natural"),
    ("A Minor", "natural"),
    ("E Minor", "natural"),
    ("D Major", "natural"),
    ("D Minor", "pentatonic"),
    ("G Major", "pentatonic"),
)

_ALL = tuple((name, kind) for kind in ("pentatonic", "natural") for name in FRETCOACH_SCALES)

SCALES = tuple(dict.fromkeys((*_OPEN_KEYS, *_ALL)))
"""Every scale that FretCoach offers, in the order in which they come."""


def new_material(items: Iterable[Item]) -> Iterator[tuple[Target, str]]:
    """Targets that the player has no item of, and why each comes now; what is nearest first."""
    known = {target_of(item): item for item in items}
    yield from _faster(known)
    yield from _first_clicks(known)
    yield from _scales(known)


def _faster(known: Mapping[Target, Item]) -> Iterator[tuple[Target, str]]:
    """One step above each scale's fastest tempo, where that went easily."""
    for target, item in _fastest(known).items():
        last = last_of(item)
        if last is None or last.rating is not Rating.Easy or target.bpm is None:
            continue
        bpm = next_tempo(target.bpm)
        if bpm > target.bpm:
            reason = f"A step up: at {target.bpm} bpm the timing score was {100 * last.score:.0f} of 100."
            yield _at(target, bpm, target.notes_per_beat), reason


def next_tempo(bpm: int) -> int:
    """The tempo of the item after the one at `bpm`; the fastest click has none after it."""
    return TEMPO_STEP * -(-int(rung_above(bpm)) // TEMPO_STEP)


def _fastest(known: Mapping[Target, Item]) -> dict[Target, Item]:
    """The fastest tempo of each scale, by notes a minute."""
    fastest: dict[tuple[str, str], Target] = {}
    for target in sorted((each for each in known if each.kind == "tempo"), key=notes_a_minute):
        fastest[target.scale_chosen, target.scale_type] = target
    return {target: known[target] for target in fastest.values()}


def notes_a_minute(target: Target) -> int:
    """How fast a tempo is to the hand."""
    return (target.bpm or 0) * (target.notes_per_beat or 1)


def _first_clicks(known: Mapping[Target, Item]) -> Iterator[tuple[Target, str]]:
    """A slow click for scales whose notes are right and that were never played to one."""
    timed = {(target.scale_chosen, target.scale_type) for target in known if target.kind == "tempo"}
    for target, item in known.items():
        last = last_of(item)
        sure = target.kind == "notes" and last is not None and last.rating > Rating.Again
        if sure and (target.scale_chosen, target.scale_type) not in timed:
            reason = "You know these notes, so now with a click: slow enough to place each one."
            yield _at(target, FIRST_BPM, FIRST_NOTES_PER_BEAT), reason


def _at(target: Target, bpm: int, notes_per_beat: int | None) -> Target:
    return Target("tempo", target.scale_chosen, target.scale_type, None, bpm, notes_per_beat)


def _scales(known: Mapping[Target, Item]) -> Iterator[tuple[Target, str]]:
    """Scales that were never played."""
    if not known:
        first = Target("notes", *SCALES[0])
        yield first, "A good place to begin: five tones that lie under one hand position."
        yield _at(first, FIRST_BPM, FIRST_NOTES_PER_BEAT), "The same tones, one on each slow click."
        yield (
            Target("notes", *SCALES[1]),
            "The same shape at another place on the neck, so that the two take turns.",
        )
        return
    played = {(target.scale_chosen, target.scale_type) for target in known}
    for pair in SCALES:
        if pair not in played:
            yield Target("notes", *pair), "New to you: a fresh scale keeps the ear awake."
