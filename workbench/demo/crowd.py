"""More players than the three with a face: each is drawn around one of them, by seed.

The fourth is called demo-0004. Like the three they get better, each has one planted weakness, and each has
days and hours of their own.
"""

from dataclasses import replace

import numpy as np

from dsp.scales import TONICS
from workbench.demo.players import DEMO_PLAYERS, DemoPlayer, Skill, Weakness
from workbench.user import User

_SPREAD = 0.2
"""Standard deviation of the natural logarithm of each skill, from player to player."""

_WEAKNESSES = (
    Weakness(hurried_leap=5),
    Weakness(hurried_leap=7),
    Weakness(sharp_above=64),
    Weakness(sharp_above=60),
    Weakness(degree=2),
    Weakness(degree=4),
    Weakness(degree=6),
)


def demo_player(index: int, seed: int) -> DemoPlayer:
    """One player of a crowd.

    Parameters
    ----------
    index : from 0; the first are `DEMO_PLAYERS`
    seed : another one is another crowd
    """
    if index < len(DEMO_PLAYERS):
        return DEMO_PLAYERS[index]
    model = DEMO_PLAYERS[index % len(DEMO_PLAYERS)]
    rng = np.random.default_rng((seed, index, 0))
    talent = np.exp(rng.normal(0.0, _SPREAD, 3))
    steadiness = rng.normal(0.0, 1.0)
    days = np.clip(np.array(model.days) * rng.uniform(0.5, 1.3) + rng.normal(0.0, 0.08, 7), 0.05, 0.95)
    faster, interval = int(rng.integers(-10, 11)), int(rng.integers(0, 12))
    return DemoPlayer(
        user=User(f"demo-{index + 1:04d}"),
        first=_drawn(model.first, talent, steadiness),
        last=_drawn(model.last, talent, steadiness),
        weakness=_WEAKNESSES[rng.integers(0, len(_WEAKNESSES))],
        scales=tuple((_transposed(chosen, interval), kind) for chosen, kind in model.scales),
        tempos=(model.tempos[0] + faster, model.tempos[1] + faster),
        days=tuple(float(chance) for chance in days),
        free=float(np.clip(model.free + rng.normal(0.0, 0.1), 0.0, 0.8)),
    )


def _drawn(skill: Skill, talent: "np.typing.NDArray[np.float64]", steadiness: float) -> Skill:
    return replace(
        skill,
        cents=float(skill.cents * talent[0]),
        timing_ms=float(skill.timing_ms * talent[1]),
        wrong=float(min(skill.wrong * talent[2], 0.3)),
        quiet_db=skill.quiet_db + 2.0 * steadiness,
        hnr_db=skill.hnr_db + steadiness,
    )


def _transposed(chosen: str, semitones: int) -> str:
    tonic, mode = chosen.split()
    return f"{TONICS[(TONICS.index(tonic) + semitones) % 12]} {mode}"
