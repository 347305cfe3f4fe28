"""The plan as people read, edit and break it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify import check_plan, make_plan, plan_yaml, read_plan
from kouan.deidentify.reasons import PERSON
from kouan.model.errors import KouanError
from kouan.model.items import item_id
from kouan.model.plan import Action
from kouan.model.text import Text
from tests.declarations import decision, declaration
from tests.inventories import inventory, item

KNOWN = inventory(
    item("hr.xlsx!员工#工号", meaning="person_id", role="direct_identifier"),
    item("hr.xlsx!员工#出生日期", meaning="birth_date", role="quasi_identifier"),
    item("hr.xlsx!员工#备注", meaning="free_text"),
    item("hr.xlsx!子女#员工\n工号: \"#1\" 'a'", meaning="person_id", role="direct_identifier"),
    item("o.csv!o#Null", meaning="price", personal=False),
)
PLAN = make_plan(KNOWN, decision(), declaration({"hr.xlsx": None, "o.csv": None}))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_written_reads_back_the_same(lang):
    text = plan_yaml(PLAN, KNOWN, lang)
    assert read_plan(text, "plan.yaml") == PLAN
    assert read_plan(text, "plan.yaml", made=PLAN) == PLAN


def test_comments_are_in_the_readers_language_and_group_the_tables():
    zh, en = plan_yaml(PLAN, KNOWN, "zh"), plan_yaml(PLAN, KNOWN, "en")
    assert zh.startswith("# 处理方案")
    assert en.startswith("# Treatment plan")
    assert "  # ===== hr.xlsx =====" in zh
    assert "  # --- 员工 ---" in zh
    assert "直接标识符" in zh
    assert "direct identifier" in en
    assert "最小" not in en


def edited(before, after):
    text = plan_yaml(PLAN, KNOWN, "zh")
    assert before in text
    return text.replace(before, after, 1)


def test_an_edit_is_seen_and_an_old_reason_is_not_left_standing():
    plan = read_plan(edited("action: pseudonym\n    params: {kind: person_id}", "action: drop"), "plan.yaml", made=PLAN)
    assert plan.edited
    assert plan.lines[0].action is Action.DROP
    assert plan.lines[0].why == PERSON
    assert plan.lines[1:] == PLAN.lines[1:]


def test_a_persons_own_words_serve_for_both_languages():
    text = edited(f'why: "{PLAN.lines[1].why.zh}"', "why: 总部只要年份")
    plan = read_plan(text, "plan.yaml", made=PLAN)
    assert plan.edited
    assert plan.lines[1].why == Text(zh="总部只要年份", en="总部只要年份")
    assert read_plan(plan_yaml(plan, KNOWN, "en"), "plan.yaml") == plan


def line_of(text, part):
    return next(at for at, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize(
    ("before", "after", "code", "mark"),
    [
        ("action: generalise", "action: generalize", "K-MOD-005", "generalize"),
        ("action: generalise", "aktion: generalise", "K-MOD-003", "aktion"),
        ("params: {to: year}", "params: {to: 1.5}", "K-MOD-005", "1.5"),
        ("params: {to: year}", "params: {to: [year]}", "K-MOD-005", "[year]"),
        ("edited: false", "edited: false\nedited: true", "K-MOD-002", "edited: true"),
    ],
)
def test_what_does_not_read_is_refused_with_its_line(before, after, code, mark):
    text = edited(before, after)
    with pytest.raises(KouanError) as caught:
        read_plan(text, "plan.yaml")
    assert caught.value.code == code
    assert caught.value.where == f"plan.yaml:{line_of(text, mark)}"


@pytest.mark.parametrize(
    ("before", "after", "code", "mark", "said"),
    [
        ("员工#出生日期", "员工#出生日起", "K-DEI-001", "出生日起", "出生日期"),
        ("o.csv!o#Null", "hr.xlsx!员工#工号", "K-DEI-003", "# Null", "工号"),
        ("params: {to: year}", "params: {to: decade}", "K-DEI-004", '出生日期"', "five_years"),
        ("params: {to: year}", "params: {to: year, width: 5}", "K-DEI-004", '出生日期"', "width"),
        ("params: {to: year}", "params: {to: bins}", "K-DEI-004", '出生日期"', "width"),
        ("params: {to: year}", "params: {}", "K-DEI-004", '出生日期"', "to"),
        (
            "pseudonym\n    params: {kind: person_id}",
            "pseudonym\n    params: {kind: 人}",
            "K-DEI-004",
            "员工#工号",
            "kind",
        ),
        ("action: pseudonym\n    params: {kind: person_id}", "action: keep", "K-DEI-005", "员工#工号", "直接标识符"),
        ("action: drop", "action: keep", "K-DEI-005", "员工#备注", "自由文本"),
        ("action: drop", 'action: keep\n    params: {accepted: " "}', "K-DEI-004", "员工#备注", "accepted"),
        (
            "action: drop",
            'action: keep\n    params: {accepted: "\\u3000\\u200b…"}',
            "K-DEI-004",
            "员工#备注",
            "accepted",
        ),
        ("action: drop", "action: mask", "K-DEI-004", "员工#备注", "keep_start"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_line(before, after, code, mark, said):
    text = edited(before, after)
    plan = read_plan(text, "plan.yaml")
    with pytest.raises(KouanError) as caught:
        check_plan(plan, KNOWN, "plan.yaml", text=text)
    assert caught.value.code == code
    comment = mark.startswith("# ")
    assert caught.value.where == f"plan.yaml:{line_of(text, mark) + comment}"
    assert said in caught.value.what.zh


def test_a_direct_identifier_stays_only_with_a_reason_in_its_line():
    text = edited("action: pseudonym\n    params: {kind: person_id}", "action: keep\n    params: {accepted: 合同约定}")
    check_plan(read_plan(text, "plan.yaml"), KNOWN, "plan.yaml", text=text)


def test_a_missing_line_and_a_missing_key_are_refused():
    with pytest.raises(KouanError) as caught:
        check_plan(PLAN.model_copy(update={"lines": PLAN.lines[:-1]}), KNOWN, "plan.yaml")
    assert caught.value.code == "K-DEI-002"
    with pytest.raises(KouanError) as caught:
        check_plan(PLAN.model_copy(update={"key": " "}), KNOWN, "plan.yaml")
    assert caught.value.code == "K-DEI-006"


@pytest.mark.parametrize("key", ["person/2026", "persons/2026", "consent/2026", "signing", "../pseudonym/2026"])
def test_no_pseudonym_is_made_with_a_key_that_compares_persons_here(key):
    with pytest.raises(KouanError) as caught:
        check_plan(PLAN.model_copy(update={"key": key}), KNOWN, "plan.yaml")
    assert caught.value.code == "K-DEI-027"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4, unique=True), st.text(max_size=20))
def test_any_column_name_and_any_reason_survive_the_file(names, reason):
    names = [name.encode("utf-8", "replace").decode() for name in names]
    ids = list(dict.fromkeys(item_id("d/a!b.csv", "表", name) for name in names))
    known = inventory(*(item(one) for one in ids))
    plan = make_plan(known, decision(), declaration({"d/a!b.csv": None}))
    line = plan.lines[0].model_copy(
        update={"why": Text(zh=reason, en=reason + "x"), "params": {"accepted": reason + "."}}
    )
    plan = plan.model_copy(update={"lines": (line, *plan.lines[1:])})
    for lang in ("zh", "en"):
        assert read_plan(plan_yaml(plan, known, lang), "plan.yaml") == plan
