"""LangChain's side of a trace: what a question made it do, told when it has finished. Import it late."""

from collections.abc import Mapping

from langchain_core.tracers.base import BaseTracer
from langchain_core.tracers.schemas import Run

from coach.trace import Head, Ran, Sender


class RunTracer(BaseTracer):
    """Hands every finished run to the sender.

    Parameters
    ----------
    costs : US dollars by run id; filled while models answer
    """

    run_inline = True

    def __init__(self, sender: Sender, head: Head, costs: Mapping[str, float]) -> None:
        super().__init__()
        self._sender = sender
        self._head = head
        self._costs = costs
        self._first = True

    def _persist_run(self, run: Run) -> None:
        self._sender.send(Ran(self._head, run, self._costs, self._first))
        self._first = False
