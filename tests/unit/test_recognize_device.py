"""IMEI, IMSI and ICCID: Luhn, networks, and numbers of 15 digits that are something else."""

from __future__ import annotations

import pytest
from stdnum import imei as oracle
from stdnum import luhn

from kouan.recognize.identifiers import device
from tests.recognizing import grades, scanned, wrong

IMEI, ICCID = "356938035643809", "8986012345678901234" + luhn.calc_check_digit("8986012345678901234")


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        (IMEI, 2),
        ("490154203237518", 0),  # an issuer of the past
        (wrong(IMEI), 1),
        ("110101900517001", 0),  # old identity number of Beijing: no issuer of IMEI
        ("123456789012345", 0),
        ("350102900517128", 1),  # old identity number of Fujian, Luhn right by chance
    ],
)
def test_imei(value: str, grade: int) -> None:
    assert grades(device.IMEI, [value]) == [grade]
    assert grade != 2 or oracle.is_valid(value)


def test_imei_inside_text_needs_a_word() -> None:
    assert scanned([f"设备号：{IMEI}"])["imei"] == [0, 0, 0, 1]
    assert scanned([f"IMEI1={IMEI}"])["imei"] == [0, 0, 0, 1]
    assert scanned(["IMEI 490154203237518"])["imei"] == [0, 0, 0, 1]
    assert scanned([f"流水号 {IMEI}"]) == {}
    assert scanned(["35-693803-564380-9"])["imei"] == [0, 1, 0, 0]


@pytest.mark.parametrize(("value", "found"), [("460011234567890", True), ("460991234567890", False)])
def test_imsi_only_where_asked_for(value: str, *, found: bool) -> None:
    assert "imsi" not in scanned([value])
    assert (scanned([value], asked=frozenset({"imsi"})).get("imsi") == [1, 0, 0, 0]) is found


@pytest.mark.parametrize(
    ("value", "grade"), [(ICCID, 2), (wrong(ICCID), 1), ("8986991234567890123", 0), ("8901012345678901234", 0)]
)
def test_iccid(value: str, grade: int) -> None:
    assert grades(device.ICCID, [value]) == [grade]
    assert grade != 2 or luhn.is_valid(value)
