"""Columns whose cells are JSON: items by path, and back into the cells with everything else as it was."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kouan.cli import main
from kouan.formats import ReadOptions, open_sink, open_source, parse_address
from kouan.formats.options import Limits
from kouan.formats.payload.cells import scan_cells

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.formats.source import Entity, Source

FIRST = (
    '{ "contact": {"phone": "13800138000", "tags": ["a", "b"]},\n  "age": 30, "vip": true, "none": null, "empty": {} }'
)
SECOND = '{"contact": {"phone": "13900139000"}, "note": "\\u5f20 \\"x\\""}'
NAMES = [
    "id",
    "payload/contact/phone",
    "payload/contact/tags",
    "payload/age",
    "payload/vip",
    "payload/none",
    "payload/empty",
    "payload/note",
    "city",
]


def laid(path: Path, cells: list[str | None]) -> Source:
    columns = {"id": list(range(len(cells))), "payload": pa.array(cells, pa.string()), "city": ["x"] * len(cells)}
    pq.write_table(pa.table(columns), path / "t.parquet", row_group_size=2)
    return open_source(path / "t.parquet", name="t.parquet", options=ReadOptions(batch_rows=2))


def rows(entity: Entity) -> list[dict[str, Any]]:
    return pa.Table.from_batches(entity.batches(), entity.schema).to_pylist()


def written(source: Source, path: Path, change: dict[str, Any]) -> list[str | None]:
    """Write with some columns changed by a function, or dropped by None."""
    (entity,) = source.entities
    left = [name for name in entity.schema.names if change.get(name, name) is not None]
    schema = pa.schema([entity.schema.field(name) for name in left])
    with open_sink(path / "out.parquet", source, schemas={entity.name: schema}) as sink:
        for batch in entity.batches(left):
            columns = [_changed(batch.column(name), change.get(name)) for name in left]
            sink.write(entity.name, pa.RecordBatch.from_arrays(columns, schema=schema))
    table = pq.read_table(path / "out.parquet")
    return table["payload"].to_pylist() if "payload" in table.column_names else []


def _changed(column: Any, function: Any) -> Any:
    if function is None:
        return column
    values = [None if one is None else [function(x) for x in one] if isinstance(one, list) else function(one) for one in column.to_pylist()]  # fmt: skip
    return pa.array(values, column.type)


def test_paths_are_items(tmp_path: Path) -> None:
    source = laid(tmp_path, [FIRST, None, SECOND, " "])
    (entity,) = source.entities
    assert entity.schema.names == NAMES
    first, blank, second, _ = rows(entity)
    assert first["payload/contact/phone"] == "13800138000"
    assert first["payload/contact/tags"] == ["a", "b"]
    assert (first["payload/age"], first["payload/vip"], first["payload/none"]) == ("30", "true", None)
    assert first["payload/empty"] == "{}"
    assert second["payload/note"] == '张 "x"'
    assert {value for name, value in blank.items() if name.startswith("payload")} == {None}
    some = next(iter(entity.batches(["city", "payload/age"])))
    assert some.schema.names == ["city", "payload/age"]
    assert sum(batch.num_rows for batch in entity.batches([])) == 4


def test_what_is_not_treated_keeps_its_bytes(tmp_path: Path) -> None:
    cells = [FIRST, None, SECOND, " ", '[{"contact": {"phone": "1"}}, {"contact": {"phone": "2"}}]']
    source = laid(tmp_path, cells)
    assert written(source, tmp_path, {}) == cells
    masked = written(source, tmp_path, {"payload/contact/phone": lambda one: one and f'{one[:1]}"**'})
    assert masked[0] == FIRST.replace("13800138000", '1\\"**')
    assert masked[2] == SECOND.replace("13900139000", '1\\"**')
    assert masked[4] == '[{"contact": {"phone": "1\\"**"}}, {"contact": {"phone": "2\\"**"}}]'


def test_what_is_dropped_goes_with_its_name(tmp_path: Path) -> None:
    source = laid(tmp_path, [FIRST, SECOND])
    dropped = dict.fromkeys(["payload/contact/phone", "payload/empty", "payload/age"])
    first, second = written(source, tmp_path, dropped)
    assert first is not None
    assert second is not None
    assert json.loads(first) == {"contact": {"tags": ["a", "b"]}, "vip": True, "none": None}
    assert second == '{"note": "\\u5f20 \\"x\\""}'
    assert written(source, tmp_path, dict.fromkeys([name for name in NAMES if name.startswith("payload")])) == []
    emptied = written(source, tmp_path, {"payload/contact/tags": lambda _: None, "payload/age": lambda _: None})
    assert json.loads(emptied[0] or "") == {"contact": {"phone": "13800138000"}, "vip": True, "none": None, "empty": {}}  # fmt: skip


def test_numbers_stay_numbers_and_words_become_strings(tmp_path: Path) -> None:
    source = laid(tmp_path, ['{"age": 30, "vip": true, "x": {}}'])
    assert written(source, tmp_path, {"payload/age": lambda _: "35"}) == ['{"age": 35, "vip": true, "x": {}}']
    assert written(source, tmp_path, {"payload/age": lambda _: "30-39", "payload/vip": lambda _: "是", "payload/x": lambda _: "-"}) == ['{"age": "30-39", "vip": "是", "x": "-"}']  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["{}x", "{'a': 1}", '{"a": 1} {"b": 2}', '{"a":', '"text"', "17", '{"a": 1}\n', '{"\\ud800": 1}', "{", "{13800138000}"]
)  # fmt: skip
def test_cells_that_are_no_json_leave_the_column_a_text(tmp_path: Path, cell: str) -> None:
    source = laid(tmp_path, ['{"a": 1}', '{"a": 2}', cell])
    expected = cell == '{"a": 1}\n'
    assert ("payload" not in source.entities[0].schema.names) == expected


def test_too_many_paths_or_a_name_that_is_taken_leave_the_column_a_text(tmp_path: Path) -> None:
    many = json.dumps({f"key{number}": number for number in range(501)})
    assert laid(tmp_path, [many]).entities[0].schema.names == ["id", "payload", "city"]
    pq.write_table(pa.table({"p": ['{"a": 1}'], "p/a": ["x"]}), tmp_path / "u.parquet")
    assert open_source(tmp_path / "u.parquet", name="u").entities[0].schema.names == ["p", "p/a"]


def test_files_of_a_folder_whose_payloads_differ_are_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "months"
    folder.mkdir()
    for month, payload in (("01", '{"a": "1", "b": ["x"]}'), ("02", '{"b": "y", "c": "2"}')):
        with (folder / f"m-{month}.csv").open("w", newline="") as stream:
            csv.writer(stream).writerows([["id", "payload"], ["7", payload]])
    source = open_source(folder, name="months")
    (entity,) = source.entities
    assert rows(entity) == [
        {"id": "7", "payload/a": "1", "payload/b": "x", "payload/c": None},
        {"id": "7", "payload/a": None, "payload/b": "y", "payload/c": "2"},
    ]
    schema = entity.schema
    with open_sink(tmp_path / "out", source, schemas={entity.name: schema}) as sink:
        for batch in entity.batches():
            sink.write(entity.name, batch)
    for month in ("01", "02"):
        assert (tmp_path / "out" / f"m-{month}.csv").read_text().split() == (folder / f"m-{month}.csv").read_text().split()  # fmt: skip


def test_a_file_that_knows_none_of_the_paths_left_is_not_written(tmp_path: Path) -> None:
    folder = tmp_path / "months"
    folder.mkdir()
    for month, payload in (("01", '{"a": "1"}'), ("02", '{"b": "2"}')):
        with (folder / f"m-{month}.csv").open("w", newline="") as stream:
            csv.writer(stream).writerows([["id", "payload"], ["7", payload]])
    source = open_source(folder, name="months")
    (entity,) = source.entities
    schema = pa.schema([entity.schema.field("payload/b")])
    with open_sink(tmp_path / "out", source, schemas={entity.name: schema}) as sink:
        for batch in entity.batches(schema.names):
            sink.write(entity.name, batch)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["m-02.csv"]


def test_cleared_without_a_raw_value_in_the_payload(tmp_path: Path) -> None:
    with (tmp_path / "members.csv").open("w", newline="", encoding="utf-8") as stream:
        cells = [{"contact": {"手机号": f"138{i * 7919:08d}", "邮箱": f"user{i}@example.com"}, "level": i % 3} for i in range(200)]  # fmt: skip
        csv.writer(stream).writerows([["会员号", "payload"], *([i, json.dumps(one, ensure_ascii=False)] for i, one in enumerate(cells))])  # fmt: skip
    declaration = tmp_path / "transfer.yaml"
    declaration.write_text(
        "transfer: {name: 会员数据, scenario: retail_analytics}\n"
        "parties:\n  - {role: exporter, name: 甲公司, ciio: false}\n  - {role: recipient, name: B AG, country: DE}\n"
        "purpose: 会员消费分析\nbasis: [consent]\nsources:\n  - {path: members.csv, subjects: [member]}\n",
        "utf-8",
    )
    assert main(["clear", str(declaration), "--home", str(tmp_path / "home"), "--as-of", "2026-11-22"]) in {0, 3}
    folder = tmp_path / "transfer-clearance"
    inventory = json.loads((folder / "inventory.json").read_text("utf-8"))["body"]
    meanings = {item["id"]: item["meaning"] for item in inventory["items"]}
    assert meanings["members.csv!members#payload/contact/手机号"] == "cn.mobile"
    text = (folder / "staged" / "members.csv").read_text("utf-8")
    assert "13800007919" not in text
    assert "@example.com" not in text
    assert main(["verify", str(folder), "--home", str(tmp_path / "home")]) == 0


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_LEAF = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False) | _TEXT  # fmt: skip
_TREE = st.dictionaries(_TEXT, st.recursive(_LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3), max_leaves=8), max_size=4)  # fmt: skip


@given(st.lists(st.none() | _TREE, min_size=1, max_size=6), st.sampled_from([None, 2]), st.booleans())
def test_any_json_goes_out_as_it_came_in_or_without_its_values(
    trees: list[dict[str, Any] | None], indent: int | None, ascii_only: bool
) -> None:
    cells = [None if one is None else json.dumps(one, indent=indent, ensure_ascii=ascii_only) for one in trees]
    column = pa.array(cells, pa.string())
    found = scan_cells(column, Limits())
    assert found is not None
    columns = {path: found.column_of(which, row, repeats=True) for path, which, row in found.parts()}
    assert found.written(columns).to_pylist() == cells
    bare = found.written({}).to_pylist()
    assert [cell if cell is None else json.loads(cell) for cell in bare] == [
        None if one is None else {} for one in trees
    ]
    marked = {path: pa.array([None if row is None else ["x" for _ in row] for row in array.to_pylist()], array.type) for path, array in columns.items()}  # fmt: skip
    for cell in found.written(marked).to_pylist():
        assert cell is None or set(_leaves(json.loads(cell))) <= {"x", None}


def _leaves(tree: Any) -> list[Any]:
    if isinstance(tree, dict | list):
        inner = list(tree.values()) if isinstance(tree, dict) else tree
        return [leaf for one in inner for leaf in _leaves(one)]
    return [tree]


def test_an_address_is_no_payload() -> None:
    with pytest.raises(Exception, match="K-FMT-100"):
        parse_address("{}", "a")
