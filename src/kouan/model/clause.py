"""Conditions of provisions as packs write them: a tree of all, any, not, at_least over tests of facts (DESIGN 4.2)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from kouan.model.base import Frozen
from kouan.model.period import Period

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]
"""Name of a fact or parameter, such as `exporter.ciio`."""


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
        under: readings under which this part of a group stands; under others it is left out.
        in_force: days on which this part of a group stands; on others it is left out.
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
    under: dict[str, str] = Field(default_factory=dict)
    in_force: Period | None = None

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

    @property
    def points(self) -> frozenset[str]:
        """Readings on which some part of this clause hangs."""
        return frozenset(self.under).union(*(part.points for part in self.parts))

    @property
    def qualified(self) -> bool:
        """Whether this clause stands under some readings or on some days only."""
        return bool(self.under) or self.in_force is not None

    @property
    def varies(self) -> bool:
        """Whether this clause or some part of it does."""
        return self.qualified or any(part.varies for part in self.parts)

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
        elif self.negated is not None and self.negated.qualified:
            raise ValueError("`under` and `in_force` go with parts of all, any and of, not with what `not` denies")
        elif self.tests:
            raise ValueError("all, any and not take no test of their own")
        return self
