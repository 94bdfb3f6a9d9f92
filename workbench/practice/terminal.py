"""A practice as text for a terminal: the live view, and the table at the end. Pure: rich renderables out."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dsp.score import band
from dsp.summary import Metric, Overall, Summary
from workbench.practice.meter import NoteNow, Snapshot

MARKS = {"right": "●", "off": "◐", "wrong": "✕", "unsure": "○"}
"""Shapes of the verdicts, so that nothing depends on colour."""

_TITLES = {
    "pitch_accuracy": "Pitch",
    "scale_conformity": "Scale",
    "timing_stability": "Timing",
    "noise_control": "Noise",
}
_NEEDLE_CENTS = 50
_BAR = 20
_LEVEL_FLOOR_DBFS = -60.0


def live_view(snapshot: Snapshot) -> RenderableType:
    """What a player sees while playing."""
    counts = snapshot.counts
    played = (
        f"played {counts.played} · right {counts.right} · wrong {counts.wrong} · not sure {counts.unjudged}"
    )
    status = f"{snapshot.state} {snapshot.t_s:6.1f} s"
    if snapshot.dropped_blocks:
        status += f" · {snapshot.dropped_blocks} blocks lost"
    lines: list[RenderableType] = [
        Text(status, style="dim"),
        _note_line(snapshot.note),
        _level_line(snapshot),
        _metrics_table(snapshot.metrics, snapshot.overall),
        Text(played),
    ]
    if snapshot.message:
        lines.append(Text(snapshot.message, style="yellow"))
    return Group(*lines)


def summary_view(summary: Summary) -> RenderableType:
    """What is shown at the end."""
    counts = summary.counts
    played = (
        f"Played {counts.played}: right {counts.right}, wrong {counts.wrong}, not sure {counts.unjudged}."
    )
    return Group(
        _metrics_table(summary.metrics, summary.overall.score), Text(played), *_left_out(summary.overall)
    )


def _left_out(overall: Overall) -> list[Text]:
    if not overall.left_out:
        return []
    names = ", ".join(_TITLES[name].lower() for name in overall.left_out)
    return [Text(f"Left out of the overall: {names}.", style="dim")]


def physical(metric: Metric) -> str:
    """The raw value of a metric as players say it."""
    if metric.value is None:
        return str(metric.detail.get("reason", "not measured"))
    match metric.unit:
        case "cents":
            return f"{metric.value:.0f} cents off"
        case "share":
            return f"{100 * metric.value:.0f} % in the scale"
        case "ms":
            return f"{metric.value:.0f} ms spread"
        case "step":
            return f"{100 * metric.value:.0f} % of a step"
        case _:
            return ""


def _note_line(note: NoteNow | None) -> Text:
    if note is None:
        return Text("   --")
    verdict = note.judged.verdict
    at = round((note.cents + _NEEDLE_CENTS) / (2 * _NEEDLE_CENTS) * (_BAR - 1))
    needle = "".join("|" if place == at else "-" for place in range(_BAR))
    return Text(f"{note.name:>5}  {note.cents:+4.0f} cents  flat {needle} sharp  {MARKS[verdict]} {verdict}")


def _level_line(snapshot: Snapshot) -> Text:
    levels = snapshot.levels
    filled = round(_BAR * min(1.0, max(0.0, 1.0 - levels.level_dbfs / _LEVEL_FLOOR_DBFS)))
    line = f"level {'#' * filled:{_BAR}} {levels.level_dbfs:6.1f} dBFS"
    return Text(line + ("  too loud: turn the input down" if levels.clipped else ""))


def _metrics_table(metrics: Mapping[str, Metric], overall: float | None) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for column in ("metric", "score", "band", "value", "notes"):
        table.add_column(column, justify="right" if column == "score" else "left")
    for name, title in _TITLES.items():
        if name in metrics:
            metric = metrics[name]
            table.add_row(title, *_score_cells(metric.score), physical(metric), f"{metric.n} notes")
    table.add_row("Overall", *_score_cells(overall), "", "")
    return table


def _score_cells(score: float | None) -> tuple[str, str]:
    return ("--", "not yet") if score is None else (f"{100 * score:.0f}", band(score))
