"""Files of every way to be read, for tests of recognition on a cluster."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from tests.planted import people
from tests.recognizing import mobile_of, ric_of

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 50_000
NAMES = ("people.parquet", "one.csv", "many", "cases")
PLANTED = people(400, 11)
_GROUP = 6_000


def write_all(folder: Path) -> Path:
    """Write them below a folder, and return it."""
    table = _table()
    pq.write_table(table, folder / "people.parquet", row_group_size=_GROUP)
    few = table.select(["member_id", "手机号", "姓名", "家庭住址"]).slice(0, 40_000)
    pq.write_table(few, folder / "few.parquet", row_group_size=_GROUP)
    pa.csv.write_csv(table.drop(["blob"]).slice(0, 4_000), folder / "one.csv")
    (folder / "many").mkdir()
    for number, start in enumerate(range(0, 25_000, 5_000)):
        pa.csv.write_csv(table.drop(["blob"]).slice(start, 5_000), folder / "many" / f"{number}.csv")
    (folder / "cases").mkdir()
    for number in range(40):
        (folder / "cases" / f"{number}.xml").write_text(_case(number))
    return folder


def _table() -> pa.Table:
    serial = [n * 7919 % ROWS for n in range(ROWS)]
    cards = [ric_of(n, dt.date(1950 + n // 50, 5, 17)) for n in range(3_000)]
    columns = {
        "member_id": [f"M{n // 2:07d}" for n in range(ROWS)],
        "身份证号": [None if n % 97 == 0 else cards[n % len(cards)] for n in serial],
        "手机号": [mobile_of(n) for n in serial],
        "email": [f"u{n}@example.com" for n in serial],
        "性别": ["男" if n % 2 else "女" for n in range(ROWS)],
        "备注": [f"联系{mobile_of(n)}" if n % 500 == 0 else "正常" for n in range(ROWS)],
        "birth": pa.array([n % 20_000 for n in serial], pa.int32()).cast(pa.date32()),
        "seen": pa.array(serial, pa.timestamp("s")),
        "amount": [n / 3 for n in serial],
        "active": [n % 3 == 0 for n in range(ROWS)],
        "blob": pa.array([b"\xff"] * ROWS),
    }
    table = pa.table(columns)
    for name in ("姓名", "家庭住址"):
        cells = [one.cell(name) for one in PLANTED]
        table = table.append_column(name, pa.array([cells[n % len(cells)] for n in range(ROWS)]))
    return table


def _case(number: int) -> str:
    reporter = f'<reporter><name value="{PLANTED[number].cell("姓名")}"/><tel value="{mobile_of(number)}"/></reporter>'
    return f'<cases><case><id root="1.2" extension="{number}"/>{reporter}</case></cases>'
