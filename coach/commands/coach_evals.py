"""`fretcoach coach-evals`: how good the coach is, on synthetic players whose weakness is known."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import rich_click as click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from sqlalchemy import Engine

from coach.asking import Asking
from coach.errors import ModelError
from coach.evals.evaluation import AskingOf, Evaluation, evaluate
from coach.evals.experiment import send
from coach.evals.player import SyntheticPlayer
from coach.evals.players import players
from coach.evals.stage import staged
from coach.evals.table import show
from coach.models.choice import SHOWN, choice_from, problem
from coach.recommend import RULES
from coach.trace import place_of
from workbench.settings import Settings, SettingsError, load_settings


@click.command(name="coach-evals")
@click.option(
    "--model",
    metavar="PROVIDER:MODEL",
    default=RULES,
    show_default=True,
    help='Who answers: "rules", or a model such as "openai:gpt-4o-mini".',
)
@click.option("--players", "count", type=click.IntRange(min=1), help="Only so many, spread over all kinds.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every figure and every player.")
def coach_evals(*, model: str, count: int | None, as_json: bool) -> None:
    """Let the coach advise synthetic players and say how often it is right.

    Nothing of yours is read or changed. A model costs some hundred short questions. With Opik configured the
    result becomes an experiment there.
    """
    began = datetime.now(UTC)
    try:
        settings = _settings_for(model, load_settings())
        chosen = _spread(players(), count)
        evaluation = _evaluated(chosen, settings)
        if as_json:
            click.echo(json.dumps(evaluation.as_json()))
        else:
            show(evaluation, Console(highlight=False))
        place = place_of(settings)
        if place is not None:
            send(evaluation, chosen, place, name=model, began=began)
    except (SettingsError, ModelError) as error:
        raise click.ClickException(str(error)) from error


def _settings_for(model: str, settings: Settings) -> Settings:
    """The settings with that model, nobody to fall back on, and no budget: each player asks once or twice."""
    if model == RULES:
        return settings.model_copy(update={"coach_provider": RULES})
    choice = choice_from(model)
    if choice.provider not in SHOWN:
        raise ModelError(f"There is no provider {choice.provider!r}; choose from {', '.join(SHOWN)}.")
    if what := problem(choice, settings):
        raise ModelError(what)
    only = {"coach_provider": choice.provider, "coach_model": choice.model, "coach_fallbacks": ()}
    return settings.model_copy(update={**only, "coach_budget_usd": 0.0})


def _spread(every: Sequence[SyntheticPlayer], count: int | None) -> list[SyntheticPlayer]:
    """So many of them, evenly spread, since neighbours are alike."""
    few = min(count or len(every), len(every))
    return [every[index * len(every) // few] for index in range(few)]


def _evaluated(chosen: Sequence[SyntheticPlayer], settings: Settings) -> Evaluation:
    console = Console(stderr=True)
    bar = Progress(
        *Progress.get_default_columns(), MofNCompleteColumn(), console=console, transient=True,
        disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        playing = bar.add_task("Playing", total=len(chosen))
        advising = bar.add_task("Advising", total=len(chosen))
        with staged(chosen, lambda: bar.advance(playing)) as engine:
            return evaluate(
                chosen, engine, _asking_of(settings, engine), on_player=lambda: bar.advance(advising)
            )


def _asking_of(settings: Settings, engine: Engine) -> AskingOf:
    if settings.coach_provider == RULES:
        return lambda _: None
    return lambda user: Asking(settings, user, engine)
