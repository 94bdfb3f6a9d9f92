"""Which model answers: a provider and the name of one of its models, chosen by settings and never by code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal, cast

from pydantic import SecretStr

from workbench.settings import CoachProvider, Settings, variable_name

Provider = Literal["openai", "gemini", "deepseek", "minimax", "ollama", "compatible"]
"""Who serves models."""

SHOWN: Mapping[Provider, str] = {
    "openai": "OpenAI",
    "gemini": "Gemini",
    "deepseek": "DeepSeek",
    "minimax": "MiniMax",
    "ollama": "Ollama",
    "compatible": "The compatible server",
}
"""Names as a player reads them."""

DEFAULT_MODELS: Mapping[Provider, str] = {
    "openai": "gpt-4o-mini",
    "gemini": "gemini-2.0-flash-exp",
    "deepseek": "deepseek-chat",
    "minimax": "minimax-2.1-open",
}
"""What is asked where no model is named; the others have whatever was installed there."""

DEFAULT_URLS: Mapping[Provider, str] = {
    "openai": "https://api.openai.com/v1",
    "gemini": "https://generativelanguage.googleapis.com",
    "deepseek": "https://api.deepseek.com",
    "minimax": "https://api.minimax.chat/v1",
    "ollama": "http://127.0.0.1:11434",
}

_KEYS: Mapping[Provider, str] = {
    "openai": "openai_api_key",
    "gemini": "google_api_key",
    "deepseek": "deepseek_api_key",
    "minimax": "minimax_api_key",
    "compatible": "compatible_api_key",
}
"""The setting that holds the key."""

_PACKAGES: Mapping[Provider, str] = {"gemini": "langchain_google_genai", "ollama": "langchain_ollama"}
"""What speaks to it; the others speak OpenAI's protocol."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One model of one provider."""

    provider: Provider
    model: str

    def __str__(self) -> str:
        return f"{self.provider}:{self.model}"

    @property
    def shown(self) -> str:
        """As a player reads it: "OpenAI gpt-4o-mini"."""
        return f"{SHOWN[self.provider]} {self.model}".strip()


def choice_from(text: str) -> Choice:
    """The choice behind "provider" or "provider:model"; the provider must be a known one."""
    provider, _, model = text.partition(":")
    known = cast(Provider, provider)
    return Choice(known, model.strip() or DEFAULT_MODELS.get(known, ""))


def configured(settings: Settings) -> list[Choice]:
    """The model of the settings and then its fallbacks, each once; empty when the rules answer."""
    if settings.coach_provider == "rules":
        return []
    first = choice_from(f"{settings.coach_provider}:{settings.coach_model}")
    return list(dict.fromkeys([first, *map(choice_from, settings.coach_fallbacks)]))


def offered(settings: Settings) -> list[Choice]:
    """What a player may choose among, beside the rules: all that the settings name and hold a key for."""
    keyed = (choice_from(provider) for provider, setting in _KEYS.items() if _secret(settings, setting))
    wanted = [*configured(settings), *map(choice_from, settings.coach_fallbacks), *keyed]
    return [choice for choice in dict.fromkeys(wanted) if choice.model and not problem(choice, settings)]


def chosen(settings: Settings, provider: str, model: str) -> list[Choice]:
    """The models to ask, in order, for a player who chose one.

    Parameters
    ----------
    provider : "" = whatever the settings say; "rules" = no model
    model : "" = the provider's default

    A choice that the settings no longer offer counts as none.
    """
    if provider == "rules":
        return []
    wanted = [
        choice for choice in offered(settings) if choice.provider == provider and model in ("", choice.model)
    ]
    fallbacks = [choice_from(text) for text in settings.coach_fallbacks]
    return list(dict.fromkeys([wanted[0], *fallbacks])) if wanted else configured(settings)


def problem(choice: Choice, settings: Settings) -> str:
    """Why this model can't be asked at all, in one sentence; "" when it can."""
    return next(_problems(choice, settings), "")


def _problems(choice: Choice, settings: Settings) -> Iterator[str]:
    shown = SHOWN[choice.provider]
    if not choice.model:
        yield f"{shown} needs a model's name: set FRETCOACH_COACH_MODEL."
    key = _KEYS.get(choice.provider)
    if key and choice.provider != "compatible" and not _secret(settings, key):
        yield f"{shown} needs a key: set {variable_name(key)}."
    if not base_url(choice.provider, settings):
        yield f"{shown} needs an address: set FRETCOACH_COACH_BASE_URL."
    if find_spec(_PACKAGES.get(choice.provider, "langchain_openai")) is None:
        yield f"{shown} needs a package that is not installed: run `make coach` once."


def base_url(provider: Provider, settings: Settings) -> str:
    """Where that provider is asked; "" when the settings don't say and there is no usual place."""
    if url := settings.coach_base_urls.get(cast(CoachProvider, provider)):
        return url
    if settings.coach_base_url and provider == settings.coach_provider:
        return settings.coach_base_url
    return DEFAULT_URLS.get(provider, "")


def key_of(provider: Provider, settings: Settings) -> SecretStr:
    """The key; empty where none is needed."""
    setting = _KEYS.get(provider)
    secret = getattr(settings, setting) if setting else SecretStr("")
    assert isinstance(secret, SecretStr)
    return secret


def _secret(settings: Settings, setting: str) -> str:
    secret = getattr(settings, setting)
    assert isinstance(secret, SecretStr)
    return secret.get_secret_value()
