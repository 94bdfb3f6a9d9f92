"""One made-up session: what is played, how well, and what an engine would have heard of it.

The notes are drawn at random around the player's skill, a whole session at a time. No sound is made and none
is analysed: the scores are those of `dsp.metrics` over these notes, as for a real session.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dsp.events import Kind, Note
from dsp.scales import Scale
from workbench.demo.players import DemoPlayer, Skill
from workbench.practice.goal import Goal

_LOWEST, _HIGHEST = 40, 76
"""E2, the lowest string, to E5, the twelfth fret of the highest."""

RUN = 16
"""Notes between two rests: two bars of eighths."""

REST_STEPS = 4
"""Least silence after a run: two beats."""

BREAK_S = 75.0
"""Mean time to shake out the hands and think before the next run; it makes sessions of 8 to 20 minutes."""

UNJUDGED = 0.03
"""Share of events that an engine is not sure of, as on clean recordings."""

LATE_MS = 4.0
"""Few players sit exactly on a click."""

FREE_STEP_S = 0.33
"""Step of somebody who plays without a click: 90 beats a minute in eighths."""

KINDS: tuple[Kind, ...] = ("unsure", "muted", "percussive")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class _Heard(NamedTuple):
    """Columns of the events, one value each."""

    onset: Floats
    gate: Floats
    pitch: Floats
    level: Floats
    judged: NDArray[np.bool_]
    after_rest: NDArray[np.bool_]


def play(player: DemoPlayer, skill: Skill, goal: Goal, count: int, rng: np.random.Generator) -> list[Note]:
    """The note events of one session.

    Parameters
    ----------
    player : whose weakness shows
    skill : how well they play that day
    goal : scale and click; without a click the beat drifts slowly
    count : events to play, >= 1
    rng : the only source of chance

    Returns
    -------
    list of `count` notes in order of time
    """
    tones = ladder(goal.scale)
    steps = tones[_path(len(tones), count, rng)]
    degrees = np.array([goal.scale.degree(int(midi)) or 0 for midi in steps])
    slipped = rng.random(count) < skill.wrong + player.weakness.slips(degrees)
    fretted = np.where(slipped, _slip(steps, goal.scale, rng), steps)
    leaps = np.diff(steps, prepend=steps[0])
    cents = rng.normal(0.0, skill.cents, count) + player.weakness.bend_cents(fretted)
    step_s = FREE_STEP_S if goal.bpm is None else 60.0 / goal.bpm / goal.notes_per_beat
    slot, after_rest = _slots(count, step_s, rng)
    onset = _onsets(goal, slot, step_s, rng)
    hand_ms = rng.normal(LATE_MS, skill.timing_ms, count) - player.weakness.early_ms(leaps)
    # Two attacks closer than a third of a step would be one to any engine.
    onset = np.maximum.accumulate(onset + hand_ms / 1000.0 + 1e-6 * np.arange(count))
    heard = _Heard(
        onset=onset,
        gate=step_s * rng.uniform(0.75, 0.95, count),
        pitch=fretted + np.clip(cents, -45.0, 45.0) / 100.0,
        level=rng.normal(-20.0, 2.0, count),
        judged=rng.random(count) >= UNJUDGED,
        after_rest=after_rest,
    )
    return _notes(heard, skill, rng)


def ladder(scale: Scale) -> Ints:
    """The tones of the scale over two octaves, from its lowest tonic on the neck."""
    tonic = _LOWEST + (scale.tonic - _LOWEST) % 12
    tones = [midi for midi in range(tonic, min(tonic + 24, _HIGHEST) + 1) if scale.contains(midi)]
    return np.array(tones, dtype=np.int64)


def _path(rungs: int, count: int, rng: np.random.Generator) -> Ints:
    """Rungs of the ladder, run after run: up, down, in thirds, or wandering."""
    top = rungs - 1
    runs = []
    for _ in range(-(-count // RUN)):
        climb = np.arange(RUN)
        kind = rng.integers(0, 4)
        if kind == 0:
            run = climb
        elif kind == 1:
            run = top - climb
        elif kind == 2:
            run = climb // 2 + 2 * (climb % 2)
        else:
            run = top // 2 + np.cumsum(rng.choice([-3, -1, -1, 1, 1, 2, 3], RUN))
        # Turn round at both ends of the ladder.
        runs.append(top - np.abs(np.mod(run, 2 * top) - top))
    return np.concatenate(runs)[:count]


def _slip(steps: Ints, scale: Scale, rng: np.random.Generator) -> Ints:
    """The semitone beside each tone, outside the scale where one of both is."""
    side = rng.choice([-1, 1], len(steps))
    inside = np.array([scale.contains(int(midi)) for midi in steps + side])
    return np.asarray(np.where(inside, steps - side, steps + side), dtype=np.int64)


def _slots(count: int, step_s: float, rng: np.random.Generator) -> tuple[Ints, NDArray[np.bool_]]:
    """The step on which each note falls, breaks included, and whether a break comes before it."""
    index = np.arange(count)
    after_rest = (index % RUN == 0) & (index > 0)
    breaks = REST_STEPS + (rng.gamma(4.0, BREAK_S / 4.0, count) / step_s).astype(np.int64)
    return index + np.cumsum(np.where(after_rest, breaks, 0)), after_rest


def _onsets(goal: Goal, slot: Ints, step_s: float, rng: np.random.Generator) -> Floats:
    """Where the beat puts each note, in seconds."""
    if goal.bpm is not None:
        return np.asarray((goal.click_start_s or 0.0) + (slot + REST_STEPS) * step_s, dtype=np.float64)
    # Without a click the tempo wanders by a few per cent over a minute.
    wander = 1.0 + 0.02 * np.sin(slot * rng.uniform(0.01, 0.03) + rng.uniform(0.0, 6.28))
    return np.asarray(1.0 + np.cumsum(np.diff(slot, prepend=0) * step_s * wander), dtype=np.float64)


def _notes(heard: _Heard, skill: Skill, rng: np.random.Generator) -> list[Note]:
    """Events as the engine would describe them."""
    count = len(heard.onset)
    kinds = rng.integers(0, len(KINDS), count)
    sure = np.where(heard.judged, rng.uniform(0.85, 0.99, count), rng.uniform(0.1, 0.5, count))
    offset = np.minimum(heard.onset + heard.gate, np.append(heard.onset[1:], np.inf))
    quiet = rng.normal(skill.quiet_db, 2.0, count)
    hnr = rng.normal(skill.hnr_db, 1.5, count)
    rings_on = rng.random(count) < 0.1 * (1.0 - (skill.quiet_db - 20.0) / 20.0)
    return [
        Note(
            number=i,
            onset_s=float(heard.onset[i]),
            reported_s=float(heard.onset[i]) + 0.035,
            midi=float(heard.pitch[i]) if heard.judged[i] else None,
            confidence=float(sure[i]),
            level_dbfs=float(heard.level[i]) if heard.judged[i] else float(heard.level[i]) - 15.0,
            kind="note" if heard.judged[i] else KINDS[kinds[i]],
            offset_s=float(offset[i]),
            steady_midi=float(heard.pitch[i]) if heard.judged[i] else None,
            hnr_db=float(hnr[i]) if heard.judged[i] else None,
            floor_dbfs=float(heard.level[i] - quiet[i]) - 3.0,
            rest_dbfs=float(heard.level[i] - quiet[i]) if heard.after_rest[i] else None,
            ring_over_db=-10.0 if rings_on[i] else -35.0,
        )
        for i in range(count)
    ]
