"""Hierarchies of generalisation: which value belongs to which group, level by level.

GB/T 37964-2019 annex A, generalisation; Samarati, IEEE TKDE 13(6), 2001.
"""

from __future__ import annotations

import csv
import io
import os
import stat
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING

from kouan.deidentify import hierarchy_messages as messages
from kouan.deidentify.hierarchy_yaml import yaml_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kouan.deidentify.hierarchy_yaml import Row

MOST_BYTES = 32 << 20
MOST_LEAVES = 500_000
MOST_LEVELS = 32
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """One row a leaf: the value itself, then its group at level 1, 2, …, all rows of one width.

    Every value of level n has one parent at level n + 1; made by `read_hierarchy` or `hierarchy_of`, which see to it.

    Attributes:
        name: the file's stem.
        rows: (leaves, height + 1).
    """

    name: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> int:
        """Return the last level; level 0 is the value itself."""
        return len(self.rows[0]) - 1

    def at(self, level: int) -> dict[str, str]:
        """Return the group of every leaf at a level from 0 to `height`."""
        return {row[0]: row[level] for row in self.rows}


def read_hierarchy(path: Path, shown: str | None = None) -> Hierarchy:
    """Read a hierarchy from CSV (no header; `;` or `,`, sniffed) or YAML (nested mappings, or intervals).

    Blanks around values and blank lines do not count. Values are never quoted in errors; lines are.

    Args:
        path: of the file.
        shown: what errors call it; None takes its name without folders.

    Raises:
        KouanError: K-DEI-012 to K-DEI-020, K-MOD-001, K-MOD-002, with the line.
    """
    where = path.name if shown is None else shown
    text = _text(path, where)
    if path.suffix.lower() == ".csv":
        rows = _csv_rows(text, where)
    elif path.suffix.lower() in {".yaml", ".yml"}:
        rows = yaml_rows(text, where, most=MOST_LEAVES)
    else:
        raise messages.FILE.at(where, problem=messages.NO_SUFFIX)
    return hierarchy_of(path.stem, rows, where=where)


def hierarchy_of(name: str, rows: Iterable[Row], *, where: str) -> Hierarchy:
    """Return the hierarchy that rows with their line numbers make.

    Raises:
        KouanError: K-DEI-013 to K-DEI-018, K-DEI-020.
    """
    kept: list[tuple[str, ...]] = []
    lines: list[int] = []
    for line, values in rows:
        _check_row(values, f"{where}:{line}", len(kept[0]) if kept else max(2, len(values)))
        kept.append(values)
        lines.append(line)
        if len(kept) > MOST_LEAVES:
            raise messages.LARGE.at(f"{where}:{line}", found=f"> {MOST_LEAVES:,}", most=f"{MOST_LEAVES:,}")
    if not kept:
        raise messages.EMPTY.at(where)
    _check_leaves(kept, lines, where)
    _check_parents(kept, lines, where)
    _check_cycles(kept, lines, where)
    return Hierarchy(name, tuple(kept))


def _bytes(path: Path, where: str) -> bytes:
    """Read a regular file: a pipe would make us wait, and a device never ends. Raises OSError, K-DEI-012, LARGE."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        told = os.fstat(handle)
        if not stat.S_ISREG(told.st_mode):
            raise messages.FILE.at(where, problem=messages.NO_REGULAR)
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise messages.LARGE.at(where, found=f"{max(told.st_size, len(data)):,} B", most=f"{MOST_BYTES:,} B")
    return data


def _text(path: Path, where: str) -> str:
    try:
        data = _bytes(path, where)
    except FileNotFoundError:
        raise messages.FILE.at(where, problem=messages.NO_FILE) from None
    except OSError:
        raise messages.FILE.at(where, problem=messages.NO_ACCESS) from None
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise messages.FILE.at(where, problem=messages.NO_TEXT)


def _csv_rows(text: str, where: str) -> Iterator[Row]:
    """Yield the rows; a file whose first row has a `;` outside quotes is separated by it, any other by `,`."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise messages.FILE.at(f"{where}:{reader.line_num}", problem=messages.NO_CSV) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield reader.line_num, tuple(cell.strip() for cell in cells)


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return ";" if ";" in outside else ","


def _check_row(values: tuple[str, ...], place: str, width: int) -> None:
    if len(values) > MOST_LEVELS:
        raise messages.LARGE.at(place, found=len(values), most=MOST_LEVELS)
    if len(values) != width:
        raise messages.WIDTH.at(place, found=len(values), wanted=width)
    if "" in values:
        raise messages.GAP.at(place, level=values.index(""))


def _check_leaves(rows: Sequence[tuple[str, ...]], lines: Sequence[int], where: str) -> None:
    seen: dict[str, int] = {}
    for values, line in zip(rows, lines, strict=True):
        if values[0] in seen:
            raise messages.LEAF.at(f"{where}:{line}", line=seen[values[0]])
        seen[values[0]] = line


def _check_parents(rows: Sequence[tuple[str, ...]], lines: Sequence[int], where: str) -> None:
    for level in range(1, len(rows[0]) - 1):
        parents: dict[str, tuple[str, int]] = {}
        for values, line in zip(rows, lines, strict=True):
            parent, first = parents.setdefault(values[level], (values[level + 1], line))
            if parent != values[level + 1]:
                raise messages.PARENTS.at(f"{where}:{line}", level=level, line=first)


def _check_cycles(rows: Sequence[tuple[str, ...]], lines: Sequence[int], where: str) -> None:
    """Refuse names that lead back to themselves, on whatever levels; a name that repeats upwards is fine."""
    above: dict[str, set[str]] = {}
    places: dict[str, tuple[int, int]] = {}
    for values, line in zip(rows, lines, strict=True):
        for level, (name, parent) in enumerate(pairwise(values)):
            if name != parent:
                above.setdefault(name, set()).add(parent)
                places.setdefault(name, (line, level))
    try:
        TopologicalSorter(above).prepare()
    except CycleError as error:
        line, level = min(places[name] for name in error.args[1])
        raise messages.CYCLE.at(f"{where}:{line}", level=level) from None
