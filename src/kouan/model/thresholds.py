"""Thresholds of standards for how identifiable data may be: data, read from one file, never constants in code."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, StrictInt, model_validator

from kouan.model.base import Frozen
from kouan.model.canonical import canonical_bytes, sha256_bytes
from kouan.model.declaration import ReleaseMode
from kouan.model.pack import Id
from kouan.model.taxonomy import Confidence
from kouan.model.text import Text

Force = Literal["in_force", "draft", "probable", "foreign"]
"""Standing of a rule here: in force, draft for comment, probable (its text was not seen), or of another legal order."""

_WRITTEN = PlainSerializer(lambda value: format(value, "f"), return_type=str)
Share = Annotated[Decimal, Field(ge=0, le=1), _WRITTEN]
Persons = Annotated[StrictInt, Field(ge=1)]
Degree = Literal["insufficient", "partial", "adequate", "complete"]
"""How far data are processed (TC609 drafts), least first."""

Secure = Literal["none", "basic", "enhanced"]
"""Secure computing of the environment (TC609 drafts), least first."""


class Scope(Frozen):
    """Which transfers a rule is about; everything that is given must hold, nothing given means all.

    Attributes:
        meanings: the data hold one of them.
        regions: an exporter is registered in one of them (`cn-beijing` takes in its districts).
        countries: a recipient is in one of them.
        why: what it is about, for those whom it does not concern.
    """

    meanings: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    why: Text | None = None

    @model_validator(mode="after")
    def _explained(self) -> Scope:
        if (self.meanings or self.regions or self.countries) and self.why is None:
            raise ValueError("a scope says `why`")
        return self


class RuleHead(Frozen):
    """What every rule says of itself.

    Attributes:
        standard, clause: the text and the place in it.
        copy_read: what was read of it.
        caveat: what a reader must know before quoting a verdict.
    """

    id: Id
    label: Text
    standard: Text
    clause: Text
    status: Force
    confidence: Confidence
    copy_read: Text
    scope: Scope = Scope()
    caveat: Text | None = None


class OverallRisk(RuleHead):
    """GB/T 42460-2023 annex D.

    Attributes:
        least: 1/tau of each release mode, the smallest class whose risk is not above tau.
        acceptable: overall risk below which a release is grade 3.
        attempt, breach: probabilities taken where the context is not given.
    """

    method: Literal["overall_risk"]
    least: dict[ReleaseMode, Persons]
    acceptable: Share
    attempt: Share
    breach: Share


class SharingScenario(Frozen):
    """One sharing scenario; its coefficient S is 1/`divisor`."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    label: Text
    divisor: Persons


class Measure(Frozen):
    """One measure of the environment that is either there or not; no number hangs on it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    label: Text


class Product(RuleHead):
    """A = K x S x E, reached at 1 or above.

    Attributes:
        scenarios: S of each.
        open, several, pair: scenarios of a public release, of one to several others and to one other.
        environment: E where none is given.
        technical, management: the measures that E is about; how they become a number is not known.
    """

    method: Literal["product"]
    scenarios: Annotated[tuple[SharingScenario, ...], Field(min_length=1)]
    open: str
    several: str
    pair: str
    environment: Annotated[Decimal, Field(gt=0), _WRITTEN]
    technical: tuple[Measure, ...]
    management: tuple[Measure, ...]

    @model_validator(mode="after")
    def _named(self) -> Product:
        known = {one.id for one in self.scenarios}
        if missing := {self.open, self.several, self.pair} - known:
            raise ValueError(f"no such scenario: {', '.join(sorted(missing))}")
        return self

    def scenario(self, name: str) -> SharingScenario | None:
        """Return the scenario of this id."""
        return next((one for one in self.scenarios if one.id == name), None)


class MoreThan(RuleHead):
    """A least number of persons for every combination: read strictly (more than), or as "at least"."""

    method: Literal["more_than"]
    persons: Persons


class LargestRisk(RuleHead):
    """A bound on the largest risk 1/f_j; `modes` are the release modes for which it was written."""

    method: Literal["largest_risk"]
    at_most: Share
    modes: tuple[ReleaseMode, ...]


class Bounds(Frozen):
    """Parameters of one degree; None where the text gives none.

    Attributes:
        k, l, t: smallest class, distinct values of a sensitive attribute, distance of its distribution.
        largest, average: prosecutor risk, max 1/f_j and |J|/n.
    """

    k: Persons
    l: Persons | None = None  # noqa: E741 - its name in the field
    t: Share | None = None
    largest: Share | None = None
    average: Share | None = None


class Need(Frozen):
    """A row of the decision table: with this scenario risk and degree, secure computing of at least this level."""

    risk: Literal["low", "high"]
    degree: Degree
    secure: Secure


class Degrees(RuleHead):
    """The degree of processing and the decision of the TC609 drafts.

    Attributes:
        bounds: by scenario risk and degree.
        either: whether l or t is enough; else both.
        recipient_abroad: the scenario risk that is taken for a recipient abroad.
        needs: decision table; what stands in no row is not reached. None: only the degree is judged.
        required: degree that is asked for where there is no decision table.
    """

    method: Literal["degrees"]
    bounds: dict[Literal["low", "high"], dict[Degree, Bounds]]
    either: bool
    recipient_abroad: Literal["low", "high"]
    needs: tuple[Need, ...] = ()
    required: Degree | None = None

    @model_validator(mode="after")
    def _decides(self) -> Degrees:
        if bool(self.needs) == (self.required is not None):
            raise ValueError("either `needs` or `required`")
        return self


class HarbourClass(Frozen):
    """One class of identifiers that has to be removed.

    Attributes:
        letter: of the list.
        meanings: recognised meanings that belong to it.
        may: what of it may stay: `year` of dates, `state` of places, `prefix` of a postcode, `below` an age.
    """

    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    label: Text
    meanings: tuple[str, ...]
    may: tuple[Literal["year", "state", "prefix", "below"], ...] = ()


class SafeHarbour(RuleHead):
    """A list of identifiers all of which must be gone.

    Attributes:
        digits, floor: digits of a postcode that may stay where more persons than `floor` live under them.
        oldest: from this age on all ages are one.
    """

    method: Literal["safe_harbour"]
    classes: Annotated[tuple[HarbourClass, ...], Field(min_length=1)]
    digits: Persons
    floor: Persons
    oldest: Persons


ThresholdRule = Annotated[
    OverallRisk | Product | MoreThan | LargestRisk | Degrees | SafeHarbour, Field(discriminator="method")
]


class Thresholds(Frozen):
    """All rules, in the order in which verdicts are shown."""

    kind: Literal["risk_thresholds"]
    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    rules: Annotated[tuple[ThresholdRule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Thresholds:
        if len({one.id for one in self.rules}) < len(self.rules):
            raise ValueError("two rules share an id")
        if sum(isinstance(one, OverallRisk) for one in self.rules) != 1:
            raise ValueError("exactly one rule grades by overall risk")
        return self

    @property
    def edition(self) -> str:
        """Return id, version and digest of what the rules say."""
        return f"{self.id} {self.version} {sha256_bytes(canonical_bytes(self.model_dump(mode='json')))}"

    @property
    def overall(self) -> OverallRisk:
        """The rule by which a release is graded."""
        return next(one for one in self.rules if isinstance(one, OverallRisk))
