"""Between us and a model's server: one deadline for a whole answer, and heed of when to come back.

A read time-out alone ends only what is silent. Servers under load send blank lines or comments to keep a
connection open (DeepSeek and OpenRouter document it), and would keep a player waiting for minutes.
"""

import math
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

_BEGAN = "fretcoach_began"
_MOST_REST_S = 3600.0
"""A server that asks for more is asked again after an hour all the same."""


class _Until(httpx.SyncByteStream):
    """The bytes of an answer as long as the deadline has not passed."""

    def __init__(self, stream: httpx.SyncByteStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the whole answer took too long")
            yield part

    def close(self) -> None:
        self._stream.close()


def client_arguments(timeout_s: float, on_busy: Callable[[float], None]) -> dict[str, Any]:
    """Arguments for any httpx client, synchronous.

    Connections close with each answer: nobody closes a model, and questions are minutes apart.

    Parameters
    ----------
    timeout_s : seconds from the question to the last byte of the answer
    on_busy : gets the seconds for which a server that refused (429 or 503) wants to be left alone
    """

    def asked(request: httpx.Request) -> None:
        request.extensions[_BEGAN] = time.monotonic()

    def answered(response: httpx.Response) -> None:
        if response.status_code in {429, 503} and (wait := retry_after_s(response.headers)) > 0.0:
            on_busy(wait)
        if isinstance(response.stream, httpx.SyncByteStream):
            response.stream = _Until(response.stream, response.request.extensions[_BEGAN] + timeout_s)

    return {
        "timeout": timeout_s,
        "limits": httpx.Limits(max_keepalive_connections=0),
        "event_hooks": {"request": [asked], "response": [answered]},
    }


def retry_after_s(headers: httpx.Headers) -> float:
    """Seconds of a Retry-After header (RFC 9110, 10.2.3: a number or a date); 0 without a readable one."""
    value = headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return 0.0
    return min(max(seconds, 0.0), _MOST_REST_S) if math.isfinite(seconds) else 0.0
