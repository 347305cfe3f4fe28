"""The facts that are open and still matter, most decisive first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.law.counts import count
from kouan.law.kleene import facts_of
from kouan.law.outcomes import whole
from kouan.law.variables import COMMON
from kouan.model.decision import Pathway, Question
from kouan.model.vocabulary import FactScope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.law.compiled import Law, Live
    from kouan.law.diagram import Outcomes
    from kouan.law.kleene import Truths
    from kouan.law.known import Known
    from kouan.law.outcomes import Possible
    from kouan.law.solving import Solved
    from kouan.model.facts import FlowFacts
    from kouan.model.provision import ConditionRule

_LAST = (1e9, 1e9)


@dataclass(slots=True)
class _Asked:
    """What is gathered about one open fact: outcomes left on average, flows it bears on, pathways it decides."""

    left: tuple[float, float] = _LAST
    flows: set[int] = field(default_factory=set)
    decides: set[Pathway] = field(default_factory=set)


def ask(
    law: Law, known: Known, possible: Possible, *, truths: Sequence[Truths], flows: Sequence[FlowFacts]
) -> tuple[Question, ...]:
    """Return a question for each open fact on which some outcome still depends.

    Order: fewest outcomes of the transfer left on average over the answers, then fewest outcomes of its flows, then
    the order of the vocabulary.
    """
    found: dict[int, _Asked] = {}
    searched: set[int] = set()
    for search in possible.searches:
        searched.update(search.flows)
        _from_search(search, law, known, found=found)
    for flow, outcomes in enumerate(possible.flows):
        if len(outcomes) > 1 and flow not in searched:
            _from_truths(flow, law, known, truths=truths[flow], found=found)
    return tuple(
        _question(fact, found[fact], law, flows=flows) for fact in sorted(found, key=lambda one: (found[one].left, one))
    )


def ask_for(
    conditions: Iterable[tuple[Live[ConditionRule], tuple[str, ...]]], law: Law, known: Known, *, asked: set[str]
) -> tuple[Question, ...]:
    """Return a question for each open fact on which a condition hangs and which no outcome has asked for already.

    Args:
        conditions: those that are brought, with the ids of the flows that bring them.
        law: of the day.
        known: what is known.
        asked: names of the facts that are asked already.
    """
    found: dict[str, Question] = {}
    for live, flows in conditions:
        name = live.provision.asks
        if name is None or name in asked or known.common[law.index[name]] is not None:
            continue
        earlier = found[name].flows if name in found else ()
        definition = law.facts[law.index[name]]
        found[name] = Question.trusted(
            fact=name,
            label=definition.ask or definition.label,
            help=definition.help,
            flows=tuple(dict.fromkeys((*earlier, *flows))),
            decides=(),
        )
    return tuple(found.values())


def _from_search(search: Solved, law: Law, known: Known, *, found: dict[int, _Asked]) -> None:
    bearing = search.bearing()
    for number, pieces in search.asked().items():
        answers = [search.vectors(number, piece) for piece in sorted(pieces)]
        left, decides = _weigh(search, answers)
        for fact, owner in _askable(search, number, law, known):
            entry = found.setdefault(fact, _Asked())
            entry.left = min(entry.left, left)
            entry.decides |= decides
            entry.flows |= {owner} if owner != COMMON else bearing[number]


def _weigh(search: Solved, answers: Sequence[frozenset[Outcomes]]) -> tuple[tuple[float, float], set[Pathway]]:
    options = search.menu.options
    overall = [{whole([options[one] for one in vector]) for vector in answer} for answer in answers]
    left = (
        sum(map(len, overall)) / len(answers),
        sum(map(len, answers)) / len(answers),
    )
    decides = _differing([{path for one in answer for path in one} for answer in overall])
    if not decides:
        decides = _differing(
            [{path for vector in answer for one in vector for path in options[one]} for answer in answers]
        )
    return left, decides


def _differing(answers: Sequence[set[Pathway]]) -> set[Pathway]:
    every = set(answers[0]).intersection(*answers)
    return set(answers[0]).union(*answers) - every


def _askable(search: Solved, number: int, law: Law, known: Known) -> Iterable[tuple[int, int]]:
    """Yield the facts (and the flow that owns each, or COMMON) whose answer settles a variable."""
    variable = search.variables[number]
    if number < search.first_derived:
        yield variable.fact, variable.owner
        return
    for part in law.sums:
        if part.derived != variable.fact:
            continue
        if _open(count(known.common[part.start])):
            yield part.start, COMMON
        for flow, values in enumerate(known.flows):
            if known.counted[flow] is not False and _open(count(values[part.add])):
                yield part.add, flow


def _open(span: tuple[int, int]) -> bool:
    return span[0] < span[1]


def _from_truths(flow: int, law: Law, known: Known, *, truths: Truths, found: dict[int, _Asked]) -> None:
    """Where no search was possible, ask every open fact of every open rule."""
    for place, rule in enumerate(law.rules):
        if truths[place] is not None:
            continue
        for fact in facts_of(rule.when):
            if known.flows[flow][fact] is None and law.facts[fact].scope is not FactScope.DERIVED:
                found.setdefault(fact, _Asked()).flows.add(flow)


def _question(fact: int, asked: _Asked, law: Law, *, flows: Sequence[FlowFacts]) -> Question:
    definition = law.facts[fact]
    return Question.trusted(
        fact=definition.name,
        label=definition.ask or definition.label,
        help=definition.help,
        flows=tuple(flows[place].id for place in sorted(asked.flows)),
        decides=tuple(path for path in Pathway if path in asked.decides),
    )
