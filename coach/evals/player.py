"""A player who never lived: how well they play, what was planted, and what a coach should aim at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from uuid import UUID

import numpy as np

from coach.advice import Focus
from coach.evals.planted.fault import Planted
from dsp.events import Note
from dsp.scales import parse_scale
from dsp.tuning import STANDARD, Tuning
from workbench.demo.players import DemoPlayer, Skill, Weakness
from workbench.demo.playing import play
from workbench.practice.goal import Goal
from workbench.user import User

Kind = Literal["plain", "mild", "strong", "thin"]

LAST_DAY = date(2026, 11, 20)
"""Everybody's newest session; "today" is the day after."""

TODAY = LAST_DAY + timedelta(days=1)

_EVERY_DAYS = 4
"""Eight sessions span four weeks: enough for a direction (`insight.trends`)."""

STRONG = Skill(cents=4.0, timing_ms=5.0, wrong=0.003, quiet_db=39.0, hnr_db=20.5)
SOLID = Skill(cents=6.0, timing_ms=7.0, wrong=0.006, quiet_db=38.0, hnr_db=20.0)
BEGINNER = Skill(cents=8.0, timing_ms=10.0, wrong=0.012, quiet_db=37.0, hnr_db=19.5)


@dataclass(frozen=True, slots=True)
class Habits:
    """What somebody plays: scales as players write them, clicks in beats a minute (None = without one)."""

    scales: tuple[str, ...] = ("A minor pentatonic",)
    tempi: tuple[float | None, ...] = (84.0, 92.0)
    notes_per_beat: int = 2
    tuning: Tuning = STANDARD
    a4_hz: float = 440.0


@dataclass(frozen=True, slots=True)
class SyntheticPlayer:
    """One player of the evaluation.

    Attributes
    ----------
    name : what is special, in words with hyphens; the user's id and the seed come from it
    planted : faults of every session, the newest included
    before : faults of the older half of the sessions only, in place of `planted`
    skill : in the newest session
    first : in the oldest one; None = as `skill`
    sessions : how many; each with `notes` events
    wanted : focus that is right at the first place; empty = the metrics of what is planted
    kind : "plain" and "mild" faults; "strong" players have none, of "thin" ones too little is known to tell
    """

    name: str
    planted: tuple[Planted, ...] = ()
    before: tuple[Planted, ...] = ()
    skill: Skill = SOLID
    first: Skill | None = None
    habits: Habits = Habits()
    sessions: int = 8
    notes: int = 100
    wanted: frozenset[Focus] = frozenset()
    kind: Kind = "plain"

    @property
    def user(self) -> User:
        """Whose sessions they are."""
        return User(f"eval-{self.name}")

    @property
    def quiet(self) -> bool:
        """The coach should name nothing to work on."""
        return self.kind in {"strong", "thin"}

    @property
    def targets(self) -> frozenset[Focus]:
        """The focus that is right at the first place."""
        if self.quiet:
            return frozenset({"none"})
        return self.wanted or frozenset(fault.metric for fault in self.planted)


@dataclass(frozen=True, slots=True)
class PlayedSession:
    """One session as an engine would have heard it."""

    session_id: UUID
    began: datetime
    goal: Goal
    notes: Sequence[Note]


@lru_cache(maxsize=16)
def practise(player: SyntheticPlayer) -> tuple[PlayedSession, ...]:
    """All sessions of a player, oldest first; the same player always plays the same."""
    return tuple(_session(player, index) for index in range(player.sessions))


def _session(player: SyntheticPlayer, index: int) -> PlayedSession:
    rng = np.random.default_rng([*player.name.encode(), index])
    habits, ago = player.habits, player.sessions - 1 - index
    bpm = habits.tempi[index % len(habits.tempi)]
    goal = Goal(
        parse_scale(habits.scales[index % len(habits.scales)]),
        a4_hz=habits.a4_hz,
        tuning=habits.tuning,
        bpm=bpm,
        notes_per_beat=habits.notes_per_beat if bpm else 1,
        click_start_s=0.0 if bpm else None,
    )
    come = 1.0 - ago / max(1, player.sessions - 1)
    skill = player.skill if player.first is None else player.first.towards(player.skill, come)
    notes: Sequence[Note] = play(_hands(player, skill), skill, goal, player.notes, rng)
    older = index < player.sessions / 2
    for fault in player.before if older and player.before else player.planted:
        notes = fault.spoil(notes, goal, rng)
    began = datetime.combine(LAST_DAY - timedelta(days=_EVERY_DAYS * ago), time(18), UTC)
    return PlayedSession(_identifier(began, rng), began, goal, notes)


def _hands(player: SyntheticPlayer, skill: Skill) -> DemoPlayer:
    """Somebody for `workbench.demo` with nothing wrong: what is wrong is planted afterwards."""
    return DemoPlayer(player.user, skill, skill, Weakness(), (), (60, 60), (1.0,) * 7, 0.0)


def _identifier(began: datetime, rng: np.random.Generator) -> UUID:
    """A UUIDv7 of that moment (RFC 9562) whose random part comes from the seed."""
    few, many = int(rng.integers(0, 2**12)), int(rng.integers(0, 2**62))
    return UUID(int=int(began.timestamp() * 1000.0) << 80 | 7 << 76 | few << 64 | 0b10 << 62 | many)
