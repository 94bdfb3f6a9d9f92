"""Opik's server on this machine: it keeps what is sent to it.

opik.traces(), opik.spans(), opik.scores()         what was posted so far, in order
opik.held.clear() / opik.held.set()                a server that hangs, and one that answers again
"""

import gzip
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

API = "/opik/api"


@dataclass(frozen=True)
class Posted:
    """One request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


class OpikServer:
    """Listens on a free port of 127.0.0.1 from `start` to `close`."""

    def __init__(self, status: int = 204) -> None:
        self.posted: list[Posted] = []
        self.status = status
        self.held = threading.Event()
        self.held.set()
        self.reached = threading.Event()
        server = self

        class Handler(_Handler):
            opik = server

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.block_on_close = False

    @property
    def url(self) -> str:
        """The address, as OPIK_URL_OVERRIDE takes it."""
        return f"http://127.0.0.1:{self._http.server_address[1]}{API}"

    def start(self) -> "OpikServer":
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def close(self) -> None:
        self.held.set()
        self._http.shutdown()
        self._http.server_close()

    def traces(self) -> list[dict[str, Any]]:
        return self._all("/v1/private/traces/batch", "traces")

    def spans(self) -> list[dict[str, Any]]:
        return self._all("/v1/private/spans/batch", "spans")

    def scores(self) -> list[dict[str, Any]]:
        return self._all("/v1/private/traces/feedback-scores", "scores")

    def _all(self, path: str, name: str) -> list[dict[str, Any]]:
        return [item for post in self.posted if post.path == API + path for item in post.body[name]]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    opik: OpikServer

    def _keep(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Content-Encoding") == "gzip":
            raw = gzip.decompress(raw)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.opik.posted.append(Posted(self.command, self.path, headers, json.loads(raw or b"null")))
        self.opik.reached.set()
        self.opik.held.wait()
        self.send_response(self.opik.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT = do_PATCH = do_GET = _keep  # noqa: N815

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:  # a client that gave up
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing on the screen."""
