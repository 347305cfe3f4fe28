"""银行卡号: 16 to 19 digits, issuer prefix, Luhn (ISO/IEC 7812-1). One random number in ten passes Luhn."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.arithmetic import luhn, number
from kouan.recognize.identifier import CONFIRMED, DIGITS, SUSPECTED, Identifier, hit


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Grade 16 to 19 digits: 62 (UnionPay) and 9 (old issuers) of any length; 4, 51-55, 22-27 and 35 of sixteen."""
    head = number(data, at, at + 2)
    known = head == 62 or head // 10 == 9
    if end - at == 16:
        known = known or head // 10 == 4 or 51 <= head <= 55 or 22 <= head <= 27 or head == 35
    if not known:
        return 0
    return hit(CONFIRMED if luhn(data, at, end) else SUSPECTED, at, end)


IDENTIFIER = Identifier(
    id="cn.bankcard",
    label=Text(zh="银行卡号", en="bank card number"),
    lengths=(16, 17, 18, 19),
    kinds=DIGITS,
    first=b"234569",
    find=find,
    source="ISO/IEC 7812-1 (S); JR/T 0008 for issuers (P)",
    chance=1 / 10,
    groups=((4, 4, 4, 4), (4, 4, 4, 4, 3), (6, 13)),
    context=("银行卡", "卡号", "账号", "借记卡", "信用卡", "card no", "account", "pan"),
)
