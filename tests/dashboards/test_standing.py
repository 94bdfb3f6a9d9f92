import polars as pl
import pytest

from dashboards.parts.standing import directions, standing, totals_cards
from workbench.insight.history import LATEST_SCHEMA, TOTALS_SCHEMA
from workbench.insight.trends import DIRECTION_SCHEMA


def one_row(schema: pl.Schema, **values: object) -> pl.DataFrame:
    return pl.DataFrame([dict.fromkeys(schema) | values], schema=schema)


@pytest.mark.parametrize(
    ("hours", "days", "words"),
    [(0.5, 1, ("30<small>minutes", "on 1 day<")), (12.34, 9, ("12.3<small>hours", "on 9 days"))],
)
def test_totals_are_told_in_units_that_fit(hours: float, days: int, words: tuple[str, str]) -> None:
    html = totals_cards(one_row(TOTALS_SCHEMA, sessions=9, hours=hours, notes=12345, days=days, overall=0.83))
    assert all(each in html for each in words)
    assert "12,345 notes heard" in html
    assert "83<small>good" in html
    assert "not measured yet" in html


def test_the_latest_stands_beside_the_average_and_its_range() -> None:
    row = one_row(
        LATEST_SCHEMA,
        metric="pitch_accuracy",
        latest=0.9,
        average=0.8,
        low=0.76,
        high=0.84,
        difference=0.1,
        sessions=9,
    )
    html = standing(row)
    assert "Pitch 90" in html
    assert "your average 80 (76 to 84)" in html


def test_no_average_is_pretended() -> None:
    html = standing(one_row(LATEST_SCHEMA, metric="overall", latest=None, sessions=1))
    assert "no score" in html
    assert "it needs 3 earlier sessions" in html


def test_only_what_the_sessions_carry_is_called_a_direction() -> None:
    rows = [
        ("pitch_accuracy", 20, 9, 0.012, 0.004, 0.02, "improving"),
        ("timing_stability", 20, 9, 0.001, -0.004, 0.006, "steady"),
        ("noise_control", 3, 1, None, None, None, "not enough sessions to tell"),
    ]
    told = directions(pl.DataFrame(rows, schema=DIRECTION_SCHEMA, orient="row"))
    assert told == "Direction: Pitch improving (+1.2 points a week), Timing steady."
    assert "8 sessions" in directions(DIRECTION_SCHEMA.to_frame())
