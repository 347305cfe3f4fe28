"""Portfolio: several transfers of one exporter, decided together because their persons are counted together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from kouan.model.base import Frozen
from kouan.model.decision import Decision, SourceRef
from kouan.model.text import Text
from kouan.model.time import LegalDay


class Sibling(Frozen):
    """A transfer of the exporter or its group that is declared elsewhere; it is compared, not decided.

    Attributes:
        exporter: its 统一社会信用代码 or name; None: the portfolio's own.
        recipients: names, as under `parties` of the declarations.
        day: on which it was or will be made; None when not known.
        ordinary, sensitive: persons of it; None when not known.
    """

    name: Annotated[str, Field(min_length=1)]
    exporter: str | None = None
    recipients: Annotated[tuple[str, ...], Field(min_length=1)]
    scenario: str
    day: LegalDay | None = None
    ordinary: Annotated[StrictInt, Field(ge=0)] | None = None
    sensitive: Annotated[StrictInt, Field(ge=0)] | None = None


class Portfolio(Frozen):
    """`portfolio.yaml`: the declarations of one exporter's transfers in one year.

    Attributes:
        transfers: paths of declarations, relative to this file.
        siblings: transfers declared elsewhere by the exporter or its group.
    """

    kind: Literal["portfolio"] = "portfolio"
    version: Literal[1] = 1
    transfers: Annotated[tuple[str, ...], Field(min_length=1)]
    siblings: tuple[Sibling, ...] = ()


class PortfolioEntry(Frozen):
    """One transfer of a portfolio and its decision beside the others."""

    transfer: str
    path: str
    decision: Decision


class Finding(Frozen):
    """Something that people should look at; it changes no decision.

    Attributes:
        id: `together`, `exporters`, `new_year` or `left_out`.
        transfers: names of those it is about.
    """

    id: str
    text: Text
    transfers: tuple[str, ...] = ()
    sources: tuple[SourceRef, ...] = ()


class PortfolioDecision(Frozen):
    """Decisions of all transfers of a portfolio.

    Attributes:
        findings: signs of splitting, for people.
    """

    exporter: str
    entries: tuple[PortfolioEntry, ...]
    findings: tuple[Finding, ...] = ()
