"""Asks language models for a player: whom, within which budget and time, and what it cost.

The model of the settings is asked first, then each fallback, when one fails, answers too late, has had too
many questions (HTTP 429), or answers with what can't be read. A server that says when to come back
(Retry-After) is left alone until then. Nothing here loads LangChain before a question is asked.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel
from sqlalchemy import Engine

from coach.errors import ModelError
from coach.models.choice import Choice, chosen, problem
from coach.models.factory import Purpose, make, structured_method
from coach.models.pricing import price
from coach.question import Question
from workbench.settings import Settings
from workbench.store.configs import Configs
from workbench.store.usage import Usage
from workbench.user import User

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

T = TypeVar("T", bound=BaseModel)

PROVIDER_CONFIG = "coach.provider"
"""Name under which `Configs` keeps the provider that a player chose; "" = what the settings say."""

MODEL_CONFIG = "coach.model"
"""And the model."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What a model answered.

    Attributes
    ----------
    value : in the shape that was asked for, not checked against any facts yet
    model : who answered, as a player reads it: "OpenAI gpt-4o-mini"
    question : what `Asking.refuse` and `Asking.accept` need
    """

    value: T
    model: str
    question: Question


class Asking:
    """Questions of one player.

    Parameters
    ----------
    settings : which models there are, their keys, the budget, the time-outs
    user : who asks and pays
    engine : the database; it holds the player's choice of a model and what was spent
    """

    def __init__(self, settings: Settings, user: User, engine: Engine) -> None:
        self._settings = settings
        self._user = user
        self._usage = Usage(engine)
        self._configs = Configs(engine)
        self._resting: dict[Choice, float] = {}
        self._models: dict[tuple[Choice, Purpose], BaseChatModel] = {}

    @property
    def available(self) -> bool:
        """Whether a question may be asked now: a model is configured, and the budget is not spent."""
        return not self.unavailable

    @property
    def unavailable(self) -> str:
        """Why no model can be asked, in one sentence; "" when one can."""
        try:
            self._askable()
        except ModelError as error:
            return str(error)
        return ""

    @property
    def name(self) -> str:
        """The model that is asked first, as a player reads it; "" where the rules answer."""
        choices = self._choices()
        return choices[0].shown if choices else ""

    def structured(
        self,
        purpose: Purpose,
        messages: Sequence[tuple[str, str]],
        schema: type[T],
        *,
        tags: Sequence[str] = (),
        metadata: Mapping[str, str] | None = None,
    ) -> Answer[T]:
        """One answer of a given shape.

        Parameters
        ----------
        messages : (role, text) with the roles "system", "human" and "ai"
        schema : the shape; the descriptions of its fields are read by the model
        tags, metadata : for the trace, see `begin`

        Raises
        ------
        ModelError : no model answered; one sentence
        """
        question = self.begin(purpose, tags=tags, metadata=metadata)
        models = self._askable()
        config: Any = {"callbacks": question.callbacks, "run_name": purpose}
        try:
            value = self._one_of(models, purpose, schema).invoke(list(messages), config)
        except Exception as error:  # any library may raise anything over what a server sends
            raise question.failed(error) from None
        return Answer(value, question.model, question)

    def chain(self, purpose: Purpose) -> "list[BaseChatModel]":
        """The models to ask, in order, for an agent that handles its own fallbacks.

        Raises
        ------
        ModelError : there is none, or the budget is spent
        """
        choices = self._askable()
        try:
            return [self._make(choice, purpose) for choice in choices]
        except Exception as error:  # a client may refuse an address or a name in its own way
            raise self.begin(purpose).failed(error) from None

    def begin(
        self, purpose: Purpose, *, tags: Sequence[str] = (), metadata: Mapping[str, str] | None = None
    ) -> Question:
        """A question that is asked elsewhere (by an agent): pass its `callbacks` on, `refuse` what is wrong.

        Parameters
        ----------
        tags : "ai-mode", "recommendation", "live-coach", "web-chat", "practice-plan"
        metadata : session_id, practice_id, thread_id as they apply; user_id is added here
        """
        named = {**(metadata or {}), "user_id": self._user.id}
        return Question(self._settings, self._user, self._usage, purpose=purpose, tags=tags, metadata=named)

    def refuse(self, answer: "Answer[Any] | Question", refusals: Sequence[object]) -> None:
        """Count an answer that was not shown, and trace why."""
        question = answer if isinstance(answer, Question) else answer.question
        question.refuse(refusals)

    def accept(self, answer: "Answer[Any] | Question") -> None:
        """Trace that an answer passed its check."""
        question = answer if isinstance(answer, Question) else answer.question
        question.accept()

    def _choices(self) -> list[Choice]:
        provider = self._configs.get(self._user, PROVIDER_CONFIG, "")
        model = self._configs.get(self._user, MODEL_CONFIG, "")
        return chosen(self._settings, str(provider), str(model))

    def _askable(self) -> list[Choice]:
        """The models that may be asked now, in order; raises ModelError when there is none."""
        choices = self._choices()
        if not choices:
            raise ModelError("The rules answer: no model is chosen.")
        usable = [choice for choice in choices if not problem(choice, self._settings)]
        if not usable:
            raise ModelError(problem(choices[0], self._settings))
        return self._awake(self._affordable(usable))

    def _affordable(self, choices: list[Choice]) -> list[Choice]:
        budget = self._settings.coach_budget_usd
        if not budget:
            return choices
        month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        if self._usage.spent(self._user, month).cost_usd >= budget:
            raise ModelError(f"This month's budget of {budget:.2f} USD for the coach is spent.")
        priced = [choice for choice in choices if price(choice, self._settings) is not None]
        if not priced:
            raise ModelError(
                f"{choices[0].shown} has no known price, which a budget needs: set FRETCOACH_COACH_PRICES."
            )
        return priced

    def _awake(self, choices: list[Choice]) -> list[Choice]:
        now = time.monotonic()
        awake = [choice for choice in choices if self._resting.get(choice, now) <= now]
        if not awake:
            wait = min(self._resting[choice] for choice in choices) - now
            raise ModelError(
                f"{choices[0].shown} takes no more questions for now; ask again in {wait:.0f} s."
            )
        return awake

    def _make(self, choice: Choice, purpose: Purpose) -> "BaseChatModel":
        def rest(seconds: float) -> None:
            self._resting[choice] = time.monotonic() + seconds

        if (choice, purpose) not in self._models:
            self._models[choice, purpose] = make(choice, self._settings, purpose, on_busy=rest)
        return self._models[choice, purpose]

    def _one_of(self, choices: list[Choice], purpose: Purpose, schema: type[T]) -> "Runnable[Any, Any]":
        """All models as one: `with_fallbacks` would trace each as a question of its own."""
        from langchain_core.runnables import RunnableConfig, RunnableLambda  # noqa: PLC0415

        models = [
            self._make(choice, purpose).with_structured_output(schema, method=structured_method(choice))
            for choice in choices
        ]

        def ask(messages: list[tuple[str, str]], config: RunnableConfig) -> Any:
            faults: list[Exception] = []
            for model in models:
                try:
                    if (value := model.invoke(messages, config)) is not None:
                        return value
                except Exception as fault:  # as in `structured`
                    faults.append(fault)
                else:
                    faults.append(ValueError("the answer has another shape than what was asked for"))
            raise faults[0]

        return RunnableLambda(ask)
