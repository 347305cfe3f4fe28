"""固定电话: areas, groupings, extensions, and dates and contract numbers that begin like one."""

from __future__ import annotations

import pytest

from tests.recognizing import scanned


@pytest.mark.parametrize(
    "text",
    [
        "010-66551234",
        "(010)66551234",
        "（010）6655-1234",
        "010 6655 1234",
        "01066551234",
        "0311-87654321",
        "0310-8765432",
        "03108765432",
        "+86 10 66551234",
        "+86-10-66551234",
        "+86(010)66551234",
        "+86 311 8765 4321",
        "010-66551234-802",
        "010-66551234转802",
        "010-66551234 转 802",
        "010-66551234 ext. 802",
        "010-66551234分机802",
    ],
)
def test_whole(text: str) -> None:
    assert scanned([text])["cn.landline"] == [1, 0, 0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "请拨 010-66551234，谢谢",
        "电话01066551234",
        "tel: 010 66551234 / 010-66551235",
        "13812345678，0311-87654321",
    ],
)
def test_inside(text: str) -> None:
    assert scanned([text])["cn.landline"] == [0, 0, 1, 0]


@pytest.mark.parametrize(
    "text",
    [
        "010-2024-0517",
        "010-20240517",
        "010-2024-001",
        "010-2024-05-17",
        "026-66551234",
        "0320-8765432",
        "0310-87654321",
        "010-6655123",
        "010-16551234",
        "010-66551234567",
        "010-66551234a",
        "2024-010-66551234",
        "V1.010-66551234",
        "编号01066551234",
        "00066551234",
        "86 10 66551234x",
        "010",
        "13812345678",
        "400-810-1234",
    ],
)
def test_none(text: str) -> None:
    assert "cn.landline" not in scanned([text])
