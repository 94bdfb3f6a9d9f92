"""What language models have used and cost this month, in words."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from workbench.settings import Settings
from workbench.store.usage import Spent, Usage
from workbench.user import User


def month_began() -> datetime:
    """The first moment of this month (UTC)."""
    return datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def spent_this_month(engine: Engine, user: User) -> Spent:
    """What the player's calls of this month used. Raises `StoreError`."""
    return Usage(engine).spent(user, month_began())


def cost(spent: Spent, budget_usd: float) -> str:
    """One clause: "$0.04 of $2.00 this month"."""
    budget = f" of {dollars(budget_usd)}" if budget_usd else ""
    more = f", and {_many(spent.unpriced, 'answer')} whose price is not known" if spent.unpriced else ""
    return f"{dollars(spent.cost_usd)}{budget} this month{more}"


def dollars(amount: float) -> str:
    """Cents, or finer while there are few of them: "$0.0042"."""
    return f"${amount:.2f}" if amount == 0.0 or amount >= 0.1 else f"${amount:.4f}"


def spent_html(engine: Engine, user: User, settings: Settings) -> str:
    """Calls, tokens, cost and budget of this month."""
    spent, budget = spent_this_month(engine, user), settings.coach_budget_usd
    limit = (
        f"The budget is {dollars(budget)} a month for each player; past it the rules answer."
        if budget
        else "There is no budget; FRETCOACH_COACH_BUDGET_USD sets one for each player and month."
    )
    if not spent.calls:
        return f"<p>Nothing this month: no model was asked.</p><p class='muted small'>{limit}</p>"
    rows = {
        "Cost": cost(spent, budget),
        "Answers": f"{spent.calls:,}; {spent.refused:,} claimed what was not measured and were not shown",
        "Tokens": f"{spent.input_tokens:,} read, {spent.output_tokens:,} written",
    }
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows.items())
    return f"<dl>{items}</dl><p class='muted small'>{limit}</p>"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
