"""HTML to PDF, by the Chromium or Chrome of this computer.

A page is printed as it looks once its scripts have drawn, and nothing is fetched from any network.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)

_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    # Scripts get this many of their own milliseconds, which pass as fast as there is nothing left to do.
    "--virtual-time-budget=20000",
)

_PATIENCE_S = 120.0
"""A report of two pages prints in a few seconds, also on a busy computer."""


class PrintError(Exception):
    """A PDF can't be made; the message is one sentence."""


def print_pdf(html_path: Path, pdf_path: Path) -> None:
    """Print an HTML file; paper size and margins are those of its `@page` rule.

    Parameters
    ----------
    html_path : a file that holds or links all it needs on this computer
    pdf_path : written whole or not at all; an earlier file of that name is replaced

    Raises
    ------
    PrintError
        when there is no browser, or it can't read the one or write the other
    """
    if not html_path.is_file():
        raise PrintError(f"There is no file {html_path} to print.")
    browser = _browser()
    try:
        with tempfile.TemporaryDirectory(dir=pdf_path.absolute().parent, prefix=".print-") as folder:
            printed = Path(folder, "page.pdf")
            _print(browser, html_path, printed, Path(folder, "profile"))
            os.replace(printed, pdf_path)
    except OSError as error:
        raise PrintError(f"{pdf_path} can't be written: {error.strerror}.") from error


def can_print() -> bool:
    """Whether there is a browser to print with."""
    return any(map(shutil.which, _BROWSERS))


def _browser() -> str:
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        raise PrintError(
            "A PDF needs Chromium or Chrome on this computer and none was found; "
            "install one, or take the HTML."
        )
    return found


def _print(browser: str, html_path: Path, printed: Path, profile: Path) -> None:
    # A profile of its own: otherwise a browser that is open already would take the order and answer nothing.
    command = [browser, *_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={printed}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # as root, in a container, Chromium starts in no other way
    command.append(html_path.absolute().as_uri())
    try:
        done = subprocess.run(  # noqa: S603  the program is a browser by name, the page is ours
            command, capture_output=True, text=True, errors="replace", timeout=_PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PrintError(f"{browser} did not print {html_path.name} within {_PATIENCE_S:.0f} s.") from error
    if done.returncode != 0 or not printed.is_file():
        reason = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
        raise PrintError(f"{browser} could not print {html_path.name}: {reason.rstrip('.')}.")
