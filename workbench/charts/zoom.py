"""Looking closer: a chart whose time axis follows a window on a strip below it."""

from typing import Any

import holoviews as hv
from bokeh.models import RangeTool, WheelZoomTool

from workbench.charts.theme import Palette


def zoomed_by(chart: Any, strip: Any, colours: Palette) -> Any:
    """The chart over its strip; a window on the strip says what the chart shows.

    The window is dragged, and its ends are pulled; in the chart Ctrl with the wheel, or a pinch, zooms. A
    wheel alone, or a finger that is drawn over the chart, scrolls the page: a tool for dragging would catch
    that finger.

    Parameters
    ----------
    chart, strip : HoloViews overlays over the same span of x
    """
    shown: list[Any] = []

    def follow(plot: Any, _: Any) -> None:
        figure = plot.state
        wheel = WheelZoomTool(dimensions="width", modifiers="ctrl")
        figure.add_tools(wheel)
        figure.toolbar.active_scroll = wheel
        shown[:] = [figure.x_range]

    def lead(plot: Any, _: Any) -> None:
        window = RangeTool(x_range=shown[0])
        window.overlay.fill_color, window.overlay.fill_alpha = colours.muted, 0.22
        window.overlay.line_color, window.overlay.line_alpha = colours.muted, 0.8
        window.overlay.inverted = False
        window.overlay.use_handles = False
        plot.state.add_tools(window)

    return (
        hv.Layout([_hooked(chart, follow), _hooked(strip, lead)])
        .cols(1)
        .opts(shared_axes=False, merge_tools=False, toolbar=None)
    )


def _hooked(element: Any, hook: Any) -> Any:
    hooks = hv.Store.lookup_options("bokeh", element, "plot").kwargs.get("hooks", [])
    return element.opts(hooks=[*hooks, hook])
