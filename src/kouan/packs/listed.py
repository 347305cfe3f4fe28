"""What negative lists name as important data, as rules of candidates; `list-cues.yaml` says how it is met."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.model import strictyaml
from kouan.model.candidates import CandidateRule, CandidateRules, Cue
from kouan.model.neglist import NegativeList
from kouan.model.taxonomy import Standard
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.candidates import ListCues
    from kouan.model.neglist import ImportantNumber, ListEntry

_CHECK = Text(
    zh="本单位所在地是否适用本清单，数据是否就是该条目所述；不使用清单的，其载明的重要数据也可认为已由该地区公开发布",
    en="does the list hold where the exporter is, and are the data what the entry describes; also where the list is "
    "not used, what it names can be taken as published by that region",
)
_PARTS = re.compile(r"([0-9]+) item ([0-9]+)")
_ITEM = Text(zh="第{number}项", en="item {number}")
_NUMBER = Text(zh="{persons}人以上{label}", en="{label} of {persons} persons or more")


def listed_rules(cues: ListCues) -> tuple[CandidateRules, ...]:
    """Return for each negative list that names important data its rules; entries without a cue are left to people."""
    found: dict[tuple[str, str], tuple[Cue, ...]] = {(one.list_, one.entry): one.any_of for one in cues.cues}
    return tuple(made for one in _lists() if (made := _rules(one, found)) is not None)


@cache
def _lists() -> tuple[NegativeList, ...]:
    paths = sorted((Path(__file__).parent / "cn" / "lists").glob("*/list.yaml"))
    return tuple(
        strictyaml.validate(NegativeList, strictyaml.load(path.read_text("utf-8"), path.parent.name), "list")
        for path in paths
    )


def _rules(one: NegativeList, cues: Mapping[tuple[str, str], tuple[Cue, ...]]) -> CandidateRules | None:
    entries = [_entry(one, entry, cues[one.id, entry.id]) for entry in one.entries if (one.id, entry.id) in cues]
    numbers = [_number(one, number, cues.get((one.id, number.id), ())) for number in one.important_numbers]
    if not entries and not numbers:
        return None
    return CandidateRules(
        kind="important_candidates",
        id=one.id,
        version="1.0.0",
        standard=Standard(number="", title=one.title, copy_read=Text(zh="见清单包", en="see the pack of the list")),
        in_force=one.in_force,
        scope=one.scope.who,
        rules=(*entries, *numbers),
    )


def _entry(one: NegativeList, entry: ListEntry, any_of: tuple[Cue, ...]) -> CandidateRule:
    return CandidateRule(
        id=f"{one.id}-{entry.id}",
        label=entry.label,
        article=_ITEM.fill(number=entry.number).zh if entry.number else _article(entry.article or ""),
        published=True,
        any_of=any_of,
        check=_CHECK,
        confidence=entry.confidence,
    )


def _number(one: NegativeList, number: ImportantNumber, near: tuple[Cue, ...]) -> CandidateRule:
    """Return the rule of a number of persons; where it is about certain data, these must be there too."""
    limit = {"persons": number.at_least, "counted": number.counter}
    return CandidateRule(
        id=f"{one.id}-{number.id}",
        label=_NUMBER.fill(persons=f"{number.at_least:,}", label=number.label),
        article=_article(number.article),
        published=True,
        any_of=tuple(cue.model_copy(update=limit) for cue in near) or (Cue.model_validate(limit),),
        check=_CHECK,
        confidence=number.source.confidence,
    )


def _article(written: str) -> str:
    """Return an article of a list's measures in Chinese; a number that stands in the list's text has none."""
    match = _PARTS.fullmatch(written)
    return "" if match is None else f"第{match[1]}条第{match[2]}项"
