"""The engine: a stream of blocks in, readings and note events out.

Pure and deterministic: time is a sample index on the engine's own hop grid, so any cutting of the stream into
blocks gives identical output. The same object judges a live stream and a file.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dsp.attack import Hop
from dsp.backend import backend
from dsp.decimate import Decimator
from dsp.errors import ParameterError
from dsp.events import Block, Event, Output, Reading
from dsp.framing import HOP_S, Framer
from dsp.level import FloorFollower
from dsp.notes import NoteTracker
from dsp.patience import MOST_PATIENCE_S, PATIENCE_S
from dsp.tuning import STANDARD, Tuning

ENGINE_NAME = "fretcoach"
ENGINE_VERSION = "2.0"
_RATES_HZ = (8000.0, 192000.0)
_HIGHEST_RATE_HZ = 96000.0
"""Above this the stream is decimated; nothing of a guitar is lost."""
_A4_HZ = (430.0, 450.0)
_PITCH_S = 1536 / 44100
_PITCH_PERIODS = 2.2
_HISTORY_S = 4096 / 44100
_LEAST_FMAX_HZ = 1400.0
_VOICED_CLARITY = 0.6


class Analyzer:
    """Hears notes in a mono stream.

    Parameters
    ----------
    sample_rate : Hz, 8000 to 192000; frames and hops scale with it up to 96000, above that it is decimated
    tuning : sets the lowest pitch looked for
    a4_hz : Hz, 430 to 450, the pitch called A4
    patience_s : s, 0 to 0.2, how long a clear pitch is waited for before a less clear one is claimed; the one
        setting that trades latency against cents
    reference : hear by the plain NumPy code even where compiled kernels can be had

    Raises
    ------
    ParameterError
        For a rate, an A4 or a patience outside these bounds.
    """

    def __init__(
        self,
        sample_rate: float,
        *,
        tuning: Tuning = STANDARD,
        a4_hz: float = 440.0,
        patience_s: float = PATIENCE_S,
        reference: bool = False,
    ) -> None:
        if not _RATES_HZ[0] <= sample_rate <= _RATES_HZ[1]:
            raise ParameterError(
                f"A sample rate of {sample_rate:g} Hz can't be heard: it must be from 8000 to 192000 Hz "
                "(was it given in kHz?)."
            )
        if not _A4_HZ[0] <= a4_hz <= _A4_HZ[1]:
            raise ParameterError(
                f"A4 = {a4_hz:g} Hz is out of reach: it must be from 430 to 450 Hz "
                "(440 is usual; a whole tuning that is lower has a name)."
            )
        if not 0.0 <= patience_s <= MOST_PATIENCE_S:
            raise ParameterError(
                f"A patience of {patience_s:g} s is out of reach: it must be 0 to {MOST_PATIENCE_S:g} s "
                "(was it given in milliseconds?)."
            )
        self.sample_rate = sample_rate
        self.tuning = tuning
        self.a4_hz = a4_hz
        self.patience_s = patience_s
        factor = int(np.ceil(sample_rate / _HIGHEST_RATE_HZ))
        rate = sample_rate / factor
        self._rate = rate
        self.hop_length = round(HOP_S * rate)
        self._decimator = Decimator(factor, self.hop_length) if factor > 1 else None
        delay_s = self._decimator.delay / sample_rate if self._decimator else 0.0
        fmin = tuning.fmin_hz(a4_hz)
        self._pitch_length = round(max(_PITCH_S, _PITCH_PERIODS / fmin) * rate)
        bounds = (fmin, max(tuning.fmax_hz(a4_hz), _LEAST_FMAX_HZ))
        parts = backend(rate, self.hop_length, bounds, self._pitch_length, reference=reference)
        self._framer = Framer(round(_HISTORY_S * rate), self.hop_length)
        self._level_dbfs = parts.level_dbfs
        self._onsets = parts.onsets
        self._tracker = NoteTracker(rate, a4_hz, parts.ranking, delay_s, patience_s)
        self._floor = FloorFollower(rate / self.hop_length)
        self._delay_s = delay_s
        self._expected = 0

    def push(self, block: Block) -> Output:
        """Take a block of any length; give what became known.

        A block that starts later than the last one ended tells of lost audio: the sounding note ends there,
        and nothing is judged across the gap.

        Raises
        ------
        ParameterError
            For a block from the past, or with samples that are no numbers.
        """
        if not _all_finite(block.samples):
            where = block.start + int(np.argmin(np.isfinite(block.samples)))
            raise ParameterError(
                f"Sample {where} is no finite number; audio must be finite (is the file damaged?)."
            )
        events: list[Event] = []
        if block.start < self._expected:
            raise ParameterError(
                f"A block starts at sample {block.start}, before {self._expected} which came last; "
                "blocks come in order."
            )
        if block.start > self._expected:
            events += self._gap(block.start)
        self._expected = block.start + block.samples.size
        samples = block.samples.astype(np.float32, copy=False)
        readings: list[Reading] = []
        for chunk in self._decimator.push(samples) if self._decimator else [samples]:
            for end, window in self._framer.push(chunk):
                readings.append(self._hop(end, window, events))
        return Output(tuple(readings), tuple(events))

    def flush(self) -> Output:
        """The stream has ended: end the sounding note. Push no more before `reset`."""
        return Output((), tuple(self._tracker.finish(self._framer.end)))

    def reset(self) -> None:
        """Be as new."""
        self._expected = 0
        self._tracker.reset()
        self._restart(0)

    def engine(self) -> dict[str, Any]:
        """Name, version and settings, to be kept with what was measured."""
        return {
            "name": ENGINE_NAME,
            "version": ENGINE_VERSION,
            "sample_rate": self.sample_rate,
            "hop_s": self.hop_length / self._rate,
            "a4_hz": self.a4_hz,
            "patience_s": self.patience_s,
            "tuning": self.tuning.name,
        }

    def _hop(self, end: int, window: NDArray[np.float32], events: list[Event]) -> Reading:
        level = self._level_dbfs(window[-self.hop_length :])
        self._floor.push(level)
        onset = self._onsets.push(window[-self._onsets.frame_length :])
        pitch, heard = self._tracker.step(Hop(end, window, onset, level, self._floor.floor_dbfs))
        events += heard
        centre = max((end - self._pitch_length / 2) / self._rate - self._delay_s, 0.0)
        voiced = pitch.clarity >= _VOICED_CLARITY
        return Reading(centre, level, pitch.f0_hz if voiced else 0.0, pitch.clarity)

    def _gap(self, start: int) -> list[Event]:
        ended = self._tracker.finish(self._framer.end)
        self._tracker.forget()
        self._restart(start)
        return ended

    def _restart(self, start: int) -> None:
        factor = self._decimator.factor if self._decimator else 1
        self._framer.reset(start // factor)
        if self._decimator:
            self._decimator.reset(start)
        self._onsets.reset()
        self._floor = FloorFollower(self._rate / self.hop_length)


def _all_finite(samples: NDArray[np.float32]) -> bool:
    # The sum of squares is finite if all samples are, unless they are absurdly loud; it is quicker to have.
    return math.isfinite(np.dot(samples, samples)) or bool(np.isfinite(samples).all())
