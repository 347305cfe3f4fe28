"""The law of one day: provisions in force, parameters put in, conditions over fact indices."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from kouan.law import messages
from kouan.law.counts import Split
from kouan.law.kleene import NO_END, Atom, Condition, Group, Value, atoms_of, facts_of
from kouan.law.wording import SIGNS, article, bound_text, flag_text, words_text
from kouan.model.clause import Clause, ParameterUse
from kouan.model.decision import Pathway
from kouan.model.provision import Provision, Rule
from kouan.model.vocabulary import FactScope, FactType
from kouan.packs import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.model.decision import RuleTrace, SourceRef, TraceNode
    from kouan.model.provision import ClockRule, ConditionRule, DutyRule, NoteRule, PaperRule, TriggerRule, Yield
    from kouan.model.reading import Reading
    from kouan.model.text import Text
    from kouan.model.time import LegalDay
    from kouan.model.vocabulary import FactDef
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
        grounds: why it yields, by position.
        list: negative list to which it belongs.
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
    grounds: Mapping[int, Yield]
    list: str | None


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


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """One part of a derived counter: fact indices of the start and of what a flow adds, and when it adds."""

    derived: int
    start: int
    add: int
    when: Condition
    under: Mapping[str, str]


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
        readings: open points of the day.
        chosen: option taken at each of them.
        lists: negative lists whose rules are in it.
        menu: the outcomes it knows.
        traces, nodes: parts of traces already built, by the values they saw; caches without effect on results.
    """

    facts: tuple[FactDef, ...]
    index: Mapping[str, int]
    rules: tuple[LiveRule, ...]
    duties: tuple[Live[DutyRule], ...]
    conditions: tuple[Live[ConditionRule], ...]
    papers: tuple[Live[PaperRule], ...]
    triggers: tuple[Live[TriggerRule], ...]
    clocks: tuple[Live[ClockRule], ...]
    notes: tuple[Live[NoteRule], ...]
    readings: tuple[Reading, ...]
    chosen: Mapping[str, str]
    lists: frozenset[str]
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


@lru_cache(maxsize=256)
def law_on(
    packs: PackSet, day: LegalDay, *, adopted: tuple[tuple[str, str], ...] = (), lists: frozenset[str] = frozenset()
) -> Law:
    """Return the law of a day.

    Args:
        packs: the law of all days.
        day: as of which.
        adopted: readings taken in place of the default ones, sorted.
        lists: negative lists whose rules are to be in it.

    Raises:
        KouanError: K-LAW-001 if no rule is in force, K-LAW-009 if no such reading is.
    """
    maker = _Maker(packs, day, dict(adopted), lists)
    rules = maker.rules()
    if not rules:
        raise messages.NO_LAW.at("as_of", day=day.isoformat())
    duties, conditions, papers = maker.live(packs.duties), maker.live(packs.conditions), maker.live(packs.papers)
    triggers, clocks, notes = maker.live(packs.triggers), maker.live(packs.clocks), maker.live(packs.notes)
    sums = maker.sums()  # last: only of counters that something above asks about
    splits = maker.splits()
    counted = {place for part in sums for place in (part.start, part.add)}
    atoms = [
        atom for when in (*[rule.when for rule in rules], *[part.when for part in sums]) for atom in atoms_of(when)
    ]
    return Law(
        facts=maker.facts,
        index=maker.index,
        rules=rules,
        duties=duties,
        conditions=conditions,
        papers=papers,
        triggers=triggers,
        clocks=clocks,
        notes=notes,
        readings=maker.readings,
        chosen=maker.chosen,
        lists=lists,
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
    def __init__(self, packs: PackSet, day: LegalDay, adopted: Mapping[str, str], lists: frozenset[str]) -> None:
        self.packs = packs
        self.day = day
        self.lists = lists
        self.readings = tuple(one for one in packs.readings if one.in_force.holds(day))
        self.chosen = self._chosen(adopted)
        self.facts = tuple(packs.facts.values())
        self.index = {fact.name: place for place, fact in enumerate(self.facts)}
        self.asked: set[str] = set()
        self.parameters = {
            name: value.value
            for name, parameter in packs.parameters.items()
            for value in parameter.values
            if value.holds(day)
        }

    def _chosen(self, adopted: Mapping[str, str]) -> dict[str, str]:
        options = {one.id: [option.id for option in one.options] for one in self.readings}
        for point, option in adopted.items():
            if option not in options.get(point, ()):
                raise messages.NO_READING.at("readings", name=f"{point}: {option}", day=self.day.isoformat())
        return {one.id: adopted.get(one.id, one.default) for one in self.readings}

    def in_force(self, provision: Provision) -> bool:
        of_list = self.packs.lists.get(provision.id)
        return (
            provision.status == "in_force"
            and provision.in_force.holds(self.day)
            and (of_list is None or of_list in self.lists)
            and not (self.lists and isinstance(provision, Rule) and provision.unlisted)
            and self.taken(provision.under)
        )

    def taken(self, under: Mapping[str, str]) -> bool:
        """Whether every reading asked for is the one chosen."""
        return all(self.chosen.get(point) == option for point, option in under.items())

    def stands(self, part: Clause) -> bool:
        """Whether a part of a group is in the law of the day."""
        return self.taken(part.under) and (part.in_force is None or part.in_force.holds(self.day))

    def rules(self) -> tuple[LiveRule, ...]:
        live = [rule for rule in self.packs.rules if self.in_force(rule)]
        place: dict[str, list[int]] = {}
        for position, rule in enumerate(live):
            for name in (rule.id, *rule.groups):
                place.setdefault(name, []).append(position)
        return tuple(self._rule(rule, place) for rule in live)

    def _rule(self, rule: Rule, place: Mapping[str, Sequence[int]]) -> LiveRule:
        assert rule.when is not None
        when = self.condition(rule.when)
        self.asked.update(PLACEHOLDER.findall(rule.reason.zh))
        source = self.packs.sources[rule.id]
        grounds = {position: one for one in rule.yields_to for position in place.get(one.to, ())}
        return LiveRule(
            rule=rule,
            source=source,
            place=article(source),
            article=article(source, short=not source.article.startswith("Q")),
            when=when,
            facts=tuple(dict.fromkeys(facts_of(when))),
            pathways=rule.pathways,
            weight=rule.pathways[0].weight,
            above=tuple(grounds),
            grounds=grounds,
            list=self.packs.lists.get(rule.id),
        )

    def live(self, provisions: tuple[P, ...]) -> tuple[Live[P], ...]:
        return tuple(
            Live(one, self.packs.sources[one.id], None if one.when is None else self.condition(one.when))
            for one in provisions
            if self.in_force(one)
        )

    def sums(self) -> tuple[Sum, ...]:
        return tuple(
            Sum(
                self.index[fact.name],
                self.index[part.start],
                self.index[part.add],
                self.condition(part.when),
                part.under,
            )
            for fact in self.facts
            if fact.scope is FactScope.DERIVED and fact.name in self.asked
            for part in fact.sums
            if self.taken(part.under)
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
        parts = tuple(self.condition(part) for part in clause.parts if self.stands(part))
        if clause.of is not None:
            assert isinstance(clause.at_least, int)
            return Group("at_least", parts, clause.at_least)
        return Group("not" if clause.negated is not None else "all" if clause.every else "any", parts)

    def _atom(self, clause: Clause, name: str) -> Atom:
        place = self.index[name]
        self.asked.add(name)
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
