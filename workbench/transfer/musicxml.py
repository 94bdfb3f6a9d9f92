"""A session as MusicXML: what was played, written down for a notation program.

Pitches are rounded to semitones and spelled as the scale's key signature suggests; places are those of
`rhythm`. Beams, ties over bar lines, rests and note values are music21's. A guitar sounds an octave below
what is written, and so does this part. String and fret stand where only one place on the neck is possible.
"""

from fractions import Fraction
from typing import Any

from dsp.convert import nearest_semitone, note_name
from dsp.scales import Scale
from workbench.transfer.manifest import TransferError
from workbench.transfer.played import Played, PlayedNote
from workbench.transfer.rhythm import BEATS_IN_A_BAR, rhythm_of

_MAJOR_SHARPS = {0: 0, 7: 1, 2: 2, 9: 3, 4: 4, 11: 5, 6: 6, 1: -5, 8: -4, 3: -3, 10: -2, 5: -1}
"""Sharps (flats negative) in the signature of the major key on a pitch class."""

MOST_NOTES = 4000
"""More take minutes: what music21 does grows with the square of the notes."""


def musicxml_of(played: Played) -> bytes:
    """The bytes of a MusicXML 4.0 file (score-partwise).

    Raises
    ------
    TransferError : the package music21 is missing, or the session has more than `MOST_NOTES` notes
    """
    if len(played.notes) > MOST_NOTES:
        raise TransferError(
            f"A sheet of music holds up to {MOST_NOTES:,} notes and this session has {len(played.notes):,}; "
            "take MIDI instead, which notation programs open too."
        )
    m21 = _music21()
    rhythm = rhythm_of(played.notes, played.click)
    sharps = _sharps(played.scale)
    # Sessions name every tonic with a sharp, so the signature decides how the rest is spelled.
    flats = sharps < 0 or (sharps == 0 and played.scale is not None and played.scale.flats)
    part = m21.stream.Part()
    part.partName = "Guitar"
    part.insert(0, m21.instrument.AcousticGuitar())
    part.insert(0, m21.clef.Treble8vbClef())
    part.insert(0, m21.key.KeySignature(sharps))
    part.insert(0, m21.meter.TimeSignature(f"{BEATS_IN_A_BAR}/4"))
    part.insert(0, m21.tempo.MetronomeMark(number=rhythm.bpm))
    for note, at, length in zip(played.notes, rhythm.at, rhythm.length, strict=True):
        written = _note(m21, note, flats=flats)
        written.quarterLength = Fraction(length, rhythm.places)
        part.insert(Fraction(at, rhythm.places), written)
    score = m21.stream.Score([part])
    score.metadata = m21.metadata.Metadata(title=played.title, composer=str(played.row["user_id"]))
    # It would print its doubts about beams on the player's terminal.
    m21.environment.Environment()["warnings"] = 0
    written_score: bytes = m21.musicxml.m21ToXml.GeneralObjectExporter(score).parse()
    return written_score


def _note(m21: Any, note: PlayedNote, *, flats: bool) -> Any:
    # music21 writes a flat as "-", since "b" is a note to it.
    written = m21.note.Note(note_name(nearest_semitone(note.midi), flats=flats).replace("b", "-"))
    if note.string is not None and note.fret is not None:
        written.articulations = [
            m21.articulations.StringIndication(note.string),
            m21.articulations.FretIndication(note.fret),
        ]
    return written


def _sharps(scale: Scale | None) -> int:
    """The key signature that needs the fewest accidentals for the scale; between equals, one on its tonic."""
    if scale is None or scale.kind == "chromatic":
        return 0
    foreign = {
        sharps: sum(
            (pitch_class - tonic) % 12 not in (0, 2, 4, 5, 7, 9, 11) for pitch_class in scale.pitch_classes
        )
        for tonic, sharps in _MAJOR_SHARPS.items()
    }
    relative = _MAJOR_SHARPS[scale.tonic if 4 in _steps(scale) else (scale.tonic + 3) % 12]
    return min(foreign, key=lambda sharps: (foreign[sharps], sharps != relative, abs(sharps)))


def _steps(scale: Scale) -> set[int]:
    return {(pitch_class - scale.tonic) % 12 for pitch_class in scale.pitch_classes}


def _music21() -> Any:
    try:
        import music21  # noqa: PLC0415  takes two seconds, and only this export needs it
        import music21.musicxml.m21ToXml  # noqa: PLC0415
    except ImportError as error:
        raise TransferError(
            "MusicXML needs the package music21; install FretCoach with its export extra."
        ) from error
    return music21
