"""TLS settings of an address reach the server on both ways in: SQLAlchemy's and Arrow's."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text

from workbench.store import queries
from workbench.store.address import libpq_address, parse_address
from workbench.store.engine import open_engine, upgrade
from workbench.store.errors import StoreError
from workbench.store.read import read
from workbench.user import User

URL = "postgresql://ada:s3cret@db/music?sslmode=verify-full&sslrootcert=/etc/ca.pem&channel_binding=require"


def test_the_settings_are_in_both_addresses() -> None:
    address = parse_address(URL)
    assert dict(address.query) == {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
        "channel_binding": "require",
    }
    for part in ("sslmode=verify-full", "sslrootcert=%2Fetc%2Fca.pem", "channel_binding=require"):
        assert part in libpq_address(address)
    _, options = open_engine(URL).dialect.create_connect_args(address)
    assert options["sslmode"] == "verify-full"
    assert options["sslrootcert"] == "/etc/ca.pem"


def test_a_certificate_that_is_not_there_is_told_without_the_password() -> None:
    engine = open_engine(f"{URL}&hostaddr=127.0.0.1&port=1")
    for attempt in (lambda: upgrade(engine), lambda: read(engine, User("ada"), queries.sessions())):
        with pytest.raises(StoreError) as failure:
            attempt()
        assert "s3cret" not in str(failure.value)


def tools() -> Path:
    """Debian's Postgres: the one from pip knows no TLS."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found or shutil.which("openssl") is None:
        pytest.skip("no Postgres with TLS here: sudo apt-get install postgresql openssl")
    return found[-1].parent


def certificate(folder: Path) -> Path:
    """A certificate for localhost that signs itself, with its key beside it."""
    subprocess.run(
        [
            *("openssl", "req", "-new", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost", "-newkey", "rsa:2048"),
            *("-keyout", folder / "server.key", "-out", folder / "server.crt"),
        ],
        check=True,
        capture_output=True,
    )
    (folder / "server.key").chmod(0o600)
    return folder / "server.crt"


@pytest.fixture
def with_tls() -> Iterator[tuple[int, Path]]:
    """Port of a Postgres that speaks TLS only, and its certificate."""
    bin_folder = tools()
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="tls-") as name, socket.socket() as free:
        folder = Path(name)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        data = folder / "data"
        seen = certificate(folder)
        for path in (folder, *folder.iterdir()):
            if user:
                shutil.chown(path, user, user)
        folder.chmod(0o755)
        subprocess.run(
            [bin_folder / "initdb", "-D", data, "-U", "ada", "-A", "trust", "-N"],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
        )
        (data / "pg_hba.conf").write_text(
            "hostssl all all 127.0.0.1/32 trust\nhostssl all all ::1/128 trust\n"
        )
        options = {
            "listen_addresses": "localhost",
            "port": port,
            "ssl": "on",
            "unix_socket_directories": "",
            "ssl_cert_file": folder / "server.crt",
            "ssl_key_file": folder / "server.key",
        }
        flags = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            child = subprocess.Popen(
                [bin_folder / "postgres", "-D", data, *flags], user=user, stderr=log, cwd=folder
            )
        try:
            wait_for(port, child)
            yield port, seen
        finally:
            child.terminate()
            child.wait(30.0)


def wait_for(port: int, child: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + 30.0
    while time.monotonic() < give_up and child.poll() is None:
        try:
            psycopg.connect(f"host=localhost port={port} user=ada dbname=postgres sslmode=require").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    pytest.fail("the server does not answer")


def in_use(engine: Engine) -> bool:
    with engine.connect() as connection:
        query = text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        return bool(connection.execute(query).scalar_one())


def test_a_server_is_believed_only_with_the_right_certificate(
    with_tls: tuple[int, Path], tmp_path: Path, ada: User
) -> None:
    port, seen = with_tls
    other = tmp_path / "other"
    other.mkdir()
    url = "postgresql://ada@{host}:{port}/postgres?sslmode=verify-full&sslrootcert={root}"
    engine = open_engine(url.format(host="localhost", port=port, root=seen))
    upgrade(engine)
    assert in_use(engine)
    assert read(engine, ada, queries.sessions()).is_empty()
    engine.dispose()
    for host, root in (("127.0.0.1", seen), ("localhost", certificate(other))):
        doubted = open_engine(url.format(host=host, port=port, root=root))
        with pytest.raises(StoreError, match="could not prove"):
            upgrade(doubted)
        with pytest.raises(StoreError, match="could not prove"):
            read(doubted, ada, queries.sessions())
