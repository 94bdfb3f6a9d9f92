"""Served to other machines: over TLS, to players who sign in, each with sessions of their own."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path: Path, e2e: Any) -> Iterator[str]:
    """Address of an app that other machines could reach."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with; install it with: apt-get install -y openssl")
    certificate, key, players = tmp_path / "cert.pem", tmp_path / "key.pem", tmp_path / "players.json"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    players.write_text(json.dumps({"bob": "plectrum"}))
    options = ("--certfile", certificate, "--keyfile", key, "--basic-auth", players, "--host", "0.0.0.0")
    with e2e.running_app(tmp_path, *map(str, options), scheme="https") as (url, _):
        yield url


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("Player").fill("bob")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_player_signs_in_practises_and_signs_out(chromium: Browser, served: str, e2e: Any) -> None:
    with e2e.watched(chromium, served, ignore_https_errors=True) as page:
        page.goto("/practice")
        sign_in(page, "guess")
        expect(page.get_by_role("alert")).to_contain_text("do not go together")
        sign_in(page, "plectrum")
        expect(page.locator(".fc-player")).to_have_text("bob")
        practice = e2e.PracticePage(page).open()
        practice.start()
        page.locator(".note[data-note]").wait_for()
        practice.button("Stop").click()
        practice.final_scores()
        page.get_by_role("link", name="Sign out").click()
        page.goto("/sessions")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_name_that_is_not_ours_gets_nothing(playwright: Any, app_url: str, e2e: Any) -> None:
    with e2e.launched(playwright, "--host-resolver-rules=MAP evil.example 127.0.0.1") as browser:
        page = browser.new_page()
        answer = page.goto(app_url.replace("127.0.0.1", "evil.example") + "/practice")
        assert answer is not None
        assert answer.status == 421
        assert "does not answer to this name" in answer.text()
