"""Masks by table."""

from __future__ import annotations

import pyarrow as pa
import pytest

from kouan.deidentify.mask import Mask


@pytest.mark.parametrize(
    ("start", "end", "value", "expected"),
    [
        (3, 4, "13800138000", "138****8000"),
        (3, 4, "12345678", "********"),
        (3, 4, "1234567", "*******"),
        (3, 4, "12", "**"),
        (6, 4, "110105194912310021", "110105********0021"),
        (1, 0, "王小明", "王**"),
        (1, 0, "王", "*"),
        (1, 0, "欧阳", "欧*"),
        (0, 4, "6222021234567890", "************7890"),
        (2, 0, "518000", "51****"),
        (1, 1, "", ""),
        (1, 0, None, None),
        (1, 0, "𠮷野家", "𠮷**"),
    ],
)
def test_mask(start, end, value, expected):
    assert Mask(start, end)(pa.array([value], pa.string())).to_pylist() == [expected]


def test_numbers_are_masked_as_text():
    assert Mask(3, 4)(pa.array([13800138000, None])).to_pylist() == ["138****8000", None]
