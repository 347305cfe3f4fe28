"""Spec cases: what is known of a transfer and what must follow, as a lawyer writes them in YAML."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from kouan.model.base import Frozen
from kouan.model.clause import Name
from kouan.model.decision import Pathway
from kouan.model.facts import Range
from kouan.model.pack import Id
from kouan.model.text import Text
from kouan.model.time import LegalDay

Span = tuple[Annotated[StrictInt, Field(ge=0)], Annotated[StrictInt, Field(ge=0)] | None]
CaseValue = StrictBool | StrictInt | StrictStr | Span | tuple[StrictStr, ...] | None
"""A number is exact, `[lo, hi]` a range with `unknown` as an open end, None (`unknown`) what nobody knows."""
Given = dict[Name, CaseValue]

OUTCOMES: dict[str, tuple[Pathway, ...]] = {
    "不适用": (Pathway.NOT_REGULATED,),
    "免予": (Pathway.EXEMPT,),
    "合同": (Pathway.STANDARD_CONTRACT,),
    "认证": (Pathway.CERTIFICATION,),
    "合同或认证": (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION),
    "安全评估": (Pathway.SECURITY_ASSESSMENT,),
    "不得出境": (Pathway.PROHIBITED,),
}
"""Words for outcomes; the pathways' own names, joined by “ or ”, are read too."""


class CaseFacts(Frozen):
    """Facts common to the cases of a file, of the transfer and of every flow."""

    facts: Given = Field(default_factory=dict)
    flow: Given = Field(default_factory=dict)


class SpecCase(Frozen):
    """One case.

    Attributes:
        facts, flows: added to what is given, or in its place.
        readings: readings adopted in place of the default ones.
        outcome: every outcome that remains possible, lightest first.
        flows_outcome, articles, counted, basis: by flow: the same; articles of the first outcome; whether its persons
            count; `national` or `list:<id>`.
        set_aside: by flow, `rule < rule (ground)`.
        conditions, duties, papers, triggers, clocks, notes, kinds, questions: ids that must appear, or with a leading
            `-` must not; an empty list of questions means that there is none.
        open_points: by open point, the outcomes under each reading that was not chosen; all of them.
    """

    title: Annotated[StrictStr, Field(min_length=1)]
    as_of: LegalDay | None = None
    facts: Given = Field(default_factory=dict)
    flows: Annotated[dict[str, Given], Field(min_length=1)]
    readings: dict[Id, Id] = Field(default_factory=dict)
    outcome: Annotated[tuple[StrictStr, ...], Field(min_length=1)]
    flows_outcome: dict[str, tuple[StrictStr, ...]] = Field(default_factory=dict)
    articles: dict[str, tuple[StrictStr, ...]] = Field(default_factory=dict)
    counted: dict[str, StrictBool | None] = Field(default_factory=dict)
    basis: dict[str, StrictStr] = Field(default_factory=dict)
    set_aside: dict[str, tuple[StrictStr, ...]] = Field(default_factory=dict)
    conditions: tuple[StrictStr, ...] = ()
    duties: tuple[StrictStr, ...] = ()
    papers: tuple[StrictStr, ...] = ()
    triggers: tuple[StrictStr, ...] = ()
    clocks: tuple[StrictStr, ...] = ()
    notes: tuple[StrictStr, ...] = ()
    kinds: tuple[StrictStr, ...] = ()
    questions: tuple[StrictStr, ...] | None = None
    open_points: dict[Id, dict[Id, tuple[StrictStr, ...]]] | None = None

    @model_validator(mode="after")
    def _readable(self) -> SpecCase:
        more = [word for point in (self.open_points or {}).values() for words in point.values() for word in words]
        for word in (*self.outcome, *(word for words in self.flows_outcome.values() for word in words), *more):
            if outcome_named(word) is None:
                known = "、".join(OUTCOMES)
                raise ValueError(Text(zh=f"没有结果“{word}”，可写：{known}", en=f"no outcome “{word}”; write {known}"))
        strange = {*self.flows_outcome, *self.articles, *self.counted, *self.basis, *self.set_aside} - set(self.flows)
        if strange:
            raise ValueError(Text(zh=f"案例没有流动“{min(strange)}”", en=f"the case has no flow “{min(strange)}”"))
        return self


class Casebook(Frozen):
    """One file of cases."""

    given: CaseFacts = Field(default_factory=CaseFacts)
    cases: Annotated[tuple[SpecCase, ...], Field(min_length=1)]


def outcome_named(word: str) -> tuple[Pathway, ...] | None:
    """Return the pathways of an outcome by its word, or None."""
    if word in OUTCOMES:
        return OUTCOMES[word]
    try:
        return tuple(Pathway(part) for part in word.split(" or "))
    except ValueError:
        return None


def word_of(options: tuple[Pathway, ...]) -> str:
    """Return the word of an outcome."""
    return next((word for word, one in OUTCOMES.items() if one == options), " or ".join(options))


def fact_value(value: CaseValue) -> Range | bool | int | str | tuple[str, ...] | None:
    """Return a case's value as facts hold it."""
    if isinstance(value, tuple) and value and isinstance(value[0], int):
        lo, hi = value
        return Range.model_validate({"lo": lo, "hi": hi})
    return value
