"""The class of each item in every standard, the levels it may have, and general items that are weighed together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kouan.model.inventory import Classified, Graded, IdentityRole, Together
from kouan.model.items import split_item_id
from kouan.model.text import Text
from kouan.packs.taxonomies import load_gradings, load_health_levels, load_taxonomies
from kouan.recognize.cues import names_hold
from kouan.recognize.lexicon import standard_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.model.candidates import HealthLevels
    from kouan.model.inventory import Candidate, Item
    from kouan.model.taxonomy import Category, Grading, Taxonomy
    from kouan.model.time import LegalDay

_SHORT = 16
_VAGUE = frozenset({"free_text", "unknown", "score"})
_GENERAL = Text(
    zh="个人信息：只影响个人、组织权益的，一般不构成重要数据（6.5）；规模、精度、覆盖度等须由人判断",
    en="personal information: harm to persons and organisations alone makes no important data (6.5); scale, precision "
    "and coverage are for a person to judge",
)
_OPEN_LEVEL = Text(zh="一般数据（是否敏感待判断）", en="general data (whether sensitive is open)")
_IMPORTANT = Text(zh="可能为重要数据，待核对", en="may be important data, to be checked")
_BESIDE = {
    "gravest": Text(zh="含义或者名称属于最严的一级", en="its meaning or name is of the gravest level"),
    "identified": Text(zh="同表有直接标识符", en="direct identifiers stand in its table"),
    "quasi": Text(
        zh="同表没有直接标识符，仍有准标识符或者个人编号",
        en="no direct identifier stands in its table, quasi-identifiers or numbers of persons do",
    ),
    "released": Text(
        zh="同表没有标识符；是否以任何方式都联系不到个人，须由人确认",
        en="no identifier stands in its table; that nothing leads to a person must be confirmed by one",
    ),
}


def with_classes(
    items: Sequence[Item], candidates: Sequence[Candidate], *, raw: Mapping[str, Item], as_of: LegalDay
) -> tuple[Item, ...]:
    """Return items with their classes and levels.

    Args:
        items: of one inventory.
        candidates: data in it that may be important.
        raw: items before treatment by id: what an item was decides its class.
        as_of: levels are those in force on the day; classes show the day of their standard.
    """
    tables: dict[tuple[str, ...], list[Item]] = {}
    for one in items:
        tables.setdefault(split_item_id(one.id)[:2], []).append(one)
    near = {key: [one for one in table if one.personal is not False] for key, table in tables.items()}
    found = []
    for one in items:
        meaning = raw.get(one.id, one).meaning
        beside = near[split_item_id(one.id)[:2]]
        grades = (*_levels(one, as_of), *_important(one, candidates, as_of), *_health(one, meaning, beside, as_of))
        found.append(one.model_copy(update={"classes": classes_of(one, meaning), "grades": grades}))
    return tuple(found)


def classes_of(item: Item, meaning: str) -> tuple[Classified, ...]:
    """Return the classes of an item that was of a meaning; what is not personal has none."""
    if item.personal is False:
        return ()
    return tuple(one for place in range(len(load_taxonomies())) for one in _in_standard(place, item, meaning))


def _in_standard(place: int, item: Item, meaning: str) -> Iterable[Classified]:
    """Return its classes in one standard: those of its meaning and those that its verdict rests on."""
    standard = load_taxonomies()[place]
    by_verdict = _by_verdict(standard, item)
    yield from (_classified(standard, one, "") for one in standard.categories if one.id in by_verdict)
    yield from (one for one in _by_meaning(place, meaning) if one.code not in by_verdict)


def _by_verdict(standard: Taxonomy, item: Item) -> frozenset[str]:
    clauses = {one.id: one.clause for one in standard.rulings}
    told = {"under14": "under-14", standard.track_ruling: "track"}
    return frozenset(code for key, code in told.items() if clauses.get(key) == item.sensitive.clause)


@cache
def _by_meaning(place: int, meaning: str) -> tuple[Classified, ...]:
    standard = load_taxonomies()[place]
    found = standard.categories_of(meaning)
    if found:
        return tuple(_classified(standard, one, meaning) for one in found)
    known = meaning not in _VAGUE and bool(load_taxonomies()[0].categories_of(meaning))
    return tuple(_classified(standard, one, meaning) for one in standard.categories if one.id == "general" and known)


def _classified(standard: Taxonomy, category: Category, meaning: str) -> Classified:
    held = [one for one in standard.items_of(meaning) if one.category == category.id]
    told = [one for one in held if meaning in one.meanings]
    label, clause, confidence = category.label, category.clause, standard.confidence
    if len(told) == 1 and len(held) == 1:
        if len(told[0].label.zh) <= _SHORT:
            label = Text(zh=f"{label.zh}：{told[0].label.zh}", en=f"{label.en}: {told[0].label.en}")
        clause, confidence = told[0].clause, told[0].confidence or confidence
    elif (held and not told) or meaning in category.meanings:
        confidence = "L"  # it only touches what the table names, or stands in no row of it
    return Classified(
        standard=standard.standard.number,
        code=category.id,
        label=label,
        clause=clause,
        since=standard.in_force.start,
        confidence=confidence,
    )


def _levels(item: Item, as_of: LegalDay) -> Iterable[Graded]:
    """Return the levels of personal information by GB/T 43697-2024; of other data people know the harm."""
    for one in load_gradings():
        if item.personal and one.in_force.holds(as_of):
            yield _general(one, item)


def _general(one: Grading, item: Item) -> Graded:
    kind = {True: "sensitive", False: "personal", None: None}[item.sensitive.value]
    floor = next((level for name, level in one.floors.items() if name == kind), None)
    label = next((level.label for level in one.general if level.level == floor), _OPEN_LEVEL)
    return Graded(
        standard=one.standard.number,
        level="general" if floor is None else f"general-{floor}",
        label=label,
        clause=one.general_clause,
        since=one.in_force.start,
        confidence=one.general_confidence,
        why=_GENERAL,
    )


def _important(item: Item, candidates: Sequence[Candidate], as_of: LegalDay) -> Iterable[Graded]:
    near = [one for one in candidates if item.id in one.items]
    for one in load_gradings():
        if near and one.in_force.holds(as_of):
            yield Graded(
                standard=one.standard.number,
                level="important",
                label=_IMPORTANT,
                clause="6.5",
                since=one.in_force.start,
                confidence="L",
                why=Text(zh="、".join(c.label.zh for c in near), en="; ".join(c.label.en for c in near)),
            )


def _health(item: Item, meaning: str, beside: Sequence[Item], as_of: LegalDay) -> Iterable[Graded]:
    for one in load_health_levels():
        if item.personal is not False and meaning in one.meanings and one.in_force.holds(as_of):
            when = _standing(one, item, meaning, beside)
            found = next(level for level in one.levels if level.when == when)
            yield Graded(
                standard=one.standard.number,
                level=str(found.level),
                label=found.label,
                clause=one.clause,
                since=one.in_force.start,
                confidence=one.confidence,
                why=_BESIDE[when],
            )


def _standing(levels: HealthLevels, item: Item, meaning: str, beside: Sequence[Item]) -> str:
    gravest = next(one for one in levels.levels if one.when == "gravest")
    if meaning in gravest.meanings or names_hold(item.name, gravest.names):
        return "gravest"
    if any(one.role is IdentityRole.DIRECT for one in beside):
        return "identified"
    numbered = any(one.meaning in ("pseudonym", "case_number", "free_text", "unknown") for one in beside)
    return "quasi" if numbered or any(one.role is IdentityRole.QUASI for one in beside) else "released"


def together(items: Sequence[Item], *, raw: Mapping[str, Item], as_of: LegalDay) -> tuple[Together, ...]:
    """Return the general items of each subject that come near to a harm when they stand together."""
    standard = standard_on(as_of)
    subjects: dict[str, list[Item]] = {}
    for one in items:
        if one.personal and one.subject is not None and one.sensitive.value is not True:
            subjects.setdefault(one.subject, []).append(one)
    found = []
    for subject, held in subjects.items():
        for combination in standard.combinations:
            groups = [[i for i in held if raw.get(i.id, i).meaning in group] for group in combination.all_of]
            if all(groups):
                ids = dict.fromkeys(one.id for group in groups for one in group)
                found.append(
                    Together(
                        id=combination.id,
                        subject=subject,
                        label=combination.label,
                        items=tuple(ids),
                        standard=standard.standard.number,
                        clause=combination.clause,
                        since=standard.in_force.start,
                        confidence=combination.confidence,
                    )
                )
    return tuple(found)
