"""Recognition and risk on a Spark cluster of two workers: what threads say byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from kouan.engine.spark import Spark
from kouan.model.errors import KouanError
from kouan.recognize.profile import LOOKED_AT
from tests.clusters import cluster
from tests.recognizing import mobile_of
from tests.spreading import NAMES, PLANTED, write_all
from tests.tasking import inventory_of, risk_of
from tests.trees import SHAPED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.clusters import Cluster

pytestmark = [
    pytest.mark.servers,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
"""PySpark leaves sockets to the collector."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_all(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def plain(data: Path) -> dict[str, str]:
    """What threads say."""
    return {name: inventory_of(data / name, options=SHAPED) for name in NAMES}


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="module")
def remote(servers: Cluster) -> Iterator[Spark]:
    with Spark(servers.master, threads=1) as engine:
        yield engine


@pytest.mark.parametrize("name", NAMES)
def test_a_cluster_says_what_threads_say(name: str, remote: Spark, data: Path, plain: dict[str, str]) -> None:
    assert inventory_of(data / name, engine=remote, options=SHAPED) == plain[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_cluster_measures_what_threads_measure(name: str, remote: Spark, data: Path) -> None:
    plain = risk_of(data / name, options=SHAPED)
    assert risk_of(data / name, engine=remote, options=SHAPED) == plain
    assert '"verdicts":[{' in plain


def test_a_file_that_changes_meanwhile_is_refused(remote: Spark, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes((data / "few.parquet").read_bytes())

    def change(_: str, done: int, __: int | None) -> None:
        if done >= LOOKED_AT:
            path.write_bytes(path.read_bytes()[::-1])

    with pytest.raises(KouanError) as caught:
        inventory_of(path, engine=remote, heard=change)
    assert caught.value.code == "K-FMT-025"


def test_a_file_that_an_executor_does_not_see_is_named(remote: Spark, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes((data / "few.parquet").read_bytes())

    def remove(_: str, done: int, __: int | None) -> None:
        if done >= LOOKED_AT:
            path.unlink(missing_ok=True)

    with pytest.raises(KouanError) as caught:
        inventory_of(path, engine=remote, heard=remove)
    assert caught.value.code == "K-ENG-005"
    assert "a.parquet" in caught.value.where


def test_a_damaged_file_is_refused_as_by_threads(remote: Spark, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    content = bytearray((data / "few.parquet").read_bytes())
    place = pq.ParquetFile(data / "few.parquet").metadata.row_group(5).column(1).data_page_offset
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
    inventory_of(data / "few.parquet", engine=remote)
    risk_of(data / "few.parquet", engine=remote)
    words = [one.cell(name).encode() for one in PLANTED for name in ("姓名", "家庭住址")]
    words += [mobile_of(n).encode() for n in range(0, 40_000, 500)]
    files = [path for path in servers.folder.rglob("*") if path.is_file()]
    assert any(path.name == "stderr" for path in files)
    held = {path: path.read_bytes() for path in files}
    assert not [str(path) for path, content in held.items() if any(word in content for word in words)]


def test_the_executors_hold_little(servers: Cluster, remote: Spark, data: Path) -> None:
    inventory_of(data / "few.parquet", engine=remote)
    peaks = servers.peaks()
    assert len(peaks) >= 2
    assert max(peaks.values()) < 700 << 20


def test_a_worker_dies_and_the_inventory_is_the_same(
    servers: Cluster, remote: Spark, data: Path, plain: dict[str, str]
) -> None:
    """Its tasks are run again on the other one. This test is the last that has both."""

    def kill(_: str, done: int, __: int | None) -> None:
        if done >= 2 * LOOKED_AT and len(servers.workers) > 1:  # some tasks are done, others are not
            servers.kill_worker()

    assert inventory_of(data / "people.parquet", engine=remote, heard=kill) == plain["people.parquet"]
    assert len(servers.workers) == 1
