"""The emptied cells of cell suppression as a file, and rows treated by it.

The rows concerned are the rarest of the table. The file goes where the clearance folder goes, so it holds salted
digests of their values, not these.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import Joint, as_text, spread
from kouan.deidentify.local import messages
from kouan.deidentify.local.lines import BadLineError, columns_of, rows_of, texts
from kouan.deidentify.rows import class_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kouan.deidentify.local.counting import Ints

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Level:
    """One column and what becomes of its values before cells are emptied.

    Attributes:
        name: of the column.
        rows: of its hierarchy; none where values stay as they are.
        level: of the hierarchy.
    """

    name: str
    rows: tuple[tuple[str, ...], ...] = ()
    level: int = 0

    def groups(self, column: pa.Array) -> tuple[pa.Array, int]:
        """Return the group of each cell, and how many cells hold a value that the hierarchy lacks."""
        encoded = as_text(column).dictionary_encode()
        texts_ = pc.utf8_trim_whitespace(encoded.dictionary)
        empty = pc.equal(texts_, "")
        if not self.rows:
            return spread(pc.if_else(empty, pa.scalar(None, pa.string()), texts_), encoded.indices), 0
        leaves = pa.array([row[0] for row in self.rows], pa.string())
        groups = pa.array([row[self.level] for row in self.rows], pa.string())
        found = groups.take(pc.index_in(texts_, value_set=leaves))
        missing = pc.and_(pc.is_null(found), pc.invert(empty))
        return spread(found, encoded.indices), pc.sum(spread(missing, encoded.indices)).as_py() or 0


@dataclass(frozen=True, eq=False)
class CellsFile(Joint):
    """Which cells are emptied, by the values of a row as they would leave.

    Attributes:
        levels: by column.
        salt: of the digests.
        keys: digests of the rows of which cells are emptied.
        masks: of each key, a bit for each column, the first the lowest.
    """

    levels: tuple[Level, ...]
    salt: str
    keys: pa.Array
    masks: Ints

    @property
    def columns(self) -> tuple[str, ...]:  # type: ignore[override]
        """Names of the columns."""
        return tuple(one.name for one in self.levels)

    def together(self, columns: Sequence[pa.Array]) -> tuple[pa.Array, ...]:
        """Return the groups of each row, without the cells that are emptied.

        Raises:
            KouanError: K-DEI-074 for a value that the hierarchy of its column lacks.
        """
        found = [one.groups(column) for one, column in zip(self.levels, columns, strict=True)]
        lacking = {one.name: missing for one, (_, missing) in zip(self.levels, found, strict=True) if missing}
        if lacking:
            raise messages.NOT_COVERED.at("", rows=f"{max(lacking.values()):,}", items=", ".join(lacking))
        groups = [one for one, _ in found]
        at = pc.index_in(_digests(groups, self.salt), value_set=self.keys)
        masks = np.append(self.masks, 0)[np.asarray(pc.fill_null(at, len(self.masks)), np.int64)]
        nothing = pa.scalar(None, pa.string())
        return tuple(pc.if_else(pa.array((masks >> place) & 1 > 0), nothing, one) for place, one in enumerate(groups))

    def gives(self, columns: Sequence[pa.Array]) -> bool:
        """Tell whether every cell of these text columns is a group of its level, and no row has cells to be emptied."""
        left = pc.invert(pc.is_in(_digests(columns, self.salt), value_set=self.keys))
        found = [pc.all(left).as_py()]
        for one, column in zip(self.levels, columns, strict=True):
            groups = pa.array(sorted({row[one.level] for row in one.rows}), pa.string())
            found.append(pc.all(pc.is_in(column.drop_null(), value_set=groups)).as_py() if one.rows else None)
        return False not in found


def cells_lines(levels: Sequence[Level], emptied: Iterable[tuple[Sequence[str | None], int]]) -> Iterator[str]:
    """Yield the lines of the file.

    Args:
        levels: by column.
        emptied: values of a row as they would leave, and a bit for each column that is emptied.
    """
    head, listed = [_told(one) for one in levels], list(emptied)
    columns = [pa.array([values[place] for values, _ in listed], pa.string()) for place in range(len(levels))]
    # What is emptied is the salt: the same data give the same file.
    salt = hashlib.sha256("\n".join(sorted(class_keys(columns).to_pylist())).encode()).hexdigest()
    yield json.dumps({"kind": "cells", "version": 2, "salt": salt, "columns": head}, ensure_ascii=False)
    for digest, (_, mask) in zip(_digests(columns, salt).to_pylist(), listed, strict=True):
        names = [one.name for place, one in enumerate(levels) if mask >> place & 1]
        yield json.dumps({"row": digest, "empty": names}, ensure_ascii=False)


def read_cells(head: dict[str, Any], body: Iterable[Any]) -> CellsFile:
    """Read what `cells_lines` gives. Raises BadLineError."""
    levels = tuple(_level(said) for said in columns_of(head))
    bits = {one.name: 1 << place for place, one in enumerate(levels)}
    salt = head.get("salt")
    if not isinstance(salt, str) or _DIGEST.match(salt) is None:
        raise BadLineError(0)
    rows: list[str] = []
    masks = []
    for line, said in enumerate(body, 1):
        row = said.get("row") if isinstance(said, dict) else None
        if not isinstance(row, str) or _DIGEST.match(row) is None:
            raise BadLineError(line)
        names = texts(said.get("empty"), line, least=1)
        if not set(names) <= bits.keys():
            raise BadLineError(line)
        rows.append(row)
        masks.append(sum(bits[name] for name in set(names)))
    if len(set(rows)) != len(rows):
        raise BadLineError(0)
    return CellsFile(levels, salt, pa.array(rows, pa.string()), np.array(masks, np.int64))


def _digests(columns: Sequence[pa.Array], salt: str) -> pa.Array:
    """Return a digest of each row's values, the same exactly where they are."""
    keys = class_keys(list(columns)).dictionary_encode()
    found = [hashlib.sha256(f"{salt}{key}".encode()).hexdigest() for key in keys.dictionary.to_pylist()]
    return spread(pa.array(found, pa.string()), keys.indices)


def _told(one: Level) -> Mapping[str, object]:
    if not one.rows:
        return {"name": one.name}
    return {"name": one.name, "level": one.level, "rows": [list(row) for row in one.rows]}


def _level(said: dict[str, Any]) -> Level:
    if "rows" not in said:
        return Level(said["name"])
    rows, level = rows_of(said["rows"]), said.get("level")
    if not isinstance(level, int) or not 0 <= level < len(rows[0]):
        raise BadLineError(0)
    return Level(said["name"], tuple(rows), level)
