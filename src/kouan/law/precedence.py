"""Which of two rules that both hold prevails, and why (立法法: rank, speciality, date; or the text itself)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kouan.model.decision import SetAside

if TYPE_CHECKING:
    from kouan.law.compiled import Law
    from kouan.law.kleene import Truths

NATIONAL = "national"
_KEPT = 4_096
"""Entries kept by each cache, by the truths of the rules; neither has an effect on results."""


@lru_cache(maxsize=_KEPT)
def set_aside(law: Law, truths: Truths) -> tuple[SetAside, ...]:
    """Return the rules that hold for a flow but yield, each with the first rule that prevails over it."""
    found = []
    for place, rule in enumerate(law.rules):
        over = next((other for other in rule.above if truths[other]), None)
        if truths[place] and over is not None:
            other = law.rules[over]
            found.append(
                SetAside.trusted(
                    rule=rule.rule.id,
                    label=rule.rule.label,
                    source=rule.source,
                    by_rule=other.rule.id,
                    by_label=other.rule.label,
                    by_source=other.source,
                    ground=rule.grounds[over].by,
                )
            )
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def basis_of(law: Law, truths: Truths) -> str:
    """Return `list:<id>` where a rule of a negative list decides a flow, else `national`."""
    for place, rule in enumerate(law.rules):
        if rule.list is not None and truths[place] and not any(truths[other] for other in rule.above):
            return f"list:{rule.list}"
    return NATIONAL
