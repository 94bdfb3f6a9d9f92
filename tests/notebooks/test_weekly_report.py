"""The weekly report's notebook on both databases: its figures are those of insight, and it keeps secrets."""

import json
import re
from datetime import date
from html import unescape

import polars as pl
import pytest
from sqlalchemy import Engine

from workbench.demo.history import plan_history, store_history
from workbench.insight.comparable import practised
from workbench.insight.moments import moments
from workbench.insight.practice_time import daily
from workbench.insight.weak_spots import weak_spots
from workbench.insight.week_scores import week_scores
from workbench.report.facts import between, played, until
from workbench.report.note_words import moment
from workbench.report.plain import points
from workbench.report.practice_words import practice
from workbench.report.run import execute, notebook, page_of
from workbench.report.score_words import changes, score
from workbench.report.week import parse_week
from workbench.store import queries
from workbench.store.read import read
from workbench.store.repository import Repository
from workbench.user import User

ADA = User("demo-ada")
FULL, EMPTY = "2026-W44", "2026-W47"
SECRET = "open-g-tuning"
"""A password; the test's Postgres lets everybody in and SQLite has none."""


@pytest.fixture(autouse=True)
def quiet_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(notebook().parents[1]))


def fill(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six weeks of ada's practice until the 15th of November, and settings that name the database."""
    plans = plan_history(users=1, weeks=6, seed=1, until=date(2026, 11, 15))
    store_history(Repository(engine), plans)
    url = engine.url
    if url.get_backend_name() == "postgresql":
        url = url.set(password=SECRET)
    monkeypatch.setenv("FRETCOACH_DATABASE_URL", url.render_as_string(hide_password=False))
    monkeypatch.setenv("FRETCOACH_CENTRAL_URL", f"postgresql://ada:{SECRET}@127.0.0.1:1/none")


def text_of(page: str) -> str:
    """What a reader sees, in one line."""
    visible = re.sub(r"<style>.*?</style>|<svg.*?</svg>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", visible)))


def test_every_figure_is_that_of_insight_and_no_secret_is_told(
    any_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(any_engine, monkeypatch)
    ran = execute(ADA.id, FULL)
    page = page_of(ran, "a title")
    text = text_of(page)
    week = parse_week(FULL)
    past = practised(until(read(any_engine, ADA, queries.sessions()), week))
    this_week = between(past, week, week)
    assert this_week.height >= 3, "the demo has practice in this week"

    for sentence in practice(daily(past), int(this_week["total_notes_played"].sum()), week):
        assert sentence in text
    table = week_scores(past, week.monday)
    for row in table.iter_rows(named=True):
        shown = re.search(rf'<tr data-metric="{row["metric"]}">.*?</tr>', page, re.DOTALL)
        assert shown is not None
        for part in score(row):
            assert part in text_of(shown[0])
        assert f"this week {points(row['mean'])}" in shown[0]
    for _, sentence in changes(table):
        assert sentence in text
    notes = played(any_engine, ADA, this_week)
    for row in moments(notes).iter_rows(named=True):
        session = this_week.row(by_predicate=pl.col("session_id") == row["session_id"], named=True)
        assert all(sentence in text for sentence in moment(row, session))
    for spot in weak_spots(played(any_engine, ADA, between(past, week.before(4), week))).head(3)["sentence"]:
        assert spot in text
    assert "Scored by engine demo" in text
    assert page.count("<svg") == 12

    assert SECRET not in json.dumps(ran)
    assert SECRET not in page
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in page


def test_a_week_without_practice_is_short_and_kind(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(sqlite_engine, monkeypatch)
    page = page_of(execute(ADA.id, EMPTY), "a title")
    text = text_of(page)
    assert "The guitar had a week off." in text
    assert "Your last session before it:" in text
    assert "would be an easy way back in." in text
    for title in ("Scores", "Weak spots", "moment", "What improved"):
        assert title not in text
    assert page.count("<svg") == 1
    assert len(text.split()) < 130
