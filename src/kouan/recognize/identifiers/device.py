"""Numbers of telephones and their cards: IMEI (Luhn), IMSI (no check), ICCID (Luhn)."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import PROVINCES, in_calendar, luhn, number
from kouan.recognize.identifier import CONFIRMED, DIGITS, SUSPECTED, Identifier, hit
from kouan.recognize.nearby import near, packed

_TODAY = bytes(head in {1, 35, 86, 99} for head in range(100))
_EVER = bytes(head in {1, 10, 30, 33, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99} for head in range(100))
"""Bodies that give out type allocation codes, and all that ever did."""
_IMEI = packed("imei", "设备号", "串号", "手机序列号")
_NETWORKS = bytes(code in {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 15, 20} for code in range(100))
_ISSUERS = bytes(code in {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 20} for code in range(100))
"""Mobile networks of China: after 460 in an IMSI, after 8986 on a card."""


def find_imei(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 15 digits: a body that issues makes suspected, Luhn confirms; inside text a word must stand near."""
    head = number(data, at, at + 2)
    if not _EVER[head]:
        return 0
    called = near(data, lo, at, _IMEI)
    if not called and (not _TODAY[head] or at > lo or end < hi):
        return 0
    # An identity number of 15 digits has an area and a birth date of six digits: one in ten passes Luhn.
    old = PROVINCES[head] != 0 and in_calendar(19_000_000 + number(data, at + 6, at + 12))
    right = luhn(data, at, end) and (called or not old)
    return hit(CONFIRMED if right else SUSPECTED, at, end)


def find_imsi(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 15 digits of a Chinese network; there is no check digit."""
    fits = number(data, at, at + 3) == 460 and _NETWORKS[number(data, at + 3, at + 5)] != 0
    return hit(SUSPECTED, at, end) if fits else 0


def find_iccid(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 19 or 20 digits of a Chinese card: Luhn confirms; some networks use the last digit otherwise."""
    if number(data, at, at + 4) != 8986 or not _ISSUERS[number(data, at + 4, at + 6)]:
        return 0
    return hit(CONFIRMED if luhn(data, at, end) else SUSPECTED, at, end)


IMEI = Identifier(
    id="imei",
    label=Text(zh="国际移动设备识别码", en="IMEI of a device"),
    lengths=(15,),
    kinds=DIGITS,
    find=find_imei,
    source="3GPP TS 23.003; ISO/IEC 7812-1 (S)",
    chance=1 / 10,
    groups=((2, 6, 6, 1),),
    context=("IMEI", "imei", "设备号", "串号", "手机串号", "设备串号"),
)
IMSI = Identifier(
    id="imsi",
    label=Text(zh="国际移动用户识别码", en="IMSI of a subscriber"),
    lengths=(15,),
    kinds=DIGITS,
    find=find_imsi,
    source="3GPP TS 23.003; ITU-T E.212 (S for the format)",
    context=("IMSI", "imsi", "国际移动用户识别码"),
    asked=True,
)
ICCID = Identifier(
    id="iccid",
    label=Text(zh="集成电路卡识别码", en="ICCID of a SIM card"),
    lengths=(19, 20),
    kinds=DIGITS,
    find=find_iccid,
    source="ITU-T E.118; ISO/IEC 7812-1 (S)",
    chance=1 / 10,
    context=("ICCID", "iccid", "SIM卡号", "sim"),
)
