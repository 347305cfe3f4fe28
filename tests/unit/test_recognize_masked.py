"""Values that are masked already, by the kind that they mask."""

from __future__ import annotations

import pyarrow as pa
import pytest

from kouan.recognize.masked import masked_kinds
from tests.recognizing import column


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("138****5678", "cn.mobile"),
        ("+86 138****5678", "cn.mobile"),
        ("138xxxx5678", "cn.mobile"),
        ("138 **** 5678", "cn.mobile"),
        ("110101********1234", "cn.ric"),
        ("110101********123X", "cn.ric"),
        ("1***************34", "cn.ric"),
        ("622202*********1234", "cn.bankcard"),
        ("6222 **** **** 1234", "cn.bankcard"),
        ("622848******1234", "cn.bankcard"),
        ("E1****678", "cn.passport"),
        ("京A***45", "cn.plate"),
        ("z***@example.com", "email"),
        ("张*", "name"),
        ("张*三", "name"),
        ("欧阳**", "name"),
        ("*三", "name"),
        ("192.168.*.*", "ip"),
        ("北京市朝阳区****", "address"),
        ("13812345678", None),
        ("张三", None),
        ("***", None),
        ("5*3", None),
        ("XXXL", None),
        ("版本 2*", None),
        ("12****", None),
    ],
)
def test_kind(value: str, kind: str | None) -> None:
    found = [key for key, rows in masked_kinds(pa.array([value])).items() if rows[0]]
    assert found == ([] if kind is None else [f"masked/{kind}"])


def test_masked_values_are_no_identifiers() -> None:
    item = column("联系电话", [f"138****{n:04d}" for n in range(30)])
    assert item.findings == ()
    assert any("已打码" in note.zh for note in item.notes)
