"""Recognition and risk on Spark on this machine: the commands, their session, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examples.build import build
from kouan.engine.spark import Spark
from tests.clusters import java, processes_of, settings
from tests.spreading import write_all
from tests.tasking import inventory_of, risk_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.servers,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
"""PySpark leaves sockets to the collector."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_all(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    java()
    with settings(tmp_path_factory.mktemp("local")), Spark("local[2]") as engine:
        yield engine


def test_this_machine_says_what_threads_say(local: Spark, data: Path) -> None:
    assert inventory_of(data / "people.parquet", engine=local) == inventory_of(data / "people.parquet")


def test_this_machine_measures_what_threads_measure(local: Spark, data: Path) -> None:
    assert risk_of(data / "people.parquet", engine=local) == risk_of(data / "people.parquet")


def test_a_session_of_our_own_is_closed_to_others(local: Spark) -> None:
    conf = dict(local.context.getConf().getAll())
    wanted = {"spark.ui.enabled": "false", "spark.io.encryption.enabled": "true", "spark.authenticate": "true"}
    assert wanted.items() <= conf.items()
    assert conf["spark.driver.host"] == "127.0.0.1"
    assert conf["spark.driver.memory"] == "512m"  # of the standard file


def test_a_session_that_runs_is_used_and_left_running(local: Spark, data: Path) -> None:
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    for engine in (Spark(session=session), Spark("local[7]")):
        with engine:
            assert inventory_of(data / "one.csv", engine=engine)
        assert engine.context.master == "local[2]"
        assert session is not None
        assert session.sparkContext.parallelize([1], 1).count() == 1


def _kouan(folder: Path, *words: str, does: str = "inspect") -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kouan.cli", does, "--home", str(folder / "home"), "--json", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, start_new_session=True)


def test_the_command_says_what_threads_say_and_nothing_else(data: Path, tmp_path: Path) -> None:
    java()
    with settings(tmp_path / "spark"):
        path = str(data / "many")
        plain = _kouan(tmp_path, path)
        spark = _kouan(tmp_path, path, "--engine", "spark", "--spark-master", "local[1]")
        said, ours = plain.communicate(timeout=300), spark.communicate(timeout=300)
    assert (plain.returncode, spark.returncode) == (0, 0), ours[1]
    assert ours == said
    assert ours[1] == b""


def test_assess_and_clear_say_of_risk_what_threads_say(tmp_path: Path) -> None:
    """In one home, so that the same keys count the same persons; a clearing starts a session twice."""
    java()
    build(tmp_path, only=["retail"], small=True)
    transfer, said, folders = str(tmp_path / "retail" / "transfer.yaml"), [], []
    with settings(tmp_path / "spark"):
        for words in ((), ("--engine", "spark", "--spark-master", "local[1]")):
            assessed = _kouan(tmp_path, transfer, *words, does="assess")
            said.append(assessed.communicate(timeout=300))
            folders.append(tmp_path / f"cleared-{len(folders)}")
            cleared = _kouan(tmp_path, transfer, "-o", str(folders[-1]), *words, does="clear")
            out, told = cleared.communicate(timeout=300)
            assert (assessed.returncode, cleared.returncode) == (0, 0), (said[-1], out, told)
    assert said[0] == said[1]
    assert json.loads(said[0][0])["verdicts"]
    for name in ("inventory.json", "risk.json", "decision.json", "utility.json"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name


def test_ctrl_c_ends_the_job_and_java(data: Path, tmp_path: Path) -> None:
    java()
    with settings(tmp_path / "spark"):
        running = _kouan(tmp_path, str(data / "people.parquet"), "--engine", "spark", "--spark-master", "local[1]")
        try:
            end = time.monotonic() + 120
            while not _daemons(running.pid) and time.monotonic() < end and running.poll() is None:
                time.sleep(0.1)
            assert running.poll() is None
            os.kill(running.pid, signal.SIGINT)
            said, _ = running.communicate(timeout=120)
            end = time.monotonic() + 30  # Java and its Python end by themselves once the command has
            while (left := processes_of(running.pid)) and time.monotonic() < end:
                time.sleep(0.1)
        finally:
            for process in processes_of(running.pid):
                os.kill(process, signal.SIGKILL)
    assert running.returncode == 130
    assert b"K-CLI" in said
    assert left == []


def _daemons(session: int) -> list[int]:
    found = []
    for process in processes_of(session):
        try:
            words = Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            continue
        if b"pyspark.daemon" in words:
            found.append(process)
    return found


def test_a_master_that_is_no_master_is_named(data: Path, tmp_path: Path) -> None:
    java()
    with settings(tmp_path / "spark"):
        running = _kouan(tmp_path, str(data / "one.csv"), "--engine", "spark", "--spark-master", "nowhere://127.0.0.1")
        out, said = running.communicate(timeout=120)
    assert running.returncode == 2
    assert b"K-ENG-002" in out
    assert b"nowhere://127.0.0.1" in said
    assert b"at org.apache" not in out + said
