"""An S3-compatible store as a source: objects fetched once, read as the files of a folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.fs as pafs
import pyarrow.parquet as pq
import pytest

from kouan.cli import main
from kouan.formats import ReadOptions, open_source, parse_address
from kouan.formats.options import Limits
from kouan.model.errors import KouanError
from tests.servers import PASSWORD, free_port
from tests.tasking import Near, inventory_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kouan.formats.source import Source

pytestmark = pytest.mark.servers
HEAD = "id,姓名,手机号,消费\n"
_START_S = 60


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A small store on loopback, in a process of its own."""
    port = free_port()
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=quiet)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AWS_ACCESS_KEY_ID", "reader")
            patch.setenv("AWS_SECRET_ACCESS_KEY", PASSWORD)
            _fill(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _fill(port: int) -> None:
    store = pafs.S3FileSystem(endpoint_override=f"127.0.0.1:{port}", scheme="http", region="us-east-1", allow_bucket_creation=True)  # fmt: skip
    end = time.monotonic() + _START_S
    while True:
        try:
            store.create_dir("crm")
            break
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)
    for month in range(1, 4):
        lines = [f"{month * 1000 + i},欧阳试验{i},138{month:04d}{i:04d},{i}.50" for i in range(50)]
        _put(store, f"crm/exports/2026-{month:02d}.csv", (HEAD + "\n".join(lines) + "\n").encode())
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"id": [1, 2], "name": ["甲", "乙"]}), sink)
    _put(store, "crm/lake/members.parquet", sink.getvalue().to_pybytes())
    _put(store, "crm/lake/.hidden", b"x")
    _put(store, "crm/odd/a\tb.csv", b"id,x\n1,2\n")


def _put(store: pafs.S3FileSystem, name: str, data: bytes) -> None:
    with store.open_output_stream(name) as stream:
        stream.write(data)


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", PASSWORD)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))


def origin(port: int, bucket: str = "crm") -> str:
    return f"s3://{bucket}?endpoint=http://127.0.0.1:{port}&region=us-east-1"


def read(port: int, path: str, *, bucket: str = "crm", limits: Limits | None = None) -> Source:
    address = parse_address(origin(port, bucket), path)
    return open_source(address, name=path, options=ReadOptions(limits=limits or Limits()))


def code(act: Callable[[], object]) -> str:
    with pytest.raises(KouanError) as caught:
        act()
    assert PASSWORD not in "".join(caught.value.lines("zh") + caught.value.lines("en"))
    return caught.value.code


def test_an_object_a_pattern_and_a_prefix(port: int) -> None:
    one, many, all_of = (read(port, path) for path in ("exports/2026-01.csv", "exports/2026-*.csv", "exports"))
    assert [[entity.rows for entity in source.entities] for source in (one, many, all_of)] == [[50], [150], [150]]
    assert [entity.name for entity in many.entities] == ["exports"]
    assert many.sha256 == all_of.sha256
    lake = read(port, "lake/*")
    assert [(entity.name, entity.rows) for entity in lake.entities] == [("members", 2)]
    assert any("hidden" in note.en for note in lake.notes)
    assert (lake.format, lake.detail) == ("s3", "s3://crm, parquet × 1")


def test_names_and_sizes_that_cannot_be(port: int) -> None:
    assert code(lambda: read(port, "exports/2027-01.csv")) == "K-FMT-114"
    assert code(lambda: read(port, "exports/*.xlsx")) == "K-FMT-040"
    assert code(lambda: read(port, "exports", bucket="nothing")) == "K-FMT-114"
    assert code(lambda: read(port, "odd")) == "K-FMT-045"
    assert code(lambda: read(port, "exports", limits=Limits(unpacked_bytes=100))) == "K-FMT-113"
    assert code(lambda: read(port, "exports", limits=Limits(members=2))) == "K-FMT-042"
    assert code(lambda: read(free_port(), "exports")) == "K-FMT-103"


def test_cleared_end_to_end(port: int, tmp_path: Path) -> None:
    declaration = tmp_path / "transfer.yaml"
    declaration.write_text(
        "transfer: {name: 会员数据, scenario: retail_analytics}\n"
        "parties:\n  - {role: exporter, name: 甲公司, ciio: false}\n  - {role: recipient, name: B AG, country: DE}\n"
        "purpose: 会员消费分析\nbasis: [consent]\nsources:\n"
        f"  - {{from: '{origin(port)}', path: exports/*.csv, subjects: [member]}}\n"
        f"  - {{from: '{origin(port)}', path: lake/members.parquet, subjects: [member]}}\n",
        "utf-8",
    )
    assert main(["clear", str(declaration), "--home", str(tmp_path / "home"), "--as-of", "2026-11-22"]) in {0, 3}
    folder = tmp_path / "transfer-clearance"
    staged = sorted(path.relative_to(folder).as_posix() for path in folder.glob("staged/**/*") if path.is_file())
    assert staged == [*(f"staged/exports/2026-0{month}.csv" for month in (1, 2, 3)), "staged/lake/members.parquet"]
    first, second = json.loads((folder / "inventory.json").read_text("utf-8"))["body"]["sources"]
    assert (first["path"], first["format"], first["entities"][0]["rows"]) == ("exports/*.csv", "s3", 150)
    assert second["entities"][0]["rows"] == 2
    assert main(["verify", str(folder), "--home", str(tmp_path / "home")]) == 0
    for path in folder.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


def test_another_process_fetches_its_objects_itself(port: int) -> None:
    address = parse_address(f"s3://crm?endpoint=http://127.0.0.1:{port}&region=us-east-1", "big/*.csv")
    store = pafs.S3FileSystem(endpoint_override=f"127.0.0.1:{port}", scheme="http", region="us-east-1")
    for part in range(3):
        lines = [f"{part * 10_000 + i},欧阳试验{i},138{part:04d}{i:04d},{i}.50" for i in range(9_000)]
        _put(store, f"crm/big/{part}.csv", (HEAD + "\n".join(lines) + "\n").encode())
    near = Near()
    assert inventory_of(address, engine=near) == inventory_of(address)
    assert near.sent

    def change(_: str, done: int, __: int | None) -> None:
        if done >= 20_000:
            _put(store, "crm/big/2.csv", b"x")

    with pytest.raises(KouanError) as caught:
        inventory_of(address, engine=Near(), heard=change)
    assert caught.value.code == "K-FMT-025"
