"""What treated data can still tell: cost of comparing, and how the model does, on `adult` and on a million rows.

The table of a million rows is drawn from `adult` with four columns of random numbers; the trial has a million adverse
events and a million laboratory findings of 5,000 subjects. There is no peer: nobody compares these tables.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from bench.measure import BenchError, Result, cpu_seconds
from examples.people import TODAY
from kouan import inspect, open_source
from kouan.model.declaration import SourceSpec
from kouan.model.items import item_id
from kouan.model.plan import Action
from kouan.model.treatment import TreatedItem, Treatment
from kouan.packs import load_sectors
from kouan.recognize import SourceInput
from kouan.risk import Known, compare
from kouan.risk.sector import agrees_with, compare_sectors

if TYPE_CHECKING:
    from bench.context import Context
    from kouan.formats.source import Source
    from kouan.model.sectorresult import CheckResult
    from kouan.model.utility import Utility

_MANY, _SUBJECTS, _FEW = 1_000_000, 5_000, 50
_TARGET = "salary-class"
_POINTS = 1.0
"""Points that five-year bands of age may cost a model at most."""


def utility(context: Context) -> list[Result]:
    """Measure comparing with and without the tables of sectors and models. Raises BenchError without samples."""
    samples = os.environ.get("KOUAN_SAMPLES")
    if not samples:
        raise BenchError("KOUAN_SAMPLES does not name the folder of samples that holds adult/adult.csv")
    adult = pc.read_csv(Path(samples) / "adult" / "adult.csv", parse_options=pc.ParseOptions(delimiter=";"))
    rng = np.random.default_rng(1)
    many = adult.take(pa.array(rng.integers(0, adult.num_rows, _MANY)))
    for at in range(4):
        many = many.append_column(f"number{at}", pa.array(rng.integers(0, _FEW, _MANY)))
    results = []
    for name, table in (("adult", adult), ("million", many)):
        results += _compared(context.scratch, name, table)
    return results + _sectors(context.scratch, rng)


def _compared(scratch: Path, name: str, table: pa.Table) -> list[Result]:
    ages = table["age"].to_pylist()
    banded = pa.array([f"{age // 5 * 5}-{age // 5 * 5 + 4}" for age in ages])
    after = table.set_column(table.schema.get_field_index("age"), "age", banded)
    raw, treated = (_written(scratch / side, name, one) for side, one in (("raw", table), ("treated", after)))
    entity = raw.entities[0].name
    ids = {column: item_id(raw.name, entity, column) for column in table.column_names}
    actions = {column: Action.GENERALISE if column == "age" else Action.KEEP for column in ids}
    items = (TreatedItem(item=ids[one], action=actions[one], cells=0, changed=0, emptied=0) for one in ids)
    done = Treatment(key=None, files=(), items=tuple(items))
    spec = SourceSpec(path=raw.name, subjects=("person",))
    inventory = inspect([SourceInput(spec=spec, source=raw)], as_of=TODAY, person_key=bytes(32))
    known = Known(sectors=load_sectors(), inventory=inventory, targets=(ids[_TARGET],))
    plain = cpu_seconds(lambda: compare([raw], [treated], done))
    kept: list[Utility] = []
    whole = cpu_seconds(lambda: kept.append(compare([raw], [treated], done, known=known)))
    return [
        Result(f"utility: items and pairs, {name}", plain, "cpu-s", detail=f"{table.num_rows:,} rows"),
        Result(f"utility: with a model, {name}", whole, "cpu-s", detail=f"{table.num_rows:,} rows"),
        _scored(name, kept[0]),
    ]


def _scored(name: str, found: Utility) -> Result:
    scored = found.tables[0].prediction
    if scored is None:
        raise BenchError(f"no model was scored on {name}")
    shares = f"commonest {scored.majority.rate}, raw {scored.raw.rate}, treated {scored.treated.rate}"
    lost = float(scored.loss.rate) * 100
    return Result(f"utility: lost by age in fives, {name}", lost, "points", limit=_POINTS, detail=shares)


def _sectors(scratch: Path, rng: np.random.Generator) -> list[Result]:
    ids = np.array([f"S-{at:05}" for at in range(_SUBJECTS)])
    who = np.sort(rng.integers(0, _SUBJECTS, _MANY))
    day = rng.integers(-10, 200, _MANY)
    terms, tests = (np.array([f"{word}{at}" for at in range(count)]) for word, count in (("PT", 500), ("T", 30)))
    study, person = pa.array(["S"] * _MANY), pa.array(ids[who])
    findings = np.array(["LOW", "NORMAL", "HIGH"])[rng.choice(3, _MANY, p=[0.1, 0.8, 0.1])]
    tables = {
        "dm": {"STUDYID": ["S"] * _SUBJECTS, "USUBJID": ids, "ARM": np.array(["A", "B"])[np.arange(_SUBJECTS) % 2]}
        | {"RFSTDTC": ["2024-03-01"] * _SUBJECTS},
        "ae": {"STUDYID": study, "USUBJID": person, "AEDECOD": terms[rng.integers(0, len(terms), _MANY)]},
        "lb": {"STUDYID": study, "USUBJID": person, "LBTESTCD": tests[rng.integers(0, len(tests), _MANY)]}
        | {"LBNRIND": findings, "LBDY": (day + (day >= 0)).astype(float)}
        | {"LBDTC": (np.datetime64("2024-03-01") + day).astype(str)},
    }
    sources = [_written(scratch / "trial", name, pa.table(columns)) for name, columns in tables.items()]
    sectors = load_sectors()
    results: list[CheckResult] = []
    both = cpu_seconds(lambda: results.extend(compare_sectors(sources, sources, sectors)))
    again = cpu_seconds(lambda: agrees_with(results, sources, sectors))
    holds = agrees_with(results, sources, sectors)
    if not holds or {one.outcome for one in results} != {"unchanged"}:
        raise BenchError("tables compared with themselves differ")
    what = f"{len(results)} tables over {_MANY:,} events and {_MANY:,} findings"
    return [
        Result("utility: tables of a trial, raw and treated", both, "cpu-s", detail=what),
        Result("utility: the treated half counted again", again, "cpu-s", detail=what),
    ]


def _written(folder: Path, name: str, table: pa.Table) -> Source:
    folder.mkdir(exist_ok=True)
    pq.write_table(table, folder / f"{name}.parquet")
    return open_source(folder / f"{name}.parquet", name=f"{name}.parquet")
