"""One question to the models: what it cost, who answered, what failed, and whether the answer was shown."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from coach.errors import ModelError
from coach.models.choice import Choice
from coach.models.factory import Purpose, timeout_s
from coach.models.faults import sentence
from coach.models.pricing import cost_usd
from coach.trace import Checked, Head, sender_for
from workbench.settings import Settings
from workbench.store.errors import StoreError
from workbench.store.usage import Usage
from workbench.user import User

log = logging.getLogger(__name__)


class Question:
    """A question from its asking to the verdict about its answer; `coach.asking.Asking.begin` makes one.

    Its callbacks run in whatever thread LangChain calls them in; each only appends.
    """

    def __init__(
        self,
        settings: Settings,
        user: User,
        usage: Usage,
        *,
        purpose: Purpose,
        tags: Sequence[str],
        metadata: Mapping[str, str],
    ) -> None:
        self._settings = settings
        self._user = user
        self._usage = usage
        self.purpose = purpose
        self._asked: list[Choice] = []
        self._failed: list[str] = []
        self._calls: list[UUID] = []
        self._costs: dict[str, float] = {}
        self._callbacks: list[Any] = []
        self._sender = sender_for(settings)
        self._head = Head(purpose, tuple(tags), dict(metadata))

    @property
    def callbacks(self) -> list[Any]:
        """LangChain's callback handlers of this question: they count tokens, and trace."""
        if not self._callbacks:
            from coach.models.meter import Meter  # noqa: PLC0415  loads LangChain

            self._callbacks.append(Meter(self))
            if self._sender:
                from coach.trace_runs import RunTracer  # noqa: PLC0415  loads LangChain

                self._callbacks.append(RunTracer(self._sender, self._head, self._costs))
        return self._callbacks

    @property
    def model(self) -> str:
        """Who was asked last, as a player reads it; "" before anybody was."""
        return self._asked[-1].shown if self._asked else ""

    def refuse(self, refusals: Sequence[object]) -> None:
        """Count the answer as one that was not shown, and trace why."""
        if self._calls:
            try:
                self._usage.refuse(self._user, self._calls[-1])
            except StoreError as error:
                log.warning("An answer that was refused could not be counted: %s", error)
        if self._sender:
            self._sender.send(Checked(self._head, refusals))

    def accept(self) -> None:
        """Trace that the answer passed its check."""
        if self._sender:
            self._sender.send(Checked(self._head, ()))

    def failed(self, error: BaseException) -> ModelError:
        """What a player reads when nobody answered.

        Parameters
        ----------
        error : what the library raised; it tells what the callbacks could not see
        """
        log.warning(
            "No model answered (%s): %s", self.purpose, "; ".join(self._failed) or type(error).__name__
        )
        if isinstance(error, ModelError):
            return error
        if not self._asked:
            return ModelError("No model could be asked: check the FRETCOACH_COACH_ settings.")
        first = self._failed[0] if self._failed else self._clause(self._asked[0], error)
        others = len(set(self._asked)) > 1
        return ModelError(f"{first}, and no fallback answered either." if others else f"{first}.")

    def asked(self, choice: Choice) -> None:
        """A model is being asked."""
        self._asked.append(choice)

    def answered(self, choice: Choice, run_id: UUID, *, read: int, written: int) -> None:
        """A model has answered, with so many tokens."""
        cost = cost_usd(choice, self._settings, read=read, written=written)
        if cost is not None:
            self._costs[str(run_id)] = cost
        try:
            call = self._usage.add(
                self._user, str(choice), self.purpose, input_tokens=read, output_tokens=written, cost_usd=cost
            )
        except StoreError as error:
            log.warning("What a call of %s cost could not be stored: %s", choice, error)
        else:
            self._calls.append(call)

    def fault(self, choice: Choice, error: BaseException) -> None:
        """A model has failed."""
        self._failed.append(self._clause(choice, error))

    def _clause(self, choice: Choice, error: BaseException) -> str:
        return sentence(error, choice, timeout_s(self.purpose, self._settings))
