"""What the weekly report says about scores: each as it stands, and what changed or did not."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dsp.score import band
from workbench.charts.theme import METRIC_TITLES
from workbench.insight.comparable import SCORES
from workbench.insight.compare import MIN_SESSIONS, NO_DIFFERENCE, NOT_ENOUGH
from workbench.report.plain import counted, listed, points

TITLES = {**METRIC_TITLES, "overall": "Overall"}

SYMBOLS = {"better": "\u25b2", "worse": "\u25bc", NO_DIFFERENCE: "=", NOT_ENOUGH: "?"}
"""Shape before colour, and before the words."""

PERIODS = {"month": "the four weeks before", "last": "the week before"}


def score(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """A score of the week: its figure, its band, and its interval with the number of sessions.

    Parameters
    ----------
    row : a row of `insight.week_scores.week_scores`
    """
    if row["mean"] is None:
        return "\u2013", "", "not enough notes"
    sessions = counted(row["sessions"], "session")
    span = f"{sessions}, no range" if row["low"] is None else f"{_span(row['low'], row['high'])}, {sessions}"
    shown = points(row["mean"])
    # The word is that of the figure beside it: 89.6 is shown as 90, and 90 is excellent.
    return shown, band(float(shown) / 100.0), span


def verdict(row: Mapping[str, Any], period: str) -> tuple[str, str]:
    """A change in short, with its symbol: ("\u25b2", "7 better").

    Parameters
    ----------
    row : a row of `insight.week_scores.week_scores`
    period : "last" or "month"
    """
    said, difference = row[f"{period}_verdict"], row[f"{period}_difference"]
    if row[f"{period}_sessions"] == 0:
        return "", "no score then"
    if said == NOT_ENOUGH:
        return SYMBOLS[said], "not enough notes to tell"
    if said == NO_DIFFERENCE:
        return SYMBOLS[said], "no clear change"
    return SYMBOLS[said], f"{points(abs(difference))} {said}"


def changes(scores: pl.DataFrame) -> list[tuple[str, str]]:
    """What improved and what did not: pairs of a symbol and a sentence, the clear changes first.

    Parameters
    ----------
    scores : frame of `insight.week_scores.week_scores`
    """
    rows = scores.to_dicts()
    # The week before is one of the four: without a session in any, one sentence says so for both.
    periods = PERIODS if any(row["month_sessions"] for row in rows) else {"month": PERIODS["month"]}
    # What changed against the month is not said again against the week before.
    clear = [
        (SYMBOLS[row[f"{period}_verdict"]], _changed(row, period))
        for verdict in ("better", "worse")
        for row in rows
        if (period := next((name for name in PERIODS if row[f"{name}_verdict"] == verdict), None))
    ]
    rest = [
        (SYMBOLS[said], _unchanged(alike, period, said))
        for said in (NO_DIFFERENCE, NOT_ENOUGH)
        for period in periods
        if (alike := [row for row in rows if row[f"{period}_verdict"] == said])
    ]
    return clear + rest


def _changed(row: Mapping[str, Any], period: str) -> str:
    difference, least, most = (row[f"{period}_{part}"] for part in ("difference", "least", "most"))
    sign = 1.0 if difference > 0.0 else -1.0
    low, high = sorted((sign * least, sign * most))
    return (
        f"{TITLES[row['metric']]} is {points(abs(difference))} points {row[f'{period}_verdict']} than in "
        f"{PERIODS[period]}: {points(row[f'{period}_mean'])} then, {points(row['mean'])} now "
        f"(by {points(low)} to {points(high)})."
    )


def _unchanged(rows: Sequence[Mapping[str, Any]], period: str, said: str) -> str:
    first, *others = [TITLES[row["metric"]] for row in rows]
    titles = listed([first, *(title.lower() for title in others)])
    if len(rows) == len(SCORES):
        titles = "All five scores"
    name = PERIODS[period]
    if said == NO_DIFFERENCE:
        return f"{titles}: no change from {name} that could not be chance."
    then = max(row[f"{period}_sessions"] for row in rows)
    now = max(row["sessions"] for row in rows)
    if then == 0:
        return f"{titles}: not enough notes to tell, since {name} had no session with a score."
    return (
        f"{titles}: not enough notes to tell against {name}. It takes {MIN_SESSIONS} scored sessions on each "
        f"side; there were {then} then and {now} now."
    )


def _span(low: float, high: float) -> str:
    return f"{points(low)} to {points(high)}"
