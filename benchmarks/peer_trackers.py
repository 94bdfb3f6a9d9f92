"""Pitch trackers by others, each behind the same few functions; they are loaded when first asked for.

To be run beside ours by `peers.py`. What a tracker needs may not be installed, so none of it is imported at
the top.
"""

# ruff: noqa: PLC0415

import contextlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dsp.convert import hz_to_midi
from dsp.events import Note

Samples = NDArray[np.float32]
Track = tuple[NDArray[np.float64], NDArray[np.float64], float]
"""(times of frame centres in s, f0 in Hz with NaN or 0 for unvoiced, half of a frame in s)."""

LOWEST_HZ, HIGHEST_HZ = 62.0, 1400.0
"""From under the lowest of the annotated notes to the top of the neck."""
YIN_FRAME, YIN_HOP = 2048, 256
"""librosa's own frame; its hop of 512 would give four frames in the 50 ms that are looked at."""
SWIFT_HALF_FRAME_S = 0.032
FROM_S, TO_S = 0.025, 0.075
INSTALL = {
    "librosa": "pip install librosa",
    "swift_f0": "pip install swift-f0",
    "basic_pitch": "pip install --no-deps basic-pitch, then pip install onnxruntime pretty_midi resampy "
    "scikit-learn 'setuptools<80' (by its own requirements it brings TensorFlow and an older NumPy)",
}
DISTRIBUTIONS = {"librosa": "librosa", "swift_f0": "swift-f0", "basic_pitch": "basic-pitch"}


@dataclass(frozen=True)
class Peer:
    """A tracker of pitch: the package it needs, its f0, and whether it can be used live."""

    package: str
    track: Callable[[Samples, float], Track]
    live: bool


def yin(samples: Samples, rate: float) -> Track:
    import librosa

    f0 = librosa.yin(
        samples, fmin=LOWEST_HZ, fmax=HIGHEST_HZ, sr=rate, frame_length=YIN_FRAME, hop_length=YIN_HOP
    )
    return librosa.times_like(f0, sr=rate, hop_length=YIN_HOP), f0, YIN_FRAME / 2 / rate


def pyin(samples: Samples, rate: float) -> Track:
    import librosa

    f0, _, _ = librosa.pyin(
        samples, fmin=LOWEST_HZ, fmax=HIGHEST_HZ, sr=rate, frame_length=YIN_FRAME, hop_length=YIN_HOP
    )
    return librosa.times_like(f0, sr=rate, hop_length=YIN_HOP), f0, YIN_FRAME / 2 / rate


def swift(samples: Samples, rate: float) -> Track:
    found = _swift().detect(samples, rate, LOWEST_HZ, HIGHEST_HZ)
    voiced = np.asarray(found.confidence) >= 0.5
    return np.asarray(found.timestamps), np.where(voiced, found.pitch_hz, np.nan), SWIFT_HALF_FRAME_S


@cache
def _swift() -> Any:
    from swift_f0 import SwiftF0

    return SwiftF0(threads=1)


PEERS = {
    "librosa.yin": Peer("librosa", yin, live=True),
    "librosa.pyin": Peer("librosa", pyin, live=False),
    "swift-f0": Peer("swift_f0", swift, live=False),
}


def librosa_onsets(samples: Samples, rate: float) -> list[float]:
    import librosa

    found = librosa.onset.onset_detect(y=samples, sr=rate, hop_length=YIN_HOP, units="time")
    return [float(onset) for onset in found]


def notes_at(onsets: Sequence[float], track: Track) -> list[Note]:
    """A note for each onset after which a pitch sounds."""
    times, f0, half_frame_s = track
    ends = [*onsets[1:], np.inf]
    notes = []
    for onset, end in zip(onsets, ends, strict=True):
        inside = (times >= onset + FROM_S) & (times <= min(onset + TO_S, max(end, onset + 2 * FROM_S)))
        voiced = inside & np.isfinite(f0) & (f0 > 0.0)
        if voiced.any():
            last = float(times[voiced][-1]) + half_frame_s
            notes.append(claim(onset, float(hz_to_midi(np.median(f0[voiced]))), last))
    return notes


def basic_pitch_notes(path: Path) -> list[Note]:
    from basic_pitch.inference import predict

    with contextlib.redirect_stdout(io.StringIO()):
        _, _, found = predict(
            str(path), _basic_pitch(), minimum_frequency=LOWEST_HZ, maximum_frequency=HIGHEST_HZ
        )
    return [claim(float(start), float(midi), float(end)) for start, end, midi, *_ in sorted(found)]


@cache
def _basic_pitch() -> Any:
    import basic_pitch
    from basic_pitch.inference import Model

    return Model(Path(basic_pitch.__file__).parent / "saved_models" / "icassp_2022" / "nmp.onnx")


def claim(onset_s: float, midi: float, reported_s: float) -> Note:
    """A note as our evaluation knows it."""
    return Note(number=0, onset_s=onset_s, reported_s=reported_s, midi=midi, confidence=1.0, level_dbfs=0.0)


def installed() -> Iterator[tuple[str, Peer]]:
    return ((name, peer) for name, peer in PEERS.items() if find_spec(peer.package))


def missing() -> list[str]:
    """A line for each peer that is not installed."""
    return [
        f"{name} is not installed and left out: {how}" for name, how in INSTALL.items() if not find_spec(name)
    ]


def versions() -> str:
    """What is installed."""
    found = [name for module, name in DISTRIBUTIONS.items() if find_spec(module)]
    return ", ".join(f"{name} {version(name)}" for name in found)
