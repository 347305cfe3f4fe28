"""A plan carried out on real files and read back."""

from __future__ import annotations

import datetime as dt
import hashlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.deidentify import apply_plan, make_plan
from kouan.formats import open_source
from kouan.model.errors import KouanError
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.text import same
from tests.declarations import decision, declaration
from tests.inventories import inventory, item
from tests.keystore import MemoryKeyStore
from tests.tables import MemorySource

MEMBERS = "编号,手机,出生日期,城市,备注,积分\n1001,138 0013 8000,1990-01-02,北京,请打电话,5\n1002,,1990/13/2,上海,,7\n1003,13900139000,19851231,,无,9\n"
KEYS = MemoryKeyStore()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in" / "d").mkdir(parents=True)
    (tmp_path / "in" / "members.csv").write_bytes(MEMBERS.encode("gb18030"))
    orders = pa.table(
        {
            "编号": pa.array([1003, 1001, 1001, None]),
            "金额": pa.array([1.5, 2.5, None, 4.0]),
            "日期": pa.array([dt.date(2026, 3, 31)] * 4),
        }
    )
    pq.write_table(orders, tmp_path / "in" / "d" / "orders.parquet")
    return tmp_path


def known():
    return inventory(
        item("members.csv!members#编号", meaning="person_id", role="direct_identifier", cells=3),
        item("members.csv!members#手机", meaning="cn.mobile", role="direct_identifier", cells=3, nulls=1),
        item("members.csv!members#出生日期", meaning="birth_date", role="quasi_identifier", cells=3),
        item("members.csv!members#城市", meaning="city", role="quasi_identifier", cells=3, nulls=1),
        item("members.csv!members#备注", meaning="free_text", cells=3, nulls=1),
        item("members.csv!members#积分", meaning="quantity", personal=False, cells=3),
        item("d/orders.parquet!orders#编号", meaning="person_id", role="direct_identifier", cells=4, nulls=1),
        item("d/orders.parquet!orders#金额", meaning="amount", personal=False, cells=4, nulls=1),
        item("d/orders.parquet!orders#日期", meaning="event_date", role="quasi_identifier", cells=4),
    )


def opened(folder):
    return [open_source(folder / "in" / name, name=name) for name in ("members.csv", "d/orders.parquet")]


def run(folder, plan=None, **more):
    plan = plan or make_plan(known(), decision(), declaration({"members.csv": None, "d/orders.parquet": None}))
    return apply_plan(plan, opened(folder), known(), keys=KEYS, out=folder / "out", threads=2, **more)


def test_files_are_treated_and_people_keep_one_pseudonym_over_files(folder):
    heard = []
    treatment = run(folder, progress=lambda *what: heard.append(what))
    members = [line.split(",") for line in (folder / "out" / "members.csv").read_text("gb18030").splitlines()]
    assert members[0] == ["编号", "手机", "出生日期", "城市", "积分"]
    assert [row[2:] for row in members[1:]] == [["1990", "北京", "5"], ["", "上海", "7"], ["1985", "", "9"]]
    assert members[2][1] == ""
    orders = pq.read_table(folder / "out" / "d" / "orders.parquet")
    assert orders["编号"].to_pylist() == [members[3][0], members[1][0], members[1][0], None]
    assert orders["金额"].to_pylist() == [1.5, 2.5, None, 4.0]
    assert orders["日期"].to_pylist() == ["2026-03"] * 4
    assert orders.schema.field("金额").type == pa.float64()
    assert heard[-1][:2] == ("deidentify", 7)
    assert treatment.key == KEYS.fingerprint("pseudonym/2026")


def test_cells_are_counted(folder):
    counts = {one.item.partition("!")[2]: (one.cells, one.changed, one.emptied) for one in run(folder).items}
    assert counts == {
        "members#编号": (3, 3, 0),
        "members#手机": (3, 2, 0),
        "members#出生日期": (3, 3, 1),
        "members#城市": (3, 0, 0),
        "members#备注": (3, 2, 2),
        "members#积分": (3, 0, 0),
        "orders#编号": (4, 3, 0),
        "orders#金额": (4, 0, 0),
        "orders#日期": (4, 4, 0),
    }


def test_written_files_are_named_sized_and_digested(folder):
    for file in run(folder).files:
        data = (folder / "out" / file.staged).read_bytes()
        assert (file.source, file.bytes, file.sha256) == (
            file.staged,
            len(data),
            "sha256:" + hashlib.sha256(data).hexdigest(),
        )
    assert [file.rows for file in run(folder).files] == [3, 4]


def test_threads_and_runs_do_not_change_a_byte(folder):
    plan = make_plan(known(), decision(), declaration({"members.csv": None, "d/orders.parquet": None}))
    once = run(folder, plan)
    again = apply_plan(plan, opened(folder), known(), keys=KEYS, out=folder / "out2", threads=1)
    assert once == again


def only(plan_action, *, params=None, table=None, meaning="number"):
    """Return (plan, inventory, source) of one column `x`."""
    about = inventory(item("a.parquet!a#x", meaning=meaning, cells=1))
    plan = Plan(
        mode="controlled",
        key="pseudonym/2026",
        lines=(PlanLine(item="a.parquet!a#x", action=plan_action, params=params or {}, why=same("t")),),
    )
    return plan, about, MemorySource.of("a.parquet", {"a": pa.table(table or {"x": ["1"]})})


def test_a_file_without_any_column_left_is_not_written_and_said(tmp_path):
    plan, about, source = only(Action.DROP)
    treatment = apply_plan(plan, [source], about, keys=KEYS, out=tmp_path, threads=1)
    assert (treatment.files, treatment.key, list(tmp_path.iterdir())) == ((), None, [])
    assert "a.parquet" in treatment.notes[0].zh


def test_names_cannot_lead_out_of_the_folder_nor_hide_each_other(tmp_path):
    one = MemorySource.of("../up/a.csv", {"a": pa.table({"x": ["1"]})})
    two = MemorySource.of("/up/a.csv", {"a": pa.table({"x": ["1"]})})
    about = inventory(*(item(f"{source.name}!a#x", cells=1) for source in (one, two)))
    lines = tuple(PlanLine(item=found.id, action=Action.KEEP, why=same("t")) for found in about.items)
    plan = Plan(mode="controlled", key="", lines=lines)
    with pytest.raises(KouanError) as caught:
        apply_plan(plan, [one, two], about, keys=KEYS, out=tmp_path, threads=1)
    assert caught.value.code == "K-DEI-010"
    alone = inventory(about.items[0])
    treatment = apply_plan(
        plan.model_copy(update={"lines": lines[:1]}), [one], alone, keys=KEYS, out=tmp_path, threads=1
    )
    assert treatment.files[0].staged == "up/a.csv"
    assert (tmp_path / "up" / "a.csv").is_file()


@pytest.mark.parametrize(
    ("column", "code"),
    [([{"nested": 1}], "K-DEI-008"), ([[["nested"]]], "K-DEI-008"), ([b"\xff\xfe"], "K-DEI-008")],
)
def test_what_cannot_be_treated_is_refused(tmp_path, column, code):
    plan, about, source = only(Action.MASK, params={"keep_start": 1}, table={"x": column})
    with pytest.raises(KouanError) as caught:
        apply_plan(plan, [source], about, keys=KEYS, out=tmp_path, threads=2)
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_cells_that_break_a_transform_are_refused_without_being_shown(tmp_path):
    plan, about, source = only(Action.GENERALISE, params={"to": "year"}, table={"x": [dt.timedelta(days=4711)]})
    with pytest.raises(KouanError) as caught:
        apply_plan(plan, [source], about, keys=KEYS, out=tmp_path, threads=2)
    assert caught.value.code == "K-DEI-009"
    assert "4711" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_column_that_the_plan_does_not_know_is_refused(tmp_path):
    plan, about, _ = only(Action.KEEP)
    source = MemorySource.of("a.parquet", {"a": pa.table({"x": ["1"], "new": ["2"]})})
    with pytest.raises(KouanError) as caught:
        apply_plan(plan, [source], about, keys=KEYS, out=tmp_path, threads=1)
    assert caught.value.code == "K-DEI-011"


def test_a_file_that_changes_while_it_is_treated_leaves_nothing_behind(folder):
    plan = make_plan(known(), decision(), declaration({"members.csv": None, "d/orders.parquet": None}))
    sources = opened(folder)
    with (folder / "in" / "members.csv").open("ab") as stream:
        stream.write(b"1004,,,,,\n")
    with pytest.raises(KouanError) as caught:
        apply_plan(plan, sources, known(), keys=KEYS, out=folder / "out", threads=2)
    assert caught.value.code.startswith("K-FMT-")
    assert [path for path in (folder / "out").rglob("*") if path.is_file()] == []
