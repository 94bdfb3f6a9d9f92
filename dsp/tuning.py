"""Tunings: the open strings of an instrument, and where a pitch lies on its fretboard.

Conventions
-----------
Strings are MIDI numbers from low to high; string 0 is the lowest. Fret 0 is the open string.
"""

import difflib
import re
from dataclasses import dataclass, field
from types import MappingProxyType

from dsp.convert import midi_to_hz, nearest_semitone, note_name
from dsp.errors import TuningError

FRETS = 24
"""Frets of the longest common neck."""

_SLACK_SEMITONES = 4
"""How far below the lowest string we still listen: a string gone flat, or tuned down without telling us."""

_HIGHEST_NEEDED = 84
"""C6, 1046 Hz: every instrument is heard at least up to here, harmonics and wrong settings included."""

_FMAX_HZ = 1400.0
"""No fretted note lies above; a higher limit only adds octave errors."""

_LOWEST_STRING, _HIGHEST_STRING = 12, 84
"""C0 and C6: no string of a guitar or bass lies outside."""

_MAX_STRINGS = 12

_SEMITONES = MappingProxyType({"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11})
_NOTE = re.compile(r"([A-Ga-g])([#b]?)(-?\d)")


@dataclass(frozen=True, slots=True)
class Tuning:
    """The open strings of an instrument.

    Attributes
    ----------
    name : for menus; not compared
    strings : MIDI numbers, low to high, one to twelve of them

    Raises
    ------
    TuningError : strings out of order or out of range
    """

    name: str = field(compare=False)
    strings: tuple[int, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.strings) <= _MAX_STRINGS:
            raise TuningError(f"A tuning has 1 to {_MAX_STRINGS} strings, not {len(self.strings)}.")
        if any(not _LOWEST_STRING <= string <= _HIGHEST_STRING for string in self.strings):
            raise TuningError(
                f"Strings lie between C0 and C6, not at {_names(self.strings)}: is an octave number wrong?"
            )
        if list(self.strings) != sorted(self.strings):
            raise TuningError(
                f"List the strings from low to high; {_names(self.strings)} goes down in between."
            )

    def fmin_hz(self, a4_hz: float = 440.0) -> float:
        """Lowest frequency worth listening for, Hz: four semitones below the lowest string."""
        return float(midi_to_hz(self.strings[0] - _SLACK_SEMITONES, a4_hz))

    def fmax_hz(self, a4_hz: float = 440.0) -> float:
        """Highest frequency worth listening for, Hz: fret 24 of the highest string, within C6 to 1400 Hz."""
        top = max(self.strings[-1] + FRETS, _HIGHEST_NEEDED)
        return min(_FMAX_HZ, float(midi_to_hz(top, a4_hz)))

    def positions(self, midi: float, frets: int = FRETS) -> tuple[tuple[int, int], ...]:
        """Every (string, fret) that sounds the semitone nearest to `midi`, lowest string first.

        Parameters
        ----------
        midi : fractional MIDI number
        frets : frets of the neck, > 0

        Returns
        -------
        tuple of (string, fret); empty when the pitch lies off the neck
        """
        semitone = nearest_semitone(midi)
        return tuple(
            (string, semitone - open_string)
            for string, open_string in enumerate(self.strings)
            if 0 <= semitone - open_string <= frets
        )


STANDARD = Tuning("standard", (40, 45, 50, 55, 59, 64))

TUNINGS = MappingProxyType(
    {
        tuning.name: tuning
        for tuning in (
            STANDARD,
            Tuning("drop D", (38, 45, 50, 55, 59, 64)),
            Tuning("half-step down", (39, 44, 49, 54, 58, 63)),
            Tuning("DADGAD", (38, 45, 50, 55, 57, 62)),
            Tuning("7-string", (35, 40, 45, 50, 55, 59, 64)),
            Tuning("bass", (28, 33, 38, 43)),
        )
    }
)
"""Tunings by name, in menu order."""

_ALIASES = MappingProxyType(
    {
        "e standard": "standard",
        "eadgbe": "standard",
        "dropped d": "drop D",
        "dadgbe": "drop D",
        "half step down": "half-step down",
        "eb": "half-step down",
        "eb standard": "half-step down",
        "7 string": "7-string",
        "seven string": "7-string",
        "bass guitar": "bass",
        "4 string bass": "bass",
        **{name.casefold(): name for name in TUNINGS},
    }
)


def parse_tuning(text: str) -> Tuning:
    """The tuning that a player wrote.

    Parameters
    ----------
    text : a name of `TUNINGS` in any case, or the open strings from low to high: "E2 A2 D3 G3 B3 E4"

    Raises
    ------
    TuningError : nobody knows the name; the sentence offers the nearest one
    """
    tidy = " ".join(text.replace("♯", "#").replace("♭", "b").replace(",", " ").split())
    notes = [_NOTE.fullmatch(word) for word in tidy.split()]
    if tidy and all(notes):
        strings = tuple(_midi(note) for note in notes if note is not None)
        known = next((tuning for tuning in TUNINGS.values() if tuning.strings == strings), None)
        return known if known is not None else Tuning(_names(strings), strings)
    plain = tidy.casefold()
    name = _ALIASES.get(plain) or _ALIASES.get(plain.replace("-", " ").replace("_", " "))
    if name is None:
        raise _unknown(text, plain)
    return TUNINGS[name]


def _midi(note: re.Match[str]) -> int:
    letter, sign, octave = note.groups()
    return 12 * (int(octave) + 1) + _SEMITONES[letter.upper()] + {"#": 1, "b": -1, "": 0}[sign]


def _names(strings: tuple[int, ...]) -> str:
    return " ".join(note_name(string) for string in strings)


def _unknown(text: str, plain: str) -> TuningError:
    names = [name.casefold() for name in TUNINGS]
    near = difflib.get_close_matches(plain, names, n=1) or difflib.get_close_matches(plain, _ALIASES, n=1)
    given = text if len(text) <= 40 else f"{text[:40]}..."
    if near:
        return TuningError(f'"{given}" is not a tuning I know: did you mean {_ALIASES[near[0]]}?')
    return TuningError(
        f'"{given}" is not a tuning I know: use {", ".join(TUNINGS)}, or list the open strings from low to '
        'high, such as "E2 A2 D3 G3 B3 E4".'
    )
