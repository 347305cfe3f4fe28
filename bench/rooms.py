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
from kouan.model.vocabulary import FactScope, FactType
from kouan.recognize import SourceInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.context import Context
    from kouan.formats.source import Source
    from kouan.model.inventory import Inventory
    from kouan.packs import PackSet

_DECISIONS_PER_S = 2000
_DECISIONS = 1000
_LOADS = 3
_LOAD_MS = 150
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
    "flow.fields_named": True,
    "flow.fields_within_limits": True,
}


_LISTED: dict[str, bool | str | Range] = {
    "exporter.zone": "cn-zhejiang/ftz",
    "list.used": "zhejiang-2024",
    "list.in_zone": True,
    "list.sector": "b2b_ecommerce",
    "list.scenario": "merchant_joining",
    "list.formalities": True,
    "year_before.listed_ordinary_persons": Range(lo=0, hi=0),
    "year_before.listed_sensitive_persons": Range(lo=0, hi=0),
}
"""A list in force whose every entry is in the packs."""
_LIST_OPEN = dict.fromkeys(("list.scenario", "exporter.ciio", "data.important", "transfer.contract_necessary"))


def decide_rate(_: Context) -> list[Result]:
    """Measure decisions of one flow with full trace; no two transfers of a run are alike."""
    rules = load_packs(builtin_root())
    results = []
    flags = (fact for fact in rules.facts.values() if fact.type is FactType.BOOL and fact.scope is FactScope.TRANSFER)
    known = {**dict.fromkeys((fact.name for fact in flags), False), **_FACTS}
    for name, values, limit in (
        ("law: determined", known, _DECISIONS_PER_S),
        ("law: 2 facts open", {**known, **dict.fromkeys(_OPEN[:2])}, _DECISIONS_PER_S),
        (f"law: {len(_OPEN)} facts open", {**known, **dict.fromkeys(_OPEN)}, _DECISIONS_PER_S),
        ("law: list, determined", {**known, **_LISTED}, _DECISIONS_PER_S),
        (f"law: list, {len(_LIST_OPEN)} facts open", {**known, **_LISTED, **_LIST_OPEN}, _DECISIONS_PER_S),
        ("law: nothing declared", {}, None),
    ):
        sets = [_fact_set(values, number) for number in range(_DECISIONS)]
        decide(sets[0], rules)
        seconds = cpu_seconds(partial(_decide_all, sets, rules))
        results.append(Result(name, _DECISIONS / seconds, "decisions/cpu-s", limit, at_most=False))
    return results


def packs_load(_: Context) -> list[Result]:
    """Measure reading the built-in packs, checks across packs included."""
    load_packs(builtin_root())
    seconds = min(cpu_seconds(lambda: load_packs(builtin_root())) for _ in range(_LOADS))
    size = sum(path.stat().st_size for path in builtin_root().rglob("*.yaml"))
    return [Result("packs: load", seconds * 1000, "cpu-ms", _LOAD_MS, detail=f"{size / 1000:.0f} kB of YAML, warm")]


def _decide_all(sets: Sequence[FactSet], rules: PackSet) -> None:
    for facts in sets:
        decide(facts, rules)


def _fact_set(values: dict[str, bool | str | tuple[str, ...] | Range | None], number: int) -> FactSet:
    """Return facts whose counts differ from number to number, and every third time the subjects are employees."""
    flow = {
        **_FLOW,
        "flow.employee": number % 3 == 0,
        "flow.ordinary_persons": Range(lo=1_150_000 + number, hi=1_171_000 + number),
        "flow.persons": Range(lo=1_180_000 + number, hi=1_200_000 + number),
    }
    return FactSet(
        as_of=TODAY,
        facts=tuple(Fact(name=name, value=value, source=FactSource.DECLARED) for name, value in values.items()),
        flows=(
            FlowFacts(
                id="member",
                label=same("member"),
                subjects=("member",),
                facts=tuple(Fact(name=name, value=value, source=FactSource.OBSERVED) for name, value in flow.items()),
            ),
        ),
    )


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
