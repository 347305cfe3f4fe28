"""IBM System/360 floating point, as SAS transport files hold numbers, to IEEE doubles and back.

A number takes 2 to 8 bytes, the first ones of an IBM long: sign, exponent of 16 with excess 64, fraction of 56 bits
(SAS technical note TS-140; IBM System/360 Principles of Operation, floating-point number representation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]
    Bytes = npt.NDArray[np.uint8]
    Doubles = npt.NDArray[np.float64]

LONGEST = 8
SHORTEST = 2
_EXCESS = 64
_FRACTION_BITS = 56
_FRACTION = np.uint64((1 << _FRACTION_BITS) - 1)
_SIGN_BIT = 0x80
_MISSING = b"._ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MARKS = np.isin(np.arange(256, dtype=np.uint8), np.frombuffer(_MISSING, np.uint8))
_POWERS = np.ldexp(1.0, 4 * (np.arange(128) - _EXCESS) - _FRACTION_BITS)
_SCALE = np.concatenate([_POWERS, -_POWERS])


def decode(raw: Bytes) -> tuple[Doubles, Bools]:
    """Return doubles and which of them are missing (`.`, `._`, `.A` to `.Z`; their double is 0).

    Fractions of more than 53 bits, which SAS itself never writes, are rounded to the nearest double.

    Args:
        raw: shape (n, k), k from 2 to 8: one number a row.
    """
    words = _words(raw)
    first = (words >> np.uint64(_FRACTION_BITS)).astype(np.uint8)
    fraction = words & _FRACTION
    missing: Bools = (fraction == 0) & _MARKS[first]
    values: Doubles = fraction.astype(np.float64) * _SCALE[first]
    if missing.any():
        values[missing] = 0.0
    return values, missing


def encode(values: Doubles, missing: Bools) -> Bytes:
    """Return IBM longs, shape (n, 8), exactly the doubles given; missing ones become `.`.

    Raises:
        OverflowError: a value is infinite, not a number, or beyond what an IBM long can hold (about 1e-78 to 7e75).
    """
    given = np.where(missing, 0.0, values)
    if not np.isfinite(given).all():
        raise OverflowError
    mantissa, power = np.frexp(np.abs(given))
    sixteens = -(-power // 4)
    fraction = np.ldexp(mantissa, _FRACTION_BITS + power - 4 * sixteens).astype(np.uint64)
    exponent = np.where(given == 0, 0, sixteens + _EXCESS)
    if ((exponent < 0) | (exponent >= 2 * _EXCESS)).any():
        raise OverflowError
    first = exponent.astype(np.uint64) | np.where(np.signbit(given), _SIGN_BIT, 0).astype(np.uint64)
    first[missing] = _MISSING[0]
    words = (first << np.uint64(_FRACTION_BITS)) | fraction
    raw: Bytes = words.astype(">u8").view(np.uint8).reshape(-1, LONGEST)
    return raw


def _words(raw: Bytes) -> npt.NDArray[np.uint64]:
    count, length = raw.shape
    if length == LONGEST:
        whole = np.ascontiguousarray(raw)
    else:
        whole = np.zeros((count, LONGEST), np.uint8)
        whole[:, :length] = raw
    return whole.view(">u8").reshape(count).astype(np.uint64)
