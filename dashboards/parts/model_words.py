"""Who may answer, in words: the rules, the models that the settings offer, and what the others lack."""

from html import escape
from typing import get_args

from coach.models.choice import Choice, Provider, choice_from, configured, offered, problem
from dashboards.parts.coach_choices import CoachChoices
from workbench.settings import Settings

RULES = "rules"
RULES_LABEL = "FretCoach's own rules answer: at once, without a network, free"


def coaches(settings: Settings) -> dict[str, str]:
    """Label to choice ("rules" or "provider:model") of everybody who can answer."""
    models = {
        f"{choice.shown} answers; the rules step in when it fails": str(choice)
        for choice in offered(settings)
    }
    return {RULES_LABEL: RULES, **models}


def standing_coach(settings: Settings, kept: CoachChoices) -> str:
    """Which of `coaches` answers now: the player's choice, else the settings', else the rules."""
    wanted = [f"{kept.provider}:{kept.model}", *map(str, configured(settings))]
    if kept.provider == RULES:
        wanted = []
    can = set(coaches(settings).values())
    return next((each for each in wanted if each in can), RULES)


def pair(choice: str) -> tuple[str, str]:
    """Provider and model of a choice; of the rules no model."""
    provider, _, model = choice.partition(":")
    return provider, model


def missing_html(settings: Settings) -> str:
    """What each model that can't be asked lacks, folded away; in sight when the settings name one of them."""
    named = [sentence for choice in configured(settings) if (sentence := problem(choice, settings))]
    alarm = "".join(
        f'<p class="notice">{escape(sentence)} Until then the rules answer.</p>' for sentence in named
    )
    others = [_usual(provider, settings) for provider in get_args(Provider)]
    lacks = [
        sentence for choice in others if (sentence := problem(choice, settings)) and sentence not in named
    ]
    if not lacks:
        return alarm
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in lacks)
    return (
        f"{alarm}<details><summary>Other models, and what they need</summary><ul class='lacks'>{items}</ul>"
        "<p class='muted small'>Keys stand in the environment of the machine that runs FretCoach, or in the "
        "file .env of its folder; they are never asked for or shown on a page.</p></details>"
    )


def _usual(provider: Provider, settings: Settings) -> Choice:
    """The model of a provider that would be asked."""
    model = settings.coach_model if provider == settings.coach_provider else ""
    return choice_from(f"{provider}:{model}")
