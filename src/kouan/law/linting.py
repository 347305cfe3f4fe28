"""What is most likely a mistake though it is no slip: rules that never hold, twins, unused or untested thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.catalogue import entries
from kouan.law.citations import path_of
from kouan.law.satisfying import can_hold
from kouan.law.spelling import parameters_of, value_on
from kouan.model.clause import Clause, ParameterUse
from kouan.model.facts import Range
from kouan.packs import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kouan.law.casebook import Verdict
    from kouan.law.catalogue import Entry
    from kouan.law.texts import Texts
    from kouan.model.decision import TraceNode
    from kouan.model.errors import KouanError
    from kouan.model.provision import Rule
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet


@dataclass(frozen=True, slots=True)
class Lint:
    """What to look at.

    Attributes:
        only: packs about which findings are wanted; None means all.
        read: parameters that the software reads by name, so that no condition needs to use them.
    """

    packs: PackSet
    only: frozenset[str] | None = None
    read: frozenset[str] = frozenset()

    def findings(self) -> tuple[KouanError, ...]:
        """Return what the packs alone show."""
        return (*self._never(), *self._twins(), *self._unused())

    def beside(self, texts: Texts) -> tuple[KouanError, ...]:
        """Return the articles that provisions cite and official texts lack."""
        return tuple(self._missing(texts))

    def untested(self, verdicts: Sequence[Verdict]) -> tuple[KouanError, ...]:
        """Return the thresholds of rules that no case meets exactly on both sides."""
        return tuple(self._untested(verdicts))

    def _wanted(self) -> Iterator[Entry]:
        return (one for one in entries(self.packs) if self.only is None or one.place.pack in self.only)

    def _never(self) -> Iterator[KouanError]:
        for entry in self._wanted():
            when = getattr(entry.value, "when", None)
            if when is None:
                continue
            days = self._days(entry)
            if not any(can_hold([(when, True)], self.packs, day) for day in days):
                yield messages.NEVER_HOLDS.at(entry.place.line, name=entry.id)
            elif entry.kind == "rules" and (above := self._above(entry.value)):
                wanted = [(when, True), *((one.when, False) for one in above if one.when is not None)]
                if not any(can_hold(wanted, self.packs, day) for day in days):
                    names = ", ".join(one.id for one in above)
                    yield messages.ALWAYS_YIELDS.at(entry.place.line, name=entry.id, others=names)

    def _days(self, entry: Entry) -> set[LegalDay]:
        """Return the days on which some threshold of an entry begins, and its own first day."""
        period = entry.value.in_force
        starts = {
            value.start for name in parameters_of(entry.value.when) for value in self.packs.parameters[name].values
        }
        return {period.start} | {start for start in starts if period.holds(start)}

    def _above(self, rule: Rule) -> list[Rule]:
        """Return the rules to which one yields whenever they hold: in force as long, under no other reading or list."""
        named = {one.to for one in rule.yields_to}
        lists = self.packs.lists
        return [
            other
            for other in self.packs.rules
            if named & {other.id, *other.groups}
            and other.status == "in_force"
            and other.in_force.start <= rule.in_force.start
            and (other.in_force.end is None or (rule.in_force.end or other.in_force.end) < other.in_force.end)
            and other.under.items() <= rule.under.items()
            and lists.get(other.id) in (None, lists.get(rule.id))
        ]

    def _twins(self) -> Iterator[KouanError]:
        seen: dict[tuple[object, ...], Entry] = {}
        for entry in entries(self.packs):
            value = entry.value
            if getattr(value, "when", None) is None or entry.kind in ("notes", "clocks"):
                continue
            ways = getattr(value, "pathways", ())
            label = "" if entry.kind == "rules" else value.label.zh
            under, span = tuple(sorted(value.under.items())), value.in_force.model_dump_json()
            key = (entry.kind, _plain(value.when), ways, label, under, span, self.packs.lists.get(value.id))
            if key in seen and (self.only is None or self.only & {entry.place.pack, seen[key].place.pack}):
                yield messages.TWINS.at(entry.place.line, name=entry.id, other=seen[key].id, place=seen[key].place.line)
            seen.setdefault(key, entry)

    def _unused(self) -> Iterator[KouanError]:
        used = set(self.read)
        for one in entries(self.packs):
            if getattr(one.value, "when", None) is not None:
                used.update(parameters_of(one.value.when))
            if one.kind == "rules":
                used.update(PLACEHOLDER.findall(one.value.reason.zh))
        for fact in self.packs.facts.values():
            for part in fact.sums:
                used.update(parameters_of(part.when))
        for one in self._wanted():
            if one.kind == "parameters" and one.id not in used:
                yield messages.UNUSED.at(one.place.line, name=one.id)

    def _missing(self, texts: Texts) -> Iterator[KouanError]:
        for entry in self._wanted():
            path = path_of(entry.article) or ()
            for text in texts.of(entry.key) if path else ():
                if any(kind == path[0] for kind, _ in text.articles) and text.wording(path) is None:
                    yield messages.MISSING_ARTICLE.at(
                        entry.place.line, name=entry.id, article=entry.article, instrument=entry.key, file=text.file
                    )

    def _untested(self, verdicts: Sequence[Verdict]) -> Iterator[KouanError]:
        met: dict[tuple[str, str], set[int]] = {}
        for verdict in verdicts:
            for flow in verdict.decision.flows if verdict.decision is not None else ():
                for trace in flow.trace:
                    for fact, value in _exact(trace.node):
                        met.setdefault((trace.rule, fact), set()).add(value)
        for entry in self._wanted():
            if entry.kind != "rules":
                continue
            for fact, cut in sorted(self._cuts(entry)):
                lacking = {cut - 1, cut} - met.get((entry.id, fact), set())
                if lacking:
                    numbers = ", ".join(f"{number:,}" for number in sorted(lacking))
                    yield messages.UNTESTED.at(entry.place.line, name=entry.id, fact=fact, numbers=numbers)

    def _cuts(self, entry: Entry) -> Iterable[tuple[str, int]]:
        """Return of each count that a rule tests the smallest number beyond the bound, on the last day of its terms."""
        day = entry.value.in_force.end or max(self._days(entry))
        found = set()
        for atom in _counts(entry.value.when, self.packs):
            bound = getattr(atom, atom.tests[0])
            number = value_on(self.packs, bound.parameter, day) if isinstance(bound, ParameterUse) else bound
            if number is not None:
                cut = number + (atom.tests[0] in {"more_than", "at_most"})
                found.add((str(atom.fact), cut))
        return {(fact, cut) for fact, cut in found if cut > 0}


def _counts(clause: Clause, packs: PackSet) -> Iterator[Clause]:
    if clause.fact is not None and not {"is_", "among"} & set(clause.tests):
        yield clause
    for part in clause.parts:
        yield from _counts(part, packs)


def _plain(clause: Clause) -> str:
    """Return a condition as text in which the order of `all` and `any` does not matter."""
    if clause.fact is not None:
        return clause.model_dump_json(exclude_none=True)
    parts = sorted(_plain(part) for part in clause.parts)
    op = "not" if clause.negated is not None else "all" if clause.every else "any" if clause.some else "of"
    return f"{op}{clause.at_least}({','.join(parts)})"


def _exact(node: TraceNode) -> Iterator[tuple[str, int]]:
    """Yield the counts that a trace saw exactly."""
    if node.fact is not None and isinstance(node.value, Range) and node.value.lo == node.value.hi:
        yield node.fact, node.value.lo
    for child in node.children:
        yield from _exact(child)
