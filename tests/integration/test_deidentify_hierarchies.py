"""Hierarchy files in a plan: pinned by their digest, refused when they change or do not fit."""

from __future__ import annotations

import hashlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.deidentify import apply_plan, check_plan, plan_yaml, read_hierarchies, read_plan
from kouan.model.errors import KouanError
from tests.inventories import inventory, item
from tests.keystore import MemoryKeyStore
from tests.tables import MemorySource

ABOUT = inventory(item("a.parquet!a#age", meaning="age", role="quasi_identifier", cells=5))
PLAN = """kind: plan
version: 1
mode: controlled
key: pseudonym/2026
lines:
  - item: "a.parquet!a#age"
    action: generalise
    params: {to: hierarchy, file: h/age.csv, level: 2}
    why: coarser
"""
AGE = "30;30-34;30-39\n31;30-34;30-39\n40;40-44;40-49\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / "age.csv").write_text(AGE)
    return tmp_path


def opened(folder, text=PLAN):
    plan = read_plan(text, "plan.yaml")
    files = read_hierarchies(plan, folder, "plan.yaml", made_from=text)
    check_plan(plan, ABOUT, "plan.yaml", text=text, hierarchies=files.read)
    return files.pinned(plan), files


def refused(folder, text):
    with pytest.raises(KouanError) as caught:
        opened(folder, text)
    return caught.value


def test_unseen_values_are_emptied_and_counted_and_the_digest_is_recorded(folder):
    plan, files = opened(folder)
    source = MemorySource.of("a.parquet", {"a": pa.table({"age": [30, 31, 40, 99, None]})}, batch_rows=2)
    done = apply_plan(
        plan, [source], ABOUT, keys=MemoryKeyStore(), out=folder / "out", threads=2, hierarchies=files.read
    )
    assert pq.read_table(folder / "out" / "a.parquet")["age"].to_pylist() == ["30-39", "30-39", "40-49", None, None]
    (one,) = done.items
    assert (one.cells, one.changed, one.emptied) == (5, 4, 1)
    assert one.params["sha256"] == "sha256:" + hashlib.sha256(AGE.encode()).hexdigest()
    assert "1" in one.notes[0].zh


def test_a_word_for_the_unseen_is_counted_too(folder):
    plan, files = opened(folder, PLAN.replace("level: 2", "level: 2, other: 其他"))
    source = MemorySource.of("a.parquet", {"a": pa.table({"age": [[30, 98], [], None, [97, None], [40]]})})
    done = apply_plan(
        plan, [source], ABOUT, keys=MemoryKeyStore(), out=folder / "out", threads=1, hierarchies=files.read
    )
    found = pq.read_table(folder / "out" / "a.parquet")["age"].to_pylist()
    assert found == [["30-39", "其他"], [], None, ["其他", None], ["40-49"]]
    assert done.items[0].emptied == 0
    assert done.items[0].notes[0].en.endswith("2")


def test_a_pinned_plan_reads_back_and_a_changed_file_is_refused(folder):
    plan, _ = opened(folder)
    text = plan_yaml(plan, ABOUT, "zh")
    assert opened(folder, text)[0] == plan
    (folder / "h" / "age.csv").write_text(AGE.replace("40-49", "40+"))
    error = refused(folder, text)
    assert error.code == "K-DEI-021"
    at = next(at for at, line in enumerate(text.splitlines(), 1) if "- item:" in line)
    assert error.where == f"plan.yaml:{at}"


@pytest.mark.parametrize(
    ("before", "after", "code", "said"),
    [
        ("level: 2", "level: 3", "K-DEI-004", "level"),
        ("level: 2", "level: 0", "K-DEI-004", "0 层"),
        (", level: 2", "", "K-DEI-004", "level"),
        ("file: h/age.csv, ", "", "K-DEI-004", "file"),
        ("h/age.csv", "/h/age.csv", "K-DEI-004", "相对"),
        ("h/age.csv", "h/none.csv", "K-DEI-012", "没有这个文件"),
        ("level: 2", "level: 2, other: ' '", "K-DEI-004", "other"),
        ("level: 2", "level: 2, width: 3", "K-DEI-004", "width"),
    ],
)
def test_what_does_not_fit_is_refused(folder, before, after, code, said):
    error = refused(folder, PLAN.replace(before, after))
    assert error.code == code
    assert said in error.what.zh
    if code == "K-DEI-004":
        assert error.where == "plan.yaml:6"


NAMES = inventory(item("a.parquet!a#name", meaning="name", role="direct_identifier", cells=3))
NAMED = PLAN.replace("#age", "#name").replace("level: 2", "level: 1")


@pytest.mark.parametrize("rows", ["甲某;甲某\n乙某;乙某\n", "甲某;1\n乙某;2\n", "甲某;1\n乙某;1\n丙某;丙某\n"])
def test_a_hierarchy_that_gives_one_name_a_group_of_its_own_lets_no_direct_identifier_out(folder, rows):
    (folder / "h" / "age.csv").write_text(rows)
    plan = read_plan(NAMED, "plan.yaml")
    files = read_hierarchies(plan, folder, "plan.yaml")
    with pytest.raises(KouanError) as caught:
        check_plan(plan, NAMES, "plan.yaml", text=NAMED, hierarchies=files.read)
    assert (caught.value.code, caught.value.where) == ("K-DEI-022", "plan.yaml:6")


def test_a_hierarchy_of_real_groups_may_treat_a_direct_identifier(folder):
    (folder / "h" / "age.csv").write_text("甲某;组一\n乙某;组一\n")
    plan = read_plan(NAMED, "plan.yaml")
    check_plan(plan, NAMES, "plan.yaml", hierarchies=read_hierarchies(plan, folder, "plan.yaml").read)


@pytest.mark.parametrize(
    ("file", "code"), [("h/none.csv", "K-DEI-012"), ("h", "K-DEI-012"), ("h/age.csv", "K-DEI-015")]
)
def test_what_is_wrong_with_a_file_is_said_under_the_name_that_the_plan_gives_it(folder, file, code):
    (folder / "h" / "age.csv").write_text("30;;x\n")
    error = refused(folder, PLAN.replace("h/age.csv", file))
    assert (error.code, error.where.partition(":")[0]) == (code, file)
