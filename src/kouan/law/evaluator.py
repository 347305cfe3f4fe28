"""The truths of many conditions at once: those that ask about the same facts share one look at the values.

A test sees of a count only between which of its bounds it lies, of a word only which of the words named it is.
Conditions are grouped by the facts they ask about, and what a group came to is kept by these facts' values, so that a
transfer like an earlier one costs a look-up per group.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from kouan.law.kleene import atoms_of, cuts_of, evaluate, facts_of
from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kouan.law.kleene import Atom, Condition, Value

_KEPT = 256
"""Entries kept by one group; the cache has no effect on results and is emptied when it is full."""

Row = list[bool | None]
"""Truth of each condition, by its slot."""
Classes = list[object]
"""Values, a count replaced by its place among the bounds of the tests, a word that no test names by an empty one."""


class _Group:
    """Conditions over the same facts."""

    __slots__ = ("_get", "_kept", "_members")

    def __init__(self, facts: Sequence[int], members: Sequence[tuple[int, Condition]]) -> None:
        self._get: Callable[[Sequence[object]], object] = itemgetter(*facts)
        self._members = tuple(members)
        self._kept: dict[object, tuple[tuple[int, bool | None], ...]] = {}

    def read(self, classes: Sequence[object], values: Sequence[Value]) -> tuple[tuple[int, bool | None], ...]:
        """Return slot and truth of the conditions that are not false."""
        key = self._get(classes)
        found = self._kept.get(key)
        if found is None:
            truths = ((slot, evaluate(condition, values)) for slot, condition in self._members)
            found = tuple(one for one in truths if one[1] is not False)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found


class Evaluator:
    """Says which of its conditions hold for a row of values; a condition's slot is its place in the sequence given.

    Args:
        conditions: in the order of their slots.
        derived: facts that are worked out after the conditions that do not ask about them.
    """

    def __init__(self, conditions: Sequence[Condition], derived: frozenset[int]) -> None:
        groups: dict[tuple[int, ...], list[tuple[int, Condition]]] = {}
        for slot, condition in enumerate(conditions):
            groups.setdefault(tuple(sorted(set(facts_of(condition)))), []).append((slot, condition))
        late = {facts for facts in groups if not derived.isdisjoint(facts)}
        self._early = [_Group(facts, members) for facts, members in groups.items() if facts not in late]
        self._late = [_Group(facts, members) for facts, members in groups.items() if facts in late]
        self._later = tuple(slot for facts, members in groups.items() if facts in late for slot, _ in members)
        self._size = len(conditions)
        atoms = [atom for condition in conditions for atom in atoms_of(condition)]
        self._cuts = tuple(cuts_of(atoms).items())
        self._words = tuple(_words(atoms).items())
        self._counters = tuple((fact, cuts) for fact, cuts in self._cuts if fact in derived)
        asked = sorted({atom.fact for atom in atoms})
        self._asked: Callable[[Sequence[object]], object] = itemgetter(*asked) if asked else tuple

    def early(self, values: Sequence[Value]) -> tuple[Row, Classes]:
        """Return the truths of the conditions that ask about no derived fact (others stand as false), and classes."""
        classes: Classes = list(values)
        _place(classes, values, self._cuts)
        for fact, words in self._words:
            if classes[fact] not in words:
                classes[fact] = None if classes[fact] is None else ""
        return self._read(self._early, classes, values, [False] * self._size), classes

    def late(self, values: Sequence[Value], row: Row, classes: Classes) -> tuple[Row, Classes]:
        """Return the same with the truths of the conditions that ask about derived facts."""
        fresh, placed = row.copy(), classes.copy()
        for slot in self._later:  # groups name what is not false; the row may come from other counters
            fresh[slot] = False
        _place(placed, values, self._counters)
        return self._read(self._late, placed, values, fresh), placed

    def moved(self, values: Sequence[Value], classes: Classes) -> bool:
        """Whether some derived fact lies elsewhere among the bounds than it did."""
        return any(
            classes[fact] != ((bisect_right(cuts, value[0]), bisect_right(cuts, value[1])) if value else value)  # type: ignore[index]
            for fact, cuts in self._counters
            for value in (values[fact],)
        )

    def seen(self, classes: Classes) -> object:
        """Return all that the conditions can see of some values; equal where no test tells them apart."""
        return self._asked(classes)

    def _read(self, groups: Iterable[_Group], classes: Classes, values: Sequence[Value], row: Row) -> Row:
        for group in groups:
            for slot, truth in group.read(classes, values):
                row[slot] = truth
        return row


def _words(atoms: Iterable[Atom]) -> dict[int, set[object]]:
    """Return of each fact with one word the words that some test names."""
    found: dict[int, set[object]] = {}
    for atom in atoms:
        if atom.type is FactType.TEXT and isinstance(atom.wants, frozenset):
            found.setdefault(atom.fact, set()).update(atom.wants)
    return found


def _place(classes: Classes, values: Sequence[Value], several: Iterable[tuple[int, tuple[int, ...]]]) -> None:
    """Replace each count by its place among the bounds of the tests."""
    for fact, cuts in several:
        value = values[fact]
        if value is not None:
            classes[fact] = (bisect_right(cuts, value[0]), bisect_right(cuts, value[1]))  # type: ignore[index]
