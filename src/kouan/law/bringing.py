"""What a flow brings with it: duties, conditions, papers, triggers and notes, by its facts and pathways."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, TypeVar

from kouan.model.decision import Condition, Duty, Paper, Pathway, Trigger
from kouan.model.provision import ConditionRule, DutyRule, PaperRule, TriggerRule

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kouan.law.compiled import Law, Live
    from kouan.law.kleene import Truths
    from kouan.law.known import Known
    from kouan.model.facts import FlowFacts
    from kouan.model.provision import NoteRule
    from kouan.model.text import Text


_NO_WAY = frozenset({Pathway.PROHIBITED})
"""Of a flow that may not leave: its exporter owes none of the ordinary duties of exporting it."""

_KEPT = 4_096
"""Parts kept by each cache, by provision and flows; none has an effect on results."""
_ALIKE = 64
"""Transfers kept."""


L = TypeVar("L", bound="Live[DutyRule] | Live[ConditionRule] | Live[PaperRule] | Live[TriggerRule]")


@dataclass(frozen=True, slots=True)
class Brought:
    """What the flows of a transfer bring with them; conditions each with the ids of the flows that bring it."""

    duties: tuple[Duty, ...]
    conditions: tuple[tuple[Live[ConditionRule], tuple[str, ...]], ...]
    papers: tuple[Paper, ...]
    triggers: tuple[Trigger, ...]
    notes: tuple[Text, ...]


def brought(law: Law, known: Known, *, flows: Sequence[FlowFacts], paths: Sequence[Collection[Pathway]]) -> Brought:
    """Return what some flow brings: transfers alike in every condition of the law bring the same.

    Args:
        law: of the day.
        known: what is known of the transfer.
        flows: of the transfer.
        paths: of each flow, the pathways that remain possible.
    """
    rows = tuple([tuple(row) for row in known.truths])
    names = tuple([flow.id for flow in flows])
    return _brought(law, rows, known.counted, names, tuple([frozenset(one) for one in paths]))


@lru_cache(maxsize=_ALIKE)
def _brought(
    law: Law,
    rows: tuple[Truths, ...],
    counted: tuple[bool | None, ...],
    names: tuple[str, ...],
    paths: tuple[frozenset[Pathway], ...],
) -> Brought:
    pick = partial(_picked, rows=rows, counted=counted, names=names, paths=paths)
    return Brought(
        duties=tuple([duty_of(one, flows) for one, flows in pick(law.duties)]),
        conditions=tuple(pick(law.conditions)),
        papers=tuple([paper_of(one, flows) for one, flows in pick(law.papers)]),
        triggers=tuple([trigger_of(one, flows) for one, flows in pick(law.triggers)]),
        notes=tuple(
            live.provision.text
            for live in law.notes
            if any(_noted(live, *one) for one in zip(rows, counted, paths, strict=True))
        ),
    )


def _noted(live: Live[NoteRule], row: Truths, counts: bool | None, paths: frozenset[Pathway]) -> bool:  # noqa: FBT001
    """Whether an open point of the law touches a flow: mostly one which counts or may count, and which may leave."""
    if (counts is False and live.provision.counted) or not _on(paths, live.provision.pathways):
        return False
    truth = True if live.slot is None else row[live.slot]
    return truth is True or (truth is None and not live.provision.certain)


def _picked(
    several: Sequence[L],
    *,
    rows: Sequence[Truths],
    counted: Sequence[bool | None],
    names: Sequence[str],
    paths: Sequence[frozenset[Pathway]],
) -> list[tuple[L, tuple[str, ...]]]:
    """Return the provisions that some flow brings, with these flows.

    An open `when` brings a provision too, unless it must be certain.
    """
    found, flows = [], tuple(zip(rows, counted, names, paths, strict=True))
    for one in several:
        slot, provision, bringing = one.slot, None, []
        for row, counts, name, possible in flows:
            truth = True if slot is None else row[slot]
            if truth is False:  # most are: nothing else is looked at
                continue
            provision = provision or one.provision
            if (truth is None and provision.certain) or not _on(possible, provision.pathways):
                continue
            if counts is False and isinstance(provision, (DutyRule, TriggerRule)) and provision.counted:
                continue
            bringing.append(name)
        if bringing:
            found.append((one, tuple(bringing)))
    return found


def _on(paths: frozenset[Pathway], named: Sequence[Pathway]) -> bool:
    """Whether a provision reaches a flow: what names no pathway is owed on each one by which the data may leave."""
    return not paths.isdisjoint(named) if named else paths != _NO_WAY


# Every part below is made from validated values: validating it again would only cost time.
@lru_cache(maxsize=_KEPT)
def duty_of(live: Live[DutyRule], flows: tuple[str, ...]) -> Duty:
    """Return a duty with the flows that bring it."""
    duty = live.provision
    return Duty.trusted(
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
def condition_of(live: Live[ConditionRule], flows: tuple[str, ...], covered_by: tuple[str, ...]) -> Condition:
    """Return a condition with the flows that bring it, and the attestations that answer it."""
    condition = live.provision
    return Condition.trusted(
        id=condition.id,
        kind=condition.kind,
        track=condition.track,
        each=condition.each,
        label=condition.label,
        ask=condition.ask,
        covered_by=covered_by,
        pathways=condition.pathways,
        flows=flows,
        source=live.source,
    )


@lru_cache(maxsize=_KEPT)
def paper_of(live: Live[PaperRule], flows: tuple[str, ...]) -> Paper:
    """Return a paper with the flows that bring it."""
    paper = live.provision
    return Paper.trusted(
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
    return Trigger.trusted(
        id=trigger.id,
        label=trigger.label,
        then=trigger.then,
        pathways=trigger.pathways,
        flows=flows,
        source=live.source,
    )
