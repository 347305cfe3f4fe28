"""The law of one day: provisions in force, parameters put in, conditions over fact indices."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from kouan.law import messages
from kouan.law.counts import Split
from kouan.law.kleene import NO_END, Atom, Condition, Group, Value, atoms_of, facts_of
from kouan.law.wording import SIGNS, article, bound_text, flag_text, words_text
from kouan.model.decision import Pathway
from kouan.model.pack import Clause, FactScope, FactType, ParameterUse, Provision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.decision import RuleTrace, SourceRef, TraceNode
    from kouan.model.pack import ConditionRule, DutyRule, FactDef, NoteRule, Rule
    from kouan.model.text import Text
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

Options = tuple[Pathway, ...]
RANK = {pathway: place for place, pathway in enumerate(Pathway)}
"""Order of the pathways in documents."""

P = TypeVar("P", bound=Provision)


@dataclass(frozen=True, slots=True, eq=False)
class LiveRule:
    """A rule in force.

    Attributes:
        place, article: of its source in words, with and without the instrument's title.
        facts: indices of the facts it asks about.
        above: positions of the rules to which it yields.
    """

    rule: Rule
    source: SourceRef
    place: Text
    article: Text
    when: Condition
    facts: tuple[int, ...]
    pathways: tuple[Pathway, ...]
    weight: int
    above: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """The outcomes that a law knows, heaviest first; outcomes are numbers into it.

    Attributes:
        options: pathways of each outcome, in the order of `Pathway`.
        rules: positions of the rules that lead to it.
    """

    options: tuple[Options, ...]
    rules: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Live(Generic[P]):
    """A duty, condition or note in force."""

    provision: P
    source: SourceRef
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Sum:
    """One part of a derived counter: fact indices of the start and of what a flow adds, and when it adds."""

    derived: int
    start: int
    add: int
    when: Condition


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """Everything that `decide` needs of the packs on one day.

    Attributes:
        facts: the vocabulary; positions in it are the fact indices.
        index: position by name.
        cuts: of each counted fact, the numbers at which some rule's test changes, ascending.
        words: of each fact with one word, the words that some rule names.
        sets: of each fact with several words, the sets of words that some rule asks about.
        splits: counts of a flow that are the sum of others.
        counts: the facts that sums add up or splits hold, starts included.
        parameters: values of the day.
        menu: the outcomes it knows.
        traces, nodes: parts of traces already built, by the values they saw; caches without effect on results.
    """

    facts: tuple[FactDef, ...]
    index: Mapping[str, int]
    rules: tuple[LiveRule, ...]
    duties: tuple[Live[DutyRule], ...]
    conditions: tuple[Live[ConditionRule], ...]
    notes: tuple[Live[NoteRule], ...]
    sums: tuple[Sum, ...]
    splits: tuple[Split, ...]
    counts: tuple[int, ...]
    cuts: Mapping[int, tuple[int, ...]]
    words: Mapping[int, tuple[str, ...]]
    sets: Mapping[int, tuple[frozenset[str], ...]]
    parameters: Mapping[str, int]
    menu: Menu
    traces: dict[tuple[object, ...], RuleTrace] = field(default_factory=dict)
    nodes: dict[tuple[int, Value], TraceNode] = field(default_factory=dict)


@lru_cache(maxsize=64)
def law_on(packs: PackSet, day: LegalDay) -> Law:
    """Return the law of a day. Raises KouanError K-LAW-001 if no rule is in force."""
    maker = _Maker(packs, day)
    rules = maker.rules()
    if not rules:
        raise messages.NO_LAW.at("as_of", day=day.isoformat())
    sums = maker.sums()
    splits = maker.splits()
    counted = {place for part in sums for place in (part.start, part.add)}
    conditions = [rule.when for rule in rules] + [part.when for part in sums]
    atoms = [atom for condition in conditions for atom in atoms_of(condition)]
    return Law(
        facts=maker.facts,
        index=maker.index,
        rules=rules,
        duties=maker.live(packs.duties),
        conditions=maker.live(packs.conditions),
        notes=maker.live(packs.notes),
        sums=sums,
        splits=splits,
        counts=tuple(sorted(counted.union(*((one.whole, *one.parts) for one in splits)))),
        menu=menu_of(rules),
        cuts=_cuts(atoms),
        words=_words(atoms),
        sets=_sets(atoms),
        parameters=maker.parameters,
    )


def menu_of(rules: tuple[LiveRule, ...]) -> Menu:
    """Return the outcomes of some rules; of two that weigh the same, the one that leaves fewer pathways comes first."""
    found: dict[Options, list[int]] = {}
    for place, rule in enumerate(rules):
        found.setdefault(tuple(sorted(rule.pathways, key=RANK.__getitem__)), []).append(place)
    ordered = sorted(
        found, key=lambda options: (-options[0].weight, len(options), [RANK[option] for option in options])
    )
    return Menu(tuple(ordered), tuple(tuple(found[options]) for options in ordered))


class _Maker:
    def __init__(self, packs: PackSet, day: LegalDay) -> None:
        self.packs = packs
        self.day = day
        self.facts = tuple(packs.facts.values())
        self.index = {fact.name: place for place, fact in enumerate(self.facts)}
        self.parameters = {
            name: value.value
            for name, parameter in packs.parameters.items()
            for value in parameter.values
            if value.holds(day)
        }

    def in_force(self, provision: Provision) -> bool:
        return provision.status == "in_force" and provision.in_force.holds(self.day)

    def rules(self) -> tuple[LiveRule, ...]:
        live = [rule for rule in self.packs.rules if self.in_force(rule)]
        place = {rule.id: position for position, rule in enumerate(live)}
        return tuple(self._rule(rule, place) for rule in live)

    def _rule(self, rule: Rule, place: Mapping[str, int]) -> LiveRule:
        assert rule.when is not None
        when = self.condition(rule.when)
        source = self.packs.sources[rule.id]
        return LiveRule(
            rule=rule,
            source=source,
            place=article(source),
            article=article(source, short=not source.article.startswith("Q")),
            when=when,
            facts=tuple(dict.fromkeys(facts_of(when))),
            pathways=rule.pathways,
            weight=rule.pathways[0].weight,
            above=tuple(place[name] for name in rule.yields_to if name in place),
        )

    def live(self, provisions: tuple[P, ...]) -> tuple[Live[P], ...]:
        return tuple(
            Live(one, self.packs.sources[one.id], None if one.when is None else self.condition(one.when))
            for one in provisions
            if self.in_force(one)
        )

    def sums(self) -> tuple[Sum, ...]:
        return tuple(
            Sum(self.index[fact.name], self.index[part.start], self.index[part.add], self.condition(part.when))
            for fact in self.facts
            if fact.scope is FactScope.DERIVED
            for part in fact.sums
        )

    def splits(self) -> tuple[Split, ...]:
        return tuple(
            Split(self.index[fact.name], tuple(self.index[part] for part in fact.parts))
            for fact in self.facts
            if fact.parts
        )

    def condition(self, clause: Clause) -> Condition:
        if clause.fact is not None:
            return self._atom(clause, clause.fact)
        parts = tuple(self.condition(part) for part in clause.parts)
        if clause.of is not None:
            assert isinstance(clause.at_least, int)
            return Group("at_least", parts, clause.at_least)
        return Group("not" if clause.negated is not None else "all" if clause.every else "any", parts)

    def _atom(self, clause: Clause, name: str) -> Atom:
        place = self.index[name]
        label, kind = self.facts[place].label, self.facts[place].type
        test = clause.tests[0]
        value = getattr(clause, test)
        if kind is FactType.BOOL:
            return Atom(place, kind, value, flag_text(label, wanted=value), "true" if value else "false")
        if kind is not FactType.COUNT:
            words = sorted(value if isinstance(value, tuple) else (value,))
            return Atom(place, kind, frozenset(words), words_text(label, words), "|".join(words))
        bound = self.parameters[value.parameter] if isinstance(value, ParameterUse) else value
        wants = {
            "at_least": (bound, NO_END),
            "more_than": (bound + 1, NO_END),
            "at_most": (0, bound),
            "below": (0, bound - 1),
        }[test]
        return Atom(place, kind, wants, bound_text(label, test, bound), f"{SIGNS[test]} {bound}")


def _cuts(atoms: list[Atom]) -> dict[int, tuple[int, ...]]:
    found: dict[int, set[int]] = {}
    for atom in atoms:
        if atom.type is FactType.COUNT:
            assert isinstance(atom.wants, tuple)
            lo, hi = atom.wants
            found.setdefault(atom.fact, set()).update({lo} if hi == NO_END else {lo, hi + 1})
    return {fact: tuple(sorted(cut for cut in cuts if cut > 0)) for fact, cuts in found.items()}


def _words(atoms: list[Atom]) -> dict[int, tuple[str, ...]]:
    found: dict[int, set[str]] = {}
    for atom in atoms:
        if atom.type is FactType.TEXT:
            assert isinstance(atom.wants, frozenset)
            found.setdefault(atom.fact, set()).update(atom.wants)
    return {fact: tuple(sorted(words)) for fact, words in found.items()}


def _sets(atoms: list[Atom]) -> dict[int, tuple[frozenset[str], ...]]:
    found: dict[int, dict[frozenset[str], None]] = {}
    for atom in atoms:
        if atom.type is FactType.TEXTS:
            assert isinstance(atom.wants, frozenset)
            found.setdefault(atom.fact, {})[atom.wants] = None
    return {fact: tuple(sets) for fact, sets in found.items()}
