"""Data that may be important: what texts describe, met by meanings, words and numbers, for a person to check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.facts import Range
from kouan.model.inventory import Candidate
from kouan.model.items import split_item_id
from kouan.model.text import Text
from kouan.packs.taxonomies import load_candidate_rules
from kouan.recognize.classes import together, with_classes
from kouan.recognize.cues import names_hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.model.candidates import CandidateRule, CandidateRules, Cue
    from kouan.model.inventory import Inventory, Item, PersonCount

_SHOWN = 5
_MET = Text(zh="数据项{names}", en="items {names}")
_AND_MORE = Text(zh="{names}等{count}项", en="{names} and others, {count} in all")
_REACHED = Text(
    zh="本次数据涉及 {lo} 至 {hi} 人，线索为 {limit} 人以上",
    en="{lo} to {hi} persons in these data, the cue is {limit} or more",
)
_SCOPE = Text(zh="适用于：{who}", en="written for: {who}")


def graded(inventory: Inventory, raw: Mapping[str, Item] | None = None) -> Inventory:
    """Return an inventory with classes and levels of its items, what may be important in it, and what stands together.

    Args:
        inventory: items and persons.
        raw: items before treatment by id, where `inventory` is of treated data.
    """
    before = raw or {}
    found = candidates(inventory, before)
    items = with_classes(inventory.items, found, raw=before, as_of=inventory.as_of)
    beside = together(items, raw=before, as_of=inventory.as_of)
    return inventory.model_copy(update={"items": items, "candidates": found, "together": beside})


def candidates(inventory: Inventory, raw: Mapping[str, Item]) -> tuple[Candidate, ...]:
    """Return the data that may be important by a text in force on the inventory's day."""
    scene = _Scene.of(inventory, raw)
    texts = [one for one in load_candidate_rules() if one.in_force.holds(inventory.as_of)]
    met = ((text, rule, _met(rule, scene)) for text in texts for rule in text.rules)
    return tuple(_candidate(text, rule, *found) for text, rule, found in met if found is not None)


@dataclass(frozen=True, slots=True)
class _Scene:
    """An inventory by tables; of an item the meaning that it had when raw."""

    tables: tuple[tuple[Item, ...], ...]
    meanings: Mapping[str, str]
    persons: tuple[PersonCount, ...]

    @classmethod
    def of(cls, inventory: Inventory, raw: Mapping[str, Item]) -> _Scene:
        tables: dict[tuple[str, ...], list[Item]] = {}
        for one in inventory.items:
            tables.setdefault(split_item_id(one.id)[:2], []).append(one)
        meanings = {one.id: raw.get(one.id, one).meaning for one in inventory.items}
        return cls(tuple(tuple(table) for table in tables.values()), meanings, inventory.persons)


def _met(rule: CandidateRule, scene: _Scene) -> tuple[tuple[Item, ...], Text] | None:
    """Return the items that call for the question and what was found, or None."""
    items: dict[str, Item] = {}
    why: dict[Text, None] = {}
    for cue in rule.any_of:
        here = _items(cue, scene)
        numbers = None if cue.persons is None else _range(cue, here, scene)
        if not here or (numbers is not None and not _reaches(numbers, cue)):
            continue
        items |= {one.id: one for one in here}
        if numbers is not None:
            why[_numbers(numbers, cue)] = None
    if not items:
        return None
    found = (_named(list(items.values())), *why)
    return tuple(items.values()), Text(zh="；".join(one.zh for one in found), en="; ".join(one.en for one in found))


def _items(cue: Cue, scene: _Scene) -> tuple[Item, ...]:
    """Return the items that fit a cue; one of numbers alone is about all that is personal."""
    found: list[Item] = []
    for table in scene.tables:
        beside = {scene.meanings[one.id] for one in table}
        if not cue.beside or beside.intersection(cue.beside):
            found += [one for one in table if _fits(cue, one, scene)]
    return tuple(found)


def _fits(cue: Cue, item: Item, scene: _Scene) -> bool:
    if names_hold(item.name, cue.without):
        return False
    if not cue.meanings and not cue.names:
        return item.personal is not False
    return scene.meanings[item.id] in cue.meanings or names_hold(item.name, cue.names)


def _range(cue: Cue, items: Sequence[Item], scene: _Scene) -> Range:
    """Return how many persons may stand beside the items of a cue: roles may overlap, or be others."""
    ids = {one.id for one in items}
    tables = [table for table in scene.tables if any(one.id in ids for one in table)]
    roles = {one.subject for table in tables for one in table}
    counts = [_counted(one, cue) for one in scene.persons if one.subject in roles]
    rows = sum(max(one.cells for one in table) for table in tables)
    lo = max((one.lo for one in counts), default=0)
    if not counts or any(one.hi is None for one in counts):
        return Range(lo=lo, hi=max(lo, rows))
    return Range(lo=lo, hi=sum(one.hi for one in counts if one.hi is not None))


def _counted(count: PersonCount, cue: Cue) -> Range:
    if cue.counted == "all":
        return count.persons
    if cue.counted == "sensitive":
        return count.sensitive
    least = 0 if count.sensitive.hi is None else max(0, count.persons.lo - count.sensitive.hi)
    most = None if count.persons.hi is None else max(least, count.persons.hi - count.sensitive.lo)
    return Range(lo=least, hi=most)


def _reaches(numbers: Range, cue: Cue) -> bool:
    return cue.persons is not None and (numbers.hi is None or numbers.hi >= cue.persons)


def _numbers(numbers: Range, cue: Cue) -> Text:
    return _REACHED.fill(lo=f"{numbers.lo:,}", hi=f"{numbers.hi or 0:,}", limit=f"{cue.persons or 0:,}")


def _named(items: Sequence[Item]) -> Text:
    shown = list(dict.fromkeys(one.name for one in items))
    names = Text(zh="、".join(shown[:_SHOWN]), en=", ".join(shown[:_SHOWN]))
    if len(shown) > _SHOWN:
        names = _AND_MORE.fill(names=names, count=len(shown))
    return _MET.fill(names=names)


def _candidate(text: CandidateRules, rule: CandidateRule, items: Iterable[Item], why: Text) -> Candidate:
    scope = () if text.scope is None else (_SCOPE.fill(who=text.scope),)
    whole = (why, *scope)
    title, number = text.standard.title, text.standard.number
    standard = Text(zh=f"{title.zh}（{number}）", en=f"{title.en} ({number})") if number else title
    return Candidate(
        id=rule.id,
        label=rule.label,
        standard=standard,
        article=rule.article,
        since=text.in_force.start,
        published=rule.published,
        items=tuple(one.id for one in items),
        why=Text(zh="；".join(one.zh for one in whole), en="; ".join(one.en for one in whole)),
        check=rule.check,
        confidence=rule.confidence,
    )
