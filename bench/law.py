"""The law engine: decisions of transfers that differ, of transfers alike, and a step of the interview."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bench.measure import Result, cpu_seconds
from bench.transfers import alike, transfers, under_each_list
from examples.people import TODAY
from kouan import builtin_root, decide, load_packs
from kouan.law.interview import step
from kouan.model.interview import ONE_FLOW, InterviewState
from kouan.model.text import same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.context import Context
    from kouan.model.facts import FactSet
    from kouan.packs import PackSet

_PER_S = 2000
_PARTS, _PART = 8, 125
"""Decisions are timed in parts, of which the median is reported: the machine is shared."""
_STEP_S = 1.0
_FLOWS = 8


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    open_facts: int = 0
    listed: bool = False
    flows: int = 1
    limit: int | None = _PER_S


_ROWS = (
    _Row("determined"),
    _Row("2 facts open", 2),
    _Row("8 facts open", 8),
    _Row("list, determined", listed=True),
    _Row("list, 4 facts open", 4, listed=True),
    _Row("3 flows, 8 facts open", 8, flows=3, limit=None),
)


def law_rate(_: Context) -> list[Result]:
    """Measure full decisions with trace; each transfer differs in facts, persons, purpose, day and list."""
    packs = load_packs(builtin_root())
    first = under_each_list(packs)
    seconds = cpu_seconds(partial(_decide_all, first, packs)) / len(first)
    results = [Result("law: first of a list", seconds * 1000, "cpu-ms", detail="compiles the law of that day and list")]
    for row in _ROWS:
        drawn = partial(transfers, packs, open_facts=row.open_facts, listed=row.listed, flows=row.flows)
        several = drawn((_PARTS + 1) * _PART)
        detail = "no two transfers alike; median of 8 parts"
        results.append(_rate(f"law: {row.name}", several, packs, row.limit, detail))
    results.append(
        _rate("law: alike, determined", alike(packs, (_PARTS + 1) * _PART), packs, None, "only counts differ")
    )
    flows = tuple(ONE_FLOW.model_copy(update={"id": f"flow-{n}", "label": same(f"flow-{n}")}) for n in range(_FLOWS))
    state = InterviewState(as_of=TODAY, flows=flows)
    seconds = statistics.median(cpu_seconds(lambda: step(state, packs)) for _ in range(3))
    name = f"law: interview step, nothing known, {_FLOWS} flows"
    return [*results, Result(name, seconds, "cpu-s", _STEP_S, detail="median of 3")]


def _rate(name: str, several: Sequence[FactSet], packs: PackSet, limit: int | None, detail: str) -> Result:
    """Return decisions per processor second; the first part, in which laws are compiled, is left out."""
    parts = [several[start : start + _PART] for start in range(0, len(several), _PART)]
    rates = [len(part) / cpu_seconds(partial(_decide_all, part, packs)) for part in parts]
    return Result(name, statistics.median(rates[1:]), "decisions/cpu-s", limit, at_most=False, detail=detail)


def _decide_all(several: Sequence[FactSet], packs: PackSet) -> None:
    for facts in several:
        decide(facts, packs)
