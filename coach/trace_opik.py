"""Opik's side of a trace: one trace a question, with a span for each model, tool and check in it.

Loads Opik, which takes seconds: only `coach.trace`'s thread imports this. Its REST client is used instead of
its tracer, which would send in threads of its own, try again for minutes, and hold up the end of the process.
"""

import os
import re
from collections.abc import Iterator
from typing import Any

import httpx
from uuid_utils.compat import uuid7

# Opik reports its errors to Sentry and its use to Comet unless it is told not to before it is loaded.
os.environ.update(
    OPIK_SENTRY_ENABLE="false", OPIK_ANALYTICS_ENABLE="false", OPIK_CONSOLE_LOGGING_LEVEL="ERROR"
)

from opik.rest_api import OpikApi
from opik.rest_api.types import ErrorInfoWrite, FeedbackScoreBatchItem, SpanWrite, TraceWrite

from coach.models.factory import METADATA_CHOICE
from coach.trace import Checked, Place, Ran
from coach.trace_plain import plain

TIMEOUT_S = 5.0

GROUNDED = "grounded"
"""Name of the feedback score: 1 when every claim of the answer follows from the facts, 0 when not."""


class Opik:
    """A connection to one project."""

    def __init__(self, place: Place) -> None:
        self._project = place.project
        self._api = OpikApi(
            base_url=place.url.rstrip("/") + "/",
            api_key=place.key.get_secret_value() or None,
            workspace_name=place.workspace,
            httpx_client=httpx.Client(timeout=TIMEOUT_S, limits=httpx.Limits(max_keepalive_connections=0)),
        )

    def post(self, item: Ran | Checked) -> None:
        """Send one finished question, or the verdict about its answer."""
        if isinstance(item, Checked):
            self._post_verdict(item)
            return
        if item.first:
            self._api.traces.create_traces(traces=[self._trace(item)])
        if spans := list(self._spans(item, item.run, None)):
            self._api.spans.create_spans(spans=spans)

    def _trace(self, item: Ran) -> TraceWrite:
        run = item.run
        return TraceWrite(
            id=item.head.id,
            project_name=self._project,
            name=item.head.name,
            start_time=run.start_time,
            end_time=run.end_time,
            input=plain(run.inputs),
            output=plain(run.outputs),
            tags=list(item.head.tags),
            metadata=dict(item.head.metadata),
            thread_id=item.head.metadata.get("thread_id"),
            error_info=_error(run),
        )

    def _spans(self, item: Ran, run: Any, parent: str | None) -> Iterator[SpanWrite]:
        """A span for each model and tool, under the nearest of them that it ran in."""
        kept = run.run_type in {"llm", "tool"}
        span_id = str(uuid7()) if kept else parent
        if kept:
            yield SpanWrite(
                id=span_id,
                project_name=self._project,
                trace_id=item.head.id,
                parent_span_id=parent,
                name=run.name,
                type=run.run_type,
                start_time=run.start_time,
                end_time=run.end_time,
                input=plain(run.inputs),
                output=_output(run),
                error_info=_error(run),
                **_of_model(item, run),
            )
        for child in run.child_runs:
            yield from self._spans(item, child, span_id)

    def _post_verdict(self, item: Checked) -> None:
        refused = [plain(refusal) for refusal in item.refusals]
        span = SpanWrite(
            id=str(uuid7()),
            project_name=self._project,
            trace_id=item.head.id,
            name="check",
            type="guardrail",
            start_time=item.at,
            end_time=item.at,
            output={"passed": not refused, "refused": refused},
        )
        score = FeedbackScoreBatchItem(
            id=item.head.id,
            project_name=self._project,
            name=GROUNDED,
            value=0.0 if refused else 1.0,
            reason="; ".join(map(str, item.refusals)) or None,
            source="sdk",
        )
        self._api.spans.create_spans(spans=[span])
        self._api.traces.score_batch_of_traces(scores=[score])


def _of_model(item: Ran, run: Any) -> dict[str, Any]:
    """What only the span of a model has."""
    if run.run_type != "llm":
        return {}
    provider, _, model = str((run.extra.get("metadata") or {}).get(METADATA_CHOICE, "")).partition(":")
    return {
        "model": model,
        "provider": provider,
        "usage": _usage(run),
        "total_estimated_cost": item.costs.get(str(run.id)),
    }


def _generation(run: Any) -> dict[str, Any]:
    generations = (run.outputs or {}).get("generations") or [[]]
    return generations[0][0] if generations[0] else {}


def _output(run: Any) -> Any:
    return plain(_generation(run).get("message")) if run.run_type == "llm" else plain(run.outputs)


def _usage(run: Any) -> dict[str, int] | None:
    counted = ((_generation(run).get("message") or {}).get("kwargs") or {}).get("usage_metadata")
    if not counted:
        return None
    names = {
        "input_tokens": "prompt_tokens",
        "output_tokens": "completion_tokens",
        "total_tokens": "total_tokens",
    }
    return {names[name]: counted[name] for name in names if name in counted}


def _error(run: Any) -> ErrorInfoWrite | None:
    """The kind of an error only: its message repeats what a server said, keys included."""
    if not run.error:
        return None
    kind = re.match(r"\w+", run.error)
    return ErrorInfoWrite(exception_type=kind[0] if kind else "Error", traceback="")
