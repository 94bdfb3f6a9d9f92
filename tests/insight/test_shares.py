import polars as pl
import pytest

from workbench.insight.shares import COUNTS, MIN_NOTES, SHARES, wilson, with_shares


@pytest.mark.parametrize(("count", "of"), [(0, 10), (3, 10), (10, 10), (40, 1000)])
def test_the_interval_is_wilsons(count: int, of: int) -> None:
    stats = pytest.importorskip("scipy.stats", reason="SciPy is the oracle")
    expected = stats.binomtest(count, of).proportion_ci(method="wilson")
    low, high = wilson(pl.col("count"), pl.col("of"))
    told = pl.DataFrame({"count": [count], "of": [of]}).select(low.alias("low"), high.alias("high")).row(0)
    assert told == pytest.approx((expected.low, expected.high), abs=1e-6)


def test_each_share_is_of_the_notes_it_could_be_told_of() -> None:
    counts = {"notes": 100, "wrong": 20, "sharp": 6, "flat": 2, "timed": 50, "early": 5, "late": 0}
    row = with_shares(pl.LazyFrame([counts], schema=COUNTS)).collect().row(0, named=True)
    assert (row["wrong_share"], row["tune_share"], row["beat_share"]) == (0.2, 0.1, 0.1)
    assert row["wrong_low"] < 0.2 < row["wrong_high"]


def test_below_the_limit_there_is_no_share() -> None:
    counts = [{**dict.fromkeys(COUNTS, 0), "notes": notes} for notes in (0, MIN_NOTES - 1, MIN_NOTES)]
    frame = with_shares(pl.LazyFrame(counts, schema=COUNTS)).collect()
    assert frame["wrong_share"].to_list() == [None, None, 0.0]
    assert frame.select(*SHARES).schema == pl.Schema(SHARES)
