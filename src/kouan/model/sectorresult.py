"""What a sector's own tables say of raw and of treated data."""

from __future__ import annotations

from typing import Literal

from kouan.model.base import Frozen
from kouan.model.decision import PackRef
from kouan.model.text import Text


class CheckCell(Frozen):
    """One cell of a table.

    Attributes:
        key: what it is counted by, in the order of `by`; `<empty>`, `<yes>`, `<no>`, `<agrees>`, `<differs>`, `<open>`
            and `<other unit>` are no values of the data.
        before, after: what was counted; None where fewer persons than `least` stand behind it, and where what is None
            beside it could be told from it.
    """

    key: tuple[str, ...]
    before: int | None
    after: int | None


class CheckResult(Frozen):
    """One table of one sector, raw and treated.

    Attributes:
        check: id in its sector schema.
        sector: the schema, with its digest.
        entity: `source!entity` that was counted.
        label, note: for people.
        by: what the cells are counted by.
        unit: what is counted.
        outcome: `unchanged` in every cell; `held`, where every difference comes from rows that stayed here and what
            left is unchanged; `differs`; `lost`, where the treated data no longer hold what the table needs.
        cells_before, cells_after: cells that are not empty.
        changed: cells that differ; lost, gained: by how much together.
        total_before, total_after: sums over all cells; None where fewer persons than `least` stand behind them.
        least: persons that a number that is written has behind it.
        unwritten: cells that are not shown.
        cells: those that differ before others, then the largest.
        statement: in a sentence.
    """

    check: str
    sector: PackRef
    entity: str
    label: Text
    by: tuple[Text, ...]
    unit: Literal["rows", "persons", "days"]
    outcome: Literal["unchanged", "held", "differs", "lost"]
    cells_before: int
    cells_after: int
    changed: int
    lost: int
    gained: int
    total_before: int | None
    total_after: int | None
    least: int
    unwritten: int
    cells: tuple[CheckCell, ...] = ()
    statement: Text
    note: Text | None = None
