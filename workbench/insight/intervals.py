"""Names of intervals: above a tonic as degrees, between two notes as leaps."""

from dsp.scales import OWN, Scale

DEGREE_NAMES = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "b6", "6", "b7", "7")
"""What players call the tone so many semitones above the tonic."""

_LEAPS = (
    "the same note again",
    "a half step",
    "a whole step",
    "a minor third",
    "a major third",
    "a fourth",
    "a tritone",
    "a fifth",
    "a minor sixth",
    "a major sixth",
    "a minor seventh",
    "a major seventh",
    "an octave",
    "more than an octave",
)


def leap_name(semitones: int) -> str:
    """Words for a leap: 5 -> "a fourth up", -12 -> "an octave down", 0 -> "the same note again"."""
    size = _LEAPS[min(abs(semitones), len(_LEAPS) - 1)]
    return size if semitones == 0 else f"{size} {'up' if semitones > 0 else 'down'}"


def scale_kind(scale: Scale) -> str:
    """What is alike in scales whose degrees may be counted together: the kind, or the name of a player's
    own."""
    return scale.name if scale.kind == OWN else scale.kind
