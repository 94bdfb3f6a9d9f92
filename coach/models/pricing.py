"""What a call of a model costs.

Prices are US dollars for a million tokens read and a million tokens written, as known when this was
written. They change, so the settings can name others. A model on the player's own computer costs nothing.
"""

from collections.abc import Mapping

from coach.models.choice import Choice
from workbench.settings import Settings

PRICES: Mapping[str, tuple[float, float]] = {
    "gpt-4o-mini": (0.15, 0.60),
    "gpt-4o": (2.50, 10.00),
    "gemini-2.0-flash-exp": (0.0, 0.0),  # experimental models are free of charge
    "gemini-2.0-flash": (0.10, 0.40),
    "deepseek-chat": (0.28, 0.42),
    "minimax-2.1-open": (0.30, 1.20),
}
"""(read, written) by the model's name."""

_MILLION = 1_000_000


def price(choice: Choice, settings: Settings) -> tuple[float, float] | None:
    """US dollars for a million tokens (read, written); None when it is not known."""
    if choice.model in settings.coach_prices:
        return settings.coach_prices[choice.model]
    if choice.provider == "ollama":
        return (0.0, 0.0)
    return PRICES.get(choice.model)


def cost_usd(choice: Choice, settings: Settings, *, read: int, written: int) -> float | None:
    """US dollars for one call of so many tokens; None when the price is not known."""
    known = price(choice, settings)
    return None if known is None else (known[0] * read + known[1] * written) / _MILLION
