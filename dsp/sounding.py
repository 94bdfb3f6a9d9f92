"""A note while it sounds: its pitch track, and what is said of it when it is over.

Conventions
-----------
Pitches are fractional MIDI numbers, one a voiced hop, with the sample index at the end of their frame.
"""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from dsp.articulation import find_bend, find_vibrato, judged_pitch
from dsp.background import LENGTH_S, measure_background
from dsp.convert import hz_of
from dsp.events import Note
from dsp.framing import HOP_S
from dsp.pitch import Pitch
from dsp.polyphony import find_strings
from dsp.slur import Slur, find_slur

NEW_PITCH_SEMITONES = 0.6
"""A pitch this far from the claimed one is another pitch (half a semitone and the wobble of a pluck)."""
POLYPHONY_AFTER_S = 0.09
"""Sooner, strings are not apart in the spectrum: at 50 ms one note in 30 looked like two, now one in 300. A
claim may be mended for a tenth of a second."""
_BACKGROUND_AFTER_S = 0.15
"""The scrape of the pluck is over by the start of the stretch that ends here."""
_STEADY_FROM_S = 0.06
_STEADY_TO_SHARE = 0.8
_LEAST_STEADY_HOPS = 4


_BENT_HOPS = 8
"""How far back a bent string is remembered, 46 ms."""


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
    unproven: bool = True
    leads: list[float] = field(default_factory=list)
    _counted: bool = False
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

    def has_been_at(self, midi: float) -> bool:
        """Whether this pitch was claimed, or is where the string has been bent to."""
        pitches = [self.note.midi or 0.0, *self._midi[-_BENT_HOPS:]]
        return min(abs(pitch - midi) for pitch in pitches) < NEW_PITCH_SEMITONES

    def slur(self, sample_rate: float) -> Slur | None:
        """The note that a finger has made of this one without an attack, see `dsp.slur`."""
        return (
            None if self.note.midi is None else find_slur(self._ends, self._midi, self.note.midi, sample_rate)
        )

    def has_company(self, window: NDArray[np.float32], end: int, f0_hz: float, sample_rate: float) -> bool:
        """Once, 90 ms after the onset: whether more than the claimed string sounds, see `dsp.polyphony`.

        Parameters
        ----------
        window : the newest samples, up to sample index `end`
        end : of the stream
        f0_hz : the claimed pitch
        sample_rate : Hz
        """
        since = end - self.onset
        if self._counted or since < POLYPHONY_AFTER_S * sample_rate:
            return False
        self._counted = True
        if self.note.kind != "note" or self.note.articulation != "pick":
            return False
        evidence = find_strings(window[-since:], self.before, f0_hz, sample_rate)
        return evidence is not None and evidence.polyphonic

    def hear_background(
        self, window: NDArray[np.float32], end: int, f0_hz: float, sample_rate: float
    ) -> None:
        """Once, 150 ms after the onset: what sounds between the partials; parameters as for `has_company`."""
        if self.note.noise_dbfs is not None or not self._midi or self.note.midi is None:
            return
        if end - self.onset < _BACKGROUND_AFTER_S * sample_rate:
            return
        now_hz = f0_hz * 2.0 ** ((self._midi[-1] - self.note.midi) / 12.0)
        heard = measure_background(window[-round(LENGTH_S * sample_rate) :], now_hz, sample_rate)
        self.note = replace(
            self.note,
            noise_dbfs=heard.noise_dbfs,
            hum50_dbfs=heard.hum50_dbfs,
            hum60_dbfs=heard.hum60_dbfs,
        )

    def ended(self, offset: int, offset_s: float, sample_rate: float, frame_length: int) -> Note:
        """The note as it is told when it is over.

        Parameters
        ----------
        offset : sample index of its end
        offset_s : the same in seconds of the input
        sample_rate : Hz
        frame_length : samples behind each pitch of the track
        """
        steady, hnr_db = self.steady(offset, sample_rate)
        over = replace(self.note, offset_s=offset_s, steady_midi=steady, hnr_db=hnr_db)
        claimed, inside = over.midi, self._inside(offset, sample_rate, 1.0)
        if claimed is None or steady is None:
            return over
        hop = HOP_S * sample_rate
        ends, midi = self._ends[inside], self._midi[inside]
        cents = 100.0 * (np.interp(np.arange(ends[0], ends[-1] + 1.0, hop), ends, midi) - claimed)
        period_s = 1.0 / hz_of(claimed)
        vibrato = find_vibrato(cents, frame_length / sample_rate, period_s)
        bend = find_bend(cents, vibrato)
        if bend is not None:
            over = replace(over, bend_cents=bend, steady_midi=judged_pitch(claimed, bend))
        elif vibrato is not None:
            over = replace(over, steady_midi=claimed + vibrato.centre_cents / 100.0)
        if vibrato is not None:
            over = replace(over, vibrato_hz=vibrato.rate_hz, vibrato_cents=vibrato.extent_cents)
        if over.articulation != "pick" or (bend is None and vibrato is None):
            return over
        return replace(over, articulation="vibrato" if bend is None else "bend")

    def _inside(self, offset: int, sample_rate: float, share: float) -> slice:
        """Which hops lie between 60 ms after the onset and that share of the note."""
        first = bisect_left(self._ends, self.onset + _STEADY_FROM_S * sample_rate)
        return slice(first, bisect_right(self._ends, self.onset + share * (offset - self.onset)))

    def steady(self, offset: int, sample_rate: float) -> tuple[float | None, float | None]:
        """Median pitch and harmonics-to-noise ratio in dB from 60 ms after the onset to 80 % of the note.

        The ratio is 10 log10(r / (1 - r)) with r the height of the NSDF peak (Boersma, "Accurate short-term
        analysis of the fundamental frequency and the harmonics-to-noise ratio of a sampled sound", 1993).
        """
        inside = self._inside(offset, sample_rate, _STEADY_TO_SHARE)
        midi = self._midi[inside]
        if len(midi) < _LEAST_STEADY_HOPS:
            return None, None
        periodic = min(max(median(self._clarity[inside]), 1e-6), 1.0 - 1e-6)
        return median(midi), 10.0 * math.log10(periodic / (1.0 - periodic))
