"""Decision: the lawful pathways of each flow, with trace, duties, conditions and open questions."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, StrictBool

from kouan.model.base import Frozen, Sha256
from kouan.model.facts import FactSet, FactValue
from kouan.model.text import Text
from kouan.model.time import LegalDay


class Pathway(StrEnum):
    """合规路径, from the lightest to the heaviest; contract and certification weigh the same."""

    NOT_REGULATED = "not_regulated"
    EXEMPT = "exempt"
    STANDARD_CONTRACT = "standard_contract"
    CERTIFICATION = "certification"
    SECURITY_ASSESSMENT = "security_assessment"
    PROHIBITED = "prohibited"

    @property
    def weight(self) -> int:
        """Rank for comparison: 0 (not regulated) to 4 (prohibited)."""
        return _WEIGHTS[self]


_WEIGHTS = {
    Pathway.NOT_REGULATED: 0,
    Pathway.EXEMPT: 1,
    Pathway.STANDARD_CONTRACT: 2,
    Pathway.CERTIFICATION: 2,
    Pathway.SECURITY_ASSESSMENT: 3,
    Pathway.PROHIBITED: 4,
}


class Truth(StrEnum):
    """Strong Kleene truth value."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class SourceRef(Frozen):
    """Where a statement of law comes from.

    Attributes:
        instrument: key of the instrument in its pack, such as `O16`.
        title: official title.
        article: such as "7(1)(2)".
        url: of the official page.
        confidence: H (text read), M (secondary source), L (unconfirmed).
    """

    instrument: str
    title: Text
    article: str
    url: str = ""
    confidence: Literal["H", "M", "L"]


class TraceNode(Frozen):
    """One node of a rule's condition, evaluated.

    Attributes:
        op: `all`, `any`, `not`, `at_least` or `atom`.
        truth: Kleene result.
        text: the condition in words, for people.
        fact, value, expected: of an atom: the fact's name, what is known of it, what the rule asks.
        children: of an inner node.
    """

    op: str
    truth: Truth
    text: Text
    fact: str | None = None
    value: FactValue = None
    expected: str = ""
    children: tuple[TraceNode, ...] = ()


class RuleTrace(Frozen):
    """One rule as it was applied to one flow."""

    rule: str
    label: Text
    source: SourceRef
    truth: Truth
    requires: tuple[Pathway, ...]
    node: TraceNode


class Duty(Frozen):
    """What the exporter owes.

    Attributes:
        kind: notice, consent, records and so on.
        clock: id of the clock that measures its deadline.
        deadline: in words ("within 10 working days of effect"), empty when there is none.
        who: who acts.
        pathways: the duty belongs to these chosen pathways only; empty means to all by which data may leave.
        flows: ids of the flows that bring it.
    """

    id: str
    kind: str = "other"
    label: Text
    detail: Text
    deadline: Text | None = None
    clock: str | None = None
    who: Text
    pathways: tuple[Pathway, ...] = ()
    flows: tuple[str, ...] = ()
    source: SourceRef


class ConditionKind(StrEnum):
    """What must be attested before release."""

    FILING_NUMBER = "filing_number"
    CONTRACT_IN_FORCE = "contract_in_force"
    ASSESSMENT_PASSED = "assessment_passed"
    CERTIFICATE = "certificate"
    NOTICE_GIVEN = "notice_given"
    CONSENT = "consent"
    PARENTAL_CONSENT = "parental_consent"
    IMPACT_ASSESSMENT = "impact_assessment"
    STATEMENT = "statement"
    PERMIT = "permit"
    ETHICS_REVIEW = "ethics_review"


class Track(StrEnum):
    """Which compliance a condition belongs to; both must be met before anything leaves.

    Source: Beijing's reform plan (2.0), measure 6: export compliance and compliance of the sector run side by side.
    """

    EXPORT = "export"
    SECTOR = "sector"


class Condition(Frozen):
    """What must hold before anything leaves; a named person attests it at release.

    Attributes:
        track: whether the law on exports asks for it or the law of the sector.
        each: attested with every batch of a standing transfer; others carry over from the first.
        pathways: the condition belongs to these chosen pathways only; empty means to all by which data may leave.
        flows: ids of the flows that bring it.
        ask: what the attester must give (a number, a date, a document name).
        covered_by: numbers of the declared attestations that answer it; the attester still confirms them.
    """

    id: str
    kind: ConditionKind
    track: Track = Track.EXPORT
    each: StrictBool = False
    label: Text
    ask: Text
    covered_by: tuple[str, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    flows: tuple[str, ...] = ()
    source: SourceRef


class Question(Frozen):
    """A fact that is unknown and still matters, most decisive first."""

    fact: str
    label: Text
    help: Text
    flows: tuple[str, ...] = ()
    decides: tuple[Pathway, ...] = ()


class Outcome(Frozen):
    """One possible legal outcome of a flow: the pathways among which the exporter may choose, and why.

    Attributes:
        options: lawful pathways of this outcome, all of one weight.
        reason: one sentence with the article.
        sources: the articles that lead to it.
    """

    options: tuple[Pathway, ...]
    reason: Text
    sources: tuple[SourceRef, ...] = ()

    @property
    def weight(self) -> int:
        """Weight of the options."""
        return max(option.weight for option in self.options)


class SetAside(Frozen):
    """A rule that holds but yields to another that holds too.

    Attributes:
        rule, label, source: what is set aside.
        by_rule, by_label, by_source: what prevails.
        ground: provision, delegation, rank, speciality or date.
    """

    rule: str
    label: Text
    source: SourceRef
    by_rule: str
    by_label: Text
    by_source: SourceRef
    ground: Literal["provision", "delegation", "rank", "speciality", "date"]


class ReadOption(Frozen):
    """What one reading of an open point leads to.

    Attributes:
        possible: outcomes of the whole transfer under it, lightest first.
    """

    id: str
    label: Text
    ground: Text
    confidence: Literal["H", "M", "L"]
    possible: tuple[Outcome, ...]


class OpenPoint(Frozen):
    """An open point of the law on which the outcome of this transfer hangs.

    Attributes:
        chosen: option that the decision took.
        adopted: whether the exporter adopted it; else it is the default.
    """

    id: str
    question: Text
    source: SourceRef
    chosen: str
    adopted: StrictBool
    options: tuple[ReadOption, ...]


class Paper(Frozen):
    """A paper to hand in."""

    id: str
    label: Text
    detail: Text
    form: Text | None = None
    template: Text | None = None
    who: Text
    pathways: tuple[Pathway, ...] = ()
    flows: tuple[str, ...] = ()
    source: SourceRef


class Trigger(Frozen):
    """A change after which the pathway must be walked again."""

    id: str
    label: Text
    then: Text
    pathways: tuple[Pathway, ...] = ()
    flows: tuple[str, ...] = ()
    source: SourceRef


class FlowDecision(Frozen):
    """The decision on one flow.

    Attributes:
        possible: outcomes under every completion of the unknowns, lightest first; one means determined.
        basis: `national` or `list:<id>`.
        set_aside: rules that hold and yield.
        counted: whether its persons count towards the year's counters; None when that is open.
    """

    id: str
    label: Text
    subjects: tuple[str, ...]
    possible: tuple[Outcome, ...]
    basis: str = "national"
    counted: bool | None = None
    trace: tuple[RuleTrace, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def determined(self) -> bool:
        """Whether exactly one outcome remains."""
        return len(self.possible) == 1

    @property
    def options(self) -> tuple[Pathway, ...]:
        """Lawful pathways; empty while undetermined."""
        return self.possible[0].options if self.determined else ()


class PackRef(Frozen):
    """A law pack as it was used.

    Attributes:
        user: whether the user brought it; such a pack may add and tighten only, unless that was overridden.
    """

    id: str
    version: str
    sha256: Sha256
    user: StrictBool = False


class Override(Frozen):
    """What a user pack loosened in the built-in law, by leave of the one who ran it.

    Attributes:
        pack, entry: user pack and its entry.
        how: `redefines` a built-in entry, `gives` a lighter pathway, `requires` no more than an exemption, `prevails`
            over built-in rules, `splits` a built-in count, brings a `list`, asks for less than a built-in `purpose`.
    """

    pack: str
    entry: str
    how: Literal["redefines", "gives", "requires", "prevails", "splits", "list", "purpose"]
    text: Text


class Decision(Frozen):
    """The decision on a transfer, replayable from `facts` and the named packs.

    Attributes:
        possible: outcomes of the whole transfer (the heaviest of its flows), lightest first.
        open_points: those on which the outcome hangs.
        adopted: readings that the exporter takes in place of the default ones.
        proposals: packs whose drafts and proposals were applied as if in force; a decision with any is no decision of
            the law in force.
        overrides: what user packs loosened.
    """

    as_of: LegalDay
    packs: tuple[PackRef, ...]
    facts: FactSet
    flows: tuple[FlowDecision, ...]
    possible: tuple[Outcome, ...]
    questions: tuple[Question, ...] = ()
    duties: tuple[Duty, ...] = ()
    conditions: tuple[Condition, ...] = ()
    papers: tuple[Paper, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    notes: tuple[Text, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
    adopted: dict[str, str] = Field(default_factory=dict)
    proposals: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()

    @property
    def determined(self) -> bool:
        """Whether exactly one overall outcome remains."""
        return len(self.possible) == 1

    @property
    def options(self) -> tuple[Pathway, ...]:
        """Lawful pathways of the whole transfer; empty while undetermined."""
        return self.possible[0].options if self.determined else ()


class Change(Frozen):
    """What treatment changed between the two decisions, for people."""

    text: Text
    fact: str | None = None


class DecisionPair(Frozen):
    """The decision on the data as they are, and again on the treated data."""

    original: Decision
    treated: Decision | None = None
    changes: tuple[Change, ...] = ()
