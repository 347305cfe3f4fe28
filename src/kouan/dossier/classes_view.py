"""Classes, levels and candidates of an inventory in words, for the terminal, the report and the list of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.dossier.terms import subject
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.inventory import Candidate, Classified, Graded, Inventory, Item, Together

HEAD = Text(
    zh="可能的重要数据（只是线索，须由人核对）", en="What may be important data (cues only, for a person to check)"
)
TOGETHER = Text(
    zh="合并判断：单项未列为敏感，合在一起是否符合 GB/T 45574 第4.1条 a)，须由人判断",
    en="Weighed together: no single item is listed as sensitive; whether the whole meets GB/T 45574, 4.1 a) is for a "
    "person to judge",
)
_CLASS = Text(zh="{standard}：{label}（{clause}{since}）", en="{standard}: {label} ({clause}{since})")
_FROM = Text(zh="，自{day}起", en=", from {day}")
_LEVEL = Text(
    zh="{standard} 分级建议：{level}{label}（{clause}；{why}）",
    en="{standard}, level proposed: {level}{label} ({clause}; {why})",
)
_NUMBERED = Text(zh="{level}级，", en="level {level}, ")
_NOTHING = Text(zh="", en="")
_CANDIDATE = Text(
    zh="{label}——{standard}{article}{how}。{why}。须核对：{check}。（{confidence}）",
    en="{label}: {standard} {article}{how}. {why}. To check: {check}. ({confidence})",
)
_PUBLISHED = Text(zh="，已公布", en=", published")
_THINK = Text(zh="，仅供思考，未公布为重要数据", en=", to think along only, not published as important data")
_GROUP = Text(
    zh="{subject}：{label}（{items}；{standard} {clause}，线索为本软件归纳）",
    en="{subject}: {label} ({items}; {standard} {clause}; the cue is this tool's own)",
)


def class_lines(item: Item) -> tuple[Text, ...]:
    """Return the classes of an item and the levels proposed, one line each."""
    return (*map(_class, item.classes), *map(_level, item.grades))


def _class(one: Classified) -> Text:
    since = _FROM.fill(day=f"{one.since:%Y-%m-%d}")
    return _CLASS.fill(standard=one.standard, label=one.label, clause=one.clause, since=since)


def _level(one: Graded) -> Text:
    number = _NUMBERED.fill(level=one.level) if one.level.isdigit() else _NOTHING
    return _LEVEL.fill(standard=one.standard, level=number, label=one.label, clause=one.clause, why=one.why)


def candidate_lines(candidates: Sequence[Candidate]) -> tuple[Text, ...]:
    """Return each candidate with its text, what was found and what to check; published ones first."""
    return tuple(map(_candidate, sorted(candidates, key=lambda one: not one.published)))


def _candidate(one: Candidate) -> Text:
    return _CANDIDATE.fill(
        label=one.label,
        standard=one.standard,
        article=one.article,
        how=_PUBLISHED if one.published else _THINK,
        why=one.why,
        check=one.check,
        confidence=one.confidence,
    )


def together_lines(inventory: Inventory) -> tuple[Text, ...]:
    """Return what is to be judged together, by subject."""
    return tuple(_group(one, inventory) for one in inventory.together)


def _group(one: Together, inventory: Inventory) -> Text:
    names = list(dict.fromkeys(item.name for item in inventory.items if item.id in one.items))
    items = Text(zh="、".join(names), en=", ".join(names))
    role = subject(one.subject)
    return _GROUP.fill(subject=role, label=one.label, items=items, standard=one.standard, clause=one.clause)
