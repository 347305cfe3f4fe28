"""UUIDs (RFC 9562). A bare one is a key of anything; where names speak of devices it is a device's."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, MIXED, SUSPECTED, Identifier, grade_of, hit

_HEX = bytes(chr(byte) in "0123456789abcdefABCDEF" for byte in range(256))
_JOINS = bytes((chr(byte).isalnum() and byte < 128) or byte in b"-_" for byte in range(256))
_VARIANT = b"89abAB"
_IS_VARIANT = bytes(byte in _VARIANT for byte in range(256))
_SIZE = 36


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find a UUID of a known version and variant; what it stands for cannot be seen, so that it is suspected only."""
    stop = at + _SIZE
    if stop > hi or (at > lo and _JOINS[data[at - 1]]) or (stop < hi and _JOINS[data[stop]]):
        return 0
    for place in range(_SIZE):
        byte = data[at + place]
        if place in (8, 13, 18, 23):
            if byte != 45:
                return 0
        elif not _HEX[byte]:
            return 0
    if not 49 <= data[at + 14] <= 56 or not _IS_VARIANT[data[at + 19]]:
        return 0
    return hit(SUSPECTED, at, stop)


def find_device(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find a UUID where the names speak of devices: it is one's for certain."""
    found = find(data, lo, hi, at, end, today)
    return 0 if grade_of(found) == 0 else hit(CONFIRMED, at, at + _SIZE)


DEVICE = Identifier(
    id="device_uuid",
    label=Text(zh="设备或广告标识符", en="identifier of a device or for advertising"),
    lengths=(8,),
    kinds=MIXED,
    find=find_device,
    source="RFC 9562 (S); 移动互联网应用 OAID (P)",
    after=b"-",
    context=(
        *("idfa", "IDFA", "idfv", "IDFV", "oaid", "OAID", "gaid", "GAID", "aaid", "vaid", "caid", "android id"),
        *("advertising id", "device id", "设备号", "设备标识", "设备ID", "设备编号", "广告标识符", "设备指纹"),
    ),
    asked=True,
)
IDENTIFIER = Identifier(
    id="uuid",
    label=Text(zh="通用唯一识别码", en="UUID"),
    lengths=(8,),
    kinds=MIXED,
    find=find,
    source="RFC 9562 (S)",
    after=b"-",
    context=("uuid", "UUID", "guid", "GUID"),
)
