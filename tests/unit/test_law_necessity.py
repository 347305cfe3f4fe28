"""Export, persons and items are judged apart: what a purpose does not name is justified or fails, unknown stays open."""

from __future__ import annotations

import pytest

from kouan.law.necessity import Asked, judge_necessity
from kouan.model.facts import Range
from kouan.model.inventory import VAGUE, PersonCount, SourceReport
from kouan.model.necessity import ItemStanding, NecessityClaim, Standing
from kouan.model.text import same
from kouan.packs import find_purpose, load_purposes
from kouan.recognize.lexicon import load_lexicon
from tests.inventories import inventory, item, persons

HR = find_purpose(load_purposes(), "hr_management")
CLAIM = NecessityClaim(export="总部审批", used_by="总部人力资源部", persons="都在统一职级体系内")
STAFF = "hr.csv!hr#"


def of(meaning, subject="employee", *, personal=True):
    return item(f"{STAFF}{meaning}-{subject}", meaning=meaning, subject=subject, personal=personal)


def judge(*items, said=None, leaving=None, claim=CLAIM, facts=None, people=("employee",), purpose=HR):
    asked = Asked(
        scenario="hr_management",
        inventory=inventory(*items, persons=[persons(role) for role in people]),
        claim=claim,
        said={one.id: (said or {})[one.meaning] for one in items if one.meaning in (said or {})},
        facts={"hr.necessary": True} if facts is None else facts,
        leaving=None if leaving is None else {one.id for one in items if one.meaning in leaving},
    )
    return judge_necessity(purpose and purpose.purpose, purpose and purpose.ref, asked)


@pytest.mark.parametrize(
    ("one", "standing"),
    [
        (of("name"), ItemStanding.NEEDED),
        (of("salary"), ItemStanding.NEEDED_IF),
        (of("religion"), ItemStanding.UNJUSTIFIED),
        (of("address"), ItemStanding.UNJUSTIFIED),
        (of("name", "child"), ItemStanding.UNJUSTIFIED),
        (of("name", "candidate"), ItemStanding.NEEDED_IF),
        (of("unknown"), ItemStanding.UNKNOWN),
        (of("code"), ItemStanding.UNKNOWN),
        (of("free_text", personal=None), ItemStanding.UNKNOWN),
        (of("address", personal=None), ItemStanding.UNJUSTIFIED),
        (of("product", personal=False), ItemStanding.NOT_PERSONAL),
        (of("name", None), ItemStanding.NEEDED),
    ],
    ids=lambda value: value.id if hasattr(value, "id") else value,
)
def test_how_an_item_stands_to_the_purpose(one, standing):
    assert judge(one).items[0].standing is standing


def test_what_lies_outside_fails_until_it_is_justified_or_stays_here():
    items = (of("name"), of("address"))
    failed = judge(*items)
    assert (failed.range.standing, [one.meaning for one in failed.outside]) == (Standing.FAILED, ["address"])
    assert judge(*items, said={"address": "签证"}).standing is Standing.PASSED
    assert judge(*items, leaving={"name"}).standing is Standing.PASSED


def test_a_condition_and_an_item_that_nobody_understands_wait_for_a_person():
    for meaning in ("salary", "unknown"):
        items = (of("name"), of(meaning))
        assert judge(*items).range.standing is Standing.OPEN
        assert judge(*items, said={meaning: "总部审批调薪"}).standing is Standing.PASSED
        assert judge(*items, leaving={"name"}).standing is Standing.PASSED


@pytest.mark.parametrize("field", ["export", "used_by", "persons"])
def test_each_answer_that_is_missing_leaves_its_necessity_open(field):
    found = judge(of("name"), claim=CLAIM.model_copy(update={field: None}))
    assert found.standing is Standing.OPEN
    assert (found.persons.standing is Standing.OPEN) == (field == "persons")


def test_a_fact_left_open_is_open_here_and_a_declared_no_needs_words():
    assert judge(of("name"), facts={}).export.standing is Standing.OPEN
    assert judge(of("name"), facts={"hr.necessary": False}).export.standing is Standing.PASSED
    silent = CLAIM.model_copy(update={"export": None})
    assert len(judge(of("name"), facts={"hr.necessary": False}, claim=silent).export.open) == 2


def test_persons_whom_the_purpose_does_not_concern_are_named_only_while_their_data_leave():
    items = (of("name"), of("name", "child"))
    said, silent = {}, CLAIM.model_copy(update={"persons": None})
    found = judge(*items, said=said, claim=silent, people=("employee", "child"))
    assert [(one.subject, one.concerned, one.leaves) for one in found.groups] == [
        ("employee", True, True),
        ("child", False, True),
    ]
    assert len(found.persons.open) == 2
    kept = judge(items[0], of("relation", "child"), leaving={"name"}, claim=silent, people=("employee", "child"))
    assert [one.leaves for one in kept.groups] == [True, False]
    assert len(kept.persons.open) == 1


def test_a_number_without_an_upper_end_leaves_the_persons_open():
    many = PersonCount(
        subject="employee",
        persons=Range(lo=1, hi=None),
        sensitive=Range(lo=0, hi=None),
        under14=Range(lo=0, hi=0),
        method=same("t"),
    )
    asked = Asked("hr_management", inventory(of("name"), persons=[many]), claim=CLAIM, facts={"hr.necessary": True})
    assert judge_necessity(HR.purpose, HR.ref, asked).persons.standing is Standing.OPEN


def test_what_could_not_be_read_is_not_judged_away():
    unread = SourceReport(path="x.csv", format="csv", bytes=1, sha256="sha256:" + "0" * 64, entities=(), complete=False)
    found = inventory(of("name"), persons=[persons("employee")]).model_copy(update={"sources": (unread,)})
    asked = Asked("hr_management", found, claim=CLAIM, facts={"hr.necessary": True})
    assert judge_necessity(HR.purpose, HR.ref, asked).range.standing is Standing.OPEN


def test_without_a_purpose_nothing_is_judged_and_nothing_passes():
    found = judge(of("religion"), purpose=None)
    assert (found.standing, found.purpose, found.items) == (Standing.NOT_JUDGED, None, ())
    assert all(answer.open for answer in (found.export, found.persons, found.range))


def test_meanings_that_tell_only_a_form_exist():
    assert set(load_lexicon().meanings) >= VAGUE
