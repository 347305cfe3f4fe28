"""What is most likely a mistake though it is no slip: rules that never hold, twins, unused or untested thresholds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.catalogue import entries
from kouan.law.citations import path_of
from kouan.law.demands import Bound, days_of, demands, shown
from kouan.law.satisfying import can_hold
from kouan.law.spelling import parameters_of
from kouan.packs import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.law.casebook import Verdict
    from kouan.law.catalogue import Entry
    from kouan.law.texts import Texts
    from kouan.model.clause import Clause
    from kouan.model.errors import KouanError
    from kouan.model.provision import Rule
    from kouan.packs import PackSet

_FOREVER = dt.date.max


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
        """Return the thresholds of provisions on which no case stands and decides, or none just below."""
        return tuple(self._untested(verdicts))

    def _wanted(self) -> Iterator[Entry]:
        return (one for one in entries(self.packs) if self.only is None or one.place.pack in self.only)

    def _never(self) -> Iterator[KouanError]:
        for entry in self._wanted():
            when = getattr(entry.value, "when", None)
            if when is None:
                continue
            days = days_of(entry, self.packs)
            if not any(can_hold([(when, True)], self.packs, day) for day in days):
                yield messages.NEVER_HOLDS.at(entry.place.line, name=entry.id)
            elif entry.kind == "rules" and (above := self._above(entry.value)):
                wanted = [(when, True), *((one.when, False) for one in above if one.when is not None)]
                if not any(can_hold(wanted, self.packs, day) for day in days):
                    names = ", ".join(one.id for one in above)
                    yield messages.ALWAYS_YIELDS.at(entry.place.line, name=entry.id, others=names)

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
            and (other.in_force.end or _FOREVER) >= (rule.in_force.end or _FOREVER)
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
        lacking: dict[tuple[str, str], set[int]] = {}
        for one in demands(self.packs) - shown(verdicts, self.packs):
            if isinstance(one, Bound):
                lacking.setdefault((one.provision, one.fact), set()).add(one.number)
        lines = {entry.id: entry.place.line for entry in self._wanted()}
        for (name, fact), found in sorted(lacking.items()):
            if name in lines:
                numbers = ", ".join(f"{number:,}" for number in sorted(found))
                yield messages.UNTESTED.at(lines[name], name=name, fact=fact, numbers=numbers)


def _plain(clause: Clause) -> str:
    """Return a condition as text in which the order of `all` and `any` does not matter."""
    if clause.fact is not None:
        return clause.model_dump_json(exclude_none=True)
    parts = sorted(_plain(part) for part in clause.parts)
    op = "not" if clause.negated is not None else "all" if clause.every else "any" if clause.some else "of"
    return f"{op}{clause.at_least}({','.join(parts)})"
