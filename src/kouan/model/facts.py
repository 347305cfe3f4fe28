"""Facts: what is known of a transfer, with unknown and ranges as values, and where each comes from."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from kouan.model.attestation import Attestation, NamedParty
from kouan.model.base import Frozen
from kouan.model.text import Text
from kouan.model.time import LegalDay


class Range(Frozen):
    """A whole number known to lie between two ends, both included.

    Attributes:
        lo: smallest possible value.
        hi: largest possible value; None when there is no known upper end.
    """

    lo: Annotated[int, Field(ge=0)]
    hi: Annotated[int, Field(ge=0)] | None

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if self.hi is not None and self.hi < self.lo:
            raise ValueError("a range runs from its smaller to its larger end")
        return self

    def plus(self, other: Range) -> Range:
        """Return the range of the sum."""
        hi = None if self.hi is None or other.hi is None else self.hi + other.hi
        return Range(lo=self.lo + other.lo, hi=hi)


class FactSource(StrEnum):
    """Where a fact comes from."""

    DECLARED = "declared"
    OBSERVED = "observed"
    METERED = "metered"
    DERIVED = "derived"


FactValue = StrictBool | StrictInt | Range | StrictStr | tuple[StrictStr, ...] | tuple[Range, ...] | None
"""A fact's value; several ranges, ascending, mean that a count lies in one of them.

None is unknown and never means "no" (DESIGN 4.2).
"""


class Fact(Frozen):
    """One fact of the declared vocabulary.

    Attributes:
        name: from a pack's vocabulary, such as `exporter.ciio`.
        value: the value, a range, or None for unknown.
        source: declared, observed, metered or derived.
        evidence: where it stands (document and field, item ids); never a raw value of the data.
    """

    name: str
    value: FactValue = None
    source: FactSource
    evidence: str = ""


class Conflict(Frozen):
    """Two sources disagree; the heavier value is kept (DESIGN section 2)."""

    kept: Fact
    dropped: Fact


class FlowFacts(Frozen):
    """The facts of one flow: the part of a transfer that concerns one kind of subject and is decided by itself.

    Attributes:
        id: stable inside the transfer, such as "employee".
        label: for people.
        subjects: subject roles in the flow.
        items: ids of the items in it.
        facts: facts that hold for this flow only.
    """

    id: str
    label: Text
    subjects: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


class FactSet(Frozen):
    """Everything the law engine sees: facts of the transfer and of each flow, on one legal day.

    Attributes:
        as_of: the legal day whose law applies and to which counters run.
        facts: facts common to all flows.
        flows: at least one.
        conflicts: disagreements between sources, for people.
        attestations: certificates, filings and environments that may cover the transfer.
        attestations_complete: whether there are no others.
        parties: whom they must cover.
    """

    as_of: LegalDay
    facts: tuple[Fact, ...]
    flows: Annotated[tuple[FlowFacts, ...], Field(min_length=1)]
    conflicts: tuple[Conflict, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    attestations_complete: StrictBool = False
    parties: tuple[NamedParty, ...] = ()
