"""Guitar-like sound with known truth: for demonstrations, notebooks and tests.

Method
------
A plucked string as a sum of decaying partials: amplitudes of an ideal string plucked at a share of its
length (Fletcher & Rossing, "The Physics of Musical Instruments", ch. 2), stretched by stiffness, higher
partials dying sooner. The onset is known to the sample.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dsp.convert import midi_to_hz
from dsp.errors import ParameterError

_PLUCK_POINT = 0.18
_STIFFNESS = 1e-5
_DECAY_S = 1.2
_ATTACK_S = 0.002
_DAMPING_S = 0.02

Curve = Sequence[tuple[float, float]]
"""Points (seconds after the pluck, cents from the plucked pitch) in straight lines: a bend, a slide."""


@dataclass(frozen=True, slots=True)
class Vibrato:
    """A pitch that swings evenly about the plucked one.

    Attributes
    ----------
    rate_hz : swings a second
    extent_cents : half of the way from the lowest to the highest pitch
    delay_s : seconds after the pluck before it begins
    """

    rate_hz: float
    extent_cents: float
    delay_s: float = 0.15


@dataclass(frozen=True, slots=True)
class PluckedNote:
    """What to play, and so what is true.

    Attributes
    ----------
    onset_s : seconds
    offset_s : where damping begins, seconds
    midi : fractional MIDI number, A4 = 69
    level : peak amplitude, full scale = 1
    curve : where the pitch goes after the pluck
    vibrato : how it swings
    """

    onset_s: float
    offset_s: float
    midi: float
    level: float = 0.3
    curve: Curve = ()
    vibrato: Vibrato | None = None


def pluck(
    midi: float,
    duration_s: float,
    *,
    sample_rate: float,
    level: float = 0.3,
    a4_hz: float = 440.0,
    curve: Curve = (),
    vibrato: Vibrato | None = None,
) -> NDArray[np.float32]:
    """One plucked string, damped at the end.

    Parameters
    ----------
    midi : fractional MIDI number
    duration_s : seconds, > 0
    sample_rate : Hz
    level : peak amplitude, full scale = 1
    a4_hz : Hz, the pitch called A4
    curve : points (seconds, cents) that the pitch follows; none = it stays
    vibrato : how the pitch swings about that; None = not at all

    Returns
    -------
    float32, shape (round(duration_s * sample_rate),)

    Raises
    ------
    ParameterError : a duration of less than two samples, or a pitch too high for the sample rate
    """
    if not duration_s * sample_rate >= 2.0:
        raise ParameterError(
            f"A note of {duration_s:g} s can't sound: its duration must be above 0, two samples at least "
            "(in seconds)."
        )
    time = np.arange(round(duration_s * sample_rate)) / sample_rate
    f0 = float(midi_to_hz(midi, a4_hz))
    numbers = np.arange(1, int(0.45 * sample_rate / f0) + 1)[:40]
    if numbers.size == 0:
        raise ParameterError(
            f"A string of {f0:.0f} Hz can't sound at {sample_rate:g} samples a second: the pitch must lie "
            "below 45 % of the rate (was a frequency given as a MIDI number?)."
        )
    frequencies = f0 * numbers * np.sqrt((1.0 + _STIFFNESS * numbers**2) / (1.0 + _STIFFNESS))
    amplitudes = np.abs(np.sin(np.pi * numbers * _PLUCK_POINT)) / numbers
    decays = _DECAY_S / (1.0 + 0.25 * numbers)
    partials = (
        amplitudes[:, None]
        * np.exp(-time / decays[:, None])
        * np.sin(2 * np.pi * frequencies[:, None] * _turned(time, curve, vibrato))
    )
    sound = partials.sum(axis=0)
    attack = np.minimum(time / _ATTACK_S, 1.0)
    damping = np.clip((duration_s - time) / _DAMPING_S, 0.0, 1.0)
    sound *= attack * damping
    sound /= np.max(np.abs(sound))
    return np.asarray(level * sound, dtype=np.float32)


def _turned(time: NDArray[np.float64], curve: Curve, vibrato: Vibrato | None) -> NDArray[np.float64]:
    """Time as the string counts it: it runs faster while the pitch is higher."""
    if not curve and vibrato is None:
        return time
    seconds, away = np.array(curve or ((0.0, 0.0),)).T
    cents = np.interp(time, seconds, away)
    if vibrato is not None:
        since = np.maximum(time - vibrato.delay_s, 0.0)
        cents = cents + vibrato.extent_cents * np.sin(2 * np.pi * vibrato.rate_hz * since)
    ratio = 2.0 ** (cents / 1200.0)
    return np.asarray((np.cumsum(ratio) - ratio[0]) * time[1])


def melody(
    notes: Sequence[PluckedNote],
    *,
    sample_rate: float,
    duration_s: float | None = None,
    noise_dbfs: float | None = None,
    a4_hz: float = 440.0,
    seed: int = 0,
) -> NDArray[np.float32]:
    """Notes one after another, each plucked on its own.

    Parameters
    ----------
    notes : in any order; they may overlap, as strings do
    sample_rate : Hz
    duration_s : of the take; None = half a second after the last note
    noise_dbfs : RMS level of white noise underneath; None = none
    a4_hz : Hz, the pitch called A4
    seed : of the noise

    Returns
    -------
    float32, shape (n,)

    Raises
    ------
    ParameterError : a note before the take begins, or one that `pluck` refuses
    """
    early = min((note.onset_s for note in notes), default=0.0)
    if early < 0.0:
        raise ParameterError(f"A note can't begin at {early:g} s: a take begins at 0.")
    end = max((note.offset_s for note in notes), default=0.0) + 0.5 if duration_s is None else duration_s
    take = np.zeros(round(end * sample_rate), dtype=np.float32)
    for note in notes:
        length = note.offset_s - note.onset_s + _DAMPING_S
        sound = pluck(
            note.midi,
            length,
            sample_rate=sample_rate,
            level=note.level,
            a4_hz=a4_hz,
            curve=note.curve,
            vibrato=note.vibrato,
        )
        start = round(note.onset_s * sample_rate)
        fits = sound[: max(take.size - start, 0)]
        take[start : start + fits.size] += fits
    if noise_dbfs is not None:
        noise = np.random.default_rng(seed).standard_normal(take.size)
        take += (10.0 ** (noise_dbfs / 20.0) * noise).astype(np.float32)
    return take


def run(
    pitches: Sequence[float],
    *,
    step_s: float,
    start_s: float = 0.5,
    sounding: float = 0.9,
    level: float = 0.3,
) -> list[PluckedNote]:
    """Even notes, `step_s` apart, each sounding for that share of the step."""
    onsets = [start_s + number * step_s for number in range(len(pitches))]
    return [
        PluckedNote(onset, onset + sounding * step_s, float(midi), level)
        for onset, midi in zip(onsets, pitches, strict=True)
    ]


def click_track(
    bpm: float,
    beats: int,
    *,
    sample_rate: float,
    start_s: float = 0.0,
    level: float = 0.5,
    accent_every: int = 4,
) -> NDArray[np.float32]:
    """A metronome: short decaying tones, the first of each bar higher.

    Parameters
    ----------
    bpm : beats a minute, > 0
    beats : number of clicks
    sample_rate : Hz
    start_s : time of the first click
    level : peak amplitude, full scale = 1
    accent_every : beats a bar

    Returns
    -------
    float32, from sample 0 to one beat after the last click

    Raises
    ------
    ParameterError : a tempo that is not above 0
    """
    if bpm <= 0.0:
        raise ParameterError(f"A click can't run at {bpm:g} beats a minute: the tempo must be above 0.")
    beat_s = 60.0 / bpm
    track = np.zeros(round((start_s + beats * beat_s) * sample_rate), dtype=np.float32)
    time = np.arange(round(0.03 * sample_rate)) / sample_rate
    for beat in range(beats):
        tone_hz = 1760.0 if beat % accent_every == 0 else 1320.0
        tone = level * np.sin(2 * np.pi * tone_hz * time) * np.exp(-time / 0.006)
        start = round((start_s + beat * beat_s) * sample_rate)
        fits = tone[: track.size - start]
        track[start : start + fits.size] += fits.astype(np.float32)
    return track
