"""Tables of more rows than are all looked at: the same inventory in whatever batches and on whatever threads."""

from __future__ import annotations

import base64

import pyarrow as pa
import pytest

from kouan.recognize import tables
from tests.recognizing import given, look, mobile_of

ROWS = 30_000


def table() -> pa.Table:
    said = base64.b64encode(f"电话{mobile_of(7)}，请尽快联系我们".encode()).decode()
    return pa.table(
        {
            "编号": [f"K{n:06d}" for n in range(ROWS)],
            "手机号": [None if n % 50 == 0 else mobile_of(n) for n in range(ROWS)],
            "商品": [f" 商品{n % 24_000} " if n % 2 else f"商品{n % 24_000}" for n in range(ROWS)],
            "状态": [("已付", "未付", "NA")[n % 3] for n in range(ROWS)],
            "载荷": [said if n in (5, 29_000) else "x" for n in range(ROWS)],
        }
    )


@pytest.fixture(scope="module")
def whole():
    return look(given({"t": table()}))


def test_first_batch_beside_the_others(whole):
    """A first batch that tells enough is profiled with the others; so is one after the other."""
    names = {item.name: item for item in whole.items}
    assert names["编号"].distinct is None
    assert names["状态"].distinct == 2
    assert names["手机号"].nulls == ROWS // 50
    assert sum(one.confirmed + one.suspected for one in names["载荷"].findings if one.identifier == "cn.mobile") == 2


@pytest.mark.parametrize(("batch_rows", "threads"), [(65_536, 2), (21_000, 2), (7_000, 1), (20_000, 2)])
def test_any_batches_and_threads_give_the_same(whole, batch_rows, threads):
    assert look(given({"t": table()}, batch_rows=batch_rows), threads=threads) == whole


def test_cells_that_wait_look_the_same(whole, monkeypatch):
    """However few cells may wait for others, they are looked at once each, in their order."""
    monkeypatch.setattr(tables, "_WAIT", 40)
    assert look(given({"t": table()}, batch_rows=1_000)) == whole
