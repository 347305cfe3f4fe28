"""What holds of every what-if, whatever the facts and levers are; the decision itself is the oracle."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kouan.law import decide
from kouan.law.whatif import what_if
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.model.whatif import Alternative, Cost, Lever, LeverKind
from kouan.packs import load_packs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kouan.model.decision import Decision

PACKS = load_packs()
MODEST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FLAGS = (
    "exporter.ciio", "data.important", "transfer.collected_abroad", "transfer.domestic_data_added",
    "transfer.contract_party", "transfer.contract_necessary", "transfer.emergency", "transfer.trade_activity",
    "hr.cross_border_management", "hr.labour_rules", "hr.collective_contract", "hr.necessary", "list.in_zone",
    "list.off_list", "list.formalities",
)  # fmt: skip
EDGES = (0, 1, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000)
CHANGES: dict[str, tuple[str, Any, Cost]] = {
    "few": ("flow.ordinary_persons", (0, 99), Cost(persons=Range(lo=0, hi=900))),
    "none sensitive": ("flow.sensitive_persons", (0, 0), Cost(items=2)),
    "rules": ("hr.labour_rules", True, Cost(acts=1)),
    "collective": ("hr.collective_contract", True, Cost(acts=1)),
    "needed": ("hr.necessary", True, Cost(acts=1)),
    "contract needs": ("transfer.contract_necessary", True, Cost(acts=1)),
    "formalities": ("list.formalities", True, Cost(acts=1)),
    "new year": ("year_before.sensitive_persons", (0, 0), Cost(days=40)),
    "useless": ("transfer.trade_activity", True, Cost(days=1)),
}


@st.composite
def transfers(draw: st.DrawFn) -> FactSet:
    """One or two flows whose facts are mostly known."""
    flag = st.sampled_from((*[False] * 6, *[True] * 5, None))
    count = st.sampled_from(EDGES).flatmap(lambda lo: st.sampled_from((0, 1)).map(lambda more: (lo, lo + more)))
    common: dict[str, Any] = {name: draw(flag) for name in FLAGS}
    # Rarely important data or a critical operator: nothing would help them.
    common |= {
        name: draw(st.sampled_from((*[False] * 9, True)))
        for name in ("data.important", "exporter.ciio", "transfer.emergency")
    }
    common |= {"list.used": "none", "exporter.zone": "none"}
    common |= {name: draw(count) for name in ("year_before.ordinary_persons", "year_before.sensitive_persons")}
    flows = [
        {
            "flow.personal": draw(st.sampled_from((True, True, True, False))),
            "flow.employee": draw(st.booleans()),
            "flow.ordinary_persons": draw(count),
            "flow.sensitive_persons": draw(count),
        }
        for _ in range(draw(st.integers(1, 2)))
    ]
    return FactSet(
        as_of=dt.date(2026, 11, 22),
        facts=_row(common),
        flows=tuple(
            FlowFacts(id=f"f{place}", label=same(f"f{place}"), facts=_row(flow)) for place, flow in enumerate(flows)
        ),
    )


def _row(values: dict[str, Any]) -> tuple[Fact, ...]:
    return tuple(Fact(name=name, value=_span(value), source=FactSource.DECLARED) for name, value in values.items())


def _span(value: Any) -> Any:
    return Range(lo=value[0], hi=value[1]) if isinstance(value, tuple) else value


def lever(name: str) -> Lever:
    return Lever(
        id=name,
        kind=LeverKind.MAKE_TRUE,
        target=CHANGES[name][0],
        label=same(name),
        cost=CHANGES[name][2],
        honest=same("really"),
    )


def moves() -> st.SearchStrategy[list[tuple[Lever, ...]]]:
    """Some levers alone, some together."""
    names = st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4, unique=True)
    return st.lists(names.map(lambda group: tuple(lever(name) for name in group)), min_size=2, max_size=6)


def changed(facts: FactSet, levers: Iterable[Lever]) -> FactSet:
    values = {CHANGES[one.id][0]: CHANGES[one.id][1] for one in levers}
    flows = tuple(flow.model_copy(update={"facts": _facts(flow.facts, values)}) for flow in facts.flows)
    return facts.model_copy(update={"facts": _facts(facts.facts, values), "flows": flows})


def _facts(facts: tuple[Fact, ...], values: dict[str, Any]) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            name=fact.name,
            value=_span(values[fact.name]) if fact.name in values else fact.value,
            source=FactSource.DECLARED,
        )
        for fact in facts
    )


def heaviest(decision: Decision | Alternative) -> int:
    return max(outcome.weight for outcome in decision.possible)


def search(facts: FactSet, given_moves: list[tuple[Lever, ...]]):
    return what_if(
        facts,
        given_moves,
        apply=lambda levers: changed(facts, levers),
        decide=lambda one: decide(one, PACKS),
        vocabulary=PACKS.facts,
    )


@MODEST
@given(transfers(), moves())
def test_every_result_is_lighter_and_needs_each_of_its_changes(facts, given_moves) -> None:
    before = heaviest(decide(facts, PACKS))
    for one in search(facts, given_moves).alternatives:
        again = decide(changed(facts, one.levers), PACKS)
        assert again.possible == one.possible
        assert heaviest(one) < before
        for left_out in one.levers:
            rest = [other for other in one.levers if other != left_out]
            assert heaviest(decide(changed(facts, rest), PACKS)) > heaviest(one)


@MODEST
@given(transfers(), moves())
def test_nothing_is_found_only_where_no_move_helps(facts, given_moves) -> None:
    found = search(facts, given_moves)
    before = heaviest(decide(facts, PACKS))
    helps = [move for move in given_moves if heaviest(decide(changed(facts, move), PACKS)) < before]
    assert found.complete
    if helps:
        assert found.alternatives
        best = min(heaviest(decide(changed(facts, move), PACKS)) for move in helps)
        assert heaviest(found.alternatives[0]) <= best


@settings(MODEST, max_examples=30)
@given(transfers(), moves())
def test_a_lever_listed_twice_changes_nothing(facts, given_moves) -> None:
    once, twice = search(facts, given_moves), search(facts, [*given_moves, *given_moves])
    assert once == twice
    doubled = [move + move for move in given_moves]
    assert search(facts, doubled).alternatives == once.alternatives


@MODEST
@given(transfers(), moves())
def test_no_result_is_beaten_by_another(facts, given_moves) -> None:
    found = search(facts, given_moves).alternatives
    for one in found:
        for other in found:
            if other is not one and heaviest(other) <= heaviest(one) and other.cost.at_most(one.cost):
                assert heaviest(other) == heaviest(one)
                assert one.cost.at_most(other.cost)


@settings(MODEST, max_examples=30)
@given(transfers(), moves())
def test_the_facts_shown_are_those_that_changed(facts, given_moves) -> None:
    for one in search(facts, given_moves).alternatives:
        targets = {lever.target for lever in one.levers}
        assert {change.fact for change in one.facts} <= targets
        assert all(change.before != change.after for change in one.facts)
