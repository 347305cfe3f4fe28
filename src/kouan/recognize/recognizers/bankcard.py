"""银行卡号: 16 to 19 digits, issuer prefix, Luhn (ISO/IEC 7812-1). One random number in ten passes Luhn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.recognize.patterns import Pattern, digits, grades, luhn, number

if TYPE_CHECKING:
    from kouan.model.time import LegalDay
    from kouan.recognize.patterns import Bytes, Grades


def grade(cells: Bytes, today: LegalDay) -> Grades:  # noqa: ARG001 - one signature for all recognizers
    """Grade 16 to 19 digits: 62 (UnionPay) and 9 (old issuers) of any length; 4, 51-55, 22-27 and 35 of sixteen."""
    values, whole = digits(cells)
    head = number(values[:, :2])
    first = values[:, 0]
    known = (head == 62) | (first == 9)  # noqa: PLR2004
    if cells.shape[1] == 16:  # noqa: PLR2004
        known |= (first == 4) | ((head >= 51) & (head <= 55)) | ((head >= 22) & (head <= 27)) | (head == 35)  # noqa: PLR2004
    return grades(whole & known, lambda rows: luhn(values[rows]))


PATTERN = Pattern("cn.bankcard", (16, 17, 18, 19), grade, chance=1 / 10)
