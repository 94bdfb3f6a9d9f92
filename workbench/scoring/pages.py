"""The charts of a report as web pages that need no network."""

from pathlib import Path
from typing import Any

import holoviews as hv
from bokeh.embed import file_html
from bokeh.layouts import column
from bokeh.models.widgets import Div
from bokeh.resources import INLINE

from workbench.charts import accuracy
from workbench.charts.roll import roll
from workbench.charts.theme import FONT, palette
from workbench.scoring import frames
from workbench.scoring.scored import Scored


def write_pages(scored: Scored, folder: Path) -> list[Path]:
    """Write one page for each group of charts; make the folder if need be.

    Returns
    -------
    the files

    Raises
    ------
    OSError : the folder can't be made or written to
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / f"{name}.html", title, charts) for name, title, charts in _pages(scored)]


def worst_rolls(scored: Scored) -> list[Any]:
    """A piano roll of each of the worst takes."""
    heard = {outcome.name: take for outcome, take in zip(scored.outcomes, scored.heard, strict=True)}
    return [
        roll(
            frames.roll(outcome),
            frames.track(heard[outcome.name]),
            f"{outcome.name}: {len(outcome.missed)} missed, {len(outcome.invented)} invented "
            f"of {len(outcome.annotation.notes)} notes",
        )
        for outcome in scored.report.worst
    ]


def _pages(scored: Scored) -> list[tuple[str, str, list[Any]]]:
    notes, report = frames.right_notes(scored), scored.report
    spread = report.groups["all"].onset_spread_ms
    pages = [
        ("groups", "Which notes are heard", [accuracy.f1_by_group(frames.groups(scored))]),
        ("timing", "When they are heard", [accuracy.latency(notes), accuracy.onset_error(notes, spread)]),
        ("pitch", "How exactly they are heard", [accuracy.cents_by_pitch(notes)]),
    ]
    if report.calibration is not None:
        sure = [accuracy.reliability(frames.bins(report.calibration))]
        sure.append(accuracy.risk_coverage(frames.risks(report.calibration)))
        pages.append(("confidence", "Whether its confidence holds", sure))
    if report.worst:
        pages.append(("worst_takes", "The takes with most errors", worst_rolls(scored)))
    return pages


def _write(path: Path, title: str, charts: list[Any]) -> Path:
    colours = palette()
    heading = Div(text=f"<h1>{title}</h1>", styles={"font-family": FONT, "color": colours.text})
    figures = [hv.render(chart, backend="bokeh") for chart in charts]
    page = column(heading, *figures, sizing_mode="stretch_width", spacing=24, margin=16)
    path.write_text(file_html(page, INLINE, title), encoding="utf-8")
    return path
