"""What the report knows beside insight."""

import json
from collections.abc import Callable
from datetime import UTC
from typing import Any

import polars as pl

from dsp.summary import Counts, Metric, Overall, Summary
from workbench.insight.weak_spots import WEAK_SPOTS_SCHEMA
from workbench.report.facts import between, spot_numbers, typical, until
from workbench.report.week import Week
from workbench.store.detail import summary_to_detail
from workbench.store.queries import ANALYSIS_SCHEMA

Sessions = Callable[..., pl.DataFrame]


def scorings(*metrics: Metric) -> pl.DataFrame:
    details = [
        summary_to_detail(Summary({"timing_stability": metric}, Overall(0.5, {}), Counts()))
        for metric in metrics
    ]
    rows = [{**dict.fromkeys(ANALYSIS_SCHEMA), "metric_detail": json.dumps(detail)} for detail in details]
    return pl.DataFrame(rows, schema=dict(ANALYSIS_SCHEMA))


def timing(value: float | None, unit: str) -> Metric:
    return Metric(value, unit, None, None, 20, None if value is None else 0.5)


def spot(**values: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(WEAK_SPOTS_SCHEMA),
        "scale_chosen": "A Minor",
        "scale_type": "natural",
        "lowest": 57,
        "highest": 72,
        **values,
    }


def test_weeks_are_cut_at_midnight_on_monday(sessions: Sessions, week: Week) -> None:
    history = sessions((-1, {}), (0, {}), (6, {}), (7, {}))
    assert between(history, week, week, UTC).height == 2
    assert between(history, week.before(4), week, UTC).height == 3
    assert until(history, week, UTC).height == 3


def test_an_unfinished_session_is_not_part_of_a_week(sessions: Sessions, week: Week) -> None:
    assert between(sessions((0, {"end_timestamp": None})), week, week, UTC).is_empty()


def test_the_typical_value_is_the_middle_one_of_the_commoner_unit() -> None:
    told = typical(scorings(timing(0.9, "step"), timing(40.0, "ms"), timing(10.0, "ms"), timing(20.0, "ms")))
    assert told == {"timing_stability": "20 ms spread"}
    assert typical(scorings(timing(None, "ms"))) == {}
    assert typical(scorings()) == {}


def test_spots_with_a_place_are_numbered_at_their_pitches() -> None:
    rows = [
        spot(kind="transition", where="up:fourth"),
        spot(kind="pitch", where="64-66", lowest=64, highest=66),
        spot(kind="degree", where="minor:5"),
        spot(kind="degree", where="minor:5", scale_chosen="My own"),
    ]
    assert spot_numbers(pl.DataFrame(rows, schema=WEAK_SPOTS_SCHEMA)) == {64: "2, 3", 65: "2", 66: "2"}
