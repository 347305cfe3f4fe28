"""What a flow brings with it: duties, conditions, papers and triggers, whichever its pathway or for some of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from kouan.model.decision import Condition, Duty, Paper, Pathway, Trigger
from kouan.model.provision import ConditionRule, DutyRule, PaperRule, TriggerRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.law.compiled import Live
    from kouan.law.known import Known
    from kouan.model.facts import FactSet


_KEPT = 4_096
"""Entries kept: they differ by the flows that bring them only."""


L = TypeVar("L", bound="Live[DutyRule] | Live[ConditionRule] | Live[PaperRule] | Live[TriggerRule]")


def brought(
    several: Sequence[L], *, known: Known, facts: FactSet, paths: Sequence[set[Pathway]]
) -> Iterator[tuple[L, tuple[str, ...]]]:
    """Yield the provisions that some flow brings, with these flows.

    An open `when` brings a provision too, unless it must be certain.
    """
    rows, width = known.truths, range(len(facts.flows))
    for one in several:
        slot, provision = one.slot, one.provision
        if slot is None:
            flows = list(width)
        elif provision.certain:
            flows = [place for place in width if rows[place][slot]]
        else:
            flows = [place for place in width if rows[place][slot] is not False]
        if flows and provision.pathways:
            flows = [place for place in flows if not paths[place].isdisjoint(provision.pathways)]
        if flows and isinstance(provision, DutyRule) and provision.counted:
            flows = [place for place in flows if known.counted[place] is not False]
        if flows:
            yield one, tuple(facts.flows[place].id for place in flows)


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
