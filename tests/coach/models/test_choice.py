"""Which models are asked, and why one can't be."""

import json

import pytest

from coach.models.choice import Choice, base_url, choice_from, chosen, configured, offered, problem
from workbench.settings import Settings, load_settings


@pytest.fixture
def settings_with(monkeypatch: pytest.MonkeyPatch):
    def load(**variables: str) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return load_settings()

    return load


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("openai", Choice("openai", "gpt-4o-mini")),
        ("gemini", Choice("gemini", "gemini-2.0-flash-exp")),
        ("deepseek", Choice("deepseek", "deepseek-chat")),
        ("minimax", Choice("minimax", "minimax-2.1-open")),
        ("openai:gpt-4o", Choice("openai", "gpt-4o")),
        ("ollama:llama3.2:3b", Choice("ollama", "llama3.2:3b")),
        ("ollama", Choice("ollama", "")),
    ],
)
def test_a_model_is_named_after_a_colon_or_is_the_provider_s_own(text: str, choice: Choice) -> None:
    assert choice_from(text) == choice


@pytest.mark.parametrize(
    ("provider", "url"),
    [
        ("deepseek", "https://api.deepseek.com"),
        ("minimax", "https://api.minimax.chat/v1"),
        ("ollama", "http://127.0.0.1:11434"),
        ("compatible", ""),
    ],
)
def test_addresses_are_the_providers_own_unless_set(provider, url, settings_with) -> None:
    assert base_url(provider, settings_with()) == url
    elsewhere = settings_with(FRETCOACH_COACH_PROVIDER=provider, FRETCOACH_COACH_BASE_URL="http://h/v1")
    assert base_url(provider, elsewhere) == "http://h/v1"
    assert base_url("openai", elsewhere) == "https://api.openai.com/v1"
    each = settings_with(FRETCOACH_COACH_BASE_URLS=json.dumps({provider: "http://other"}))
    assert base_url(provider, each) == "http://other"


def test_without_settings_the_rules_answer_even_where_a_key_lies_about(settings_with) -> None:
    settings = settings_with(OPENAI_API_KEY="sk-1")
    assert configured(settings) == []
    assert offered(settings) == [Choice("openai", "gpt-4o-mini")]


def test_fallbacks_follow_in_their_order_each_once(settings_with) -> None:
    settings = settings_with(
        FRETCOACH_COACH_PROVIDER="openai", FRETCOACH_COACH_FALLBACKS="gemini, ollama:x ,openai,gemini"
    )
    assert [str(choice) for choice in configured(settings)] == [
        "openai:gpt-4o-mini",
        "gemini:gemini-2.0-flash-exp",
        "ollama:x",
    ]


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"FRETCOACH_COACH_PROVIDER": "openai"}, "OpenAI needs a key: set OPENAI_API_KEY."),
        ({"FRETCOACH_COACH_PROVIDER": "gemini"}, "Gemini needs a key: set GOOGLE_API_KEY."),
        ({"FRETCOACH_COACH_PROVIDER": "ollama"}, "Ollama needs a model's name: set FRETCOACH_COACH_MODEL."),
        (
            {"FRETCOACH_COACH_PROVIDER": "compatible", "FRETCOACH_COACH_MODEL": "x"},
            "The compatible server needs an address: set FRETCOACH_COACH_BASE_URL.",
        ),
        ({"FRETCOACH_COACH_PROVIDER": "ollama", "FRETCOACH_COACH_MODEL": "x"}, ""),
    ],
)
def test_what_is_missing_is_named_in_one_sentence(variables, sentence, settings_with) -> None:
    settings = settings_with(**variables)
    assert problem(configured(settings)[0], settings) == sentence


def test_a_package_that_is_not_installed_is_named(settings_with, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.models.choice.find_spec", lambda name: None)
    settings = settings_with(FRETCOACH_COACH_PROVIDER="openai", OPENAI_API_KEY="sk-1")
    assert problem(configured(settings)[0], settings).endswith("run `make coach` once.")


def test_a_player_s_choice_goes_first_and_keeps_the_fallbacks(settings_with) -> None:
    settings = settings_with(
        FRETCOACH_COACH_PROVIDER="openai",
        FRETCOACH_COACH_FALLBACKS="ollama:x",
        OPENAI_API_KEY="sk-1",
        GOOGLE_API_KEY="g-1",
    )
    assert [c.provider for c in chosen(settings, "gemini", "")] == ["gemini", "ollama"]
    assert [c.provider for c in chosen(settings, "ollama", "x")] == ["ollama"]
    assert chosen(settings, "rules", "") == []


@pytest.mark.parametrize(("provider", "model"), [("", ""), ("deepseek", ""), ("openai", "gpt-9"), ("x", "")])
def test_a_choice_that_is_not_offered_counts_as_none(provider, model, settings_with) -> None:
    settings = settings_with(FRETCOACH_COACH_PROVIDER="openai", OPENAI_API_KEY="sk-1")
    assert chosen(settings, provider, model) == configured(settings)
