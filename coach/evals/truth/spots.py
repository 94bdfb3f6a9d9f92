"""How often a fault happens at a place that a coach names, counted note by note.

What was meant is known here: the same player without what was planted plays the same notes. The facts have to
guess it (`insight.targets`), so a share of wrong notes agrees only about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import fmean

from coach.evals.player import PlayedSession, SyntheticPlayer, practise
from coach.evals.truth.take import cents_off, late_ms, pitched
from dsp.convert import note_name
from workbench.store.queries_notes import NEW_RUN_S, OFF_BEAT_MS, OUT_OF_TUNE_CENTS

_MOVES = {"fourth": (5, 5), "third": (3, 4), "step": (1, 2), "fifth": (6, 7)}
_DEGREE = re.compile(r"[Dd]egree (\d+)")
_NOTES = re.compile(r"[Tt]he notes? (?:from )?([A-G][#b]?\d)(?: to ([A-G][#b]?\d))?\b")
_TEMPO = re.compile(r"[Nn]otes at (\d+) to (\d+) bpm")
_TRANSITION = re.compile(r"[Tt]he note after an? (\w+) (up|down)")


@dataclass(frozen=True, slots=True)
class _Heard:
    """One judged note: what was meant, what came, and how it got there (semitones; None = unknown)."""

    session: PlayedSession
    meant: int
    pitch: float
    late_ms: float | None
    leap: int | None


def spot_rates(player: SyntheticPlayer, place: str, side: str) -> tuple[float, float] | None:
    """Share of the notes with the fault at the place, and elsewhere.

    Parameters
    ----------
    place : as `insight.spot_words` names it, words around it do not matter
    side : "" (wrong notes), "sharp", "flat", "early" or "late"

    Returns
    -------
    None for a place of another kind, and where no note was
    """
    here: list[bool] = []
    elsewhere: list[bool] = []
    if not any(pattern.search(place) for pattern in (_DEGREE, _NOTES, _TEMPO, _TRANSITION)):
        return None
    for note in _all(player):
        inside, faulty = _at(note, place), _faulty(note, side)
        if inside is None or faulty is None:
            continue
        (here if inside else elsewhere).append(faulty)
    return (fmean(here), fmean(elsewhere)) if here and elsewhere else None


@lru_cache(maxsize=2)
def _all(player: SyntheticPlayer) -> tuple[_Heard, ...]:
    """Every judged note: what was meant is what the same player plays with nothing planted."""
    meant = practise(replace(player, planted=(), before=()))
    both = zip(meant, practise(player), strict=True)
    return tuple(note for wanted, played in both for note in _heard(wanted, played))


def _heard(meant: PlayedSession, played: PlayedSession) -> Iterator[_Heard]:
    wanted = [round(pitch) for _, pitch in pitched(meant)]
    notes = pitched(played)
    late = _off_beat(played)
    positions = {note.number: index for index, note in enumerate(played.notes)}
    for index, (note, pitch) in enumerate(notes):
        leap = None
        if index > 0:
            before, _ = notes[index - 1]
            next_to = positions[note.number] - positions[before.number] == 1
            if next_to and note.onset_s - before.onset_s < NEW_RUN_S:
                leap = wanted[index] - wanted[index - 1]
        yield _Heard(played, wanted[index], pitch, late[index] if late else None, leap)


def _off_beat(played: PlayedSession) -> Sequence[float]:
    """Milliseconds from the session's own mean; empty without a click."""
    late = late_ms(played)
    usual = fmean(late) if late else 0.0
    return [each - usual for each in late]


def _at(note: _Heard, place: str) -> bool | None:
    """Whether the note is at the place; None where that is unknown."""
    if degree := _DEGREE.search(place):
        return note.session.goal.scale.degree(note.meant) == int(degree[1])
    if region := _NOTES.search(place):
        low, high = region[1], region[2] or region[1]
        return note.meant in _between(low, high)
    if tempo := _TEMPO.search(place):
        bpm = note.session.goal.bpm
        return None if bpm is None else int(tempo[1]) <= bpm <= int(tempo[2])
    if move := _TRANSITION.search(place):
        if note.leap is None or move[1] not in _MOVES:
            return None
        least, most = _MOVES[move[1]]
        return least <= (note.leap if move[2] == "up" else -note.leap) <= most
    return None


_MIDI = {note_name(midi, flats=flats): midi for midi in range(128) for flats in (False, True)}


def _between(low: str, high: str) -> range:
    return range(_MIDI[low], _MIDI[high] + 1)


def _faulty(note: _Heard, side: str) -> bool | None:
    """Whether the fault is there; None where it can't be told."""
    wrong = not note.session.goal.scale.contains(note.pitch)
    if side == "":
        return wrong
    if side in {"sharp", "flat"}:
        cents = cents_off(note.pitch)
        return None if wrong else (cents if side == "sharp" else -cents) >= OUT_OF_TUNE_CENTS
    if note.late_ms is None:
        return None
    return (note.late_ms if side == "late" else -note.late_ms) >= OFF_BEAT_MS
