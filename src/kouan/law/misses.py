"""By how much a rule fails: the fewest tests that would have to come out otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.decision import Truth
from kouan.model.facts import Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.model.decision import TraceNode

BOUND = re.compile("(≥|>|≤|<) ([0-9]+)")
"""What a test asks of a number, as traces write it."""
FAR = 900
"""Thousandths of a threshold by which a number is far from it."""
_WHOLE = 1_000

Flips = tuple["TraceNode", ...]


def to_flip(node: TraceNode, *, wanted: bool = True) -> Flips:
    """Return the fewest atoms that would have to come out otherwise for a node to be true (or false).

    Of several ways with as many atoms the one with fewer known facts against it comes first: what is open may still
    turn out so. Atoms that are met already are not in it.
    """
    if node.truth is (Truth.TRUE if wanted else Truth.FALSE):
        return ()
    if not node.children:
        return (node,)
    if node.op == "not":
        return to_flip(node.children[0], wanted=not wanted)
    ways = sorted((to_flip(child, wanted=wanted) for child in node.children), key=distance)
    number, least = len(ways), _least(node)
    needed = least if wanted else number - least + 1
    return _together(ways[:needed])


def distance(flips: Flips) -> tuple[int, int]:
    """Return how far away a set of atoms is: how many there are, and how many of them known facts contradict."""
    return len(flips), sum(atom.truth is not Truth.UNKNOWN for atom in flips)


def shortfall(atom: TraceNode) -> int | None:
    """Return how far a number is from its threshold, in thousandths of it; None of what is no number, or not known."""
    found, known = BOUND.fullmatch(atom.expected), atom.value
    if found is None or not isinstance(known, Range):
        return None
    bound = max(1, int(found[2]))
    near = known.lo if known.hi is None or known.lo > bound else known.hi
    return min(_WHOLE, abs(bound - near) * _WHOLE // bound)


def _least(node: TraceNode) -> int:
    """Return how many parts make a group true."""
    if node.op in {"all", "any"}:
        return len(node.children) if node.op == "all" else 1
    met = [child.truth for child in node.children]
    # The number stands in the words of the group alone; its truth bounds it, and its words give it.
    digits = [int(word) for word in node.text.en.split() if word.isdigit()]
    return digits[0] if digits else met.count(Truth.TRUE) + 1


def _together(ways: Sequence[Flips] | Iterable[Flips]) -> Flips:
    found: dict[tuple[str | None, str, Truth], TraceNode] = {}
    for way in ways:
        for atom in way:
            found.setdefault((atom.fact, atom.expected, atom.truth), atom)
    return tuple(found.values())
