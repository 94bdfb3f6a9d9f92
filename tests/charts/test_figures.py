import pytest

from dsp.summary import Counts, Metric, Overall, Summary
from workbench.charts.figures import FIGURES_SCHEMA, figures, interval_words, remark, value_words


@pytest.mark.parametrize(
    ("metric", "value", "interval"),
    [
        (Metric(5.62, "cents", 4.49, 6.8, 124, 0.95), "5.6 cents off", "4.5 to 6.8"),
        (Metric(0.976, "share", 0.93, 0.99, 124, 0.976), "98 % in the scale", "93 to 99"),
        (Metric(16.3, "ms", 13.0, 19.9, 124, 0.67), "16 ms spread", "13 to 20"),
        (Metric(0.041, "step", 0.03, 0.05, 20, 0.7), "4.1 % of a step off", "3 to 5"),
        (
            Metric(0.72, "score", 0.64, 0.81, 124, 0.72, {"rest_floor_db": 31.2}),
            "31 dB above the noise",
            "score 64 to 81",
        ),
        (Metric(0.72, "score", None, None, 124, 0.72, {"rest_floor_db": None}), "score 72", None),
        (Metric(None, "cents", None, None, 0, None), None, None),
    ],
)
def test_a_value_is_told_with_its_unit_and_its_interval(
    metric: Metric, value: str | None, interval: str | None
) -> None:
    assert value_words(metric) == value
    assert interval_words(metric) == interval


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"reason": "not enough notes yet", "tuning": "includes your tuning"}, "not enough notes yet"),
        ({"below_resolution": True}, "below what the engine can tell apart"),
        ({"tuning": "includes your tuning"}, "includes your tuning"),
        ({"stray_per_100": 8.94}, "8.9 stray sounds in 100 notes"),
        ({"stray_per_100": 0.0}, ""),
        ({}, ""),
    ],
)
def test_what_must_be_known_beside_a_figure_is_said(detail: dict[str, object], words: str) -> None:
    assert remark(Metric(1.0, "cents", None, None, 9, 0.9, detail)) == words


def test_metrics_come_in_the_order_of_the_pages_and_those_off_are_left_out() -> None:
    metrics = {
        "noise_control": Metric(None, "score", None, None, 3, None, {"reason": "not enough notes yet"}),
        "pitch_accuracy": Metric(6.0, "cents", 4.0, 9.0, 64, 0.86),
    }
    table = figures(Summary(metrics, Overall(0.86, {"pitch_accuracy": 1.0}), Counts()))
    assert table.schema == FIGURES_SCHEMA
    assert table["metric"].to_list() == ["Pitch", "Noise"]
    assert table["score"].to_list() == [86, None]
    assert table["band"].to_list() == ["good", None]


def test_a_summary_without_metrics_keeps_the_types() -> None:
    assert figures(Summary({}, Overall(None, {}), Counts())).schema == FIGURES_SCHEMA
