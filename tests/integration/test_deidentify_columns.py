"""Columns counted first, over a whole source: rows that stay here count for nothing."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from kouan.deidentify import apply_plan
from kouan.model.errors import KouanError
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.text import same
from tests.inventories import inventory, item
from tests.keystore import MemoryKeyStore
from tests.tables import MemorySource

TABLE = {
    "id": ["a", "b", "c", "d", "e", "f"],
    "city": ["东城", "东城", "西城", "西城", "怀柔", None],
    "codes": [["x", "y"], ["x"], [], None, ["z", None], ["y"]],
    "pay": [100, 200, 300, 400, 1000, None],
}
ABOUT = inventory(*(item(f"a.parquet!a#{name}", meaning="number", cells=6) for name in TABLE))


class Without:
    """Keeps the rows of some persons here."""

    def __init__(self, *persons):
        self.persons = pa.array(persons, pa.string())

    def columns(self, source, entity):
        return ("id",) if len(self.persons) else ()

    def keep(self, source, entity, batch):
        return pc.invert(pc.is_in(batch.column(0), value_set=self.persons))


def line(name, action, **params):
    return PlanLine(item=f"a.parquet!a#{name}", action=action, params=params, why=same("t"))


def run(tmp_path, *persons, rows=2):
    plan = Plan(
        mode="controlled",
        key="",
        lines=(
            line("id", Action.DROP),
            line("city", Action.SUPPRESS, below=2),
            line("codes", Action.SUPPRESS, below=2, other="-"),
            line("pay", Action.MICROAGGREGATE, k=2),
        ),
    )
    source = MemorySource.of("a.parquet", {"a": pa.table(TABLE)}, batch_rows=rows)
    done = apply_plan(
        plan, [source], ABOUT, keys=MemoryKeyStore(), out=tmp_path / "out", threads=2, hold=Without(*persons)
    )
    return pq.read_table(tmp_path / "out" / "a.parquet").to_pydict(), {one.item[-4:]: one for one in done.items}


@pytest.mark.parametrize("rows", [1, 4, 100])
def test_small_groups_are_found_over_all_batches(tmp_path, rows):
    found, done = run(tmp_path, rows=rows)
    assert found["city"] == ["东城", "东城", "西城", "西城", None, None]
    assert found["codes"] == [["x", "y"], ["x"], [], None, ["-", None], ["y"]]
    assert found["pay"] == ["150", "150", "567", "567", "567", None]
    assert (done["city"].changed, done["city"].emptied) == (1, 1)
    assert done["#pay"].changed == 5


def test_rows_that_stay_here_count_for_nothing(tmp_path):
    found, _ = run(tmp_path, "d", "f")
    assert found["city"] == ["东城", "东城", None, None]
    assert found["codes"] == [["x", "-"], ["x"], [], ["-", None]]
    assert found["pay"] == ["150", "150", "650", "650"]


def replaced(tmp_path, when, **params):
    plan = Plan(
        mode="controlled",
        key="",
        lines=tuple(
            line(name, Action.REPLACE, when=when, **params)
            if name in {"city", "codes", "pay"}
            else line(name, Action.DROP)
            for name in TABLE
        ),
    )
    source = MemorySource.of("a.parquet", {"a": pa.table(TABLE)}, batch_rows=2)
    apply_plan(plan, [source], ABOUT, keys=MemoryKeyStore(), out=tmp_path / "out", threads=2)
    return pq.read_table(tmp_path / "out" / "a.parquet").to_pydict()


def test_conditions_read_raw_values_of_dropped_columns_too_and_reach_into_lists(tmp_path):
    found = replaced(tmp_path, "id", equals="a", value="-")
    assert found["city"] == ["-", "东城", "西城", "西城", "怀柔", None]
    assert found["codes"] == [["-", "-"], ["x"], [], None, ["z", None], ["y"]]
    found = replaced(tmp_path, "pay", above=300)
    assert found["pay"] == ["100", "200", "300", None, None, None]
    assert found["city"] == ["东城", "东城", "西城", None, None, None]


def test_a_condition_on_a_list_is_refused(tmp_path):
    with pytest.raises(KouanError) as caught:
        replaced(tmp_path, "codes", equals="x")
    assert caught.value.code == "K-DEI-008"
    assert not (tmp_path / "out" / "a.parquet").exists()


def test_both_coordinates_go_to_the_centre_of_one_cell(tmp_path):
    table = {"lon": ["116.3975", "116.3980", "", "116.3975"], "lat": [39.9085, 39.9088, 39.9, None]}
    about = inventory(*(item(f"a.parquet!a#{name}", meaning="location", cells=4) for name in table))
    plan = Plan(
        mode="controlled",
        key="",
        lines=(
            line("lon", Action.GENERALISE, to="grid", axis="lon", metres=1000, **{"with": "lat"}),
            line("lat", Action.GENERALISE, to="grid", axis="lat", metres=1000, **{"with": "lon"}),
        ),
    )
    source = MemorySource.of("a.parquet", {"a": pa.table(table)}, batch_rows=2)
    done = apply_plan(plan, [source], about, keys=MemoryKeyStore(), out=tmp_path / "out", threads=2)
    found = pq.read_table(tmp_path / "out" / "a.parquet").to_pydict()
    assert [len(set(found[name][:2])) for name in table] == [1, 1]
    assert found["lon"][2:] == found["lat"][2:] == [None, None]
    assert [(one.cells, one.emptied) for one in done.items] == [(4, 2), (4, 1)]
