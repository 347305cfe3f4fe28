"""Conditions as the evaluator holds them, and strong Kleene logic over values, ranges and unknowns.

A truth is True, False or None (unknown). A count is a pair (lo, hi), both included, with hi = NO_END when open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.model.text import Text

NO_END = 1 << 62
"""Upper end of a count that has none; larger than any number of persons."""

Count = tuple[int, int]
Value = bool | str | tuple[str, ...] | Count | None
ANY_COUNT: Count = (0, NO_END)
Truths = tuple[bool | None, ...]
"""Of each rule of the law, its truth for one flow."""


@dataclass(frozen=True, slots=True)
class Atom:
    """One test of one fact.

    Attributes:
        fact: index in the vocabulary.
        type: of the fact.
        wants: truth value, interval of counts, or set of words for which the test holds.
        text: the test in words.
        expected: what it asks, language-free: `true`, `≥ 100000`, `a|b`.
    """

    fact: int
    type: FactType
    wants: bool | Count | frozenset[str]
    text: Text
    expected: str


@dataclass(frozen=True, slots=True)
class Group:
    """`all`, `any`, `not` or `at_least` (with n) over parts."""

    op: str
    parts: tuple[Condition, ...]
    n: int = 0


Condition = Atom | Group


def evaluate(condition: Condition, values: Sequence[Value]) -> bool | None:
    """Return the truth of a condition, by strong Kleene logic."""
    if isinstance(condition, Atom):
        return holds(condition, values[condition.fact])
    return combine(condition.op, condition.n, [evaluate(part, values) for part in condition.parts])


def combine(op: str, n: int, truths: Sequence[bool | None]) -> bool | None:
    """Return the truth of a group from the truths of its parts."""
    if op == "not":
        return None if truths[0] is None else not truths[0]
    if op == "all":
        return False if False in truths else None if None in truths else True
    if op == "any":
        return True if True in truths else None if None in truths else False
    sure = sum(truth is True for truth in truths)
    open_ = sum(truth is None for truth in truths)
    return True if sure >= n else None if sure + open_ >= n else False


def holds(atom: Atom, value: Value) -> bool | None:
    """Return the truth of one test: a range that straddles the bound is unknown."""
    if value is None:
        return None
    wants = atom.wants
    if atom.type is FactType.BOOL:
        return value is wants
    if atom.type is FactType.COUNT:
        return _inside(value, wants)  # type: ignore[arg-type]  # types were checked when facts and packs were read
    assert isinstance(wants, frozenset)
    if atom.type is FactType.TEXT:
        return value in wants
    return any(word in wants for word in value)  # type: ignore[union-attr]  # several words: a tuple


def facts_of(condition: Condition) -> Iterable[int]:
    """Yield the facts that a condition asks about, in its order."""
    if isinstance(condition, Atom):
        yield condition.fact
        return
    for part in condition.parts:
        yield from facts_of(part)


def atoms_of(condition: Condition) -> Iterable[Atom]:
    """Yield the tests of a condition, in its order."""
    if isinstance(condition, Atom):
        yield condition
        return
    for part in condition.parts:
        yield from atoms_of(part)


def cuts_of(atoms: Iterable[Atom]) -> dict[int, tuple[int, ...]]:
    """Return of each count the numbers at which some test changes, ascending."""
    found: dict[int, set[int]] = {}
    for atom in atoms:
        if atom.type is FactType.COUNT:
            assert isinstance(atom.wants, tuple)
            lo, hi = atom.wants
            found.setdefault(atom.fact, set()).update({lo} if hi == NO_END else {lo, hi + 1})
    return {fact: tuple(sorted(cut for cut in cuts if cut > 0)) for fact, cuts in found.items()}


def _inside(value: Count, wants: Count) -> bool | None:
    if value[0] >= wants[0] and value[1] <= wants[1]:
        return True
    if value[1] < wants[0] or value[0] > wants[1]:
        return False
    return None
