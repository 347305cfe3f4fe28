"""Iceberg tables: the current snapshot, read by pyiceberg, which knows manifests and deleted rows."""

from __future__ import annotations

import re
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from kouan.formats.collection import messages as folders
from kouan.formats.columnar.common import plain_schema
from kouan.formats.lake import messages
from kouan.formats.lake.files import LakeTable
from kouan.formats.remote.messages import DRIVER
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from kouan.formats.options import ReadOptions

_METADATA = re.compile(r"v?(\d+)(?:-[0-9a-f-]+)?(?:\.gz)?\.metadata\.json")


def current_metadata(path: Path) -> Path | None:
    """Return the newest metadata file of an Iceberg table, or None where a folder is none."""
    folder = path / "metadata"
    found = [(int(match[1]), one) for one in _files(folder) if (match := _METADATA.fullmatch(one.name))]
    return max(found, default=(0, None), key=lambda one: one[0])[1]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def iceberg_table(
    path: Path, metadata: Path, options: ReadOptions
) -> tuple[LakeTable, pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the current snapshot of an Iceberg table, its columns and its rows.

    Raises:
        KouanError: K-FMT-052, K-FMT-102, K-FMT-120, K-FMT-015, 019, 020.
    """
    try:
        tables: Any = import_module("pyiceberg.table")  # optional: only who reads such tables has it
    except ImportError:
        raise DRIVER.at(str(path), kind="Iceberg", extra="iceberg") from None
    with _errors(path):
        table = tables.StaticTable.from_metadata(str(metadata), {"py-io-impl": "pyiceberg.io.pyarrow.PyArrowFileIO"})
        snapshot = table.current_snapshot()
        scan = table.scan()
        for task in scan.plan_files():
            for file in (task.file, *task.delete_files):
                _check(path, file.file_path)
        reader = scan.to_arrow_batch_reader()
    schema = plain_schema(path, reader.schema, options=options)
    number = "-" if snapshot is None else snapshot.snapshot_id
    return LakeTable("iceberg", f"Iceberg, snapshot {number}", (), {}), schema, _batches(path, reader)


def _check(path: Path, place: str) -> None:
    """Refuse data that lie outside the folder: they were not declared."""
    parts = urlsplit(place)
    file = type(path)(unquote(parts.path) if parts.scheme else place)
    if parts.scheme not in {"", "file"} or not file.resolve().is_relative_to(path.resolve()):
        raise folders.LED_AWAY.at(str(path))


def _batches(path: Path, reader: Any) -> Iterator[pa.RecordBatch]:
    with _errors(path):
        yield from reader


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Turn the library's errors, which may quote what they read, into ours."""
    try:
        yield
    except (KouanError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - it raises many kinds, without one above them
        raise messages.LOG_DAMAGED.at(str(path), kind="Iceberg") from None
