"""The lines of a partition's file, written and read."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.deidentify.local.lines import BadLineError, columns_of, dimension_of, texts, told
from kouan.deidentify.local.partitionfile import Known, PartitionFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kouan.deidentify.local.dimensions import Dimension, Floats
    from kouan.deidentify.local.mondrian import Partition

_TWO = 2
_CLASS = -1


def partition_lines(dimensions: Sequence[Dimension], found: Partition, values: Sequence[Floats]) -> Iterator[str]:
    """Yield the lines of a partition's file.

    Args:
        dimensions: the items.
        found: the cuts.
        values: by item: place of each code from 1 on.
    """
    head = {"kind": "partition", "version": 1, "columns": [told(one) for one in dimensions]}
    yield json.dumps(head, ensure_ascii=False)
    waiting = [(0, 0)]
    while waiting:
        node, depth = waiting.pop()
        place, arg, first = found.item[node], found.arg[node], found.first[node]
        if arg is None:
            said: dict[str, object] = {"class": _reach(dimensions, found, values, first)}
            said["rows"] = int(found.sizes[first])
            parts = 0
        elif isinstance(arg, int):
            last = None if arg == 0 else dimensions[place].word(float(values[place][arg - 1]))
            said, parts = {"split": dimensions[place].name, "up_to": last}, _TWO
        else:
            level, groups = arg
            names = {number: name for name, number in _groups(dimensions[place], level).items()}
            into = [[names[number] for number in part] for part in groups]
            said, parts = {"split": dimensions[place].name, "level": level, "into": into}, len(groups)
        yield " " * depth + json.dumps(said, ensure_ascii=False)
        waiting += [(first + part, depth + 1) for part in reversed(range(parts))]


def read_partition(head: dict[str, Any], body: Iterable[Any]) -> PartitionFile:
    """Read what `partition_lines` gives. Raises BadLineError."""
    dimensions = tuple(dimension_of(said) for said in columns_of(head))
    return _Reader(dimensions).read(body)


class _Reader:
    def __init__(self, dimensions: tuple[Dimension, ...]) -> None:
        self._dimensions = dimensions
        self._places = {one.name: place for place, one in enumerate(dimensions)}
        self._width = 1 + max([2, *(one.up.shape[1] for one in dimensions)])
        self._numbers = {
            (place, level): _groups(one, level) for place, one in enumerate(dimensions) for level in range(len(one.up))
        }
        self._item: list[int] = []
        self._cut: list[float] = []
        self._level: list[int] = []
        self._children: list[list[int]] = []
        self._keys: list[int] = []
        self._branch: list[int] = []
        self._reach: list[list[tuple[float, float, bool, int, int]]] = [[] for _ in dimensions]
        self._seen: dict[tuple[int, str], float] = {}
        self._classes = 0

    def read(self, body: Iterable[Any]) -> PartitionFile:
        """Read the nodes, each before those below it."""
        open_: list[list[int]] = []  # node and parts still to come
        line = 0
        for line, said in enumerate(body, 1):
            node = len(self._item)
            if node and not open_:
                raise BadLineError(line)
            if open_:
                self._children[open_[-1][0]].append(node)
                open_[-1][1] -= 1
                if not open_[-1][1]:
                    open_.pop()
            parts = self._node(said, node, line)
            if parts:
                open_.append([node, parts])
        if open_ or not self._item:
            raise BadLineError(line)
        return self._made()

    def _node(self, said: Any, node: int, line: int) -> int:
        """Take one line; return how many parts follow."""
        if not isinstance(said, dict):
            raise BadLineError(line)
        self._children.append([])
        if "class" in said:
            self._item.append(_CLASS)
            self._cut.append(math.nan)
            self._level.append(self._classes)
            self._class(said["class"], line)
            return 0
        name = said.get("split")
        place = self._places.get(name, -1) if isinstance(name, str) else -1
        if place < 0:
            raise BadLineError(line)
        self._item.append(place)
        if self._dimensions[place].kind == "hierarchy":
            return self._into(said, node, place, line)
        self._cut.append(self._place(place, said.get("up_to"), line))
        self._level.append(0)
        return _TWO

    def _into(self, said: dict[str, Any], node: int, place: int, line: int) -> int:
        level, into = said.get("level"), said.get("into")
        if not isinstance(level, int) or not isinstance(into, list) or len(into) < _TWO:
            raise BadLineError(line)
        numbers = self._numbers.get((place, level), {})
        for part, groups in enumerate(into):
            if not isinstance(groups, list) or not groups:
                raise BadLineError(line)
            for group in groups:
                if (group is not None and not isinstance(group, str)) or group not in numbers:
                    raise BadLineError(line)
                self._keys.append(node * self._width + numbers[group])
                self._branch.append(part)
        self._cut.append(math.nan)
        self._level.append(level)
        return len(into)

    def _class(self, said: Any, line: int) -> None:
        if not isinstance(said, list) or len(said) != len(self._dimensions):
            raise BadLineError(line)
        for place, (one, reach) in enumerate(zip(self._dimensions, said, strict=True)):
            if not isinstance(reach, list) or not reach:
                raise BadLineError(line)
            if reach == [None]:
                self._reach[place].append((math.inf, -math.inf, True, 0, 0))
            elif one.kind == "hierarchy":
                level, group = reach if len(reach) == _TWO else (None, None)
                numbers = self._numbers.get((place, level), {}) if isinstance(level, int) else {}
                if not isinstance(group, str) or group not in numbers:
                    raise BadLineError(line)
                self._reach[place].append((0.0, 0.0, level == len(one.up) - 1, int(str(level)), numbers[group]))
            else:
                ends = texts([end for end in reach if end is not None], line, least=1)
                low, high = (self._place(place, end, line) for end in (ends[0], ends[-1]))
                if len(ends) > _TWO or low > high:
                    raise BadLineError(line)
                self._reach[place].append((low, high, None in reach, 0, 0))
        self._classes += 1

    def _place(self, place: int, word: Any, line: int) -> float:
        if word is None:
            return -math.inf
        if not isinstance(word, str):
            raise BadLineError(line)
        if (place, word) not in self._seen:
            self._seen[place, word] = float(self._dimensions[place].places(pa.array([word]))[0])
        if not math.isfinite(self._seen[place, word]):
            raise BadLineError(line)
        return self._seen[place, word]

    def _made(self) -> PartitionFile:
        order = np.argsort(np.array(self._keys, np.int64), kind="stable")
        keys, branch = np.array(self._keys or [-1], np.int64), np.array(self._branch or [0], np.int64)
        if self._keys:
            keys, branch = keys[order], branch[order]
            if (keys[1:] == keys[:-1]).any():
                raise BadLineError(0)
        lengths = np.array([len(one) for one in self._children], np.int64)
        item, level = np.array(self._item, np.int64), np.array(self._level, np.int64)
        return PartitionFile(
            dimensions=self._dimensions,
            item=item,
            cut=np.array(self._cut, np.float64),
            level=np.where(item >= 0, level, 0),
            first=np.where(item >= 0, np.cumsum(lengths) - lengths, level),
            children=np.array([node for one in self._children for node in one], np.int64),
            keys=keys,
            branch=branch,
            width=self._width,
            known=tuple(_known(one, reach) for one, reach in zip(self._dimensions, self._reach, strict=True)),
        )


def _known(one: Dimension, reach: Sequence[tuple[float, float, bool, int, int]]) -> Known:
    words: dict[str | None, int] = {}
    number: defaultdict[tuple[float, float, bool, int, int], int] = defaultdict(int)
    names = {(level, group): name for level in range(len(one.up)) for name, group in _groups(one, level).items()}
    for told_ in dict.fromkeys(reach):
        low, high, empty, level, group = told_
        if high < low:
            word = None
        elif one.kind == "hierarchy":
            word = names[level, group]
        else:
            word = one.label(low, high, empty=empty)
        number[told_] = words.setdefault(word, len(words))
    return Known(
        low=np.array([told_[0] for told_ in reach], np.float64),
        high=np.array([told_[1] for told_ in reach], np.float64),
        empty=np.array([told_[2] for told_ in reach], np.bool_),
        level=np.array([told_[3] for told_ in reach], np.int64),
        group=np.array([told_[4] for told_ in reach], np.int64),
        word=np.array([number[told_] for told_ in reach], np.int64),
        words=pa.array(list(words), pa.string()),
    )


def _groups(one: Dimension, level: int) -> dict[str | None, int]:
    """Return the number of each group at a level; None is the empty cell below the top."""
    names: list[str | None] = [path[level] for path in one.paths]
    found = dict(zip(names, one.up[level, 1:].tolist(), strict=True))
    return found | ({None: 0} if one.empty and level < len(one.up) - 1 else {})


def _reach(dimensions: Sequence[Dimension], found: Partition, values: Sequence[Floats], number: int) -> list[object]:
    """Return what one class covers of each item."""
    said: list[object] = []
    for place, one in enumerate(dimensions):
        low, high = int(found.bounds.low[number, place]), int(found.bounds.high[number, place])
        empty = bool(found.bounds.empty[number, place])
        if high < low:
            said.append([None])
        elif one.kind == "hierarchy":
            level = int(one.level(0 if empty else low, high))
            said.append([level, one.paths[high - 1][level]])
        else:
            ends = [one.word(float(values[place][code - 1])) for code in sorted({low, high})]
            said.append([*ends, None] if empty else ends)
    return said
