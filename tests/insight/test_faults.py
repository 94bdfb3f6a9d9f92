"""The faults of notes; the counts are held against the databases' in tests/store/test_queries_notes.py."""

import polars as pl

from workbench.insight import faults
from workbench.store.queries_notes import LEAPS_SCHEMA, PITCHES_SCHEMA, PLAYED_SCHEMA


def played(*changes: dict[str, object]) -> pl.DataFrame:
    plain = {**dict.fromkeys(PLAYED_SCHEMA), "session_id": "a", "midi": 57.0, "cents": 0.0, "in_scale": True}
    rows = [{**plain, "position": i, "onset_s": 0.5 * i, **change} for i, change in enumerate(changes)]
    return pl.DataFrame(rows, schema=dict(PLAYED_SCHEMA))


def test_the_delay_of_an_input_is_nobodys_fault() -> None:
    late = played(*({"deviation_ms": 80.0 + off} for off in (-40.0, 0.0, 0.0, 40.0)))
    marked = faults.with_faults(late)
    assert marked["off_ms"].to_list() == [-40.0, 0.0, 0.0, 40.0]
    assert marked["early"].to_list() == [True, False, False, False]
    assert marked["late"].to_list() == [False, False, False, True]


def test_each_session_has_its_own_mean_and_its_own_first_note() -> None:
    two = played({"deviation_ms": 100.0}, {"deviation_ms": 100.0, "session_id": "b", "midi": 60.0})
    marked = faults.with_faults(two)
    assert marked["off_ms"].to_list() == [0.0, 0.0]
    assert marked["leap"].to_list() == [None, None]


def test_an_unjudged_event_moves_no_mean_and_hides_the_leap() -> None:
    events = played({"deviation_ms": 0.0}, {"in_scale": None, "deviation_ms": 500.0}, {"deviation_ms": 0.0})
    marked = faults.with_faults(events)
    assert marked["off_ms"].to_list() == [0.0, 0.0]
    assert marked["leap"].to_list() == [None, None]


def test_nothing_is_a_typed_empty_frame() -> None:
    assert faults.with_faults(played()).schema == faults.FAULTS_SCHEMA
    assert faults.pitches(played()).schema == pl.Schema(PITCHES_SCHEMA)
    assert faults.leaps(played()).schema == pl.Schema(LEAPS_SCHEMA)
