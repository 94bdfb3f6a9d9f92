"""A model's server on this machine: OpenAI's, Gemini's and Ollama's protocols, and what a test wants said.

    server.script([Text("Slow down."), Status(429, retry_after="60"), Hang()])

One reply answers one request, in the protocol that the request came in and streamed where it asked for that.
What came in stands in `server.requests`. When the script is used up, `server.always` answers, or status 500.
Fixture: `loopback_model`; tests import the replies by `from loopback import Text`.
"""

import json
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import loopback_gemini
import loopback_ollama
import loopback_openai

PROTOCOLS = (loopback_openai, loopback_gemini, loopback_ollama)
TOKENS = (120, 30)
"""Tokens read and written that every answer tells of."""


@dataclass(frozen=True)
class Text:
    """Words; streamed one at a time, the last one only when `gate` is set, if there is one."""

    text: str
    tokens: tuple[int, int] = TOKENS
    gate: threading.Event | None = None


@dataclass(frozen=True)
class Shape:
    """An answer of the shape that was asked for: a forced tool call, or JSON as the text."""

    value: Mapping[str, Any]
    tokens: tuple[int, int] = TOKENS


@dataclass(frozen=True)
class Calls:
    """Calls of tools: (name, arguments) each, after some words."""

    calls: Sequence[tuple[str, Mapping[str, Any]]]
    text: str = ""
    tokens: tuple[int, int] = TOKENS


@dataclass(frozen=True)
class Status:
    """An error of HTTP. Its message repeats the key that was sent, as providers do."""

    code: int
    retry_after: str = ""


@dataclass(frozen=True)
class Hang:
    """Nothing, until the server closes."""


@dataclass(frozen=True)
class Trickle:
    """Blank lines that keep the connection open, until the server closes or nobody listens."""


@dataclass(frozen=True)
class Garbage:
    """Status 200 and no JSON."""


@dataclass(frozen=True)
class Cut:
    """The first words of an answer, and then a connection that is closed in the middle."""

    text: str = "You come in"


@dataclass(frozen=True)
class Held:
    """A reply that waits until the test sets `until`, or the server closes."""

    reply: "Reply"
    until: threading.Event


Reply = Held | Text | Shape | Calls | Status | Hang | Trickle | Garbage | Cut


@dataclass(frozen=True)
class Received:
    """One request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


@dataclass
class Server:
    """Listens on a free port of 127.0.0.1 from `start` to `close`; any number of requests at a time."""

    requests: list[Received] = field(default_factory=list)
    always: Reply | None = None

    def __post_init__(self) -> None:
        self._replies: deque[Reply] = deque()
        self.closing = threading.Event()
        self.lock = threading.Lock()
        server = self

        class Handler(_Handler):
            loopback = server

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.block_on_close = False

    @property
    def url(self) -> str:
        """The address, without a path."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def start(self) -> "Server":
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def close(self) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()

    def script(self, replies: Iterable[Reply]) -> None:
        """What comes next, instead of what was left of an older script."""
        with self.lock:
            self._replies = deque(replies)

    def next_reply(self, received: Received) -> Reply:
        with self.lock:
            self.requests.append(received)
            return self._replies.popleft() if self._replies else self.always or Status(500)

    def environment(self, provider: str = "compatible", model: str = "loopback") -> dict[str, str]:
        """The variables that make the coach ask this server, for `monkeypatch` or another process."""
        return {
            "FRETCOACH_COACH_PROVIDER": provider,
            "FRETCOACH_COACH_MODEL": model,
            "FRETCOACH_COACH_BASE_URL": self.url,
        }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    loopback: Server

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"null")
        received = Received("POST", self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        reply = self.loopback.next_reply(received)
        if isinstance(reply, Held):
            self._wait(reply.until)
            reply = reply.reply
        protocol = next((one for one in PROTOCOLS if one.speaks(self.path)), None)
        if protocol is None:
            self._send(404, {"error": f"nothing at {self.path}"})
        elif isinstance(reply, Status):
            key = " ".join(value for name, value in received.headers.items() if name in KEY_HEADERS)
            headers = {"Retry-After": reply.retry_after} if reply.retry_after else {}
            self._send(reply.code, protocol.error(reply.code, f"refused: {key}"), headers)
        elif isinstance(reply, Hang):
            self.loopback.closing.wait()
        elif isinstance(reply, Trickle):
            self._trickle()
        elif isinstance(reply, Garbage):
            self._write(200, "application/json", b'<html>no {"json": here')
        elif protocol.streams(received):
            self._stream(protocol, reply, received)
        else:
            self._send(200, protocol.whole(as_message(reply, protocol, received)), cut=isinstance(reply, Cut))

    def _stream(self, protocol: Any, reply: Reply, received: Received) -> None:
        self._head(200, protocol.STREAM_TYPE, chunked=True)
        pieces = list(protocol.parts(as_message(reply, protocol, received), received))
        for part in pieces[:-1]:
            self._chunk(part)
        if isinstance(reply, Text) and reply.gate:
            self._wait(reply.gate)
        self._chunk(pieces[-1])
        if isinstance(reply, Cut):
            self.close_connection = True
            return
        for part in protocol.ending(as_message(reply, protocol, received), received):
            self._chunk(part)
        self.wfile.write(b"0\r\n\r\n")

    def _wait(self, event: threading.Event) -> None:
        while not event.wait(0.02) and not self.loopback.closing.is_set():
            continue

    def _trickle(self) -> None:
        self._head(200, "application/json", chunked=True)
        try:
            while not self.loopback.closing.wait(0.02):
                self._chunk(b"\n")
        except OSError:
            self.close_connection = True

    def _send(
        self, status: int, body: Any, headers: Mapping[str, str] | None = None, *, cut: bool = False
    ) -> None:
        self._write(status, "application/json", json.dumps(body).encode(), headers, cut=cut)

    def _write(
        self,
        status: int,
        kind: str,
        body: bytes,
        headers: Mapping[str, str] | None = None,
        *,
        cut: bool = False,
    ) -> None:
        self._head(status, kind, headers, length=len(body))
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = self.close_connection or cut

    def _head(
        self,
        status: int,
        kind: str,
        headers: Mapping[str, str] | None = None,
        *,
        length: int | None = None,
        chunked: bool = False,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _chunk(self, part: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.flush()

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:  # a client that gave up
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing on the screen."""


KEY_HEADERS = {"authorization", "x-goog-api-key"}


@dataclass(frozen=True)
class Message:
    """A reply as all protocols know it."""

    text: str
    calls: Sequence[tuple[str, Mapping[str, Any]]] = ()
    tokens: tuple[int, int] = TOKENS

    def words(self) -> Iterator[str]:
        """The text in the pieces that it is streamed in."""
        first, *rest = self.text.split(" ")
        yield first
        yield from (f" {word}" for word in rest)


def as_message(reply: Reply, protocol: Any, received: Received) -> Message:
    if isinstance(reply, Calls):
        return Message(reply.text, reply.calls, reply.tokens)
    if isinstance(reply, Shape):
        tool = protocol.forced_tool(received.body)
        if tool:
            return Message("", [(tool, reply.value)], reply.tokens)
        return Message(json.dumps(reply.value), (), reply.tokens)
    assert isinstance(reply, Text | Cut)
    return Message(reply.text, (), getattr(reply, "tokens", TOKENS))
