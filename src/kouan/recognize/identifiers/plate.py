"""机动车号牌 (GA 36): province character, letter of the issuing office, five or six characters, or an ending."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, MIXED, SUSPECTED, Identifier, hit

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_COMMON = "云黑新甘吉贵青川宁"
"""Of these, characters that end everyday words: 最新, 阿里云."""
_ENDINGS = "警学挂港澳领"


def _codes(characters: str) -> tuple[int, ...]:
    return tuple(int.from_bytes(one.encode(), "big") for one in characters)


_PROVINCE_CODES, _COMMON_CODES, _ENDING_CODES = _codes(_PROVINCES), _codes(_COMMON), _codes(_ENDINGS)
_EMERGENCY, _DUTY, _EMBASSY = _codes("应急使")
_LAST = bytes(sorted({one.encode()[2] for one in _PROVINCES}))
_IN_PLATE = bytes(byte < 128 and chr(byte).upper() in "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789" for byte in range(256))
_OFFICE = bytes(chr(byte) in "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjklmnpqrstuvwxyz" for byte in range(256))
_POWER = bytes(byte < 128 and chr(byte).upper() in "ABCDEFGHJK" for byte in range(256))
"""Letters of new energy: D, A, B, C, E run on electricity alone, F, G, H, J, K do not."""
_LETTERS_AT_MOST = 3


def _code(data: Any, at: int, hi: int) -> int:
    return data[at] << 16 | data[at + 1] << 8 | data[at + 2] if at + 3 <= hi else 0


def _is_one_of(code: int, codes: Any) -> bool:
    found = False
    for one in codes:  # compared all at once when compiled
        found |= one == code
    return found


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find the plate whose letter begins at a run that follows a province character; 京A·12345, 京A-12345 as well."""
    province = _code(data, at - 3, hi) if at - lo >= 3 else 0
    if not _OFFICE[data[at]] or not _is_one_of(province, _PROVINCE_CODES):
        return 0
    first, last = at + 1, end
    if end - at == 1:
        first = _after_mark(data, end, hi)
        last = first
        while last < hi and _IN_PLATE[data[last]] and last - first <= 6:
            last += 1
        if last < hi and (48 <= data[last] <= 57 or 65 <= data[last] <= 90 or 97 <= data[last] <= 122):
            return 0
    stop = _body(data, first, last, hi)
    if stop == 0:
        return 0
    everyday = at - lo > 3 and data[at - 4] >= 0x80 and _is_one_of(province, _COMMON_CODES)
    return hit(SUSPECTED if everyday else CONFIRMED, at - 3, stop)


def _after_mark(data: Any, at: int, hi: int) -> int:
    """Return the place behind the dot, hyphen or blank that stands after the letter."""
    if at < hi and (data[at] == 45 or data[at] == 46 or data[at] == 32):
        return at + 1
    if at + 1 < hi and data[at] == 0xC2 and data[at + 1] == 0xB7:
        return at + 2
    code = _code(data, at, hi)
    return at + 3 if code in (0xE280A2, 0xE383BB) else at


def _body(data: Any, first: int, last: int, hi: int) -> int:
    """Return the end of what stands after the letter when it can be a plate, else 0."""
    letters = 0
    for place in range(first, last):
        if not _IN_PLATE[data[place]]:
            return 0
        letters += data[place] > 57
    size = last - first
    if size == 4:
        ending = _code(data, last, hi)
        if letters <= 1 and _is_one_of(ending, _ENDING_CODES):
            return last + 3
        if letters <= 1 and ending == _EMERGENCY and _code(data, last + 3, hi) == _DUTY:
            return last + 6
        return 0
    if size == 5:
        return last if letters < _LETTERS_AT_MOST else 0
    if size != 6:
        return 0
    small = _POWER[data[first]] != 0 and letters <= 2 and (letters == 1 or data[first + 1] > 57)
    large = letters == 1 and _POWER[data[last - 1]] != 0
    return last if small or large else 0


IDENTIFIER = Identifier(
    id="cn.plate",
    label=Text(zh="机动车号牌", en="licence plate"),
    lengths=(1, 5, 6, 7),
    kinds=MIXED,
    find=find,
    source="GA 36 (P)",
    before=_LAST,
    context=("车牌", "车牌号", "号牌", "号牌号码", "plate", "license plate", "licence plate"),
    alone=False,
)


def find_embassy(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find plates of embassies: six digits before 使 at the end of a cell, and 使 before six digits (older ones)."""
    if at == lo and end + 3 == hi and _code(data, end, hi) == _EMBASSY:
        return hit(CONFIRMED, at, hi)
    if at - 3 == lo and end == hi and _code(data, lo, hi) == _EMBASSY:
        return hit(CONFIRMED, lo, hi)
    return 0


_BESIDE = "使".encode()
EMBASSY = Identifier(
    id="cn.plate.embassy",
    label=Text(zh="使馆号牌", en="embassy plate"),
    lengths=(6,),
    kinds=1,
    find=find_embassy,
    source="GA 36 (P)",
    before=_BESIDE[2:] + b"\0",
    after=_BESIDE[:1] + b"\0",
    context=IDENTIFIER.context,
    asked=True,
)
