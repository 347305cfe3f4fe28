from __future__ import annotations

import pytest

from kouan.dossier.people import ordinary_of, people_of, range_fact
from tests.documents import hr_case, hr_decisions, hr_inventory
from tests.documents_parts import declared, span


@pytest.mark.parametrize(
    ("persons", "sensitive", "ordinary"),
    [
        (span(100), span(40), span(60)),
        (span(90, 100), span(30, 40), span(50, 70)),
        (span(5, 10), span(8, 10), span(0, 2)),
        (span(0), span(0), span(0)),
    ],
)
def test_ordinary_is_what_is_left(persons, sensitive, ordinary):
    assert ordinary_of(persons, sensitive) == ordinary


def test_ordinary_without_an_upper_end():
    endless = span(5).model_copy(update={"hi": None})
    assert ordinary_of(endless, span(2)).hi is None
    assert ordinary_of(span(5), endless).lo == 0


def test_flow_facts_win_over_the_count():
    employee, child = people_of(hr_inventory(), hr_decisions().original)
    assert employee.ordinary == span(0, 6)
    assert employee.persons == span(3_000, 3_004)
    assert (child.under14, child.counted) == (span(1_652, 1_668), True)


def test_a_flow_that_no_longer_leaves_is_not_listed():
    assert [one.id for one in people_of(hr_inventory(), hr_decisions().treated)] == ["employee"]


def test_without_a_decision_subjects_stand_for_flows():
    rows = people_of(hr_case().inventory, None)
    assert [(one.id, one.counted) for one in rows] == [("employee", None), ("child", None)]


def test_range_fact_reads_numbers_only():
    facts = hr_decisions().original.facts.model_copy(
        update={"facts": (declared("year.a", 7), declared("year.b", span(1, 2)), declared("year.c", True))}
    )
    assert range_fact(facts, "year.a") == span(7)
    assert range_fact(facts, "year.b") == span(1, 2)
    assert range_fact(facts, "year.c") is None
    assert range_fact(facts, "year.d") is None
