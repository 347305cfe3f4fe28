"""One made-up value of each identifier, drawn from dice."""

from __future__ import annotations

import datetime as dt
import re
import string
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bench.labelled import digits

if TYPE_CHECKING:
    from examples.dice import Dice

VIN_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"
"""Codes of the model year at the tenth place (GB 16735): without I, O, Q, U, Z and 0."""
VIN_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
PLATE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ"
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"


@cache
def counties() -> tuple[tuple[str, int], ...]:
    """Return county codes of GB/T 2260 still in use, with their first year, as python-stdnum lists them."""
    found, head = [], ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8").splitlines():
        row = re.match(r'( *)(\d+) (?:county|province)="(?:\[(\d+)-\])?[^\[",]+"', line)
        if row is None:
            continue
        if not row[1]:
            head = row[2]
        elif row[2][2:] != "00" and head not in ("71", "81", "82"):
            found.append((head + row[2], int(row[3] or 0)))
    return tuple(found)


def birth(dice: Dice) -> dt.date:
    """Return a birthday of somebody between 18 and 80 at the end of 2026."""
    return dt.date(1946, 1, 1) + dt.timedelta(dice.below(62 * 365))


def area(dice: Dice, year: int = 9999) -> str:
    """Return a county code that was in use in a year."""
    while True:
        code, since = dice.pick(counties())
        if since <= year:
            return code


def ric(dice: Dice, head: str = "") -> str:
    """Return a resident ID number; its area was in use in the year of birth."""
    born = birth(dice)
    body = f"{head or area(dice, born.year)}{born:%Y%m%d}{dice.between(1, 999):03}"
    return body + digits.ric(body)


def digit_ric(dice: Dice) -> str:
    """Return a resident ID number whose check character is a digit."""
    return next(one for one in iter(lambda: ric(dice), "") if one.isdigit())


def ric15(dice: Dice) -> str:
    """Return a number of the first generation: area, two-digit year, order."""
    return f"{area(dice)}{birth(dice):%y%m%d}{dice.between(1, 999):03}"


def permanent(dice: Dice) -> str:
    """Return the number of a foreigner's permanent residence card of 2023: 9, place, country, birth, order, check."""
    body = (
        f"9{dice.pick(('11', '31', '44'))}{dice.pick(('840', '392', '276', '826'))}{birth(dice):%Y%m%d}{dice.digits(3)}"
    )
    return body + digits.ric(body)


def mobile(dice: Dice) -> str:
    """Return a mobile number."""
    return dice.pick(("135", "136", "138", "139", "150", "158", "166", "177", "186", "191", "199")) + dice.digits(8)


def card(dice: Dice, head: str = "622588", length: int = 16) -> str:
    """Return a bank card number."""
    body = head + dice.digits(length - 1 - len(head))
    return body + digits.luhn(body)


def org(dice: Dice) -> str:
    """Return an organisation code without hyphen."""
    body = dice.pick(("MA", "7", "5")) + dice.digits(7)
    return body[:8] + digits.org(body[:8])


def uscc(dice: Dice, head: str = "91") -> str:
    """Return a unified social credit code, its inner organisation code with its own check character."""
    inner = next(one for one in iter(lambda: org(dice), "") if all(mark in digits.USCC_ALPHABET for mark in one))
    body = head + area(dice) + inner
    return body + digits.uscc(body)


def vin(dice: Dice, head: str = "LSV") -> str:
    """Return a vehicle identification number with its check character."""
    number = head + "".join(dice.pick(VIN_ALPHABET) for _ in range(8)) + dice.digits(6)
    number = number[:9] + dice.pick(VIN_YEARS) + number[10:]
    return number[:8] + digits.vin(number) + number[9:]


def plate(dice: Dice, *, electric: bool = False) -> str:
    """Return a number plate of five places with two letters at the most (GA 36), or of six for new energy."""
    letters = dice.some(range(5), dice.below(3))
    marks = "".join(dice.pick(PLATE_ALPHABET) if place in letters else dice.digits(1) for place in range(5))
    head = dice.pick(PROVINCES) + dice.pick(PLATE_ALPHABET)
    return f"{head}{dice.pick('DF')}{dice.digits(5)}" if electric else head + marks


def passport(dice: Dice) -> str:
    """Return an ordinary passport number: E and eight digits, or E, a letter and seven."""
    return f"E{dice.pick(PLATE_ALPHABET)}{dice.digits(7)}" if dice.chance(0.5) else f"E{dice.digits(8)}"


def imei(dice: Dice) -> str:
    """Return an IMEI: type allocation 35 or 86, serial, Luhn."""
    body = dice.pick(("35", "86")) + dice.digits(12)
    return body + digits.luhn(body)


def iccid(dice: Dice) -> str:
    """Return an ICCID of 20 digits under 8986 (telecommunications, China), Luhn last."""
    body = "8986" + dice.pick(("00", "01", "03")) + dice.digits(13)
    return body + digits.luhn(body)


def hkid(dice: Dice) -> str:
    """Return a Hong Kong identity card number with its check character in brackets."""
    body = dice.pick(PLATE_ALPHABET) + dice.digits(6)
    return f"{body}({digits.hkid(body)})"


def twid(dice: Dice) -> str:
    """Return a Taiwan identity number."""
    body = dice.pick("ABCDEFGHJKLMNPQRSTUVXYWZIO") + dice.pick("12") + dice.digits(7)
    return body + digits.twid(body)


def ipv4(dice: Dice, *, private: bool = False) -> str:
    """Return a network address, public ones under 36, 58, 101, 113, 202 and 223."""
    if private:
        return f"192.168.{dice.below(256)}.{dice.between(1, 254)}"
    return f"{dice.pick((36, 58, 101, 113, 202, 223))}.{dice.below(256)}.{dice.below(256)}.{dice.between(1, 254)}"


def ipv6(dice: Dice) -> str:
    """Return an IPv6 address under 2408::/16, some with a run of zeros left out."""
    groups = [f"{dice.below(65536):x}" for _ in range(7)]
    return f"2408:{groups[0]}:{groups[1]}::{groups[2]}" if dice.chance(0.3) else "2408:" + ":".join(groups)


def mac(dice: Dice, by: str = ":") -> str:
    """Return a hardware address of a network card."""
    return by.join(f"{dice.below(256):02X}" for _ in range(6))


def token(dice: Dice, length: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    """Return random characters."""
    return "".join(dice.pick(alphabet) for _ in range(length))


def email(dice: Dice) -> str:
    """Return a mail address."""
    domain = dice.pick(("example.com", "qq.com", "163.com", "mail.tsinghua.edu.cn", "corp-a.cn", "example.org"))
    return f"{token(dice, 5, string.ascii_lowercase)}{dice.pick(('', '.', '_'))}{dice.digits(3)}@{domain}"


def other_last(value: str) -> str:
    """Return a number with another last character: a check digit that is wrong."""
    return value[:-1] + ("0" if not value[-1].isdigit() else str((int(value[-1]) + 1) % 10))
