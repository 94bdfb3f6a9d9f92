"""The parts of the page: nothing where there is nothing, and a player's words are never markup."""

from collections.abc import Callable
from datetime import UTC, date

import polars as pl
import pytest

from workbench.insight.heat import POSITION_SCHEMA
from workbench.insight.history import diary
from workbench.insight.moments import moments
from workbench.insight.practice_time import daily
from workbench.insight.streaks import streaks
from workbench.insight.weak_spots import EVIDENCE_SCHEMA, WEAK_SPOTS_SCHEMA
from workbench.insight.week_scores import week_scores
from workbench.report import sections
from workbench.report.sections import NOTHING
from workbench.report.week import Week
from workbench.store.queries import ANALYSIS_SCHEMA
from workbench.store.queries_notes import PLAYED_SCHEMA

Sessions = Callable[..., pl.DataFrame]

HOSTILE = "<script>alert('ada')</script>\"}body{display:none}"
NO_NOTES = pl.DataFrame(schema=dict(PLAYED_SCHEMA))
NO_SCORINGS = pl.DataFrame(schema=dict(ANALYSIS_SCHEMA))


def test_a_week_without_sessions_shows_time_alone(sessions: Sessions, week: Week) -> None:
    past, nothing = sessions((-10, {})), sessions()
    time = sections.practice(daily(past, UTC), streaks(past, week.sunday, UTC), past, week, date(2027, 1, 1))
    assert "a week off" in time.html
    assert "<svg" in time.html
    scores = week_scores(past, week.monday, UTC)
    assert sections.scores(scores, nothing, NO_SCORINGS) == NOTHING
    assert sections.changes(scores, nothing) == NOTHING
    assert sections.moments(moments(NO_NOTES), NO_NOTES, nothing) == NOTHING
    assert sections.diary(diary(nothing)) == NOTHING


def test_sessions_without_a_score_say_so(sessions: Sessions, week: Week) -> None:
    played = sessions((0, {}))
    part = sections.scores(week_scores(played, week.monday, UTC), played, NO_SCORINGS)
    assert "No session of this week had enough notes for a score." in part.html
    found = sections.moments(moments(NO_NOTES), NO_NOTES, played)
    assert "No four clean notes came in a row this week." in found.html
    assert "never three faults within twelve notes" in found.html


@pytest.mark.parametrize("name", ["head", "style", "diary", "practice"])
def test_names_scales_and_comments_are_text(sessions: Sessions, week: Week, name: str) -> None:
    own = {"comment": HOSTILE, "scale_chosen": HOSTILE, "scale_type": HOSTILE}
    played = sessions((0, own))
    past = sessions((-8, own))
    parts = {
        "head": lambda: sections.head(HOSTILE, week, week.sunday, played),
        "style": lambda: sections.style(HOSTILE, week),
        "diary": lambda: sections.diary(diary(played)),
        "practice": lambda: sections.practice(
            daily(past), streaks(past, week.sunday), past, week, date(2027, 1, 1)
        ),
    }
    html = parts[name]().html
    assert "<script" not in html
    assert name != "style" or "}body{" not in html
    assert "alert" in html


def test_a_demo_and_a_running_week_are_named(sessions: Sessions, week: Week) -> None:
    demo = sessions((0, {"device_type": "demo"}))
    assert "made up" in sections.head("ada", week, date(2027, 1, 1), demo).html
    assert "is not over" in sections.head("ada", week, week.sunday, sessions((0, {}))).html
    assert "remark" not in sections.head("ada", week, date(2027, 1, 1), sessions((0, {}))).html


def test_a_long_diary_says_how_much_is_left_out(sessions: Sessions) -> None:
    part = sections.diary(diary(sessions(*((day % 7, {}) for day in range(15)))))
    assert part.html.count("<tr>") == 1 + sections.MOST_SESSIONS
    assert "and 8 more sessions." in part.html


def test_without_notes_there_are_no_weak_spots() -> None:
    evidence = pl.DataFrame([(0, 0, False)], schema=EVIDENCE_SCHEMA, orient="row")
    part = sections.weak_spots(WEAK_SPOTS_SCHEMA.to_frame(), evidence, POSITION_SCHEMA.to_frame())
    assert part == NOTHING


def test_no_part_fetches_anything(sessions: Sessions, week: Week) -> None:
    html = sections.style("ada", week).html + sections.head("ada", week, week.sunday, sessions((0, {}))).html
    for word in ("http:", "https:", "<link", "@import", "url("):
        assert word not in html
