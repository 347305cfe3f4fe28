"""Counting persons: tables of keys alone, of so many rows that they do not fit in memory, with linking and without."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.measure import Result, run_child
from examples import digits
from examples.people import TODAY

if TYPE_CHECKING:
    import numpy.typing as npt

    from bench.context import Context

    Ints = npt.NDArray[np.int64]

_SIZES = (1_000_000, 10_000_000)
_LARGEST = "KOUAN_BENCH_PERSONS"
"""Variable that asks for one more size, such as 50000000: its files take 2 GB, counting 6 GB more for a while."""
_PEAK_MB = 1500
_MB = 1_000_000
_BATCH = 500_000
_SHARE = 0.7
"""Persons for each row: some stand in several rows."""
_DAYS = 20_000
_AREAS = digits.padded(np.array([110101, 310115, 440106, 510107, 330106]), 6)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"


def persons_count(context: Context) -> list[Result]:
    """Measure both ways of counting in children of their own: `linked` by several keys, `numbered` by a subject key."""
    sizes = [*_SIZES, *(int(one) for one in [os.environ.get(_LARGEST)] if one)]
    return [one for rows in sizes for linked in (True, False) for one in _measured(context, rows, linked=linked)]


def _measured(context: Context, rows: int, *, linked: bool) -> list[Result]:
    path = context.scratch / "keys.parquet"
    name = "linked" if linked else "numbered"
    made = [sys.executable, "-m", "bench.persons", "make", str(path), str(rows), name]
    run_child(made, cwd=context.root, log=context.log)
    counted = [sys.executable, "-m", "bench.persons", "count", str(path)]
    used = run_child(counted, cwd=context.root, log=context.log)
    seconds = float(context.log.read_text(encoding="utf-8").split()[0])
    path.unlink()
    label = f"persons: {rows // _MB}M rows {name}"
    return [
        Result(f"{label}, counting", seconds, "cpu-s"),
        Result(
            f"{label}, memory", used.peak / _MB, "MB", _PEAK_MB, detail=f"recognition as well, {used.cpu:.0f} cpu-s"
        ),
    ]


def make(path: Path, rows: int, *, linked: bool) -> None:
    """Write a table of keys, the same for the same size."""
    rng = np.random.default_rng(rows)
    writer = None
    for start in range(0, rows, _BATCH):
        person = rng.integers(0, int(_SHARE * rows), min(_BATCH, rows - start))
        table = pa.table(_linked(person, rng) if linked else _numbered(person, rng))
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _linked(person: Ints, rng: np.random.Generator) -> dict[str, Any]:
    """Half with a resident ID, most with a telephone that some share, an e-mail, a name."""
    names = [pa.array(list(_SURNAMES)).take(pa.array(person % len(_SURNAMES)))]
    names += [pa.array(list(_GIVEN)).take(pa.array(person // step % len(_GIVEN))) for step in (20, 400)]
    return {
        "身份证号": _some(_resident_ids(person), 0.5, rng),
        "手机": _some(pc.cast(pa.array(13_000_000_000 + person // 6 * 5 + person % 5), pa.string()), 0.8, rng),
        "email": _some(_joined("user", person, "@example.com"), 0.6, rng),
        "姓名": pc.binary_join_element_wise(*names, ""),
    }


def _numbered(person: Ints, rng: np.random.Generator) -> dict[str, Any]:
    return {"member_id": _joined("M", person, ""), "身份证号": _some(_resident_ids(person), 0.5, rng)}


def _joined(before: str, number: Ints, after: str) -> Any:
    return pc.binary_join_element_wise(before, pc.cast(pa.array(number), pa.string()), after, "")


def _some(values: Any, share: float, rng: np.random.Generator) -> Any:
    """Leave cells empty, so that a share of them is filled."""
    return pc.if_else(pa.array(rng.random(len(values)) < share), values, None)


def _resident_ids(person: Ints) -> Any:
    births = np.datetime64("1960-01-01") + (person % _DAYS).astype("timedelta64[D]")
    area, serial = person // _DAYS // 999 % len(_AREAS), person // _DAYS % 999
    return digits.checked_ids(digits.beside([_AREAS[area], digits.dates(births), digits.padded(serial, 3)]))


def count(path: Path) -> None:
    """Print the processor seconds of counting alone, and the range."""
    from kouan import inspect, open_source  # noqa: PLC0415 - in the child that counts, not in the parent
    from kouan.model.declaration import SourceSpec  # noqa: PLC0415
    from kouan.recognize import SourceInput, inspection, people  # noqa: PLC0415

    spent = 0.0

    def timed(*given: Any) -> Any:
        nonlocal spent
        start = time.process_time()
        try:
            return counting(*given)
        finally:
            spent += time.process_time() - start

    counting = people.count_persons
    setattr(inspection, counting.__name__, timed)
    inputs = [SourceInput(spec=SourceSpec(path=path.name), source=open_source(path, name=path.name), treated={})]
    found = inspect(inputs, as_of=TODAY, person_key=bytes(32), threads=2)
    print(spent, *found.persons)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]), linked=sys.argv[4] == "linked")
    else:
        count(Path(sys.argv[2]))
