"""`fretcoach accuracy`: the engine held against takes whose notes are known."""

import json
from collections.abc import Sequence
from pathlib import Path

import rich_click as click
from click.exceptions import Exit
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from dsp.evaluation.matching import MissingPackageError
from workbench.scoring.hearing import Failure, Heard, hear_all
from workbench.scoring.scored import Scored, score
from workbench.scoring.table import show
from workbench.scoring.takes import TakesError, annotation_files


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--offline", is_flag=True, help="Score the second pass, which looks at whole takes.")
@click.option(
    "--plots",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    default=None,
    help="Write charts there, as HTML.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every figure.")
def accuracy(*, folder: Path, offline: bool, plots: Path | None, as_json: bool) -> None:
    """Score the engine on a folder of annotated takes: notes, latency, onsets, cents, confidence."""
    try:
        heard = _heard(annotation_files(folder), offline=offline)
        failures = [take for take in heard if isinstance(take, Failure)]
        scored = score([take for take in heard if isinstance(take, Heard)], live=not offline)
        if plots is not None and scored.outcomes:
            _draw(scored, plots)
    except (TakesError, MissingPackageError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(scored.to_json(folder, failures)))
    else:
        _tell(scored, failures)
    if failures:
        raise Exit(1)


def _heard(files: Sequence[Path], *, offline: bool) -> list[Heard | Failure]:
    console = Console(stderr=True)
    bar = Progress(
        *Progress.get_default_columns(), MofNCompleteColumn(), console=console, transient=True,
        disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task("Hearing", total=len(files))
        return hear_all(files, offline=offline, on_done=lambda: bar.advance(task))


def _draw(scored: Scored, folder: Path) -> None:
    try:
        # Only those who want charts wait for Bokeh.
        from workbench.scoring.pages import write_pages  # noqa: PLC0415
    except ImportError as error:
        raise click.ClickException(
            "--plots needs HoloViews and Bokeh: pip install holoviews bokeh"
        ) from error
    try:
        for path in write_pages(scored, folder):
            click.echo(f"Wrote {path}", err=True)
    except OSError as error:
        raise click.ClickException(f"Charts can't be written to {folder}: {error.strerror}.") from error


def _tell(scored: Scored, failures: Sequence[Failure]) -> None:
    for failure in failures:
        click.echo(f"Error: {failure.error}", err=True)
    if scored.outcomes:
        show(scored.report, scored.cost, Console(highlight=False))
