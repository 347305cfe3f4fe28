"""Which persons of a decided transfer enter the year's counters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.declaration import PartyRole
from kouan.model.facts import Range

if TYPE_CHECKING:
    from kouan.meter.ledger import Ledger, YearCount
    from kouan.model.decision import Decision, FlowDecision
    from kouan.model.declaration import Declaration, Party

    Metered = tuple[YearCount | None, ...]
    """What each exporter released, in their declared order."""


_BESIDE_CODE = "~"
"""Before the name of an exporter that is counted under its code; no plain name has it."""


def exporter_names(declaration: Declaration) -> tuple[str, ...]:
    """Return the 统一社会信用代码 of each exporter, or its name, as declared."""
    return tuple(party.uscc or party.name for party in declaration.parties_as(PartyRole.EXPORTER))


def exporter_name(declaration: Declaration) -> str:
    """Return the 统一社会信用代码 of the (first) exporter, or its name."""
    return exporter_names(declaration)[0]


def exporter_key(declaration: Declaration) -> str:
    """Return what the (first) exporter is counted under: its code or name, however spaced, cased or punctuated."""
    return plain_name(exporter_name(declaration))


def exporter_keys(declaration: Declaration) -> tuple[str, ...]:
    """Return what each exporter is counted under, in their declared order."""
    return tuple(map(_key, declaration.parties_as(PartyRole.EXPORTER)))


def entered_beside(declaration: Declaration) -> tuple[str, ...]:
    """Return under what else than the first exporter's key a release is entered.

    It counts for every exporter in full, as the decision took it: whose persons they are is not declared. The name of
    one with a code is entered as well, marked, so that leaving the code out next time begins no new count.
    """
    parties = declaration.parties_as(PartyRole.EXPORTER)
    names = tuple(_BESIDE_CODE + plain_name(party.name) for party in parties if party.uscc)
    return (*exporter_keys(declaration)[1:], *names)


def plain_name(name: str) -> str:
    """Return a code or name however it is spaced, cased or punctuated."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).upper() if letter.isalnum())


def _key(party: Party) -> str:
    return plain_name(party.uscc or party.name)


def metered_before(ledger: Ledger, declaration: Declaration, *, year: int, but: str | None = None) -> Metered:
    """Return what this installation released for each exporter this year, and what of it after its declared count."""
    found = []
    for number, party in enumerate(declaration.parties_as(PartyRole.EXPORTER)):
        declared = declaration.year_to_date if number == 0 else party.year_to_date
        after = declared.as_of if declared is not None else None
        name = plain_name(party.name)
        # One with a code is not another of the same name with another code, but may be one that was entered without.
        names = {name if party.uscc else _BESIDE_CODE + name}
        found.append(ledger.year(_key(party), year, names=names, after=after, but=but))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Counted:
    """Persons for both counters (order 16 Arts 5, 7, 8)."""

    ordinary: Range
    sensitive: Range


def counted(decision: Decision) -> Counted:
    """Return the sums over the flows: exempt flows stay out, doubtful ones widen the upper end."""
    total = Counted(Range(lo=0, hi=0), Range(lo=0, hi=0))
    for flow in decision.flows:
        total = Counted(
            total.ordinary.plus(_persons(decision, flow, "flow.ordinary_persons")),
            total.sensitive.plus(_persons(decision, flow, "flow.sensitive_persons")),
        )
    return total


def _persons(decision: Decision, flow: FlowDecision, name: str) -> Range:
    if flow.counted is False:
        return Range(lo=0, hi=0)
    facts = next(part.facts for part in decision.facts.flows if part.id == flow.id)
    value = next((fact.value for fact in facts if fact.name == name), None)
    if not isinstance(value, Range):
        return Range(lo=0, hi=None)
    return value if flow.counted else Range(lo=0, hi=value.hi)
