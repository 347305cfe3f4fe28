"""What a flow brings with it: duties, conditions, papers and triggers, whichever its pathway or for some of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from kouan.law.kleene import evaluate
from kouan.model.decision import Condition, Duty, Paper, Pathway, Trigger
from kouan.model.provision import ConditionRule, DutyRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Live
    from kouan.law.known import Known
    from kouan.model.facts import FactSet
    from kouan.model.provision import PaperRule, TriggerRule

_KEPT = 4_096
"""Entries kept: they differ by the flows that bring them only."""


class _Brought(Protocol):
    @property
    def pathways(self) -> tuple[Pathway, ...]: ...

    @property
    def certain(self) -> bool: ...


def bringing(
    one: Live[DutyRule] | Live[ConditionRule] | Live[PaperRule] | Live[TriggerRule],
    *,
    known: Known,
    facts: FactSet,
    paths: Sequence[set[Pathway]],
) -> tuple[str, ...]:
    """Return the flows that bring a provision; an open `when` brings it too, unless it must be certain."""
    provision: _Brought = one.provision
    wanted = provision.pathways
    counting = isinstance(provision, DutyRule) and provision.counted
    return tuple(
        flow.id
        for place, flow in enumerate(facts.flows)
        if (not wanted or not paths[place].isdisjoint(wanted))
        and not (counting and known.counted[place] is False)
        and (
            one.when is None
            or (truth := evaluate(one.when, known.flows[place]))
            or (truth is None and not provision.certain)
        )
    )


# Every part below is made from validated values: validating it again would only cost time.
@lru_cache(maxsize=_KEPT)
def duty_of(live: Live[DutyRule], flows: tuple[str, ...]) -> Duty:
    """Return a duty with the flows that bring it."""
    duty = live.provision
    return Duty.model_construct(
        id=duty.id,
        kind=duty.kind.value,
        label=duty.label,
        detail=duty.detail,
        deadline=duty.deadline,
        clock=duty.clock,
        who=duty.who,
        pathways=duty.pathways,
        flows=flows,
        source=live.source,
    )


@lru_cache(maxsize=_KEPT)
def condition_of(live: Live[ConditionRule], flows: tuple[str, ...]) -> Condition:
    """Return a condition with the flows that bring it."""
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


@lru_cache(maxsize=_KEPT)
def paper_of(live: Live[PaperRule], flows: tuple[str, ...]) -> Paper:
    """Return a paper with the flows that bring it."""
    paper = live.provision
    return Paper.model_construct(
        id=paper.id,
        label=paper.label,
        detail=paper.detail,
        form=paper.form,
        template=paper.template,
        who=paper.who,
        pathways=paper.pathways,
        flows=flows,
        source=live.source,
    )


@lru_cache(maxsize=_KEPT)
def trigger_of(live: Live[TriggerRule], flows: tuple[str, ...]) -> Trigger:
    """Return a trigger with the flows that bring it."""
    trigger = live.provision
    return Trigger.model_construct(
        id=trigger.id,
        label=trigger.label,
        then=trigger.then,
        pathways=trigger.pathways,
        flows=flows,
        source=live.source,
    )
