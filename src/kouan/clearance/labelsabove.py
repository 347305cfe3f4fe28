"""Labels that stand above a value in the files that a plan names: hierarchies are no secret to an attacker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.deidentify import read_hierarchies
from kouan.deidentify.hierarchy import Hierarchy
from kouan.deidentify.local import CellsFile, PartitionFile
from kouan.model.items import split_item_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kouan.deidentify.hierarchies import PlanFile
    from kouan.model.plan import Plan

    Above = Mapping[str, Mapping[str, tuple[str, ...]]]


def labels_above(plan: Plan, copies: Path) -> Above:
    """Return by item id, and by value, the labels that may stand for it; ranges and sets tell by themselves.

    Args:
        plan: as it lies in a clearance folder.
        copies: folder of the copies of its hierarchy files and local recodings.

    Raises:
        KouanError: of a file that cannot be read.
    """
    read = read_hierarchies(plan, copies, "plan.yaml", copied=True).read
    named = ((line.item, read.get(str(line.params.get("file")))) for line in plan.lines)
    found = {item: {row[0]: tuple(row[1:]) for row in _rows(item, file)} for item, file in named if file is not None}
    return {item: above for item, above in found.items() if _groups(above)}


def _groups(above: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether any label stands for several values; one for each value is no group but a code, to be broken."""
    labels = [label for groups in above.values() for label in set(groups)]
    return len(set(labels)) < len(labels)


def _rows(item: str, file: PlanFile) -> Iterable[Sequence[str]]:
    name = split_item_id(item)[2]
    if isinstance(file, PartitionFile):
        return next(one.paths for one in file.dimensions if one.name == name)
    if isinstance(file, CellsFile):
        return next(one.rows for one in file.levels if one.name == name)
    assert isinstance(file, Hierarchy)
    return file.rows
