"""How many persons are left after items or persons are kept out, without reading the data again.

What an inventory cannot tell exactly becomes a range that leaves no possible number out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kouan.model.facts import Range
from kouan.recognize.grading import candidates
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.treating import foresee

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kouan.model.inventory import Inventory, Item, PersonCount, Sensitivity
    from kouan.model.plan import PlanLine
    from kouan.model.time import LegalDay

NOBODY = Range(lo=0, hi=0)
CHILDREN, SENSITIVE, ALL = "children", "sensitive", "all"
"""Who of a flow is kept out: who is or may be under 14, who has a sensitive item, everybody."""

_CHILD_CLAUSES = ("under14", "under14_pipl", "under14_open")
_TRACK_CLAUSES = ("track", "track_before")
"""Rulings on some persons of an item: those under 14, and those who were at several places."""


def left_of(
    inventory: Inventory,
    lines: Mapping[str, PlanLine],
    *,
    out: Collection[tuple[str, str]] = (),
    original: Inventory | None = None,
) -> Inventory:
    """Return an inventory as recognition would find it after treatment, and without some persons.

    Args:
        inventory: of the data as they are.
        lines: what would be done to items, by item id; the others stay as they are.
        out: pairs of a subject role and who of it is kept out, by age or sensitivity.
        original: of the raw data, where `inventory` is of treated ones.
    """
    items = foresee(inventory, lines, original)
    counted = {item.subject for item in items}
    persons = tuple(
        _recount(count, inventory, items, out={who for subject, who in out if subject == count.subject})
        for count in inventory.persons
        if count.subject in counted
    )
    found = inventory.model_copy(update={"items": items, "persons": persons})
    raw = {} if original is None else {item.id: item for item in original.items}
    return found.model_copy(update={"candidates": candidates(found, raw)})


def marking(items: Sequence[Item], subject: str, as_of: LegalDay) -> tuple[Item, ...]:
    """Return the items that make, or may make, a person of a role sensitive whatever their age."""
    return tuple(
        item
        for item in items
        if item.subject == subject and item.personal is not False and own_sensitivity(item, as_of).value is not False
    )


def own_sensitivity(item: Item, as_of: LegalDay) -> Sensitivity:
    """Return the verdict on an item by what it is, where the inventory's rests on children standing in it."""
    lexicon = load_lexicon()
    if _ruled(item) in _by_ruling(_CHILD_CLAUSES) and item.meaning in lexicon.meanings:
        return lexicon.sensitivity(item.meaning, as_of)
    return item.sensitive


def _ruled(item: Item) -> tuple[str, str]:
    return item.sensitive.standard, item.sensitive.clause


@cache
def _by_ruling(ids: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    clauses = load_lexicon().clauses
    return frozenset((clauses[key].standard, clauses[key].clause) for key in ids)


def minus(whole: Range, part: Range) -> Range:
    """Return the range of what is left of a whole without a part of it."""
    lo = 0 if part.hi is None else max(0, whole.lo - part.hi)
    hi = None if whole.hi is None else max(lo, whole.hi - part.lo)
    return Range(lo=lo, hi=hi)


def _recount(count: PersonCount, inventory: Inventory, left: Sequence[Item], *, out: Collection[str]) -> PersonCount:
    before = marking(inventory.items, count.subject, inventory.as_of)
    marks = marking(left, count.subject, inventory.as_of)
    persons, young = _unkeyed(count, left), count.under14
    if marks == before:
        grown = minus(count.sensitive, young)
        sensitive = count.sensitive
    else:
        grown = _marked(marks, count, inventory)
        sensitive = _within(grown.plus(young), persons)
    if CHILDREN in out:
        persons, young = minus(persons, young), NOBODY
        sensitive = _within(grown if marks else NOBODY, persons)
    if SENSITIVE in out:
        persons, young, sensitive = minus(persons, sensitive), NOBODY, NOBODY
    if (persons, sensitive, young) == (count.persons, count.sensitive, count.under14):
        return count
    return count.model_copy(update={"persons": persons, "sensitive": sensitive, "under14": young})


def _unkeyed(count: PersonCount, left: Sequence[Item]) -> Range:
    """Return the persons of a role; where one of the keys is gone that told them apart, fewer may show."""
    keys = {item.id for item in left if item.subject == count.subject}
    return count.persons if keys.issuperset(count.keys) else Range(lo=0, hi=count.persons.hi)


def _marked(marks: Sequence[Item], count: PersonCount, inventory: Inventory) -> Range:
    """Return how many persons over 14 have one of the remaining sensitive items, as far as cells tell."""
    most = minus(count.sensitive, count.under14).hi
    if not marks:
        return NOBODY
    cells = sum(item.cells - item.nulls for item in marks)
    # A list in one cell may be of several persons: then the number of cells says nothing.
    if not any(item.type.startswith("list") for item in marks):
        most = cells if most is None else min(most, cells)
    tables = {item.id.partition("#")[0] for item in inventory.items if item.subject == count.subject}
    tracks = _by_ruling(_TRACK_CLAUSES)
    certain = [item for item in marks if _ruled(item) not in tracks]
    full = any(item.sensitive.value and item.cells and not item.nulls for item in certain)
    least = minus(count.persons, count.under14).lo if full and len(tables) == 1 else 0
    return Range(lo=least if most is None else min(least, most), hi=most)


def _within(part: Range, whole: Range) -> Range:
    hi = part.hi if whole.hi is None else whole.hi if part.hi is None else min(part.hi, whole.hi)
    return Range(lo=part.lo if hi is None else min(part.lo, hi), hi=hi)
