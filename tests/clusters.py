"""A standalone Spark cluster on loopback for tests marked `servers`: a master and two workers of one core each."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers import free_port, needed

if TYPE_CHECKING:
    from collections.abc import Iterator

_START_S = 120
_ROOT = Path(__file__).resolve().parents[1]
_FLAGS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"""Virtual machines that are small and start fast."""


def java() -> str:
    """Return where Java lies; see `needed`."""
    return needed("java", ["/usr/lib/jvm/*/bin"], ["openjdk-17-jre-headless"])


@dataclass
class Cluster:
    """A running cluster.

    Attributes:
        master: address.
        workers: their processes, each the leader of a session.
        folder: where it works and logs.
    """

    master: str
    workers: list[subprocess.Popen[bytes]] = field(repr=False)
    folder: Path

    def kill_worker(self) -> None:
        """End a worker and its executors as a crash does."""
        worker = self.workers.pop()
        for process in processes_of(worker.pid):
            _end(process)
        worker.wait()

    def peaks(self) -> dict[str, int]:
        """Return the most bytes that each Python process of the executors has held."""
        found = {}
        for worker in self.workers:
            for process in processes_of(worker.pid):
                words = Path(f"/proc/{process}/cmdline").read_bytes()
                if b"pyspark" in words and b"java" not in words.split(b"\0")[0]:
                    status = Path(f"/proc/{process}/status").read_text()
                    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
                    found[f"{process}"] = int(peak.split()[1]) << 10
        return found


def processes_of(session: int) -> list[int]:
    """Return the processes of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(path.name)) == session:
                found.append(int(path.name))
        except OSError:
            continue
    return found


@contextmanager
def settings(folder: Path, **more: str) -> Iterator[Path]:
    """Let Spark's own files be those of a test: small virtual machines, and what is written below `folder`."""
    lines = {
        "spark.driver.memory": "512m",
        "spark.driver.extraJavaOptions": _FLAGS,
        "spark.executor.memory": "512m",
        "spark.executor.cores": "1",
        "spark.executor.extraJavaOptions": _FLAGS,
        "spark.local.dir": str(folder / "local"),
        **more,
    }
    conf = folder / "conf"
    conf.mkdir(parents=True)
    (conf / "spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(conf))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYTHONPATH", os.pathsep.join([str(_ROOT / "src"), str(_ROOT)]))
        patch.delenv("SPARK_HOME", raising=False)
        yield conf


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Run a cluster whose members know a common secret and encrypt what they say to one another."""
    java()
    port = free_port()
    secret = {"spark.authenticate": "true", "spark.authenticate.secret": secrets.token_hex(16)}
    more = {**secret, "spark.network.crypto.enabled": "true", "spark.cores.max": "2"}
    with settings(folder, **more):
        running: list[subprocess.Popen[bytes]] = []
        try:
            master = f"spark://127.0.0.1:{port}"
            words = ["--host", "127.0.0.1", "--port", str(port), "--webui-port", str(free_port())]
            running.append(_start(folder, "master", ["org.apache.spark.deploy.master.Master", *words]))
            for number in (1, 2):
                words = ["--host", "127.0.0.1", "--webui-port", str(free_port()), "-c", "1", "-m", "1g"]
                words += ["-d", str(folder / f"work-{number}"), master]
                running.append(_start(folder, f"worker-{number}", ["org.apache.spark.deploy.worker.Worker", *words]))
            for number in (1, 2):
                _await(folder / f"worker-{number}.log", "Successfully registered with master", running)
            yield Cluster(master, running[1:], folder)
        finally:
            for process in running:
                for member in processes_of(process.pid):
                    _end(member)
                process.wait()


def _start(folder: Path, name: str, words: list[str]) -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(pyspark.__file__).parent
    own = {"SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": _FLAGS, "SPARK_HOME": str(home)}
    own["SPARK_LOCAL_DIRS"] = str(folder / f"{name}-local")
    own["PYSPARK_PYTHON"] = sys.executable
    with (folder / f"{name}.log").open("wb") as log:
        command = [str(home / "bin" / "spark-class"), *words]
        return subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, **own}, cwd=folder, start_new_session=True
        )


def _await(log: Path, mark: str, running: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end and all(one.poll() is None for one in running):
        if mark in log.read_text(errors="replace"):
            return
        time.sleep(0.2)
    pytest.fail(f"the cluster did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _end(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
