"""Who answers in a conversation, and what that has cost this month."""

from html import escape

from sqlalchemy import Engine

from coach.asking import Asking
from dashboards.parts.spent_words import cost, spent_this_month
from workbench.settings import Settings
from workbench.user import User


def who_html(asking: Asking, engine: Engine, user: User, settings: Settings) -> str:
    """One line; and one sentence when the model that was chosen can't be asked. Raises `StoreError`."""
    change = '<a href="settings">Change</a>'
    if not asking.name:
        return f'<p class="muted small">FretCoach\'s rules answer: at once, offline, free. {change}</p>'
    if asking.unavailable:
        return f'<p class="notice">{escape(asking.unavailable)} Until then the rules answer. {change}</p>'
    spent = cost(spent_this_month(engine, user), settings.coach_budget_usd)
    return f'<p class="muted small">{escape(asking.name)} answers. {spent}. {change}</p>'
