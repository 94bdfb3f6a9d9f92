from typing import Any

import panel as pn

from dashboards.parts.progress_view import ProgressView
from dashboards.parts.shell import Look
from workbench.archive import Archive


def texts(viewable: Any) -> str:
    return " ".join(str(pane.object) for pane in pn.panel(viewable).select(pn.pane.HTML))


def test_totals_the_latest_and_the_recent_sessions_are_told(own: Archive, three: list[str]) -> None:
    told = texts(ProgressView(own, Look()))
    assert '<span class="title">Sessions</span><span class="figure">3<small>' in told
    assert "26<small>minutes" in told
    assert "on 3 days" in told
    assert "no average yet: it needs 3 earlier sessions" in told
    assert all(f"sessions?session={session_id}" in told for session_id in three)
    assert "It takes 8 sessions over 3 weeks to tell a direction." in told


def test_a_filter_changes_every_figure(own: Archive, three: list[str]) -> None:
    view = ProgressView(own, Look())
    view._filters.scale = "C major"
    told = texts(view)
    assert '<span class="figure">1<small>' in told
    assert three[0] not in told
    view._filters.span = "Last 4 weeks"
    view._filters.scale = "A minor pentatonic"
    assert three[1] not in texts(view)


def test_a_filter_that_nothing_passes_says_so_and_stays_on_the_page(own: Archive, three: list[str]) -> None:
    view = ProgressView(own, Look())
    view._filters.words = "nobody wrote this"
    assert "No finished session fits" in texts(view)
    assert view._bar.visible


def test_without_sessions_the_page_says_what_to_do(own: Archive) -> None:
    view = ProgressView(own, Look())
    assert "Play your first session" in texts(view)
    assert not view._bar.visible


def test_a_demo_history_is_marked_and_its_links_lead_to_it(own: Archive, demo: str) -> None:
    told = texts(ProgressView(own, Look()))
    assert "Demo history, invented." in told
    assert f"sessions?session={demo}&amp;player=demo-ada" in told


def test_removing_the_demo_leaves_the_empty_page(own: Archive, demo: str) -> None:
    view = ProgressView(own, Look())
    next(
        found for found in pn.panel(view).select(pn.widgets.Button) if found.label == "Remove demo data"
    ).clicks += 1
    assert "Play your first session" in texts(view)
    assert "invented" not in texts(view)


def test_too_little_to_find_weak_spots_in_says_so(own: Archive, three: list[str]) -> None:
    told = texts(ProgressView(own, Look()))
    assert "Not enough notes to tell yet: it takes 200 judged notes in 4 sessions" in told
    assert "Where on the neck" in told
    assert "A streak forgives 2 missed days in a row." in told


def test_a_weak_spot_leads_to_its_practice(own: Archive, play: Any) -> None:
    # The first six of 24 notes are Fs in a scale without one, always at the same place of the run.
    for day in range(12):
        play(days=day, scale="A minor pentatonic", wrong=6)
    told = texts(ProgressView(own, Look()))
    assert "You often miss" in told
    assert 'href="practice?scale=A+Minor&amp;type=pentatonic"' in told


def test_the_scale_that_is_chosen_is_compared_whatever_its_dates(own: Archive, three: list[str]) -> None:
    view = ProgressView(own, Look())
    view._filters.scale = "C major"
    assert view._before_after.sessions["session_id"].to_list() == [three[1]]
