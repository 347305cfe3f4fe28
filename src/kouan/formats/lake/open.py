"""Open a folder that is a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.formats.lake.delta import LOG, delta_table
from kouan.formats.lake.files import kept, open_table
from kouan.formats.lake.hive import hive_table
from kouan.formats.lake.iceberg import current_metadata, iceberg_table

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.formats.collection.source import Collection, Openers
    from kouan.formats.options import ReadOptions


def open_lake(path: Path, *, name: str, options: ReadOptions, openers: Openers) -> Collection | None:
    """Open a Delta, Iceberg or partitioned table as one Parquet table, or return None where a folder is none.

    Raises:
        KouanError: K-FMT-052, K-FMT-102, K-FMT-120, K-FMT-121, and of its files.
    """
    if not path.is_dir():
        return None
    metadata = current_metadata(path)
    if metadata is not None:
        read, schema, batches = iceberg_table(path, metadata, options)
        return kept(path, read, schema, batches, name=name, options=options, openers=openers)
    table = delta_table(path) if (path / LOG).is_dir() else hive_table(path, options.limits)
    if table is None:
        return None
    return open_table(path, table, name=name, options=options, openers=openers)
