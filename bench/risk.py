"""Risk of the public census table `adult` (30,162 rows): every measure and verdict, beside pycanon's k, l and t."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from bench.measure import BenchError, Result, cpu_seconds
from examples.people import TODAY
from kouan import inspect, measure, open_source
from kouan.model.declaration import ReleaseMode, SourceSpec
from kouan.model.inventory import IdentityRole
from kouan.recognize import SourceInput
from kouan.risk.classes import group
from kouan.risk.codes import read_with_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.context import Context
    from kouan.formats.source import Source
    from kouan.model.inventory import Inventory
    from kouan.model.risk import TableRisk

_KEY = bytes(32)
_RUNS = 3
_SENSITIVE = "salary-class"
_TIMES_K_AND_L, _TIMES_T = 5, 100
_CLOSE = 1e-6
_PEER = """
import json, sys, time
import pandas as pd
from pycanon import anonymity
path, sensitive = sys.argv[1:]
table = pd.read_csv(path, sep=";", dtype=str)
quasi = [name for name in table.columns if name != sensitive]
calls = {
    "k": lambda: anonymity.k_anonymity(table, quasi),
    "l": lambda: anonymity.l_diversity(table, quasi, [sensitive]),
    "t": lambda: anonymity.t_closeness(table, quasi, [sensitive]),
}
found = {}
for name, call in calls.items():
    started = time.process_time()
    value = call()
    found[name] = [float(value), time.process_time() - started]
print(json.dumps(found))
"""


def risk_of_adult(_: Context) -> list[Result]:
    """Measure reading `adult` and everything that is said of it, with all columns but one as quasi-identifiers.

    With KOUAN_PYCANON, a Python that has pycanon installed, its k, l and t of the same columns are measured too, and
    have to be the same.
    """
    samples = os.environ.get("KOUAN_SAMPLES")
    if not samples:
        raise BenchError("KOUAN_SAMPLES does not name the folder of samples that holds adult/adult.csv")
    path = Path(samples) / "adult" / "adult.csv"
    source = open_source(path, name="adult.csv")
    inventory = _inventory(source)
    (table,) = measure([source], inventory, ReleaseMode.CONTROLLED).tables
    seconds = min(
        cpu_seconds(lambda: measure([source], inventory, ReleaseMode.CONTROLLED, threads=1)) for _ in range(_RUNS)
    )
    detail = f"{len(table.quasi)} quasi-identifiers; reading, k, l, t, uniques of up to 3 items, verdicts"
    results = [Result("risk: adult", seconds, "cpu-s", detail=detail)]
    peer = os.environ.get("KOUAN_PYCANON")
    return results + (_beside(peer, path, source, table) if peer else [])


def _beside(python: str, path: Path, source: Source, table: TableRisk) -> list[Result]:
    command = [python, "-c", _PEER, str(path), _SENSITIVE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise BenchError(f"pycanon failed: {done.stderr.strip().splitlines()[-1]}")
    found = json.loads(done.stdout)
    (hidden,) = table.diversity
    for name, value in (("k", table.k), ("l", hidden.distinct_l), ("t", hidden.t)):
        if value is None or abs(float(value) - found[name][0]) > _CLOSE:
            raise BenchError(f"{name} is {value} here and {found[name][0]} in pycanon")
    results = []
    for name, limit in (("k", _TIMES_K_AND_L), ("l", _TIMES_K_AND_L), ("t", _TIMES_T)):
        spent, held = found[name][1], _alone(source, table, name)
        detail = f"pycanon {spent:.3g} cpu-s, ours {held:.3g}; {name} alone, the table in memory for both"
        ratio = spent / held
        results.append(Result(f"risk: pycanon's {name} over ours", ratio, "times", limit, at_most=False, detail=detail))
    return results


def _alone(source: Source, table: TableRisk, name: str) -> float:
    """Return the processor seconds of one measure, from Arrow columns in memory to the number."""
    (entity,) = source.entities
    held = _Held(entity.name, pa.Table.from_batches(entity.batches()))
    quasi = [item.partition("#")[2] for item in table.quasi]

    def once() -> None:
        read = read_with_values(held, quasi if name == "k" else [*quasi, _SENSITIVE], threads=1)
        codes = {column: found for column, (found, _) in read.items()}
        classes = group([codes[one] for one in quasi], held.table.num_rows)
        if name == "k":
            classes.rows().min()
        elif name == "l":
            classes.distinct(codes[_SENSITIVE]).min()
        else:
            classes.farthest(codes[_SENSITIVE])

    return min(cpu_seconds(once) for _ in range(_RUNS))


@dataclass(frozen=True, slots=True)
class _Held:
    """A table in memory."""

    name: str
    table: pa.Table

    @property
    def schema(self) -> pa.Schema:
        return self.table.schema

    @property
    def rows(self) -> int | None:
        return int(self.table.num_rows)

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        yield from (self.table if columns is None else self.table.select(list(columns))).to_batches()


def _inventory(source: Source) -> Inventory:
    """Recognise the table, then take every column but the sensitive one for a quasi-identifier, as the peer does."""
    inputs = [SourceInput(spec=SourceSpec(path=source.name), source=source, treated={})]
    found = inspect(inputs, as_of=TODAY, person_key=_KEY, threads=1)
    roles = {True: IdentityRole.SENSITIVE, False: IdentityRole.QUASI}
    items = tuple(item.model_copy(update={"role": roles[item.name == _SENSITIVE]}) for item in found.items)
    return found.model_copy(update={"items": items})
