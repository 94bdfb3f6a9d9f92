"""The frame asks nothing of any other host and speaks the player's name safely."""

import re
from importlib.resources import files

import pytest
from bokeh.embed import file_html
from bokeh.resources import INLINE

from dashboards.parts.shell import Look, Page, built, current_user, stylesheet
from workbench.store.errors import StoreError

PARTS = files("dashboards.parts")
SHIPPED = sorted(part.name for part in PARTS.iterdir() if part.name.endswith((".css", ".js", ".html")))


@pytest.mark.parametrize("name", SHIPPED)
def test_no_part_names_another_host(name: str) -> None:
    assert re.findall(r"(?:https?:)?//[\w-]+\.\w+", PARTS.joinpath(name).read_text("utf-8")) == []


def test_the_stylesheet_has_both_themes() -> None:
    css = stylesheet()
    assert ":root{--fc-font:" in css
    assert ':root[data-theme="dark"]{' in css
    assert css.count("{") == css.count("}")


def test_motion_can_be_reduced_and_focus_seen() -> None:
    css = stylesheet()
    assert "prefers-reduced-motion" in css
    assert ":focus-visible" in css


def test_the_player_of_the_settings_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_USER", "ada")
    assert current_user().id == "ada"


def test_a_name_can_not_be_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_USER", "<b>ada</b>")
    page = Page(title="Sessions", path="/sessions", body="Hello", look=Look())
    document = page.template.server_doc()
    html = file_html(
        document, INLINE, template=document.template, template_variables=document.template_variables
    )
    assert "<b>ada" not in html
    assert "&lt;b&gt;ada" in html
    assert '<a href="/sessions" aria-current="page">Sessions</a>' in html


def test_a_store_that_fails_becomes_a_sentence() -> None:
    def fail() -> object:
        raise StoreError("The database is locked by another program; close it and try again.")

    body = built(fail)
    assert "locked by another program" in body.object  # type: ignore[attr-defined]


def test_what_works_is_passed_through() -> None:
    assert built(lambda: 42) == 42
