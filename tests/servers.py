"""Real database servers for tests marked `servers`: each in a folder of its own, on loopback, by a user without rights."""

from __future__ import annotations

import datetime as dt
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kouan.formats.source import Source

PASSWORD = secrets.token_hex(12)
_START_S = 60
_READY = ("ready to accept connections", "ready for connections")


@dataclass
class Server:
    """A running server.

    Attributes:
        port: on 127.0.0.1; `owner` may log in with PASSWORD.
    """

    port: int
    folder: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    def kill(self) -> None:
        """End it as a crash does, with everything that it started."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def needed(program: str, places: Sequence[str], packages: Sequence[str]) -> str:
    """Return where a program lies; as root it is installed if missing, else the test fails and says what to install."""
    return installed(program, lambda: _find(program, places), packages)


def installed(what: str, find: Callable[[], str | None], packages: Sequence[str]) -> str:
    """Return where something lies, as `needed` does for programs."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if find() is None and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True)
        subprocess.run(install, check=True, capture_output=True, env=quiet)
    found = find()
    if found is None:
        pytest.fail(f"this test needs {what}; install it with: sudo {' '.join(install)}")
    return found


def _find(program: str, places: Sequence[str]) -> str | None:
    found = [str(path) for place in places for path in sorted(Path("/").glob(f"{place.lstrip('/')}/{program}"))]
    return found[-1] if found else shutil.which(program)


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def postgresql(*options: str, encoding: str = "UTF8", tls: bool = False) -> Iterator[Server]:
    """Run PostgreSQL as `owner`'s, with any further `-c` settings."""
    initdb = needed("initdb", ["/usr/lib/postgresql/*/bin"], ["postgresql"])
    with _folder() as folder:
        secret = folder / "secret"
        secret.write_text(PASSWORD)
        _give(secret)
        words = ["-U", "owner", "--auth=scram-sha-256", f"--pwfile={secret}", "-E", encoding, "--locale=C", "--no-sync"]
        subprocess.run([initdb, "-D", str(folder / "data"), *words], check=True, capture_output=True, **_as_nobody())
        secret.unlink()
        port = free_port()
        settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", "fsync=off"]
        settings += [*options, *(_certificate(folder) if tls else ())]
        program = str(Path(initdb).with_name("postgres"))
        words = [word for setting in settings for word in ("-c", setting)]
        with _running([program, "-D", str(folder / "data"), *words], port, folder) as server:
            yield server


@contextmanager
def mariadb(*options: str) -> Iterator[Server]:
    """Run MariaDB; `owner` may do everything from 127.0.0.1."""
    program = needed("mariadbd", ["/usr/sbin"], ["mariadb-server"])
    install = needed("mariadb-install-db", ["/usr/bin"], ["mariadb-server"])
    with _folder() as folder:
        data = f"--datadir={folder / 'data'}"
        subprocess.run(
            [install, "--no-defaults", data, "--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True,
            capture_output=True,
            **_as_nobody(),
        )
        first = folder / "first.sql"
        first.write_text(f"CREATE USER owner@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\nGRANT ALL ON *.* TO owner@'127.0.0.1' WITH GRANT OPTION;\n")  # fmt: skip
        _give(first)
        port = free_port()
        words = [
            data,
            f"--port={port}",
            "--bind-address=127.0.0.1",
            f"--socket={folder / 'sock'}",
            "--skip-name-resolve",
        ]
        words += [f"--init-file={first}", "--innodb-flush-log-at-trx-commit=0", *options]
        with _running([program, "--no-defaults", *words], port, folder) as server:
            yield server


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[Server]:
    log = (folder / "log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, **_as_nobody())
    try:
        _await(process, folder)
        yield Server(port, folder, process)
    finally:
        log.close()
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _await(process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end and process.poll() is None:
        said = (folder / "log").read_text(errors="replace")
        if any(mark in said for mark in _READY):
            return
        time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{(folder / 'log').read_text(errors='replace')[-2000:]}")


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder that the server's user may write and everybody may pass; those of pytest are closed to others."""
    with tempfile.TemporaryDirectory(prefix="kouan-server-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        _give(folder)
        yield folder


def _give(path: Path) -> None:
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def _as_nobody() -> dict[str, object]:
    """Return how to start a process of a server: both refuse to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}


def _certificate(folder: Path) -> list[str]:
    """Return the settings of a server with a certificate that nobody knows."""
    key, certificate = folder / "server.key", folder / "server.crt"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    words += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run(["openssl", *words, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    for path in (key, certificate):
        path.chmod(0o600 if path is key else 0o644)
        _give(path)
    return ["ssl=on", f"ssl_cert_file={certificate}", f"ssl_key_file={key}"]


def rows(source: Source, entity: int = 0) -> list[dict[str, object]]:
    """All rows of a table of a source."""
    return pa.Table.from_batches(source.entities[entity].batches(), source.entities[entity].schema).to_pylist()


def moment(*parts: int) -> dt.datetime:
    """An instant in UTC as tables hold it, without a zone."""
    return dt.datetime(*parts, tzinfo=dt.UTC).replace(tzinfo=None)  # type: ignore[misc,arg-type]


def code(act: Callable[[], object]) -> str:
    """The code of the error that an act ends with; neither password nor value stands in its words."""
    with pytest.raises(KouanError) as caught:
        act()
    said = "".join(caught.value.lines("zh") + caught.value.lines("en"))
    assert PASSWORD not in said
    assert "13800138000" not in said
    return caught.value.code
