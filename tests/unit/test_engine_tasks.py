"""Tasks give what threads give, whatever they are cut into, and carry no person's value away."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from kouan.engine.tasks import Piece, Task, chunks
from kouan.formats import open_source
from kouan.formats.splits import splits_of
from kouan.model.errors import KouanError
from kouan.recognize.parts import Counting
from tests.recognizing import mobile_of, ric_of
from tests.tasking import Near, inventory_of

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 25_000


def _table(rows: int = ROWS) -> pa.Table:
    serial = [n * 7919 % rows for n in range(rows)]
    cards = [ric_of(n) for n in range(1_000)]
    return pa.table(
        {
            "member_id": [f"M{n // 2:07d}" for n in range(rows)],
            "身份证号": [None if n % 97 == 0 else cards[n % 1_000] for n in serial],
            "手机号": [mobile_of(n) for n in serial],
            "备注": [f"联系{mobile_of(n)}" if n % 500 == 0 else "正常" for n in range(rows)],
            "amount": [n / 3 for n in serial],
        }
    )


@pytest.fixture(scope="module")
def table() -> pa.Table:
    return _table()


@pytest.mark.parametrize("group", [1_700, 20_000, 24_999])
def test_row_groups(tmp_path, table, group):
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=group)
    near = Near()
    assert inventory_of(tmp_path / "a.parquet", engine=near) == inventory_of(tmp_path / "a.parquet")
    assert near.sent


def test_cells_that_hold_documents(tmp_path):
    cells = [f'{{"tel": "{mobile_of(n)}"}}' for n in range(2_000)] * 11
    pq.write_table(pa.table({"payload": cells}), tmp_path / "a.parquet", row_group_size=10_500)
    near = Near()
    assert inventory_of(tmp_path / "a.parquet", engine=near) == inventory_of(tmp_path / "a.parquet")
    assert near.sent


def test_no_row_is_left_after_those_that_are_read_here(tmp_path, table):
    pq.write_table(table.slice(0, 300), tmp_path / "a.parquet", row_group_size=100)
    near = Near()
    assert inventory_of(tmp_path / "a.parquet", engine=near) == inventory_of(tmp_path / "a.parquet")


def test_files_of_a_folder(tmp_path, table):
    folder = tmp_path / "orders"
    folder.mkdir()
    for number, start in enumerate(range(0, ROWS, 4_000)):
        pa.csv.write_csv(table.slice(start, 4_000), folder / f"part-{number}.csv")
    near = Near(jobs=1)
    assert inventory_of(folder, engine=near) == inventory_of(folder)
    assert near.sent


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_what_cannot_be_split_is_read_here(tmp_path, table, suffix):
    path = tmp_path / f"a.{suffix}"
    if suffix == "csv":
        pa.csv.write_csv(table.slice(0, 3_000), path)
    else:
        path.write_text('[{"id": 1, "mobile": "13800000001"}, {"id": 2, "mobile": "13800000002"}]')
    near = Near()
    assert inventory_of(path, engine=near) == inventory_of(path)
    assert not near.sent


def test_no_key_of_a_person_crosses(tmp_path, table):
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=5_000)
    near = Near()
    inventory_of(tmp_path / "a.parquet", engine=near)
    counting = [got for sent, got in zip(near.sent, near.got, strict=True) if Counting.__qualname__.encode() in sent]
    assert counting
    words = [
        word.encode()
        for name in ("身份证号", "手机号", "member_id")
        for word in table.column(name).drop_null().to_pylist()[::50]
    ]
    crossed = b"".join([*near.sent, *counting])
    assert not [word for word in words if word in crossed]
    assert b"k" * 32 not in crossed  # the root's key


def test_a_task_holds_what_a_process_is_to_do(tmp_path, table):
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=1_000)
    (entity,) = open_source(tmp_path / "a.parquet", name="a").entities
    splits = splits_of(entity)
    assert splits is not None
    assert [one.rows for one in splits] == [1_000] * 25
    pieces = [Piece(one, 1_000 * n, 0) for n, one in enumerate(splits)]
    tasks = list(chunks(pieces, jobs=2))
    assert [piece for task in tasks for piece in task] == pieces
    assert 8 <= len(tasks) <= 10


def _open(path: Path) -> Task:
    (entity,) = open_source(path, name="a").entities
    splits = splits_of(entity)
    assert splits is not None
    return Task((Piece(splits[-1], 0, 0),), None, _rows, None)


def _rows(first: int, batch: pa.RecordBatch) -> int:
    return len(batch)


def test_other_bytes_are_refused(tmp_path, table):
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, row_group_size=1_000)
    (entity,) = open_source(path, name="a").entities
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(data)
    with pytest.raises(KouanError) as caught:
        list(Near().rows(entity).rest(_rows, merge=None, seen=lambda _: None))
    assert caught.value.code == "K-FMT-025"
    path.unlink()
    with pytest.raises(KouanError) as caught:
        list(Near().rows(entity).rest(_rows, merge=None, seen=lambda _: None))
    assert caught.value.code == "K-ENG-005"


def test_the_same_bytes_elsewhere_are_read(tmp_path, table):
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, row_group_size=20_000)
    (entity,) = open_source(path, name="a").entities
    shutil.copy(path, tmp_path / "copy")
    (tmp_path / "copy").replace(path)  # another inode and time, as on another machine
    assert sum(Near().rows(entity).rest(_rows, merge=None, seen=lambda _: None)) == ROWS


def test_another_version_is_refused(tmp_path, table):
    pq.write_table(table, tmp_path / "a.parquet")
    task = replace(_open(tmp_path / "a.parquet"), version="0.0.1")
    (result,) = task([])
    assert b"K-ENG-004" in result


def test_a_task_reads_what_it_is_given_to_its_end(tmp_path, table):
    """Else Spark ends the process after each task and starts another, which costs seconds."""
    pq.write_table(table, tmp_path / "a.parquet")
    given = iter([0, 1])
    list(_open(tmp_path / "a.parquet")(given))
    assert next(given, None) is None


def _quotes(first: int, batch: pa.RecordBatch) -> int:
    raise ValueError(str(batch.column(1)[1]))


def test_an_error_nobody_foresaw_loses_its_words(tmp_path, table):
    pq.write_table(table, tmp_path / "a.parquet")
    (entity,) = open_source(tmp_path / "a.parquet", name="a").entities
    with pytest.raises(KouanError) as caught:
        list(Near().rows(entity).rest(_quotes, merge=None, seen=lambda _: None))
    assert caught.value.code == "K-ENG-007"
    said = "".join(caught.value.lines("zh") + caught.value.lines("en"))
    assert "ValueError" in said
    assert table.column(1)[1].as_py() not in said


def test_a_damaged_file_is_refused_with_the_same_words(tmp_path, table):
    path = tmp_path / "a.parquet"
    pq.write_table(table, path, row_group_size=5_000, compression="zstd")
    place = pq.ParquetFile(path).metadata.row_group(4).column(1).data_page_offset
    data = bytearray(path.read_bytes())
    data[place + 40 : place + 80] = b"\xff" * 40
    path.write_bytes(data)
    said = []
    for engine in (None, Near()):
        with pytest.raises(KouanError) as caught:
            inventory_of(path, engine=engine)
        said.append(caught.value.lines("zh"))
    assert said[0] == said[1]
