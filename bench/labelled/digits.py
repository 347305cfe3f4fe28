"""Check characters, each written from its standard; python-stdnum is asked whether they are right (tests)."""

from __future__ import annotations

_RIC = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ORG = (3, 7, 9, 10, 5, 8, 4, 2)
_VIN = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_TWID_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"


def ric(body: str) -> str:
    """Return the check character of a resident ID number after its 17 digits (GB 11643, MOD 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _RIC, strict=True)) % 11]


def luhn(body: str) -> str:
    """Return the Luhn digit after the digits of a card, IMEI or ICCID (ISO/IEC 7812-1 annex B)."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the sum of its digits
    return str(-total % 10)


def org(body: str) -> str:
    """Return the check character of an organisation code after its 8 characters (GB 11714, MOD 11)."""
    value = 11 - sum(int(mark, 36) * weight for mark, weight in zip(body, _ORG, strict=True)) % 11
    return {10: "X", 11: "0"}.get(value, str(value))


def uscc(body: str) -> str:
    """Return the check character of a unified social credit code after its 17 (GB 32100-2015, MOD 31-3)."""
    total = sum(USCC_ALPHABET.index(mark) * 3**place for place, mark in enumerate(body))
    return USCC_ALPHABET[-total % 31]


def vin(number: str) -> str:
    """Return the check character that belongs at the ninth place of a vehicle number (GB 16735, weights of place)."""
    values = (int(mark) if mark.isdigit() else VIN_VALUES[mark] for mark in number)
    rest = sum(value * weight for value, weight in zip(values, _VIN, strict=True)) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004


def hkid(body: str) -> str:
    """Return the check character of a Hong Kong identity card after one or two letters and six digits."""
    letters, figures = body[:-6], body[-6:]
    values = [ord(mark) - 55 for mark in letters]
    values = [36, *values] if len(values) == 1 else values
    total = sum(value * weight for value, weight in zip([*values, *map(int, figures)], range(9, 1, -1), strict=True))
    return "0123456789A"[-total % 11]


def twid(body: str) -> str:
    """Return the check digit of a Taiwan identity number after its letter and eight digits."""
    head = _TWID_LETTERS.index(body[0]) + 10
    total = head // 10 + head % 10 * 9
    total += sum(int(digit) * weight for digit, weight in zip(body[1:], range(8, 0, -1), strict=True))
    return str(-total % 10)


def mrz(field: str) -> str:
    """Return the check digit of a field of a machine-readable zone (ICAO 9303-3, weights 7 3 1)."""
    values = (0 if mark == "<" else int(mark, 36) for mark in field)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)
