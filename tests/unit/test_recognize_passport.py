"""护照: all forms of numbers, part numbers, and machine-readable lines."""

from __future__ import annotations

import pytest

from kouan.recognize.identifiers import passport
from tests.recognizing import grades, mrz_of, scanned

ICAO = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"  # the specimen of ICAO 9303-4; Utopia is no country
UPPER = "P<CHNZHANG<<SAN".ljust(44, "<")


@pytest.mark.parametrize(
    ("value", "grade"),
    [
        ("E12345678", 1),
        ("EA1234567", 1),
        ("EI1234567", 0),
        ("EO1234567", 0),
        ("G12345678", 1),
        ("PE1234567", 1),
        ("SE1234567", 1),
        ("DE1234567", 1),
        ("PA1234567", 0),
        ("K12345678", 1),
        ("H12345678", 1),
        ("MA1234567", 1),
        ("MB1234567", 0),
        ("F12345678", 0),
        ("e12345678", 0),
        ("123456789", 0),
        ("E1234567", 0),
    ],
)
def test_grade(value: str, grade: int) -> None:
    assert grades(passport.IDENTIFIER, [value]) == [grade]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("E 12345678", [1, 0, 0, 0]),
        ("护照号码：E12345678，有效", [0, 0, 1, 0]),
        ("Passport No. EA1234567", [0, 0, 1, 0]),
        ("E12345678（护照）", [0, 0, 1, 0]),
        ("零件 E12345678 缺货", None),
        ("零件 E12345678 " + "。" * 40 + "护照", None),
        (mrz_of(), [0, 1, 0, 0]),
        (UPPER + mrz_of(), [0, 1, 0, 0]),
        (f"{UPPER}\n{mrz_of()}", [0, 1, 0, 0]),
        (f"扫描：{mrz_of()}。", [0, 0, 0, 1]),
        (mrz_of(rest="ABCDEFGHIJKLM1"), [0, 1, 0, 0]),
        (mrz_of("C01X00T47", country="D<<"), [0, 1, 0, 0]),
        (mrz_of(country="XQZ"), None),
        (mrz_of(birth="901317"), None),
        (mrz_of()[:-1], None),
        (ICAO, None),
    ],
)
def test_in_cells(text: str, counts: list[int] | None) -> None:
    assert scanned([text]).get("cn.passport") == counts


def test_the_specimen_of_the_standard_passes_but_for_its_country() -> None:
    """Its composite check covers the country not at all, so that one of ours can stand there."""
    assert scanned([ICAO.replace("UTO", "CHN")])["cn.passport"] == [0, 1, 0, 0]


@pytest.mark.parametrize("place", [9, 19, 27, 42, 43])
def test_each_check_digit_counts(place: int) -> None:
    line = mrz_of(rest="ABCDEFGHIJKLM1")
    other = str((int(line[place]) + 1) % 10)
    assert scanned([line[:place] + other + line[place + 1 :]]).get("cn.passport") is None


def test_hashes_are_no_lines() -> None:
    assert scanned([f"{n * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**160:040X}" for n in range(500)]) == {}
