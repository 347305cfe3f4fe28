"""Transforms of one column, a million cells with distinct values, in batches, on one core."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyarrow as pa

from bench.measure import Result, cpu_seconds
from kouan.deidentify.cells import Column
from kouan.deidentify.columns import Learner, Paired
from kouan.deidentify.hierarchy import hierarchy_of
from kouan.deidentify.learning import learn
from kouan.deidentify.rules import Given, transform
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same

if TYPE_CHECKING:
    from bench.context import Context

_ROWS = 1_000_000
_BATCH = 65_536
_COARSE, _KEYED = 1_000_000, 400_000
"""Cells per processor second: of masks and generalisation, and of what is drawn from a key."""
_DAYS = 50_000
_NUMBERS = pa.array(range(10_000_000, 10_000_000 + _ROWS))
_PHONES = pa.array([f"138{number}" for number in range(10_000_000, 10_000_000 + _ROWS)])
_PLACES = pa.array([number / 1e7 for number in range(_ROWS)])
_REFERENCES = pa.array([f"Patient/{number}" for number in range(_ROWS)])
_DATES = pa.array([str(dt.date(1900, 1, 1) + dt.timedelta(days=at % _DAYS)) for at in range(_ROWS)])
_LEAVES = 100_000
_TREE = hierarchy_of("h", ((at, (str(at), str(at // 100), "*")) for at in range(_LEAVES)), where="h")
_CODES = pa.array([str(at % _LEAVES) for at in range(_ROWS)])

_SEALED = {"kind": "cn.mobile", "form": "sealed"}
_MOBILE = {"kind": "cn.mobile", "form": "surrogate", "shape": "mobile", "unmarked": "bench"}


def transforms(_: Context) -> list[Result]:
    """Measure each transform on its own column, encoding of distinct values included."""
    return [
        _rate("mask", Action.MASK, _PHONES, _COARSE, keep_start=3, keep_end=4),
        _rate("bins", Action.GENERALISE, _NUMBERS, _COARSE, to="bins", width=5000),
        _rate("rounded", Action.GENERALISE, _NUMBERS, _COARSE, to="rounded", base=100),
        _rate("dates as text", Action.GENERALISE, _DATES, _COARSE, to="month"),
        _rate("hierarchy, 100,000 leaves", Action.GENERALISE, _CODES, _COARSE, to="hierarchy", file="h", level=1),
        _rate("grid", Action.GENERALISE, _PLACES, _COARSE, to="grid", axis="lon", metres=1000, **{"with": "y"}),
        _rate("pseudonym", Action.PSEUDONYM, _PHONES, _KEYED, kind="cn.mobile"),
        _rate("pseudonym, SM3", Action.PSEUDONYM, _PHONES, _KEYED, kind="cn.mobile", algorithm="hmac-sm3"),
        _rate("pseudonym, UUID", Action.PSEUDONYM, _PHONES, _KEYED, kind="person_id", form="uuid"),
        _rate("pseudonym, reference", Action.PSEUDONYM, _REFERENCES, _KEYED, kind="person_id", form="reference"),
        _rate("pseudonym, sealed", Action.PSEUDONYM, _PHONES, _KEYED, **_SEALED),
        _rate("pseudonym, sealed with SM4", Action.PSEUDONYM, _PHONES, _KEYED, **_SEALED, cipher="sm4"),
        _rate("surrogate, hash", Action.PSEUDONYM, _PHONES, _KEYED, **_MOBILE),
        _rate("surrogate, FF1", Action.PSEUDONYM, _PHONES, _KEYED, **_MOBILE, method="ff1"),
        _rate("surrogate, FF1 with SM4", Action.PSEUDONYM, _PHONES, None, **_MOBILE, method="ff1", cipher="sm4"),
        _rate("noise", Action.NOISE, _NUMBERS, None, by="y", scale=100),
        _rate("suppress, two passes", Action.SUPPRESS, _CODES, None, below=5),
        _rate("microaggregate, two passes", Action.MICROAGGREGATE, _NUMBERS, None, k=5),
    ]


def _rate(name: str, action: Action, cells: pa.Array, least: int | None, **params: int | str) -> Result:
    line = PlanLine(item="a!a#x", action=action, params=params, why=same("bench"))
    made = transform(line, Given("person_id", bytes(32), hierarchies={"h": _TREE}))
    batches = [pa.record_batch({"x": cells.slice(at, _BATCH)}) for at in range(0, _ROWS, _BATCH)]

    def work() -> None:
        kernel = made
        if isinstance(made, Learner):
            kernel = learn([Column("x", line, made, pa.string())], batches, 1)["x"]
        for batch in batches:
            kernel(batch["x"], batch["x"]) if isinstance(kernel, Paired) else kernel(batch["x"])  # type: ignore[operator,misc]

    rate = _ROWS / cpu_seconds(work)
    return Result(f"transform: {name}", rate, "cells/cpu-s", least, at_most=False, detail=f"{_ROWS:,} cells")
