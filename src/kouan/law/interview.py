"""The interview: from what is known and answered to the questions that still matter, most decisive first.

Stateless: a step follows from the state and the packs alone. What is asked is what the decision asks, without what was
answered before, so that the end is the decision on the facts that the answers state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law.asking import asked_by, choices_for
from kouan.law.compiled import law_on
from kouan.law.deciding import decided, weigh
from kouan.law.kleene import evaluate
from kouan.law.known import read_facts
from kouan.law.listwords import placed, worded
from kouan.law.regime import USED
from kouan.law.scoping import lists_for
from kouan.law.telling import facts_of
from kouan.model.interview import (
    ONE_FLOW,
    Answer,
    DecisionSoFar,
    FlowSoFar,
    InterviewQuestion,
    InterviewState,
    InterviewStep,
)
from kouan.model.vocabulary import FactScope, FactType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.law.compiled import Law
    from kouan.law.deciding import Weighed
    from kouan.law.known import Known
    from kouan.model.decision import Decision, Question
    from kouan.model.facts import FactSet, FactValue, FlowFacts
    from kouan.packs import PackSet

_LOOKED_AT = 24
"""Steps that are looked ahead for the fewest answers."""

Key = tuple[str, str | None]
"""Fact and flow (None of the whole transfer) of a question."""


@dataclass(frozen=True, slots=True)
class _Stand:
    """A state with what follows from it, as far as questions need it."""

    state: InterviewState
    facts: FactSet
    law: Law
    known: Known
    weighed: Weighed

    @classmethod
    def of(cls, state: InterviewState, packs: PackSet) -> _Stand:
        facts = facts_of(state, packs)
        law = law_on(packs, state.as_of, adopted=tuple(sorted(state.adopted.items())), lists=lists_for(facts, packs))
        known = read_facts(facts, law)
        return cls(state, facts, law, known, weigh(facts, law, known))

    def open(self) -> dict[Key, Question]:
        """Return the questions that still matter, each for one flow or for the transfer, without those answered."""
        answered = {(one.fact, one.flow) for one in self.state.answers}
        found = ((key, one) for one in self.weighed.questions for key in self._keys(one))
        return {key: one for key, one in found if key not in answered}

    def _keys(self, question: Question) -> Iterator[Key]:
        place = self.law.index[question.fact]
        own = self.law.facts[place].scope is FactScope.FLOW
        for number, flow in enumerate(self.facts.flows):
            if flow.id in question.flows:
                yield question.fact, flow.id if own or place in self.known.own[number] else None


def step(state: InterviewState, packs: PackSet) -> InterviewStep:
    """Return the decision so far and what to ask next.

    Raises:
        KouanError: K-LAW-020 to K-LAW-022 for answers that fit nothing, and those of `decide`.
    """
    stand = _Stand.of(state, packs)
    questions = stand.open()
    shown = zip(questions, placed(questions.values(), stand.facts, packs), strict=True)
    return InterviewStep(
        state=state,
        decision=_so_far(decided(stand.weighed)),
        questions=tuple(_asked(stand, key, one) for key, one in shown),
        least=_least(stand, packs),
        most=len({*questions, *_may_follow(stand, packs)}) if questions else 0,
    )


def answer(state: InterviewState, fact: str, value: FactValue, *, flow: str | None = None) -> InterviewState:
    """Return the state with one more answer; None says that it is not known."""
    return state.model_copy(update={"answers": (*state.answers, Answer(fact=fact, flow=flow, value=value))})


def back(state: InterviewState) -> InterviewState:
    """Return the state before the last answer; of a state without answers, the same."""
    return state.model_copy(update={"answers": state.answers[:-1]})


def with_flows(state: InterviewState, flows: Sequence[FlowFacts]) -> InterviewState:
    """Return the state with further flows; the flow of which nothing was known or answered gives way to them."""
    spoken = {one.flow for one in state.answers}
    kept = tuple(flow for flow in state.flows if flow != ONE_FLOW or flow.id in spoken)
    return state.model_copy(update={"flows": (*kept, *flows)})


def _so_far(decision: Decision) -> DecisionSoFar:
    return DecisionSoFar(
        determined=decision.determined,
        possible=decision.possible,
        flows=tuple(FlowSoFar(id=one.id, label=one.label, possible=one.possible) for one in decision.flows),
        open_points=decision.open_points,
    )


def _asked(stand: _Stand, key: Key, question: Question) -> InterviewQuestion:
    name, flow = key
    law, place = stand.law, stand.law.index[name]
    flows = [
        number
        for number, one in enumerate(stand.facts.flows)
        if one.id in (question.flows if flow is None else (flow,))
    ]
    values = stand.known.common if flow is None else stand.known.flows[flows[0]]
    known, choices = choices_for(law, place, values)
    kind = law.facts[place].type
    asked = InterviewQuestion(
        fact=name,
        flow=flow,
        flow_label=None if flow is None else stand.facts.flows[flows[0]].label,
        type=kind,
        label=question.label,
        help=question.help,
        known=known,
        choices=choices,
        free=kind is not FactType.BOOL,
        decides=question.decides,
        asked_by=asked_by(law, place, [stand.known.flows[number] for number in flows]),
    )
    return worded(asked, stand.facts, law.regime.packs)


def _may_follow(stand: _Stand, packs: PackSet) -> set[Key]:
    """Return what can become a question by an answer: answers take questions away, but for these two.

    A condition that is brought only where its `when` is certain, and the rules of a list that somebody names.
    """
    answered = {(one.fact, one.flow) for one in stand.state.answers}
    found: set[Key] = set()
    for live in stand.law.conditions:
        name = live.provision.asks
        if name is None or stand.known.common[stand.law.index[name]] is not None:
            continue
        if live.when is None or any(evaluate(live.when, values) is not False for values in stand.known.flows):
            found.add((name, None))
    if (USED, None) in stand.open():
        for named in sorted(set(packs.lists.values())):
            follower = _Stand.of(answer(stand.state, USED, named), packs)
            found |= {*follower.open(), *_may_follow(follower, packs)}
    return found - answered


def _least(stand: _Stand, packs: PackSet) -> int:
    """Return a lower bound of the answers that can follow, found by looking ahead step by step."""
    level, looked = [stand], 0
    for depth in range(_LOOKED_AT if stand.open() else 0):
        following = []
        for one in level:
            questions = one.open()
            key = next(iter(questions))
            asked = _asked(one, key, questions[key])
            if looked + len(asked.choices) > _LOOKED_AT:
                return depth + 1
            looked += len(asked.choices)
            for pick in asked.choices:
                after = _Stand.of(answer(one.state, key[0], pick.value, flow=key[1]), packs)
                if not after.open():  # nobody gets through with fewer
                    return depth + 1
                following.append(after)
        level = following
    return _LOOKED_AT if stand.open() else 0
