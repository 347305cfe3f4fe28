"""Which known values a treated word may stand for: parts, beginning, mask, what a hierarchy puts below it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kouan.risk.attacks.labels import is_suppressed, mask, set_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kouan.risk.attacks.labels import Mask

MANY = 20_000
"""Of more labels some are looked at first, whether any stands for a value at all; those of pseudonyms do not."""
_SOME = 2_000


class Coverage:
    """Known values, found by what a label says of them; each way to look them up is prepared once.

    Args:
        values: distinct; codes count from 1 in this order.
        parents: by value, the labels that stand for it in a hierarchy.
    """

    def __init__(self, values: Sequence[str], parents: Mapping[str, Collection[str]]) -> None:
        self._values = values
        self._code = {value: number for number, value in enumerate(values, start=1)}
        self._longest = max(map(len, values), default=0)
        self._below: dict[str, list[int]] = defaultdict(list)
        for value, number in self._code.items() if parents else ():
            for parent in parents.get(value, ()):
                if parent != value:
                    self._below[parent].append(number)
        self._heads: dict[int, dict[str, list[int]]] = {}
        self._masked: dict[tuple[int, int, int], dict[str, list[int]]] = {}
        self._sets: list[tuple[str, int]] | None = None

    def all_of(self, labels: Sequence[str]) -> list[Collection[int]] | None:
        """Return, label by label, the codes of the values that it may stand for; None where none of very many does."""
        if len(labels) > MANY and not any(self.of(label) for label in labels[:: len(labels) // _SOME]):
            return None
        return [self.of(label) for label in labels]

    def of(self, label: str) -> Collection[int]:
        """Return the codes of the values that one label may stand for."""
        if label in self._below:
            return self._below[label]
        if label in self._code:
            return (self._code[label],)
        if parts := set_parts(label):
            return self._in_set(parts)
        if is_suppressed(label):
            return range(1, len(self._values) + 1)
        if hidden := mask(label):
            return self._behind(hidden)
        return self._beginning(label)

    def _in_set(self, parts: tuple[str, ...]) -> Collection[int]:
        """Return the values among the parts, and those that are several parts next to each other."""
        if self._sets is None:
            self._sets = [(f",{value},", number) for value, number in self._code.items() if "," in value]
        whole = f",{','.join(parts)},"
        found = {self._code[part] for part in parts if part in self._code}
        found |= {number for value, number in self._sets if value in whole}
        return sorted(found)

    def _behind(self, hidden: Mask) -> Collection[int]:
        shape = len(hidden.head), len(hidden.tail), hidden.length
        if shape not in self._masked:
            head, tail, length = shape
            found: dict[str, list[int]] = defaultdict(list)
            for value, number in self._code.items():
                if len(value) == length:
                    found[value[:head] + value[length - tail :]].append(number)
            self._masked[shape] = found
        return self._masked[shape].get(hidden.head + hidden.tail, ())

    def _beginning(self, head: str) -> Collection[int]:
        size = len(head)
        if size > self._longest:
            return ()
        if size not in self._heads:
            found: dict[str, list[int]] = defaultdict(list)
            for value, number in self._code.items():
                found[value[:size]].append(number)
            self._heads[size] = found
        return self._heads[size].get(head, ())
