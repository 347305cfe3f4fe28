"""Plan: what is intended for each item; people edit it as YAML."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field, StrictInt, StrictStr

from kouan.model.base import Frozen
from kouan.model.decision import PackRef
from kouan.model.declaration import ReleaseMode
from kouan.model.text import Text


class Action(StrEnum):
    """What is done to an item."""

    KEEP = "keep"
    DROP = "drop"
    PSEUDONYM = "pseudonym"
    MASK = "mask"
    GENERALISE = "generalise"
    SHIFT = "shift"
    SCRUB = "scrub"
    NOISE = "noise"
    MICROAGGREGATE = "microaggregate"
    SUPPRESS = "suppress"
    REPLACE = "replace"


class PlanLine(Frozen):
    """One item and what is intended for it.

    Attributes:
        item: id.
        action: what to do.
        params: of the action, such as `{to: year}` for dates or `{keep_start: 3, keep_end: 4}` for masks.
        why: reason, for people.
    """

    item: str
    action: Action
    params: dict[str, StrictInt | StrictStr] = Field(default_factory=dict)
    why: Text


class RowRules(Frozen):
    """What is done to whole rows.

    Attributes:
        sample: share of the persons whose rows leave, such as `10%`; None for all.
        by: column that names the person: with `sample` in every table that leaves, else in the table of `over`.
        k: short for the model `k=`; None for no such rule.
        models: privacy models such as `l:disease=3`; rows of classes that fail any of them stay here.
        over: items of one table, as they are after treatment; rows that agree in them are a class.
    """

    sample: StrictStr | None = None
    by: StrictStr | None = None
    k: StrictInt | None = None
    models: tuple[StrictStr, ...] = ()
    over: tuple[StrictStr, ...] = ()


class Plan(Frozen):
    """The plan of a transfer.

    Attributes:
        mode: release mode it was made for.
        key: purpose and year of the pseudonym key, such as `pseudonym/2026`.
        profile: treatment profile that it was made by; its file lies among the packs of a clearance folder.
        edited: True once a person has changed it; shown in the report.
        rows: rules on whole rows; None for none.
    """

    kind: Literal["plan"] = "plan"
    version: Literal[1] = 1
    mode: ReleaseMode
    key: str
    profile: PackRef | None = None
    edited: bool = False
    rows: RowRules | None = None
    lines: tuple[PlanLine, ...]
