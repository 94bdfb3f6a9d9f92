"""Which of the claimed notes were played, and which of the played ones were claimed.

Goal
----
One claim for one played note: a claim is right if its onset lies within 50 ms and its pitch within 50 cents
of a played note that no other claim took. Offsets have no say.

Method
------
The largest such pairing (maximum bipartite matching), as mir_eval finds it: Raffel et al., "mir_eval: a
transparent implementation of common MIR metrics", ISMIR 2014.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dsp.confidence import UNSURE_BELOW
from dsp.convert import midi_to_hz
from dsp.errors import DspError
from dsp.evaluation.annotation import Annotation, TrueNote
from dsp.evaluation.groups import Group, group_of
from dsp.events import Note

ONSET_TOLERANCE_S = 0.05
PITCH_TOLERANCE_CENTS = 50.0
"""The tolerances that the field reports notes with (MIREX, mir_eval)."""

_SEMITONES = 12.0
_OCTAVE_TOLERANCE = 0.5

Pairs = tuple[tuple[int, int], ...]


class MissingPackageError(DspError, ImportError):
    """A package that only the evaluation needs is not installed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the engine made of a take whose notes are known.

    Attributes
    ----------
    name : of the take
    annotation : what was played
    group : kind of take
    notes : every event of the engine, by onset, unjudged ones included
    claims : those that the engine stands by
    pairs : (index of a played note, index of a claim), the right ones
    onsets_right : claims whose onset lies within 50 ms of a played one's, one to one, whatever the pitch
    """

    name: str
    annotation: Annotation
    group: Group
    notes: tuple[Note, ...]
    claims: tuple[Note, ...]
    pairs: Pairs
    onsets_right: int

    @property
    def missed(self) -> tuple[TrueNote, ...]:
        """Played notes that no claim is right about."""
        taken = {played for played, _ in self.pairs}
        return tuple(note for index, note in enumerate(self.annotation.notes) if index not in taken)

    @property
    def invented(self) -> tuple[Note, ...]:
        """Claims that are right about no played note."""
        taken = {claim for _, claim in self.pairs}
        return tuple(note for index, note in enumerate(self.claims) if index not in taken)

    @property
    def octave_errors(self) -> int:
        """Wrong claims that lie whole octaves from a missed note with the same onset."""
        return sum(any(_is_octave_of(claim, note) for note in self.missed) for claim in self.invented)

    @property
    def errors(self) -> int:
        """Notes missed plus notes invented."""
        return len(self.annotation.notes) + len(self.claims) - 2 * len(self.pairs)


def compare(name: str, annotation: Annotation, notes: Sequence[Note]) -> Outcome:
    """Hold the events of the engine against what was played.

    Raises
    ------
    MissingPackageError : mir_eval is not installed
    """
    claims = tuple(note for note in notes if note.judged and note.midi is not None)
    return Outcome(
        name=name,
        annotation=annotation,
        group=group_of(annotation),
        notes=tuple(notes),
        claims=claims,
        pairs=right_pairs(annotation.notes, claims),
        onsets_right=_onsets_right(annotation.notes, claims),
    )


def right_pairs(played: Sequence[TrueNote], claims: Sequence[Note]) -> Pairs:
    """(index of a played note, index of a claim) for each right claim; claims need a pitch."""
    if not played or not claims:
        return ()
    pairs = mir_eval().transcription.match_notes(
        np.array([(note.onset_s, note.offset_s) for note in played]),
        midi_to_hz([note.midi for note in played]),
        _spans([claim.onset_s for claim in claims]),
        midi_to_hz([claim.midi or 0.0 for claim in claims]),
        onset_tolerance=ONSET_TOLERANCE_S,
        pitch_tolerance=PITCH_TOLERANCE_CENTS,
        offset_ratio=None,
    )
    return tuple(sorted(pairs))


def rightness(played: Sequence[TrueNote], notes: Sequence[Note]) -> tuple[list[Note], NDArray[np.bool_]]:
    """Events that their confidence made a claim or unsure, and whether each is right, shape (n,).

    Left out is what has no pitch, and what was set aside for another reason: a chord, a claim taken back.
    """
    pitched = [
        note
        for note in notes
        if note.midi is not None
        and (note.judged or (note.kind == "unsure" and note.confidence < UNSURE_BELOW))
    ]
    right = np.zeros(len(pitched), dtype=bool)
    right[[claim for _, claim in right_pairs(played, pitched)]] = True
    return pitched, right


def mir_eval() -> Any:
    """mir_eval with the parts that are used here, loaded when first asked for.

    Raises
    ------
    MissingPackageError : it is not installed
    """
    try:
        import mir_eval.melody  # noqa: PLC0415
        import mir_eval.transcription  # noqa: PLC0415
        import mir_eval.util  # noqa: PLC0415
    except ImportError as error:
        raise MissingPackageError(
            "Scoring against annotated takes needs mir_eval, which is not installed: pip install mir-eval"
        ) from error
    return mir_eval


def _onsets_right(played: Sequence[TrueNote], claims: Sequence[Note]) -> int:
    if not played or not claims:
        return 0
    matched: Callable[..., list[tuple[int, int]]] = mir_eval().util.match_events
    onsets = [np.array([note.onset_s for note in side]) for side in (played, claims)]
    return len(matched(*onsets, ONSET_TOLERANCE_S))


def _spans(onsets_s: list[float]) -> NDArray[np.float64]:
    """Intervals of some length, which mir_eval asks for and without offsets never looks at."""
    onsets = np.array(onsets_s)
    return np.column_stack([onsets, onsets + ONSET_TOLERANCE_S])


def _is_octave_of(claim: Note, note: TrueNote) -> bool:
    distance = abs((claim.midi or 0.0) - note.midi)
    octaves = round(distance / _SEMITONES)
    together = abs(claim.onset_s - note.onset_s) <= ONSET_TOLERANCE_S
    return together and octaves >= 1 and abs(distance - octaves * _SEMITONES) <= _OCTAVE_TOLERANCE
