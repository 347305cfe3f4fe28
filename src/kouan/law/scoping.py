"""Which negative lists may bear on a transfer: the one it names, or those that may cover it while it names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kouan.model.facts import FactSet
    from kouan.packs import PackSet

LIST = "list.used"
"""The fact that names the list; `none` where the exporter relies on none."""


def text_of(facts: FactSet, name: str) -> str | None:
    """Return the word that a fact of the transfer holds, or None."""
    value = next((fact.value for fact in facts.facts if fact.name == name), None)
    return value if isinstance(value, str) else None


def lists_for(facts: FactSet, packs: PackSet) -> frozenset[str]:
    """Return the ids of the lists whose rules are put into the law of this transfer."""
    known = set(packs.lists.values())
    given = (*facts.facts, *(fact for flow in facts.flows for fact in flow.facts))
    named = {fact.value for fact in given if fact.name == LIST}
    return frozenset(name for name in named if isinstance(name, str) and name in known)
