"""Plans that people spoil: every one is refused with its line, what is wrong and what to do (refusals.yaml)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from kouan.deidentify import check_plan, read_hierarchies, read_plan
from kouan.model.errors import KouanError
from tests.inventories import inventory, item

CASES = yaml.safe_load((Path(__file__).parent / "deidentify" / "refusals.yaml").read_text("utf-8"))["cases"]
TABLE = "a.json!Observation#"
ITEMS = {
    "工号": {"meaning": "work_id", "role": "direct_identifier"},
    "备注": {"meaning": "free_text"},
    "部门": {"meaning": "department", "role": "quasi_identifier"},
    "薪资": {"meaning": "salary", "role": "sensitive_attribute"},
    "手机号": {"meaning": "cn.mobile", "role": "direct_identifier"},
    "就诊时刻": {"meaning": "health_date"},
}
LINES = {"工号": "action: pseudonym", "备注": "action: drop", "手机号": "action: mask, params: {keep_end: 4}"}


def about():
    found = [item(TABLE + name, **told) for name, told in ITEMS.items()]
    found[-1] = found[-1].model_copy(update={"sector": "hl7-fhir-r4", "element": "*.issued"})
    return inventory(*found)


def written(change):
    """Return the plan's text, sound but for one change."""
    key = change.get("key", "pseudonym/2026")
    lines = []
    for name in ITEMS:
        told, column = LINES.get(name, "action: keep"), name
        if change.get("item") == name:
            told, column = change.get("line", told), change.get("to", name)
        if column is not None:
            lines.append(f"  - {{item: '{TABLE}{column}', {told}, why: 试}}\n")
    return f"kind: plan\nversion: 1\nmode: controlled\nkey: {key}\nlines:\n{''.join(lines)}"


def check(text, folder):
    plan = read_plan(text, "plan.yaml")
    files = read_hierarchies(plan, folder, "plan.yaml", made_from=text)
    check_plan(plan, about(), "plan.yaml", text=text, hierarchies=files.read)


def test_the_plan_is_sound_before_it_is_spoilt(tmp_path):
    check(written({}), tmp_path)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_a_spoilt_plan_is_refused_with_line_and_remedy(case, tmp_path):
    with pytest.raises(KouanError) as caught:
        check(written(case["change"]), tmp_path)
    error = caught.value
    assert error.code == case["code"], error
    if "line" in case:
        assert error.where == f"plan.yaml:{case['line']}"
    assert case["says"] in error.what.zh + error.where
    assert re.search(case["remedy"], error.fix.zh)
    assert all((error.what.en, error.why.en, error.fix.en, error.why.zh))
