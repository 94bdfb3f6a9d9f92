"""Makes the LangChain model behind a choice: the one place that knows the providers' classes.

Each is imported when it is first needed: they cost seconds, and `make run` does not install them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from pydantic import SecretStr

from coach.models.choice import Choice, base_url, key_of
from workbench.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Purpose = Literal["recommendation", "live", "chat", "eval"]
"""What a question is for; each has its own time-out."""

METADATA_CHOICE = "fretcoach_model"
"""Under this name a model's metadata say which choice it is."""

_NO_KEY = "none"
"""Sent to a server that wants no key: OpenAI's client refuses an empty one, and would look for another."""


def timeout_s(purpose: Purpose, settings: Settings) -> float:
    """Seconds that one model may take over an answer."""
    return {
        "recommendation": settings.coach_timeout_recommendation_s,
        "live": settings.coach_timeout_live_s,
        "chat": settings.coach_timeout_chat_s,
        "eval": settings.coach_timeout_eval_s,
    }[purpose]


def make(
    choice: Choice, settings: Settings, purpose: Purpose, *, on_busy: Callable[[float], None]
) -> "BaseChatModel":
    """A model that is asked once, without retries of its own, and gives up after the time-out of `purpose`.

    Parameters
    ----------
    choice : one without a `coach.models.choice.problem`
    on_busy : gets the seconds for which its server wants to be left alone
    """
    _no_langsmith()
    from coach.models.wire import client_arguments  # noqa: PLC0415  loads httpx

    seconds = timeout_s(purpose, settings)
    makers = {"gemini": _gemini, "ollama": _ollama}
    maker = makers.get(choice.provider, _openai_protocol)
    return maker(choice, settings, seconds, client_arguments(seconds, on_busy))


def structured_method(choice: Choice) -> Literal["function_calling", "json_schema"]:
    """How that provider is asked for an answer of a given shape.

    All servers of OpenAI's protocol know function calls; a JSON schema only some, each with other keywords
    left out.
    """
    return "json_schema" if choice.provider in {"gemini", "ollama"} else "function_calling"


def _openai_protocol(
    choice: Choice, settings: Settings, seconds: float, wire: dict[str, Any]
) -> "BaseChatModel":
    import httpx  # noqa: PLC0415
    from langchain_openai import ChatOpenAI  # noqa: PLC0415

    key = key_of(choice.provider, settings)
    return ChatOpenAI(
        model=choice.model,
        api_key=key if key.get_secret_value() else SecretStr(_NO_KEY),
        base_url=base_url(choice.provider, settings),
        temperature=settings.coach_temperature,
        timeout=seconds,
        max_retries=0,
        stream_usage=True,
        use_responses_api=False,
        openai_proxy="",  # else OPENAI_PROXY, which it can't combine with a client
        http_client=httpx.Client(**wire),
        metadata={METADATA_CHOICE: str(choice)},
    )


def _gemini(choice: Choice, settings: Settings, seconds: float, wire: dict[str, Any]) -> "BaseChatModel":
    from langchain_google_genai import ChatGoogleGenerativeAI  # noqa: PLC0415

    return ChatGoogleGenerativeAI(
        model=choice.model,
        google_api_key=key_of(choice.provider, settings),
        base_url=base_url(choice.provider, settings),
        temperature=settings.coach_temperature,
        timeout=seconds,
        max_retries=1,  # of tries; 0 would mean Google's own five
        vertexai=False,
        client_args=wire,
        metadata={METADATA_CHOICE: str(choice)},
    )


def _ollama(choice: Choice, settings: Settings, seconds: float, wire: dict[str, Any]) -> "BaseChatModel":
    from langchain_ollama import ChatOllama  # noqa: PLC0415

    return ChatOllama(
        model=choice.model,
        base_url=base_url(choice.provider, settings),
        temperature=settings.coach_temperature,
        sync_client_kwargs=wire,
        metadata={METADATA_CHOICE: str(choice)},
    )


def _no_langsmith() -> None:
    """Keep questions from LangSmith, to which LangChain sends them where another program's variables ask."""
    import langsmith  # noqa: PLC0415

    langsmith.configure(enabled=False)
