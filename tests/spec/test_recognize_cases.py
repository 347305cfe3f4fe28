"""Runs the cases of tests/spec/recognize: what a standard says of a column in a table, on a day, as a lawyer writes it.

A case names columns and what stands in them; the tables are made here, of nobody's data. Numbers of persons that a text
sets are put in the place of those counted, so that a hundred thousand rows need not be read.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kouan.model.facts import Range
from kouan.packs.taxonomies import load_candidate_rules
from kouan.recognize.grading import graded
from tests.recognizing import given, look, mobile_of, ric_of

if TYPE_CHECKING:
    from kouan.model.inventory import Inventory, Item

FOLDER = Path(__file__).parent / "recognize"
CASES = [one for path in sorted(FOLDER.glob("*.yaml")) for one in yaml.safe_load(path.read_text("utf-8"))["cases"]]
ROWS, EACH = 40, 5
WORDS = {True: "是", False: "否", None: "待判断"}
BORN = {"child": dt.date(2015, 6, 1), "adult": dt.date(1990, 5, 17)}
KEYS = {
    "title", "as_of", "columns", "rows", "subjects", "persons", "sensitive_persons", "sensitive", "clause", "classes",
    "levels", "candidates", "not_candidates", "together", "not_together",
}  # fmt: skip


def _cell(kind: str, row: int) -> Any:
    made = {
        "姓名": lambda: "张王李赵陈"[row % 5] + "伟芳娜敏静"[row // 5 % 5],
        "身份证": lambda: ric_of(row),
        "手机": lambda: mobile_of(row),
        "邮箱": lambda: f"user{row}@example.com",
        "编号": lambda: f"E{row:04d}",
        "每人五行": lambda: f"E{row // EACH:04d}",
        "地址": lambda: f"北京市海淀区中关村大街{row + 1}号",
        "时间": lambda: f"2025-01-02 08:{row % 60:02d}:00",
        "同一时间": lambda: "2025-01-02 08:00:00",
        "坐标四位": lambda: round(39.9 + row * 0.0137, 4) + 0.0001,
        "坐标两位": lambda: round(39.91 + row * 0.01, 2),
        "每人一点": lambda: round(39.9137 + (row // EACH) * 0.0137, 4),
        "儿童生日": lambda: f"{BORN['child']:%Y-%m-%d}",
        "成人生日": lambda: f"{BORN['adult']:%Y-%m-%d}",
        "数字": lambda: row * 7 % 90 + 10,
        "文字": lambda: "甲乙丙丁戊"[row % 5] + "类",
    }
    return made[kind]()


def _found(case: dict[str, Any]) -> Inventory:
    rows = case.get("rows", ROWS)
    columns = {name: [_cell(kind, row) for row in range(rows)] for name, kind in case["columns"].items()}
    inventory = look(given({"data": columns}, subjects=tuple(case.get("subjects", ()))), as_of=case["as_of"])
    if "persons" not in case:
        return inventory
    sensitive = case.get("sensitive_persons", 0)
    persons = tuple(
        one.model_copy(
            update={
                "persons": Range(lo=case["persons"], hi=case["persons"]),
                "sensitive": Range(lo=sensitive, hi=sensitive),
            }
        )
        for one in inventory.persons
    )
    return graded(inventory.model_copy(update={"persons": persons}))


def _labels(item: Item) -> list[str]:
    return [f"{one.standard} {one.label.zh}" for one in item.classes]


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    found = _found(case)
    items = {one.name: one for one in found.items}
    for name, wanted in case.get("sensitive", {}).items():
        assert WORDS[items[name].sensitive.value] == wanted, name
    for name, words in case.get("clause", {}).items():
        assert words in f"{items[name].sensitive.standard} {items[name].sensitive.clause}", name
    for name, labels in case.get("classes", {}).items():
        assert set(labels) <= set(_labels(items[name])) if labels else _labels(items[name]) == [], name
    for name, levels in case.get("levels", {}).items():
        assert [one.level for one in items[name].grades] == levels, name
    candidates = {one.id for one in found.candidates}
    assert set(case.get("candidates", ())) <= candidates
    assert not candidates.intersection(case.get("not_candidates", ()))
    together = {one.id for one in found.together}
    assert set(case.get("together", ())) <= together
    assert not together.intersection(case.get("not_together", ()))


def test_there_are_enough_cases_and_each_expects_something() -> None:
    assert len(CASES) >= 60
    assert len({case["title"] for case in CASES}) == len(CASES)
    given_only = {"title", "as_of", "columns", "rows", "subjects", "persons", "sensitive_persons"}
    assert all(set(case) - given_only for case in CASES)


def test_every_rule_of_a_candidate_is_met_by_some_case_and_missed_by_another() -> None:
    known = {rule.id for text in load_candidate_rules() for rule in text.rules}
    named = {name for case in CASES for key in ("candidates", "not_candidates") for name in case.get(key, ())}
    assert named <= known
    assert known == {name for case in CASES for name in case.get("candidates", ())}
