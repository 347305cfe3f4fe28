"""Recognition on Spark: the inventories of threads byte for byte, on this machine and on a cluster of two workers."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from kouan.engine.spark import Spark
from kouan.model.errors import KouanError
from tests.clusters import cluster, java, processes_of, settings
from tests.planted import people
from tests.recognizing import mobile_of, ric_of
from tests.tasking import inventory_of
from tests.trees import SHAPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.clusters import Cluster

pytestmark = [
    pytest.mark.servers,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
"""PySpark leaves sockets to the collector."""
ROWS = 50_000
GROUP = 6_000
PLANTED = people(400, 11)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of every way to be read."""
    folder = tmp_path_factory.mktemp("data")
    table = _table()
    pq.write_table(table, folder / "people.parquet", row_group_size=GROUP)
    pa.csv.write_csv(table.drop(["blob"]).slice(0, 4_000), folder / "one.csv")
    (folder / "many").mkdir()
    for number, start in enumerate(range(0, 25_000, 5_000)):
        pa.csv.write_csv(table.drop(["blob"]).slice(start, 5_000), folder / "many" / f"{number}.csv")
    (folder / "cases").mkdir()
    for number in range(40):
        (folder / "cases" / f"{number}.xml").write_text(_case(number))
    return folder


def _table() -> pa.Table:
    serial = [n * 7919 % ROWS for n in range(ROWS)]
    cards = [ric_of(n, dt.date(1950 + n // 50, 5, 17)) for n in range(3_000)]
    columns = {
        "member_id": [f"M{n // 2:07d}" for n in range(ROWS)],
        "身份证号": [None if n % 97 == 0 else cards[n % len(cards)] for n in serial],
        "手机号": [mobile_of(n) for n in serial],
        "email": [f"u{n}@example.com" for n in serial],
        "性别": ["男" if n % 2 else "女" for n in range(ROWS)],
        "备注": [f"联系{mobile_of(n)}" if n % 500 == 0 else "正常" for n in range(ROWS)],
        "birth": pa.array([n % 20_000 for n in serial], pa.int32()).cast(pa.date32()),
        "seen": pa.array(serial, pa.timestamp("s")),
        "amount": [n / 3 for n in serial],
        "active": [n % 3 == 0 for n in range(ROWS)],
        "blob": pa.array([b"\xff"] * ROWS),
    }
    table = pa.table(columns)
    for name in ("姓名", "家庭住址"):
        cells = [one.cell(name) for one in PLANTED]
        table = table.append_column(name, pa.array([cells[n % len(cells)] for n in range(ROWS)]))
    return table


def _case(number: int) -> str:
    reporter = f'<reporter><name value="{PLANTED[number].cell("姓名")}"/><tel value="{mobile_of(number)}"/></reporter>'
    return f'<cases><case><id root="1.2" extension="{number}"/>{reporter}</case></cases>'


@pytest.fixture(scope="module")
def plain(data: Path) -> dict[str, str]:
    """What threads say."""
    return {name: inventory_of(data / name, options=SHAPED) for name in _NAMES}


_NAMES = ("people.parquet", "one.csv", "many", "cases")


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="module")
def remote(servers: Cluster) -> Iterator[Spark]:
    with Spark(servers.master, threads=1) as engine:
        yield engine


@pytest.mark.parametrize("name", _NAMES)
def test_a_cluster_says_what_threads_say(name: str, remote: Spark, data: Path, plain: dict[str, str]) -> None:
    assert inventory_of(data / name, engine=remote, options=SHAPED) == plain[name]


def test_a_file_that_changes_meanwhile_is_refused(remote: Spark, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes((data / "people.parquet").read_bytes())

    def change(*_: object) -> None:
        path.write_bytes(path.read_bytes()[::-1])

    with pytest.raises(KouanError) as caught:
        inventory_of(path, engine=remote, heard=change)
    assert caught.value.code == "K-FMT-025"


def test_a_file_that_an_executor_does_not_see_is_named(remote: Spark, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes((data / "people.parquet").read_bytes())
    with pytest.raises(KouanError) as caught:
        inventory_of(path, engine=remote, heard=lambda *_: path.unlink(missing_ok=True))
    assert caught.value.code == "K-ENG-005"
    assert "a.parquet" in caught.value.where


def test_a_damaged_file_is_refused_as_by_threads(remote: Spark, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    content = bytearray((data / "people.parquet").read_bytes())
    place = pq.ParquetFile(data / "people.parquet").metadata.row_group(7).column(1).data_page_offset
    content[place + 30 : place + 90] = b"\xff" * 60
    path.write_bytes(content)
    said = []
    for engine in (None, remote):
        with pytest.raises(KouanError) as caught:
            inventory_of(path, engine=engine)
        said.append(caught.value.lines("zh"))
    assert said[0] == said[1]


def test_nothing_of_the_data_lies_about(servers: Cluster, remote: Spark, data: Path) -> None:
    """Neither in Spark's temporary files, nor in the logs of the cluster: what it writes to disk is encrypted."""
    inventory_of(data / "people.parquet", engine=remote)
    words = [one.cell(name).encode() for one in PLANTED for name in ("姓名", "家庭住址")]
    words += [mobile_of(n).encode() for n in range(0, ROWS, 500)]
    files = [path for path in servers.folder.rglob("*") if path.is_file()]
    assert any(path.name == "stderr" for path in files)
    held = {path: path.read_bytes() for path in files}
    assert not [str(path) for path, content in held.items() if any(word in content for word in words)]


def test_the_executors_hold_little(servers: Cluster, remote: Spark, data: Path) -> None:
    inventory_of(data / "people.parquet", engine=remote)
    peaks = servers.peaks()
    assert len(peaks) >= 2
    assert max(peaks.values()) < 700 << 20


def test_a_worker_dies_and_the_inventory_is_the_same(
    servers: Cluster, remote: Spark, data: Path, plain: dict[str, str]
) -> None:
    """Its tasks are run again on the other one. This test is the last that has both."""
    heard = []

    def kill(*said: object) -> None:
        heard.append(said)
        if len(heard) == 2:
            servers.kill_worker()

    assert inventory_of(data / "people.parquet", engine=remote, heard=kill) == plain["people.parquet"]
    assert len(servers.workers) == 1


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spark]:
    java()
    with settings(tmp_path_factory.mktemp("local")), Spark("local[2]") as engine:
        yield engine


def test_this_machine_says_what_threads_say(local: Spark, data: Path, plain: dict[str, str]) -> None:
    assert inventory_of(data / "people.parquet", engine=local) == plain["people.parquet"]


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


def _kouan(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kouan.cli", "inspect", "--home", str(folder / "home"), "--json", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder, start_new_session=True)


def test_the_command_says_what_threads_say_and_nothing_else(data: Path, tmp_path: Path) -> None:
    java()
    with settings(tmp_path / "spark"):
        path = str(data / "many")
        plain_run, spark_run = (
            _kouan(tmp_path, path),
            _kouan(tmp_path, path, "--engine", "spark", "--spark-master", "local[1]"),
        )
        said, ours = plain_run.communicate(timeout=300), spark_run.communicate(timeout=300)
    assert (plain_run.returncode, spark_run.returncode) == (0, 0), ours[1]
    assert ours == said
    assert ours[1] == b""


def test_ctrl_c_ends_the_job_and_java(data: Path, tmp_path: Path) -> None:
    java()
    big = tmp_path / "big.parquet"
    table = pq.read_table(data / "people.parquet")
    pq.write_table(pa.concat_tables([table] * 10), big, row_group_size=20_000)
    with settings(tmp_path / "spark"):
        running = _kouan(tmp_path, str(big), "--engine", "spark", "--spark-master", "local[1]")
        end = time.monotonic() + 120
        while not _daemons(running.pid) and time.monotonic() < end and running.poll() is None:
            time.sleep(0.1)
        assert running.poll() is None
        os.kill(running.pid, signal.SIGINT)
        said, _ = running.communicate(timeout=120)
    assert running.returncode == 130
    assert b"K-CLI" in said
    assert processes_of(running.pid) == []


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


def test_a_master_that_is_not_there_is_named(tmp_path: Path) -> None:
    java()
    with settings(tmp_path / "spark"), pytest.raises(KouanError) as caught:
        Spark("nowhere://127.0.0.1")
    assert caught.value.code == "K-ENG-002"
    assert "nowhere" in "".join(caught.value.lines("en"))
