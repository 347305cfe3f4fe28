"""Which column of a printed table says what, found from its header and corrected by the user."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.packs import messages
from kouan.packs.drafting.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROLES: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号"),
    "sector": ("行业领域", "所属行业", "所属领域", "行业", "领域"),
    "category": ("数据类别", "数据类型", "数据分类", "类别"),
    "scenario": ("场景名称", "业务场景", "适用场景", "应用场景", "适用的企业业务场景", "场景"),
    "subclass": ("数据子类", "数据小类", "子类", "数据名称", "数据项", "数据基本特征"),
    "description": (
        "数据基本特征与描述",
        "数据基本特征和描述",
        "基本特征与描述",
        "数据特征描述",
        "数据描述",
        "描述",
        "数据项示例",
        "特征",
    ),
    "note": ("备注", "注释"),
}
"""Roles, and the headings under which lists print them, the most telling first."""

_FEWEST = 2


def read_choices(words: Iterable[str]) -> dict[str, str]:
    """Return what the user says: role -> heading or number of the column.

    Raises:
        KouanError: K-PCK-070.
    """
    found = {}
    for word in words:
        role, sign, column = word.partition("=")
        if not sign or role not in ROLES or not column.strip():
            raise messages.MAP_SHAPE.at(word, roles=", ".join(ROLES))
        found[role] = plain(column)
    return found


def mapped(header: Sequence[str], choices: Mapping[str, str]) -> dict[int, str] | None:
    """Return the role of each column, or None where a row is no header."""
    texts = [plain(text) for text in header]
    found: dict[int, str] = {}
    for place, text in enumerate(texts):
        role = _role(text)
        if role is not None:
            found[place] = role
    roles = set(found.values())
    telling = len(roles) >= _FEWEST and {"subclass", "description"} & roles
    if not telling and not any(column in texts for column in choices.values()):
        return None
    for role, column in choices.items():
        places = [int(column) - 1] if column.isdigit() else [n for n, text in enumerate(texts) if text == column]
        found = {place: one for place, one in found.items() if one != role} | dict.fromkeys(places, role)
    return found


def _role(text: str) -> str | None:
    text = re.sub(r"[()（）*]", "", text)
    return next((role for role, names in ROLES.items() if text in names), None)
