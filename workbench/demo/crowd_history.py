"""Made-up histories of any number of players, as frames of the store's own tables: thirty million notes, say.

Sessions are played and scored a player at a time (`ensemble`, `tally`) and stored in bulk, a transaction for
each player.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sqlalchemy import Engine, Table, select

from dsp.scales import scale_from
from dsp.summary import METRICS
from dsp.tuning import STANDARD
from workbench.demo.crowd import demo_player
from workbench.demo.diary import Diary, keep_diary
from workbench.demo.ensemble import Takes, play_all
from workbench.demo.players import DEMO_PLAYERS, DemoPlayer
from workbench.demo.playing import KINDS
from workbench.demo.tally import tally
from workbench.store.bulk import insert_new
from workbench.store.records import DEMO_DEVICE
from workbench.store.schema import AnalysisRow, NoteRow, SessionRow
from workbench.store.transaction import transaction
from workbench.user import User

ENGINE_VERSION = "demo"

_FEWEST, _MOST = 110, 190
"""Note events of a session where nobody asks for a number."""

_TAIL_S = 3.0
"""A session goes on for a moment after the last note."""

_COMMENTS = pl.Series(["slow and even", "new strings", "tired today", "with the amp", "felt easy"])
_COMMENTED = 0.15

Ints = NDArray[np.int64]


class History(NamedTuple):
    """All of one player, as `bulk.insert_new` takes it."""

    user: User
    sessions: pl.DataFrame
    analyses: pl.DataFrame
    notes: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Crowd:
    """How much is made up.

    Attributes
    ----------
    players : range of players, the first three are the named ones
    first, last : days that may have practice
    sessions : of each player; None = as their habits bring
    notes : of each session; None = some 150
    seed : another one is another crowd
    """

    players: range
    first: date
    last: date
    sessions: int | None = None
    notes: int | None = None
    seed: int = 1

    def histories(self) -> Iterator[History]:
        """Player by player; the same crowd gives the same histories."""
        for index in self.players:
            rng = np.random.default_rng((self.seed, index, 1))
            player = demo_player(index, self.seed)
            diary = keep_diary(player, self.first, self.last, self.sessions, rng)
            size = diary.began.size
            counts = rng.integers(_FEWEST, _MOST, size) if self.notes is None else np.full(size, self.notes)
            yield _history(player, diary, play_all(player, diary.progress, counts, rng), rng)


def store_crowd(engine: Engine, crowd: Crowd, on_player: Callable[[], object] = lambda: None) -> int:
    """Store a crowd, each player in one transaction; what is there already stays.

    Parameters
    ----------
    on_player : called after each player, for a progress bar

    Returns
    -------
    number of sessions that are new
    """
    made = 0
    for history in crowd.histories():
        with transaction(engine, history.user) as connection:
            for model, rows in (
                (SessionRow, history.sessions),
                (AnalysisRow, history.analyses),
                (NoteRow, history.notes),
            ):
                table = model.__table__
                assert isinstance(table, Table)
                inserted = insert_new(connection, table, rows)
                made += inserted if model is SessionRow else 0
        on_player()
    return made


def stored_players(engine: Engine) -> list[User]:
    """The made-up players whose sessions are in the store, the named ones first, none left out.

    A crowd is stored in order, so the first one who is missing ends it; remove the last ones first to keep
    it so.
    """
    named = [player.user for player in DEMO_PLAYERS]
    crowd = (demo_player(index, 0).user for index in count(len(DEMO_PLAYERS)))
    return named + list(takewhile(lambda user: _has_sessions(engine, user), crowd))


def _has_sessions(engine: Engine, user: User) -> bool:
    made_up = (SessionRow.origin_device == DEMO_DEVICE, SessionRow.device_type == DEMO_DEVICE)
    one = select(SessionRow.session_id).where(SessionRow.user_id == user.id, *made_up).limit(1)
    with transaction(engine, user) as connection:
        return connection.execute(one).first() is not None


def _history(player: DemoPlayer, diary: Diary, takes: Takes, rng: np.random.Generator) -> History:
    scores, detail = tally(takes)
    last = np.where(takes.played, takes.onset + takes.duration, 0.0).max(axis=1, initial=0.0)
    duration = np.round(last + _TAIL_S, 3)
    ended = diary.began + (1e6 * duration).astype(np.int64)
    sessions = pl.DataFrame(
        {
            "session_id": identifiers(diary.began, rng),
            "current_analysis_id": identifiers(ended, rng),
            "start_timestamp": _times(diary.began),
            "end_timestamp": _times(ended),
            **_scales(player, takes),
            **scores.to_dict(),
            "duration_seconds": duration,
            "bpm": pl.Series(takes.bpm).fill_nan(None),
            "comment": _comments(ended.size, rng),
        }
    ).with_columns(
        user_id=pl.lit(player.user.id),
        strictness=0.5,
        sensitivity=0.5,
        a4_hz=440.0,
        latency_ms=0.0,
        enabled_metrics=pl.lit(json.dumps(sorted(METRICS))),
        device_type=pl.lit(DEMO_DEVICE),
        origin_device=pl.lit(DEMO_DEVICE),
        ambient_lighting_used=False,
    )
    owners = sessions.select("session_id", "user_id", analysis_id="current_analysis_id")
    analyses = owners.with_columns(
        sessions["end_timestamp"].alias("created_at"),
        _settings(player, takes).alias("settings"),
        detail.alias("metric_detail"),
        engine_version=pl.lit(ENGINE_VERSION),
    )
    return History(player.user, sessions, analyses, _notes(takes, owners))


def _comments(sessions: int, rng: np.random.Generator) -> pl.Series:
    spoken = rng.integers(0, _COMMENTS.len(), sessions)
    return _COMMENTS.gather(spoken).set(pl.Series(rng.random(sessions) >= _COMMENTED), None)


def identifiers(moments: Ints, rng: np.random.Generator) -> pl.Series:
    """A UUIDv7 (RFC 9562) of each moment (microseconds since 1970), random part by seed; as text."""
    high = (moments // 1000).astype(np.uint64) << np.uint64(16) | np.uint64(7 << 12)
    high |= rng.integers(0, 2**12, moments.size, dtype=np.uint64)
    low = rng.integers(0, 2**62, moments.size, dtype=np.uint64) | np.uint64(1 << 63)
    digits = np.column_stack([high, low]).astype(">u8").tobytes().hex()
    texts = [digits[at : at + 32] for at in range(0, len(digits), 32)]
    return pl.Series([f"{t[:8]}-{t[8:12]}-{t[12:16]}-{t[16:20]}-{t[20:]}" for t in texts], dtype=pl.String)


def _times(moments: Ints) -> pl.Series:
    return pl.Series(moments).cast(pl.Datetime("us", "UTC"))


def _scales(player: DemoPlayer, takes: Takes) -> dict[str, pl.Series]:
    chosen, kind = (pl.Series(column, dtype=pl.String) for column in zip(*player.scales, strict=True))
    return {"scale_chosen": chosen.gather(takes.scale), "scale_type": kind.gather(takes.scale)}


def _settings(player: DemoPlayer, takes: Takes) -> pl.Series:
    texts = [
        json.dumps(
            {
                "name": ENGINE_VERSION,
                "version": ENGINE_VERSION,
                "made_up": True,
                "tuning": list(STANDARD.strings),
                "scale": scale_from(chosen, kind).name,
                "notes_per_beat": 1 if free else 2,
                "click_start_s": None if free else 0.0,
                "pauses_s": [],
            }
        )
        for chosen, kind in player.scales
        for free in (False, True)
    ]
    return pl.Series(texts).gather(2 * takes.scale + np.isnan(takes.bpm))


def _notes(takes: Takes, owners: pl.DataFrame) -> pl.DataFrame:
    row, position = np.nonzero(takes.played)
    judged = takes.judged[row, position]
    pitch = takes.pitch[row, position]
    semitone = np.rint(pitch).astype(np.int64)
    kinds = pl.Series([*KINDS, "pick"], dtype=pl.String)
    string, fret = (pl.Series(column, dtype=pl.Int64) for column in zip(*_only_places(), strict=True))
    of_pitch = {
        "midi": pitch,
        "cents": 100.0 * (pitch - semitone),
        "in_scale": takes.inside[row, position],
        "deviation_ms": takes.late_ms[row, position],
        "string": string.gather(semitone),
        "fret": fret.gather(semitone),
    }
    heard = {
        "position": position,
        "onset_s": takes.onset[row, position],
        "duration_s": takes.duration[row, position],
        "level_dbfs": takes.level[row, position],
        "confidence": takes.confidence[row, position],
        "articulation": kinds.gather(np.where(judged, len(KINDS), takes.kind[row, position])),
    }
    judgements = pl.DataFrame(of_pitch).select(pl.when(pl.Series(judged)).then(pl.all()))
    return pl.concat([owners[row], pl.DataFrame(heard), judgements], how="horizontal")


def _only_places() -> list[tuple[int | None, int | None]]:
    """Of each MIDI number: string and fret where the tuning leaves no choice."""
    places = [STANDARD.positions(midi) for midi in range(128)]
    return [place[0] if len(place) == 1 else (None, None) for place in places]
