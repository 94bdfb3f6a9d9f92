"""Paper: a page is printed whole, with what its scripts drew, and a failure is one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from workbench import printing
from workbench.printing import PrintError, can_print, print_pdf

TWO_PAGES = """<!doctype html><meta charset="utf-8"><title>Two</title>
<style>@page { size: A4; margin: 10mm }</style>
<h1 style="break-after: page">One</h1><h1>Two</h1>
<script>
addEventListener("load", () => setTimeout(() => {
  document.body.insertAdjacentHTML("beforeend", '<h1 style="break-before: page">Late</h1>');
}, 3000));
</script>
<img src="http://example.com/missing.png" alt="">
"""


PagesOf = Callable[[bytes], int]

needs_browser = pytest.mark.skipif(not can_print(), reason="no Chromium or Chrome: apt-get install chromium")


@pytest.mark.browser
@needs_browser
def test_a_page_is_printed_with_what_its_scripts_drew_later(tmp_path: Path, pages_of: PagesOf) -> None:
    html, pdf = tmp_path / "two pages.html", tmp_path / "out.pdf"
    html.write_text(TWO_PAGES, encoding="utf-8")
    pdf.write_bytes(b"an earlier one")
    print_pdf(html, pdf)
    printed = pdf.read_bytes()
    assert printed.startswith(b"%PDF-")
    assert pages_of(printed) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.pdf", "two pages.html"]


def test_no_browser_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_BROWSERS", ("no-such-browser",))
    assert not can_print()
    html = tmp_path / "a.html"
    html.write_text("<p>a</p>", encoding="utf-8")
    with pytest.raises(PrintError, match="needs Chromium or Chrome on this computer and none was found"):
        print_pdf(html, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_nothing_to_print_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PrintError, match=r"There is no file .*missing\.html to print"):
        print_pdf(tmp_path / "missing.html", tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("program", "sentence"),
    [("echo no display >&2; exit 7", "could not print a.html: no display."), ("exit 0", "could not print")],
)
def test_a_browser_that_fails_keeps_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, sentence: str
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setattr(printing, "_BROWSERS", (str(browser),))
    html, pdf = tmp_path / "a.html", tmp_path / "a.pdf"
    html.write_text("<p>a</p>", encoding="utf-8")
    pdf.write_bytes(b"an earlier one")
    with pytest.raises(PrintError, match=sentence):
        print_pdf(html, pdf)
    assert pdf.read_bytes() == b"an earlier one"


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_BROWSERS", ("sh",))
    html = tmp_path / "a.html"
    html.write_text("<p>a</p>", encoding="utf-8")
    with pytest.raises(PrintError, match="can't be written: No such file"):
        print_pdf(html, tmp_path / "nowhere" / "a.pdf")


def test_a_browser_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setattr(printing, "_BROWSERS", (str(browser),))
    monkeypatch.setattr(printing, "_PATIENCE_S", 0.2)
    html = tmp_path / "a.html"
    html.write_text("<p>a</p>", encoding="utf-8")
    with pytest.raises(PrintError, match=r"did not print a\.html within"):
        print_pdf(html, tmp_path / "a.pdf")
