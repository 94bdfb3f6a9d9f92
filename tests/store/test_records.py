"""Records refuse times that could be read in two ways."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from workbench.store.records import SessionEnd, SessionStart

NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001


def test_a_time_without_a_zone_is_refused(
    start: SessionStart, finish: Callable[[SessionStart], SessionEnd]
) -> None:
    with pytest.raises(ValueError, match="started_at = 2026-01-01 00:00:00 has no time zone"):
        replace(start, started_at=NAIVE)
    with pytest.raises(ValueError, match="ended_at = 2026-01-01 00:00:00 has no time zone"):
        replace(finish(start), ended_at=NAIVE)


def test_the_part_of_the_engine_is_its_analysis(
    start: SessionStart, finish: Callable[[SessionStart], SessionEnd]
) -> None:
    end = finish(start)
    assert end.analysis.summary is end.summary
    assert end.analysis.notes is end.notes
    assert (end.analysis.unique_notes, end.analysis.engine_version) == (3, "1.0")
    assert end.analysis.engine_settings == {"hop_length": 256, "gate_dbfs": -50.0}
