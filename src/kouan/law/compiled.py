"""The law of one day: provisions in force, parameters put in, conditions over fact indices."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from kouan.law import messages
from kouan.law.counts import Split
from kouan.law.kleene import Atom, Condition, Value, atoms_of, cuts_of, facts_of
from kouan.law.regime import Regime, regime_of
from kouan.law.wording import article
from kouan.model.decision import Pathway
from kouan.model.provision import Provision
from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kouan.model.decision import SourceRef, TraceNode
    from kouan.model.provision import ClockRule, ConditionRule, DutyRule, NoteRule, PaperRule, Rule, TriggerRule, Yield
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
        slot: of its condition in the regime's evaluator.
        place, article: of its source in words; the latter leaves out the title that most rules of the day cite.
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
    slot: int
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
    """A duty, condition or note in force; `slot` is that of its condition in the regime's evaluator."""

    provision: P
    source: SourceRef
    slot: int | None
    when: Condition | None


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """One part of a derived counter: fact indices of the start and of what a flow adds, and when it adds."""

    derived: int
    start: int
    add: int
    slot: int
    when: Condition
    under: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """Everything that `decide` needs of the packs on one day.

    Attributes:
        facts: the vocabulary; positions in it are the fact indices.
        index: position by name.
        regime: what it shares with the law of these days under other readings.
        slots: of the rules, in the regime's evaluator.
        excluding: positions of the rules under which persons do not count.
        cuts: of each counted fact, the numbers at which some rule's test changes, ascending.
        words: of each fact with one word, the words that some rule names.
        sets: of each fact with several words, the sets of words that some rule asks about.
        splits: counts of a flow that are the sum of others.
        counts: the facts that sums add up or splits hold, starts included.
        parameters: values of the day.
        readings: open points of the day.
        adopted: readings taken in place of the default ones, sorted.
        chosen: option taken at each of them.
        menu: the outcomes it knows.
        nodes: tests as traces show them, by the value they saw; a cache without effect on results.
    """

    regime: Regime
    facts: tuple[FactDef, ...]
    index: Mapping[str, int]
    rules: tuple[LiveRule, ...]
    slots: tuple[int, ...]
    excluding: tuple[int, ...]
    duties: tuple[Live[DutyRule], ...]
    conditions: tuple[Live[ConditionRule], ...]
    papers: tuple[Live[PaperRule], ...]
    triggers: tuple[Live[TriggerRule], ...]
    clocks: tuple[Live[ClockRule], ...]
    notes: tuple[Live[NoteRule], ...]
    readings: tuple[Reading, ...]
    adopted: tuple[tuple[str, str], ...]
    chosen: Mapping[str, str]
    sums: tuple[Sum, ...]
    splits: tuple[Split, ...]
    counts: tuple[int, ...]
    cuts: Mapping[int, tuple[int, ...]]
    words: Mapping[int, tuple[str, ...]]
    sets: Mapping[int, tuple[frozenset[str], ...]]
    parameters: Mapping[str, int]
    menu: Menu
    nodes: dict[tuple[int, Value], tuple[TraceNode, bool | None]] = field(default_factory=dict)


def law_on(
    packs: PackSet,
    day: LegalDay,
    *,
    adopted: tuple[tuple[str, str], ...] = (),
    lists: frozenset[str] = frozenset(),
    proposals: frozenset[str] = frozenset(),
) -> Law:
    """Return the law of a day.

    Args:
        packs: the law of all days.
        day: as of which.
        adopted: readings taken in place of the default ones, sorted.
        lists: negative lists whose rules are to be in it.
        proposals: packs whose drafts and proposals are applied as if they were in force.

    Raises:
        KouanError: K-LAW-001 if no rule is in force, K-LAW-009 if no such reading is.
    """
    regime = regime_of(packs, day, lists, proposals)
    options = {one.id: [option.id for option in one.options] for one in regime.readings}
    for point, option in adopted:
        if option not in options.get(point, ()):
            known = options.get(point, ())
            where = f"readings.{point}" if known else "readings"
            raise messages.NO_READING.at(where, day=day.isoformat(), names=", ".join(known or options) or "-")
    law = law_of(regime, adopted)
    if not law.rules:
        raise messages.NO_LAW.at("as_of", day=day.isoformat())
    return law


def check_proposals(packs: PackSet, proposals: Collection[str]) -> None:
    """Raise KouanError K-LAW-010 for a pack that is not there."""
    known = {pack.id for pack in packs.refs}
    for name in sorted(set(proposals) - known):
        near = difflib.get_close_matches(name, sorted(known), n=1)
        raise messages.NO_PROPOSALS.at("proposals", name=name, guess=f" ({near[0]}?)" if near else "")


@lru_cache(maxsize=512)
def law_of(regime: Regime, adopted: tuple[tuple[str, str], ...]) -> Law:
    """Return the law of a regime under some readings; it is without rules where none is in force."""
    living, maker = regime.living, _Maker(regime, dict(adopted))
    rules = maker.rules()
    sums = maker.sums()
    splits = maker.splits()
    counted = {place for part in sums for place in (part.start, part.add)}
    atoms = [
        atom for when in (*[rule.when for rule in rules], *[part.when for part in sums]) for atom in atoms_of(when)
    ]
    return Law(
        regime=regime,
        facts=regime.facts,
        index=regime.index,
        rules=rules,
        slots=tuple(rule.slot for rule in rules),
        excluding=tuple(place for place, rule in enumerate(rules) if maker.keeps_out(rule.rule)),
        duties=maker.live(living.duties),
        conditions=maker.live(living.conditions),
        papers=maker.live(living.papers),
        triggers=maker.live(living.triggers),
        clocks=maker.live(living.clocks),
        notes=maker.live(living.notes),
        readings=regime.readings,
        adopted=adopted,
        chosen=maker.chosen,
        sums=sums,
        splits=splits,
        counts=tuple(sorted(counted.union(*((one.whole, *one.parts) for one in splits)))),
        menu=menu_of(rules),
        cuts=cuts_of(atoms),
        words=_words(atoms),
        sets=_sets(atoms),
        parameters=regime.parameters,
    )


def hanging(regime: Regime, point: str, chosen: Mapping[str, str]) -> Iterator[int]:
    """Yield the slots of the rules and sums that the law under some readings has because of an open point."""
    maker = _Maker(regime, chosen)
    for rule in regime.living.rules:
        bound = {*rule.under, *rule.counts_under, *regime.points.get(rule.id, ())}
        slot = regime.when_of(rule.id, maker.chosen)[0] if point in bound and maker.taken(rule.under) else None
        if slot is not None:
            yield slot
    for part in maker.sums():
        if point in part.under:
            yield part.slot


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
    def __init__(self, regime: Regime, adopted: Mapping[str, str]) -> None:
        self.regime = regime
        self.packs = regime.packs
        self.chosen = {one.id: adopted.get(one.id, one.default) for one in regime.readings}
        self.facts = regime.facts
        self.index = regime.index

    def taken(self, under: Mapping[str, str]) -> bool:
        """Whether every reading asked for is the one chosen."""
        return all(self.chosen.get(point) == option for point, option in under.items())

    def keeps_out(self, rule: Rule) -> bool:
        """Whether the persons of a flow under a rule stay out of the counters."""
        return not rule.counts and not (rule.counts_under and self.taken(rule.counts_under))

    def rules(self) -> tuple[LiveRule, ...]:
        live = [rule for rule in self.regime.living.rules if self.taken(rule.under)]
        place: dict[str, list[int]] = {}
        for position, rule in enumerate(live):
            for name in (rule.id, *rule.groups):
                place.setdefault(name, []).append(position)
        # By title: packs name their instruments as they like, and one may take the name of another's.
        national = Counter(self.packs.sources[rule.id].title for rule in live if rule.id not in self.packs.lists)
        usual = next((title for title, _ in national.most_common(1)), None)
        return tuple(self._rule(rule, place, usual=usual) for rule in live)

    def _rule(self, rule: Rule, place: Mapping[str, Sequence[int]], *, usual: Text | None) -> LiveRule:
        slot, when = self.regime.when_of(rule.id, self.chosen)
        assert slot is not None
        assert when is not None
        source = self.packs.sources[rule.id]
        grounds = {position: one for one in rule.yields_to for position in place.get(one.to, ())}
        return LiveRule(
            rule=rule,
            source=source,
            place=article(source),
            article=article(source, short=source.title == usual),
            when=when,
            slot=slot,
            facts=tuple(dict.fromkeys(facts_of(when))),
            pathways=rule.pathways,
            weight=rule.pathways[0].weight,
            above=tuple(grounds),
            grounds=grounds,
            list=self.packs.lists.get(rule.id),
        )

    def live(self, provisions: tuple[P, ...]) -> tuple[Live[P], ...]:
        return tuple(
            Live(one, self.packs.sources[one.id], *self.regime.when_of(one.id, self.chosen))
            for one in provisions
            if self.taken(one.under)
        )

    def sums(self) -> tuple[Sum, ...]:
        return tuple(
            Sum(
                self.index[fact.name],
                self.index[part.start],
                self.index[part.add],
                *self.regime.sums[fact.name, place],
                part.under,
            )
            for fact in self.facts
            if fact.sums
            for place, part in enumerate(fact.sums)
            if self.taken(part.under) and (fact.name, place) in self.regime.sums
        )

    def splits(self) -> tuple[Split, ...]:
        return tuple(
            Split(self.index[fact.name], tuple(self.index[part] for part in fact.parts))
            for fact in self.facts
            if fact.parts
        )


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
