"""Conditions in words, as the packs write them: a tree of lines with the thresholds of one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law.wording import SIGNS, bound_text, flag_text, group_text, words_text
from kouan.model.clause import Clause, ParameterUse
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

Line = tuple[int, Text]
"""Depth from 0, and the words."""

_NO_VALUE = Text(zh="{label} {sign}（{name}，当日没有数值）", en="{label} {sign} ({name}, no value on that day)")
_VALUE = Text(zh="{text}（{name}）", en="{text} ({name})")
_READING = Text(zh="{text}（仅按解读 {point} = {option}）", en="{text} (only under the reading {point} = {option})")
_FROM = Text(zh="{text}（{start} 起）", en="{text} (from {start})")
_FROM_TO = Text(zh="{text}（{start} 至 {end}）", en="{text} (from {start} to {end})")


def spelled(clause: Clause, packs: PackSet, day: LegalDay, depth: int = 0) -> Iterator[Line]:
    """Yield a condition line by line, parts of other days and readings included and named as such."""
    if clause.fact is not None:
        yield depth, _qualified(_atom(clause, clause.fact, packs, day), clause)
        return
    if clause.of is not None:
        assert isinstance(clause.at_least, int)
        head = group_text("at_least", clause.at_least)
    else:
        head = group_text("not" if clause.negated is not None else "all" if clause.every else "any", 0)
    yield depth, _qualified(head, clause)
    for part in clause.parts:
        yield from spelled(part, packs, day, depth + 1)


def _qualified(text: Text, clause: Clause) -> Text:
    """Return the words of a part with the readings and the days on which it stands, if not on all."""
    for point, option in clause.under.items():
        text = _READING.fill(text=text, point=point, option=option)
    if clause.in_force is None:
        return text
    start, end = clause.in_force.start, clause.in_force.end
    return (_FROM if end is None else _FROM_TO).fill(text=text, start=start, end=end)


def value_on(packs: PackSet, name: str, day: LegalDay) -> int | None:
    """Return a parameter's value on a day, None where it has none."""
    return next((one.value for one in packs.parameters[name].values if one.holds(day)), None)


def parameters_of(clause: Clause) -> Iterator[str]:
    """Yield the parameters with which a condition compares."""
    for test in clause.tests:
        value = getattr(clause, test)
        if isinstance(value, ParameterUse):
            yield value.parameter
    for part in clause.parts:
        yield from parameters_of(part)


def _atom(clause: Clause, name: str, packs: PackSet, day: LegalDay) -> Text:
    label, test = packs.facts[name].label, clause.tests[0]
    value = getattr(clause, test)
    if isinstance(value, bool):
        return flag_text(label, wanted=value)
    if isinstance(value, str | tuple):
        return words_text(label, (value,) if isinstance(value, str) else sorted(value))
    if not isinstance(value, ParameterUse):
        return bound_text(label, test, value)
    bound = value_on(packs, value.parameter, day)
    if bound is None:
        return _NO_VALUE.fill(label=label, sign=SIGNS[test], name=value.parameter)
    return _VALUE.fill(text=bound_text(label, test, bound), name=value.parameter)
