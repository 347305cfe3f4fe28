"""`kouan optimise --local`: the plan of a local recoding, and what it loses beside the global optimum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from kouan.clearance import localising_messages as words
from kouan.clearance import optimising_messages
from kouan.clearance.localreading import EMPTY
from kouan.deidentify.lattice import Sensitive, attribute, optimum, table
from kouan.deidentify.lattice.keys import Keys
from kouan.deidentify.local import Blanked, Level, Loss, blank, cells_lines, loss, partition, partition_lines
from kouan.deidentify.local.mondrian import covered
from kouan.model.canonical import sha256_bytes
from kouan.model.items import split_item_id
from kouan.model.plan import Action, PlanLine, RowRules

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.clearance.localreading import LocalTable, LocalWanted, Quasi
    from kouan.deidentify.lattice.attributes import Attribute
    from kouan.model.plan import Plan

    Ints = npt.NDArray[np.int64]
    Marks = npt.NDArray[np.bool_]

_SHARES = (Decimal(0), Decimal("0.05"), Decimal("0.2"), Decimal("0.5"))
"""Of rows kept back, for the levels under which cells are emptied."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a recoding costs and leaves; a row that stays here counts as lost whole.

    Attributes:
        loss: of all rows.
        classes, smallest: that leave, and rows of the smallest.
        rows, held: of the table, and of these stay here.
        emptied: cells that cell suppression empties.
        levels: of the global optimum or under emptied cells, by item.
    """

    loss: Loss
    classes: int
    smallest: int
    rows: int
    held: int
    emptied: int = 0
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Localised:
    """A local recoding.

    Attributes:
        text: of its file.
        figures: what it costs.
        optimum: what the global optimum costs; None where not every item has a hierarchy, or none protects enough.
        proven: whether that is the optimum, not only the best found in time.
    """

    text: str
    figures: Figures
    optimum: Figures | None
    proven: bool


def localise(read: LocalTable, wanted: LocalWanted) -> Localised:
    """Recode a table locally.

    Raises:
        KouanError: K-CLR-153 no levels under which few enough cells must be emptied; K-DEI-045, K-DEI-046, K-DEI-072,
            K-DEI-075.
    """
    if wanted.way == "cells":
        return _cells(read, wanted)
    dimensions = [one.dimension for one in read.quasi]
    spans = [max(len(one.places) + one.dimension.empty - 1, 1) for one in read.quasi]
    found = partition(dimensions, read.rows, spans)
    text = "\n".join(partition_lines(dimensions, found, [one.places for one in read.quasi])) + "\n"
    beyond, words_ = [], []
    for place, one in enumerate(read.quasi):
        low, high, empty = found.bounds.low[:, place], found.bounds.high[:, place], found.bounds.empty[:, place]
        beyond.append(_beyond(one, low, high, empty))
        words_.append(_words(one, low, high, empty))
    classes = _joined(words_)[found.of]
    figures = _figures(read, classes, [one[found.of] for one in beyond])
    best = None
    if all(one.file is not None for one in read.quasi):
        best = _optimum(read, wanted, wanted.suppress)
    return Localised(text, figures, None if best is None else best[0], best is not None and best[1])


def planned(plan: Plan, read: LocalTable, found: Localised, wanted: LocalWanted, file: str) -> Plan:
    """Return a plan whose lines for the items recoded name the file.

    Its rule on rows holds back classes that fail, should other data come.

    Args:
        plan: as it is made without.
        read: the table.
        found: how it is recoded.
        wanted: what was asked for.
        file: of the recoding, relative to the declaration.
    """
    levels = found.figures.levels or (0,) * len(read.quasi)
    params: dict[str, int | str] = {"to": "local", "file": file, "sha256": sha256_bytes(found.text.encode())}
    chosen = {one.item: _line(one, level, wanted.way, params) for one, level in zip(read.quasi, levels, strict=True)}
    lines = tuple(chosen.get(line.item, line) for line in plan.lines)
    rules = plan.rows or RowRules()
    named = [one if one.item is None else one.over(read.sensitive[one.item]) for one in wanted.models]
    rows = rules.model_copy(
        update={
            "k": max((int(one.values[0]) for one in named if one.name == "k"), default=None),
            "models": tuple(str(one) for one in named if one.name != "k"),
            "over": tuple(chosen),
            "by": rules.by if rules.sample is not None else read.person,
        }
    )
    return plan.model_copy(update={"lines": lines, "rows": rows, "edited": True})


def _line(one: Quasi, level: int, way: str, params: dict[str, int | str]) -> PlanLine:
    cells = way == "cells"
    why = words.WHY_CELLS.fill(level=level) if cells else words.WHY_MONDRIAN[one.dimension.kind]
    return PlanLine(item=one.item, action=Action.GENERALISE, params=params, why=why)


def _cells(read: LocalTable, wanted: LocalWanted) -> Localised:
    """Empty cells under the levels of a global optimum that may keep back so many rows.

    Without a share several are tried, and the lowest levels too; what loses least is taken.
    """
    attributes = [attribute(one.item, one.ladder) for one in read.quasi]
    shares = [wanted.suppress] if wanted.suppress else [*_SHARES]
    found = {share: _optimum(read, wanted, share) for share in shares}
    tried = list(dict.fromkeys(best[0].levels for best in found.values() if best is not None))
    if not wanted.suppress:
        tried.append(tuple(one.lowest for one in read.quasi))
    elif not tried:
        asked = ", ".join(map(str, wanted.models))
        raise optimising_messages.NO_SOLUTION.at("--suppress", models=asked, suppress=f"{wanted.suppress:.2%}")
    emptied = {levels: _emptied(read, attributes, levels) for levels in dict.fromkeys(tried)}
    figures = min((one for _, one in emptied.values()), key=lambda one: one.loss.joint)
    best = found[shares[0]]
    text = _cells_text(read, emptied[figures.levels][0], figures.levels)
    return Localised(text, figures, None if best is None else best[0], best is not None and best[1])


def _emptied(read: LocalTable, attributes: Sequence[Attribute], levels: tuple[int, ...]) -> tuple[Blanked, Figures]:
    """Return the cells to empty under some levels, and what that costs."""
    zipped = list(zip(attributes, levels, read.quasi, strict=True))
    found = blank([one.up[level][quasi.leaf] for one, level, quasi in zipped], read.rows)
    emptied = found.emptied(len(levels))
    beyond = [
        np.where(cells, quasi.leaves - 1, _global(one, level, quasi.leaf))
        for (one, level, quasi), cells in zip(zipped, emptied.T, strict=True)
    ]
    # What was emptied reads like what was empty by itself, and is one class with it.
    shown = [
        np.where(
            cells | (np.array([row[level] == EMPTY for row in quasi.ladder])[quasi.leaf]),
            0,
            1 + one.up[level][quasi.leaf],
        )
        for (one, level, quasi), cells in zip(zipped, emptied.T, strict=True)
    ]
    return found, _figures(read, _joined(shown), beyond, emptied=int(emptied.sum()), levels=levels)


def _cells_text(read: LocalTable, found: Blanked, levels: tuple[int, ...]) -> str:
    names = [[row[level] for row in one.ladder] for one, level in zip(read.quasi, levels, strict=True)]
    shown = (
        (
            [_shown(name[one.leaf[found.first[at]]]) for name, one in zip(names, read.quasi, strict=True)],
            int(found.masks[at]),
        )
        for at in np.flatnonzero(found.masks).tolist()
    )
    told = [
        Level(split_item_id(one.item)[2], tuple(row for row in one.ladder if row[0] != EMPTY) if level else (), level)
        for one, level in zip(read.quasi, levels, strict=True)
    ]
    head, *lines = cells_lines(told, shown)
    # Sorted, so that their order says nothing of that of the rows.
    return "\n".join([head, *sorted(lines)]) + "\n"


def _optimum(read: LocalTable, wanted: LocalWanted, share: Decimal) -> tuple[Figures, bool] | None:
    """Return what the global optimum costs, and whether it is proven."""
    attributes = [attribute(one.item, one.ladder, lowest=one.lowest) for one in read.quasi]
    sensitive = [Sensitive(name, values, size) for name, (values, size) in read.rows.sensitive.items()]
    codes = [one.leaf for one in read.quasi]
    grouped = table(attributes, codes, sensitive=sensitive, persons=read.rows.persons)
    found = optimum(grouped, read.rows.models, suppression=share, seconds=wanted.seconds)
    if found.levels is None:
        return None
    columns = [one.up[level][leaf] for one, level, leaf in zip(attributes, found.levels, codes, strict=True)]
    classes = Keys(columns, [int(column.max()) + 1 for column in columns]).of
    beyond = [_global(one, level, leaf) for one, level, leaf in zip(attributes, found.levels, codes, strict=True)]
    return _figures(read, classes, beyond, levels=found.levels), found.optimal


def _figures(
    read: LocalTable, classes: Ints, beyond: Sequence[Ints], *, emptied: int = 0, levels: tuple[int, ...] = ()
) -> Figures:
    """Return what is lost; rows of classes that fail stay here."""
    count = int(classes.max()) + 1
    every = np.arange(len(classes))
    fine = read.rows.meets(classes, count, every)
    kept, sizes = fine[classes], np.bincount(classes, minlength=count)
    cells = [np.where(kept, more, one.leaves - 1) for one, more in zip(read.quasi, beyond, strict=True)]
    found = loss(cells, [one.leaves for one in read.quasi], np.ones(len(classes), np.int64))
    smallest = int(sizes[fine].min()) if fine.any() else 0
    return Figures(found, int(fine.sum()), smallest, len(classes), int((~kept).sum()), emptied, levels)


def _beyond(one: Quasi, low: Ints, high: Ints, empty: Marks) -> Ints:
    """Return how many values beyond one the cells of each class could mean."""
    if one.dimension.kind == "hierarchy":
        return covered(one.dimension, low, high, empty)
    found: Ints = np.where(high < low, 0, one.scale[high] - one.scale[np.minimum(low, high)] + empty)
    return found


def _words(one: Quasi, low: Ints, high: Ints, empty: Marks) -> Ints:
    """Return a number for what stands in the cells of each class, the same for the same words."""
    if one.dimension.kind == "hierarchy":
        level = one.dimension.level(np.where(empty, 0, np.minimum(low, high)), high)
        group = one.dimension.up[level, high]
        return np.where(high < low, 0, 1 + level * (one.dimension.up.shape[1] + 1) + group)
    base = len(one.places) + 2
    return np.where(high < low, 0, 1 + (np.minimum(low, high) * base + high) * 2 + empty)


def _joined(numbers: Sequence[Ints]) -> Ints:
    """Return the class that each class is part of once the words stand in the cells."""
    dense = [np.unique(one, return_inverse=True)[1].reshape(-1) for one in numbers]
    return Keys(dense, [int(one.max()) + 1 for one in dense]).of


def _global(one: Attribute, level: int, leaf: Ints) -> Ints:
    return one.covered[level][one.up[level][leaf]] - 1


def _shown(name: str) -> str | None:
    return None if name == EMPTY else name
