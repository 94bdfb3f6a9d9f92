"""Many made-up sessions of one player at once: `workbench.demo.playing`, as arrays of sessions by notes.

The same hands, drawn in another order: a session here follows the same laws as one that `play` makes, but is
not equal to any.

Conventions
-----------
Shapes are (sessions, notes) unless said otherwise. What a shorter session lacks at its end is masked by
`played` and holds no meaning.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp.scales import Scale, scale_from
from workbench.demo import playing
from workbench.demo.players import DemoPlayer

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_FAVOURITES = (0.6, 0.25, 0.15)
_RUN = playing.RUN


class Takes(NamedTuple):
    """What an engine would have heard.

    Attributes
    ----------
    played : False past the end of a session
    judged : False for what an engine would not be sure of
    inside : whether the note belongs to the scale of its session
    onset, duration : seconds
    pitch : fractional MIDI number
    late_ms : distance from the click, or from the player's own beat
    level, confidence : dBFS, 0..1
    kind : index into `playing.KINDS` for what is not judged
    quiet_db : how far the floor lies below the note
    rest : a rest comes before, so that the floor can be heard
    hnr_db, rings_on : harmonics-to-noise ratio; whether the last string still sounds
    scale : shape (sessions,), index into the player's scales
    bpm : shape (sessions,), NaN without a click
    step_s : shape (sessions,)
    """

    played: Bools
    judged: Bools
    inside: Bools
    onset: Floats
    duration: Floats
    pitch: Floats
    late_ms: Floats
    level: Floats
    confidence: Floats
    kind: Ints
    quiet_db: Floats
    rest: Bools
    hnr_db: Floats
    rings_on: Bools
    scale: Ints
    bpm: Floats
    step_s: Floats


def play_all(player: DemoPlayer, progress: Floats, counts: Ints, rng: np.random.Generator) -> Takes:
    """Play all sessions of one player.

    Parameters
    ----------
    player : whose skills and weakness show
    progress : shape (sessions,), how far they have come, 0..1
    counts : shape (sessions,), note events of each session, >= 1
    rng : the only source of chance
    """
    shape = (progress.size, int(counts.max(initial=1)))
    scales = [scale_from(chosen, kind) for chosen, kind in player.scales]
    scale = rng.choice(len(scales), progress.size, p=_FAVOURITES)
    bpm, step_s = _tempo(player, progress, rng)
    inside, degrees = _tables(scales)
    steps = _steps(scales, scale, shape, rng)
    slips = _skill(player, progress, "wrong") + player.weakness.slips(degrees[scale[:, None], steps % 12])
    side = rng.choice([-1, 1], shape)
    beside = np.where(inside[scale[:, None], (steps + side) % 12], steps - side, steps + side)
    fretted = np.where(rng.random(shape) < slips, beside, steps)
    cents = rng.normal(0.0, 1.0, shape) * _skill(player, progress, "cents")
    cents = np.clip(cents + player.weakness.bend_cents(fretted), -45.0, 45.0)
    judged = rng.random(shape) >= playing.UNJUDGED
    quiet = _skill(player, progress, "quiet_db")
    return Takes(
        **_timing(player, progress, steps, (bpm, step_s), rng),
        played=np.arange(shape[1]) < counts[:, None],
        judged=judged,
        inside=inside[scale[:, None], fretted % 12],
        pitch=fretted + cents / 100.0,
        level=rng.normal(-20.0, 2.0, shape) - np.where(judged, 0.0, 15.0),
        confidence=rng.uniform(np.where(judged, 0.85, 0.1), np.where(judged, 0.99, 0.5)),
        kind=rng.integers(0, len(playing.KINDS), shape),
        quiet_db=rng.normal(0.0, 2.0, shape) + quiet,
        hnr_db=rng.normal(0.0, 1.5, shape) + _skill(player, progress, "hnr_db"),
        rings_on=rng.random(shape) < 0.1 * (1.0 - (quiet - 20.0) / 20.0),
        scale=scale,
        bpm=bpm,
        step_s=step_s,
    )


def _timing(
    player: DemoPlayer, progress: Floats, steps: Ints, tempo: tuple[Floats, Floats], rng: np.random.Generator
) -> dict[str, Any]:
    """When the notes come and how long they last: the fields of `Takes` that are about time."""
    bpm, step_s = tempo
    leaps = np.diff(steps, axis=1, prepend=steps[:, :1])
    hand_ms = rng.normal(0.0, 1.0, steps.shape) * _skill(player, progress, "timing_ms")
    hand_ms += playing.LATE_MS - player.weakness.early_ms(leaps)
    slot, rest = _slots(step_s, steps.shape, rng)
    wanted = _beat(slot, step_s, np.isnan(bpm), rng)
    # Two attacks at one moment would be one to any engine.
    onset = np.maximum.accumulate(wanted + hand_ms / 1000.0 + 1e-6 * np.arange(steps.shape[1]), axis=1)
    gate = step_s[:, None] * rng.uniform(0.75, 0.95, steps.shape)
    following = np.append(onset[:, 1:], np.full((bpm.size, 1), np.inf), axis=1)
    return {
        "onset": onset,
        "duration": np.minimum(gate, following - onset),
        "late_ms": 1000.0 * (onset - wanted),
        "rest": rest,
    }


def _skill(player: DemoPlayer, progress: Floats, name: str) -> Floats:
    """One figure of the player's skill on each day, shape (sessions, 1)."""
    first, last = (getattr(skill, name) for skill in (player.first, player.last))
    return np.asarray(first + progress[:, None] * (last - first))


def _tempo(player: DemoPlayer, progress: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Beats a minute (NaN = free) and seconds a step, shape (sessions,) each."""
    slow, fast = player.tempos
    drawn = slow + progress * (fast - slow) + rng.normal(0.0, 4.0, progress.size)
    bpm = np.where(rng.random(progress.size) < player.free, np.nan, 2.0 * np.rint(drawn / 2.0))
    return bpm, np.where(np.isnan(bpm), playing.FREE_STEP_S, 60.0 / bpm / 2.0)


def _tables(scales: list[Scale]) -> tuple[Bools, Ints]:
    """Of each scale and pitch class: whether it belongs, and its degree (0 = none); shape (scales, 12)."""
    inside = np.array([[scale.contains(midi) for midi in range(12)] for scale in scales])
    degrees = np.array([[scale.degree(midi) or 0 for midi in range(12)] for scale in scales])
    return inside, degrees


def _steps(scales: list[Scale], scale: Ints, shape: tuple[int, int], rng: np.random.Generator) -> Ints:
    """MIDI numbers that are meant: runs up, down, in thirds, or wandering, over two octaves."""
    rungs = [playing.ladder(one) for one in scales]
    ladders = np.zeros((len(rungs), max(map(len, rungs))), dtype=np.int64)
    for row, tones in zip(ladders, rungs, strict=True):
        row[: len(tones)] = tones
    top = np.array([len(tones) - 1 for tones in rungs])[scale][:, None, None]
    runs = (shape[0], -(-shape[1] // _RUN), _RUN)
    climb = np.broadcast_to(np.arange(_RUN), runs)
    kind = rng.integers(0, 4, (*runs[:2], 1))
    wander = top // 2 + np.cumsum(rng.choice([-3, -1, -1, 1, 1, 2, 3], runs), axis=2)
    path = np.select(
        [kind == 0, kind == 1, kind == 2], [climb, top - climb, climb // 2 + 2 * (climb % 2)], wander
    )
    # Turn round at both ends of the ladder.
    path = top - np.abs(np.mod(path, 2 * top) - top)
    return np.asarray(ladders[scale[:, None], path.reshape(shape[0], -1)[:, : shape[1]]])


def _slots(step_s: Floats, shape: tuple[int, int], rng: np.random.Generator) -> tuple[Ints, Bools]:
    """The step on which each note falls, breaks included, and whether a break comes before it."""
    index = np.arange(shape[1])
    rest = np.broadcast_to((index % _RUN == 0) & (index > 0), shape)
    breaks = np.zeros(shape, dtype=np.int64)
    starts = index[_RUN::_RUN]
    pause_s = rng.gamma(4.0, playing.BREAK_S / 4.0, (shape[0], starts.size))
    breaks[:, starts] = playing.REST_STEPS + (pause_s / step_s[:, None]).astype(np.int64)
    return index + np.cumsum(breaks, axis=1), rest


def _beat(slot: Ints, step_s: Floats, free: Bools, rng: np.random.Generator) -> Floats:
    """Where the beat puts each note, in seconds; without a click it wanders by a few per cent."""
    rate, phase = rng.uniform(0.01, 0.03, (2, step_s.size, 1)) * np.array([1.0, 314.0])[:, None, None]
    wander = 1.0 + 0.02 * np.sin(slot * rate + phase)
    own = 1.0 + np.cumsum(np.diff(slot, axis=1, prepend=0) * step_s[:, None] * wander, axis=1)
    return np.where(free[:, None], own, (slot + playing.REST_STEPS) * step_s[:, None])
