"""The report of `fretcoach accuracy` for people: tables in the terminal."""

from collections.abc import Sequence

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from dsp.convert import note_name
from dsp.evaluation.figures import Figures
from dsp.evaluation.matching import Outcome
from dsp.evaluation.report import Report
from workbench.scoring.words import Cost, interval, number, sentences, share

_SHOWN_NOTES = 6


def show(report: Report, cost: Cost, console: Console) -> None:
    """Print the report."""
    tables = (notes_table(report), Text(), times_table(report), Text())
    console.print(Group(*tables, *map(Text, sentences(report, cost))))
    if report.worst:
        console.print(Text(), worst_table(report.worst))


def notes_table(report: Report) -> Table:
    """Which notes were heard, one row for each group of takes."""
    columns = ("Takes", "Notes", "F1", "95 %", "Precision", "Recall", "Missed", "Invented")
    table = _table(columns)
    for name, figures in report.groups.items():
        cells = [str(figures.takes), str(figures.played), share(figures.f1), interval(figures)]
        cells += [share(figures.precision), share(figures.recall), str(figures.missed), str(figures.invented)]
        table.add_row(name, *cells, style=_style(name))
    return table


def times_table(report: Report) -> Table:
    """When and how exactly they were heard, one row for each group of takes."""
    columns = ("Out after", "p95", "E2 to A2", "Onset F1", "Onset +/-", "Cents", "p95", "Octaves")
    table = _table(columns)
    for name, figures in report.groups.items():
        table.add_row(name, *_times(figures), style=_style(name))
    return table


def worst_table(outcomes: Sequence[Outcome]) -> Table:
    """The takes with most errors: what was missed there, and what was invented."""
    table = Table(title="Most errors", title_style="bold", box=None, pad_edge=False, title_justify="left")
    table.add_column("Take", overflow="fold")
    table.add_column("Notes", justify="right")
    table.add_column("Missed")
    table.add_column("Invented")
    for outcome in outcomes:
        missed = [f"{note.onset_s:.2f} {note_name(note.midi)}" for note in outcome.missed]
        invented = [f"{claim.onset_s:.2f} {claim.name}" for claim in outcome.invented]
        played = str(len(outcome.annotation.notes))
        table.add_row(escape(outcome.name), played, _few(missed), _few(invented))
    return table


def _table(columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Group", no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _times(figures: Figures) -> list[str]:
    return [
        number(figures.latency_ms, 1, "ms"),
        number(figures.latency_p95_ms, 1, "ms"),
        number(figures.low_latency_ms, 1, "ms"),
        share(figures.onset_f1),
        number(figures.onset_spread_ms, 2, "ms"),
        number(figures.cents, 1),
        number(figures.cents_p95, 1),
        str(figures.octave_errors),
    ]


def _style(group: str) -> str:
    return "bold" if group == "all" else ""


def _few(words: Sequence[str]) -> str:
    shown = ", ".join(words[:_SHOWN_NOTES])
    left = len(words) - _SHOWN_NOTES
    return f"{len(words)}: {shown}{f' and {left} more' if left > 0 else ''}" if words else "-"
