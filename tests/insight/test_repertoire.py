from collections.abc import Callable
from datetime import UTC, date

import polars as pl
import pytest

from workbench.insight.repertoire import KEYS_SCHEMA, SCALES_SCHEMA, keys, scales

Sessions = Callable[..., pl.DataFrame]


def some(sessions: Sessions) -> pl.DataFrame:
    return sessions(
        (0, {}),
        (1, {"scale_type": "pentatonic", "duration_seconds": 3600.0}),
        (2, {"scale_chosen": "G Major", "duration_seconds": 600.0}),
        (3, {"scale_chosen": "Q Klezmer", "duration_seconds": 1200.0}),
        (4, {"end_timestamp": None}),
    )


def test_time_is_spread_over_the_scales(sessions: Sessions) -> None:
    frame = scales(some(sessions), UTC)
    assert frame.schema == SCALES_SCHEMA
    assert frame["scale"].to_list() == ["A minor pentatonic", "A minor", "Q Klezmer natural", "G major"]
    assert frame["minutes"].to_list() == [60.0, 30.0, 20.0, 10.0]
    assert frame["share"].sum() == pytest.approx(1.0)
    assert frame["last_day"].to_list()[0] == date(2026, 3, 3)


def test_kinds_of_scale_share_their_key(sessions: Sessions) -> None:
    frame = keys(some(sessions), UTC)
    assert frame.schema == KEYS_SCHEMA
    assert frame.select("key", "sessions", "minutes").rows() == [("G", 1, 10.0), ("A", 2, 90.0)]


def test_an_empty_history_has_the_same_types(sessions: Sessions) -> None:
    assert scales(sessions()).schema == SCALES_SCHEMA
    assert keys(sessions()).schema == KEYS_SCHEMA
    assert scales(sessions()).is_empty()
    assert keys(sessions()).is_empty()
