"""What a call costs."""

import pytest

from coach.models.choice import choice_from
from coach.models.pricing import cost_usd, price
from workbench.settings import load_settings


def test_tokens_read_and_written_have_prices_of_their_own() -> None:
    cost = cost_usd(choice_from("openai"), load_settings(), read=1_000_000, written=500_000)
    assert cost == pytest.approx(0.15 + 0.30)


def test_the_settings_win_and_know_models_that_we_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRETCOACH_COACH_PRICES", '{"gpt-4o-mini": [1, 2], "mine": [3, 4]}')
    assert price(choice_from("openai"), load_settings()) == (1.0, 2.0)
    assert price(choice_from("compatible:mine"), load_settings()) == (3.0, 4.0)


def test_a_model_of_this_computer_is_free_and_another_s_price_may_be_unknown() -> None:
    assert cost_usd(choice_from("ollama:any"), load_settings(), read=10**9, written=10**9) == 0.0
    assert cost_usd(choice_from("compatible:any"), load_settings(), read=1, written=1) is None


@pytest.mark.parametrize("provider", ["openai", "gemini", "deepseek", "minimax"])
def test_every_default_model_has_a_price(provider: str) -> None:
    assert price(choice_from(provider), load_settings()) is not None
