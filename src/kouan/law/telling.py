"""What the answers of an interview state, as facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.counts import meet
from kouan.law.kleene import NO_END
from kouan.model.facts import Fact, FactSet, FactSource, Range
from kouan.model.masking import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.facts import FactValue
    from kouan.model.interview import Answer, InterviewState
    from kouan.packs import PackSet

EVIDENCE = "interview"
"""Where a fact stands that was answered."""


def facts_of(state: InterviewState, packs: PackSet) -> FactSet:
    """Return the facts known before with those answered; an answer narrows what is known and never contradicts it.

    Raises:
        KouanError: K-LAW-020 (no such flow), K-LAW-021 (answered twice), K-LAW-022 (contradicts what is known).
    """
    ids = {flow.id for flow in state.flows}
    seen: set[tuple[str, str | None]] = set()
    for number, one in enumerate(state.answers, start=1):
        where = _where(number)
        if one.flow is not None and one.flow not in ids:
            raise messages.NO_FLOW.at(where, number=number, names=", ".join(sorted(ids)))
        if one.fact not in packs.facts:
            raise messages.UNKNOWN_FACT.at(where, name=quoted(one.fact), guess="")
        if (one.fact, one.flow) in seen:
            raise messages.ANSWERED_TWICE.at(where, name=one.fact)
        seen.add((one.fact, one.flow))
    return FactSet(
        as_of=state.as_of,
        facts=_with(state.facts, state.answers, None),
        flows=tuple(
            flow.model_copy(update={"facts": _with(flow.facts, state.answers, flow.id)}) for flow in state.flows
        ),
    )


def _with(known: Sequence[Fact], answers: Sequence[Answer], flow: str | None) -> tuple[Fact, ...]:
    found = {fact.name: fact for fact in known}
    if len(found) < len(known):  # left for `read_facts`, which names it
        return tuple(known)
    for number, one in enumerate(answers, start=1):
        if one.value is not None and one.flow == flow:
            before = found[one.fact].value if one.fact in found else None
            value = _narrowed(before, one, number)
            found[one.fact] = Fact(name=one.fact, value=value, source=FactSource.DECLARED, evidence=EVIDENCE)
    return tuple(found.values())


def _narrowed(before: FactValue, answer: Answer, number: int) -> FactValue:
    value = answer.value
    if before is None or before == value:
        return value
    one, other = _span(before), _span(value)
    both = meet(one, other) if one is not None and other is not None else None
    if both is None or both[0] > both[1]:
        raise messages.CONTRADICTS.at(_where(number), name=answer.fact)
    return Range(lo=both[0], hi=None if both[1] == NO_END else both[1])


def _span(value: FactValue) -> tuple[int, int] | None:
    if isinstance(value, Range):
        return (value.lo, NO_END if value.hi is None else value.hi)
    if isinstance(value, int) and not isinstance(value, bool):
        return (value, value)
    return None


def _where(number: int) -> str:
    return f"answers[{number}]"  # what it names is whatever somebody wrote
