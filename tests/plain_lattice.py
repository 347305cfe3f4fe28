"""Every node of a small lattice, grouped row by row in plain Python: what the search and the models must agree with."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Plain:
    """A table as lists: rows of leaves, one hierarchy a column, one sensitive value (a number) a row."""

    rows: tuple[tuple[int, ...], ...]
    hierarchies: tuple[tuple[tuple[str, ...], ...], ...]
    sensitive: tuple[int, ...]
    values: int
    population: tuple[tuple[int, ...], ...] = ()
    whose: tuple[int, ...] = ()

    def nodes(self, ranges):
        return itertools.product(*(range(low, high + 1) for low, high in ranges))

    def classes(self, levels):
        """Return class -> sensitive values of its rows, and class -> persons of the population."""
        found, persons = defaultdict(list), Counter(self._key(row, levels) for row in self.population)
        for row, value in zip(self.rows, self.sensitive, strict=True):
            found[self._key(row, levels)].append(value)
        return found, persons

    def _key(self, row, levels):
        return tuple(
            hierarchy[leaf][level] for leaf, hierarchy, level in zip(row, self.hierarchies, levels, strict=True)
        )


def whole(plain):
    counts = Counter(plain.sensitive)
    return [counts[value] / len(plain.rows) for value in range(plain.values)]


TREE = tuple(tuple(value >> level for value in range(16)) for level in (1, 2, 3))
"""Groups of values two by two, four by four, eight by eight; a root is above them."""


def _work(p, q):
    """Li, Li, Venkatasubramanian 2007: cost(N) = height(N)/H min(positive, negative extra of its children)."""
    total, extra, height = 0.0, {at: a - b for at, (a, b) in enumerate(zip(p, q, strict=True))}, len(TREE) + 1
    for level in range(1, height + 1):
        children = {}
        for node, more in extra.items():
            children.setdefault(node >> 1, []).append(more)
        for some in children.values():
            total += level / height * min(sum(x for x in some if x > 0), -sum(x for x in some if x < 0))
        extra = {node: sum(some) for node, some in children.items()}
    return total


def measured(kind, values, q, *, persons=0, ell=1, size=None):  # noqa: C901, PLR0911 (one line a formula)
    """Return one model's value of one class; `values` are the sensitive values of its rows."""
    counts = Counter(values)
    p = [counts[value] / len(values) for value in range(len(q))]
    present = [value for value in range(len(q)) if counts[value]]
    largest = sorted(counts.values(), reverse=True)
    if kind == "k":
        return len(values) if size is None else size
    if kind == "k-map":
        return persons
    if kind == "distinct":
        return len(present)
    if kind == "entropy":
        return math.exp(-sum(p[value] * math.log(p[value]) for value in present))
    if kind == "recursive":
        tail = sum(largest[ell - 1 :])
        return largest[0] / tail if tail else math.inf
    if kind == "equal":
        return sum(abs(a - b) for a, b in zip(p, q, strict=True)) / 2
    if kind == "ordered":
        sums = itertools.accumulate(a - b for a, b in zip(p, q, strict=True))
        return sum(map(abs, sums)) / (len(q) - 1) if len(q) > 1 else 0.0
    if kind == "hierarchical":
        return _work(p, q)
    if kind == "disclosure":
        return max(abs(math.log(p[value] / q[value])) for value in present)
    gains = {value: (p[value] - q[value]) / q[value] for value in present}
    if kind == "basic":
        return max(0.0, *gains.values())
    assert kind == "enhanced"
    if any(g > 1e-12 and g > -math.log(q[value]) + 1e-12 for value, g in gains.items()):
        return math.inf
    return max(0.0, *gains.values())


LEAST = {"k", "k-map", "distinct", "entropy"}
"""Kinds whose value must be at least the threshold; the others' at most."""


def meets(kind, value, threshold):
    if kind in LEAST:
        return value >= threshold - 1e-9
    if kind in {"disclosure", "recursive"}:
        return value < threshold
    return value <= threshold + 1e-12


def loss(plain, kind, levels, kept, lost):  # noqa: C901 (all losses side by side)
    """Return the score of a node; `kept` and `lost` are rows by index, `kept` by class."""
    n, d = len(plain.rows), len(levels)
    inside = [row for rows in kept for row in rows]
    if kind == "discernibility":
        return sum(len(rows) ** 2 for rows in kept) + n * len(lost)
    if kind == "average-class-size":
        return n / (len(kept) + bool(lost))
    if kind == "height":
        return sum(levels)
    shares = []
    entropy = [0.0, 0.0]
    for place, level in enumerate(levels):
        hierarchy = plain.hierarchies[place]
        leaves, height = len(hierarchy), len(hierarchy[0]) - 1
        covered = Counter(row[level] for row in hierarchy)
        cells = Fraction(0)
        counts = Counter(hierarchy[row[place]][level] for row in plain.rows)
        own = Counter(row[place] for row in plain.rows)
        for index in inside:
            leaf = plain.rows[index][place]
            value = hierarchy[leaf][level]
            if kind == "precision":
                cells += Fraction(level, height) if height else 0
            elif leaves > 1:
                cells += Fraction(covered[value] - 1, leaves - 1)
            entropy[0] += math.log2(counts[value] / own[leaf])
        for index in lost:
            entropy[0] += math.log2(n / own[plain.rows[index][place]])
            cells += 1 if (height if kind == "precision" else leaves > 1) else 0
        entropy[1] += sum(math.log2(n / own[row[place]]) for row in plain.rows)
        shares.append(float(cells / n))
    if kind == "entropy":
        return entropy[0] / entropy[1] if entropy[1] else 0.0
    if kind == "loss":
        return math.exp(sum(math.log1p(share) for share in shares) / d) - 1
    return sum(shares) / d


def optimum(plain, asked, limit, kind, ranges):
    """Return (levels, score, suppressed) by checking all nodes; `asked` are (kind, threshold, ell)."""
    q, best = whole(plain), None
    for levels in plain.nodes(ranges):
        members = defaultdict(list)
        for index, row in enumerate(plain.rows):
            members[plain._key(row, levels)].append(index)
        found, persons = plain.classes(levels)
        kept, lost = [], []
        for key, indices in members.items():
            size = len({plain.whose[index] for index in indices}) if plain.whose else None
            fine = all(
                meets(model, measured(model, found[key], q, persons=persons[key], ell=ell, size=size), threshold)
                for model, threshold, ell in asked
            )
            if fine:
                kept.append(indices)
            else:
                lost += indices
        if len(lost) > limit:
            continue
        score = loss(plain, kind, levels, kept, lost)
        rank = (sum(levels), levels)
        if best is None or score < best[1] - 1e-10 or (score <= best[1] + 1e-10 and rank < best[3]):
            best = (levels, score, len(lost), rank)
    return best
