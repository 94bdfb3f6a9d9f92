"""Which chord sounds in a stretch: major, minor, power, seventh, suspended, or none.

Method
------
The spectrum is explained as a sum of notes, each with decaying harmonics, by non-negative least squares
(Mauch & Dixon, "Approximate note transcription for the improved identification of difficult chords", ISMIR
2010; the multiplicative rule is Lee & Seung's, 2001). The notes are folded to pitch classes and compared with
chord templates (Fujishima, "Realtime chord recognition of musical sound", ICMC 1999); the lowest note decides
between chords of the same notes (Csus2 and Gsus4).

Conventions
-----------
Chords are named like "C", "Am", "E5", "G7", "Dsus2", "Asus4", after Harte et al., "Symbolic representation of
musical chords", ISMIR 2005, as guitarists write them. An inversion has the name of its root.
"""

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from dsp.convert import hz_to_midi, pitch_class_name

Array = NDArray[np.float64]

KINDS = MappingProxyType(
    {"": (0, 4, 7), "m": (0, 3, 7), "5": (0, 7), "7": (0, 4, 7, 10), "sus2": (0, 2, 7), "sus4": (0, 5, 7)}
)
"""Suffix of a chord's name to its pitch classes above the root."""

LEAST_S, FRAME_S = 0.15, 0.37
"""Shorter stretches don't keep low strings apart; longer ones are heard frame by frame."""
_LOWEST, _HIGHEST = 36, 84
_TOP = 100
"""Harmonics are looked at up to E7, 2.6 kHz."""
_BINS = 3
_DECAY = 0.7
_HARMONICS = 12
_ITERATIONS = 60
_BASS_SHARE = 0.25
"""Notes weaker than this share of the strongest are no bass."""
_BASS_BONUS = 0.06
_SECOND_NOTE = 0.2
"""One note alone is no chord: another pitch class must reach this share of the strongest."""
_LEAST_LIKENESS = 0.78
_QUIETEST = 1e-4


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord that was heard.

    Attributes
    ----------
    root : pitch class, 0 = C
    kind : a key of `KINDS`
    confidence : 0..1, likeness of the pitch classes to the chord's (cosine)
    """

    root: int
    kind: str
    confidence: float

    @property
    def name(self) -> str:
        """As guitarists write it, with sharps."""
        return pitch_class_name(self.root) + self.kind


def recognize_chord(
    samples: NDArray[np.float32], sample_rate: float, *, a4_hz: float = 440.0
) -> Chord | None:
    """The chord that sounds in `samples`, or None when it is one note, noise, or no chord of these kinds.

    Parameters
    ----------
    samples : shape (n,), one chord, from its strum on
    sample_rate : Hz
    a4_hz : Hz, the pitch called A4
    """
    if samples.size < LEAST_S * sample_rate or float(np.std(samples)) < _QUIETEST:
        return None
    return name_chord(note_strengths(samples, sample_rate, a4_hz=a4_hz))


def note_strengths(samples: NDArray[np.float32], sample_rate: float, *, a4_hz: float = 440.0) -> Array:
    """How strong each semitone from C2 to C6 is, shape (49,), the strongest 1; parameters as above."""
    length = min(samples.size, round(FRAME_S * sample_rate))
    starts = np.arange(0, samples.size - length + 1, max(length // 2, 1))
    window = np.hanning(length)
    frames = np.stack([samples[start : start + length] * window for start in starts])
    padded = 2 * 2 ** int(np.ceil(np.log2(length)))
    magnitude = np.sqrt((np.abs(np.fft.rfft(frames, padded, axis=1)) ** 2).mean(axis=0))
    frequencies = np.arange(1, magnitude.size) * sample_rate / padded
    pitches = _pitch_grid()
    seen = np.interp(pitches, hz_to_midi(frequencies, a4_hz), magnitude[1:])
    notes = _notes(round(sample_rate / length, 2))
    strengths = np.full(notes.shape[1], float(seen.max()) / notes.shape[1] + 1e-12)
    gram, target = notes.T @ notes, notes.T @ seen
    for _ in range(_ITERATIONS):
        strengths *= target / (gram @ strengths + 1e-12)
    return np.asarray(strengths / max(float(strengths.max()), 1e-12))


def _pitch_grid() -> Array:
    return np.arange(_LOWEST - 1, _TOP, 1.0 / _BINS)


@lru_cache(maxsize=16)
def _notes(resolution_hz: float) -> Array:
    """Spectrum of each semitone on the pitch grid, shape (pitches, notes), as wide as the frame shows it."""
    grid = _pitch_grid()[:, None, None]
    notes = np.arange(_LOWEST, _HIGHEST + 1)[None, :, None]
    numbers = np.arange(1, _HARMONICS + 1)[None, None, :]
    places = notes + 12.0 * np.log2(numbers)
    hertz = 440.0 * 2.0 ** ((places - 69.0) / 12.0)
    # A Hann window's main lobe is 1.44 bins wide at half its height, a standard deviation of 0.6.
    width = np.maximum(12.0 / np.log(2.0) * 0.6 * resolution_hz / hertz, 0.15)
    lobes = np.exp(-0.5 * ((grid - places) / width) ** 2) * _DECAY ** (numbers - 1)
    spectra = np.asarray(lobes.sum(axis=2))
    spectra.setflags(write=False)
    return spectra


def name_chord(strengths: Array) -> Chord | None:
    """The chord of these notes.

    Parameters
    ----------
    strengths : shape (49,), from `note_strengths`
    """
    classes = (np.arange(strengths.size) + _LOWEST) % 12
    chroma = np.zeros(12)
    np.maximum.at(chroma, classes, strengths)
    if np.sort(chroma)[-2] < _SECOND_NOTE * chroma.max() or chroma.max() <= 0.0:
        return None
    bass = int(classes[np.flatnonzero(strengths >= _BASS_SHARE * strengths.max())[0]])
    likeness = {
        (root, kind): float(chroma[[(root + step) % 12 for step in steps]].sum())
        / float(np.linalg.norm(chroma))
        / len(steps) ** 0.5
        for root in range(12)
        for kind, steps in KINDS.items()
    }
    root, kind = max(likeness, key=lambda chord: likeness[chord] + _BASS_BONUS * (chord[0] == bass))
    if likeness[root, kind] < _LEAST_LIKENESS:
        return None
    return Chord(root, kind, min(likeness[root, kind], 1.0))
