"""Declarations and decisions for tests of the rooms that read them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kouan.model.decision import Decision
from kouan.model.declaration import Declaration, Party, PartyRole, ReleaseMode, SourceSpec, TransferHead
from kouan.model.facts import FactSet, FlowFacts
from kouan.model.text import same

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = dt.date(2026, 11, 1)


def declaration(needed: dict[str, Sequence[str] | None], *, mode: ReleaseMode = ReleaseMode.CONTROLLED) -> Declaration:
    """Return a declaration whose sources need these items."""
    return Declaration(
        transfer=TransferHead(name="t", scenario="hr_management", mode=mode),
        parties=(Party(role=PartyRole.EXPORTER, name="甲"), Party(role=PartyRole.RECIPIENT, name="B", country="DE")),
        purpose="测试",
        sources=tuple(
            SourceSpec(path=path, needed=None if names is None else tuple(names)) for path, names in needed.items()
        ),
    )


def decision() -> Decision:
    """Return a decision of 2026 that says nothing."""
    facts = FactSet(as_of=DAY, facts=(), flows=(FlowFacts(id="all", label=same("all")),))
    return Decision(as_of=DAY, packs=(), facts=facts, flows=(), possible=())
