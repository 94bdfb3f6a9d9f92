from datetime import date
from typing import Any

import panel as pn
import polars as pl
import pytest

from dashboards.parts import before_after
from dashboards.parts.before_after import MONTHS, OWN, TAKES, WEEKS, BeforeAfter
from workbench.archive import Archive
from workbench.insight.scope import scope_of


@pytest.fixture
def view(own: Archive, three: list[str], monkeypatch: pytest.MonkeyPatch) -> BeforeAfter:
    """Over three sessions on the 18th, 19th and 21st of November 2026, looked at on the 30th."""
    monkeypatch.setattr(before_after, "today", lambda: date(2026, 11, 30))
    made = BeforeAfter(lambda sessions: own.played(scope_of(sessions)))
    made.sessions = own.sessions()
    return made


def said(view: BeforeAfter) -> str:
    return " ".join(str(pane.object) for pane in pn.panel(view).select(pn.pane.HTML))


def test_few_sessions_are_not_judged(view: BeforeAfter) -> None:
    assert view.choice == MONTHS
    told = said(view)
    assert "1 Nov to 30 Nov 2026 against 1 Oct to 31 Oct 2026: 3 against 0 sessions." in told
    assert told.count("? not enough to tell") == 5


def test_weeks_and_own_periods(view: BeforeAfter) -> None:
    view.choice = WEEKS
    assert "3 Nov to 30 Nov 2026 against 6 Oct to 2 Nov 2026: 3 against 0 sessions." in said(view)
    view.choice = OWN
    assert "Choose the days of both periods." in said(view)
    view.before, view.after = (
        (date(2026, 11, 18), date(2026, 11, 19)),
        (date(2026, 11, 20), date(2026, 11, 30)),
    )
    assert "20 Nov to 30 Nov 2026 against 18 Nov to 19 Nov 2026: 1 against 2 sessions." in said(view)


def test_two_takes_in_blocks(view: BeforeAfter) -> None:
    view.choice = TAKES
    told = said(view)
    assert "it tells about these two takes: 1 against 1 blocks." in told
    assert "ms off the beat" in told


def test_one_session_has_none_before_it(view: BeforeAfter) -> None:
    view.choice = TAKES
    view.sessions = view.sessions.head(1)
    assert "There is only one session so far." in said(view)


def test_marks_and_words_stand_for_the_verdicts(monkeypatch: pytest.MonkeyPatch) -> None:
    row: dict[str, Any] = {
        "metric": "overall", "before": 0.7, "after": 0.8, "difference": 0.1, "low": 0.05, "high": 0.15,
        "p": 0.01, "before_n": 6, "after_n": 7, "verdict": "better",
    }  # fmt: skip
    table = before_after._table(pl.DataFrame([row]), "now against then", "sessions", scores=True)
    assert "<td>+10 (+5 to +15)</td><td>▲ better</td>" in table
    assert "Now against then: 7 against 6 sessions." in table
