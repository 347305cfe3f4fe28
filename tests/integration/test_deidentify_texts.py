"""Dates that move, texts that are scrubbed, lists of values and rows that stay, over whole sources."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from kouan.deidentify import apply_plan, check_plan
from kouan.model.errors import KouanError
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.text import same
from tests.inventories import inventory, item
from tests.keystore import MemoryKeyStore
from tests.tables import MemorySource

KEYS = MemoryKeyStore()
ROLES = {"name": "direct_identifier", "patient_id": "direct_identifier", "health_date": "quasi_identifier"}
VISITS = {
    "patient": ["Patient/7", "Patient/7", "Patient/8", None],
    "name": ["甄不凡", "甄不凡", "Ada Quill", None],
    "start": ["2024-05-03", "2024-05-13", "2024-05-03", "2024-05-03"],
    "taken": [["2024-05-04", None, "x"], [], None, ["2024-05-04"]],
    "note": ["甄不凡诉头痛，电话13800138000", None, "Ada Quill had a rash", "甄不凡的家属来电"],
    "lines": [["甄不凡好转", None], [], None, ["电话13800138000", "血压130/85mmHg"]],
}
MEANINGS = {"patient": "patient_id", "name": "name", "start": "health_date", "taken": "health_date"}


def line(name, action, *, table="visits.parquet!visits", **params):
    return PlanLine(item=f"{table}#{name}", action=action, params=params, why=same("t"))


def plan(*lines):
    return Plan(mode="controlled", key="pseudonym/2026", lines=lines)


def about(columns=VISITS, table="visits.parquet!visits"):
    meanings = {name: MEANINGS.get(name, "free_text") for name in columns}
    return inventory(
        *(item(f"{table}#{name}", meaning=one, role=ROLES.get(one, "other"), cells=4) for name, one in meanings.items())
    )


WHOLE = plan(
    line("patient", Action.PSEUDONYM, form="reference"),
    line("name", Action.DROP),
    line("start", Action.SHIFT, by="patient"),
    line("taken", Action.SHIFT, by="patient"),
    line("note", Action.SCRUB),
    line("lines", Action.SCRUB),
)


@pytest.fixture
def visits():
    return MemorySource.of("visits.parquet", {"visits": pa.table(VISITS)}, batch_rows=3)


def run(visits, tmp_path, chosen=WHOLE, **more):
    check_plan(chosen, about(), "plan")
    done = apply_plan(chosen, [visits], about(), keys=KEYS, out=tmp_path / "out", threads=2, **more)
    return pq.read_table(tmp_path / "out" / "visits.parquet").to_pydict(), done


def days(text):
    return dt.date.fromisoformat(text)


def test_dates_move_by_the_subject_named_in_a_column_that_is_treated_itself(visits, tmp_path):
    found, done = run(visits, tmp_path)
    first, second, other, nobody = found["start"]
    assert days(second) - days(first) == dt.timedelta(days=10)
    assert days(first) - days("2024-05-03") != days(other) - days("2024-05-03")
    assert nobody is None
    assert found["patient"][0] == found["patient"][1] != found["patient"][2]
    assert found["patient"][0].startswith("Patient/")
    assert {one.item.partition("#")[2]: (one.cells, one.emptied) for one in done.items}["start"] == (4, 1)


def test_lists_keep_their_lengths_and_are_treated_value_by_value(visits, tmp_path):
    found, done = run(visits, tmp_path)
    moved = days(found["start"][0]) - days("2024-05-03")
    assert found["taken"] == [[(days("2024-05-04") + moved).isoformat(), None, None], [], None, [None]]
    assert found["lines"] == [
        ["【已移除：姓名】好转", None],
        [],
        None,
        ["电话【已移除：手机号】", "血压130/85mmHg"],
    ]
    counts = {one.item.partition("#")[2]: (one.cells, one.changed, one.emptied) for one in done.items}
    assert counts["taken"] == (4, 3, 2)
    assert counts["lines"] == (4, 2, 0)


def test_names_of_a_column_that_is_dropped_are_known_in_the_texts(visits, tmp_path):
    found, done = run(visits, tmp_path)
    assert "name" not in found
    assert found["note"] == [
        "【已移除：姓名】诉头痛，电话【已移除：手机号】",
        None,
        "[removed: name] had a rash",
        "【已移除：姓名】的家属来电",
    ]
    notes = {one.item.partition("#")[2]: [note.en for note in one.notes] for one in done.items}
    assert notes["note"] == ["taken out of the text: mobile 1, name 3"]
    assert notes["start"] == []


class Hold:
    """Holds back the rows of one name; the column that it looks at is dropped."""

    def columns(self, source, entity):
        assert (source, entity) == ("visits.parquet", "visits")
        return ("name",)

    def keep(self, source, entity, batch):
        assert batch.schema.names == ["name"]
        return pc.fill_null(pc.not_equal(batch.column("name"), "甄不凡"), True)


def test_rows_that_are_held_are_not_written_and_counted(visits, tmp_path):
    found, done = run(visits, tmp_path, hold=Hold())
    assert found["note"] == ["[removed: name] had a rash", "【已移除：姓名】的家属来电"]
    assert [(file.rows, file.held) for file in done.files] == [(2, 2)]
    assert done.held == 2


def test_a_reference_and_the_id_that_it_names_agree_between_files(visits, tmp_path):
    patients = pa.table({"patient": ["7"], "start": ["2024-05-03"]})
    other = MemorySource.of("patients.parquet", {"patients": patients})
    table = "patients.parquet!patients"
    lines = (
        line("patient", Action.PSEUDONYM, table=table),
        line("start", Action.SHIFT, table=table, by="patient"),
    )
    both = inventory(*about().items, *about(("patient", "start"), table).items)
    apply_plan(plan(*WHOLE.lines, *lines), [visits, other], both, keys=KEYS, out=tmp_path / "out", threads=1)
    one, two = (pq.read_table(tmp_path / "out" / f"{name}.parquet").to_pydict() for name in ("visits", "patients"))
    assert one["patient"][0] == "Patient/" + two["patient"][0]
    assert one["start"][0] == two["start"][0]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (line("start", Action.SHIFT), "by"),
        (line("start", Action.SHIFT, by="pateint"), "(patient?)"),
        (line("start", Action.SHIFT, by="start"), "another column"),
        (line("start", Action.SHIFT, by="patient", days=0), "days"),
        (line("start", Action.SHIFT, by="patient", time="no"), "keep, drop"),
        (line("start", Action.SCRUB, dates="month"), "year, keep, remove"),
        (line("start", Action.SCRUB, by="patient"), "by"),
        (line("start", Action.PSEUDONYM, form="uuid", length=20), "length"),
        (line("start", Action.PSEUDONYM, form="long"), "form"),
        (line("start", Action.PSEUDONYM, form="short", length=4), "length"),
    ],
)
def test_params_that_do_not_fit_are_refused(bad, said):
    lines = [bad if one.item == bad.item else one for one in WHOLE.lines]
    with pytest.raises(KouanError) as caught:
        check_plan(plan(*lines), about(), "plan")
    assert caught.value.code == "K-DEI-004"
    assert said in str(caught.value)


def test_shifted_dates_need_a_key():
    keyless = plan(*(one for one in WHOLE.lines if one.action is not Action.PSEUDONYM), line("patient", Action.DROP))
    with pytest.raises(KouanError) as caught:
        check_plan(keyless.model_copy(update={"key": ""}), about(), "plan")
    assert caught.value.code == "K-DEI-006"
