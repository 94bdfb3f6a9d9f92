"""`fretcoach analyze`: recorded takes, judged note by note."""

import json
from pathlib import Path
from typing import Any

import rich_click as click
from click.exceptions import Exit
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, TextColumn
from rich.table import Table

from dsp.convert import note_name
from dsp.errors import DspError
from dsp.metrics import summarize
from dsp.scales import Scale, parse_scale
from dsp.summary import METRICS, Metric, Summary
from dsp.timing import Click
from dsp.tuning import Tuning, parse_tuning
from workbench.audio.recording import Take
from workbench.audio.source import SourceError
from workbench.hearing import Hearing, hear, look_back
from workbench.settings import SettingsError, load_settings
from workbench.store.detail import to_json

NO_SCALE = "no scale was given"


@click.command()
@click.argument("takes", nargs=-1, required=True, metavar="TAKE...", type=click.Path(path_type=Path))
@click.option("--scale", default=None, help='What was to be played, for example "A minor pentatonic".')
@click.option("--a4", type=float, default=440.0, show_default=True, help="Pitch of A4 in Hz, 430 to 450.")
@click.option("--tuning", default="standard", show_default=True, help="How the strings are tuned.")
@click.option("--channel", type=click.IntRange(1), default=1, show_default=True, help="Which channel of it.")
@click.option("--bpm", type=float, default=None, help="Tempo of the click that the player heard.")
@click.option(
    "--notes-per-beat", type=click.IntRange(1), default=1, show_default=True, help="Notes to a beat."
)
@click.option("--click-start", type=float, default=None, help="Time of the first click in seconds.")
@click.option("--f0", is_flag=True, help="With --json: also f0 and clarity of each hop.")
@click.option("--offline", is_flag=True, help="Look ahead: judge a note by all of it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a take, one take a line.")
def analyze(
    *,
    takes: tuple[Path, ...],
    channel: int,
    f0: bool,
    offline: bool,
    as_json: bool,
    **aim: Any,
) -> None:
    """Judge recorded takes: notes, cents, and the four metrics with their 95 % intervals."""
    scale, tuning, metronome = _aim(**aim)
    try:
        patience_s = load_settings().patience_ms / 1000.0
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    failed = False
    for path in takes:
        try:
            hearing = _hear(path, channel, tuning, aim["a4"], patience_s, keep_readings=f0, quiet=as_json)
            if offline:
                hearing.notes = look_back(Take(path, channel, realtime=False), hearing)
        except SourceError as error:
            failed = True
            if as_json:
                click.echo(json.dumps({"file": str(path), "error": str(error)}))
            else:
                click.echo(f"Error: {error}", err=True)
            continue
        # Without a scale every note would count as right; the metric is then left out instead.
        enabled = METRICS if scale else tuple(name for name in METRICS if name != "scale_conformity")
        summary = summarize(
            hearing.notes, scale=scale or parse_scale("chromatic"), click=metronome, enabled=enabled
        )
        if as_json:
            click.echo(json.dumps(to_json(_result(path, hearing, summary, scale, f0=f0, offline=offline))))
        else:
            _show(path, hearing, summary, scale)
    if failed:
        raise Exit(1)


def _aim(
    *,
    scale: str | None,
    a4: float,
    tuning: str,
    bpm: float | None,
    notes_per_beat: int,
    click_start: float | None,
) -> tuple[Scale | None, Tuning, Click | None]:
    if not 430.0 <= a4 <= 450.0:
        raise click.UsageError(f"--a4 {a4:g} is out of reach: it must be from 430 to 450 Hz (440 is usual).")
    if bpm is None and click_start is not None:
        raise click.UsageError("--click-start needs the tempo of the click: give --bpm too.")
    try:
        metronome = None if bpm is None else Click(bpm, notes_per_beat, click_start)
        return (None if scale is None else parse_scale(scale)), parse_tuning(tuning), metronome
    except DspError as error:
        raise click.UsageError(str(error)) from error


def _hear(
    path: Path,
    channel: int,
    tuning: Tuning,
    a4_hz: float,
    patience_s: float,
    *,
    keep_readings: bool,
    quiet: bool,
) -> Hearing:
    take = Take(path, channel, realtime=False)
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"), *Progress.get_default_columns()[1:], console=console, transient=True
    )
    bar.disable = quiet or not console.is_terminal
    with bar:
        task = bar.add_task(escape(path.name), total=1.0)
        return hear(
            take,
            tuning=tuning,
            a4_hz=a4_hz,
            patience_s=patience_s,
            keep_readings=keep_readings,
            on_progress=lambda share: bar.update(task, completed=share),
        )


def _result(
    path: Path, hearing: Hearing, summary: Summary, scale: Scale | None, *, f0: bool, offline: bool
) -> dict[str, Any]:
    """The object of one take, in the order that the documentation lists."""
    claims = [note for note in hearing.notes if note.judged and note.midi is not None]
    others = [note for note in hearing.notes if not note.judged]
    result: dict[str, Any] = {
        "file": str(path),
        "sample_rate": hearing.sample_rate,
        "duration_s": hearing.duration_s,
        "engine": {**hearing.engine, "offline": offline},
        "notes": [
            {
                "onset_s": note.onset_s,
                "offset_s": note.offset_s,
                "midi": note.midi,
                "cents": note.cents,
                "name": note_name(note.midi, flats=scale is not None and scale.flats),
                "level_dbfs": note.level_dbfs,
                "confidence": note.confidence,
                "in_scale": scale.contains(note.midi) if scale else None,
                "articulation": note.articulation,
                "reported_s": note.reported_s,
                "revised": note.revised,
                "bend_cents": note.bend_cents,
                "vibrato_hz": note.vibrato_hz,
                "vibrato_cents": note.vibrato_cents,
            }
            for note in claims
            if note.midi is not None
        ],
        "events": [
            {"onset_s": note.onset_s, "kind": note.kind, "midi": note.midi, "confidence": note.confidence}
            for note in others
        ],
    }
    if f0:
        result["f0"] = {
            "time_s": [reading.time_s for reading in hearing.readings],
            "f0_hz": [reading.f0_hz for reading in hearing.readings],
            "clarity": [reading.clarity for reading in hearing.readings],
        }
    left_out = Metric(None, "share", None, None, 0, None, {"reason": NO_SCALE})
    result["metrics"] = {name: _metric(summary.metrics.get(name, left_out)) for name in METRICS}
    result["metrics"]["overall"] = {"score": summary.overall.score, "weights": summary.overall.weights}
    return result


def _metric(metric: Metric) -> dict[str, Any]:
    return {name: getattr(metric, name) for name in ("value", "unit", "low", "high", "n", "score", "detail")}


def _show(path: Path, hearing: Hearing, summary: Summary, scale: Scale | None) -> None:
    console = Console(highlight=False)
    table = Table(title=escape(path.name), box=None, pad_edge=False, title_justify="left")
    for column in ("Time", "Note", "Cents", "Level", "Sure", "Scale", ""):
        table.add_column(column, justify="left" if column in {"Note", "Scale", ""} else "right")
    for note in hearing.notes:
        inside = "" if scale is None or not note.judged or note.midi is None else _verdict(scale, note.midi)
        table.add_row(
            f"{note.onset_s:.2f} s",
            note.name or "-",
            "" if note.cents is None else f"{note.cents:+.0f}",
            f"{note.level_dbfs:.0f} dB",
            f"{100 * note.confidence:.0f} %",
            inside,
            note.articulation if note.judged else f"not judged: {note.kind}",
        )
    console.print(table)
    for name, metric in summary.metrics.items():
        console.print(_sentence(name.replace("_", " "), metric))
    overall = summary.overall.score
    console.print(f"overall: {'not enough measured' if overall is None else f'{100 * overall:.0f}'}\n")


def _verdict(scale: Scale, midi: float) -> str:
    return "in" if scale.contains(midi) else "out"


def _sentence(name: str, metric: Metric) -> str:
    value = "" if metric.value is None else f", {metric.value:.3g} {metric.unit}"
    span = "" if metric.low is None or metric.high is None else f" ({metric.low:.3g} to {metric.high:.3g})"
    if metric.score is None:
        return f"{name}: {metric.detail.get('reason', 'not measured')}{value}{span}, {metric.n} notes"
    return f"{name}: {100 * metric.score:.0f}{value}{span}, {metric.n} notes"
