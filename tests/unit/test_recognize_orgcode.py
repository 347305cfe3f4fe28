"""组织机构代码: the nine characters inside a credit code, looked for only where it is asked for."""

from __future__ import annotations

import pytest

from kouan.recognize.identifiers import orgcode
from tests.recognizing import grades, scanned

ASKED = frozenset({"cn.orgcode"})


@pytest.mark.parametrize(
    ("value", "grade"), [("600037341", 2), ("600037342", 1), ("60003734X", 1), ("60003734A", 0), ("6000373a1", 0)]
)
def test_grade(value: str, grade: int) -> None:
    assert grades(orgcode.IDENTIFIER, [value]) == [grade]


def test_with_a_hyphen_and_only_where_asked_for() -> None:
    assert scanned(["60003734-1", "代码 60003734-1。"], asked=ASKED)["cn.orgcode"] == [0, 1, 0, 1]
    assert "cn.orgcode" not in scanned(["60003734-12", "60003734-", "1-60003734-1-2"], asked=ASKED)
    assert scanned(["60003734-1", "600037341"]) == {}
