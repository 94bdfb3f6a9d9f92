"""Conversions between the units of this project.

Conventions
-----------
Frequencies in Hz, pitches as MIDI numbers (float, A4 = 69 at the reference `a4_hz`), intervals in cents
(1200 an octave), levels in dBFS (full-scale square wave RMS = 0 dBFS).
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

SILENCE_DBFS = -120.0
"""Floor of every level, so that digital silence has a finite number."""

_SHARP_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_FLAT_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")


def hz_to_midi(f0_hz: ArrayLike, a4_hz: float = 440.0) -> NDArray[np.float64]:
    """Fractional MIDI number of a frequency.

    Parameters
    ----------
    f0_hz : array_like, shape (...), Hz, > 0
    a4_hz : Hz, the pitch called A4

    Returns
    -------
    ndarray, shape (...)
    """
    return np.asarray(69.0 + 12.0 * np.log2(np.asarray(f0_hz, dtype=np.float64) / a4_hz))


def midi_to_hz(midi: ArrayLike, a4_hz: float = 440.0) -> NDArray[np.float64]:
    """Frequency in Hz of a fractional MIDI number; the inverse of `hz_to_midi`."""
    return np.asarray(a4_hz * 2.0 ** ((np.asarray(midi, dtype=np.float64) - 69.0) / 12.0))


def midi_of(f0_hz: float, a4_hz: float = 440.0) -> float:
    """`hz_to_midi` of one frequency > 0; no array is made, for code that runs each hop."""
    return 69.0 + 12.0 * math.log2(f0_hz / a4_hz)


def hz_of(midi: float, a4_hz: float = 440.0) -> float:
    """`midi_to_hz` of one number; no array is made, for code that runs each hop."""
    return float(a4_hz * 2.0 ** ((midi - 69.0) / 12.0))


def nearest_semitone(midi: float) -> int:
    """The MIDI number of the nearest semitone; halves go up."""
    return int(np.floor(midi + 0.5))


def cents_off(midi: float) -> float:
    """Distance in cents from the nearest semitone, in [-50, 50); positive = sharp."""
    return 100.0 * (midi - nearest_semitone(midi))


def note_name(midi: float, *, flats: bool = False) -> str:
    """Scientific pitch name of the nearest semitone: 69 -> "A4", 58 -> "A#3" (or "Bb3" with `flats`)."""
    semitone = nearest_semitone(midi)
    names = _FLAT_NAMES if flats else _SHARP_NAMES
    return f"{names[semitone % 12]}{semitone // 12 - 1}"


def pitch_class_name(pitch_class: int, *, flats: bool = False) -> str:
    """Name of a pitch class, 0 = C."""
    return (_FLAT_NAMES if flats else _SHARP_NAMES)[pitch_class % 12]


def rms_to_dbfs(rms: ArrayLike) -> NDArray[np.float64]:
    """Level in dBFS of a root mean square in full-scale units, never below `SILENCE_DBFS`."""
    floor = 10.0 ** (SILENCE_DBFS / 20.0)
    return np.asarray(20.0 * np.log10(np.maximum(np.asarray(rms, dtype=np.float64), floor)))
