"""What open facts would have to be for a condition to hold, in words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kouan.law.counts import count, meet
from kouan.law.kleene import ANY_COUNT, NO_END, Atom, Condition, Count, Value, atoms_of, evaluate, holds
from kouan.law.wording import figures, reaching
from kouan.model.text import Text
from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law
    from kouan.model.vocabulary import FactDef

MOST = 2
"""Facts that one sentence can name."""


@dataclass(frozen=True, slots=True)
class Need:
    """What one open fact would have to be.

    Attributes:
        place: index of the fact.
        value: what is known of it.
        wants: a truth, a range, or the words of which it is one (`holds`) or none.
    """

    place: int
    fact: FactDef = field(compare=False)
    value: Value
    wants: bool | Count | frozenset[str]
    holds: bool = True

    def topic(self) -> Text:
        """Return what is open: “尚未说明…”, “…人数为 0 至 5 人”."""
        label, ask = self.fact.label, self.fact.ask
        if self.fact.type is FactType.COUNT:
            span = count(self.value)
            if span == ANY_COUNT:
                return Text(zh=f"尚不清楚{label.zh}", en=f"{label.en}: not known")
            known = figures(span).zh
            return Text(
                zh=f"{label.zh}为{' ' if known[0].isdigit() else ''}{known}", en=f"{label.en}: {figures(span).en}"
            )
        if self.fact.type is FactType.BOOL:
            asked = f"是否属于“{label.zh}”" if ask is None else ask.zh.rstrip("？")
            return Text(zh=f"尚未说明{asked}", en=f"it is open whether {label.en}")
        return Text(zh=f"尚未说明{label.zh}", en=f"{label.en}: not yet said")

    def test(self) -> Text:
        """Return what it would have to be, after its topic: “是”, “达到 1 万人”."""
        if isinstance(self.wants, bool):
            return Text(zh="是", en="so") if self.wants else Text(zh="否", en="not")
        if isinstance(self.wants, tuple):
            return reaching(self.wants, count(self.value))
        words = sorted(self.wants)
        if self.holds:
            return Text(zh=f"属于 {'、'.join(words)}", en=f"one of {', '.join(words)}")
        return Text(zh=f"不属于 {'、'.join(words)}", en=f"none of {', '.join(words)}")

    def clause(self) -> Text:
        """Return both at once: “…人数（0 至 5 人）达到 1 人”."""
        label, test = self.fact.label, self.test()
        if isinstance(self.wants, bool):
            return label if self.wants else Text(zh=f"“{label.zh}”不成立", en=f"it is not so that {label.en}")
        if isinstance(self.wants, tuple):
            span = count(self.value)
            known = figures(span)
            if span == ANY_COUNT:
                return Text(zh=f"{label.zh}{test.zh}", en=f"{label.en} number {test.en}")
            return Text(zh=f"{label.zh}（{known.zh}）{test.zh}", en=f"{label.en} ({known.en}) number {test.en}")
        return Text(zh=f"{label.zh}{test.zh}", en=f"{label.en} is {test.en}")

    def opposite(self) -> Need | None:
        """Return what it would have to be for the condition to fail, or None where that is not one range."""
        if isinstance(self.wants, bool):
            return replace(self, wants=not self.wants)
        if isinstance(self.wants, tuple):
            wants = _outside(self.wants, count(self.value))
            return None if wants is None else replace(self, wants=wants)
        return replace(self, holds=not self.holds)


def needs_of(condition: Condition, values: Sequence[Value], law: Law) -> tuple[Need, ...]:
    """Return what each open fact would have to be for an open condition to hold.

    None are returned where that depends on more than MOST facts, or where one fact or another would do.
    """
    tests = _tests(condition, values, wanted=True)
    found: dict[int, Need] = {}
    for atom, met in tests or ():
        need = _need(atom, values, law, met=met)
        both = need if need is None or atom.fact not in found else _both(found[atom.fact], need)
        if both is None:
            return ()
        found[atom.fact] = both
    return tuple(found.values()) if len(found) <= MOST else ()


def supposing(needs: Sequence[Need], values: Sequence[Value]) -> list[Value]:
    """Return the values of a flow if the needs were met; of words nothing is supposed."""
    met = list(values)
    for need in needs:
        if not isinstance(need.wants, frozenset):
            found = need.wants if isinstance(need.wants, bool) else meet(need.wants, count(need.value))
            met[need.place] = found
    return met


def open_facts(condition: Condition, values: Sequence[Value]) -> frozenset[int]:
    """Return the facts of the tests that are open."""
    return frozenset(atom.fact for atom in atoms_of(condition) if holds(atom, values[atom.fact]) is None)


def _tests(condition: Condition, values: Sequence[Value], *, wanted: bool) -> list[tuple[Atom, bool]] | None:
    """Return the open tests that must all hold (or fail), or None where some of them would do."""
    if isinstance(condition, Atom):
        return [(condition, wanted)]
    if condition.op == "not":
        return _tests(condition.parts[0], values, wanted=not wanted)
    truths = [evaluate(part, values) for part in condition.parts]
    floor = {"all": len(truths), "any": 1}.get(condition.op, condition.n)
    missing = floor - truths.count(True)
    if missing != (truths.count(None) if wanted else 1):
        return None
    found: list[tuple[Atom, bool]] = []
    for part, truth in zip(condition.parts, truths, strict=True):
        inner = _tests(part, values, wanted=wanted) if truth is None else []
        if inner is None:
            return None
        found += inner
    return found


def _need(atom: Atom, values: Sequence[Value], law: Law, *, met: bool) -> Need | None:
    place, fact, value = atom.fact, law.facts[atom.fact], values[atom.fact]
    if isinstance(atom.wants, bool):
        return Need(place, fact, value, wants=atom.wants is met)
    if isinstance(atom.wants, frozenset):
        return Need(place, fact, value, atom.wants, holds=met)
    wants = atom.wants if met else _outside(atom.wants, count(value))
    return None if wants is None else Need(place, fact, value, wants)


def _both(one: Need, other: Need) -> Need | None:
    if isinstance(one.wants, tuple) and isinstance(other.wants, tuple):
        wants = meet(one.wants, other.wants)
        return replace(one, wants=wants) if wants[0] <= wants[1] else None
    return one if one == other else None


def _outside(wants: Count, value: Count) -> Count | None:
    if value[0] >= wants[0]:
        return (wants[1] + 1, NO_END)
    return (0, wants[0] - 1) if value[1] <= wants[1] else None
