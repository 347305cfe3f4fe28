"""By how little a rule is missed, and what would follow if it were not."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.law import decide
from kouan.law.changing import what_would_change
from kouan.law.misses import distance, shortfall, to_flip
from kouan.model.decision import Pathway, TraceNode
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.packs import load_packs
from tests.documents_parts import FALSE, TRUE, UNKNOWN, atom, every, one_of, text

PACKS = load_packs()


def a(name, truth):
    return atom(name, truth, text(name, name))


def no(child, truth):
    return TraceNode(op="not", truth=truth, text=text("非", "not"), children=(child,))


def two(truth, *children):
    return TraceNode(
        op="at_least", truth=truth, text=text("至少满足以下 2 项", "at least 2 of the following"), children=children
    )


@pytest.mark.parametrize(
    ("node", "names"),
    [
        (a("x", TRUE), []),
        (a("x", FALSE), ["x"]),
        (every(FALSE, a("x", TRUE), a("y", FALSE), a("z", UNKNOWN)), ["z", "y"]),
        (one_of(FALSE, every(FALSE, a("x", FALSE), a("y", FALSE)), a("z", FALSE)), ["z"]),
        (one_of(UNKNOWN, a("x", FALSE), a("y", UNKNOWN)), ["y"]),
        (no(a("x", TRUE), FALSE), ["x"]),
        (no(every(TRUE, a("x", TRUE), a("y", TRUE)), FALSE), ["x"]),
        (no(one_of(TRUE, a("x", TRUE), a("y", TRUE), a("z", FALSE)), FALSE), ["x", "y"]),
        (two(FALSE, a("x", TRUE), a("y", FALSE), a("z", FALSE)), ["y"]),
        (two(FALSE, a("x", FALSE), a("y", FALSE), a("z", UNKNOWN)), ["z", "x"]),
        (no(two(TRUE, a("x", TRUE), a("y", TRUE), a("z", TRUE)), FALSE), ["x", "y"]),
        (every(FALSE, a("x", FALSE), one_of(FALSE, a("x", FALSE))), ["x"]),
    ],
)  # fmt: skip
def test_the_fewest_atoms(node, names):
    assert [one.fact for one in to_flip(node)] == names


def test_what_is_open_is_nearer_than_what_is_known_otherwise():
    assert distance((a("x", UNKNOWN),)) < distance((a("x", FALSE),)) < distance((a("x", UNKNOWN), a("y", UNKNOWN)))


STAFF = {
    "exporter.ciio": False, "data.important": False, "transfer.collected_abroad": False, "transfer.contract_party": False,
    "transfer.emergency": False, "list.in_zone": False, "transfer.trade_activity": False,
    "hr.cross_border_management": True, "hr.labour_rules": True, "hr.collective_contract": False, "hr.necessary": True,
    "year_before.ordinary_persons": 100, "year_before.sensitive_persons": 0,
}  # fmt: skip
FLOW = {"flow.personal": True, "flow.employee": True, "flow.ordinary_persons": 0, "flow.sensitive_persons": 9_990}


def decided(**changes):
    common, flow = dict(STAFF), dict(FLOW)
    for name, value in ((name.replace("__", "."), value) for name, value in changes.items()):
        (flow if name.startswith("flow.") else common)[name] = value

    def row(values):
        return tuple(
            Fact(
                name=name,
                value=Range(lo=value, hi=value) if isinstance(value, int) and not isinstance(value, bool) else value,
                source=FactSource.DECLARED,
            )
            for name, value in values.items()
        )

    flows = (FlowFacts(id="employee", label=same("员工"), facts=row(flow)),)
    return decide(FactSet(as_of=dt.date(2026, 11, 22), facts=row(common), flows=flows), PACKS)


def told(decision):
    return [
        (one.possible[0].options[0], [(atom.fact, atom.expected) for atom in one.atoms])
        for one in what_would_change(decision, PACKS)["employee"]
    ]


def test_the_nearest_changes_come_first_and_say_where_they_lead():
    found = told(decided())
    assert (Pathway.EXEMPT, [("hr.collective_contract", "true")]) in found
    assert (Pathway.SECURITY_ASSESSMENT, [("data.important", "true")]) in found
    assert (Pathway.SECURITY_ASSESSMENT, [("year.sensitive_persons", "≥ 10000")]) in found
    assert [len(atoms) for _, atoms in found] == sorted(len(atoms) for _, atoms in found)


def test_each_change_is_what_the_law_would_decide():
    assert (Pathway.EXEMPT, [("hr.collective_contract", "true")]) in told(decided())
    assert decided(hr__collective_contract=True).flows[0].options == (Pathway.EXEMPT,)
    # Ten more persons this year would be the floor of the assessment (order 16 Art 7(1)(2)).
    assert decided(year_before__sensitive_persons=10).flows[0].options == (Pathway.SECURITY_ASSESSMENT,)


def test_a_change_that_leads_nowhere_else_is_not_told():
    assert not any(path is Pathway.SECURITY_ASSESSMENT for path, _ in told(decided(data__important=True)))


def test_a_number_just_below_its_threshold_is_the_nearest():
    assert told(decided())[0] == (Pathway.SECURITY_ASSESSMENT, [("year.sensitive_persons", "≥ 10000")])


@pytest.mark.parametrize(
    ("expected", "value", "thousandths"),
    [
        ("≥ 10000", Range(lo=9_990, hi=9_990), 1),
        ("≥ 10000", Range(lo=0, hi=5_000), 500),
        ("≤ 0", Range(lo=3, hi=3), 1_000),
        ("≥ 10000", None, None),
        ("true", False, None),
    ],
)
def test_how_far_a_number_is(expected, value, thousandths):
    assert (
        shortfall(TraceNode(op="atom", truth=FALSE, text=text("x", "x"), expected=expected, value=value)) == thousandths
    )
