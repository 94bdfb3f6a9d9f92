"""The frame of every page: header, navigation, player, light or dark, the style of all controls.

A page builds its body and hands it over::

    page = Page(title="Sessions", path="/sessions", body=view)
    page.servable()

Charts that colour their marks follow `look.dark` of `Look`, one a browser tab.
"""

from collections.abc import Callable
from importlib.resources import files

import panel as pn
import param
from panel.custom import JSComponent

from dashboards.parts.controls import Controls
from workbench.charts.theme import DARK, LIGHT, css_variables
from workbench.settings import SettingsError, load_settings
from workbench.store.errors import StoreError
from workbench.user import User

LINKS = (
    ("/practice", "Practice"),
    ("/sessions", "Sessions"),
    ("/progress", "Progress"),
    ("/chat", "Coach"),
    ("/settings", "Settings"),
)
THEME_COOKIE = "fretcoach-theme"


class Look(JSComponent):
    """Tells the server how this tab looks: marks take the theme's colours, a phone gets fewer of them."""

    dark = param.Boolean(default=False, doc="the tab shows the dark theme")
    narrow = param.Boolean(default=False, doc="the window is as narrow as a phone")

    _esm = """
    export function render({ model }) {
      const read = () => {
        model.dark = document.documentElement.dataset.theme === "dark";
        // Bokeh reads the canvas colours from CSS only when it paints.
        for (const view of Bokeh.index.query((view) => "request_repaint" in view)) view.request_repaint();
      };
      const phone = matchMedia("(max-width: 800px)");
      const measure = () => { model.narrow = phone.matches };
      addEventListener("fretcoach-theme", read);
      phone.addEventListener("change", measure);
      read();
      measure();
      return document.createElement("span");
    }
    """


def new_look() -> Look:
    """A `Look` for this tab, right from the first paint on when the browser has been here before."""
    return Look(dark=pn.state.cookies.get(THEME_COOKIE) == "dark", width=0, height=0, margin=0)


def current_user() -> User:
    """Whose sessions this tab shows: who signed in, else the player of the settings."""
    return User(pn.state.user) if pn.state.user else load_settings().player()


def stylesheet() -> str:
    """CSS of the page: both palettes, then the frame."""
    own = files("dashboards.parts").joinpath("shell.css").read_text("utf-8")
    return f':root{{{css_variables(LIGHT)}}}:root[data-theme="dark"]{{{css_variables(DARK)}}}\n{own}'


def built(build: Callable[[], object]) -> object:
    """What `build` makes, or the sentence that says why a page has nothing to show."""
    try:
        return build()
    except (SettingsError, StoreError) as error:
        return pn.pane.Alert(str(error), alert_type="warning")


class Page:
    """One page in the frame.

    Parameters
    ----------
    title : what the browser tab and a screen reader say
    path : the page's own address, to mark it in the navigation
    body : any viewable
    look : the tab's `Look`, if the body already follows one
    """

    def __init__(self, *, title: str, path: str, body: object, look: Look | None = None) -> None:
        self.look = look or new_look()
        self._title = title
        parts = files("dashboards.parts")
        self.template = pn.Template(parts.joinpath("shell.html").read_text("utf-8"), design=Controls)
        self.template.add_panel("body", pn.panel(body, sizing_mode="stretch_width", margin=0))
        self.template.add_panel("look", self.look)
        variables = {
            "heading": title,
            "shell_css": stylesheet(),
            "shell_js": parts.joinpath("shell.js").read_text("utf-8"),
            "home": "/",
            "links": LINKS,
            "current": path,
            "player": current_user().id,
            "signed_in": bool(pn.state.user),
        }
        for name, value in variables.items():
            self.template.add_variable(name, value)

    def servable(self) -> None:
        """Serve this page to the tab that asked for it."""
        self.template.servable(title=f"{self._title} - FretCoach")
