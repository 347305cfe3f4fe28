"""Law packs as their YAML files write them: vocabulary, parameters, rules, duties, conditions, notes (DESIGN 4.2)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, StrictStr, model_validator

from kouan.model.base import Frozen
from kouan.model.decision import ConditionKind, Pathway, Track
from kouan.model.text import Text
from kouan.model.time import LegalDay

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
"""Name of a pack or provision: small letters, digits, dots, hyphens."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
"""Name of a fact or parameter, such as `exporter.ciio`."""

UNCONFIRMED = "unconfirmed"
"""In the place of an article that nobody has read: the institution is to confirm it."""

Article = Annotated[
    str,
    Field(pattern=r"^([0-9]+(\([0-9]+\)){0,2}|[0-9]+ item [0-9]+|Q[0-9]+|annex [0-9]+|measure [0-9]+|unconfirmed)$"),
]
"""Place in an instrument: article(paragraph)(item) as "7(1)(2)"; "55 item 4" where an article has one paragraph;
"Q1" of an official question-and-answer text; "annex 4" of a guide; "measure 6" of a plan; "unconfirmed"."""


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Pathways = Annotated[tuple[Pathway, ...], BeforeValidator(_listed)]
"""One pathway or a list of them."""


class Instrument(Frozen):
    """A law, regulation, rule or official answer that a pack cites.

    Attributes:
        number: of the order, or date of adoption.
        in_force: first day in force (publication day of answers); None of one whose text was not read.
    """

    title: Text
    number: str = ""
    url: str = ""
    in_force: LegalDay | None


class PackHead(Frozen):
    """`pack.yaml`: what the pack is and which instruments it cites."""

    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    title: Text
    instruments: dict[str, Instrument] = Field(default_factory=dict)


class FactType(StrEnum):
    """Type of a fact: yes or no, number of persons (a range), one word, several words."""

    BOOL = "bool"
    COUNT = "count"
    TEXT = "text"
    TEXTS = "texts"


class FactScope(StrEnum):
    """Whether a fact belongs to the transfer, to one flow of it, or is worked out by the law room."""

    TRANSFER = "transfer"
    FLOW = "flow"
    DERIVED = "derived"


class ParameterUse(Frozen):
    """A dated parameter in the place of a number."""

    parameter: Name


Bound = StrictInt | ParameterUse


class Clause(Frozen):
    """A condition: `all`, `any`, `not`, `at_least` n `of`, or an atom about one fact.

    Attributes:
        every, some, negated: written `all`, `any`, `not`.
        at_least: of an atom, a bound that is included; of `of`, how many of its parts must hold.
        below, at_most, more_than: bounds of an atom; 不满 is `below`, 以上 is `at_least`.
        is_: written `is`: true, false or one word.
        among: written `in`: one of these words (of a fact with several words: any of them is among these).
    """

    every: Annotated[tuple[Clause, ...], Field(min_length=1)] | None = Field(default=None, alias="all")
    some: Annotated[tuple[Clause, ...], Field(min_length=1)] | None = Field(default=None, alias="any")
    negated: Clause | None = Field(default=None, alias="not")
    of: Annotated[tuple[Clause, ...], Field(min_length=1)] | None = None
    fact: Name | None = None
    is_: StrictBool | StrictStr | None = Field(default=None, alias="is")
    at_least: Bound | None = None
    below: Bound | None = None
    more_than: Bound | None = None
    at_most: Bound | None = None
    among: Annotated[tuple[StrictStr, ...], Field(min_length=1)] | None = Field(default=None, alias="in")

    @property
    def tests(self) -> tuple[str, ...]:
        """Names of the comparisons that are written."""
        names = ("is_", "at_least", "below", "more_than", "at_most", "among")
        return tuple(name for name in names if getattr(self, name) is not None)

    @property
    def parts(self) -> tuple[Clause, ...]:
        """The clauses inside this one, in their order."""
        if self.negated is not None:
            return (self.negated,)
        return self.every or self.some or self.of or ()

    @model_validator(mode="after")
    def _one_kind(self) -> Clause:
        kinds = sum(part is not None for part in (self.every, self.some, self.negated, self.of, self.fact))
        if kinds != 1:
            raise ValueError("a condition is exactly one of all, any, not, at_least … of, or a fact with one test")
        if self.fact is not None:
            if len(self.tests) != 1:
                raise ValueError("a fact takes exactly one of is, in, at_least, below, more_than, at_most")
        elif self.of is not None:
            if self.tests != ("at_least",) or not isinstance(self.at_least, int):
                raise ValueError("`of` goes with `at_least` and a number")
            if not 1 <= self.at_least <= len(self.of):
                raise ValueError("`at_least` lies between 1 and the number of parts")
        elif self.tests:
            raise ValueError("all, any and not take no test of their own")
        return self


class YearSum(Frozen):
    """How a yearly counter comes about.

    Attributes:
        start: count since 1 January before this transfer.
        add: count of one flow.
        when: a flow adds only where this holds, and where no rule with `counts: false` holds for it.
    """

    start: Name
    add: Name
    when: Clause


class FactDef(Frozen):
    """One word of the vocabulary.

    Attributes:
        label: of a yes-or-no fact a statement that is true or false; else a noun.
        ask: the question that the fact answers; none means that the label is asked.
        help: how to find the answer and where in `transfer.yaml` to write it, for the person who is asked.
        parts: of a count of a flow, the counts that split it: each of its persons is in exactly one of them.
        sums: of a derived counter, what it adds up (several: all of them together).
    """

    name: Name
    type: FactType
    scope: FactScope
    label: Text
    ask: Text | None = None
    help: Text
    parts: tuple[Name, ...] = ()
    sums: tuple[YearSum, ...] = ()

    @model_validator(mode="after")
    def _derived_has_sums(self) -> FactDef:
        if bool(self.sums) != (self.scope is FactScope.DERIVED):
            raise ValueError("`sums` belong to derived facts and to no others")
        if self.sums and self.type is not FactType.COUNT:
            raise ValueError("a derived fact is a count")
        if self.parts and (self.type is not FactType.COUNT or self.scope is not FactScope.FLOW):
            raise ValueError("`parts` belong to counts of a flow")
        if len(self.parts) == 1:
            raise ValueError("a count has two `parts` or more")
        return self


class Vocabulary(Frozen):
    """`vocabulary.yaml`."""

    facts: tuple[FactDef, ...]


class Cited(Frozen):
    """The instrument behind a provision, and how far its text was confirmed (H read, M secondary, L unconfirmed)."""

    instrument: str
    confidence: Literal["H", "M", "L"]


class Period(Frozen):
    """Days from `from` to `to`, both included; no `to` means no end."""

    start: LegalDay = Field(alias="from")
    end: LegalDay | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.end is not None and self.end < self.start:
            raise ValueError("`to` is before `from`")
        return self

    def holds(self, day: LegalDay) -> bool:
        """Whether the day lies inside."""
        return self.start <= day and (self.end is None or day <= self.end)


class ParameterValue(Period):
    """A parameter's value during a period."""

    value: Annotated[StrictInt, Field(ge=0)]


class Parameter(Frozen):
    """A dated number of the law."""

    name: Name
    label: Text
    article: Article
    source: Cited
    values: Annotated[tuple[ParameterValue, ...], Field(min_length=1)]


class Parameters(Frozen):
    """`parameters.yaml`."""

    parameters: tuple[Parameter, ...]


class Provision(Frozen):
    """What every rule, duty, condition and note has.

    Attributes:
        when: holds for a flow; none means always.
        status: only provisions `in_force` are applied.
    """

    id: Id
    article: Article
    when: Clause | None = None
    in_force: Period
    status: Literal["in_force", "draft", "proposal"] = "in_force"
    source: Cited

    @model_validator(mode="after")
    def _honest(self) -> Provision:
        if self.article == UNCONFIRMED and self.source.confidence != "L":
            raise ValueError(Text(zh="条文未确认的，可信度只能写 L", en="an unconfirmed article has confidence L"))
        return self


class Rule(Provision):
    """A rule that leads a flow to a pathway.

    Attributes:
        requires: pathways among which the exporter must take one.
        gives: the lighter pathway that the rule grants.
        counts: false where persons of a flow under this rule stay out of the year's counters.
        yields_to: rules that take precedence where they hold (从其规定).
        reason: one clause with placeholders `{year_start}`, `{<count fact>}`, `{<parameter>}`; the article is appended.
    """

    label: Text
    requires: Pathways = ()
    gives: Pathways = ()
    counts: StrictBool = True
    yields_to: tuple[Id, ...] = ()
    reason: Text

    @model_validator(mode="after")
    def _one_direction(self) -> Rule:
        if bool(self.requires) == bool(self.gives):
            raise ValueError("a rule either requires or gives pathways")
        if self.when is None:
            raise ValueError("a rule has a condition `when`")
        if len({path.weight for path in self.pathways}) > 1:
            raise ValueError("the pathways of one rule weigh the same")
        if self.requires and not self.counts:
            raise ValueError("only a rule that gives a pathway can keep persons out of the counters")
        return self

    @property
    def pathways(self) -> tuple[Pathway, ...]:
        """Pathways required or given."""
        return self.requires or self.gives


class Rules(Frozen):
    """`rules.yaml`."""

    rules: tuple[Rule, ...]


EXPORTER = Text(zh="数据处理者", en="the exporter")


class DutyRule(Provision):
    """A duty; `pathways` empty means whatever the pathway.

    Attributes:
        counted: only for flows whose persons count in the year, or may.
    """

    counted: StrictBool = False
    label: Text
    detail: Text
    deadline: Text | None = None
    who: Text = EXPORTER
    pathways: Pathways = ()


class Duties(Frozen):
    """`duties.yaml`."""

    duties: tuple[DutyRule, ...]


class ConditionRule(Provision):
    """What must be attested before release; `pathways` empty means whatever the pathway.

    Attributes:
        track: whether the law on exports asks for it or the law of the sector.
        each: attested with every batch of a standing transfer; others carry over from the first.
        certain: only where `when` holds for certain; else an open `when` brings the condition too.
        asks: fact of the transfer that is asked wherever the condition is brought and the fact is open.
    """

    track: Track = Track.EXPORT
    each: StrictBool = False
    certain: StrictBool = False
    asks: Name | None = None
    kind: ConditionKind
    label: Text
    ask: Text
    pathways: Pathways = ()


class Conditions(Frozen):
    """`conditions.yaml`."""

    conditions: tuple[ConditionRule, ...]


class NoteRule(Provision):
    """An open point of the law that touches this case.

    Attributes:
        certain: only where `when` holds for certain; else an open `when` brings the note too.
    """

    certain: StrictBool = False
    text: Text


class Notes(Frozen):
    """`notes.yaml`."""

    notes: tuple[NoteRule, ...]
