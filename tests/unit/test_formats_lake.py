"""Partitioned folders, Delta and Iceberg tables as one table of their current version."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.formats import open_source
from kouan.formats.lake import iceberg
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def rows(path: Path) -> list[dict[str, Any]]:
    source = open_source(path, name="lake/t")
    (entity,) = source.entities
    return pa.Table.from_batches(entity.batches(), entity.schema).to_pylist()


def code(act: Callable[[], object]) -> str:
    with pytest.raises(KouanError) as caught:
        act()
    return caught.value.code


def put(path: Path, **columns: list[object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


def test_values_of_folders_are_columns(tmp_path: Path) -> None:
    put(tmp_path / "year=2025/code=007/city=%E4%B8%8A%E6%B5%B7%2F%E6%B5%A6%E4%B8%9C/a.parquet", id=[1, 2])
    put(tmp_path / "year=2026/code=8/city=__HIVE_DEFAULT_PARTITION__/b.parquet", id=[3], late=["x"])
    (tmp_path / "_SUCCESS").touch()
    assert rows(tmp_path) == [
        {"id": 1, "late": None, "year": 2025, "code": "007", "city": "上海/浦东"},
        {"id": 2, "late": None, "year": 2025, "code": "007", "city": "上海/浦东"},
        {"id": 3, "late": "x", "year": 2026, "code": "8", "city": None},
    ]


def test_other_folders_stay_folders(tmp_path: Path) -> None:
    put(tmp_path / "year=2025/a.parquet", id=[1])
    put(tmp_path / "year=2025/month=1/b.parquet", id=[1])
    assert open_source(tmp_path, name="t").format == "folder"
    shutil.rmtree(tmp_path / "year=2025" / "month=1")
    assert open_source(tmp_path, name="t").format == "hive"
    (tmp_path / "year=2026").mkdir()
    (tmp_path / "year=2026" / "c.json").write_text('[{"id": 1}]')
    assert open_source(tmp_path, name="t").format == "folder"


def fields(**kinds: str) -> str:
    return json.dumps({"type": "struct", "fields": [{"name": name, "type": kind} for name, kind in kinds.items()]})


def log(path: Path, version: int, *actions: dict[str, Any]) -> None:
    (path / "_delta_log").mkdir(parents=True, exist_ok=True)
    text = "\n".join(json.dumps(action) for action in actions)
    (path / "_delta_log" / f"{version:020}.json").write_text(text + "\n")


def begun(path: Path, reader: int = 1, features: list[str] | None = None) -> list[dict[str, Any]]:
    put(path / "day=2026-01-01/a b.parquet", id=[1, 2])
    put(path / "b.parquet", id=[3])
    protocol = {"minReaderVersion": reader, "minWriterVersion": 2}
    if features:
        protocol["readerFeatures"] = features  # type: ignore[assignment]
    meta = {"schemaString": fields(day="date", id="long", added="string"), "partitionColumns": ["day"]}
    return [{"protocol": protocol}, {"metaData": meta}]


def add(path: str, day: str | None, **more: object) -> dict[str, Any]:
    return {"add": {"path": path, "partitionValues": {"day": day}, "size": 1, "dataChange": True, **more}}


def test_a_delta_table_is_its_current_version(tmp_path: Path) -> None:
    log(tmp_path, 0, *begun(tmp_path), add("day=2026-01-01/a%20b.parquet", "2026-01-01"), add("b.parquet", None))
    day = dt.date(2026, 1, 1)
    assert rows(tmp_path) == [
        {"day": None, "id": 3, "added": None},
        {"day": day, "id": 1, "added": None},
        {"day": day, "id": 2, "added": None},
    ]
    log(tmp_path, 1, {"remove": {"path": "b.parquet", "dataChange": True}}, {"commitInfo": {"operation": "DELETE"}})
    assert [row["id"] for row in rows(tmp_path)] == [1, 2]
    source = open_source(tmp_path, name="lake/t")
    assert (source.format, source.detail) == ("delta", "Delta, version 1, parquet × 1")


def test_a_delta_table_from_its_checkpoint(tmp_path: Path) -> None:
    first = [*begun(tmp_path), add("b.parquet", None)]
    kinds = pa.struct([("path", pa.string()), ("partitionValues", pa.map_(pa.string(), pa.string()))])
    columns = {
        "protocol": [first[0]["protocol"], None, None],
        "metaData": [None, first[1]["metaData"], None],
        "add": pa.array([None, None, {"path": "b.parquet", "partitionValues": [("day", "2026-02-01")]}], kinds),
    }
    (tmp_path / "_delta_log").mkdir()
    pq.write_table(pa.table(columns), tmp_path / "_delta_log" / f"{3:020}.checkpoint.parquet")
    log(tmp_path, 4, add("day=2026-01-01/a%20b.parquet", "2026-01-01"))
    assert [(row["id"], str(row["day"])) for row in rows(tmp_path)] == [(3, "2026-02-01"), (1, "2026-01-01"), (2, "2026-01-01")]  # fmt: skip


def test_a_delta_log_that_cannot_be_trusted(tmp_path: Path) -> None:
    good = [*begun(tmp_path), add("b.parquet", None)]
    log(tmp_path, 0, *good)
    log(tmp_path, 2, {"remove": {"path": "b.parquet"}})
    assert code(lambda: rows(tmp_path)) == "K-FMT-120"
    (tmp_path / "_delta_log" / f"{2:020}.json").unlink()
    (tmp_path / "_delta_log" / f"{1:020}.json").write_text("{13800138000")
    assert code(lambda: rows(tmp_path)) == "K-FMT-120"
    log(tmp_path, 1, add("b.parquet", None, deletionVector={"storageType": "u"}))
    assert code(lambda: rows(tmp_path)) == "K-FMT-121"
    log(tmp_path, 1, {"protocol": {"minReaderVersion": 2, "minWriterVersion": 5}})
    assert code(lambda: rows(tmp_path)) == "K-FMT-121"
    log(tmp_path, 1, add("gone.parquet", None))
    assert code(lambda: rows(tmp_path)) == "K-FMT-001"


@pytest.mark.parametrize("place", ["../outside.parquet", "%2e%2e/outside.parquet", "file:///etc/a.parquet", "/etc/a.parquet", "link.parquet"])  # fmt: skip
def test_a_delta_log_leads_nowhere_else(tmp_path: Path, place: str) -> None:
    table = tmp_path / "t"
    (put(tmp_path / "outside.parquet", id=[1]), table.mkdir())
    (table / "link.parquet").symlink_to(tmp_path / "outside.parquet")
    log(table, 0, *begun(table), add(place, None))
    assert code(lambda: rows(table)) == "K-FMT-052"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    from pyiceberg.catalog.sql import SqlCatalog

    catalog = SqlCatalog("c", uri="sqlite:///:memory:", warehouse=(tmp_path / "wh").as_uri())
    catalog.create_namespace("crm")
    data = pa.table({"id": list(range(20)), "name": [f"张{i}" for i in range(20)]})
    table = catalog.create_table("crm.members", schema=data.schema)
    table.append(data)
    table.delete("id < 10")
    catalog.engine.dispose()
    return next((tmp_path / "wh").rglob("metadata")).parent


def test_an_iceberg_table_is_its_current_snapshot(warehouse: Path) -> None:
    assert [row["id"] for row in rows(warehouse)] == list(range(10, 20))
    source = open_source(warehouse, name="lake/t")
    assert source.format == "iceberg"
    assert source.detail.startswith("Iceberg, snapshot ")


def test_an_iceberg_table_that_lies_elsewhere_is_refused(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(warehouse, copy)  # its manifests name the files of the other folder
    assert code(lambda: rows(copy)) == "K-FMT-052"
    (current,) = [one for one in [iceberg.current_metadata(copy)] if one]
    current.write_text("{13800138000")
    assert code(lambda: rows(copy)) == "K-FMT-120"

    def none(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(iceberg, "import_module", none)
    assert code(lambda: rows(warehouse)) == "K-FMT-102"
