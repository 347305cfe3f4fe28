"""Order numbers and random strings under column names that say nothing: whatever is confirmed here is a mistake."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.labelled import digits as arithmetic
from bench.labelled.columns import counties_of, days, figures, fixed, joined, one_of
from bench.labelled.makers import VIN_ALPHABET
from examples.digits import beside, dates, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

    from bench.labelled.columns import Marks

    Make = Callable[[Generator, int], pa.Array]

_HEX = "0123456789abcdef"
_BASE62 = string.ascii_letters + string.digits
_UPPER = string.ascii_uppercase + string.digits


def _drawn(rng: Generator, count: int, width: int, alphabet: str) -> Marks:
    marks = np.frombuffer(alphabet.encode(), np.uint8)
    return np.asarray(marks[rng.integers(0, len(marks), (count, width))])


def _recent(rng: Generator, count: int) -> Marks:
    return dates(days(rng, count, "2019-01-01", "2026-11-22"))


def _led(head: str, width: int, alphabet: str = string.digits) -> Make:
    """Return a maker of strings with a fixed head and random characters after it."""

    def make(rng: Generator, count: int) -> pa.Array:
        return text(beside([fixed(count, head), _drawn(rng, count, width, alphabet)]))

    return make


def _random(width: int, alphabet: str = string.digits) -> Make:
    return lambda rng, count: text(_drawn(rng, count, width, alphabet))


def _dated(head: str, width: int) -> Make:
    return lambda rng, count: text(beside([fixed(count, head), _recent(rng, count), figures(rng, count, width)]))


def _placed(first: str, last: str) -> Make:
    """Return a maker of a shop's area code, a date and four digits: 18 digits as a resident ID has them."""

    def make(rng: Generator, count: int) -> pa.Array:
        date = dates(days(rng, count, first, last))
        return text(beside([counties_of(rng, count), date, figures(rng, count, 4)]))

    return make


def _timed(rng: Generator, count: int) -> pa.Array:
    clock = beside([one_of(rng, count, ("08", "12", "19", "23")), one_of(rng, count, ("05", "31", "59"))])
    return text(beside([_recent(rng, count), clock, figures(rng, count, 5)]))


def _said(make: Make) -> Make:
    """Return a maker of sentences with one such number in each."""

    def sentence(rng: Generator, count: int) -> pa.Array:
        return joined("订单", make(rng, count), "已发货，请注意查收")

    return sentence


def _whole(low: int, high: int) -> Make:
    return lambda rng, count: pa.array(rng.integers(low, high, count))


def _uuids(rng: Generator, count: int) -> pa.Array:
    parts = [text(_drawn(rng, count, width, _HEX)) for width in (8, 4, 4, 4, 12)]
    return pc.binary_join_element_wise(*parts, "-")


def _versions(rng: Generator, count: int) -> pa.Array:
    parts = [pa.array(rng.integers(0, top, count)).cast(pa.string()) for top in (10, 20, 30, 10)]
    return pc.binary_join_element_wise(*parts, ".")


def _creditlike(rng: Generator, count: int) -> pa.Array:
    rest = _drawn(rng, count, 10, arithmetic.USCC_ALPHABET)
    return text(beside([fixed(count, "91"), counties_of(rng, count), rest]))


def _hyphened(rng: Generator, count: int) -> pa.Array:
    return joined("HT-", text(_recent(rng, count)), "-", text(figures(rng, count, 4)))


ORDERS: dict[str, Make] = {
    "日期 + 10 位，共 18 位": _dated("", 10),
    "日期 + 时分 + 5 位，共 17 位": _timed,
    "日期 + 12 位，共 20 位": _dated("", 12),
    "日期 + 8 位，共 16 位": _dated("", 8),
    "SO + 日期 + 6 位": _dated("SO", 6),
    "门店区划码 + 近年日期 + 4 位": _placed("2019-01-01", "2026-11-22"),
    "区划码 + 1950 至 2005 年日期 + 4 位": _placed("1950-01-01", "2005-12-31"),
    "62 开头 16 位": _led("62", 14),
    "62 开头 19 位": _led("62", 17),
    "4 开头 16 位": _led("4", 15),
    "1 开头 11 位": _led("1", 10),
    "2 开头 12 位": _led("2", 11),
    "SF + 13 位": _led("SF", 13),
    "E + 8 位": _led("E", 8),
    "H + 8 位": _led("H", 8),
    "8 位": _random(8),
    "合同号 HT-日期-4 位": _hyphened,
    "雪花号，整数列": _whole(10**18, 2 * 10**18),
    "毫秒时间戳，整数列": _whole(1_690_000_000_000, 1_795_000_000_000),
    "句中日期开头 18 位": _said(_dated("", 10)),
    "句中 62 开头 16 位": _said(_led("62", 14)),
    "句中门店区划码 + 日期 + 4 位": _said(_placed("2019-01-01", "2026-11-22")),
}
RANDOM: dict[str, Make] = {
    **{f"{width} 位数字": _random(width) for width in (9, 13, 15, 16, 17, 18, 19)},
    "句中 18 位数字": _said(_random(18)),
    "句中 16 位数字": _said(_random(16)),
    "0. 与 16 位小数": _led("0.", 16),
    "17 位 VIN 字母表": _random(17, VIN_ALPHABET),
    "LSV + 14 位 VIN 字母表": _led("LSV", 14, VIN_ALPHABET),
    "18 位信用代码字母表": _random(18, arithmetic.USCC_ALPHABET),
    "91 + 区划码 + 10 位字母表": _creditlike,
    "18 位大写字母数字": _random(18, _UPPER),
    "22 位 base62": _random(22, _BASE62),
    "32 位十六进制": _random(32, _HEX),
    "64 位十六进制": _random(64, _HEX),
    "UUID": _uuids,
    "四段版本号": _versions,
    "10 位大写字母数字": _random(10, _UPPER),
}
LARGEST = 30_000
"""Strings of a family in a large column, at the most: 1.3 million in all."""
SMALL_ROWS = 30
SMALL_COLUMNS = 30


def large(kind: dict[str, Make], rows: int) -> pa.Table:
    """Return one column of each family, named `col_01` and so on in the order of the families."""
    return pa.table({f"col_{at:02}": make(_rng(at), rows) for at, make in enumerate(kind.values(), 1)})


def small(make: Make, seed: int) -> pa.Table:
    """Return many columns of few rows of one family: what a small file leaves to chance."""
    values = make(_rng(seed, 1), SMALL_ROWS * SMALL_COLUMNS)
    return pa.table({f"col_{at:02}": values.slice(at * SMALL_ROWS, SMALL_ROWS) for at in range(SMALL_COLUMNS)})


def _rng(*seed: int) -> Generator:
    return np.random.default_rng([20261123, *seed])
