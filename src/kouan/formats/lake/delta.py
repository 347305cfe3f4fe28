"""Delta tables: which files are the current version, by their log (Delta protocol, reader version 1)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq

from kouan.formats.collection import messages as folders
from kouan.formats.files import pieces_of
from kouan.formats.lake import messages
from kouan.formats.lake.files import LakeFile, LakeTable, stated_kind
from kouan.formats.notes import listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LOG = "_delta_log"
_COMMIT = re.compile(r"(\d{20})\.json")
_CHECKPOINT = re.compile(r"(\d{20})\.checkpoint(?:\.(\d{10})\.(\d{10}))?\.parquet")
_ACTIONS = ("add", "remove", "metaData", "protocol")
_MOST_BYTES = 256 << 20
_KINDS = {
    **dict.fromkeys(("byte", "short", "integer", "long"), pa.int64()),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}


def delta_table(path: Path) -> LakeTable:
    """Return the current version of a Delta table.

    Raises:
        KouanError: K-FMT-120 for a log with gaps, K-FMT-121 for deletion vectors, column mapping and the like,
            K-FMT-052 for files outside the folder.
    """
    try:
        version, actions = _actions(path)
        return _table(path, version, actions)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, pa.ArrowException):
        raise messages.LOG_DAMAGED.at(str(path), kind="Delta") from None


def _table(path: Path, version: int, actions: Iterable[dict[str, Any]]) -> LakeTable:
    added: dict[str, dict[str, Any]] = {}
    meta: dict[str, Any] = {}
    for action in actions:
        if protocol := action.get("protocol"):
            _check(path, protocol)
        meta = action.get("metaData") or meta
        if one := action.get("remove"):
            added.pop(one["path"], None)
        if one := action.get("add"):
            if one.get("deletionVector"):
                raise messages.LOG_FEATURE.at(str(path), kind="Delta", features="deletionVectors")
            added[one["path"]] = one
    fields = json.loads(meta["schemaString"])["fields"]
    files = tuple(_file(path, place, dict(one["partitionValues"])) for place, one in sorted(added.items()))
    kinds = {field["name"]: field["type"] for field in fields}
    stated = {
        name: stated_kind([file.values[name] for file in files], _KINDS.get(str(kinds[name]), pa.string()))
        for name in meta["partitionColumns"]
    }
    return LakeTable("delta", f"Delta, version {version}", files, stated, tuple(kinds))


def _check(path: Path, protocol: dict[str, Any]) -> None:
    if protocol["minReaderVersion"] > 1:
        features = protocol.get("readerFeatures") or [f"reader version {protocol['minReaderVersion']}"]
        raise messages.LOG_FEATURE.at(str(path), kind="Delta", features=listed([str(one) for one in features]))


def _file(path: Path, place: str, values: dict[str, str | None]) -> LakeFile:
    name = unquote(place)
    if urlsplit(place).scheme or name.startswith("/") or ".." in name.split("/"):
        raise folders.LED_AWAY.at(str(path))
    file = path / name
    if not file.resolve().is_relative_to(path.resolve()):
        raise folders.LED_AWAY.at(str(path))
    return LakeFile(file, name, {key: value or None for key, value in values.items()})


def _actions(path: Path) -> tuple[int, list[dict[str, Any]]]:
    """Return the number of the current version and what was done up to it, in order."""
    names = sorted(one.name for one in (path / LOG).iterdir())
    commits = {int(match[1]) for name in names if (match := _COMMIT.fullmatch(name))}
    start, parts = _checkpoint(names)
    last = max(commits, default=start)
    last = max(last, start)
    wanted = range(start + 1, last + 1)
    if last < 0 or not commits.issuperset(wanted):
        raise ValueError(last)
    actions: list[dict[str, Any]] = []
    for name in parts:
        actions += _saved(path / LOG / name)
    for number in wanted:
        text = b"".join(pieces_of(_small(path / LOG / f"{number:020}.json")))
        actions += [json.loads(line) for line in text.splitlines() if line.strip()]
    return last, actions


def _checkpoint(names: list[str]) -> tuple[int, list[str]]:
    """Return the newest checkpoint of which every part is there, -1 without one."""
    found: dict[tuple[int, int], list[str]] = {}
    for name in names:
        if match := _CHECKPOINT.fullmatch(name):
            found.setdefault((int(match[1]), int(match[3] or 1)), []).append(name)
    whole = [(key[0], parts) for key, parts in found.items() if len(parts) == key[1]]
    return max(whole, default=(-1, []))


def _small(file: Path) -> Path:
    if file.stat().st_size > _MOST_BYTES:
        raise ValueError(file.name)
    return file


def _saved(file: Path) -> list[dict[str, Any]]:
    with pq.ParquetFile(str(_small(file))) as reader:
        wanted = [name for name in _ACTIONS if name in reader.schema_arrow.names]
        return list(reader.read(columns=wanted).to_pylist())
