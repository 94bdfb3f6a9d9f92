"""The end of the report: sessions in rows, settings and engine."""

from collections.abc import Callable
from datetime import UTC

import polars as pl

from workbench.insight.history import diary
from workbench.report.facts import Conditions, conditions
from workbench.report.foot_words import DIARY_COLUMNS, diary_cells, settings
from workbench.store.queries import ANALYSIS_SCHEMA

Sessions = Callable[..., pl.DataFrame]


def test_a_session_fills_a_row(sessions: Sessions) -> None:
    row = diary(sessions((1, {"overall": 0.86, "comment": "new <b>strings</b>"})), UTC).row(0, named=True)
    cells = diary_cells(row, UTC)
    assert cells == ["Tue 27 Oct, 12:00", "A minor", "30", "90", "6", "4", "86", "new <b>strings</b>"]
    assert len(cells) == len(DIARY_COLUMNS)


def test_settings_and_engine_are_named(sessions: Sessions) -> None:
    played = sessions((0, {}), (1, {"engine_version": "2.1", "strictness": 0.8}))
    engine = '{"sample_rate": 44100.0, "hop_s": 0.005, "patience_s": 0.04}'
    scorings = pl.DataFrame(
        [
            {
                **dict.fromkeys(ANALYSIS_SCHEMA),
                "settings": engine,
            }
        ],
        schema=dict(ANALYSIS_SCHEMA),
    )
    first, rules = settings(conditions(played, scorings))
    assert first == (
        "Scored by engine 2.0 and 2.1 (sound at 44.1 kHz, looked at every 5.0 ms, 40 ms of patience for a "
        "pitch). A4 at 440 Hz, input delay 12.5 ms, strictness 0.5 and 0.8 and sensitivity 0.5, which change "
        "no stored score."
    )
    assert "95 % interval" in rules
    assert " Made by FretCoach " in rules


def test_a_week_without_sessions_rests_on_nothing() -> None:
    assert len(settings(Conditions((), (), (), (), (), {}))) == 1
