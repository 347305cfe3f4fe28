"""Loyalty members and orders of a retailer, as its systems would export them: Chinese and English names mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from examples import defects, digits, orders, places
from examples.people import TODAY, People, people

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.random import Generator

MEMBERS = 1_200_000
"""People with a membership."""

ORDERS = 2_000_000
"""Orders of two years; not every member ordered, and some buyers are no members."""

_PART = 100_000
_LEVELS = pa.array(["普通会员", "银卡会员", "金卡会员", "钻石会员"])
_STORED_VALUE = 0.025


def write_members(folder: Path, seed: int, *, scale: int) -> None:
    """Write `members.parquet`; see `write_parts` for the arguments."""
    write_parts(folder / "members.parquet", MEMBERS // scale, members, seed=(seed, 2))


def write_orders(folder: Path, seed: int, *, scale: int) -> None:
    """Write `orders.parquet`; see `write_parts` for the arguments."""

    def part(rng: Generator, first: int, count: int) -> pa.Table:
        return orders.orders(rng, first, count=count, members=MEMBERS // scale)

    write_parts(folder / "orders.parquet", ORDERS // scale, part, seed=(seed, 3))


def write_parts(
    path: Path, rows: int, make: Callable[[Generator, int, int], pa.Table], *, seed: tuple[int, int]
) -> None:
    """Write a table part by part, so that memory stays flat.

    Args:
        path: where to.
        rows: rows in all.
        make: makes the rows from a number on; gets random numbers of its own for each part.
        seed: of the random numbers, with the table's own number.
    """
    writer: pq.ParquetWriter | None = None
    try:
        for number, first in enumerate(range(0, rows, _PART)):
            rng = np.random.default_rng([*seed, number])
            table = make(rng, first, min(_PART, rows - first))
            writer = writer or pq.ParquetWriter(path, table.schema, compression="snappy")
            writer.write_table(table)
    finally:
        if writer:
            writer.close()


def members(rng: Generator, first: int, count: int) -> pa.Table:
    """Return members `first + 1` to `first + count`, a few of them exported twice."""
    who = people(rng, count, ages=(13.9, 82))
    table = pa.table(
        {
            "member_id": digits.member_ids(np.arange(first, first + count)),
            "姓名": _untidy_names(who, rng),
            "手机": _untidy_mobiles(who.mobile, rng),
            "email": defects.blank(defects.spoil(who.emails(rng), rng, 0.02, change=str.upper), rng, 0.55),
            "gender": _untidy_sex(who, rng),
            "生日": _untidy_birthdays(who.births, rng),
            "city": _untidy_cities(places.cities(who.place), rng),
            "register_date": pa.array(np.datetime64(TODAY) - rng.integers(1, 3650, count).astype("timedelta64[D]")),
            "会员等级": _LEVELS.take(pa.array(rng.choice(4, count, p=[0.7, 0.2, 0.08, 0.02]))),
            "支付账号": _payment_accounts(rng, count),
            "收货地址": defects.blank(places.addresses(rng, who.place), rng, 0.35),
            "points": defects.blank(pa.array(np.round(rng.exponential(800, count))), rng, 0.05),
        }
    )
    again = np.sort(rng.choice(count, max(count // 1000, 1), replace=False))
    return pa.concat_tables([table, table.take(pa.array(again))]).combine_chunks()


def _untidy_names(who: People, rng: Generator) -> pa.Array:
    name = defects.blank(who.name, rng, 0.015)
    name = defects.spoil(name, rng, 0.004, change=lambda v: v[0] + "女士")
    name = defects.spoil(name, rng, 0.004, change=lambda v: v[0] + "先生")
    return defects.spoil(name, rng, 0.006, change=defects.around(" ", " "))


def _untidy_mobiles(mobile: pa.Array, rng: Generator) -> pa.Array:
    mobile = defects.shared(defects.blank(mobile, rng, 0.01), rng, 0.02)
    mobile = defects.spoil(mobile, rng, 0.006, change=defects.grouped(3, 4, by=" "))
    mobile = defects.spoil(mobile, rng, 0.003, change=defects.around("+86", ""))
    mobile = defects.spoil(mobile, rng, 0.002, change=defects.full_width)
    return defects.spoil(mobile, rng, 0.005, change=lambda v: v[:-1])


def _untidy_sex(who: People, rng: Generator) -> pa.Array:
    sex = pc.if_else(pa.array(who.male), "男", "女")
    sex = defects.spoil(sex, rng, 0.05, change=lambda v: {"男": "M", "女": "F"}[v])
    return defects.blank(sex, rng, 0.08)


def _untidy_birthdays(births: np.ndarray, rng: Generator) -> pa.Array:
    iso = defects.blank(pc.strftime(pa.array(births.astype("datetime64[D]")), format="%Y-%m-%d"), rng, 0.3)
    iso = defects.spoil(iso, rng, 0.03, change=lambda v: v.replace("-", "/"))
    iso = defects.spoil(iso, rng, 0.02, change=lambda v: v.replace("-", ""))
    iso = defects.spoil(iso, rng, 0.01, change=lambda v: v[5:])
    return defects.spoil(iso, rng, 0.01, change=lambda _: "1900-01-01")


def _untidy_cities(city: pa.Array, rng: Generator) -> pa.Array:
    return defects.blank(defects.spoil(city, rng, 0.06, change=lambda v: v.removesuffix("市")), rng, 0.04)


def _payment_accounts(rng: Generator, count: int) -> pa.Array:
    """Return card numbers of the few members who pay with a stored balance."""
    card = defects.blank(digits.cards(rng, count), rng, 1 - _STORED_VALUE)
    card = defects.spoil(card, rng, 0.03, change=defects.wrong_check)
    return defects.spoil(card, rng, 0.02, change=defects.grouped(4, 4, 4, 4, by=" "))
