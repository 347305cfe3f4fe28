"""What changed between two versions of the law: by entry and field, thresholds first, and what cases then decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kouan.law.casebook import outcome_words, run_case
from kouan.law.catalogue import KINDS, entries, instruments
from kouan.law.spelling import spelled, value_on
from kouan.model.clause import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.law.casebook import Case, Verdict
    from kouan.model.text import Text
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

_ORDER = ("parameters", *(kind for kind in KINDS if kind != "parameters"), "facts", "instruments")
"""Thresholds first: they are what people look for."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        day: only what is in force on it, with the values of that day; None compares everything as written.
        shown: day for which conditions are put into words.
    """

    packs: PackSet
    shown: LegalDay
    day: LegalDay | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs; None where it is not there. Values are JSON, or text of a condition."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that was added, removed or changed.

    Attributes:
        kind: `parameters`, `rules`, …, `facts`, `instruments`.
        how: `added`, `removed`, `changed`.
        fields: of a changed one, what differs.
    """

    kind: str
    id: str
    how: str
    label: Text
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One case that the two sides decide differently."""

    case: Case
    fields: tuple[FieldChange, ...]


def compare(before: Side, after: Side) -> tuple[EntryChange, ...]:
    """Return every difference, by kind and id."""
    found = []
    for kind in _ORDER:
        one, other = _entries(before, kind), _entries(after, kind)
        for name in sorted({*one, *other}):
            if name not in one or name not in other:
                how, (label, _) = ("added", other[name]) if name in other else ("removed", one[name])
                found.append(EntryChange(kind, name, how, label))
            elif fields := _fields(one[name][1], other[name][1], before, after):
                found.append(EntryChange(kind, name, "changed", other[name][0], fields))
    return tuple(found)


def compare_cases(cases: Sequence[Case], before: Side, after: Side) -> tuple[CaseChange, ...]:
    """Return the cases that the two sides decide differently; sides of a day decide them as of that day."""
    found = []
    for case in cases:
        one, other = (_essence(_run(case, side)) for side in (before, after))
        fields = tuple(
            FieldChange(name, one.get(name), other.get(name))
            for name in dict.fromkeys((*one, *other))
            if one.get(name) != other.get(name)
        )
        if fields:
            found.append(CaseChange(case, fields))
    return tuple(found)


def _run(case: Case, side: Side) -> Verdict:
    if side.day is not None:
        case = replace(case, facts=case.facts.model_copy(update={"as_of": side.day}))
    return run_case(case, side.packs)


def _essence(verdict: Verdict) -> dict[str, object]:
    decision = verdict.decision
    if decision is None:
        return {"refused": verdict.misses[0].field}
    essence: dict[str, object] = {"outcome": outcome_words(decision.possible)}
    for flow in decision.flows:
        essence[f"{flow.id}.outcome"] = outcome_words(flow.possible)
        essence[f"{flow.id}.articles"] = [f"{one.instrument} {one.article}" for one in flow.possible[0].sources]
        essence[f"{flow.id}.counted"] = flow.counted
    for name in ("conditions", "duties", "papers", "triggers"):
        essence[name] = sorted(one.id for one in getattr(decision, name))
    return essence


def _entries(side: Side, kind: str) -> dict[str, tuple[Text, dict[str, Any]]]:
    if kind == "facts":
        return {name: (fact.label, _plain(fact)) for name, fact in side.packs.facts.items()}
    if kind == "instruments":
        known = instruments(side.packs.heads.values())
        return {key: (one.title, _plain(one)) for key, one in known.items()}
    found = {}
    for one in entries(side.packs):
        if one.kind == kind and (side.day is None or one.in_force(side.day)):
            body = _plain(one.value)
            if side.day is not None and kind == "parameters":
                body["values"] = value_on(side.packs, one.id, side.day)
            found[one.id] = (one.label, body)
    return found


def _plain(value: Any) -> dict[str, Any]:
    plain: dict[str, Any] = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return plain


def _fields(one: Mapping[str, Any], other: Mapping[str, Any], before: Side, after: Side) -> tuple[FieldChange, ...]:
    found: list[FieldChange] = []
    for name in dict.fromkeys((*one, *other)):
        a, b = one.get(name), other.get(name)
        changes = list(_leaves(name, a, b))
        if name == "when" and any(isinstance(one.before or one.after, dict | list) for one in changes):
            changes = [FieldChange(name, _spelled(a, before), _spelled(b, after))]
        found += changes
    return tuple(found)


def _leaves(field: str, a: Any, b: Any) -> Iterator[FieldChange]:
    """Yield the smallest parts that differ; wordings and lists of another length differ as a whole."""
    if a == b:
        return
    if isinstance(a, dict) and isinstance(b, dict) and not {"zh", "en"} & {*a, *b}:
        for name in dict.fromkeys((*a, *b)):
            yield from _leaves(f"{field}.{name}", a.get(name), b.get(name))
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for place, (left, right) in enumerate(zip(a, b, strict=True)):
            yield from _leaves(f"{field}[{place}]", left, right)
    else:
        yield FieldChange(field, a, b)


def _spelled(when: Any, side: Side) -> dict[str, str] | None:
    """Return a condition in words, one line per part."""
    if when is None:
        return None
    lines = list(spelled(Clause.model_validate(when), side.packs, side.day or side.shown))
    zh = "\n".join("  " * depth + text.zh for depth, text in lines)
    return {"zh": zh, "en": "\n".join("  " * depth + text.en for depth, text in lines)}
