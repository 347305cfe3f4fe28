from __future__ import annotations

import pytest

from kouan.dossier.tracing import deciders, traces
from kouan.model.decision import TraceNode, Truth
from tests.documents import hr_case
from tests.documents_parts import FALSE, TRUE, UNKNOWN, atom, every, one_of, text


def a(name: str, truth: Truth) -> TraceNode:
    return atom(name, truth, text(name, name))


def no(child: TraceNode, truth: Truth) -> TraceNode:
    return TraceNode(op="not", truth=truth, text=text("非", "not"), children=(child,))


@pytest.mark.parametrize(
    ("node", "names"),
    [
        (a("x", TRUE), ["x"]),
        (every(FALSE, a("x", TRUE), a("y", FALSE)), ["y"]),
        (every(TRUE, a("x", TRUE), a("y", TRUE)), ["x", "y"]),
        (every(UNKNOWN, a("x", TRUE), a("y", UNKNOWN)), ["y"]),
        (one_of(TRUE, a("x", FALSE), a("y", TRUE)), ["y"]),
        (one_of(FALSE, a("x", FALSE), a("y", FALSE)), ["x", "y"]),
        (no(a("x", FALSE), TRUE), ["x"]),
        (every(TRUE, no(one_of(FALSE, a("x", FALSE), a("y", FALSE)), TRUE), a("z", TRUE)), ["x", "y", "z"]),
        (every(FALSE, a("x", FALSE), one_of(FALSE, a("x", FALSE))), ["x"]),
    ],
)
def test_deciders(node, names):
    assert [one.fact for one in deciders(node)] == names


def test_governing_decision_comes_first_and_rules_that_hold_lead():
    found = traces(hr_case().decisions)
    assert [one.key for one in found] == ["treated", "as_is"]
    child = found[1].flows[1]
    assert [rule.rule.truth for rule in child.rules] == [TRUE, FALSE, FALSE]


def test_no_decision_no_trace():
    assert traces(None) == ()
