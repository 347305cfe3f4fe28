"""Facts from declaration, inventory and meter: one flow per subject, unknown stays unknown, the heavier number wins."""

from __future__ import annotations

import pytest

from kouan.clearance.facts import build_facts, with_counters
from kouan.law import decide
from kouan.meter.ledger import YearCount
from kouan.model.attestation import Attestation
from kouan.model.declaration import Basis, Party, PartyRole, YearToDate
from kouan.model.facts import FactSource, Range
from kouan.model.inventory import Candidate, PersonCount, SourceReport
from kouan.model.necessity import ItemStanding
from kouan.model.text import same
from kouan.packs import builtin_root, load_packs
from tests.declarations import DAY, declaration
from tests.inventories import inventory, item
from tests.necessities import necessity

STAFF, NAME, CHILD, SITE = "hr.csv!hr#staff_no", "hr.csv!hr#name", "hr.csv!hr#child", "hr.csv!hr#site"


def _count(subject, persons, sensitive=(0, 0), under14=(0, 0)):
    spans = [Range(lo=lo, hi=hi) for lo, hi in (persons, sensitive, under14)]
    return PersonCount(
        subject=subject, persons=spans[0], sensitive=spans[1], under14=spans[2], keys=(), method=same("test")
    )


def _inventory():
    return inventory(
        item(STAFF, subject="employee"),
        item(NAME, subject="employee"),
        item(CHILD, subject="child"),
        item(SITE, personal=False),
        persons=[_count("employee", (90, 100), (10, 20)), _count("child", (30, 40), (30, 40), (30, 40))],
    )


def _declared(**changes):
    return declaration({"hr.csv": None}).model_copy(update=changes)


def _facts(declared=None, found=None, metered=None):
    released = None if metered is None else metered if isinstance(metered, tuple) else (metered,)
    return build_facts(declared or _declared(), found or _inventory(), metered=released, as_of=DAY)


def _common(facts):
    return {fact.name: fact for fact in facts.facts}


def _flow(facts, flow_id):
    (flow,) = [flow for flow in facts.flows if flow.id == flow_id]
    return {fact.name: fact.value for fact in flow.facts}


def _parties(*exporters, countries=("DE",)):
    abroad = [Party(role=PartyRole.RECIPIENT, name=f"R {country}", country=country) for country in countries]
    return tuple(Party(role=PartyRole.EXPORTER, **{"name": "甲", **words}) for words in exporters) + tuple(abroad)


def test_every_subject_is_a_flow_of_its_own():
    facts = _facts()
    assert [(flow.id, flow.subjects, flow.items) for flow in facts.flows] == [
        ("employee", ("employee",), (STAFF, NAME)),
        ("child", ("child",), (CHILD,)),
    ]
    assert _flow(facts, "employee")["flow.employee"] is True
    assert _flow(facts, "child")["flow.employee"] is False
    assert _flow(facts, "child")["flow.under14_persons"] == Range(lo=30, hi=40)
    assert facts.flows[0].label.zh == "员工"


def test_a_role_nobody_foresaw_keeps_its_own_name():
    facts = _facts(found=inventory(item(NAME, subject="牧师"), persons=[_count("牧师", (1, 1))]))
    assert facts.flows[0].label == same("牧师")


@pytest.mark.parametrize(
    ("persons", "sensitive", "ordinary"),
    [
        ((90, 100), (10, 20), (70, 90)),
        ((100, 100), (100, 100), (0, 0)),
        ((5, 9), (8, 9), (0, 1)),
        ((90, None), (10, 20), (70, None)),
        ((90, 100), (10, None), (0, 90)),
    ],
)
def test_ordinary_persons_are_the_others_whatever_the_ranges_hide(persons, sensitive, ordinary):
    facts = _facts(found=inventory(item(NAME, subject="member"), persons=[_count("member", persons, sensitive)]))
    assert _flow(facts, "member")["flow.ordinary_persons"] == Range(lo=ordinary[0], hi=ordinary[1])


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [((True, None, False), True), ((None, False), None), ((False, False), False), ((), False)],
)
def test_personal_follows_kleene_logic(verdicts, expected):
    items = [item(f"a.csv!a#{number}", subject="member", personal=value) for number, value in enumerate(verdicts)]
    facts = _facts(found=inventory(*items, persons=[_count("member", (1, 2))]))
    assert _flow(facts, "member")["flow.personal"] is expected


def test_data_of_no_subject_are_a_flow_whose_persons_nobody_counted():
    odd = "hr.csv!hr#remark"
    facts = _facts(found=inventory(item(STAFF, subject="employee"), item(odd), persons=[_count("employee", (1, 1))]))
    flow = _flow(facts, "data")
    assert facts.flows[-1].items == (odd,)
    assert flow["flow.personal"] is True
    assert flow["flow.employee"] is False
    assert {flow[f"flow.{kind}persons"] for kind in ("", "ordinary_", "sensitive_", "under14_")} == {
        Range(lo=0, hi=None)
    }


def test_an_item_of_a_subject_without_persons_is_not_lost():
    facts = _facts(found=inventory(item(CHILD, subject="child"), item(STAFF, subject="employee")))
    assert [(flow.id, flow.items) for flow in facts.flows] == [("data", (CHILD, STAFF))]


def test_business_data_alone_concern_nobody():
    flow = _flow(_facts(found=inventory(item(SITE, personal=False))), "data")
    assert flow["flow.personal"] is False
    assert flow["flow.persons"] == Range(lo=0, hi=0)


def test_data_nobody_could_judge_stay_unknown():
    flow = _flow(_facts(found=inventory(item(SITE, personal=None))), "data")
    assert flow["flow.personal"] is None
    assert flow["flow.persons"] == Range(lo=0, hi=None)


@pytest.mark.parametrize(
    ("known", "expected"),
    [((None,), None), ((False,), False), ((False, None), None), ((True, None), True), ((False, False), False)],
)
def test_one_operator_of_critical_infrastructure_is_enough_and_silence_is_not_no(known, expected):
    facts = _facts(_declared(parties=_parties(*({"ciio": value} for value in known))))
    assert _common(facts)["exporter.ciio"].value is expected


def test_without_a_zone_the_exporter_is_in_none():
    common = _common(_facts())
    assert common["list.in_zone"].value is False
    assert "exporter.zone" not in common


def test_with_a_zone_the_list_is_a_question_of_its_own():
    common = _common(_facts(_declared(parties=_parties({"zone": "cn-beijing/daxing"}))))
    assert common["exporter.zone"].value == "cn-beijing/daxing"
    assert "list.in_zone" not in common


@pytest.mark.parametrize("said", [True, None])
def test_what_is_said_of_the_list_stands_beside_no_zone(said):
    facts = _facts(_declared(facts={"list.in_zone": said}))
    assert [fact.value for fact in facts.facts if fact.name == "list.in_zone"] == [said]


def test_facts_not_stated_are_absent_and_unknown_ones_stay_unknown():
    common = _common(_facts(_declared(facts={"hr.necessary": None, "data.important": False})))
    assert common["hr.necessary"].value is None
    assert common["data.important"].value is False
    assert "hr.labour_rules" not in common
    assert not [name for name in common if name.startswith("basis.")]


def test_a_declared_basis_denies_the_others():
    common = _common(_facts(_declared(basis=(Basis.CONSENT, Basis.HR))))
    stated = {name for name, fact in common.items() if name.startswith("basis.") and fact.value is True}
    assert stated == {"basis.consent", "basis.hr"}
    assert common["basis.contract"].value is False


def test_countries_of_all_recipients_sorted_and_once():
    onward = Party(role=PartyRole.ONWARD_RECIPIENT, name="O", country="AT")
    facts = _facts(_declared(parties=(*_parties({}, countries=("US", "DE", "US")), onward)))
    assert _common(facts)["recipient.countries"].value == ("AT", "DE", "US")


def test_what_was_metered_beats_a_lighter_declared_number_and_the_conflict_is_listed():
    counted = YearToDate(ordinary=1_000, sensitive=50, as_of=DAY)
    metered = YearCount(ordinary=Range(lo=1_500, hi=2_000), sensitive=Range(lo=20, hi=60))
    facts = _facts(_declared(year_to_date=counted), metered=metered)
    common = _common(facts)
    assert common["year_before.ordinary_persons"].value == Range(lo=1_500, hi=2_000)
    assert common["year_before.ordinary_persons"].source is FactSource.METERED
    assert common["year_before.sensitive_persons"].value == Range(lo=50, hi=50)
    (conflict,) = facts.conflicts
    assert conflict.kept == common["year_before.ordinary_persons"]
    assert conflict.dropped.value == Range(lo=1_000, hi=1_000)


@pytest.mark.parametrize("counted", [None, YearToDate(as_of=DAY)])
def test_a_count_nobody_declared_is_unknown(counted):
    facts = _facts(_declared(year_to_date=counted))
    assert _common(facts)["year_before.ordinary_persons"].value is None
    assert not facts.conflicts


def test_what_left_after_the_declared_count_is_added_to_it():
    counted = YearToDate(ordinary=60_000, sensitive=0, as_of=DAY)
    later = YearCount(ordinary=Range(lo=50_000, hi=50_000), sensitive=Range(lo=0, hi=0))
    metered = YearCount(ordinary=Range(lo=50_000, hi=70_000), sensitive=Range(lo=0, hi=0), later=later)
    facts = _common(_facts(_declared(year_to_date=counted), metered=metered))
    assert facts["year_before.ordinary_persons"].value == Range(lo=60_000, hi=110_000)
    assert facts["year_before.ordinary_persons"].source is FactSource.METERED
    assert facts["year_before.sensitive_persons"].source is FactSource.DECLARED


def test_what_was_metered_bounds_an_undeclared_count_from_below():
    metered = YearCount(ordinary=Range(lo=1_500, hi=2_000), sensitive=Range(lo=0, hi=0))
    facts = _facts(metered=metered)
    assert _common(facts)["year_before.ordinary_persons"].value == Range(lo=1_500, hi=None)
    assert _common(facts)["year_before.ordinary_persons"].source is FactSource.METERED
    assert not facts.conflicts


def test_every_fact_stands_in_the_vocabulary():
    known = load_packs(builtin_root()).facts
    declared = _declared(
        parties=_parties({"zone": "cn-beijing/daxing"}), basis=(Basis.HR,), facts={"hr.necessary": True}
    )
    facts = _facts(declared)
    names = [fact.name for fact in (*facts.facts, *(one for flow in facts.flows for one in flow.facts))]
    assert not [name for name in names if name not in known]
    assert len({fact.name for fact in facts.facts}) == len(facts.facts)


def _report(*, complete):
    return SourceReport(
        path="hr.csv", format="folder", bytes=1, sha256="sha256:" + "0" * 64, entities=(), complete=complete
    )


def _partly(found):
    return found.model_copy(update={"sources": (_report(complete=True), _report(complete=False))})


def test_what_could_not_be_read_is_a_flow_of_which_nothing_is_known():
    whole, partly = _inventory(), _partly(_inventory())
    assert _facts(found=whole.model_copy(update={"sources": (_report(complete=True),)})).flows == _facts().flows
    flows = _facts(found=partly).flows
    assert [flow.id for flow in flows] == ["employee", "child", "unread"]
    unread = _flow(_facts(found=partly), "unread")
    assert {name for name, value in unread.items() if value is None} == {
        "flow.personal",
        "flow.genetic",
        "flow.employee",
        "flow.treated_from_personal",
    }
    assert {value for value in unread.values() if value is not None} == {Range(lo=0, hi=None)}


def test_treatment_does_not_make_what_was_not_read_go_away():
    facts = build_facts(_declared(), _inventory(), metered=None, as_of=DAY, original=_partly(_inventory()))
    assert facts.flows[-1].id == "unread"


_HR = {
    "data.important": False,
    "hr.cross_border_management": True,
    "hr.labour_rules": True,
    "hr.collective_contract": True,
    "hr.necessary": True,
}


def _possible(decision):
    return {option for outcome in decision.possible for option in outcome.options}


@pytest.mark.parametrize("facts", [{"data.important": False}, _HR])
@pytest.mark.parametrize(
    "persons", [(("member", 50, 0),), (("member", 200_000, 0),), (("member", 9, 0), ("patient", 20_000, 20_000))]
)
def test_an_incomplete_source_never_has_a_lighter_pathway(facts, persons):
    """Whatever the unread part holds of the whole: all pathways of the whole stay possible."""
    packs = load_packs(builtin_root())
    declared = _declared(facts=facts, year_to_date=YearToDate(ordinary=0, sensitive=0, as_of=DAY))
    items = [item(f"hr.csv!hr#{subject}", subject=subject) for subject, *_ in persons]
    counts = [_count(subject, (all_, all_), (some, some)) for subject, all_, some in persons]
    whole = decide(_facts(declared, inventory(*items, persons=counts)), packs)
    for kept in range(len(persons) + 1):
        found = _partly(inventory(*items[:kept], persons=counts[:kept]))
        partly = decide(_facts(declared, found), packs)
        assert not partly.determined
        assert _possible(whole) <= _possible(partly)


def _counted(number):
    return YearToDate(ordinary=number, sensitive=number, as_of=DAY)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (_counted(5), _counted(9), Range(lo=9, hi=9)),
        (_counted(9), _counted(5), Range(lo=9, hi=9)),
        (_counted(5), None, Range(lo=5, hi=None)),
        (None, _counted(5), Range(lo=5, hi=None)),
    ],
)
def test_of_several_exporters_the_largest_count_governs_and_silence_is_open(first, second, expected):
    parties = _parties({"name": "甲"}, {"name": "乙", "year_to_date": second})
    facts = _common(_facts(_declared(parties=parties, year_to_date=first)))
    assert facts["year_before.ordinary_persons"].value == expected
    assert facts["exporter.several"].value is True


def _released(number):
    none = Range(lo=0, hi=0)
    return YearCount(ordinary=Range(lo=number, hi=number), sensitive=none)


@pytest.mark.parametrize(
    ("metered", "expected", "source"),
    [
        ((None, None), Range(lo=5, hi=5), FactSource.DECLARED),
        ((_released(7), None), Range(lo=7, hi=7), FactSource.METERED),
        ((None, _released(7)), Range(lo=7, hi=7), FactSource.METERED),
        ((_released(7), _released(9)), Range(lo=9, hi=9), FactSource.METERED),
        ((None, _released(3)), Range(lo=5, hi=5), FactSource.DECLARED),
    ],
)
def test_what_any_of_several_exporters_released_counts_for_it(metered, expected, source):
    parties = _parties({"name": "甲"}, {"name": "乙", "year_to_date": _counted(4)})
    fact = _common(_facts(_declared(parties=parties, year_to_date=_counted(5)), metered=metered))[
        "year_before.ordinary_persons"
    ]
    assert (fact.value, fact.source) == (expected, source)


@pytest.mark.parametrize("number", [0, 50_000, 99_999, 100_000, 999_999, 1_000_000])
def test_several_exporters_come_to_the_heaviest_of_each(number):
    packs = load_packs(builtin_root())

    def heaviest(parties, counted):
        outcomes = decide(_facts(_declared(parties=parties, year_to_date=counted)), packs).possible
        return outcomes[0].weight, outcomes[-1].weight

    together = heaviest(_parties({"name": "甲"}, {"name": "乙", "year_to_date": _counted(number)}), _counted(10))
    alone = [heaviest(_parties({"name": "甲"}), _counted(10)), heaviest(_parties({"name": "乙"}), _counted(number))]
    assert together == (max(lo for lo, _ in alone), max(hi for _, hi in alone))


@pytest.mark.parametrize(
    ("zones", "named"),
    [
        (("cn-beijing/daxing", "cn-beijing/daxing"), "cn-beijing/daxing"),
        (("cn-beijing/daxing", "cn-shanghai"), None),
        (("cn-beijing/daxing", None), None),
    ],
)
def test_several_exporters_are_in_a_zone_only_together(zones, named):
    facts = _common(_facts(_declared(parties=_parties(*[{"zone": zone} for zone in zones]))))
    assert (facts["exporter.zone"].value if "exporter.zone" in facts else None) == named
    assert ("list.in_zone" in facts) is (None in zones)


def test_processors_and_onward_recipients_are_facts():
    plain = _common(_facts())
    assert plain["transfer.entrusted_processor"].value is plain["transfer.onward"].value is False
    more = (
        Party(role=PartyRole.PROCESSOR, name="丙"),
        Party(role=PartyRole.ONWARD_RECIPIENT, name="O", country="SG"),
    )
    facts = _common(_facts(_declared(parties=(*_parties({"name": "甲"}), *more))))
    assert facts["transfer.entrusted_processor"].value is facts["transfer.onward"].value is True
    assert facts["recipient.onward_countries"].value == ("SG",)
    assert facts["recipient.countries"].value == ("DE", "SG")


def test_attestations_are_passed_on_with_the_parties_they_must_cover():
    parties = (*_parties({"name": "甲", "uscc": "91X"}), Party(role=PartyRole.PROCESSOR, name="丙"))
    one = Attestation(kind="certificate", number="1", issuer="机构", valid_from=DAY)
    facts = _facts(_declared(parties=parties, attestations=(one,), attestations_complete=True))
    assert facts.attestations == (one,)
    assert facts.attestations_complete is True
    assert [(party.role, party.names) for party in facts.parties] == [
        ("exporter", ("甲", "91X")),
        ("recipient", ("R DE",)),
    ]


@pytest.mark.parametrize(
    ("countries", "hong_kong", "macao"),
    [(("HK",), True, False), (("MO", "MO"), False, True), (("HK", "MO"), False, False), (("HK", "SG"), False, False)],
)
def test_recipients_in_one_region_of_the_bay_area(countries, hong_kong, macao):
    common = _common(_facts(_declared(parties=_parties({}, countries=countries))))
    assert common["recipient.hong_kong_only"].value is hong_kong
    assert common["recipient.macao_only"].value is macao


def test_a_claim_that_nobody_makes_is_no_fact_of_the_transfer():
    packs = load_packs()
    claims = {fact.name for fact in packs.facts.values() if fact.claim}
    assert {"transfer.for_foreign_authority", "recipient.restricted", "exporter.gba_city"} <= claims
    assert not claims & set(_common(_facts()))


@pytest.mark.parametrize("name", ["hr.necessary", "transfer.contract_necessary"])
@pytest.mark.parametrize(
    ("standing", "leaves", "value"),
    [
        (ItemStanding.UNJUSTIFIED, True, False),
        (ItemStanding.UNKNOWN, True, None),
        (ItemStanding.UNJUSTIFIED, False, True),
        (ItemStanding.NEEDED_IF, True, True),
        (ItemStanding.JUSTIFIED, True, True),
    ],
)
def test_a_declared_need_does_not_stand_against_items_that_leave_without_a_reason(name, standing, leaves, value):
    judged = necessity((item(NAME), standing), leaves=leaves)
    declared = _declared(facts={name: True, "data.important": False})
    facts = build_facts(declared, _inventory(), metered=None, as_of=DAY, necessity=judged)
    assert _common(facts)[name].value is value
    assert [(one.kept.source, one.dropped.value) for one in facts.conflicts] == (
        [] if value else [(FactSource.OBSERVED, True)]
    )
    assert with_counters(facts, declared, metered=None, as_of=DAY).conflicts == facts.conflicts
    assert _common(facts)["data.important"].source is FactSource.DECLARED


@pytest.mark.parametrize("said", [False, None])
def test_a_need_that_nobody_declares_is_left_as_it_is(said):
    judged = necessity((item(NAME), ItemStanding.UNJUSTIFIED))
    declared = _declared(facts={"hr.necessary": said})
    facts = build_facts(declared, _inventory(), metered=None, as_of=DAY, necessity=judged)
    assert (_common(facts)["hr.necessary"].value, facts.conflicts) == (said, ())


def _candidate(*, published=True):
    return Candidate(
        id="auto-charging",
        label=same("test"),
        standard=same("test"),
        article="3",
        since=DAY,
        published=published,
        items=(NAME,),
        why=same("test"),
        check=same("test"),
        confidence="M",
    )


def _important(facts, *candidates):
    found = _inventory().model_copy(update={"candidates": candidates})
    return _facts(_declared(facts=facts), found)


def test_a_published_candidate_keeps_important_data_open_though_it_is_denied() -> None:
    facts = _important({"data.important": False}, _candidate())
    assert _common(facts)["data.important"].value is None
    assert "auto-charging" in _common(facts)["data.important"].evidence
    assert [one.dropped.value for one in facts.conflicts if one.kept.name == "data.important"] == [False]


def test_a_candidate_keeps_important_data_open_where_nothing_is_said() -> None:
    facts = _important({}, _candidate())
    assert _common(facts)["data.important"].value is None
    assert facts.conflicts == ()


@pytest.mark.parametrize(
    ("said", "published", "value"),
    [
        ({"data.important": True}, True, True),
        ({"data.important": False, "data.important_checked": True}, True, False),
        ({"data.important": False, "data.important_checked": False}, True, None),
        ({"data.important": False}, False, False),
    ],
)
def test_who_checked_every_candidate_is_believed_and_a_factor_holds_nothing_open(said, published, value) -> None:
    facts = _important(said, _candidate(published=published))
    assert _common(facts)["data.important"].value is value
    assert [fact.name for fact in facts.facts].count("data.important") == 1
