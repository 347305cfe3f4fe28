"""The file of a local recoding: one JSON text a line, the head first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kouan.deidentify import messages as plan_messages
from kouan.deidentify.columns import Share
from kouan.deidentify.local import messages
from kouan.deidentify.local.cellsfile import CellsFile, read_cells
from kouan.deidentify.local.lines import BadLineError
from kouan.deidentify.local.partitionfile import PartitionFile
from kouan.deidentify.local.partitionlines import read_partition
from kouan.deidentify.params import BadParamsError, only, text
from kouan.model.items import split_item_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from kouan.deidentify.hierarchies import PlanFile
    from kouan.model.errors import KouanError
    from kouan.model.plan import PlanLine

LocalFile = PartitionFile | CellsFile
MOST_BYTES = 256 << 20
_READERS: Mapping[tuple[str, int], Callable[[dict[str, Any], Iterable[Any]], LocalFile]] = {
    ("partition", 1): read_partition,
    ("cells", 2): read_cells,
}


def read_local(path: Path) -> LocalFile:
    """Read a local recoding.

    Raises:
        KouanError: K-DEI-073; it names a line, never a value.
    """
    lines = _lines(path)
    head = _parsed(lines, 0, path.name)
    reader = _READERS.get((str(head.get("kind")), _version(head))) if isinstance(head, dict) else None
    if reader is None:
        raise _bad(path.name, 0)
    try:
        return reader(head, (_parsed(lines, place, path.name) for place in range(1, len(lines))))
    except BadLineError as error:
        raise _bad(path.name, error.line) from None


def _version(head: dict[str, Any]) -> int:
    found = head.get("version")
    return found if isinstance(found, int) else 0


def local_share(line: PlanLine, files: Mapping[str, PlanFile]) -> Share:
    """Return what `{to: local, file}` means for one column. Raises BadParamsError."""
    only(line, "to", "file", "sha256")
    name = text(line, "file")
    found, column = files.get(name), split_item_id(line.item)[2]
    if not isinstance(found, LocalFile) or column not in found.columns:
        raise BadParamsError(plan_messages.PARAM_FILE.fill(name=name))
    return Share(found, column)


def check_columns(name: str, found: LocalFile, items: Sequence[str]) -> None:
    """Refuse a plan whose lines that name a local recoding are not just the items that it is for.

    Raises:
        KouanError: K-DEI-073.
    """
    tables = {split_item_id(item)[:2] for item in items}
    columns = sorted(split_item_id(item)[2] for item in items)
    if len(tables) != 1 or columns != sorted(found.columns):
        problem = messages.COLUMNS.fill(found=", ".join(items), wanted=", ".join(found.columns))
        raise messages.FILE.at(name, problem=problem)


def _parsed(lines: Sequence[bytes], place: int, where: str) -> Any:
    try:
        return json.loads(lines[place])
    except (ValueError, IndexError, RecursionError):
        raise _bad(where, place) from None


def _bad(where: str, place: int) -> KouanError:
    return messages.FILE.at(f"{where}:{place + 1}", problem=messages.LINE.fill(line=place + 1))


def _lines(path: Path) -> list[bytes]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise messages.FILE.at(path.name, problem=messages.LARGE.fill(most=f"{MOST_BYTES >> 20} MiB"))
        return path.read_bytes().splitlines()
    except FileNotFoundError:
        raise messages.FILE.at(path.name, problem=messages.NO_FILE) from None
    except OSError:
        raise messages.FILE.at(path.name, problem=messages.NO_ACCESS) from None
