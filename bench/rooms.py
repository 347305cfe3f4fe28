"""Single rooms, measured in this process by processor seconds."""

from __future__ import annotations

import os
from functools import partial
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
    from kouan.packs import PackSet

_DECISIONS_PER_S = 2000
_RECOGNIZE_MB_PER_S = 250
_DECISIONS = 2000
_MB = 1_000_000
_KEY = bytes(32)

_OPEN = (
    "exporter.ciio",
    "data.important",
    "transfer.contract_party",
    "transfer.contract_necessary",
    "list.in_zone",
    "list.off_list",
    "basis.contract",
    "basis.hr",
)
"""Facts that decide when they are open."""
_ANSWERED = (
    *("transfer.collected_abroad", "transfer.domestic_data_added", "transfer.trade_activity", "transfer.emergency"),
    *("hr.cross_border_management", "hr.labour_rules", "hr.collective_contract", "hr.necessary"),
    *(f"basis.{name}" for name in ("legal_duty", "emergency", "news", "public_data", "other_law")),
)
_FACTS: dict[str, bool | str | tuple[str, ...] | Range | None] = {
    "transfer.standing": True,
    "transfer.mode": "controlled",
    "recipient.countries": ("IE",),
    "basis.consent": True,
    "year_before.ordinary_persons": Range(lo=0, hi=0),
    "year_before.sensitive_persons": Range(lo=0, hi=0),
    **dict.fromkeys(_ANSWERED, False),
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
    """Measure decisions of one flow of members with its full trace: all facts known, and five of them open."""
    rules = load_packs(builtin_root())
    results = []
    for name, rest in (("all facts known", False), (f"{len(_OPEN)} facts open", None)):
        facts = _fact_set({**_FACTS, **dict.fromkeys(_OPEN, rest)})
        decide(facts, rules)
        seconds = cpu_seconds(partial(_decide_often, facts, rules))
        results.append(Result(f"law: {name}", _DECISIONS / seconds, "decisions/cpu-s", _DECISIONS_PER_S, at_most=False))
    return results


def _decide_often(facts: FactSet, rules: PackSet) -> None:
    for _ in range(_DECISIONS):
        decide(facts, rules)


def _fact_set(values: dict[str, bool | str | tuple[str, ...] | Range | None]) -> FactSet:
    return FactSet(
        as_of=TODAY,
        facts=tuple(Fact(name=name, value=value, source=FactSource.DECLARED) for name, value in values.items()),
        flows=(
            FlowFacts(
                id="member",
                label=same("member"),
                subjects=("member",),
                facts=tuple(Fact(name=name, value=value, source=FactSource.OBSERVED) for name, value in _FLOW.items()),
            ),
        ),
    )


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
