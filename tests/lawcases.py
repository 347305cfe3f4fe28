"""Random transfers made from whatever vocabulary and rules the packs hold, so that properties follow the packs."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from kouan.model.attestation import Attestation, NamedParty
from kouan.model.clause import ParameterUse
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.model.vocabulary import FactScope, FactType
from kouan.packs import load_packs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.clause import Clause

PACKS = load_packs()
LIST = "list.used"
_SUMS = [part for fact in PACKS.facts.values() for part in fact.sums]
_START = {fact.name: fact.sums[0].start for fact in PACKS.facts.values() if fact.sums}


def _atoms(clause: Clause | None) -> Iterator[Clause]:
    if clause is not None:
        if clause.fact:
            yield clause
        for part in clause.parts:
            yield from _atoms(part)


ATOMS = [atom for rule in PACKS.rules for atom in _atoms(rule.when)]
ATOMS += [atom for part in _SUMS for atom in _atoms(part.when)]
_NAMED = {str(atom.fact) for atom in ATOMS} | {name for part in _SUMS for name in (part.start, part.add)}
NAMED = tuple(
    fact
    for fact in PACKS.facts.values()
    if fact.name in _NAMED and fact.scope is not FactScope.DERIVED and not fact.parts
)
"""Facts that a rule or counter asks about; wholes follow from their parts."""
COMMON = tuple(one for one in NAMED if one.scope is FactScope.TRANSFER and one.name != LIST)
ATTESTED = tuple(one for one in NAMED if one.scope is FactScope.ATTESTED)
FLOW = tuple(one for one in NAMED if one.scope is FactScope.FLOW)
ADDED = tuple(dict.fromkeys(part.add for part in _SUMS))
"""Persons of a flow that some counter adds up."""


def _bounds() -> tuple[int, ...]:
    numbers = {value.value for parameter in PACKS.parameters.values() for value in parameter.values}
    for atom in ATOMS:
        tests = [getattr(atom, test) for test in ("at_least", "below", "more_than", "at_most")]
        numbers.update(number for number in tests if isinstance(number, int) and not isinstance(number, bool))
    return tuple(sorted({max(0, number + step) for number in {0, *numbers} for step in (-1, 0, 1)}))


EDGES = _bounds()


def _words(name: str) -> tuple[str, ...]:
    found = {word for atom in ATOMS if atom.fact == name for word in atom.among or (atom.is_,) if isinstance(word, str)}
    return tuple(sorted(found))


WORDS = {fact.name: _words(fact.name) for fact in NAMED if fact.type in {FactType.TEXT, FactType.TEXTS}}


def _days() -> tuple[dt.date, ...]:
    """Return the first day of every regime under which there are rules."""
    provisions = [*PACKS.rules, *PACKS.readings]
    starts = {one.in_force.start for one in provisions}
    ends = {one.in_force.end + dt.timedelta(days=1) for one in provisions if one.in_force.end is not None}
    values = {value.start for parameter in PACKS.parameters.values() for value in parameter.values}
    first = min(rule.in_force.start for rule in PACKS.rules if rule.status == "in_force")
    return tuple(sorted(day for day in starts | ends | values if day >= first))


DAYS = _days()
Values = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A transfer: values by fact, a count as a pair, None for unknown."""

    common: Values
    flows: tuple[Values, ...]
    attested: Values = field(default_factory=dict)
    day: dt.date = DAYS[-1]
    adopted: Values = field(default_factory=dict)

    def facts(self) -> FactSet:
        return FactSet(
            as_of=self.day,
            facts=_facts(self.common),
            flows=tuple(
                FlowFacts(id=f"f{place}", label=same(f"f{place}"), facts=_facts(flow))
                for place, flow in enumerate(self.flows)
            ),
            attestations=tuple(self._attestations()),
            attestations_complete=True,
            parties=(
                NamedParty(role="exporter", names=("Exporter",)),
                NamedParty(role="recipient", names=("Recipient",)),
            ),
        )

    def _attestations(self) -> Iterator[Attestation]:
        for name, value in self.attested.items():
            if value is not False:
                # The scenario of these cases may be open: one limited to a scenario is then open too.
                yield Attestation(
                    kind=str(PACKS.facts[name].attested),
                    number="1",
                    issuer="Issuer",
                    valid_from=dt.date(2000, 1, 1),
                )

    def with_common(self, **values: Any) -> Case:
        return replace(self, common={**self.common, **values})

    def with_flow(self, place: int, **values: Any) -> Case:
        flows = [{**flow, **values} if number == place else flow for number, flow in enumerate(self.flows)]
        return replace(self, flows=tuple(flows))


def _facts(values: Values) -> tuple[Fact, ...]:
    return tuple(
        Fact(name=name, value=_fact(name, value), source=FactSource.DECLARED) for name, value in values.items()
    )


def _fact(name: str, value: Any) -> Any:
    count = PACKS.facts[name].type is FactType.COUNT
    return Range(lo=value[0], hi=value[1]) if count and value is not None else value


def counts() -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.sampled_from(EDGES), st.integers(0, 1)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def value_of(fact: Any) -> st.SearchStrategy[Any]:
    """Known values of a fact: mostly no, small or outside what rules name."""
    if fact.type is FactType.BOOL:
        return st.sampled_from((False, False, True))
    if fact.type is FactType.COUNT:
        return counts()
    if fact.type is FactType.TEXT:
        return st.sampled_from(("other", *WORDS[fact.name]))
    return st.lists(st.sampled_from(("other", *WORDS[fact.name])), max_size=2, unique=True).map(tuple)


def meeting(clause: Clause, pick: Any, *, wanted: bool = True) -> Values:
    """Return values under which a condition mostly holds; `pick` chooses among alternatives."""
    if clause.fact:
        return _met(clause, wanted=wanted)
    if clause.negated is not None:
        return meeting(clause.negated, pick, wanted=not wanted)
    parts = list(clause.parts)
    if bool(clause.some) is wanted and not clause.of:
        parts = [pick(parts)]
    found: Values = {}
    for part in parts:
        found.update(meeting(part, pick, wanted=wanted))
    return found


def _met(atom: Clause, *, wanted: bool) -> Values:
    name, fact = str(atom.fact), PACKS.facts[str(atom.fact)]
    if fact.type is FactType.BOOL:
        return {name: atom.is_ is wanted}
    if fact.type is not FactType.COUNT:
        word = (atom.among or (str(atom.is_),))[0] if wanted else "other"
        return {name: word if fact.type is FactType.TEXT else (word,)}
    test = atom.tests[0]
    bound = getattr(atom, test)
    if isinstance(bound, ParameterUse):
        bound = PACKS.parameters[bound.parameter].values[-1].value
    high = (test in {"at_least", "more_than"}) is wanted
    number = bound + (1 if test in {"more_than", "at_most"} else 0) if high else 0
    return {_START.get(name, name): (number, number)}


@st.composite
def cases(draw: st.DrawFn, *, flows: int = 2, unknowns: int = 4) -> Case:
    """Mostly known facts, drawn towards one rule; few unknowns and short ranges, so that completions can be tried."""
    common = {fact.name: draw(value_of(fact)) for fact in COMMON}
    rows = [{fact.name: draw(value_of(fact)) for fact in FLOW} for _ in range(draw(st.integers(1, flows)))]
    attested = {fact.name: draw(st.sampled_from((False, False, True))) for fact in ATTESTED}
    rule = draw(st.sampled_from(PACKS.rules))
    for name, value in meeting(rule.when, lambda parts: draw(st.sampled_from(parts))).items():  # type: ignore[arg-type]
        row = attested if name in attested else rows[0] if name in rows[0] else common
        row[name] = value
    if LIST in PACKS.facts:
        common[LIST] = PACKS.lists.get(rule.id, "none")
    places = [(row, fact.name) for row, facts in ((common, COMMON), *((one, FLOW) for one in rows)) for fact in facts]
    places = [(row, name) for row, name in places if PACKS.facts[name].type is FactType.BOOL]
    for index in draw(st.sets(st.integers(0, len(places) - 1), max_size=unknowns)):
        row, name = places[index]
        row[name] = None
    day = draw(st.sampled_from(DAYS))
    open_points = [one for one in PACKS.readings if one.in_force.holds(day)]
    adopted = {one.id: draw(st.sampled_from([option.id for option in one.options])) for one in open_points}
    return Case(common, tuple(rows), attested, day, adopted)


def completions_of(case: Case) -> Iterator[Case]:
    """Every combination of values; a range gives each of its numbers."""
    rows = (case.common, *case.flows)
    choices = [(row, name, _values(name, value)) for row, values in enumerate(rows) for name, value in values.items()]
    for picked in itertools.product(*[values for _, _, values in choices]):
        filled: list[Values] = [{} for _ in rows]
        for (row, name, _), value in zip(choices, picked, strict=True):
            filled[row][name] = value
        yield replace(case, common=filled[0], flows=tuple(filled[1:]))


def _values(name: str, value: Any) -> tuple[Any, ...]:
    if value is None:
        return (True, False)
    if PACKS.facts[name].type is not FactType.COUNT:
        return (value,)
    return tuple((number, number) for number in range(value[0], value[1] + 1))
