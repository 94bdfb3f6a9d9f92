"""What was really played in a take: the truth that the engine is measured against.

Conventions
-----------
Times in seconds from the first sample, pitches as fractional MIDI numbers at A4 = 440 Hz, cents inside. The
content is that of a JSON file with `audio, duration_s, source, origin, polyphonic, single_note, noise, notes`
and, where known, `bpm, notes_per_beat, f0_csv`; each note has `onset_s, offset_s, midi` and, where known,
`articulation`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dsp.errors import ParameterError

_PICKED = "pick"


class AnnotationError(ParameterError):
    """An annotation that can't be read."""


@dataclass(frozen=True, slots=True)
class TrueNote:
    """A note that was played.

    Attributes
    ----------
    onset_s, offset_s : seconds, offset after onset
    midi : fractional MIDI number at the onset
    articulation : "pick", or "bend", "vibrato", "hammer", "pull", "slide"
    """

    onset_s: float
    offset_s: float
    midi: float
    articulation: str = _PICKED


@dataclass(frozen=True, slots=True)
class Annotation:
    """The truth of a take.

    Attributes
    ----------
    audio : name of the sound file beside the annotation
    duration_s : seconds
    source : "real" (somebody played it) or "render" (made from samples, truth exact)
    origin : where the sound comes from: data set, sound font or bank of samples
    polyphonic : several strings sound at once
    single_note : one note and nothing else
    noise : kinds of noise that were added ("hum", "hiss", "knock", ..)
    notes_per_s : rate that was meant to be played; None = unknown
    notes : ordered by onset
    f0_csv : name of the file with the true f0; None = there is none
    """

    audio: str
    duration_s: float
    source: str
    origin: str
    polyphonic: bool
    single_note: bool
    noise: tuple[str, ...]
    notes_per_s: float | None
    notes: tuple[TrueNote, ...]
    f0_csv: str | None = None


def parse_annotation(content: Any) -> Annotation:
    """Read the decoded JSON of an annotation.

    Raises
    ------
    AnnotationError : something needed is missing, or no time or pitch; the sentence says which
    """
    if not isinstance(content, Mapping):
        raise AnnotationError("An annotation is one JSON object; this is something else.")
    played = _field(content, "notes", list)
    notes = [_note(entry, number) for number, entry in enumerate(played, start=1)]
    duration_s = _number(content, "duration_s", "the annotation")
    noise = _field(content, "noise", list) if "noise" in content else []
    return Annotation(
        audio=_field(content, "audio", str),
        duration_s=duration_s,
        source=str(content.get("source", "unknown")),
        origin=_origin(content.get("origin")),
        polyphonic=bool(content.get("polyphonic", False)),
        single_note=bool(content.get("single_note", False)),
        noise=tuple(str(entry.get("type", "noise")) for entry in noise if isinstance(entry, Mapping)),
        notes_per_s=_rate(content),
        notes=tuple(sorted(notes, key=lambda note: note.onset_s)),
        f0_csv=content.get("f0_csv"),
    )


def _note(entry: Any, number: int) -> TrueNote:
    where = f"note {number}"
    if not isinstance(entry, Mapping):
        raise AnnotationError(f"{where.capitalize()} of the annotation is no JSON object.")
    onset_s, offset_s, midi = (_number(entry, name, where) for name in ("onset_s", "offset_s", "midi"))
    if not 0.0 <= onset_s < offset_s:
        raise AnnotationError(
            f"{where.capitalize()} lasts from {onset_s:g} to {offset_s:g} s; "
            "its offset must come after its onset, and neither before 0 (are they in seconds?)."
        )
    return TrueNote(onset_s, offset_s, midi, str(entry.get("articulation", _PICKED)))


def _field(content: Mapping[str, Any], name: str, kind: type) -> Any:
    if not isinstance(content.get(name), kind):
        words = "a list" if kind is list else "a text"
        raise AnnotationError(f'The annotation needs "{name}", {words} (is this a file of another kind?).')
    return content[name]


def _number(content: Mapping[str, Any], name: str, where: str) -> float:
    value = content.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise AnnotationError(f'"{name}" of {where} must be a finite number, not {value!r}.')
    return float(value)


def _rate(content: Mapping[str, Any]) -> float | None:
    bpm, notes_per_beat = content.get("bpm"), content.get("notes_per_beat")
    if not isinstance(bpm, (int, float)) or not isinstance(notes_per_beat, (int, float)):
        return None
    return bpm * notes_per_beat / 60.0


def _origin(origin: Any) -> str:
    """The name of the place that the sound comes from, the same for all takes from there."""
    if not isinstance(origin, Mapping):
        return str(origin or "unknown")
    return str(origin.get("dataset") or origin.get("soundfont") or origin.get("bank") or "unknown")
