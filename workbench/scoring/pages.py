"""The charts of a report as web pages that need no network."""

from html import escape
from pathlib import Path
from string import Template
from typing import Any

import holoviews as hv
from bokeh.embed import components
from bokeh.layouts import column
from bokeh.resources import Resources

from workbench.charts import accuracy
from workbench.charts.roll import roll
from workbench.charts.theme import FONT, palette
from workbench.scoring import frames
from workbench.scoring.scored import Scored

# Only the script itself is written: HoloViews loads Panel, which adds files that nothing but its server has.
_BOKEH = Resources(mode="inline", components=["bokeh"])
_PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="data:,">
<style>body { margin: 16px; font-family: $font; color: $text; background: $ground }</style>
<script>$bokeh</script>
$script
</head>
<body>
<h1>$title</h1>
$place
</body>
</html>
""")


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
    figures = [hv.render(chart, backend="bokeh") for chart in charts]
    script, place = components(column(*figures, sizing_mode="stretch_width", spacing=24))
    colours = palette()
    page = _PAGE.substitute(
        title=escape(title),
        font=FONT,
        text=colours.text,
        ground=colours.surface,
        bokeh="\n".join(_BOKEH.js_raw),
        script=script,
        place=place,
    )
    path.write_text(page, encoding="utf-8")
    return path
