"""Which honest changes a transfer is shown, and that each of them really leads to what is said."""

from __future__ import annotations

import datetime as dt
from functools import partial

from kouan.clearance.facts import build_facts
from kouan.clearance.levers import facts_after, moves_of
from kouan.law import decide
from kouan.law.whatif import what_if
from kouan.model.declaration import Basis, ListUse, Party, PartyRole, YearToDate
from kouan.model.facts import Range
from kouan.model.inventory import PersonCount
from kouan.model.text import same
from kouan.packs import load_packs
from tests.declarations import declaration
from tests.inventories import inventory, item

PACKS = load_packs()
DAY = dt.date(2026, 11, 22)
STAFF, BANK, DEPT, CHILD = (f"h.csv!h#{name}" for name in ("staff_no", "bank", "dept", "child"))
HR = {
    "data.important": False,
    "hr.cross_border_management": True,
    "hr.labour_rules": True,
    "hr.collective_contract": True,
    "hr.necessary": True,
}
NO_HR = {**HR, "hr.cross_border_management": False}


def count(subject, persons, sensitive=0, under14=0):
    spans = [Range(lo=number, hi=number) for number in (persons, sensitive, under14)]
    return PersonCount(
        subject=subject, persons=spans[0], sensitive=spans[1], under14=spans[2], keys=(), method=same("test")
    )


def search(facts, *persons, before=(0, 0), ciio=False, packs=PACKS, spare=(), basis=(), adopted=None):
    declared = declaration({"h.csv": None}).model_copy(
        update={
            "facts": facts,
            "basis": basis,
            "year_to_date": before and YearToDate(ordinary=before[0], sensitive=before[1], as_of=DAY),
            "parties": (
                Party(role=PartyRole.EXPORTER, name="甲", ciio=ciio),
                Party(role=PartyRole.RECIPIENT, name="B", country="DE"),
            ),
        }
    )
    items = [
        item(STAFF, meaning="work_id", role="direct_identifier", subject="employee", cells=100),
        item(DEPT, meaning="department", role="quasi_identifier", subject="employee", cells=100),
        item(BANK, meaning="cn.bankcard", role="direct_identifier", subject="employee", sensitive=True, cells=100),
    ]
    if any(one.subject == "child" for one in persons):
        items.append(item(CHILD, meaning="name", role="direct_identifier", subject="child", cells=100))
    found = inventory(*items, persons=persons)
    given = {"metered": None, "as_of": DAY}
    now = build_facts(declared, found, **given)
    after = partial(facts_after, declaration=declared, inventory=found, packs=packs, **given)
    return what_if(
        now,
        moves_of(declared, found, now, packs, spare=spare),
        apply=after,
        decide=lambda one: decide(one, packs, adopted=adopted),
        vocabulary=packs.facts,
    )


def told(found):
    return [
        ([path.value for path in one.possible[-1].options], [lever.id for lever in one.levers])
        for one in found.alternatives
    ]


def test_dropping_the_sensitive_item_or_waiting_is_shown_where_the_counter_is_full():
    found = search(NO_HR, count("employee", 500, 500), before=(0, 9_800))
    assert [path.value for path in found.possible[-1].options] == ["security_assessment"]
    assert told(found) == [
        (["exempt"], [f"drop:{BANK}"]),
        (["standard_contract", "certification"], ["wait:2027-01-01"]),
    ]
    drop, wait = found.alternatives
    assert (drop.cost.items, wait.cost.days, wait.as_of) == (1, 40, dt.date(2027, 1, 1))
    assert {change.fact for change in wait.facts} == {"year_before.sensitive_persons"}
    assert [path.value for path in drop.gone] == ["security_assessment"]
    assert "第四条第三款" not in drop.levers[0].honest.zh


def test_a_missing_collective_contract_is_to_be_concluded_and_not_to_be_declared():
    found = search({**HR, "hr.collective_contract": False}, count("employee", 500, 500))
    made = next(one for one in found.alternatives if one.levers[0].id == "make-true:hr.collective_contract")
    assert [path.value for path in made.possible[-1].options] == ["exempt"]
    assert made.cost.acts == 1
    assert "只在填报中改写不算" in made.levers[0].honest.zh
    # Order 16 Art 5(1)(2) is the ground; the other reading of it (rules or contract) is never what a result rests on.
    assert {source.confidence for source in made.possible[-1].sources} <= {"H", "M"}


def test_facts_that_are_plainly_so_are_never_turned_round():
    found = search(
        {**NO_HR, "transfer.emergency": False, "data.important": True}, count("employee", 500, 500), ciio=True
    )
    assert found.alternatives == ()
    assert found.complete
    touched = {lever.target for lever in found.levers}
    assert not touched & {
        "exporter.ciio",
        "data.important",
        "transfer.emergency",
        "hr.cross_border_management",
        "list.in_zone",
    }


def test_children_are_kept_out_and_a_whole_transfer_never_is():
    found = search(HR, count("employee", 500, 500), count("child", 40, 40, 40))
    assert told(found) == [(["exempt"], ["keep-out:child:all"])]
    assert found.alternatives[0].cost.persons == Range(lo=40, hi=40)
    assert "第四条第三款" in found.alternatives[0].levers[0].honest.zh
    alone = search(NO_HR, count("employee", 500, 500, 500))
    assert not any(lever.id.endswith(":all") for lever in alone.levers)


def test_numbers_are_not_split():
    # 100,000 ordinary persons: one fewer would be exempt, and no lever offers to send one fewer.
    found = search(NO_HR, count("employee", 100_000))
    assert [path.value for path in found.possible[-1].options] == ["standard_contract", "certification"]
    assert found.alternatives == ()


def test_a_fact_that_is_open_is_asked_before_anything_is_changed():
    found = search({**HR, "hr.necessary": None}, count("employee", 500, 500))
    assert "hr.necessary" in {question.fact for question in found.questions}
    assert "make-true:hr.necessary" in {lever.id for one in found.alternatives for lever in one.levers}


def test_nothing_helps_what_is_lightest_already():
    found = search(HR, count("employee", 500, 500))
    assert [path.value for path in found.possible[-1].options] == ["exempt"]
    assert found.alternatives == ()


def test_an_unknown_counter_is_reset_on_the_first_of_january_too():
    found = search(NO_HR, count("employee", 500, 500), before=None)
    assert ["wait:2027-01-01"] in [ids for _, ids in told(found)]


def test_what_the_purpose_does_not_need_costs_nothing():
    both = (count("employee", 500, 500), count("child", 40, 40, 40))
    found = search(NO_HR, *both, spare={CHILD, BANK})
    (one,) = found.alternatives
    assert [lever.id for lever in one.levers] == [f"drop:{BANK}", "keep-out:child:all"]
    assert (one.cost.items, one.cost.spare, one.cost.persons) == (0, 2, Range(lo=0, hi=0))
    dear = search(NO_HR, *both).alternatives
    assert min(other.cost.items for other in dear) >= 1


def test_what_is_only_a_reading_is_not_recommended_unless_it_was_adopted():
    # Regulation 790 Art 35 item 6: whether a statutory duty frees an export from order 16 is an open point (a7).
    needed = "make-true:transfer.legal_duty_necessary"
    asked = (NO_HR, count("employee", 500, 500))
    found = search(*asked, basis=(Basis.LEGAL_DUTY,))
    assert needed in {lever.id for lever in found.levers}
    assert not any(needed in ids for _, ids in told(found))
    adopted = search(*asked, basis=(Basis.LEGAL_DUTY,), adopted={"a7": "exempt"})
    assert (["exempt"], [needed]) in told(adopted)
    shown = next(one for one in adopted.alternatives if one.levers[0].id == needed)
    assert [point.id for point in shown.open_points] == ["a7"]


def listed(number, *, zone="cn-shanghai/lingang", use=None):
    """Members of a shop, with their names and telephones."""
    day = dt.date(2026, 3, 2)
    declared = declaration({"m.csv": None}).model_copy(
        update={
            "facts": NO_HR,
            "list": use,
            "year_to_date": YearToDate(ordinary=0, sensitive=0, as_of=day),
            "parties": (
                Party(role=PartyRole.EXPORTER, name="甲", ciio=False, zone=zone),
                Party(role=PartyRole.RECIPIENT, name="B", country="DE"),
            ),
        }
    )
    items = [item(f"m.csv!m#{name}", meaning=name, subject="member", cells=number) for name in ("name", "cn.mobile")]
    found = inventory(*items, persons=[count("member", number)])
    now = build_facts(declared, found, metered=None, as_of=day, packs=PACKS)
    after = partial(facts_after, declaration=declared, inventory=found, packs=PACKS, metered=None, as_of=day)
    return what_if(
        now,
        moves_of(declared, found, now, PACKS),
        apply=after,
        decide=lambda one: decide(one, PACKS),
        vocabulary=PACKS.facts,
    )


def test_the_list_of_the_exporters_zone_is_shown_where_its_scenario_is_lighter():
    national = listed(150_000, use=ListUse(used="none"))
    assert [path.value for path in national.possible[-1].options] == ["standard_contract", "certification"]
    found = listed(150_000)
    (one,) = (
        other for other in found.alternatives if other.levers[0].id == "use-list:shanghai-2024:commerce:membership"
    )
    assert [path.value for path in one.possible[-1].options] == ["exempt"]
    assert one.flows[0].basis == "list:shanghai-2024"
    assert "不得为适用而改写行业或者场景" in one.levers[0].honest.zh


def test_a_list_of_another_place_or_beside_a_chosen_one_is_never_offered():
    for found in (listed(150_000, zone="cn-beijing/daxing"), listed(150_000, zone="none")):
        assert not any("shanghai" in lever.id for lever in found.levers)
    chosen = listed(150_000, use=ListUse(used="none"))
    assert not any(lever.id.startswith("use-list") for lever in chosen.levers)
