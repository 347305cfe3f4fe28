"""Where data go and how they are held there, as far as it is known: what verdicts need besides the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from kouan.model.declaration import ReleaseMode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from kouan.formats.source import Entity
    from kouan.model.plan import PlanLine
    from kouan.model.thresholds import OverallRisk, Secure


@dataclass(frozen=True, slots=True)
class Context:
    """How likely an attack is where the data will be; the largest of the three counts (GB/T 42460-2023 annex D).

    Attributes:
        attempt: deliberate attempt, by the recipient's control against its motive and capacity.
        acquaintance: 1 - (1 - p)^m that somebody knows a person in the data; None when p is not known.
        breach: by the recipient's control.
    """

    attempt: Decimal
    acquaintance: Decimal | None
    breach: Decimal

    @classmethod
    def usual(cls, rule: OverallRisk) -> Context:
        """Return what the file of thresholds takes where nothing is known of the recipient."""
        return cls(attempt=rule.attempt, acquaintance=None, breach=rule.breach)

    @property
    def probability(self) -> Fraction:
        """The probability of the context."""
        return Fraction(max(self.attempt, self.acquaintance or Decimal(0), self.breach))


@dataclass(frozen=True, slots=True)
class Population:
    """The persons among whom somebody of the data is to be found.

    Attributes:
        size: how many they are; None when not known.
        table: one row each, or one row for `persons` of them, with columns named as the quasi-identifiers.
    """

    size: int | None = None
    table: Entity | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What verdicts look at besides the data; None and what is not named are unknown.

    Attributes:
        mode: how the recipient holds the data.
        context: how likely an attack is there; None takes the usual one.
        regions: where exporters are registered (`cn-beijing/daxing`).
        countries: of the recipients.
        recipients: how many there are.
        sharing: scenario of the Beijing specification, over what recipients and mode say.
        environment: its coefficient E.
        measures: its measures and whether they are there.
        scenario_risk, management, basic_security, secure: inputs of the TC609 drafts.
        baseline: whether their baseline B1 to B8 holds, as far as people have to say it.
        population: of whom the data are a sample.
        lines: what was done to the items, by item id.
    """

    mode: ReleaseMode
    context: Context | None = None
    regions: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    recipients: int | None = None
    sharing: str | None = None
    environment: Decimal | None = None
    measures: Mapping[str, bool | None] = field(default_factory=lambda: MappingProxyType({}))
    scenario_risk: Literal["low", "high"] | None = None
    management: bool | None = None
    basic_security: bool | None = None
    secure: Secure | None = None
    baseline: bool | None = None
    population: Population = field(default_factory=Population)
    lines: Mapping[str, PlanLine] = field(default_factory=lambda: MappingProxyType({}))

    def probability(self, rule: OverallRisk) -> Fraction:
        """Return the probability of the context: 1 of a public release."""
        if self.mode is ReleaseMode.PUBLIC:
            return Fraction(1)
        return (self.context or Context.usual(rule)).probability
