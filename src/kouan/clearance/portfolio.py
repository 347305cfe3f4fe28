"""Decide the transfers of a portfolio together: counters run over all of them (order 16 Arts 5, 7, 8).

Persons of different transfers may be the same people or not, so what the others add is a range.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.counting import counted, exporter_key, exporter_name
from kouan.clearance.desk import Desk
from kouan.clearance.opening import read_text
from kouan.law import decide
from kouan.model import strictyaml
from kouan.model.facts import Fact, FactSet, FactSource, Range
from kouan.model.portfolio import Portfolio, PortfolioDecision, PortfolioEntry
from kouan.model.ports import silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kouan.clearance.counting import Counted
    from kouan.clearance.settings import Settings
    from kouan.model.ports import Progress

_COUNTERS = ("ordinary", "sensitive")


def decide_portfolio(
    path: Path, settings: Settings, *, person_key: bytes, progress: Progress = silent
) -> PortfolioDecision:
    """Decide every transfer of a portfolio on the data as they are.

    Args:
        path: `portfolio.yaml`.
        settings: of the run.
        person_key: tells persons apart inside one transfer.
        progress: hears the stages.

    Raises:
        KouanError: K-CLR-008 when the transfers have different exporters, and those of every declaration.
    """
    portfolio = strictyaml.parse(Portfolio, read_text(path), path.name, "portfolio")
    desks = [Desk.open(path.parent / name, settings) for name in portfolio.transfers]
    exporters = {exporter_key(desk.declaration): exporter_name(desk.declaration) for desk in desks}
    if len(exporters) > 1:
        raise messages.PORTFOLIO_MIXED.at(str(path), names=", ".join(sorted(exporters.values())))
    facts = [desk.facts(desk.inspect(person_key=person_key, progress=progress)) for desk in desks]
    alone = [
        counted(decide(one, desk.packs, adopted=desk.declaration.readings))
        for one, desk in zip(facts, desks, strict=True)
    ]
    entries = []
    for number, (desk, name) in enumerate(zip(desks, portfolio.transfers, strict=True)):
        others = [count for other, count in enumerate(alone) if other != number]
        together = _beside(facts[number], own=alone[number], others=others)
        decision = decide(together, desk.packs, adopted=desk.declaration.readings)
        entries.append(PortfolioEntry(transfer=desk.declaration.transfer.name, path=name, decision=decision))
    return PortfolioDecision(exporter=exporter_name(desks[0].declaration), entries=tuple(entries))


def is_portfolio(path: Path) -> bool:
    """Tell whether a YAML file is a portfolio rather than one declaration."""
    value = strictyaml.load(read_text(path), path.name).value
    return isinstance(value, dict) and "transfers" in value


def _beside(facts: FactSet, *, own: Counted, others: Sequence[Counted]) -> FactSet:
    """Return the facts of one transfer with what the others add to the year's counters."""
    changed = []
    for fact in facts.facts:
        kind = next((kind for kind in _COUNTERS if fact.name == f"year_before.{kind}_persons"), None)
        if kind is None or not isinstance(fact.value, Range):
            changed.append(fact)
            continue
        more = _added(getattr(own, kind), [getattr(other, kind) for other in others])
        evidence = f"{fact.evidence}; portfolio"
        changed.append(Fact(name=fact.name, value=fact.value.plus(more), source=FactSource.DERIVED, evidence=evidence))
    return facts.model_copy(update={"facts": tuple(changed)})


def _added(own: Range, others: Sequence[Range]) -> Range:
    """Return by how many persons the others raise a count: from wholly the same people to wholly different ones."""
    largest = max((other.lo for other in others), default=0)
    lo = 0 if own.hi is None else max(0, largest - own.hi)
    highs = [other.hi for other in others]
    return Range(lo=lo, hi=None if None in highs else max(lo, sum(hi or 0 for hi in highs)))
