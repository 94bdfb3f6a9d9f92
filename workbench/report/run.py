"""Runs the notebook of the weekly report and gives what it shows as a page: HTML, or PDF printed from it.

The notebook runs in a Python process of its own, in the current folder and with this environment, so that
it finds the same settings. Only the player and the week are handed to it: what it writes down holds no
address of a database and no password.
"""

import sysconfig
from collections.abc import Mapping
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from workbench.report.week import ReportError

Format = Literal["html", "pdf"]

NOTEBOOK = "05_weekly_report.ipynb"

PACKAGES = ("ipykernel", "nbconvert", "papermill")
"""What runs a notebook; they come with the extra "notebooks"."""

KERNEL = "python3"


def notebook() -> Path:
    """Where the notebook lies: in the folder `notebooks` of a checkout, or with the data of an installation.

    Raises
    ------
    ReportError
        when neither is there
    """
    checkout = Path(str(files("workbench"))).parent
    for folder in (checkout, Path(sysconfig.get_path("data"), "share", "fretcoach")):
        if (folder / "notebooks" / NOTEBOOK).is_file():
            return folder / "notebooks" / NOTEBOOK
    raise ReportError(f"The notebook {NOTEBOOK} is missing from this installation; install FretCoach again.")


def check_packages() -> None:
    """See that notebooks can be run here.

    Raises
    ------
    ReportError
        names what is missing and how to get it
    """
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise ReportError(f"A report needs {', '.join(missing)}: pip install {' '.join(missing)}")


def report(user: str, week: str, kind: Format = "html", *, bar: Mapping[str, Any] | bool = False) -> bytes:
    """The report of one player's week.

    Parameters
    ----------
    user : name of the player
    week : such as "2026-W47"
    kind : what is wanted
    bar : False, or the settings of papermill's progress bar

    Returns
    -------
    the file's content

    Raises
    ------
    ReportError
        when packages are missing or the notebook stops; the message is what it stopped with
    PrintError
        when a PDF was wanted and can't be printed
    """
    check_packages()
    page = page_of(execute(user, week, bar), f"FretCoach: {user}, {week}")
    return page.encode() if kind == "html" else printed(page)


def execute(user: str, week: str, bar: Mapping[str, Any] | bool = False) -> Any:
    """The notebook as it ran, with its outputs; nothing is written to the disk. As for `report`."""
    import papermill  # noqa: PLC0415  comes with an extra, and costs a second
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415
    from traitlets.config import Config  # noqa: PLC0415

    try:
        with TemporaryDirectory(prefix="fretcoach-") as folder:
            # Over sockets in a folder of one's own, nobody else on this computer can listen to what is said.
            sockets = {"transport": "ipc", "ip": str(Path(folder, "kernel"))}
            return papermill.execute_notebook(
                notebook(),
                None,
                parameters={"user": user, "week": week},
                kernel_name=KERNEL,
                progress_bar=bar if isinstance(bar, bool) else dict(bar),
                cwd=Path.cwd(),
                config=Config({"KernelManager": sockets}),
                # How it is stopped is no news: what fails inside comes back as an error of its cell.
                extra_arguments=["--log-level=CRITICAL"],
            )
    except PapermillExecutionError as error:
        said = str(error.evalue).strip().rstrip(".") or error.ename
        raise ReportError(f"The report of {user} for {week} stopped: {said}.") from error


def page_of(executed: Any, title: str) -> str:
    """What the cells of a notebook that ran show, as one HTML page."""
    from nbconvert import HTMLExporter  # noqa: PLC0415  comes with an extra

    exporter = HTMLExporter(
        template_name="fretcoach",
        extra_template_basedirs=[str(files("workbench.report").joinpath("templates"))],
        exclude_input=True,
        exclude_markdown=True,
    )
    page, _ = exporter.from_notebook_node(executed, resources={"title": title})
    return str(page)


def printed(page: str) -> bytes:
    """A page as PDF. Raises `PrintError` where that can't be made."""
    from workbench.printing import print_pdf  # noqa: PLC0415  only a PDF needs a browser

    with TemporaryDirectory(prefix="fretcoach-report-") as folder:
        html, pdf = Path(folder, "report.html"), Path(folder, "report.pdf")
        html.write_text(page, encoding="utf-8")
        print_pdf(html, pdf)
        return pdf.read_bytes()
