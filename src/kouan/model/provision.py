"""What packs provide: rules, duties, conditions, papers, triggers, clocks, notes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, model_validator

from kouan.model.attestation import Kind
from kouan.model.base import Frozen
from kouan.model.clause import Clause, Name
from kouan.model.decision import ConditionKind, Pathway, Track
from kouan.model.pack import UNCONFIRMED, Article, Cited, Id
from kouan.model.period import Period
from kouan.model.reading import Under
from kouan.model.text import Text


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Pathways = Annotated[tuple[Pathway, ...], BeforeValidator(_listed)]
"""One pathway or a list of them."""


class Provision(Frozen):
    """What every rule, duty, condition and note has.

    Attributes:
        when: holds for a flow; none means always.
        certain: only where `when` holds for certain; else an open `when` brings it too. Rules do not take it.
        status: only provisions `in_force` are applied.
        under: readings under which the provision applies; none means under all.
    """

    id: Id
    article: Article
    when: Clause | None = None
    certain: StrictBool = False
    in_force: Period
    status: Literal["in_force", "draft", "proposal"] = "in_force"
    source: Cited
    under: Under = Field(default_factory=dict)

    @model_validator(mode="after")
    def _honest(self) -> Provision:
        if self.article == UNCONFIRMED and self.source.confidence == "H":
            raise ValueError(
                Text(zh="条文未确认的，可信度不能写 H", en="an unconfirmed article never has confidence H")
            )
        if self.when is not None and self.when.qualified:
            raise ValueError(
                Text(
                    zh="`under` 和 `in_force` 写在规定上，或写在 all、any、of 的各项上，不写在整个条件上",
                    en="`under` and `in_force` go with the provision or with parts of all, any and of, not with the"
                    " whole condition",
                )
            )
        return self


class Yield(Frozen):
    """What takes precedence over a rule where it holds, and on what ground.

    Attributes:
        to: a rule, or a group of rules.
        by: `provision`: the text itself says so (从其规定), `delegation`: a higher text leaves it to the other, `rank`,
            `speciality`, `date`. The loader checks rank and date against the instruments.
        article: where the text says so, such as "O16 7(2)".
    """

    to: Id
    by: Literal["provision", "delegation", "rank", "speciality", "date"]
    article: str = ""


class Rule(Provision):
    """A rule that leads a flow to a pathway.

    Attributes:
        requires: pathways among which the exporter must take one.
        gives: the lighter pathway that the rule grants.
        counts: false where persons of a flow under this rule stay out of the year's counters.
        counts_under: readings under which they count all the same.
        groups: names under which others refer to this rule together with its like, such as `o16-3-to-6`.
        yields_to: what takes precedence where it holds.
        unlisted: not of a flow that uses a negative list of the packs, which then speaks itself.
        reason: one clause with placeholders `{year_start}`, `{<count fact>}`, `{<parameter>}`; the article is appended.
    """

    label: Text
    requires: Pathways = ()
    gives: Pathways = ()
    counts: StrictBool = True
    counts_under: Under = Field(default_factory=dict)
    groups: tuple[Id, ...] = ()
    yields_to: tuple[Yield, ...] = ()
    unlisted: StrictBool = False
    reason: Text

    @model_validator(mode="after")
    def _one_direction(self) -> Rule:
        if bool(self.requires) == bool(self.gives):
            raise ValueError("a rule either requires or gives pathways")
        if self.when is None or self.certain:
            raise ValueError("a rule has a condition `when`, and open facts never make it fail")
        if len({path.weight for path in self.pathways}) > 1:
            raise ValueError("the pathways of one rule weigh the same")
        if self.requires and not self.counts:
            raise ValueError("only a rule that gives a pathway can keep persons out of the counters")
        if self.counts and self.counts_under:
            raise ValueError("`counts_under` goes with `counts: false`")
        return self

    @property
    def pathways(self) -> tuple[Pathway, ...]:
        """Pathways required or given."""
        return self.requires or self.gives


class Rules(Frozen):
    """`rules.yaml`."""

    rules: tuple[Rule, ...]


EXPORTER = Text(zh="数据处理者", en="the exporter")


class DutyKind(StrEnum):
    """Sort of a duty."""

    NOTICE = "notice"
    CONSENT = "consent"
    IMPACT_ASSESSMENT = "impact_assessment"
    CONTRACT = "contract"
    FILING = "filing"
    RECORDS = "records"
    AUDIT = "audit"
    RISK_ASSESSMENT = "risk_assessment"
    INCIDENT = "incident"
    SECURITY = "security"
    RIGHTS = "rights"
    ORGANISATION = "organisation"
    RESTRICTION = "restriction"
    OTHER = "other"


class DutyRule(Provision):
    """A duty; `pathways` empty means whatever the pathway by which data may leave.

    Attributes:
        counted: only for flows whose persons count in the year, or may.
        kind: what sort of duty, so that readers find notice, consent, records and so on together.
        clock: id of the clock that measures its deadline.
    """

    counted: StrictBool = False
    kind: DutyKind = DutyKind.OTHER
    clock: Id | None = None
    label: Text
    detail: Text
    deadline: Text | None = None
    who: Text = EXPORTER
    pathways: Pathways = ()


class Duties(Frozen):
    """`duties.yaml`."""

    duties: tuple[DutyRule, ...]


class ConditionRule(Provision):
    """What must be attested before release; `pathways` empty means whatever the pathway by which data may leave.

    Attributes:
        track: whether the law on exports asks for it or the law of the sector.
        each: attested with every batch of a standing transfer; others carry over from the first.
        asks: fact of the transfer that is asked wherever the condition is brought and the fact is open.
        attested: kind of attestation that answers it where one covers the transfer.
    """

    track: Track = Track.EXPORT
    each: StrictBool = False
    asks: Name | None = None
    attested: Kind | None = None
    kind: ConditionKind
    label: Text
    ask: Text
    pathways: Pathways = ()


class Conditions(Frozen):
    """`conditions.yaml`."""

    conditions: tuple[ConditionRule, ...]


class PaperRule(Provision):
    """A paper to hand in; `pathways` empty means whatever the pathway by which data may leave.

    Attributes:
        form: how it is handed in, such as original with seal.
        template: official form that must be used unchanged, if any.
    """

    label: Text
    detail: Text
    form: Text | None = None
    template: Text | None = None
    who: Text = EXPORTER
    pathways: Pathways = ()


class Papers(Frozen):
    """`papers.yaml`."""

    papers: tuple[PaperRule, ...]


class TriggerRule(Provision):
    """A change after which the pathway must be walked again.

    Attributes:
        counted: only for flows whose persons count in the year, or may.
        label: the change.
        then: what must be done.
    """

    counted: StrictBool = False
    label: Text
    then: Text
    pathways: Pathways = ()


class Triggers(Frozen):
    """`triggers.yaml`."""

    triggers: tuple[TriggerRule, ...]


class Pause(Frozen):
    """What stops a clock: from one event to another the days do not count."""

    since: Name
    until: Name
    label: Text


class ClockRule(Provision):
    """A period that the law sets: how long, from which event, who acts.

    Attributes:
        starts: event on which it starts; the day itself does not count (民法典 Art 201).
        starts_label: the event in words.
        before: the period ends on the event and runs backwards (such as before expiry).
        opens: as `before`, of a window: the act may be done from the first day of the period on.
        keeps: something is to be kept at least until the period ends; its last day never moves.
        amount, unit: length; hours run from the event itself, months and years end on the corresponding day
            (民法典 Arts 201, 202).
        who: who must act in time.
        extendable: whether the one who acts may lengthen it.
        pauses: what stops it.
    """

    label: Text
    starts: Name
    starts_label: Text
    before: StrictBool = False
    opens: StrictBool = False
    keeps: StrictBool = False
    amount: Annotated[StrictInt, Field(ge=1)]
    unit: Literal["hour", "working_day", "day", "month", "year"]
    who: Text
    extendable: StrictBool = False
    pauses: tuple[Pause, ...] = ()
    pathways: Pathways = ()


class Clocks(Frozen):
    """`clocks.yaml`."""

    clocks: tuple[ClockRule, ...]


class NoteRule(Provision):
    """An open point that touches this case; `pathways` empty means whatever the pathway by which data may leave.

    Attributes:
        counted: only for flows whose persons count in the year, or may.
    """

    counted: StrictBool = True
    pathways: Pathways = ()
    text: Text


class Notes(Frozen):
    """`notes.yaml`."""

    notes: tuple[NoteRule, ...]
