"""Portfolio: several transfers of one exporter, decided together because their persons are counted together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kouan.model.base import Frozen
from kouan.model.decision import Decision


class Portfolio(Frozen):
    """`portfolio.yaml`: the declarations of one exporter's transfers in one year.

    Attributes:
        transfers: paths of declarations, relative to this file.
    """

    kind: Literal["portfolio"] = "portfolio"
    version: Literal[1] = 1
    transfers: Annotated[tuple[str, ...], Field(min_length=1)]


class PortfolioEntry(Frozen):
    """One transfer of a portfolio and its decision beside the others."""

    transfer: str
    path: str
    decision: Decision


class PortfolioDecision(Frozen):
    """Decisions of all transfers of a portfolio."""

    exporter: str
    entries: tuple[PortfolioEntry, ...]
