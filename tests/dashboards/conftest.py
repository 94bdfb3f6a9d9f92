"""A player with three sessions, a demo player with one, and the pages' engine pointed at them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from dsp.events import Note
from dsp.metrics import summarize
from dsp.scales import parse_scale
from workbench.archive import Archive
from workbench.store.columns import new_id
from workbench.store.records import DeviceType, SessionEnd, SessionStart, StoredNote
from workbench.store.repository import Repository
from workbench.user import User

ADA, DEMO = User("ada"), User("demo-ada")
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)

Play = Callable[..., str]


def session(
    user: User,
    began: datetime,
    scale_name: str,
    *,
    minutes: float,
    wrong: int,
    comment: str | None,
    origin: str,
) -> tuple[SessionStart, SessionEnd]:
    """Twenty-four notes up and down a scale; the first `wrong` of them a semitone off."""
    scale = parse_scale(scale_name)
    tones = [midi for midi in range(52, 80) if scale.contains(midi)][:12]
    pitches = [*tones, *reversed(tones)]
    outside = next(midi for midi in range(52, 64) if not scale.contains(midi))
    played = [outside if index < wrong else midi for index, midi in enumerate(pitches)]
    notes = [
        Note(
            number=index,
            onset_s=0.5 * index,
            reported_s=0.5 * index + 0.04,
            midi=midi + 0.05,
            confidence=0.9,
            level_dbfs=-20.0,
            offset_s=0.5 * index + 0.4,
            steady_midi=midi + 0.05,
        )
        for index, midi in enumerate(played)
    ]
    stored = tuple(
        StoredNote(n.number, n.onset_s, 0.4, n.pitch, 5.0, -20.0, 0.9, scale.contains(n.pitch or 0.0), "pick")
        for n in notes
    )
    device: DeviceType = "demo" if origin == "demo" else "take"
    start = SessionStart(
        new_id(), user, began, scale.chosen, scale.type, device_type=device, origin_device=origin
    )
    end = SessionEnd(
        start.session_id,
        began + timedelta(minutes=minutes),
        60.0 * minutes,
        summarize(notes, scale=scale),
        stored,
        unique_notes=len(set(played)),
        engine_version="fretcoach-1.0",
        comment=comment,
    )
    return start, end


@pytest.fixture
def play(sqlite_engine: Engine) -> Play:
    """Store a finished session; gives its id."""

    def add(
        user: User = ADA,
        days: int = 0,
        scale: str = "A minor pentatonic",
        *,
        minutes: float = 5.0,
        wrong: int = 0,
        comment: str | None = None,
        origin: str = "laptop",
    ) -> str:
        pair = session(
            user,
            NOON + timedelta(days=days),
            scale,
            minutes=minutes,
            wrong=wrong,
            comment=comment,
            origin=origin,
        )
        Repository(sqlite_engine).add_finished([pair])
        return str(pair[0].session_id)

    return add


@pytest.fixture
def three(play: Play) -> list[str]:
    """Ids of three sessions, oldest first: a clean one, a long one with wrong notes, one with a comment."""
    return [
        play(days=0),
        play(days=1, scale="C major", minutes=20.0, wrong=6),
        play(
            days=3, scale="A minor pentatonic", minutes=1.0, wrong=2, comment="Slow bends, <b>wrist</b> loose"
        ),
    ]


@pytest.fixture
def own(sqlite_engine: Engine) -> Archive:
    """The archive of the player who looks."""
    return Archive(ADA, sqlite_engine)


@pytest.fixture
def demo(play: Play) -> str:
    """Id of a made-up session of a demo player."""
    return play(DEMO, origin="demo")
