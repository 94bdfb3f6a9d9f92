"""Where the faults lie, from counts that are easily checked by hand."""

from collections.abc import Callable
from datetime import UTC
from typing import Any

import polars as pl
import pytest

from dsp.tuning import parse_tuning
from workbench.demo.players import DEMO_PLAYERS
from workbench.insight import faults, heat
from workbench.store.queries_notes import LEAPS_SCHEMA, PITCHES_SCHEMA

Sessions = Callable[..., pl.DataFrame]


def pitches(*rows: dict[str, Any]) -> pl.DataFrame:
    counts = dict.fromkeys(("wrong", "sharp", "flat", "timed", "early", "late"), 0)
    plain = {"scale_chosen": "A Minor", "scale_type": "natural", "string": None, "fret": None, "notes": 20}
    return pl.DataFrame([{**counts, **plain, **row} for row in rows], schema=dict(PITCHES_SCHEMA))


def test_degrees_of_one_kind_of_scale_are_counted_together() -> None:
    frame = heat.by_degree(
        pitches(
            {"semitone": 57, "sharp": 4},
            {"semitone": 62, "scale_chosen": "D Minor", "flat": 1},
            {"semitone": 58, "wrong": 20},
            {"semitone": 60, "scale_type": "pentatonic"},
            {"semitone": 60, "scale_chosen": "Q Klezmer"},
        )
    )
    assert frame.schema == heat.DEGREE_SCHEMA
    told = frame.select("kind", "step", "degree", "name", "notes", "tune_share", "wrong_share").rows()
    assert told == [
        ("minor", 0, 1, "1", 40, 5 / 40, 0.0),
        ("minor", 1, None, "b2", 20, None, 1.0),
        ("minor pentatonic", 3, 2, "b3", 20, 0.0, 0.0),
    ]


def test_few_notes_give_no_share() -> None:
    row = heat.by_degree(pitches({"semitone": 57, "notes": 7, "sharp": 7})).row(0, named=True)
    assert (row["sharp"], row["tune_share"], row["tune_low"], row["beat_share"]) == (7, None, None, None)


def test_leaps_beyond_an_octave_are_one() -> None:
    rows = [(leap, 10, 1, 0, 0, 10, 2, 1) for leap in (-20, -13, 5, 12, 13)]
    frame = heat.by_interval(pl.DataFrame(rows, schema=dict(LEAPS_SCHEMA), orient="row"))
    assert frame.schema == heat.INTERVAL_SCHEMA
    assert frame.select("leap", "name", "notes").rows() == [
        (-13, "more than an octave down", 20),
        (5, "a fourth up", 10),
        (12, "an octave up", 10),
        (13, "more than an octave up", 10),
    ]
    assert frame["beat_share"].to_list() == [0.3] * 4


def test_a_pitch_stands_at_each_of_its_places_and_says_so() -> None:
    frame = heat.by_position(
        pitches({"semitone": 40}, {"semitone": 59}, {"semitone": 59, "scale_chosen": "D Minor"}), frets=12
    )
    assert frame.schema == heat.POSITION_SCHEMA
    assert frame.select("string", "fret", "name", "certain", "notes").rows() == [
        (0, 0, "E2", True, 20),
        (2, 9, "B3", False, 40),
        (3, 4, "B3", False, 40),
        (4, 0, "B3", False, 40),
    ]


def test_a_known_place_is_kept_and_one_off_the_neck_left_out() -> None:
    frame = heat.by_position(pitches({"semitone": 59, "string": 3, "fret": 4}, {"semitone": 30}))
    assert frame.select("string", "fret", "certain").rows() == [(3, 4, True)]
    assert heat.by_position(pitches({"semitone": 38}), parse_tuning("drop D"))["fret"].to_list() == [0]


def test_tempos_and_hours_count_sessions(sessions: Sessions) -> None:
    history = sessions(
        *((day, {"bpm": 90.0 + 4 * (day % 2)}) for day in range(3)), (4, {"bpm": 104.0}), (5, {})
    )
    tempo = heat.by_tempo(history)
    assert tempo.schema == heat.TEMPO_SCHEMA
    timing = tempo.filter(metric="timing_stability")
    assert timing.select("from_bpm", "to_bpm", "sessions", "minutes").rows() == [
        (90, 100, 3, 90.0),
        (100, 110, 1, 30.0),
    ]
    assert timing["mean"].to_list() == [pytest.approx(0.7), None]
    hours = heat.by_time_of_day(history, UTC)
    assert hours.schema == heat.TIME_OF_DAY_SCHEMA
    assert hours.filter(metric="overall").select("from_hour", "to_hour", "sessions").rows() == [(18, 21, 5)]


def test_nothing_is_a_typed_empty_frame(sessions: Sessions) -> None:
    leaps = pl.DataFrame(schema=dict(LEAPS_SCHEMA))
    empty = {
        heat.by_degree: (pitches(), heat.DEGREE_SCHEMA),
        heat.by_position: (pitches(), heat.POSITION_SCHEMA),
        heat.by_interval: (leaps, heat.INTERVAL_SCHEMA),
        heat.by_tempo: (sessions(), heat.TEMPO_SCHEMA),
        heat.by_time_of_day: (sessions(), heat.TIME_OF_DAY_SCHEMA),
    }
    for question, (nothing, schema) in empty.items():
        assert question(nothing).schema == schema  # type: ignore[operator]
        assert question(nothing).is_empty()  # type: ignore[operator]


def test_the_planted_leap_is_the_hottest(history: Callable[..., pl.DataFrame]) -> None:
    leaps = heat.by_interval(faults.leaps(history(DEMO_PLAYERS[0], 1)))
    enough = leaps.filter(pl.col("notes") >= 100)
    assert enough.sort("beat_share", descending=True)["leap"].to_list()[0] in {5, 7}
