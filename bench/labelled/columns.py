"""Columns of identifiers, a hundred thousand cells at a time, as matrices of ASCII characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.labelled import digits as arithmetic
from bench.labelled.makers import PLATE_ALPHABET, PROVINCES, VIN_ALPHABET, VIN_YEARS, counties
from examples.digits import beside, dates, padded, text

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Marks = NDArray[np.uint8]
    Days = NDArray[np.datetime64]

ZERO = ord("0")
_OLD = 1990
_AREAS = np.array([list(code.encode()) for code, since in counties() if since < _OLD], np.uint8)
_RIC_CHECKS = np.frombuffer(b"10X98765432", np.uint8)
_RIC_WEIGHTS = np.array([2 ** (17 - place) % 11 for place in range(17)])
_USCC = np.frombuffer(arithmetic.USCC_ALPHABET.encode(), np.uint8)
_USCC_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)])
_ORG_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_ORG_CHECKS = np.frombuffer(b"0123456789", np.uint8)
_VIN = np.frombuffer(VIN_ALPHABET.encode(), np.uint8)
_VIN_WEIGHTS = np.array([8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2])
_VIN_CHECKS = np.frombuffer(b"0123456789X", np.uint8)
_LETTERS = np.frombuffer(PLATE_ALPHABET.encode(), np.uint8)
_YEARS = np.frombuffer(VIN_YEARS.encode(), np.uint8)
_NINTH, _TENTH = 8, 9


def figures(rng: Generator, count: int, width: int) -> Marks:
    """Return random digits, shape (count, width)."""
    return rng.integers(ZERO, ZERO + 10, (count, width), dtype=np.uint8)


def fixed(count: int, marks: str) -> Marks:
    """Return the same characters in each row."""
    return np.tile(np.frombuffer(marks.encode(), np.uint8), (count, 1))


def one_of(rng: Generator, count: int, heads: tuple[str, ...]) -> Marks:
    """Return one of some heads of equal width in each row."""
    table = np.array([list(head.encode()) for head in heads], np.uint8)
    return np.asarray(table[rng.integers(0, len(table), count)])


def days(rng: Generator, count: int, first: str, last: str) -> Days:
    """Return days between two, both included."""
    start, end = np.datetime64(first, "D"), np.datetime64(last, "D")
    return start + rng.integers(0, int((end - start).astype(int)) + 1, count).astype("timedelta64[D]")


def counties_of(rng: Generator, count: int) -> Marks:
    """Return county codes, shape (count, 6)."""
    return np.asarray(_AREAS[rng.integers(0, len(_AREAS), count)])


def rics(rng: Generator, count: int) -> Marks:
    """Return resident ID numbers of people born since 1990, shape (count, 18)."""
    area = counties_of(rng, count)
    order = padded(rng.integers(1, 1000, count), 3)
    body = beside([area, dates(days(rng, count, "1990-01-01", "2012-12-31")), order])
    rest = (body.astype(np.int64) - ZERO) @ _RIC_WEIGHTS % 11
    return beside([body, _RIC_CHECKS[rest][:, None]])


def cards(rng: Generator, count: int) -> Marks:
    """Return bank card numbers of 19 digits under 62, shape (count, 19)."""
    body = beside([one_of(rng, count, ("622202", "621700", "622848", "621661")), figures(rng, count, 12)])
    doubled = (body[:, ::-2].astype(np.int64) - ZERO) * 2
    total = (doubled - 9 * (doubled > 9)).sum(axis=1) + (body[:, -2::-2].astype(np.int64) - ZERO).sum(axis=1)  # noqa: PLR2004
    return beside([body, (-total % 10 + ZERO).astype(np.uint8)[:, None]])


def usccs(rng: Generator, count: int) -> Marks:
    """Return unified social credit codes of enterprises, shape (count, 18)."""
    inner = rng.integers(0, 31, (count, 8))
    codes = np.array([int(mark, 36) for mark in arithmetic.USCC_ALPHABET])
    rest = 11 - codes[inner] @ _ORG_WEIGHTS % 11
    inner[:, 7] = np.where(rest == 10, (inner[:, 7] + 1) % 10, inner[:, 7])  # noqa: PLR2004 - a check X is no letter of GB 32100
    rest = 11 - codes[inner] @ _ORG_WEIGHTS % 11
    check = np.where(rest == 10, 0, rest % 11)  # noqa: PLR2004
    area = counties_of(rng, count)
    values = np.concatenate([np.full((count, 2), (9, 1)), area.astype(np.int64) - ZERO, inner, check[:, None]], axis=1)
    last = -(values @ _USCC_WEIGHTS) % 31
    return np.asarray(_USCC[np.concatenate([values, last[:, None]], axis=1)])


def vins(rng: Generator, count: int) -> Marks:
    """Return vehicle identification numbers with their check character, shape (count, 17)."""
    model = _VIN[rng.integers(0, len(_VIN), (count, 8))]
    number = beside([one_of(rng, count, ("LSV", "LFV", "LGX", "LBV")), model, figures(rng, count, 6)])
    number[:, _TENTH] = _YEARS[rng.integers(0, len(_YEARS), count)]
    values = np.zeros(256, np.int64)
    for mark in VIN_ALPHABET:
        values[ord(mark)] = int(mark) if mark.isdigit() else arithmetic.VIN_VALUES[mark]
    number[:, _NINTH] = _VIN_CHECKS[values[number] @ _VIN_WEIGHTS % 11]
    return number


def mobiles(rng: Generator, count: int) -> Marks:
    """Return mobile numbers, shape (count, 11)."""
    return beside(
        [one_of(rng, count, ("135", "138", "150", "166", "177", "186", "191", "199")), figures(rng, count, 8)]
    )


def passports(rng: Generator, count: int) -> Marks:
    """Return ordinary passport numbers: E, a letter or digit, seven digits; shape (count, 9)."""
    second = np.where(rng.random(count) < 0.5, _LETTERS[rng.integers(0, 24, count)], figures(rng, count, 1)[:, 0])  # noqa: PLR2004
    return beside([fixed(count, "E"), second[:, None].astype(np.uint8), figures(rng, count, 7)])


def plates(rng: Generator, count: int) -> pa.Array:
    """Return number plates, one in three of them of new energy."""
    place = pa.array(list(PROVINCES)).take(pa.array(rng.integers(0, len(PROVINCES), count)))
    letter = _LETTERS[rng.integers(0, len(_LETTERS), (count, 1))]
    fuel = text(beside([letter, figures(rng, count, 5)]))
    electric = text(beside([letter, one_of(rng, count, ("D", "F")), figures(rng, count, 5)]))
    return joined(place, pc.if_else(pa.array(rng.random(count) < 1 / 3), electric, fuel))


def addresses_v4(rng: Generator, count: int) -> pa.Array:
    """Return network addresses."""
    heads = pa.array(["36", "58", "101", "113", "202", "223"]).take(pa.array(rng.integers(0, 6, count)))
    rest = [pa.array(rng.integers(1, 255, count)).cast(pa.string()) for _ in range(3)]
    return pc.binary_join_element_wise(heads, *rest, ".")


def orders(rng: Generator, count: int) -> pa.Array:
    """Return order numbers; three quarters begin with a date, and two in five have as many digits as an ID number."""
    date = dates(days(rng, count, "2024-01-01", "2026-11-22"))
    kind = pa.array(rng.integers(0, 20, count))
    plain = text(beside([date, figures(rng, count, 10)]))
    long = text(beside([date, figures(rng, count, 12)]))
    lettered = text(beside([fixed(count, "SO"), date, figures(rng, count, 6)]))
    short = text(figures(rng, count, 12))
    rest = pc.if_else(pc.less(kind, 12), long, pc.if_else(pc.less(kind, 15), lettered, short))
    return pc.if_else(pc.less(kind, 8), plain, rest)


def joined(*parts: pa.Array | str) -> pa.Array:
    """Return strings written one after the other."""
    return pc.binary_join_element_wise(*parts, "")
