"""What is said about scores is what the table holds."""

from collections.abc import Callable
from datetime import UTC
from typing import Any

import polars as pl

from workbench.insight.week_scores import WEEK_SCORES_SCHEMA, week_scores
from workbench.report.score_words import changes, score, verdict
from workbench.report.week import Week

Sessions = Callable[..., pl.DataFrame]


def row(**values: Any) -> dict[str, Any]:
    return {**dict.fromkeys(WEEK_SCORES_SCHEMA), "metric": "timing_stability", **values}


def history(first: float, then: float) -> list[tuple[int, dict[str, Any]]]:
    """Four sessions of the week before and four of the week, timing alone measured."""
    wobble = (0.0, 0.01, -0.01, 0.0)
    before = [(-7 + day, {"timing_stability": first + off}) for day, off in enumerate(wobble)]
    return before + [(day, {"timing_stability": then + off}) for day, off in enumerate(wobble)]


def test_a_score_has_its_band_interval_and_sessions() -> None:
    assert score(row(mean=0.58, low=0.47, high=0.68, sessions=5)) == ("58", "fair", "47 to 68, 5 sessions")
    assert score(row(mean=0.58, sessions=1)) == ("58", "fair", "1 session, no range")
    assert score(row(sessions=0))[2] == "not enough notes"


def test_the_band_is_that_of_the_figure_beside_it() -> None:
    assert score(row(mean=0.896, low=0.8, high=0.95, sessions=4))[:2] == ("90", "excellent")


def test_a_clear_change_is_told_once_with_its_figures(sessions: Sessions, week: Week) -> None:
    table = week_scores(sessions(*history(0.60, 0.75)), week.monday, UTC)
    timing = table.row(by_predicate=pl.col("metric") == "timing_stability", named=True)
    assert verdict(timing, "last") == verdict(timing, "month") == ("\u25b2", "15 better")
    low, high = (f"{100.0 * timing[name]:.0f}" for name in ("month_least", "month_most"))
    assert [said for symbol, said in changes(table) if symbol == "\u25b2"] == [
        f"Timing is 15 points better than in the four weeks before: 60 then, 75 now (by {low} to {high})."
    ]


def test_a_change_since_last_week_alone_is_told_too(sessions: Sessions, week: Week) -> None:
    usual = [(-28 + day, {"timing_stability": 0.1 + 0.2 * (day % 5)}) for day in range(14)]
    before, now = history(0.60, 0.40)[:4], history(0.60, 0.40)[4:]
    told = changes(week_scores(sessions(*usual, *before, *now), week.monday, UTC))
    assert ("\u25bc", "worse than in the week before: 60 then, 40 now") in [
        (symbol, said[said.index("worse") : said.index(" (by")]) for symbol, said in told if "(by" in said
    ]


def test_a_loss_is_told_as_plainly(sessions: Sessions, week: Week) -> None:
    table = week_scores(sessions(*history(0.75, 0.60)), week.monday, UTC)
    symbol, said = changes(table)[0]
    assert symbol == "\u25bc"
    assert said.startswith("Timing is 15 points worse than in the four weeks before: 75 then, 60 now (by ")
    low, high = (float(each) for each in said.rstrip(").").split("(by ")[1].split(" to "))
    assert 0.0 < low < 15.0 < high


def test_what_chance_explains_is_no_change(sessions: Sessions, week: Week) -> None:
    told = changes(week_scores(sessions(*history(0.60, 0.601)), week.monday, UTC))
    assert ("=", "Timing: no change from the week before that could not be chance.") in told
    assert not {"\u25b2", "\u25bc"} & {symbol for symbol, _ in told}


def test_too_little_is_said_to_be_too_little(sessions: Sessions, week: Week) -> None:
    few = history(0.1, 0.9)[2:]
    table = week_scores(sessions(*few), week.monday, UTC)
    told = changes(table)
    assert {symbol for symbol, _ in told} == {"?"}
    assert any(
        said.endswith("It takes 4 scored sessions on each side; there were 2 then and 4 now.")
        for _, said in told
    )
    assert all("not enough notes to tell" in said for _, said in told)


def test_a_first_week_hears_it_once(sessions: Sessions, week: Week) -> None:
    table = week_scores(sessions((0, {"overall": 0.8, "pitch_accuracy": 0.8})), week.monday, UTC)
    assert changes(table) == [
        (
            "?",
            "All five scores: not enough notes to tell, since the four weeks before had no session with a "
            "score.",
        )
    ]
    assert verdict(table.row(0, named=True), "last") == ("", "no score then")
