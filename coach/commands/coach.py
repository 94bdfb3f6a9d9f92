"""`fretcoach coach`: a question to the coach, and the answer as it comes."""

import time
from collections.abc import Iterable
from datetime import datetime

import rich_click as click
from rich.console import Console

from coach.advice import Exercise
from coach.asking import Asking
from coach.chat import RULES, Conversation
from coach.chat_events import ChatEvent, Done, Looking, Proposed, Replaced, Said
from coach.plan import PracticePlan
from workbench.archive import Archive, scale_name
from workbench.commands.player import player_of
from workbench.settings import SettingsError, load_settings
from workbench.store.engine import opened, upgrade
from workbench.store.errors import StoreError


@click.command(name="coach")
@click.argument("question")
@click.option("--user", help="The player. Default: the one of your settings.")
def coach(question: str, user: str | None) -> None:
    """Ask the coach: what to practise next, how it went, why, or for a plan of twenty minutes.

    Every figure in the answer was measured. Without a language model the rules answer, at once and offline.
    The conversation is the one of the Coach page; "yes" saves the plan that was proposed last.
    """
    try:
        settings = load_settings()
        player = player_of(settings, user)
        with opened(settings.database_url) as engine:
            upgrade(engine)
            today, minute = datetime.now().astimezone().date(), int(time.time() // 60)
            asking, archive = Asking(settings, player, engine), Archive(player, engine)
            conversation = Conversation(archive, asking, today=today, zone=None, seed=minute)
            _show(conversation.ask(question))
    except (SettingsError, StoreError) as error:
        raise click.ClickException(str(error)) from error


def _show(events: Iterable[ChatEvent]) -> None:
    """The answer on standard output as it comes; on standard error what else there is to say."""
    aside = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    in_a_line = proposed = False
    for event in events:
        if isinstance(event, Said):
            click.echo(event.text, nl=False)
            in_a_line = True
            continue
        if in_a_line:
            click.echo()
            in_a_line = False
        if isinstance(event, Looking):
            aside.print(f"Looking at {event.what} ...", style="dim")
        elif isinstance(event, Replaced):
            click.echo("(That is taken back.)")
        elif isinstance(event, Proposed):
            click.echo(_plan(event.plan))
            proposed = True
        elif isinstance(event, Done):
            if event.advice.exercise is not None and not proposed:
                click.echo(_exercise(event.advice.exercise))
            _end(event, aside)


def _plan(plan: PracticePlan) -> str:
    """A plan in a few lines, and how to save it."""
    scale = scale_name(plan.scale_chosen, plan.scale_type)
    tempi = ", ".join(f"{bpm:g}" for bpm in plan.tempo_ladder)
    lines = [f"Plan: {plan.minutes:g} minutes in {scale}", plan.exercise]
    lines += [f"Click: {tempi} bpm"] if tempi else []
    return "\n".join(["", *lines, 'To save it: fretcoach coach "yes"'])


def _exercise(exercise: Exercise) -> str:
    click_at = f", click at {exercise.bpm:g} bpm" if exercise.bpm is not None else ""
    scale = scale_name(exercise.scale_chosen, exercise.scale_type)
    heading = f"{exercise.title} ({scale}, {exercise.minutes:g} minutes{click_at})"
    return f"\n{heading}\n{exercise.how}"


def _end(done: Done, aside: Console) -> None:
    """Who answered, and why another had to."""
    if done.source != RULES:
        aside.print(f"({done.source})", style="dim")
    if done.notice:
        aside.print(done.notice)
