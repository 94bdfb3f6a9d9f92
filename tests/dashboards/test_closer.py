from typing import Any

import panel as pn
import polars as pl

from dashboards.parts.closer import (
    Closer,
    degree_rows,
    hour_rows,
    leap_rows,
    retention_table,
    scale_rows,
    tempo_rows,
)
from dashboards.parts.shell import Look
from workbench.archive import Archive
from workbench.charts.shares import ROWS_SCHEMA
from workbench.insight import faults, heat, repertoire, retention
from workbench.insight.scope import scope_of


def texts(viewable: Any) -> str:
    return " ".join(str(pane.object) for pane in pn.panel(viewable).select(pn.pane.HTML))


def test_nothing_is_drawn_before_it_is_opened(own: Archive, three: list[str]) -> None:
    sessions = own.sessions()
    closer = Closer(sessions, own.played(scope_of(sessions)), Look())
    assert "After days off" not in texts(closer)
    closer._card.collapsed = False
    assert "After days off" in texts(closer)
    assert "Where wrong notes land" in texts(closer)
    closer.fault = "tune"
    assert "By degree of the scale" in texts(closer)


def test_wrong_notes_are_shown_where_they_land(own: Archive, three: list[str]) -> None:
    degrees = heat.by_degree(faults.pitches(own.played(scope_of(own.sessions()))))
    wrong, tune = degree_rows(degrees, "wrong"), degree_rows(degrees, "tune")
    assert wrong.schema == tune.schema == ROWS_SCHEMA
    assert set(wrong["name"]) <= {"b2", "2", "3", "b5", "b6", "6", "7"}
    assert tune["name"].to_list() == ["1", "b3", "4", "5", "b7"]


def test_every_row_frame_has_the_schema_of_the_chart_even_when_empty(own: Archive, three: list[str]) -> None:
    sessions = own.sessions()
    for some in (sessions, sessions.clear()):
        played = own.played(scope_of(some))
        frames = [
            leap_rows(heat.by_interval(faults.leaps(played)), "beat"),
            degree_rows(heat.by_degree(faults.pitches(played)), "beat"),
            tempo_rows(heat.by_tempo(some)),
            hour_rows(heat.by_time_of_day(some)),
            scale_rows(repertoire.scales(some)),
        ]
        assert all(frame.schema == ROWS_SCHEMA for frame in frames)


def test_days_off_are_told_in_words(own: Archive, three: list[str]) -> None:
    assert "No second day of practice yet." in retention_table(retention.retention(own.sessions().clear()))
    row = {
        "metric": ["overall"], "gap": ["the next day"], "days": [1], "returns": [9], "change": [0.011],
        "low": [-0.004], "high": [0.026], "verdict": ["no change that can be told"],
    }  # fmt: skip
    assert "<td>+1.1 (-0.4 to +2.6): no change that can be told</td>" in retention_table(pl.DataFrame(row))
