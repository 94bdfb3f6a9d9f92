"""A chart on a page: drawn again in the other colours when the theme changes."""

from collections.abc import Callable
from typing import Any

import holoviews as hv
import panel as pn

from dashboards.parts.shell import Look


def drawn(draw: Callable[[bool], Any], look: Look) -> Any:
    """The element that `draw` gives for dark or light.

    A layout is shown as one pane for each of its charts: inside a grid of Bokeh the frames would not follow
    the width of the page.
    """

    def panes(dark: bool) -> pn.Column:
        element = draw(dark)
        parts = list(element) if isinstance(element, hv.Layout) else [element]
        return pn.Column(*map(_pane, parts), sizing_mode="stretch_width", margin=0)

    return pn.panel(pn.bind(panes, look.param.dark), sizing_mode="stretch_width", margin=0)


def _pane(element: Any) -> pn.pane.HoloViews:
    return pn.pane.HoloViews(element, linked_axes=False, sizing_mode="stretch_width", margin=0)
