"""What the first plan intends for each kind of item."""

from __future__ import annotations

import pytest

from kouan.deidentify import check_plan, make_plan, reasons
from kouan.model.declaration import ReleaseMode
from kouan.model.errors import KouanError
from kouan.model.necessity import ItemStanding
from kouan.model.plan import Action
from kouan.packs import load_sectors
from tests.declarations import decision, declaration
from tests.inventories import inventory, item
from tests.necessities import necessity


def intent(one, *, needed=None, mode=ReleaseMode.CONTROLLED):
    """Return (action, params, English reason) for an item called `x`."""
    plan = make_plan(inventory(one), decision(), declaration({"a.csv": needed}, mode=mode))
    check_plan(plan, inventory(one), "plan")
    (line,) = plan.lines
    return line.action, line.params, line.why.en


def one(meaning, role="other", **more):
    return item("a.csv!a#x", meaning=meaning, role=role, **more)


@pytest.mark.parametrize(
    ("meaning", "role", "action", "params"),
    [
        ("person_id", "direct_identifier", "pseudonym", {"kind": "person_id"}),
        ("cn.ric", "direct_identifier", "pseudonym", {"kind": "cn.ric"}),
        ("cn.mobile", "direct_identifier", "pseudonym", {"kind": "cn.mobile"}),
        ("email", "direct_identifier", "pseudonym", {"kind": "email"}),
        ("name", "direct_identifier", "pseudonym", {"kind": "name"}),
        ("address", "direct_identifier", "generalise", {"to": "city"}),
        ("address", "quasi_identifier", "generalise", {"to": "city"}),
        ("free_text", "other", "drop", {}),
        ("photo", "direct_identifier", "drop", {}),
        ("id_photo", "direct_identifier", "drop", {}),
        ("biometric", "direct_identifier", "drop", {}),
        ("genetic", "direct_identifier", "drop", {}),
        ("credential", "sensitive_attribute", "drop", {}),
        ("communication", "sensitive_attribute", "drop", {}),
        ("location", "quasi_identifier", "drop", {}),
        ("work_id", "direct_identifier", "pseudonym", {"kind": "work_id"}),
        ("patient_id", "direct_identifier", "pseudonym", {"kind": "patient_id"}),
        ("cn.plate", "direct_identifier", "pseudonym", {"kind": "cn.plate"}),
        ("vin", "direct_identifier", "pseudonym", {"kind": "vin"}),
        ("driver_licence", "direct_identifier", "pseudonym", {"kind": "driver_licence"}),
        ("social_security", "direct_identifier", "pseudonym", {"kind": "social_security"}),
        ("disability_id", "direct_identifier", "pseudonym", {"kind": "disability_id"}),
        ("financial_account", "direct_identifier", "pseudonym", {"kind": "financial_account"}),
        ("fax", "direct_identifier", "pseudonym", {"kind": "fax"}),
        ("url", "direct_identifier", "pseudonym", {"kind": "url"}),
        ("serial_number", "direct_identifier", "pseudonym", {"kind": "serial_number"}),
        ("order_id", "quasi_identifier", "pseudonym", {"kind": "order_id"}),
        ("account_time", "quasi_identifier", "generalise", {"to": "month"}),
        ("health_date", "quasi_identifier", "generalise", {"to": "month"}),
        ("constitution", "quasi_identifier", "keep", {}),
        ("origin", "quasi_identifier", "keep", {}),
        ("credit", "sensitive_attribute", "keep", {}),
        ("criminal_record", "sensitive_attribute", "keep", {}),
        ("score", "other", "keep", {}),
        ("birth_date", "quasi_identifier", "generalise", {"to": "year"}),
        ("hire_date", "quasi_identifier", "generalise", {"to": "month"}),
        ("event_date", "quasi_identifier", "generalise", {"to": "month"}),
        ("age", "quasi_identifier", "generalise", {"to": "age_band", "width": 5, "top": 80}),
        ("postcode", "quasi_identifier", "mask", {"keep_start": 2}),
        ("salary", "sensitive_attribute", "generalise", {"to": "bins", "width": 5000, "top": 50000}),
        ("health", "sensitive_attribute", "keep", {}),
        ("sex", "quasi_identifier", "keep", {}),
        ("pseudonym", "other", "keep", {}),
        ("department", "other", "keep", {}),
    ],
)
def test_need_not_stated(meaning, role, action, params):
    assert intent(one(meaning, role))[:2] == (Action(action), params)


@pytest.mark.parametrize(
    ("meaning", "role", "action", "params"),
    [
        ("name", "direct_identifier", "mask", {"keep_start": 1}),
        ("cn.mobile", "direct_identifier", "pseudonym", {"kind": "cn.mobile"}),
        ("free_text", "other", "drop", {}),
        ("biometric", "direct_identifier", "drop", {}),
        ("credential", "sensitive_attribute", "keep", {}),
        ("location", "quasi_identifier", "keep", {}),
        ("health", "sensitive_attribute", "keep", {}),
    ],
)
def test_needed(meaning, role, action, params):
    assert intent(one(meaning, role), needed=["x"])[:2] == (Action(action), params)


@pytest.mark.parametrize(
    ("meaning", "params"),
    [
        ("birth_date", {"to": "five_years"}),
        ("hire_date", {"to": "year"}),
        ("event_date", {"to": "year"}),
        ("address", {"to": "province"}),
    ],
)
def test_public_release_is_coarser(meaning, params):
    assert intent(one(meaning, "quasi_identifier"), mode=ReleaseMode.PUBLIC)[1] == params


@pytest.mark.parametrize("meaning", ["name", "health", "sex", "department", "salary"])
def test_what_the_purpose_does_not_need_is_dropped_with_the_article(meaning):
    action, params, why = intent(one(meaning, "quasi_identifier"), needed=[])
    assert (action, params) == (Action.DROP, {})
    assert "PIPL Arts 6(1), 38(1)" in why


def test_business_data_outside_the_list_is_dropped_without_the_article():
    action, _, why = intent(one("price", personal=False), needed=[])
    assert action is Action.DROP
    assert "PIPL" not in why


def test_what_is_not_understood_stays_until_somebody_says_what_it_is():
    action, params, why = intent(one("unknown", personal=None))
    assert (action, params) == (Action.DROP, {})
    assert "PIPL Art 6(1)" in why
    assert intent(one("unknown", personal=None), needed=["x"])[0] is Action.KEEP
    assert intent(one("unknown", personal=False))[0] is Action.KEEP
    assert intent(one("amount", personal=None))[0] is Action.KEEP


@pytest.mark.parametrize("meaning", ["order_id", "location", "credential"])
def test_business_data_keep_their_numbers_and_places(meaning):
    assert intent(one(meaning, personal=False))[0] is Action.KEEP


def test_business_dates_stay_exact():
    assert intent(one("event_date", "quasi_identifier", personal=False))[0] is Action.KEEP


def test_a_sensitive_item_is_marked_until_somebody_says_that_it_is_needed():
    assert "nobody has said" in intent(one("health", sensitive=True))[2]
    assert "declared to need" in intent(one("health", sensitive=True), needed=["x"])[2]


def test_what_may_be_sensitive_is_not_said_to_be_so():
    open_one = one("political_status", "sensitive_attribute", sensitive=None)
    _, _, why = intent(open_one)
    assert why.startswith("may be sensitive personal information, a person must judge")


def test_yearly_pay_has_wider_bins():
    salary = item("a.csv!a#年薪", meaning="salary", role="sensitive_attribute")
    assert intent(salary)[1] == {"to": "bins", "width": 60000, "top": 600000}


def test_each_source_follows_its_own_list_and_the_key_names_the_year():
    items = [item("a.csv!a#x"), item("b.csv!b#x"), item("b.csv!b#y")]
    plan = make_plan(inventory(*items), decision(), declaration({"a.csv": [], "b.csv": ["b#x"]}))
    assert [line.action for line in plan.lines] == [Action.DROP, Action.KEEP, Action.DROP]
    assert plan.key == "pseudonym/2026"


def test_a_misspelt_needed_item_is_refused_with_the_nearest_name():
    known = inventory(item("a.csv!a#member_id"))
    with pytest.raises(KouanError) as caught:
        make_plan(known, decision(), declaration({"a.csv": ["mebmer_id"]}))
    assert caught.value.code == "K-DEI-007"
    assert caught.value.where == "sources[0].needed"
    assert "member_id" in caught.value.what.zh


def test_what_lies_outside_the_purpose_is_dropped_listed_or_not():
    known = inventory(item("a.csv!a#x"), item("a.csv!a#y"), item("a.csv!a#z"))
    standings = (ItemStanding.UNJUSTIFIED, ItemStanding.JUSTIFIED, ItemStanding.UNJUSTIFIED)
    judged = necessity(*zip(known.items, standings, strict=True))
    plan = make_plan(known, decision(), declaration({"a.csv": ["x", "y"]}), necessity=judged)
    assert [line.action for line in plan.lines] == [Action.DROP, Action.KEEP, Action.DROP]
    assert [line.why for line in plan.lines][::2] == [reasons.OUTSIDE_PURPOSE, reasons.NOT_NEEDED]


def test_a_plan_does_not_ask_again_what_the_necessity_statement_answers():
    known = inventory(*(item(f"a.csv!a#{name}", sensitive=True, role="sensitive_attribute") for name in "xyz"))
    standings = (ItemStanding.NEEDED, ItemStanding.JUSTIFIED, ItemStanding.UNKNOWN)
    judged = necessity(*zip(known.items, standings, strict=True))
    lines = make_plan(known, decision(), declaration({"a.csv": None}), necessity=judged).lines
    assert [line.action for line in lines] == [Action.KEEP] * 3  # the words change and nothing else
    assert [line.why for line in lines] == [reasons.SENSITIVE_STATED] * 2 + [reasons.SENSITIVE_OPEN]


def test_words_that_the_standard_of_their_file_does_not_know_stay_here():
    known = item("a.xml!case#name", meaning="code").model_copy(update={"sector": "ich-e2b-r3", "element": "N.1.1"})
    alien, elsewhere = (item(f"a.xml!{name}", meaning="text") for name in ("case#k:extra/k:name", "own#remark"))
    sectors, found = load_sectors(), inventory(known, alien, elsewhere)
    for needed, actions in ((None, ["keep", "drop", "keep"]), (["name", "k:extra/k:name", "remark"], ["keep"] * 3)):
        plan = make_plan(found, decision(), declaration({"a.xml": needed}), sectors)
        assert [str(line.action) for line in plan.lines] == actions
    assert make_plan(found, decision(), declaration({"a.xml": None}), sectors).lines[1].why == reasons.FOREIGN


@pytest.mark.parametrize("columns", [("IDVAR", "IDVARVAL"), ("idvar", "IDVARVAL"), ("IDVARVAL",)])
def test_a_value_of_another_variable_leaves_only_beside_the_name_of_it(columns):
    told = {"sector": "cdisc-sdtm", "element": "IDVARVAL"}
    items = [item(f"in/!relrec#{name}", meaning="code").model_copy(update=told) for name in columns]
    plan = make_plan(inventory(*items), decision(), declaration({"in/": None}), load_sectors())
    line = plan.lines[-1]
    assert line.action is (Action.PSEUDONYM if len(columns) > 1 else Action.DROP)
    assert line.params.get("unless", columns[0]) == columns[0]
    check_plan(plan, inventory(*items), "plan")
