"""Counts after treatment stay within what the raw data showed."""

from types import SimpleNamespace

import pytest

from kouan.model.facts import Range
from kouan.model.inventory import PersonCount
from kouan.model.text import same
from kouan.recognize.counted import limited


def count(persons, under14):
    return PersonCount(
        subject="patient", persons=Range(lo=persons[0], hi=persons[1]), sensitive=Range(lo=0, hi=None),
        under14=Range(lo=under14[0], hi=under14[1]), method=same("m"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "now", "under14"),
    [
        (((5, 5), (2, 2)), ((5, 5), (0, 0)), (2, 2)),
        (((5, 5), (2, 2)), ((4, 5), (0, 0)), (1, 2)),
        (((2, None), (1, None)), ((3, 3), (0, 0)), (0, 1)),
    ],
)
def test_children_stay_children_unless_they_may_be_gone(before, now, under14):
    given = SimpleNamespace(original=SimpleNamespace(persons=(count(*before),)))
    found = limited(count(*now), [given], 0).under14
    assert (found.lo, found.hi) == under14
