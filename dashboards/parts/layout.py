"""How the pages about the past are laid out: prose, grids that wrap, a list beside what was chosen."""

from importlib.resources import files
from typing import Any

import panel as pn

PROSE_CSS = files("dashboards.parts").joinpath("prose.css").read_text("utf-8")


# Panel puts a hidden button for scrolling at the end of a column; as a child it would get a gap of its own.
NO_SCROLL_BUTTON = " .scroll-button { display: none; }"


def prose(html: str = "", **params: Any) -> pn.pane.HTML:
    """HTML in the page's own style. Whatever a player wrote must be escaped before it comes here."""
    return pn.pane.HTML(
        html, **{"stylesheets": [PROSE_CSS], "sizing_mode": "stretch_width", "margin": 0, **params}
    )


def grid(*children: Any, narrowest: int, gap: int = 12) -> pn.Column:
    """Children side by side, as many in a row as fit at `narrowest` px, all equally wide."""
    css = (
        f":host {{ display: grid !important; gap: {gap}px; align-items: start;"
        f" grid-template-columns: repeat(auto-fit, minmax(min(100%, {narrowest}px), 1fr)); }}"
        " :host > * { min-width: 0; }" + NO_SCROLL_BUTTON
    )
    return pn.Column(*children, stylesheets=[css], sizing_mode="stretch_width", margin=0)


def stack(*children: Any, gap: int = 12, **params: Any) -> pn.Column:
    """Children one under the other."""
    return pn.Column(
        *children,
        stylesheets=[f":host {{ gap: {gap}px; }}" + NO_SCROLL_BUTTON],
        **{"sizing_mode": "stretch_width", "margin": 0, **params},
    )


def sheet(*children: Any, gap: int = 12, **params: Any) -> pn.Column:
    """A surface that holds what belongs together."""
    css = (
        f":host {{ gap: {gap}px; background: var(--fc-surface); border: 1px solid var(--fc-grid);"
        " border-radius: 12px; padding: 16px; }"
        " @media (max-width: 600px) { :host { padding: 12px 8px; } }" + NO_SCROLL_BUTTON
    )
    return pn.Column(*children, stylesheets=[css], **{"sizing_mode": "stretch_width", "margin": 0, **params})


def beside(listing: Any, chosen: Any) -> pn.Column:
    """A list on the left and what was chosen on the right; a narrow screen shows one of them.

    With the CSS class "picked" the narrow screen shows what was chosen, without it the list.
    """
    listing.css_classes, chosen.css_classes = ["fc-listing"], ["fc-chosen"]
    css = """
    :host {
      display: grid !important; gap: 16px; align-items: start; grid-template-columns: 340px minmax(0, 1fr);
    }
    @media (min-width: 901px) {
      .fc-listing {
        position: sticky; top: 12px; max-height: calc(100vh - 24px); overflow-y: auto; padding-right: 8px;
      }
    }
    @media (max-width: 900px) {
      :host { grid-template-columns: minmax(0, 1fr); }
      :host(.picked) .fc-listing, :host(:not(.picked)) .fc-chosen { display: none !important; }
    }
    """
    return pn.Column(
        listing, chosen, stylesheets=[css + NO_SCROLL_BUTTON], sizing_mode="stretch_width", margin=0
    )


def on_top(*children: Any) -> pn.Column:
    """Controls that stay at the top of the window while the page scrolls."""
    css = (
        ":host { position: sticky !important; top: 0; z-index: 10; padding: 10px 0;"
        " background: var(--fc-background);"
        " border-bottom: 1px solid var(--fc-grid); }"
    )
    return pn.Column(*children, stylesheets=[css], sizing_mode="stretch_width", margin=0)


def fold(title: str, *children: Any) -> pn.Card:
    """Something that waits until it is asked for."""
    return pn.Card(*children, title=title, collapsed=True, sizing_mode="stretch_width", margin=0)
