"""Frames made by hand, and what the charts of accuracy draw of them."""

import numpy as np
import polars as pl
import pytest
from bokeh.models import GlyphRenderer, Span

from workbench.charts.accuracy import (
    cents_by_pitch,
    f1_by_group,
    latency,
    onset_error,
    reliability,
    risk_coverage,
)

GROUPS = pl.DataFrame(
    {
        "group": ["no notes", "solos", "single notes", "polyphonic", "all"],
        "takes": [1, 6, 1, 4, 12],
        "played": [0, 185, 1, 243, 186],
        "f1": [None, 0.85, 1.0, 0.3, 0.97],
        "f1_low": [None, 0.8, None, 0.1, 0.95],
        "f1_high": [None, 0.9, None, 0.5, 0.99],
    }
)
BINS = pl.DataFrame(
    {
        "n": [4, 900],
        "confidence": [0.4, 0.96],
        "right": [0.5, 0.99],
        "right_low": [0.2, 0.98],
        "right_high": [0.8, 1.0],
    }
)


@pytest.fixture
def notes():
    """Four right notes: the first low and late, the last out of tune and far off in time."""
    return pl.DataFrame(
        {
            "take": ["a"] * 4,
            "group": ["other"] * 4,
            "midi": [40.0, 57.0, 60.0, 64.0],
            "onset_s": [0.5, 1.0, 1.5, 2.0],
            "latency_ms": [41.0, 22.0, 23.0, 300.0],
            "onset_error_ms": [1.0, 1.0, 2.0, 90.0],
            "onset_within_take_ms": [-0.4, -0.4, 0.6, 88.6],
            "cents": [-3.0, 1.0, 2.0, 48.0],
            "confidence": [0.9] * 4,
        }
    )


def lines(plot):
    return sorted(span.location for span in plot.select({"type": Span}))


def test_groups_that_can_be_compared_stand_one_under_the_other(figure_of, columns_of):
    plot = figure_of(f1_by_group(GROUPS))
    points = columns_of(plot, "head", "value")
    assert points["head"] == ["all", "single notes", "solos"]
    assert points["value"] == ["F1 0.970 (0.950 to 0.990)", "F1 1.000", "F1 0.850 (0.800 to 0.900)"]
    assert plot.x_range.start < 0.8


def test_a_bin_stands_at_its_mean_confidence_with_its_interval(figure_of, columns_of):
    plot = figure_of(reliability(BINS))
    points = columns_of(plot, "head", "value", "many", "size")
    assert points["value"] == ["right 50.0 %", "right 99.0 %"]
    assert points["many"] == ["4 events", "900 events"]
    assert points["size"][0] < points["size"][1]
    spans = columns_of(plot, "right", "right_to")
    assert (spans["right"], spans["right_to"]) == ([0.2, 0.98], [0.8, 1.0])


def test_the_curve_begins_at_no_coverage_and_names_its_end(figure_of, columns_of):
    plot = figure_of(risk_coverage(pl.DataFrame({"coverage": [0.5, 1.0], "risk": [0.01, 0.025]})))
    assert columns_of(plot, "coverage")["coverage"] == [0.0, 50.0, 100.0]
    assert "2.5 % wrong" in plot.title.text


def test_latency_tells_low_notes_apart_and_counts_the_late_ones(notes, figure_of):
    plot = figure_of(latency(notes))
    counted = {}
    for renderer in plot.select({"type": GlyphRenderer}):
        data = renderer.data_source.data
        if "many" in data:
            label = data["many"][0].split(" notes ")[1]
            counted[label] = np.subtract(data["notes_to"], data["notes"])
    assert counted["E2 to A2"].sum() == 1
    assert counted["above A2"].sum() == 3
    assert counted["above A2"][-1] == 1, "the note after 300 ms is in the last bar"
    assert [item.label.value for item in plot.legend[0].items] == ["E2 to A2", "above A2"]
    assert lines(plot) == [pytest.approx(32.0), pytest.approx(np.percentile([41, 22, 23, 300], 95))]


def test_onset_errors_are_those_within_takes(notes, figure_of, columns_of):
    plot = figure_of(onset_error(notes, 0.7))
    bars = columns_of(plot, "what", "notes_to")
    assert sum(bars["notes_to"]) == 4
    assert bars["notes_to"][-1] == 1
    assert lines(plot) == [-0.7, 0.7]
    assert "0.7 ms" in plot.title.text


def test_cents_stand_over_the_pitch(notes, figure_of, columns_of):
    plot = figure_of(cents_by_pitch(notes))
    points = columns_of(plot, "pitch", "cents", "head", "take")
    assert (points["pitch"], points["cents"]) == ([40, 57, 60, 64], [-3, 1, 2, 48])
    assert points["head"][0] == "E2 -3.0 cents"
    assert points["take"][3] == "a at 2.00 s"


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_to_show_is_said(notes, figure_of, dark):
    none = notes.clear()
    for element in (
        latency(none, dark=dark),
        onset_error(none, None, dark=dark),
        onset_error(notes, None, dark=dark),
        cents_by_pitch(none, dark=dark),
        f1_by_group(GROUPS.head(1), dark=dark),
    ):
        assert "No right note" in str([r.data_source.data for r in figure_of(element).renderers])
