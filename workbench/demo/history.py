"""Weeks of made-up practice: planned cheaply, then played session by session, then stored.

Conventions
-----------
The same players, weeks, seed and last day give the same history. Sessions carry `origin_device` and
`device_type` "demo", by which they are told from real ones and removed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import numpy as np

from dsp.scales import scale_from
from workbench.demo.players import DEMO_PLAYERS, DemoPlayer
from workbench.demo.playing import play
from workbench.practice.goal import Goal
from workbench.practice.record import Heard, session_end, session_start
from workbench.store.records import DEMO_DEVICE, SessionEnd, SessionStart
from workbench.store.repository import Repository

ENGINE = {"name": "demo", "version": "demo", "made_up": True}
"""What stands where an engine would: nothing was listened to."""

_LEARNING_WEEKS = 12.0
"""Weeks after which two thirds of what can be learned is learned."""

_HOLIDAY = 0.06
"""Chance that a whole week goes by without practice."""

_RUST = 0.1
"""Share of the progress that four days off or more take away for one session."""

_SAMPLE_RATE = 48_000.0

_COMMENTS = ("slow and even", "new strings", "tired today", "with the amp", "felt easy")


@dataclass(frozen=True, slots=True)
class Plan:
    """A session that will be played: who, when, and how far they have come (0..1)."""

    player: DemoPlayer
    began: datetime
    progress: float
    seed: tuple[int, ...]


def plan_history(
    users: int = len(DEMO_PLAYERS), weeks: int = 26, seed: int = 1, until: date | None = None
) -> list[Plan]:
    """When each player practises, oldest first, player by player.

    Parameters
    ----------
    users : how many of `DEMO_PLAYERS`
    weeks : length of the history, >= 1
    seed : >= 0, another one is another history
    until : last day that may have practice; None = yesterday, so that nothing lies in the future

    Raises
    ------
    ValueError
        a number outside its range, as one sentence
    """
    _within("users", users, 1, len(DEMO_PLAYERS))
    _within("weeks", weeks, 1, 520)
    _within("seed", seed, 0, 2**32)
    last = until or datetime.now(UTC).date() - timedelta(days=1)
    first = last - timedelta(weeks=weeks) + timedelta(days=1)
    return [
        plan
        for number, player in enumerate(DEMO_PLAYERS[:users])
        for plan in _plans(player, first, last, (seed, number))
    ]


def make_history(plans: Sequence[Plan]) -> Iterator[tuple[SessionStart, SessionEnd]]:
    """Play the planned sessions, one after the other."""
    return (_session(plan) for plan in plans)


def store_history(
    repository: Repository, plans: Sequence[Plan], on_session: Callable[[], object] = lambda: None
) -> None:
    """Replace whatever demo history there is by this one.

    Parameters
    ----------
    repository : where to
    plans : from `plan_history`
    on_session : called after each session is played, for a progress bar
    """
    played: dict[str, list[tuple[SessionStart, SessionEnd]]] = {}
    for start, end in make_history(plans):
        played.setdefault(start.user.id, []).append((start, end))
        on_session()
    repository.erase_demo(player.user for player in DEMO_PLAYERS)
    for sessions in played.values():
        repository.add_finished(sessions)


def _plans(player: DemoPlayer, first: date, last: date, seed: tuple[int, ...]) -> Iterator[Plan]:
    rng = np.random.default_rng(seed)
    practised = first
    for index in range((last - first).days + 1):
        day = first + timedelta(days=index)
        if index % 7 == 0:
            holiday = index > 0 and rng.random() < _HOLIDAY
        if rng.random() >= player.days[day.weekday()] or holiday:
            continue
        learned = 1.0 - np.exp(-index / 7.0 / _LEARNING_WEEKS)
        rusty = (day - practised).days >= 4
        progress = float(np.clip(learned - _RUST * rusty + rng.normal(0.0, 0.06), 0.0, 1.0))
        hour = rng.normal(10.5 if day.weekday() >= 5 else 18.5, 1.2)
        began = datetime.combine(day, time(), UTC) + timedelta(seconds=round(3600.0 * hour))
        yield Plan(player, began, progress, (*seed, index))
        practised = day


def _session(plan: Plan) -> tuple[SessionStart, SessionEnd]:
    rng = np.random.default_rng(plan.seed)
    player = plan.player
    goal = _goal(player, plan.progress, rng)
    skill = player.first.towards(player.last, plan.progress)
    notes = play(player, skill, goal, int(rng.integers(110, 190)), rng)
    heard = Heard(notes, round((notes[-1].offset_s or 0.0) + 3.0, 3), ENGINE, _SAMPLE_RATE)
    start = session_start(
        _identifier(plan.began, rng),
        player.user,
        goal,
        device_type=DEMO_DEVICE,
        started_at=plan.began,
        origin_device=DEMO_DEVICE,
    )
    ended = plan.began + timedelta(seconds=heard.duration_s)
    comment = str(rng.choice(_COMMENTS)) if rng.random() < 0.15 else None
    return start, replace(session_end(start.session_id, goal, heard, ended), comment=comment)


def _goal(player: DemoPlayer, progress: float, rng: np.random.Generator) -> Goal:
    favourite_first = np.array([0.6, 0.25, 0.15])
    chosen, kind = player.scales[rng.choice(len(player.scales), p=favourite_first)]
    scale = scale_from(chosen, kind)
    if rng.random() < player.free:
        return Goal(scale, strictness=0.5)
    slow, fast = player.tempos
    bpm = slow + progress * (fast - slow) + rng.normal(0.0, 4.0)
    return Goal(scale, strictness=0.5, bpm=float(round(bpm / 2.0) * 2), notes_per_beat=2, click_start_s=0.0)


def _identifier(began: datetime, rng: np.random.Generator) -> UUID:
    """A UUIDv7 of that moment (RFC 9562) whose random part comes from the seed."""
    moment = int(began.timestamp() * 1000.0)
    few, many = int(rng.integers(0, 2**12)), int(rng.integers(0, 2**62))
    return UUID(int=moment << 80 | 7 << 76 | few << 64 | 0b10 << 62 | many)


def _within(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise ValueError(f"{name} goes from {low} to {high}, not {value}.")
