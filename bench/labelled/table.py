"""The benchmark table: thirteen columns, any number of rows, written as it is made, with the truth beside it.

`python -m bench.labelled.table FILE [--rows N]` writes FILE and FILE with `.json` instead of its ending.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.labelled import columns
from bench.labelled.remark import emails, remarks
from examples.digits import text
from examples.names import names, surnames
from examples.places import addresses, places

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

SEED = 20261123
ROWS = 1_000_000
_CHUNK = 100_000
_WRONG = 0.01
"""Share of identifiers whose check character is wrong; such a cell is no identifier but looks like one."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What stands in a table.

    Attributes:
        rows: of the table.
        bytes: of its decoded Arrow columns.
        columns: column name -> {`right`, `wrong` check character, `other`, `null`} -> cells.
        inside: identifier -> remarks that hold it.
    """

    rows: int
    bytes: int
    columns: dict[str, dict[str, int]]
    inside: dict[str, int]

    def written(self, identifier: str) -> int:
        """Cells that hold something of the identifier's form, whatever its check character."""
        column = self.columns[COLUMNS[identifier]]
        return column.get("right", 0) + column.get("wrong", 0) + self.inside.get(identifier, 0)

    def right(self, identifier: str) -> int:
        """Cells that hold the identifier itself."""
        return self.columns[COLUMNS[identifier]]["right"] + self.inside.get(identifier, 0)


COLUMNS = {
    "cn.ric": "身份证号",
    "cn.mobile": "手机号",
    "cn.bankcard": "银行卡号",
    "cn.uscc": "统一社会信用代码",
    "vin": "车架号",
    "cn.passport": "护照号",
    "cn.plate": "车牌号",
    "email": "邮箱",
    "ip": "IP地址",
}
"""Identifier -> the column that holds it; order numbers, names, addresses and remarks stand beside them."""


def write_table(path: Path, rows: int = ROWS, seed: int = SEED) -> Truth:
    """Write a table as Parquet and the truth beside it, and return the truth."""
    counts: dict[str, Counter[str]] = {}
    inside: Counter[str] = Counter()
    size = 0
    writer = None
    for number, start in enumerate(range(0, rows, _CHUNK)):
        batch, held = _chunk(np.random.default_rng([seed, number]), min(_CHUNK, rows - start), counts)
        inside.update(held)
        size += batch.nbytes
        writer = writer or pq.ParquetWriter(path, batch.schema, compression="zstd")
        writer.write_batch(batch)
    assert writer is not None
    writer.close()
    truth = Truth(rows, size, {name: dict(count) for name, count in counts.items()}, dict(inside))
    path.with_suffix(".json").write_text(json.dumps(_plain(truth), ensure_ascii=False, indent=1), encoding="utf-8")
    return truth


def read_truth(path: Path) -> Truth:
    """Return the truth that was written beside a table."""
    return Truth(**json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))


def _plain(truth: Truth) -> dict[str, object]:
    return {"rows": truth.rows, "bytes": truth.bytes, "columns": truth.columns, "inside": truth.inside}


def _chunk(rng: Generator, count: int, counts: dict[str, Counter[str]]) -> tuple[pa.RecordBatch, dict[str, int]]:
    male = rng.random(count) < 0.5  # noqa: PLR2004
    full, latin = names(rng, surnames(rng, count), male=male)
    local = columns.joined(latin, text(columns.figures(rng, count, 4)))
    mobile = text(columns.mobiles(rng, count))
    mobile = pc.if_else(pa.array(rng.random(count) < 0.03), columns.joined("+86", mobile), mobile)  # noqa: PLR2004
    made = {
        "身份证号": _checked(rng, columns.rics(rng, count), 0.005),
        "手机号": _whole(rng, mobile, 0.01),
        "银行卡号": _checked(rng, columns.cards(rng, count), 0.01),
        "统一社会信用代码": _checked(rng, columns.usccs(rng, count), 0.03),
        "车架号": _checked(rng, columns.vins(rng, count), 0.02, place=8),
        "护照号": _whole(rng, text(columns.passports(rng, count)), 0.02),
        "车牌号": _whole(rng, columns.plates(rng, count), 0.02),
        "邮箱": _whole(rng, emails(rng, local), 0.01, other="无"),
        "IP地址": _whole(rng, columns.addresses_v4(rng, count), 0.005),
        "订单号": _whole(rng, columns.orders(rng, count), 0.0, kind="other"),
        "姓名": _whole(rng, full, 0.0, kind="other"),
        "收货地址": _whole(rng, addresses(rng, places(rng, count)), 0.01, kind="other"),
    }
    for name, (_, count_) in made.items():
        counts.setdefault(name, Counter()).update(count_)
    remark, held = remarks(rng, count)
    arrays = [column for column, _ in made.values()]
    return pa.RecordBatch.from_arrays([*arrays, remark], names=[*made, "备注"]), held


def _checked(rng: Generator, marks: columns.Marks, missing: float, place: int = -1) -> tuple[pa.Array, dict[str, int]]:
    """Return numbers of which some have a wrong check character and some are missing."""
    wrong = rng.random(len(marks)) < _WRONG
    last = marks[wrong, place]
    figure = (last >= columns.ZERO) & (last < columns.ZERO + 9)
    marks[wrong, place] = np.where(figure, last + 1, columns.ZERO)
    null = rng.random(len(marks)) < missing
    count = {"right": int((~wrong & ~null).sum()), "wrong": int((wrong & ~null).sum()), "null": int(null.sum())}
    return _without(text(marks), null), count


def _whole(
    rng: Generator, values: pa.Array, missing: float, *, other: str = "", kind: str = "right"
) -> tuple[pa.Array, dict[str, int]]:
    null = rng.random(len(values)) < missing
    count = {kind: int((~null).sum())}
    if other:  # what people write when they have none
        return pc.if_else(pa.array(null), other, values), {**count, "other": int(null.sum())}
    return _without(values, null), {**count, "null": int(null.sum())}


def _without(values: pa.Array, null: NDArray[np.bool_]) -> pa.Array:
    return pc.if_else(pa.array(null), pa.scalar(None, pa.string()), values)


def main() -> None:
    """Write a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.labelled.table", description="Write the benchmark table.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    choice = parser.parse_args()
    choice.path.parent.mkdir(parents=True, exist_ok=True)
    write_table(choice.path, choice.rows)


if __name__ == "__main__":
    main()
