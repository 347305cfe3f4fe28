"""Release: a lawful pathway is chosen, every condition of it is attested, and the right persons are counted."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.clearance.attesting import attest, conditions_for
from kouan.clearance.counting import Counted, counted
from kouan.clearance.release import _choose, release
from kouan.clearance.settings import Settings
from kouan.model.decision import Condition, ConditionKind, Decision, FlowDecision, Outcome, Pathway, SourceRef
from kouan.model.errors import Exit, KouanError
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from tests.declarations import DAY

CONTRACT = (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION)
LAW = SourceRef(instrument="O16", title=same("order 16"), article="8", confidence="H")


def _condition(name, *pathways):
    return Condition(
        id=name, kind=ConditionKind.STATEMENT, label=same(name), ask=same(name), pathways=pathways, source=LAW
    )


def _flow(flow_id, counts, ordinary, sensitive):
    spans = {"ordinary": ordinary, "sensitive": sensitive}
    facts = tuple(
        Fact(name=f"flow.{kind}_persons", value=Range(lo=span[0], hi=span[1]), source=FactSource.OBSERVED)
        for kind, span in spans.items()
    )
    decided = FlowDecision(id=flow_id, label=same(flow_id), subjects=(), possible=(), counted=counts)
    return decided, FlowFacts(id=flow_id, label=same(flow_id), facts=facts)


def _decision(*outcomes, conditions=(), flows=()):
    flows = flows or [_flow("a", True, (1, 1), (0, 0))]
    return Decision(
        as_of=DAY,
        packs=(),
        facts=FactSet(as_of=DAY, facts=(), flows=tuple(facts for _, facts in flows)),
        flows=tuple(decided for decided, _ in flows),
        possible=tuple(Outcome(options=options, reason=same("r")) for options in outcomes),
        conditions=conditions,
    )


def test_conditions_bind_by_pathway():
    conditions = (
        _condition("notice"),
        _condition("contract", Pathway.STANDARD_CONTRACT),
        _condition("certificate", Pathway.CERTIFICATION),
        _condition("impact", *CONTRACT),
    )
    decision = _decision(CONTRACT, conditions=conditions)
    chosen = conditions_for(decision, (Pathway.STANDARD_CONTRACT,))
    assert [condition.id for condition in chosen] == ["notice", "contract", "impact"]
    assert [condition.id for condition in conditions_for(decision, (Pathway.EXEMPT,))] == ["notice"]


@pytest.mark.parametrize(
    ("outcomes", "asked", "chosen"),
    [
        ([(Pathway.EXEMPT,)], None, (Pathway.EXEMPT,)),
        ([(Pathway.EXEMPT,)], Pathway.EXEMPT, (Pathway.EXEMPT,)),
        ([CONTRACT], Pathway.CERTIFICATION, (Pathway.CERTIFICATION,)),
    ],
)
def test_choice(tmp_path, outcomes, asked, chosen):
    assert _choose(_decision(*outcomes), asked, tmp_path) == chosen


def test_a_later_batch_goes_the_way_of_the_first_while_that_is_lawful(tmp_path):
    first = (Pathway.CERTIFICATION,)
    assert _choose(_decision(CONTRACT), None, tmp_path, first=first) == first
    asked = Pathway.STANDARD_CONTRACT
    assert _choose(_decision(CONTRACT), asked, tmp_path, first=first) == (asked,)
    with pytest.raises(KouanError, match="K-CLR-025"):
        _choose(_decision(CONTRACT), None, tmp_path, first=(Pathway.SECURITY_ASSESSMENT,))


@pytest.mark.parametrize(
    ("outcomes", "asked", "code", "status"),
    [
        ([CONTRACT], None, "K-CLR-025", Exit.USAGE),
        ([CONTRACT], Pathway.EXEMPT, "K-CLR-025", Exit.USAGE),
        ([(Pathway.SECURITY_ASSESSMENT,)], Pathway.EXEMPT, "K-CLR-025", Exit.USAGE),
        ([(Pathway.EXEMPT,), CONTRACT], Pathway.EXEMPT, "K-CLR-023", Exit.UNDETERMINED),
        ([(Pathway.PROHIBITED,)], Pathway.PROHIBITED, "K-CLR-024", Exit.PROHIBITED),
        ([(Pathway.PROHIBITED,)], None, "K-CLR-024", Exit.PROHIBITED),
    ],
)
def test_no_choice(tmp_path, outcomes, asked, code, status):
    with pytest.raises(KouanError) as caught:
        _choose(_decision(*outcomes), asked, tmp_path)
    assert (caught.value.code, caught.value.status) == (code, status)


def test_a_named_person_attests_every_condition():
    conditions = (_condition("notice"), _condition("contract"))
    done = attest(conditions, {"contract": "HT-7", "notice": "2026-11-01"}, by="Li", today=dt.date(2026, 11, 22))
    assert [(one.condition, one.value, one.by, one.on.isoformat()) for one in done] == [
        ("notice", "2026-11-01", "Li", "2026-11-22"),
        ("contract", "HT-7", "Li", "2026-11-22"),
    ]
    assert attest((), {}, by="", today=dt.date(2026, 11, 22)) == ()


@pytest.mark.parametrize(
    ("attested", "by", "code", "named"),
    [
        ({"notice": "x"}, "Li", "K-CLR-021", "contract"),
        ({"notice": "x", "contract": "  "}, "Li", "K-CLR-021", "contract"),
        ({"notice": "x", "contract": "x"}, " ", "K-CLR-021", "notice, contract"),
        ({"notice": "x", "contract": "x", "contrcat": "x"}, "Li", "K-CLR-022", "(contract?)"),
        ({"consent": "x"}, "Li", "K-CLR-022", "consent"),
    ],
)
def test_attestations_that_do_not_do(attested, by, code, named):
    with pytest.raises(KouanError) as caught:
        attest((_condition("notice"), _condition("contract")), attested, by=by, today=dt.date(2026, 11, 22))
    assert caught.value.code == code
    assert named in caught.value.what.zh
    assert named in caught.value.what.en


def test_exempt_flows_are_not_counted_and_doubtful_ones_only_widen():
    flows = [
        _flow("counted", True, (10, 12), (1, 2)),
        _flow("exempt", False, (1_000, 1_000), (1_000, 1_000)),
        _flow("open", None, (5, 6), (3, 4)),
    ]
    assert counted(_decision((Pathway.EXEMPT,), flows=flows)) == Counted(Range(lo=10, hi=18), Range(lo=1, hi=6))


def test_a_flow_without_a_known_end_has_none_whencounted_persons():
    flows = [_flow("counted", True, (10, None), (0, 0))]
    assert counted(_decision((Pathway.EXEMPT,), flows=flows)) == Counted(Range(lo=10, hi=None), Range(lo=0, hi=0))


def test_a_folder_that_is_no_clearance_releases_nothing(tmp_path):
    settings = Settings(home=tmp_path / "home", lang="zh", threads=1, as_of=DAY)
    folder = tmp_path / "x"
    folder.mkdir()
    with pytest.raises(KouanError) as caught:
        release(folder, settings=settings, pathway=None, attested={}, by="")
    assert caught.value.code == "K-CLR-020"
    (folder / "released").mkdir()
    with pytest.raises(KouanError) as caught:
        release(folder, settings=settings, pathway=None, attested={}, by="")
    assert caught.value.code == "K-CLR-026"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
