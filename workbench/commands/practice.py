"""`fretcoach practice`: a session in the terminal, stored like any other."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rich_click as click
from rich.console import Console
from rich.live import Live

from dsp.errors import DspError
from dsp.scales import parse_scale
from dsp.tuning import parse_tuning
from workbench.audio.bundled import takes
from workbench.audio.microphone import Microphone
from workbench.audio.recording import Take
from workbench.audio.source import Source, SourceError
from workbench.housekeeping import purge_at_start
from workbench.practice.goal import Goal
from workbench.practice.recovery import recover
from workbench.practice.registry import RegistryError, shared_registry
from workbench.practice.session import Practice
from workbench.practice.terminal import live_view, summary_view
from workbench.settings import Settings, SettingsError, load_settings
from workbench.store.engine import open_engine, upgrade
from workbench.store.errors import StoreError
from workbench.store.repository import Repository
from workbench.user import User

LOOK_S = 0.1
"""How often the terminal is drawn anew."""


@click.command()
@click.option(
    "--source", default="device", show_default=True, metavar="device|demo|FILE", help="Where the sound is."
)
@click.option("--device", default=None, help="Sound card input: its number or a part of its name.")
@click.option("--channel", type=click.IntRange(1), default=1, show_default=True, help="Which channel of it.")
@click.option("--scale", default=None, help="What you play; by default the demo's own, else every note.")
@click.option("--tuning", default="standard", show_default=True, help="How the strings are tuned.")
@click.option("--a4", type=float, default=440.0, show_default=True, help="Pitch of A4 in Hz.")
@click.option("--bpm", type=float, default=None, help="Tempo of the click that you follow.")
@click.option("--notes-per-beat", type=int, default=1, show_default=True, help="Notes to a beat.")
@click.option("--click-start", type=float, default=None, help="Time of the first click in seconds.")
@click.option("--strictness", type=float, default=0.5, show_default=True, help="0 gentle to 1 merciless.")
@click.option("--sensitivity", type=float, default=0.5, show_default=True, help="0 loud notes only to 1 all.")
@click.option("--seconds", type=click.FloatRange(0, min_open=True), default=None, help="Stop by itself then.")
@click.option("--user", default=None, help="Who plays; by default FRETCOACH_USER, else your login name.")
@click.option("--fast", is_flag=True, help="Play a take as fast as it can be heard, not in real time.")
def practice(
    *,
    source: str,
    device: str | None,
    channel: int,
    seconds: float | None,
    user: str | None,
    fast: bool,
    **aim: Any,
) -> None:
    """Practise in the terminal; Ctrl-C stops and stores the session."""
    goal = _goal(source, aim)
    opened = _source(source, device, channel, fast=fast)
    try:
        settings = load_settings()
        player = settings.player() if user is None else _player(user)
        repository = _repository(settings)
        purge_at_start(settings, repository, player)
        session = shared_registry().start(
            player,
            goal,
            opened,
            repository,
            settings.data_dir,
            recordings=settings.recordings,
            seconds=seconds,
        )
    except (SettingsError, StoreError, SourceError, RegistryError) as error:
        raise click.ClickException(str(error)) from error
    with _stops_when_told(session):
        _watch(session)
    _tell(session)


def _goal(source: str, aim: dict[str, Any]) -> Goal:
    scale = aim["scale"] or (takes()[0].scale if source == "demo" else "chromatic")
    try:
        return Goal(
            scale=parse_scale(scale),
            strictness=aim["strictness"],
            sensitivity=aim["sensitivity"],
            a4_hz=aim["a4"],
            tuning=parse_tuning(aim["tuning"]),
            bpm=aim["bpm"],
            notes_per_beat=aim["notes_per_beat"],
            click_start_s=aim["click_start"],
        )
    except DspError as error:
        raise click.UsageError(str(error)) from error


def _source(source: str, device: str | None, channel: int, *, fast: bool) -> Source:
    if source == "device":
        if fast:
            raise click.UsageError("Only a take can be played fast; name a file, or leave --fast out.")
        return Microphone(device, channel)
    if device is not None:
        raise click.UsageError("A take comes from a file and not from a --device; leave one of the two out.")
    if source == "demo":
        demo = takes()[0]
        return Take(demo.path, channel, realtime=not fast, name=demo.title)
    return Take(Path(source), channel, realtime=not fast)


def _player(name: str) -> User:
    try:
        return User(name)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _repository(settings: Settings) -> Repository:
    engine = open_engine(settings.database_url)
    upgrade(engine)
    repository = Repository(engine)
    for recovered in recover(settings.data_dir, repository):
        Console(stderr=True, highlight=False, soft_wrap=True).print(recovered.message)
    return repository


@contextmanager
def _stops_when_told(session: Practice) -> Iterator[None]:
    """Ctrl-C, or a polite end of the process, ends the session first, at whatever line it comes."""
    terminate = signal.signal(signal.SIGTERM, lambda *_: session.stop("FretCoach was closed."))
    interrupt = signal.signal(signal.SIGINT, lambda *_: session.stop())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, terminate)
        signal.signal(signal.SIGINT, interrupt)


def _watch(session: Practice) -> None:
    console = Console()
    if console.is_terminal:
        with Live(console=console, transient=True, auto_refresh=False) as live:
            while not session.wait(LOOK_S):
                live.update(live_view(session.snapshot()), refresh=True)
    else:
        while not session.wait(LOOK_S):
            continue


def _tell(session: Practice) -> None:
    console = Console(highlight=False)
    if session.summary is not None:
        minutes, seconds = divmod(round(session.snapshot().t_s), 60)
        console.print(f"{session.source_name}: {session.goal.scale.name}, {minutes} min {seconds} s")
        console.print(summary_view(session.summary))
    if not session.saved:
        raise click.ClickException(session.trouble or "The session could not be stored; the log says more.")
    if session.ending is not None and session.ending.kind in ("lost", "failed"):
        raise click.ClickException(f"{session.ended_because} What was heard until then is stored.")
    console.print(f"Stored for {session.user.id}.")
