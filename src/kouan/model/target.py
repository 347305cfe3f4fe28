"""Which verdict a transfer is to reach, as its declaration says it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainSerializer, StrictInt, StrictStr

from kouan.model.base import Frozen
from kouan.model.pack import Id

_PER_CENT = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)%\Z")


def _share(value: object) -> object:
    found = _PER_CENT.match(value) if isinstance(value, str) else None
    return Decimal(found[1]) / 100 if found else value


Share = Annotated[
    Decimal,
    BeforeValidator(_share),
    Field(ge=0, le=1, decimal_places=4),
    PlainSerializer(lambda value: format(value, "f"), return_type=str),
]
"""A share from 0 to 1, also written as `5%`."""


class TargetSpec(Frozen):
    """What treatment must come to; an empty one asks for what the standards in force ask of such a release.

    Attributes:
        verdicts: rules of the file of thresholds that must be met, such as `gbt-42460` (grade 3 or 4) or `ema-0070`;
            None takes those in force, confirmed (H or M) and about this release.
        k: records or persons that share their values, at the least, over what the verdicts ask for.
        l: different values of every sensitive attribute in each class, at the least.
        models: privacy models that every class must meet, spelt as for `kouan optimise`, such as `l:disease=3` or
            `ordered-t:salary=0.2`; `k=` joins `k`. They name no quasi-identifier.
        suppress: share of the rows of one table that may stay here instead; 0 when not said.
        coarsest: by item, how coarse the purpose lets it become: `as_planned`, `month`, `quarter`, `year`,
            `five_years`, `ten_years`, `city`, `province`, `other` (rare values together), or the width of a band.
    """

    verdicts: tuple[Id, ...] | None = None
    k: Annotated[StrictInt, Field(ge=2, le=100_000)] | None = None
    l: Annotated[StrictInt, Field(ge=2, le=1_000)] | None = None  # noqa: E741 - its name in the field
    models: tuple[Annotated[StrictStr, Field(min_length=1, max_length=300)], ...] = ()
    suppress: Share = Decimal(0)
    coarsest: dict[str, StrictInt | StrictStr] = Field(default_factory=dict)
