"""Mondrian as plainly as it can be written: rows one by one, recursion, no arrays; for tests of the fast one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.plain_lattice import measured, meets


@dataclass(frozen=True)
class Item:
    """One item: ordered values, or paths of a hierarchy whose last level is one group for all."""

    paths: tuple[tuple[str, ...], ...] | None
    span: int

    def reach(self, cells):
        """Return what the cells of a class cover: ordered (least, largest, empty) or (level, group)."""
        if self.paths is None:
            known = [cell for cell in cells if cell > 0]
            return (min(known, default=None), max(known, default=None), 0 in cells)
        if set(cells) == {0}:
            return (-1, None)
        for level in range(len(self.paths[0])):
            groups = {self.group(level, cell) for cell in cells}
            if len(groups) == 1:
                return (level, groups.pop())
        raise AssertionError

    def group(self, level, cell):
        last = level == len(self.paths[0]) - 1
        return self.paths[cell - 1][level] if cell or (last and self.paths) else None

    def width(self, cells, empties):
        if len(set(cells)) == 1:
            return 0
        if self.paths is None:
            known = [cell for cell in cells if cell > 0]
            return (max(known) - min(known) + (0 in cells)) / self.span
        level, group = self.reach(cells)
        leaves = [cell for cell in range(1 - empties, len(self.paths) + 1) if self.group(level, cell) == group]
        return (len(leaves) - 1) / self.span


@dataclass(frozen=True)
class Plain:
    items: tuple[Item, ...]
    rows: tuple[tuple[int, ...], ...]
    sensitive: tuple[int, ...]
    values: int
    asked: tuple
    whose: tuple[int, ...] = ()

    @property
    def q(self):
        counts = Counter(self.sensitive)
        return [counts[value] / len(self.rows) for value in range(self.values)]

    def fine(self, part):
        values = [self.sensitive[row] for row in part]
        size = len({self.whose[row] for row in part}) if self.whose else None
        return all(
            meets(kind, measured(kind, values, self.q, ell=ell, size=size), threshold)
            for kind, threshold, ell in self.asked
        )

    def classes(self, least):
        """Return the classes, as lists of rows; `least` is the size below which no part is looked at."""
        waiting, done = [list(range(len(self.rows)))], []
        while waiting:
            part = waiting.pop()
            cut = None if len(part) < 2 * least else self.cut(part, least)
            if cut is None:
                done.append(sorted(part))
            else:
                waiting += cut
        return sorted(done)

    def cut(self, part, least):
        empties = [any(row[place] == 0 for row in self.rows) for place in range(len(self.items))]
        widths = [
            item.width([self.rows[row][place] for row in part], empties[place]) for place, item in enumerate(self.items)
        ]
        for place in sorted(range(len(widths)), key=lambda place: (-widths[place], place)):
            if widths[place] > 0:
                found = self.median(part, place, least) if self.items[place].paths is None else self.groups(part, place)
                if found is not None:
                    return found
        return None

    def median(self, part, place, least):
        cells = sorted(self.rows[row][place] for row in part)
        options = []
        for value in sorted(set(cells)):
            low = sum(1 for cell in cells if cell <= value)
            if min(low, len(cells) - low) >= least:
                options.append((abs(2 * low - len(cells)), value))
        if not options:
            return None
        last = min(options)[1]
        parts = [[row for row in part if (self.rows[row][place] > last) is side] for side in (False, True)]
        return parts if all(map(self.fine, parts)) else None

    def groups(self, part, place):
        item = self.items[place]
        level, _ = item.reach([self.rows[row][place] for row in part])
        found = {}
        for row in part:
            cell = self.rows[row][place]
            # Groups in the order of their first leaf, empty cells first.
            found.setdefault(item.group(level - 1, cell) or "", []).append(row)
        order = sorted(found, key=lambda group: min(self.rows[row][place] for row in found[group]))
        alone = [found[group] for group in order if self.fine(found[group])]
        pool = [row for group in order if not self.fine(found[group]) for row in found[group]]
        if pool and not self.fine(pool):
            if not alone:
                return None
            smallest = min(alone, key=len)
            alone.remove(smallest)
            pool += smallest
            if not self.fine(pool):
                return None
        parts = [*alone, *([pool] if pool else [])]
        return parts if len(parts) > 1 else None
