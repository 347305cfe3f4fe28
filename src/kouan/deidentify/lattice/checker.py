"""Checking one node: grouping from the smallest groups known below it, and asking the models."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice.groups import Classes
from kouan.risk.privacy.counts import ClassCounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.groups import Groups
    from kouan.deidentify.lattice.table import Table
    from kouan.risk.privacy import Model

_CELLS = 8_000_000
"""Numbers held by the groups that are kept to roll up from (64 MB)."""
_SMALLER = 0.6
"""Groups are kept when a node has fewer than this share of those it was made from."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One node.

    Attributes:
        classes: of the node.
        lost: float64 [classes], rows suppressed at the least here and at every node below.
        fails: classes that fail; None when the models were not all asked because too many rows are lost anyhow.
        ruled_out: neither this node nor any below it is a solution.
    """

    classes: Classes
    lost: npt.NDArray[np.float64]
    fails: npt.NDArray[np.bool_] | None
    ruled_out: bool


class Checker:
    """Checks nodes of one table.

    Attributes:
        least: a size that every class that meets the models has.
    """

    def __init__(self, table: Table, models: Sequence[Model], limit: int) -> None:
        """Take the models; `limit` rows may be suppressed."""
        self._table, self._limit = table, limit
        # Those that need no histogram come first: most nodes are ruled out by them.
        self._plain = [model for model in models if model.sensitive is None]
        self._asking = [model for model in models if model.sensitive is not None]
        self._names = list(dict.fromkeys(model.sensitive for model in self._asking if model.sensitive is not None))
        groups = table.groups
        wholes = dict(zip(groups.names, groups.wholes, strict=True))
        empty = np.ones(1)
        self.least = max([1, *(model.least(wholes.get(model.sensitive or "", empty)) for model in models)])
        self._known: list[Groups] = [groups]
        self._levels = np.array([groups.levels])
        self._held = 0

    def check(self, levels: tuple[int, ...]) -> Checked:
        """Group the rows at a node and ask the models."""
        source = self._source(levels)
        classes = Classes(source, self._table.attributes, levels)
        checked = self._asked(classes)
        self._keep(source, classes)
        return checked

    def _asked(self, classes: Classes) -> Checked:
        lost = np.where(classes.rows < self.least, classes.rows, 0.0)
        meets = lost == 0
        counts = ClassCounts(classes.rows, {}, classes.population, classes.persons)
        for models in (self._plain, self._asking):
            if models is self._asking and models:
                counts = classes.counts(self._names)
            for model in models:
                fine = model.meets(counts)
                lost = np.maximum(lost, model.lost(counts, fine))
                meets &= fine
            if lost.sum() > self._limit:
                return Checked(classes, lost, None, ruled_out=True)
        return Checked(classes, lost, ~meets, ruled_out=False)

    def _source(self, levels: tuple[int, ...]) -> Groups:
        return self._known[int((self._levels <= levels).all(axis=1).argmax())]

    def _keep(self, source: Groups, classes: Classes) -> None:
        if classes.count > _SMALLER * len(source.rows):
            return
        if classes.pairs is not None and classes.pairs > _SMALLER * len(source.rows):
            return
        groups = classes.groups()
        if len(groups.rows) > _SMALLER * len(source.rows) or self._held + groups.cells > _CELLS:
            return
        self._held += groups.cells
        place = bisect(self._known, len(groups.rows), key=lambda known: len(known.rows))
        self._known.insert(place, groups)
        self._levels = np.insert(self._levels, place, groups.levels, axis=0)
