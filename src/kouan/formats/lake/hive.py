"""Folders whose names hold values: `year=2026/city=北京/part-0.parquet`, as Hive and Spark write them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyarrow as pa

from kouan.formats.collection.members import FileMember
from kouan.formats.collection.walk import walk
from kouan.formats.detect import detect
from kouan.formats.lake.files import LakeFile, LakeTable, stated_kind

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.formats.options import Limits

_ONE_TABLE = {"parquet", "orc", "arrow", "csv"}
_NULL = "__HIVE_DEFAULT_PARTITION__"


def hive_table(path: Path, limits: Limits) -> LakeTable | None:
    """Return the table that a folder is, or None when its files do not all stand below the same `name=value` folders.

    Raises:
        KouanError: K-FMT-001 to 007, 026, 042.
    """
    members = [one for one in walk(path, (), limits).members if not PurePosixPath(one.name).name.startswith("_")]
    files = []
    for member in members:
        pairs = [part.partition("=") for part in member.name.split("/")[:-1]]
        if not isinstance(member, FileMember) or not pairs or not all(name and mark for name, mark, _ in pairs):
            return None
        if detect(member.path) not in _ONE_TABLE:
            return None
        values = {unquote(name): None if value == _NULL else unquote(value) for name, _, value in pairs}
        files.append(LakeFile(member.path, member.name, values))
    keys = {tuple(file.values) for file in files}
    if len(keys) != 1:
        return None
    stated = {name: _kind([file.values[name] for file in files]) for name in keys.pop()}
    return LakeTable("hive", f"{len(files)} files", tuple(files), stated)


def _kind(values: list[str | None]) -> pa.DataType:
    """Return whole numbers only where no value loses a sign or a zero by it: a code is no number."""
    plain = all(value is None or (value.isdecimal() and value == str(int(value))) for value in values)
    return stated_kind(values, pa.int64()) if plain and any(values) else pa.string()
