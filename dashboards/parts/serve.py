"""`fretcoach app`: the pages, served from this machine.

Threads: none of its own; practices have theirs, and are stopped and stored when the server ends.
"""

import asyncio
import json
import logging
import os
import secrets
import signal
import socket
import ssl
import sys
import webbrowser
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich_click as click

from dashboards.parts.hosts import answer_only_to, is_loopback, known_names, with_port

if TYPE_CHECKING:
    from panel.io.server import Server

log = logging.getLogger(__name__)

TAB_LINGERS_MS = 5_000
"""How long a tab without a socket is kept: a dropped connection reconnects within it."""

AFTERMATH_S = 5.0
"""How long the end of the server waits for what follows the practices that it stored."""

_PAGES = Path(str(files("dashboards.parts"))).parent


@click.command("app")
@click.option("--port", default=5006, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--certfile", type=click.Path(exists=True, dir_okay=False), help="TLS certificate (PEM).")
@click.option("--keyfile", type=click.Path(exists=True, dir_okay=False), help="Its key (PEM).")
@click.option(
    "--origin", multiple=True, metavar="HOST", help="Name that browsers use for this machine, if another."
)
@click.option(
    "--basic-auth",
    type=click.Path(exists=True, dir_okay=False),
    help='JSON file of players: {"name": "password"}.',
)
@click.option("--show/--no-show", default=None, help="Open the browser; by default where there is a display.")
def app(
    *,
    port: int,
    host: str,
    certfile: str | None,
    keyfile: str | None,
    origin: tuple[str, ...],
    basic_auth: str | None,
    show: bool | None,
) -> None:
    """Open the pages: practise, look at sessions and progress.

    A host other than this machine needs TLS and sign-in: browsers give a microphone to no other page, and
    nobody else should see your sessions.
    """
    _refuse_strangers(host, certfile, keyfile, basic_auth)
    _make_ready()
    names = known_names(host, origin, socket.gethostname())
    server = _server(port, host, names, certfile=certfile, keyfile=keyfile, basic_auth=basic_auth)
    address = f"{'https' if certfile else 'http'}://{with_port(names[0], port)}/practice"
    click.echo(f"Practise at {address} (Ctrl-C stops it)")
    if _has_display() if show is None else show:
        server.io_loop.add_callback(webbrowser.open, address)
    _run(server)


def page_files() -> dict[str, Any]:
    """Address to file of every page; the front page also answers at "/"."""
    pages = {f"/{path.stem}": str(path) for path in sorted(_PAGES.glob("*.py"))}
    return {"/": pages["/index"], **pages} if "/index" in pages else pages


def _refuse_strangers(host: str, certfile: str | None, keyfile: str | None, basic_auth: str | None) -> None:
    """Refuse what would be open to strangers, and files that are no certificate and key."""
    if bool(certfile) != bool(keyfile):
        raise click.UsageError("TLS needs both --certfile and --keyfile.")
    if not is_loopback(host) and not (certfile and basic_auth):
        raise click.UsageError(
            f"{host} can be reached from other machines: give --certfile, --keyfile and --basic-auth, "
            "or use --host 127.0.0.1."
        )
    if basic_auth:
        _check_players(Path(basic_auth))
    if certfile:
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certfile, keyfile)
        except (ssl.SSLError, OSError) as error:
            raise click.UsageError(
                f"{certfile} and {keyfile} are no TLS certificate and key: {error}."
            ) from None


def _check_players(path: Path) -> None:
    """Refuse a file of players that would let somebody in without a password of their own."""
    try:
        players = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        players = None
    if (
        not isinstance(players, dict)
        or not players
        or not all(isinstance(password, str) and password for password in players.values())
    ):
        raise click.UsageError(f'{path} is no file of players: write {{"name": "password"}} as JSON.')


def _make_ready() -> None:
    """Bring the database up to date, and take in what a crash left behind."""
    from dashboards.parts.archive import engine_for  # noqa: PLC0415 - --help must not load Panel and Polars
    from workbench.practice.recovery import recover  # noqa: PLC0415
    from workbench.settings import SettingsError, load_settings  # noqa: PLC0415
    from workbench.store.errors import StoreError  # noqa: PLC0415
    from workbench.store.repository import Repository  # noqa: PLC0415

    try:
        settings = load_settings()
        for name in ("alembic", "bokeh", "tornado.access"):
            logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
        repository = Repository(engine_for(settings.database_url))
    except (SettingsError, StoreError, OSError) as error:
        raise click.ClickException(str(error)) from None
    for recovered in recover(settings.data_dir, repository):
        click.echo(recovered.message)


def _server(
    port: int,
    host: str,
    names: list[str],
    *,
    certfile: str | None,
    keyfile: str | None,
    basic_auth: str | None,
) -> "Server":
    from panel.io.server import get_server  # noqa: PLC0415 - Panel takes seconds to load

    options: dict[str, Any] = {}
    if certfile is not None:
        options |= {"ssl_certfile": certfile, "ssl_keyfile": keyfile}
    if basic_auth is not None:
        # A secret of this run only: whoever is signed in signs in again after a restart.
        login = str(_PAGES / "parts" / "login.html")
        options |= {
            "basic_auth": basic_auth,
            "cookie_secret": secrets.token_hex(32),
            "login_template": login,
            "logout_template": login,
        }
    try:
        server = get_server(
            page_files(),
            port=port,
            address=host,
            websocket_origin=[with_port(name, port) for name in names],
            liveness=True,
            check_unused_sessions_milliseconds=1_000,
            unused_session_lifetime_milliseconds=TAB_LINGERS_MS,
            **options,
        )
    except OSError as error:
        raise click.ClickException(
            f"Port {port} of {host} can't be used ({error.strerror}): is FretCoach running already? "
            "Choose another with --port."
        ) from None
    answer_only_to(server._tornado, names)
    return server


def _has_display() -> bool:
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _run(server: "Server") -> None:
    """Serve until Ctrl-C or SIGTERM, then end and store every practice."""
    from dashboards.parts import aftermath  # noqa: PLC0415
    from workbench.practice.registry import shared_registry  # noqa: PLC0415

    loop: asyncio.AbstractEventLoop = server.io_loop.asyncio_loop  # type: ignore[attr-defined]
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.io_loop.stop)
    server.start()
    try:
        server.io_loop.start()
    finally:
        shared_registry().stop_all()
        aftermath.finish(AFTERMATH_S)
        server.stop(wait=False)
