"""The levels that the search for the best plan may choose from: those of a hierarchy file, or the steps of `aiming`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.deidentify import asked_messages as words
from kouan.deidentify.columns import as_text
from kouan.model.plan import Action, PlanLine

if TYPE_CHECKING:
    from kouan.deidentify.aiming.steps import Column, Ladder
    from kouan.deidentify.hierarchy import Hierarchy

EMPTY = "\0"
"""What an empty cell is among the values of a level: it stays empty until the item is left out."""


@dataclass(frozen=True, slots=True)
class Levels:
    """One item and its levels, each a part of the next.

    Attributes:
        item: id.
        lines: of a plan, by level.
        rows: one for each value: what it is at each level.
        lowest: least level that may be chosen.
    """

    item: str
    lines: tuple[PlanLine, ...]
    rows: tuple[tuple[str, ...], ...]
    lowest: int = 0

    @property
    def height(self) -> int:
        """The last level."""
        return len(self.lines) - 1


def levels_of_file(item: str, name: str, hierarchy: Hierarchy, *, empty: bool, lowest: int) -> Levels:
    """Return the levels of a hierarchy file.

    Args:
        item: id.
        name: of the file, as plans name it.
        hierarchy: read from it.
        empty: whether there are empty cells; they stay empty at every level.
        lowest: least level that may be chosen.
    """
    lines = [PlanLine(item=item, action=Action.KEEP, why=words.WHY_KEPT)]
    for level in range(1, hierarchy.height + 1):
        params: dict[str, int | str] = {"to": "hierarchy", "file": name, "level": level}
        why = words.WHY_LEVEL.fill(level=level)
        lines.append(PlanLine(item=item, action=Action.GENERALISE, params=params, why=why))
    rows = (*hierarchy.rows, *([(EMPTY,) * (hierarchy.height + 1)] if empty else []))
    return Levels(item, tuple(lines), rows, lowest)


def levels_of_ladder(ladder: Ladder, column: Column) -> Levels:
    """Return the raw values, and the steps above them: the plan's own line is the lowest that may be chosen."""
    first, *coarser = (step.line for step in ladder.steps)
    lines = [
        line.model_copy(update={"why": words.WHY_GONE if line.action is Action.DROP else words.WHY_COARSER})
        for line in coarser
    ]
    raw = [EMPTY, *as_text(column.values).to_pylist()]
    steps = [[str(label) for label in step.labels.tolist()] for step in ladder.steps]
    there = [at for at, rows in enumerate(column.counts.tolist()) if rows]
    rows = tuple((raw[at], *(labels[at] for labels in steps)) for at in there)
    return Levels(ladder.item.id, (first, first, *lines), rows, 1)
