"""The words in which facts are told, as `vocabulary.yaml` writes them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, StrictBool, model_validator

from kouan.model.attestation import Kind
from kouan.model.base import Frozen
from kouan.model.clause import Clause, Name
from kouan.model.reading import Under
from kouan.model.text import Text


class FactType(StrEnum):
    """Type of a fact: yes or no, number of persons (a range), one word, several words."""

    BOOL = "bool"
    COUNT = "count"
    TEXT = "text"
    TEXTS = "texts"


class FactScope(StrEnum):
    """Whether a fact belongs to the transfer, to one flow of it, is worked out by the law room, or is attested."""

    TRANSFER = "transfer"
    FLOW = "flow"
    DERIVED = "derived"
    ATTESTED = "attested"


class YearSum(Frozen):
    """How a yearly counter comes about.

    Attributes:
        start: count since 1 January before this transfer.
        add: count of one flow.
        when: a flow adds only where this holds, and where no rule with `counts: false` holds for it.
        under: readings under which this part is added at all.
    """

    start: Name
    add: Name
    when: Clause
    under: Under = Field(default_factory=dict)

    @model_validator(mode="after")
    def _same_on_all_days(self) -> YearSum:
        if self.when.varies:
            raise ValueError("a sum takes `under` as a whole: its condition is the same on all days")
        return self


class Attainable(Frozen):
    """How a yes-or-no fact can honestly be brought about, for a what-if; facts that are simply so or not have none.

    Attributes:
        value: that can be brought about.
        how: what must be done in reality, as an imperative clause.
    """

    value: StrictBool
    how: Text


class FactDef(Frozen):
    """One word of the vocabulary.

    Attributes:
        label: of a yes-or-no fact a statement that is true or false; else a noun.
        ask: the question that the fact answers; none means that the label is asked.
        claim: the label says what is known or claimed, and is false unless somebody says so; only where a condition of
            release puts the same to a named person, or where the claim makes lighter. Written `unknown`, it is unknown.
        help: how to find the answer and where in `transfer.yaml` to write it, for the person who is asked.
        parts: of a count of a flow, the counts that split it: each of its persons is in exactly one of them.
        attested: of an attested fact, the kind of certificate, filing or environment that makes it true.
        sums: of a derived counter, what it adds up (several: all of them together).
        attainable: how a yes-or-no fact of the transfer can be brought about; none where it cannot be by will.
    """

    name: Name
    type: FactType
    scope: FactScope
    label: Text
    ask: Text | None = None
    claim: StrictBool = False
    help: Text
    parts: tuple[Name, ...] = ()
    attested: Kind | None = None
    sums: tuple[YearSum, ...] = ()
    attainable: Attainable | None = None

    @model_validator(mode="after")
    def _derived_has_sums(self) -> FactDef:
        if bool(self.sums) != (self.scope is FactScope.DERIVED):
            raise ValueError("`sums` belong to derived facts and to no others")
        if (self.attested is not None) != (self.scope is FactScope.ATTESTED):
            raise ValueError("`attested` belongs to facts of that scope and to no others")
        if self.attested is not None and self.type is not FactType.BOOL:
            raise ValueError("an attested fact is a bool")
        if self.sums and self.type is not FactType.COUNT:
            raise ValueError("a derived fact is a count")
        if self.parts and (self.type is not FactType.COUNT or self.scope is not FactScope.FLOW):
            raise ValueError("`parts` belong to counts of a flow")
        if self.attainable is not None and (self.type is not FactType.BOOL or self.scope is not FactScope.TRANSFER):
            raise ValueError("`attainable` belongs to yes-or-no facts of the transfer")
        if self.claim and (self.type is not FactType.BOOL or self.scope is not FactScope.TRANSFER):
            raise ValueError("a claim is a yes-or-no fact of the transfer")
        if len(self.parts) == 1:
            raise ValueError("a count has two `parts` or more")
        return self


class Vocabulary(Frozen):
    """`vocabulary.yaml`."""

    facts: tuple[FactDef, ...]
