"""The decision: facts in, lawful pathways with trace, duties, conditions and questions out."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from kouan.law.compiled import law_on
from kouan.law.kleene import evaluate
from kouan.law.known import read_facts
from kouan.law.outcomes import explain, possible_outcomes
from kouan.law.questions import ask, ask_for
from kouan.law.tracing import trace_rules
from kouan.model.decision import Condition, Decision, Duty, FlowDecision, Outcome
from kouan.model.pack import ConditionRule, DutyRule
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law, Live
    from kouan.law.kleene import Value
    from kouan.law.known import Known
    from kouan.law.outcomes import Possible
    from kouan.model.decision import Pathway, RuleTrace
    from kouan.model.facts import FactSet
    from kouan.model.pack import NoteRule
    from kouan.packs import PackSet

_KEPT = 4_096
"""Duties and conditions kept: they differ by the flows that bring them only."""
_NOT_EXACT = Text(
    zh="未知的事实太多，以下结果是上限：可能列出实际不会出现的结果，但不会遗漏。",
    en="Too many facts are open: the outcomes are a bound that may list one that cannot occur, but leaves none out.",
)


def decide(facts: FactSet, packs: PackSet) -> Decision:
    """Return the decision on a transfer under the packs' law of the day `facts.as_of`.

    The same facts and packs always give an equal decision.

    Args:
        facts: what is known of the transfer and of each flow; what is not given is unknown.
        packs: the law.

    Raises:
        KouanError: K-LAW-001 to K-LAW-007 (no law on that day, facts that do not fit the vocabulary, no outcome).
    """
    law = law_on(packs, facts.as_of)
    known = read_facts(facts, law)
    traced = [trace_rules(values, law) for values in known.flows]
    truths = [truth for _, truth in traced]
    possible = possible_outcomes(law, known, truths)
    explained = [
        explain(outcomes, known.flows[flow], truths[flow], law=law, as_of=facts.as_of)
        for flow, outcomes in enumerate(possible.flows)
    ]
    paths = [{path for outcome in outcomes for path in outcome.options} for outcomes in explained]
    bringing = partial(_bringing, known=known, facts=facts, paths=paths)
    conditions = [(one, flows) for one in law.conditions if (flows := bringing(one))]
    questions = ask(law, known, possible, truths=truths, flows=facts.flows)
    # Every part below was made here from validated values: validating it again would only cost time.
    return Decision.model_construct(
        as_of=facts.as_of,
        packs=packs.refs,
        facts=facts,
        flows=_flows(facts, known, explained, traces=[trace for trace, _ in traced]),
        possible=_overall(facts, possible, explained),
        questions=(*questions, *ask_for(conditions, law, known, asked={one.fact for one in questions})),
        duties=tuple(_duty(one, flows) for one in law.duties if (flows := bringing(one))),
        conditions=tuple(_condition(one, flows) for one, flows in conditions),
        notes=_notes(law, known, possible),
    )


def _flows(
    facts: FactSet,
    known: Known,
    explained: Sequence[tuple[Outcome, ...]],
    *,
    traces: Sequence[tuple[RuleTrace, ...]],
) -> tuple[FlowDecision, ...]:
    return tuple(
        FlowDecision.model_construct(
            id=flow.id,
            label=flow.label,
            subjects=flow.subjects,
            possible=explained[place],
            basis="national",
            counted=known.counted[place],
            trace=traces[place],
        )
        for place, flow in enumerate(facts.flows)
    )


def _overall(facts: FactSet, possible: Possible, explained: Sequence[tuple[Outcome, ...]]) -> tuple[Outcome, ...]:
    if len(facts.flows) == 1:
        return explained[0]
    result = []
    for options in possible.overall:
        bringing = [
            (flow, outcome, len(outcomes) == 1)
            for flow, outcomes in zip(facts.flows, explained, strict=True)
            for outcome in outcomes
            if outcome.weight == options[0].weight and set(outcome.options) >= set(options)
        ]
        # A flow that is determined brings the weight whatever the others come to: an open one only may.
        bringing = [one for one in bringing if one[2]] or bringing
        labels = Text(
            zh="、".join(flow.label.zh for flow, *_ in bringing), en=", ".join(flow.label.en for flow, *_ in bringing)
        )
        reason = bringing[0][1].reason
        sources = tuple(dict.fromkeys(source for _, outcome, _ in bringing for source in outcome.sources))
        text = Text(zh=f"就{labels.zh}而言，{reason.zh}", en=f"For {labels.en}: {reason.en}")
        result.append(Outcome.model_construct(options=options, reason=text, sources=sources))
    return tuple(result)


def _bringing(
    one: Live[DutyRule] | Live[ConditionRule], *, known: Known, facts: FactSet, paths: Sequence[set[Pathway]]
) -> tuple[str, ...]:
    """Return the flows that bring a duty or condition; an open `when` brings it too, unless it must be certain."""
    wanted = one.provision.pathways
    counting = isinstance(one.provision, DutyRule) and one.provision.counted
    certain = isinstance(one.provision, ConditionRule) and one.provision.certain
    return tuple(
        flow.id
        for place, flow in enumerate(facts.flows)
        if (not wanted or not paths[place].isdisjoint(wanted))
        and not (counting and known.counted[place] is False)
        and (one.when is None or (truth := evaluate(one.when, known.flows[place])) or (truth is None and not certain))
    )


@lru_cache(maxsize=_KEPT)
def _duty(live: Live[DutyRule], flows: tuple[str, ...]) -> Duty:
    duty = live.provision
    return Duty.model_construct(
        id=duty.id,
        label=duty.label,
        detail=duty.detail,
        deadline=duty.deadline,
        who=duty.who,
        pathways=duty.pathways,
        flows=flows,
        source=live.source,
    )


@lru_cache(maxsize=_KEPT)
def _condition(live: Live[ConditionRule], flows: tuple[str, ...]) -> Condition:
    condition = live.provision
    return Condition.model_construct(
        id=condition.id,
        kind=condition.kind,
        track=condition.track,
        each=condition.each,
        label=condition.label,
        ask=condition.ask,
        pathways=condition.pathways,
        flows=flows,
        source=live.source,
    )


def _notes(law: Law, known: Known, possible: Possible) -> tuple[Text, ...]:
    """Return the open points of the law that touch a flow which counts or may count."""
    touched = [values for values, counts in zip(known.flows, known.counted, strict=True) if counts is not False]
    notes = [live.provision.text for live in law.notes if any(_noted(live, values) for values in touched)]
    return tuple(notes if possible.exact else [_NOT_EXACT, *notes])


def _noted(live: Live[NoteRule], values: Sequence[Value]) -> bool:
    truth = True if live.when is None else evaluate(live.when, values)
    return truth is True or (truth is None and not live.provision.certain)
