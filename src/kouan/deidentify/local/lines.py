"""Lines of a local recoding's file, read with their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kouan.deidentify.hierarchy import hierarchy_of
from kouan.deidentify.local.dimensions import KINDS, Dimension
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Iterable


class BadLineError(Exception):
    """A line is not as it should be; `line` counts from 0, the head."""

    def __init__(self, line: int) -> None:
        super().__init__(str(line))
        self.line = line


def texts(value: Any, line: int, *, least: int = 0) -> list[str]:
    """Return a list of texts."""
    if not isinstance(value, list) or len(value) < least or not all(isinstance(one, str) for one in value):
        raise BadLineError(line)
    return value


def columns_of(head: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Return what the head says of the columns, each with a name of its own."""
    columns = head.get("columns")
    if not isinstance(columns, list) or not columns or not all(isinstance(one, dict) for one in columns):
        raise BadLineError(0)
    names = texts([one.get("name") for one in columns], 0)
    if len(set(names)) != len(names):
        raise BadLineError(0)
    return columns


def told(dimension: Dimension) -> dict[str, object]:
    """Return what a head says of one column."""
    found: dict[str, object] = {"name": dimension.name, "as": dimension.kind}
    if dimension.kind == "values":
        found["values"] = list(dimension.values)
    if dimension.kind == "hierarchy":
        found["rows"] = [list(path) for path in dimension.paths]
    return found | ({"empty": True} if dimension.empty else {})


def dimension_of(said: dict[str, Any]) -> Dimension:
    """Return the column that a head tells of."""
    kind, empty = said.get("as"), said.get("empty", False)
    if kind not in KINDS or not isinstance(empty, bool):
        raise BadLineError(0)
    if kind == "hierarchy":
        rows = rows_of(said.get("rows"))
        if len({row[-1] for row in rows}) != 1 or sorted(rows, key=lambda row: row[::-1]) != rows:
            raise BadLineError(0)
        return Dimension(said["name"], kind, tuple(row[0] for row in rows), tuple(rows), empty)
    values = tuple(texts(said.get("values", []), 0, least=int(kind == "values")))
    if len(set(values)) != len(values):
        raise BadLineError(0)
    return Dimension(said["name"], kind, values, empty=empty)


def rows_of(said: Any) -> list[tuple[str, ...]]:
    """Return the rows of a hierarchy that a head holds, held to what is asked of a hierarchy's file."""
    if not isinstance(said, list):
        raise BadLineError(0)
    try:
        return list(hierarchy_of("", ((1, tuple(texts(row, 0, least=2))) for row in said), where="").rows)
    except KouanError:
        raise BadLineError(0) from None
