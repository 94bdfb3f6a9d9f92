"""A deadline for the whole answer, and servers that ask to be left alone."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Cut, Server, Status, Text, Trickle

from coach.models.wire import client_arguments, retry_after_s

ASK = "/chat/completions"


@pytest.mark.parametrize(("value", "seconds"), [("20", 20.0), ("0", 0.0), ("-5", 0.0), ("1e9", 3600.0)])
def test_retry_after_in_seconds(value: str, seconds: float) -> None:
    assert retry_after_s(httpx.Headers({"Retry-After": value})) == seconds


def test_retry_after_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 60.0 < retry_after_s(httpx.Headers({"Retry-After": soon})) <= 90.0
    long_ago = "Wed, 21 Oct 2015 07:28:00 GMT"
    assert retry_after_s(httpx.Headers({"Retry-After": long_ago})) == 0.0


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_any_retry_after_gives_seconds_of_an_hour_at_most(value: str) -> None:
    assert 0.0 <= retry_after_s(httpx.Headers({"Retry-After": value})) <= 3600.0


@pytest.mark.parametrize("status", [429, 503])
def test_who_refuses_and_says_until_when_is_reported(status: int, loopback_model: Server) -> None:
    waits: list[float] = []
    loopback_model.script([Status(status, retry_after="30"), Status(status), Status(500, retry_after="30")])
    with httpx.Client(**client_arguments(5.0, waits.append)) as client:
        for _ in range(3):
            client.post(loopback_model.url + ASK, json={})
    assert waits == [30.0]


def test_blank_lines_do_not_keep_an_answer_alive(loopback_model: Server) -> None:
    loopback_model.script([Trickle()])
    with (
        httpx.Client(**client_arguments(0.2, lambda _: None)) as client,
        pytest.raises(httpx.ReadTimeout, match="whole answer"),
    ):
        client.post(loopback_model.url + ASK, json={})


def test_an_answer_in_time_is_whole_and_a_cut_one_is_an_error(loopback_model: Server) -> None:
    loopback_model.script([Text("All of it."), Cut()])
    with httpx.Client(**client_arguments(30.0, lambda _: None)) as client:
        answer = client.post(loopback_model.url + ASK, json={}).json()
        assert answer["choices"][0]["message"]["content"] == "All of it."
        with pytest.raises(httpx.RemoteProtocolError):
            client.post(loopback_model.url + ASK, json={})
