"""Only like is compared with like."""

from collections.abc import Callable

import polars as pl

from workbench.insight.comparable import comparable, with_same_parts

Sessions = Callable[..., pl.DataFrame]


def ids(frame: pl.DataFrame) -> list[str]:
    return frame["session_id"].to_list()


def test_a_running_session_is_left_out(sessions: Sessions) -> None:
    assert ids(comparable(sessions((0, {"end_timestamp": None, "engine_version": None}), (1, {})))) == [
        "session 1"
    ]


def test_the_prototype_is_left_out_even_alone(sessions: Sessions) -> None:
    prototype = {"engine_version": "fretcoach-prototype"}
    assert ids(comparable(sessions((0, prototype), (1, {}), (2, prototype)))) == ["session 1"]
    assert ids(comparable(sessions((0, prototype)))) == []


def test_the_demo_counts_until_somebody_plays(sessions: Sessions) -> None:
    demo = {"device_type": "demo"}
    assert ids(comparable(sessions((0, demo), (1, demo)))) == ["session 0", "session 1"]
    assert ids(comparable(sessions((0, demo), (1, {}), (2, demo)))) == ["session 1"]


def test_another_generation_of_the_engine_is_left_out(sessions: Sessions) -> None:
    history = sessions(
        (0, {"engine_version": "1.9"}), (1, {"engine_version": "2.0"}), (2, {"engine_version": "2.1"})
    )
    assert ids(comparable(history)) == ["session 1", "session 2"]


def test_columns_and_order_of_time_stay(sessions: Sessions) -> None:
    history = sessions((3, {}), (1, {}))
    assert comparable(history).schema == history.schema
    assert ids(comparable(history)) == ["session 1", "session 0"]


def test_an_overall_of_other_parts_is_left_out(sessions: Sessions) -> None:
    no_timing = {"timing_stability": None}
    assert ids(with_same_parts(sessions((0, {}), (1, no_timing), (2, {})))) == ["session 0", "session 2"]
    assert ids(with_same_parts(sessions((0, {}), (1, no_timing)))) == ["session 1"]
    assert ids(with_same_parts(sessions((0, {}), (1, {"overall": None})))) == ["session 0"]
