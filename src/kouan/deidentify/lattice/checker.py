"""Checking one node: grouping from the smallest groups known below it, and asking the models."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice.groups import Classes
from kouan.risk.privacy.counts import ClassCounts
from kouan.risk.privacy.model import Breaking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from kouan.deidentify.lattice.groups import Groups
    from kouan.deidentify.lattice.table import Table
    from kouan.risk.privacy import Model

_CELLS = 3_000_000
"""Numbers held by the groups that are kept to roll up from (24 MB)."""
_SMALLER = 0.5
"""Groups are kept when a node has fewer than this share of those it was made from."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One node.

    Attributes:
        classes: of the node.
        fails: classes that fail.
        lost: float64 [classes], rows suppressed at the least here and at every node below; None where that was not
            asked, or does not matter any more.
        whole: whether all classes that fail are among those that do; if not, the node was given up for those found.
        ruled_out: neither this node nor any below it is a solution.
    """

    classes: Classes
    fails: npt.NDArray[np.bool_]
    lost: npt.NDArray[np.float64] | None = None
    whole: bool = True
    ruled_out: bool = False


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
        self._piecewise: dict[str, list[Model]] = {}
        for model in self._asking:
            if model.piecewise and model.sensitive is not None:
                self._piecewise.setdefault(model.sensitive, []).append(model)
        self._names = list(dict.fromkeys(model.sensitive for model in self._asking if model.sensitive is not None))
        groups = table.groups
        wholes = {one.name: one.whole for one in groups.pairs}
        empty = np.ones(1)
        self.least = max([1, *(model.least(wholes.get(model.sensitive or "", empty)) for model in models)])
        self.asking = bool(self._asking)
        self._known: list[Groups] = [groups]
        self._levels = np.array([groups.levels])
        self._held = 0

    def check(
        self,
        levels: tuple[int, ...],
        given_up: Callable[[Classes, npt.NDArray[np.bool_]], bool] | None = None,
    ) -> Checked:
        """Group the rows at a node and ask the models.

        Args:
            levels: of the node.
            given_up: tells of a node whether it is of no use if these classes fail, and perhaps others; with it nothing
                is said about the nodes below. None asks for all that can be said.
        """
        source = self.source(levels)
        classes = Classes(source, levels)
        checked = self._asked(classes) if given_up is None else self._briefly(classes, given_up)
        self._keep(source, classes)
        return checked

    def breaking(self) -> list[Breaking]:
        """Return models of one sensitive attribute that tell of many classes at little cost; none where none does."""
        found = [model for model in self._asking if isinstance(model, Breaking)]
        return [model for model in found if model.sensitive == found[0].sensitive]

    @property
    def roomy(self) -> bool:
        """Whether more groups may be kept."""
        return self._held <= _CELLS

    def _asked(self, classes: Classes) -> Checked:
        lost = self._small(classes)
        # A class that these fail is lost whole; only the others need be counted by sensitive value.
        fails = lost > 0
        left = np.flatnonzero(~fails)
        if self._asking and len(left) and lost.sum() <= self._limit:
            counts = classes.counts(self._names, left)
            for model in self._asking:
                fine = model.meets(counts)
                lost[left] = np.maximum(lost[left], model.lost(counts, fine))
                fails[left] |= ~fine
                if lost.sum() > self._limit:
                    break
        over = bool(lost.sum() > self._limit)
        return Checked(classes, fails, lost, whole=not over, ruled_out=over)

    def _briefly(self, classes: Classes, given_up: Callable[[Classes, npt.NDArray[np.bool_]], bool]) -> Checked:
        lost = self._small(classes)
        fails = lost > 0
        if lost.sum() > self._limit:
            return Checked(classes, fails, lost, whole=False, ruled_out=True)
        left = np.flatnonzero(~fails)
        if self._asking and len(left):
            for name, models in self._piecewise.items():
                # Few pairs are of rare values, and these are what makes most classes fail.
                counts, there = classes.rarest(name, left)
                for model in models if len(there) else ():
                    fails[left[there]] |= ~model.meets(counts)
            if self._piecewise and given_up(classes, fails):
                return Checked(classes, fails, whole=False)
            left = np.flatnonzero(~fails)
            counts = classes.counts(self._names, left)
            for model in self._asking if len(left) else ():
                fails[left] |= ~model.meets(counts)
        return Checked(classes, fails)

    def _small(self, classes: Classes) -> npt.NDArray[np.float64]:
        """Return the rows that are lost by the sizes of their classes: float64 [classes]."""
        lost = np.where(classes.rows < self.least, classes.rows, 0.0)
        counts = ClassCounts(classes.rows, {}, classes.population, classes.persons)
        for model in self._plain:
            lost = np.maximum(lost, model.lost(counts, model.meets(counts)))
        return lost

    def source(self, levels: tuple[int, ...]) -> Groups:
        """Return the fewest groups known of a node or of one below it."""
        return self._known[int((self._levels <= levels).all(axis=1).argmax())]

    def _keep(self, source: Groups, classes: Classes) -> None:
        if classes.count > _SMALLER * len(source.rows) or not self.roomy:
            return
        self.kept(classes)

    def kept(self, classes: Classes) -> Groups:
        """Keep the classes of a node as groups to roll up from."""
        groups = classes.groups()
        self._held += groups.cells
        place = bisect(self._known, len(groups.rows), key=lambda known: len(known.rows))
        self._known.insert(place, groups)
        self._levels = np.insert(self._levels, place, groups.levels, axis=0)
        return groups
