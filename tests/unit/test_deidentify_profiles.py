"""How profiles, the purpose and sectors' standards go together, and what a profile may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from kouan.deidentify import check_plan, check_profile, make_plan
from kouan.model.decision import PackRef
from kouan.model.declaration import ReleaseMode
from kouan.model.errors import KouanError
from kouan.model.necessity import ItemStanding
from kouan.model.plan import Action
from kouan.model.profile import Profile
from kouan.packs import ProfilePack, load_sectors, open_profiles
from tests.declarations import decision, declaration
from tests.inventories import inventory, item, persons
from tests.necessities import necessity

CONTROLLED = ReleaseMode.CONTROLLED


def pack(*rules, keys=(), modes=("controlled",), folder=Path()):
    """Return a profile of these rules."""
    said = {"why": {"zh": "因", "en": "why"}, "source": {"instrument": "judgement", "confidence": "L"}}
    profile = Profile.model_validate(
        {
            "id": "firm",
            "version": "1.0.0",
            "title": {"zh": "试", "en": "test"},
            "about": {"zh": "试", "en": "test"},
            "modes": modes,
            "keys": keys,
            "rules": [{"id": f"r{at}", **said, **rule} for at, rule in enumerate(rules)],
        }
    )
    ref = PackRef(id="firm", version="1.0.0", sha256="sha256:" + "0" * 64, user=True)
    return ProfilePack(profile=profile, ref=ref, data=b"", folder=folder)


def column(name, meaning, role="other", **more):
    return item(f"a.csv!a#{name}", meaning=meaning, role=role, **more)


def planned(profile, *items, needed=None, judged=None, counted=(), sectors=()):
    raw = inventory(*items, persons=counted)
    plan = make_plan(raw, decision(), declaration({"a.csv": needed}), sectors, judged, profile=profile)
    check_plan(plan, raw, "plan", profile=profile)
    return {line.item.partition("#")[2]: line for line in plan.lines}


def _refused(profile, mode=CONTROLLED):
    with pytest.raises(KouanError) as caught:
        check_profile(profile, load_sectors(), mode)
    return caught.value


def test_a_rule_goes_before_the_general_ones_and_says_so():
    lines = planned(pack({"meanings": ["email"], "action": "drop"}), column("e", "email", "direct_identifier"))
    assert lines["e"].action is Action.DROP
    assert lines["e"].why.en == "profile firm (r0): why [this project's own judgement; no text says so]"


def test_what_the_purpose_does_not_need_stays_dropped():
    profile = pack({"meanings": ["sex"], "action": "keep"})
    one = column("s", "sex", "quasi_identifier")
    assert planned(profile, one, needed=[])["s"].action is Action.DROP
    judged = necessity((one, ItemStanding.UNJUSTIFIED))
    assert planned(profile, one, judged=judged)["s"].action is Action.DROP
    assert planned(profile, one)["s"].action is Action.KEEP


def test_what_is_needed_is_dropped_only_where_it_never_leaves():
    one = column("e", "email", "direct_identifier")
    rule = {"meanings": ["email"], "action": "drop"}
    assert planned(pack(rule), one, needed=["e"])["e"].action is Action.PSEUDONYM
    assert planned(pack({**rule, "never": True}), one, needed=["e"])["e"].action is Action.DROP


def test_an_edited_plan_that_lets_out_what_never_leaves_is_refused():
    profile = pack({"meanings": ["email"], "action": "drop", "never": True})
    raw = inventory(column("e", "email", "direct_identifier"))
    plan = make_plan(raw, decision(), declaration({"a.csv": None}), profile=profile)
    line = plan.lines[0].model_copy(update={"action": Action.PSEUDONYM, "params": {"kind": "email"}})
    changed = plan.model_copy(update={"lines": (line,)})
    check_plan(changed, raw, "plan")
    with pytest.raises(KouanError) as caught:
        check_plan(changed, raw, "plan", profile=profile)
    assert caught.value.code == "K-DEI-063"


def test_a_rule_for_a_kind_of_item_does_not_let_out_what_a_standard_leaves_behind():
    sdtm = next(one for one in load_sectors() if one.schema.id == "cdisc-sdtm")
    found = sdtm.find("dm", "BRTHDTC")
    one = item("a.csv!dm#BRTHDTC", meaning=found.meaning, role="quasi_identifier").model_copy(
        update={"element": found.element, "sector": "cdisc-sdtm"}
    )
    year = {"action": "generalise", "params": {"to": "year"}}
    by_kind = pack({"meanings": ["birth_date"], **year})
    by_element = pack({"sectors": ["cdisc-sdtm"], "elements": ["BRTH*"], **year})
    assert planned(by_kind, one, sectors=(sdtm,))["BRTHDTC"].action is Action.DROP
    assert planned(by_element, one, sectors=(sdtm,))["BRTHDTC"].action is Action.GENERALISE


def test_the_same_kind_of_number_moves_the_dates_of_every_table():
    profile = pack({"meanings": ["health_date"], "action": "shift"}, keys=["patient_id", "cn.ric"])
    items = (
        column("身份证", "cn.ric", "direct_identifier", subject="patient", cells=3),
        column("就诊号", "patient_id", "direct_identifier", subject="patient", cells=3).model_copy(
            update={"distinct": 3}
        ),
        column("病历号", "patient_id", "direct_identifier", subject="patient", cells=3).model_copy(
            update={"distinct": 2}
        ),
        column("日期", "health_date", "quasi_identifier", subject="patient"),
    )
    assert planned(profile, *items)["日期"].params == {"by": "病历号"}
    told = persons("patient", "a.csv!a#身份证", "a.csv!a#就诊号")
    assert planned(profile, *items, counted=[told])["日期"].params == {"by": "就诊号"}
    empty = items[2].model_copy(update={"nulls": 3})
    assert planned(profile, items[0], empty, items[3])["日期"].params == {"by": "身份证"}
    assert planned(profile, empty, items[3])["日期"].params == {"to": "year"}


def test_what_is_surely_nobodys_is_left_alone_unless_told():
    one = column("名称", "organisation", personal=False)
    rule = {"meanings": ["organisation"], "action": "pseudonym"}
    assert planned(pack(rule), one)["名称"].action is Action.KEEP
    assert planned(pack({**rule, "things": True}), one)["名称"].action is Action.PSEUDONYM


def test_a_mode_that_a_profile_is_not_made_for_is_refused():
    assert _refused(pack({"meanings": ["name"], "action": "drop"}), ReleaseMode.PUBLIC).code == "K-DEI-064"


@pytest.mark.parametrize(
    ("rule", "code", "guess"),
    [
        ({"meanings": ["nane"], "action": "drop"}, "K-DEI-060", "name?"),
        ({"sectors": ["cdisc-sdmt"], "meanings": ["name"], "action": "drop"}, "K-DEI-060", "cdisc-sdtm?"),
        ({"sectors": ["cdisc-sdtm"], "elements": ["INVNAN"], "action": "drop"}, "K-DEI-060", "INVNAM?"),
        ({"meanings": ["age"], "action": "generalise", "params": {"to": "decade"}}, "K-DEI-061", "month"),
        ({"meanings": ["health_date"], "action": "shift", "params": {"days": 0}}, "K-DEI-061", "days"),
        ({"meanings": ["sex", "email"], "action": "keep"}, "K-DEI-062", "r0"),
        ({"meanings": ["free_text"], "action": "keep"}, "K-DEI-062", "r0"),
        ({"meanings": ["email"], "action": "suppress", "params": {"below": 5}}, "K-DEI-062", "r0"),
        ({"roles": ["direct_identifier"], "action": "keep"}, "K-DEI-062", "r0"),
    ],
)
def test_a_profile_that_cannot_be_meant_so_is_refused(rule, code, guess):
    slip = _refused(pack(rule))
    assert slip.code == code
    assert guess in slip.what.en


def test_keeping_a_subjects_items_never_keeps_a_direct_identifier():
    profile = pack({"subjects": ["member"], "action": "keep"})
    check_profile(profile, load_sectors(), CONTROLLED)
    lines = planned(
        profile,
        column("e", "email", "direct_identifier", subject="member"),
        column("t", "free_text", subject="member"),
        column("s", "sex", "quasi_identifier", subject="member"),
    )
    assert {name: line.action for name, line in lines.items()} == {
        "e": Action.PSEUDONYM,
        "t": Action.DROP,
        "s": Action.KEEP,
    }


def test_suppressing_rare_values_of_a_subject_leaves_no_direct_identifier():
    profile = pack({"subjects": ["member"], "action": "suppress", "params": {"below": 5}})
    check_profile(profile, load_sectors(), CONTROLLED)
    lines = planned(
        profile,
        column("e", "email", "direct_identifier", subject="member"),
        column("c", "city", "quasi_identifier", subject="member"),
    )
    assert {name: line.action for name, line in lines.items()} == {"e": Action.PSEUDONYM, "c": Action.SUPPRESS}


def test_built_in_profiles_are_sound_in_every_mode_they_are_made_for():
    sectors = load_sectors()
    for one in open_profiles():
        for mode in one.profile.modes:
            check_profile(one, sectors, mode)
