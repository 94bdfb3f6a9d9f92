"""Scales: which pitch classes belong, how a player may write them, how they are spelled.

Conventions
-----------
A pitch class is 0..11 with 0 = C. The tones of a scale ascend from its tonic, so that degree 1 is the tonic
of every scale that contains its own tonic. Octaves never matter here.

Names are read as players write them: "A minor", "a minor pentatonic", "Am", "Bb Major", "F♯ dorian",
"chromatic", or an own set of semitones above a tonic, "C: 0 2 4 7". Enharmonic tonics give equal scales
("Bb major" == "A# major"); the written spelling stays in `name` and decides between sharps and flats.
"""

import difflib
import re
from dataclasses import dataclass, field
from types import MappingProxyType

from dsp.convert import nearest_semitone, pitch_class_name
from dsp.errors import ScaleError

OWN = "own"
"""Kind of a scale that the player wrote as a set of semitones."""

_INTERVALS = MappingProxyType(
    {
        "major": (0, 2, 4, 5, 7, 9, 11),
        "minor": (0, 2, 3, 5, 7, 8, 10),
        "major pentatonic": (0, 2, 4, 7, 9),
        "minor pentatonic": (0, 3, 5, 7, 10),
        "blues": (0, 3, 5, 6, 7, 10),
        "major blues": (0, 2, 3, 4, 7, 9),
        "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
        "melodic minor": (0, 2, 3, 5, 7, 9, 11),
        "ionian": (0, 2, 4, 5, 7, 9, 11),
        "dorian": (0, 2, 3, 5, 7, 9, 10),
        "phrygian": (0, 1, 3, 5, 7, 8, 10),
        "lydian": (0, 2, 4, 6, 7, 9, 11),
        "mixolydian": (0, 2, 4, 5, 7, 9, 10),
        "aeolian": (0, 2, 3, 5, 7, 8, 10),
        "locrian": (0, 1, 3, 5, 6, 8, 10),
        "chromatic": tuple(range(12)),
    }
)

# Semitones from the tonic up to the tonic of the major key that lends its key signature; minor kinds borrow
# that of the relative major. Kinds not listed are their own major key.
_TO_PARENT_MAJOR = MappingProxyType(
    {
        "minor": 3,
        "minor pentatonic": 3,
        "blues": 3,
        "harmonic minor": 3,
        "melodic minor": 3,
        "dorian": 10,
        "phrygian": 8,
        "lydian": 7,
        "mixolydian": 5,
        "aeolian": 3,
        "locrian": 1,
    }
)

# F, Bb, Eb, Ab and Db major are written with flats. Six accidentals (F# or Gb) follow the player's spelling.
_FLAT_MAJOR_KEYS = frozenset({5, 10, 3, 8, 1})

TONICS = tuple(pitch_class_name(pitch_class) for pitch_class in range(12))
"""Names of the twelve tonics for menus, with sharps."""

SCALE_KINDS = tuple(_INTERVALS)
"""Kinds of scale for menus."""

FRETCOACH_SCALES = tuple(f"{tonic} {mode}" for mode in ("Major", "Minor") for tonic in TONICS)
"""The 24 names that FretCoach offers; each comes as type "natural" or "pentatonic"."""

_FRETCOACH_TYPES = MappingProxyType(
    {
        "major": ("Major", "natural"),
        "minor": ("Minor", "natural"),
        "major pentatonic": ("Major", "pentatonic"),
        "minor pentatonic": ("Minor", "pentatonic"),
    }
)

_LETTERS = MappingProxyType({"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11})

_KIND_ALIASES = MappingProxyType(
    {
        "": "major",
        "m": "minor",
        "min": "minor",
        "maj": "major",
        "natural major": "major",
        "major natural": "major",
        "natural minor": "minor",
        "minor natural": "minor",
        "pentatonic major": "major pentatonic",
        "maj pentatonic": "major pentatonic",
        "pentatonic minor": "minor pentatonic",
        "min pentatonic": "minor pentatonic",
        "m pentatonic": "minor pentatonic",
        "minor blues": "blues",
        "m blues": "blues",
        "min blues": "blues",
        "blues minor": "blues",
        "blues major": "major blues",
        "maj blues": "major blues",
        "m harmonic": "harmonic minor",
        "minor harmonic": "harmonic minor",
        "m melodic": "melodic minor",
        "minor melodic": "melodic minor",
        **{kind: kind for kind in _INTERVALS},
    }
)

# The accidental stands at its letter or is a word of its own, so that "A blues" is not A flat "lues".
_TONIC = re.compile(r"(?P<letter>[A-Ga-g])(?P<sign>#|b|\s+(?:sharp|flat)\b)?(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scale:
    """A set of pitch classes with a tonic.

    Attributes
    ----------
    name : as written, tidied: "A minor pentatonic", "Bb major", "C: 0 2 4 7"; not compared
    tonic : pitch class, 0 = C
    pitch_classes : ascending from the tonic
    kind : one of `SCALE_KINDS`, or "own"
    flats : spell the notes with flats; not compared
    """

    name: str = field(compare=False)
    tonic: int
    pitch_classes: tuple[int, ...]
    kind: str
    flats: bool = field(default=False, compare=False)

    def contains(self, midi: float) -> bool:
        """Whether the semitone nearest to `midi` belongs to the scale, in any octave."""
        return nearest_semitone(midi) % 12 in self.pitch_classes

    def degree(self, midi: float) -> int | None:
        """Degree of the semitone nearest to `midi`, 1 = first tone of the scale; None outside the scale."""
        pitch_class = nearest_semitone(midi) % 12
        return self.pitch_classes.index(pitch_class) + 1 if pitch_class in self.pitch_classes else None

    @property
    def chosen(self) -> str:
        """Name for the session's row, spelled one way only so that rows can be grouped: "A# Minor"."""
        tonic = TONICS[self.tonic]
        if self.kind in _FRETCOACH_TYPES:
            return f"{tonic} {_FRETCOACH_TYPES[self.kind][0]}"
        if self.kind == OWN:
            return f"{tonic}: {_semitones(self.tonic, self.pitch_classes)}"
        return f"{tonic} {self.kind.title()}"

    @property
    def type(self) -> str:
        """ "natural" or "pentatonic" for FretCoach's own scales, else the kind."""
        return _FRETCOACH_TYPES[self.kind][1] if self.kind in _FRETCOACH_TYPES else self.kind


def parse_scale(text: str) -> Scale:
    """The scale that a player wrote.

    Parameters
    ----------
    text : "A minor pentatonic", "Am", "Bb Major", "F# dorian", "chromatic", "C: 0 2 4 7"; a tonic alone
        means major

    Raises
    ------
    ScaleError : nobody knows the name; the sentence offers the nearest one
    """
    tidy = " ".join(text.replace("♯", "#").replace("♭", "b").replace("_", " ").replace("-", " ").split())
    if tidy.casefold() == "chromatic":
        return Scale("chromatic", 0, _INTERVALS["chromatic"], "chromatic")
    match = _TONIC.fullmatch(tidy)
    if match is None:
        raise _unknown(text, tidy, None)
    tonic, letter, rest = _tonic(match), match["letter"].upper(), match["rest"].strip()
    sign = {"#": "#", "b": "b", "sharp": "#", "flat": "b", "": ""}[(match["sign"] or "").strip()]
    if rest.startswith(":"):
        return _own_scale(tonic, f"{letter}{sign}", rest[1:], text)
    kind = _kind(rest)
    if kind is None:
        raise _unknown(text, tidy, f"{letter}{sign}")
    return _scale(tonic, f"{letter}{sign}", kind)


def scale_from(choice: str, scale_type: str) -> Scale:
    """The scale of a FretCoach name and a type, as sessions keep them.

    Parameters
    ----------
    choice : one of `FRETCOACH_SCALES`, or any name that `parse_scale` reads
    scale_type : "natural" (the scale as named), "pentatonic" (its pentatonic), "own", or a kind, which
        then replaces the kind in `choice`: ("A Minor", "blues") is A blues

    Raises
    ------
    ScaleError
    """
    scale = parse_scale(choice)
    wanted = " ".join(scale_type.casefold().split())
    if wanted in {"natural", scale.kind}:
        return scale
    kind = f"{scale.kind} pentatonic" if wanted == "pentatonic" else wanted
    if wanted == "pentatonic" and scale.kind.endswith(" pentatonic"):
        return scale
    if kind not in _INTERVALS:
        raise ScaleError(
            f'"{scale_type}" does not go with {scale.name}: use "natural", "pentatonic" (major and minor '
            f"only) or one of {', '.join(SCALE_KINDS)}."
        )
    return _scale(scale.tonic, scale.name.split()[0] if scale.name != "chromatic" else "C", kind)


def _tonic(match: re.Match[str]) -> int:
    sign = (match["sign"] or "").strip()
    return (_LETTERS[match["letter"].lower()] + {"#": 1, "sharp": 1, "b": -1, "flat": -1}.get(sign, 0)) % 12


def _kind(rest: str) -> str | None:
    # "M" is major and "m" is minor in chord notation: the only place where case matters.
    if rest == "M":
        return "major"
    words = rest.casefold().replace(" scale", "")
    return _KIND_ALIASES.get(words)


def _scale(tonic: int, tonic_name: str, kind: str) -> Scale:
    tones = tuple((tonic + interval) % 12 for interval in _INTERVALS[kind])
    parent = (tonic + _TO_PARENT_MAJOR.get(kind, 0)) % 12
    flats = tonic_name.endswith("b") or (parent in _FLAT_MAJOR_KEYS and not tonic_name.endswith("#"))
    return Scale(f"{tonic_name} {kind}", tonic, tones, kind, flats and kind != "chromatic")


def _own_scale(tonic: int, tonic_name: str, semitones: str, text: str) -> Scale:
    words = semitones.replace(",", " ").split()
    if not words or not all(word.isdecimal() and int(word) < 12 for word in words):
        raise ScaleError(
            f'"{text}" is not a set of semitones: write the tonic, a colon and numbers from 0 to 11, '
            'such as "C: 0 2 4 7".'
        )
    tones = tuple((tonic + interval) % 12 for interval in sorted({int(word) for word in words}))
    name = f"{tonic_name}: {_semitones(tonic, tones)}"
    return Scale(name, tonic, tones, OWN, tonic_name.endswith("b"))


def _semitones(tonic: int, pitch_classes: tuple[int, ...]) -> str:
    return " ".join(str((pitch_class - tonic) % 12) for pitch_class in pitch_classes)


def _unknown(text: str, tidy: str, tonic_name: str | None) -> ScaleError:
    given = text if len(text) <= 40 else f"{text[:40]}..."
    # Without a tonic every tonic would be an equally good guess, so none is offered.
    names = {} if tonic_name is None else {f"{tonic_name} {kind}".casefold(): kind for kind in SCALE_KINDS}
    near = difflib.get_close_matches(tidy.casefold(), [*names, "chromatic"], n=1)
    if near:
        meant = f"{tonic_name} {names[near[0]]}" if near[0] in names else near[0]
        return ScaleError(f'"{given}" is not a scale I know: did you mean {meant}?')
    return ScaleError(
        f'"{given}" is not a scale I know: write a tonic (A to G) and a kind, such as "A minor pentatonic" '
        f"(kinds: {', '.join(SCALE_KINDS)})."
    )
