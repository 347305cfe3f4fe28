"""Forms that surrogates keep: which numbers a value stands for in its form, and how other numbers are written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.deidentify.shapes.card import Card
from kouan.deidentify.shapes.characters import Characters
from kouan.deidentify.shapes.mobile import Mobile
from kouan.deidentify.shapes.resident_id import ResidentId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.deidentify.shapes.domain import Shape

SHAPES: Mapping[str, type[Shape]] = {
    "characters": Characters,
    "mobile": Mobile,
    "card": Card,
    "resident_id": ResidentId,
}
"""By their names in a plan."""
OF_MEANINGS = {"cn.mobile": "mobile", "cn.bankcard": "card", "cn.ric": "resident_id"}
"""Shape of items of these meanings, unless the plan says otherwise; all others are `characters`."""
CHECKED = frozenset({"card", "resident_id"})
"""Shapes with a check digit."""

__all__ = ["CHECKED", "OF_MEANINGS", "SHAPES"]
