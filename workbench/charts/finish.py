"""How every still chart is finished: fonts, quiet axes, no ornament."""

from typing import Any

import holoviews as hv
import holoviews.plotting.bokeh
from bokeh.models import AdaptiveTicker, BasicTicker, CustomJS, CustomJSTickFormatter, HoverTool, TapTool

from workbench.charts.theme import FONT, Palette


def clock_ticks() -> CustomJSTickFormatter:
    """Axis labels in minutes and seconds, new ones each time: a Bokeh model belongs to one document."""
    return CustomJSTickFormatter(
        code="const t = Math.round(tick * 10) / 10, m = Math.floor(t / 60);"
        "const s = Math.round((t - 60 * m) * 10) / 10;"
        "return m + ':' + (s < 10 ? '0' : '') + s"
    )


def minute_ticks() -> AdaptiveTicker:
    """Ticks for time in a take: round seconds and round minutes, never every 100 seconds."""
    return AdaptiveTicker(base=60, mantissas=[1, 2, 5, 10, 15, 30], min_interval=1)


def whole_ticks() -> BasicTicker:
    """Ticks for numbers of notes: never a half."""
    return BasicTicker(min_interval=1, desired_num_ticks=4)


def clock(seconds: float) -> str:
    """Time into a take as a player reads it: 65.25 -> "1:05.2"."""
    minutes, rest = divmod(max(seconds, 0.0), 60.0)
    return f"{int(minutes)}:{rest:04.1f}"


def finished(element: Any, colours: Palette, *, height: int, grid: str = "", **opts: Any) -> Any:
    """The element at the full width of its place, with this project's fonts and axes.

    Parameters
    ----------
    element : HoloViews element or overlay
    colours : of words and lines
    height : px
    grid : which grid lines to draw, of "x" and "y"
    opts : further HoloViews plot options
    """

    def dress(plot: Any, _: Any) -> None:
        figure = plot.state
        figure.min_border_left = figure.min_border_right = 8
        figure.outline_line_color = None
        figure.toolbar.logo = None
        for axis in figure.axis:
            axis.axis_label_text_font = axis.major_label_text_font = FONT
            axis.axis_label_text_font_style = "normal"
            axis.axis_label_text_font_size = axis.major_label_text_font_size = "13px"
            axis.axis_label_text_color = axis.major_label_text_color = colours.muted
            axis.axis_line_color = axis.major_tick_line_color = colours.line
            axis.minor_tick_line_color = None
        figure.xgrid.visible, figure.ygrid.visible = "x" in grid, "y" in grid
        figure.grid.grid_line_color = colours.grid
        # HoloViews brings pan and wheel tools that would catch the wheel of a page that scrolls.
        hovers = [tool for tool in figure.toolbar.tools if isinstance(tool, HoverTool)]
        figure.toolbar.tools = [*hovers, _tap(hovers)] if hovers else []
        figure.title.text_font, figure.title.text_font_style = FONT, "bold"
        figure.title.text_font_size, figure.title.text_color = "14px", colours.text

    settings: dict[str, Any] = {
        "responsive": True,
        "height": height,
        "toolbar": None,
        "default_tools": [],
        "show_legend": False,
        "hooks": [dress],
    }
    return element.opts(**{**settings, **opts})


def _tap(hovers: list[HoverTool]) -> TapTool:
    """A tap shows the card that a pointer would: Bokeh takes it away when the finger leaves the screen."""
    show_again = CustomJS(
        args={"hovers": hovers},
        code="""
          const {sx, sy} = cb_data.geometries;
          const show = () => {
            const views = Bokeh.index.query((view) => hovers.includes(view.model));
            for (const view of views) view._move({sx, sy});
          };
          setTimeout(show, 50);
        """,
    )
    return TapTool(behavior="inspect", callback=show_again)


def words_only(sentence: str, *, height: int, colours: Palette) -> Any:
    """A sentence in place of a chart that would have nothing to show."""
    text = hv.Text(0.0, 0.0, sentence).opts(color=colours.muted, text_font=FONT, text_font_size="14px")
    return finished(text, colours, height=height, xaxis=None, yaxis=None, xlim=(-1, 1), ylim=(-1, 1))


def tooltip(*columns: str) -> str:
    """Hover card with one line for each column, the first in bold."""
    first, *rest = [f"@{{{column}}}" for column in columns]
    lines = "".join(f"<div>{column}</div>" for column in rest)
    return f'<div style="font: 13px {FONT}; max-width: 260px"><b>{first}</b>{lines}</div>'
