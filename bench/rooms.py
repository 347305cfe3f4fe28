"""Single rooms, measured in this process by processor seconds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import BenchError, Result, cpu_seconds
from examples.people import TODAY
from kouan import builtin_root, decide, inspect, load_packs, measure, open_source
from kouan.model.declaration import ReleaseMode, SourceSpec
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.recognize import SourceInput

if TYPE_CHECKING:
    from bench.context import Context
    from kouan.formats.source import Source
    from kouan.model.inventory import Inventory

_DECISIONS_PER_S = 2000
_RECOGNIZE_MB_PER_S = 250
_DECISIONS = 2000
_MB = 1_000_000
_KEY = bytes(32)

_FACTS: dict[str, bool | str | tuple[str, ...] | Range | None] = {
    "exporter.ciio": False,
    "exporter.zone": "",
    "transfer.standing": True,
    "transfer.mode": "controlled",
    "recipient.countries": ("IE",),
    "data.important": False,
    "transfer.collected_abroad": False,
    "transfer.domestic_data_added": False,
    "transfer.trade_activity": False,
    "transfer.contract_party": False,
    "hr.cross_border_management": None,
    "hr.labour_rules": None,
    "hr.collective_contract": None,
    "transfer.emergency": False,
    "list.in_zone": None,
    "basis.consent": True,
    "year_before.ordinary_persons": Range(lo=0, hi=0),
    "year_before.sensitive_persons": Range(lo=0, hi=0),
}
_FLOW: dict[str, bool | str | Range] = {
    "flow.subject": "member",
    "flow.personal": True,
    "flow.employee": False,
    "flow.ordinary_persons": Range(lo=1_150_000, hi=1_171_000),
    "flow.sensitive_persons": Range(lo=29_000, hi=30_000),
    "flow.under14_persons": Range(lo=0, hi=1_100),
    "flow.persons": Range(lo=1_180_000, hi=1_200_000),
}


def decide_rate(_: Context) -> list[Result]:
    """Measure decisions of one flow with ranges and unknowns, full trace included."""
    rules = load_packs(builtin_root())
    facts = FactSet(
        as_of=TODAY,
        facts=tuple(Fact(name=name, value=value, source=FactSource.DECLARED) for name, value in _FACTS.items()),
        flows=(
            FlowFacts(
                id="member",
                label=same("member"),
                subjects=("member",),
                facts=tuple(Fact(name=name, value=value, source=FactSource.OBSERVED) for name, value in _FLOW.items()),
            ),
        ),
    )
    decide(facts, rules)
    seconds = cpu_seconds(lambda: [decide(facts, rules) for _ in range(_DECISIONS)])
    return [Result("law: decisions", _DECISIONS / seconds, "/cpu-s", _DECISIONS_PER_S, at_most=False)]


def recognize_rate(context: Context) -> list[Result]:
    """Measure recognition of the members table; the size is that of the decoded Arrow columns."""
    source = open_source(context.example("retail") / "members.parquet", name="members.parquet")
    size = sum(batch.nbytes for entity in source.entities for batch in entity.batches())
    seconds = cpu_seconds(lambda: _inspect(source))
    detail = f"{size / _MB:.0f} MB decoded, reading the file included"
    return [Result("recognize", size / _MB / seconds, "MB/cpu-s", _RECOGNIZE_MB_PER_S, at_most=False, detail=detail)]


def risk_of_adult(_: Context) -> list[Result]:
    """Measure k, distinct l and all risks of the public census table `adult` (30,162 rows)."""
    samples = os.environ.get("KOUAN_SAMPLES")
    if not samples:
        raise BenchError("KOUAN_SAMPLES does not name the folder of samples that holds adult/adult.csv")
    source = open_source(Path(samples) / "adult" / "adult.csv", name="adult.csv")
    inventory = _inspect(source)
    seconds = cpu_seconds(lambda: measure([source], inventory, ReleaseMode.CONTROLLED))
    return [Result("risk: adult", seconds, "cpu-s", detail="reading the file included")]


def _inspect(source: Source) -> Inventory:
    spec = SourceSpec(path=source.name)
    inputs = [SourceInput(spec=spec, source=source, treated={})]
    return inspect(inputs, as_of=TODAY, person_key=_KEY, threads=1)
