"""Ranges that add up."""

from __future__ import annotations

import itertools

import pytest

from kouan.law.counts import Split, add, rest, share, tighten, total
from kouan.law.kleene import NO_END, Count

ANY = (0, NO_END)


def test_open_ends_stay_open() -> None:
    assert add((1, 2), (3, NO_END)) == (4, NO_END)
    assert total([ANY, ANY]) == ANY
    assert rest((5, NO_END), (2, 3)) == (2, NO_END)
    assert rest((5, 9), ANY) == (0, 9)


@pytest.mark.parametrize(
    ("whole", "parts", "cut"),
    [
        ((10, 10), [ANY, (2, 4)], ((10, 10), (6, 8), (2, 4))),
        (ANY, [(1, 2), (3, 4)], ((4, 6), (1, 2), (3, 4))),
        (ANY, [ANY, (3, 4)], ((3, NO_END), ANY, (3, 4))),
        ((0, 3), [(0, 9), (2, 9)], ((2, 3), (0, 1), (2, 3))),
        ((5, 9), [(0, 1), (0, 2)], None),
        ((0, 1), [(1, 1), (1, 1)], None),
        ((6, 6), [(0, 2), (0, 2), (0, 9)], ((6, 6), (0, 2), (0, 2), (2, 6))),
    ],
)
def test_tighten(whole: Count, parts: list[Count], cut: tuple[Count, ...] | None) -> None:
    assert tighten(whole, parts) == cut


def test_tightened_ranges_are_those_of_the_solutions() -> None:
    spans = [(lo, hi) for lo in range(4) for hi in range(lo, 4)]
    for whole, one, other in itertools.product(spans, repeat=3):
        found = [
            (first + second, first, second)
            for first in range(one[0], one[1] + 1)
            for second in range(other[0], other[1] + 1)
            if whole[0] <= first + second <= whole[1]
        ]
        ends = tuple((min(place), max(place)) for place in zip(*found, strict=True)) if found else None
        assert tighten(whole, [one, other]) == ends


def test_parts_of_one_whole_are_added_together() -> None:
    row = {0: (10, 10), 1: (0, 10), 2: (0, 4), 3: (1, 2)}
    splits = (Split(0, (1, 2)),)
    assert share(row, {1}, splits) == (6, 10)
    assert share(row, {1, 2}, splits) == (10, 10)
    assert share(row, {1, 2, 3}, splits) == (11, 12)
    assert share(row, (), splits) == (0, 0)
