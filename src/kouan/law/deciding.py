"""The decision: facts in, lawful pathways with trace, duties, conditions and questions out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law.attested import covering
from kouan.law.bringing import brought, condition_of
from kouan.law.compiled import check_proposals, law_on
from kouan.law.known import read_facts, truths_of
from kouan.law.listwords import placed
from kouan.law.outcomes import explain, overall, possible_outcomes
from kouan.law.precedence import basis_of, set_aside
from kouan.law.questions import ask, ask_for
from kouan.law.readings import open_points
from kouan.law.scoping import lists_for
from kouan.law.taking import as_read, taken_points
from kouan.law.tracing import trace_rules
from kouan.model.decision import Decision, FlowDecision
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kouan.law.bringing import Brought
    from kouan.law.compiled import Law, Live
    from kouan.law.kleene import Truths
    from kouan.law.known import Known
    from kouan.law.outcomes import Possible
    from kouan.model.decision import Outcome, Question
    from kouan.model.facts import FactSet
    from kouan.model.provision import ConditionRule
    from kouan.packs import PackSet

_NOT_EXACT = Text(
    zh="未知的事实太多，以下结果是上限：可能列出实际不会出现的结果，但不会遗漏。",
    en="Too many facts are open: the outcomes are a bound that may list one that cannot occur, but leaves none out.",
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What facts come to under a law: truths by flow, outcomes, what they bring, and what is asked."""

    facts: FactSet
    law: Law
    known: Known
    truths: Sequence[Truths]
    possible: Possible
    brings: Brought
    questions: tuple[Question, ...]


def decide(
    facts: FactSet, packs: PackSet, *, adopted: Mapping[str, str] | None = None, proposals: Collection[str] = ()
) -> Decision:
    """Return the decision on a transfer under the packs' law of the day `facts.as_of`.

    The same facts and packs always give an equal decision.

    Args:
        facts: what is known of the transfer and of each flow; what is not given is unknown.
        packs: the law.
        adopted: readings of open points to take in place of the default ones, such as `{"a3": "either"}`.
        proposals: packs whose drafts and proposals are to be applied as if they were in force.

    Raises:
        KouanError: K-LAW-001 to K-LAW-010 (no law on that day, facts that do not fit the vocabulary, no outcome,
            no such reading or pack of proposals).
    """
    adopted = dict(adopted or {})
    check_proposals(packs, proposals)
    law = law_on(
        packs,
        facts.as_of,
        adopted=tuple(sorted(adopted.items())),
        lists=lists_for(facts, packs),
        proposals=frozenset(proposals),
    )
    taken = as_read(facts, law)
    decision = decided(weigh(taken, law, read_facts(taken, law)), proposals=proposals)
    points = taken_points(facts, law, decision.possible, lambda other: _possible(other, law))
    if taken is facts and not points:
        return decision
    # What was observed stays in the decision; how it was read stands in the open point.
    return decision.model_copy(update={"facts": facts, "open_points": (*decision.open_points, *points)})


def _possible(facts: FactSet, law: Law) -> tuple[Outcome, ...]:
    """Return what other facts come to under the same law."""
    return decided(weigh(facts, law, read_facts(facts, law))).possible


def weigh(facts: FactSet, law: Law, known: Known) -> Weighed:
    """Return what the facts come to, not yet in words: all that those need who look ahead over many answers."""
    truths = truths_of(known)
    possible = possible_outcomes(law, known, truths)
    paths = [{path for one in outcomes for path in law.menu.options[one]} for outcomes in possible.flows]
    brings = brought(law, known, flows=facts.flows, paths=paths)
    questions = ask(law, known, possible, truths=truths, flows=facts.flows)
    more = ask_for(brings.conditions, law, known, asked={one.fact for one in questions})
    return Weighed(facts, law, known, truths, possible, brings, (*questions, *more))


def decided(weighed: Weighed, *, proposals: Collection[str] = ()) -> Decision:
    """Return the decision that follows."""
    facts, law, known, truths = weighed.facts, weighed.law, weighed.known, weighed.truths
    possible, brings, packs = weighed.possible, weighed.brings, weighed.law.regime.packs
    explained = [
        explain(outcomes, known.flows[flow], truths[flow], law=law, as_of=facts.as_of)
        for flow, outcomes in enumerate(possible.flows)
    ]
    possible_overall = overall(facts, possible, explained)
    adopted = dict(law.adopted)
    # Every part below was made here from validated values: validating it again would only cost time.
    return Decision.model_construct(
        as_of=facts.as_of,
        packs=packs.refs,
        facts=facts,
        flows=_flows(facts, known, explained, truths=truths, law=law),
        possible=possible_overall,
        questions=placed(weighed.questions, facts, packs),
        duties=brings.duties,
        conditions=tuple([condition_of(one, flows, _covered(one, facts)) for one, flows in brings.conditions]),
        papers=brings.papers,
        triggers=brings.triggers,
        notes=brings.notes if possible.exact else (_NOT_EXACT, *brings.notes),
        open_points=open_points(law, facts, known=known, found=possible, possible=possible_overall),
        adopted=adopted,
        proposals=tuple(sorted(proposals)),
        overrides=packs.overrides,
    )


def _covered(live: Live[ConditionRule], facts: FactSet) -> tuple[str, ...]:
    kind = live.provision.attested
    return () if kind is None else tuple(one.number for one in covering(facts, kind))


def _flows(
    facts: FactSet,
    known: Known,
    explained: Sequence[tuple[Outcome, ...]],
    *,
    truths: Sequence[Truths],
    law: Law,
) -> tuple[FlowDecision, ...]:
    return tuple(
        FlowDecision.trusted(
            id=flow.id,
            label=flow.label,
            subjects=flow.subjects,
            possible=explained[place],
            basis=basis_of(law, truths[place]),
            counted=known.counted[place],
            trace=trace_rules(known.flows[place], law),
            set_aside=set_aside(law, truths[place]),
        )
        for place, flow in enumerate(facts.flows)
    )
