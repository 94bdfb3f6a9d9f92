import json
from typing import Any

import panel as pn
import pytest
from bokeh.document import Document

from dashboards.parts.session_view import SessionView
from dashboards.parts.shell import Look
from workbench.archive import Archive


def texts(viewable: Any) -> str:
    """All HTML below a viewable."""
    return " ".join(str(pane.object) for pane in pn.panel(viewable).select(pn.pane.HTML))


def button(viewable: Any, name: str) -> pn.widgets.Button:
    return next(found for found in pn.panel(viewable).select(pn.widgets.Button) if found.label == name)


@pytest.fixture
def view(own: Archive, three: list[str]) -> SessionView:
    return SessionView(own, Look())


def listed(view: SessionView) -> list[str]:
    return [entry["id"] for entry in view._diary.entries]


def test_the_newest_session_is_open_at_first(view: SessionView, three: list[str]) -> None:
    assert view.opened == three[2]
    assert listed(view) == three[::-1]
    assert "Saturday 21 November 2026" in texts(view)


def test_the_address_opens_its_session(own: Archive, three: list[str]) -> None:
    view = SessionView(own, Look(), asked=three[0])
    assert view.opened == three[0]
    assert view._split.css_classes == ["picked"]


def test_an_address_that_leads_nowhere_says_so(own: Archive, three: list[str]) -> None:
    view = SessionView(own, Look(), asked="gone")
    assert "names a session that is not here" in texts(view)
    assert view.opened == three[2]


def test_a_choice_in_the_diary_opens_it(view: SessionView, three: list[str]) -> None:
    view._diary._handle_msg(three[1])
    assert view.opened == three[1]
    assert "C major" in texts(view._chosen)


def test_the_figures_are_those_that_were_stored(view: SessionView, own: Archive, three: list[str]) -> None:
    view.open(three[1])
    row = own.sessions().filter(session_id=three[1]).row(0, named=True)
    told = texts(view._chosen)
    assert f">{round(100 * row['overall'])}<small>" in told
    assert f">{round(100 * row['scale_conformity'])}<small>" in told
    assert "75 % in the scale" in told
    assert "18 right" in told
    assert "6 wrong" in told


def test_a_filter_shortens_the_list_and_leaves_the_open_session(view: SessionView, three: list[str]) -> None:
    view._filters.scale = "C major"
    assert listed(view) == [three[1]]
    assert view.opened == three[2]
    view._filters.words = "nobody wrote this"
    assert listed(view) == []
    assert "No session fits" in texts(view)


def test_a_comment_is_kept_and_listed(view: SessionView, own: Archive, three: list[str]) -> None:
    view.open(three[0])
    pn.panel(view).select(pn.widgets.TextAreaInput)[0].value = "felt <i>good</i>"
    button(view, "Save comment").clicks += 1
    assert own.sessions().filter(session_id=three[0])["comment"].item() == "felt <i>good</i>"
    assert "felt <i>good</i>" in {entry["comment"] for entry in view._diary.entries}
    assert "felt <i>" not in texts(view), "what a player wrote is no HTML"


def test_a_deleted_session_leaves_the_list_and_can_be_taken_back(view: SessionView, three: list[str]) -> None:
    button(view, "Delete session").clicks += 1
    assert listed(view) == [three[1], three[0]]
    assert view.opened == three[1]
    assert "is deleted" in texts(view)
    button(view, "Undo").clicks += 1
    assert listed(view) == three[::-1]
    assert view.opened == three[2]


def test_deleting_the_last_session_ends_in_something_to_do(own: Archive, play: Any) -> None:
    play()
    view = SessionView(own, Look())
    button(view, "Delete session").clicks += 1
    assert "Play your first session" in texts(view)
    assert button(view, "Undo").visible


def test_without_sessions_the_page_says_what_to_do(own: Archive) -> None:
    view = SessionView(own, Look())
    assert 'href="practice"' in texts(view)
    assert view.opened == ""


def test_a_demo_session_can_be_looked_at_and_not_changed(own: Archive, three: list[str], demo: str) -> None:
    view = SessionView(own, Look(), asked=demo, player="demo-ada")
    assert view.opened == demo
    names = {found.label for found in pn.panel(view).select(pn.widgets.Button)}
    assert "Delete session" not in names
    assert "Save comment" not in names


def test_another_player_is_another_list(own: Archive, three: list[str], demo: str) -> None:
    view = SessionView(own, Look())
    view._players.player = "demo-ada"
    assert listed(view) == [demo]
    assert view.opened == demo


def test_charts_take_the_colours_of_the_theme(own: Archive, three: list[str]) -> None:
    look = Look()
    view = SessionView(own, look)
    document = pn.panel(view).server_doc(Document())
    light = json.dumps(document.to_json(), default=str)
    look.dark = True
    dark = json.dumps(document.to_json(), default=str)
    assert "#0072b2" in light
    assert "#0072b2" not in dark
    assert "#56b4e9" in dark
