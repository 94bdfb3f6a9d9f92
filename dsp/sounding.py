"""A note while it sounds: its pitch track, and what is said of it when it is over.

Conventions
-----------
Pitches are fractional MIDI numbers, one a voiced hop, with the sample index at the end of their frame.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dsp.events import Note
from dsp.pitch import Pitch

NEW_PITCH_SEMITONES = 0.6
"""A pitch this far from the claimed one is another pitch (half a semitone and the wobble of a pluck)."""
_STEADY_HOPS = 4
_STEADY_SEMITONES = 0.25
_LEGATO_LEAST, _LEGATO_MOST = 0.8, 9.0
"""Semitones: less is a bend on its way, more is an octave error and no finger."""
_BETWEEN_HOPS = 4
"""A hammer or slide is over within these hops; what takes longer is a bend."""
_TRANSITION_HOPS = 10
_STEADY_FROM_S = 0.06
_STEADY_TO_SHARE = 0.8
_LEAST_STEADY_HOPS = 4


@dataclass
class Sounding:
    """The note that sounds now.

    Attributes
    ----------
    note : as claimed so far
    onset : sample index
    before : samples before the onset, for what rose since
    previous_hz : f0 of the note before, if that had not been damped; else None
    """

    note: Note
    onset: int
    before: NDArray[np.float32]
    previous_hz: float | None
    silent_hops: int = 0
    leads: list[float] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _midi: list[float] = field(default_factory=list)
    _clarity: list[float] = field(default_factory=list)

    def follow(self, end: int, midi: float, pitch: Pitch) -> None:
        """Take the pitch of one voiced hop."""
        self._ends.append(end)
        self._midi.append(midi)
        self._clarity.append(pitch.clarity)

    def newest(self, hops: int) -> list[float]:
        """The last `hops` pitches."""
        return self._midi[-hops:]

    def legato_pitch(self) -> float | None:
        """Where the pitch has jumped to and stayed without an onset, else None."""
        claimed = self.note.midi
        recent = self.newest(_STEADY_HOPS)
        if claimed is None or len(recent) < _STEADY_HOPS or max(recent) - min(recent) >= _STEADY_SEMITONES:
            return None
        reached = float(np.median(recent))
        jump = abs(reached - claimed)
        if (
            min(abs(midi - claimed) for midi in recent) <= NEW_PITCH_SEMITONES
            or not _LEGATO_LEAST <= jump <= _LEGATO_MOST
        ):
            return None
        way = self._midi[-_STEADY_HOPS - _TRANSITION_HOPS : -_STEADY_HOPS]
        low, high = min(claimed, reached) + 0.3, max(claimed, reached) - 0.3
        quick = sum(low < midi < high for midi in way) < _BETWEEN_HOPS
        from_here = any(abs(midi - claimed) < 0.3 for midi in way[-8:])
        return reached if quick and from_here else None

    def steady(self, offset: int, sample_rate: float) -> tuple[float | None, float | None]:
        """Median pitch and harmonics-to-noise ratio in dB from 60 ms after the onset to 80 % of the note.

        The ratio is 10 log10(r / (1 - r)) with r the height of the NSDF peak (Boersma, "Accurate short-term
        analysis of the fundamental frequency and the harmonics-to-noise ratio of a sampled sound", 1993).
        """
        first = self.onset + _STEADY_FROM_S * sample_rate
        last = self.onset + _STEADY_TO_SHARE * (offset - self.onset)
        inside = [first <= end <= last for end in self._ends]
        if sum(inside) < _LEAST_STEADY_HOPS:
            return None, None
        midi = float(np.median(np.array(self._midi)[inside]))
        periodic = float(np.clip(np.median(np.array(self._clarity)[inside]), 1e-6, 1.0 - 1e-6))
        return midi, float(10.0 * np.log10(periodic / (1.0 - periodic)))
