"""Open points that a decision names are those on which its outcome hangs: each reading decided by itself is the oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

from kouan.law import decide
from tests.lawcases import PACKS, Case, cases

if TYPE_CHECKING:
    from kouan.model.decision import Decision, Pathway

MODEST = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def overall(decision: Decision) -> set[tuple[Pathway, ...]]:
    return {outcome.options for outcome in decision.possible}


@MODEST
@given(cases(unknowns=2))
def test_a_reading_is_shown_where_it_decides_otherwise_and_nowhere_else(case: Case) -> None:
    facts = case.facts()
    found = decide(facts, PACKS, adopted=case.adopted)
    shown = {
        point.id: {one.id: {way.options for way in one.possible} for one in point.options}
        for point in found.open_points
    }
    for reading in PACKS.readings:
        if not reading.in_force.holds(facts.as_of):
            continue
        apart = {
            option.id: overall(decide(facts, PACKS, adopted={**case.adopted, reading.id: option.id}))
            for option in reading.options
        }
        assert (reading.id in shown) is (len({frozenset(one) for one in apart.values()}) > 1)
        assert shown.get(reading.id, apart) == apart
