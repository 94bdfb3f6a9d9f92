"""The server answers to its own names only."""

import asyncio
from collections.abc import Sequence

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from dashboards.parts.hosts import answer_only_to, is_loopback, known_names, with_port


class Page(RequestHandler):
    def get(self) -> None:
        self.write("the page")


async def asked(names: Sequence[str], hosts: Sequence[str]) -> list[int]:
    """Status for each host that a request names."""
    application = Application([("/", Page)])
    answer_only_to(application, names)
    listening, port = bind_unused_port()
    server = HTTPServer(application)
    server.add_socket(listening)
    client = AsyncHTTPClient()
    try:
        requests = [
            HTTPRequest(f"http://127.0.0.1:{port}/", headers={"Host": host.replace("PORT", str(port))})
            for host in hosts
        ]
        return [(await client.fetch(request, raise_error=False)).code for request in requests]
    finally:
        client.close()
        server.stop()


def test_known_names_are_answered_with_and_without_port() -> None:
    names = ["127.0.0.1", "localhost", "[::1]", "studio.example:8443"]
    hosts = ["127.0.0.1:PORT", "localhost", "LOCALHOST:PORT", "[::1]:PORT", "studio.example"]
    assert asyncio.run(asked(names, hosts)) == [200] * len(hosts)


def test_other_names_are_refused() -> None:
    hosts = ["evil.example", "evil.example:PORT", "127.0.0.1.evil.example", "notlocalhost", "127a0b0c1"]
    assert asyncio.run(asked(["127.0.0.1", "localhost"], hosts)) == [421] * len(hosts)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("a.b", False),
    ],
)
def test_loopback_is_told_from_the_rest(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("host", "origins", "names"),
    [
        ("127.0.0.1", [], ["127.0.0.1", "localhost"]),
        ("::1", [], ["[::1]", "localhost", "127.0.0.1"]),
        ("0.0.0.0", [], ["studio", "localhost", "127.0.0.1"]),
        ("0.0.0.0", ["me.example:8443"], ["me.example:8443", "studio", "localhost", "127.0.0.1"]),
        ("192.168.1.20", ["me.example"], ["192.168.1.20", "me.example", "localhost", "127.0.0.1"]),
    ],
)
def test_the_name_to_print_comes_first(host: str, origins: list[str], names: list[str]) -> None:
    assert known_names(host, origins, "studio") == names


def test_a_port_is_added_once() -> None:
    assert with_port("me.example", 5006) == "me.example:5006"
    assert with_port("me.example:8443", 5006) == "me.example:8443"
    assert with_port("[::1]", 5006) == "[::1]:5006"
