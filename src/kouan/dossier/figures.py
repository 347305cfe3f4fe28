"""Numbers, ranges, days and facts as people read them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kouan.model.facts import FactValue, Range
from kouan.model.text import Text, same
from kouan.model.time import SHANGHAI

if TYPE_CHECKING:
    import datetime as dt

    from kouan.model.base import Ratio

_KILO = 1024


def count(number: int) -> str:
    """Return a whole number with thousands separators."""
    return f"{number:,}"


def span(value: Range) -> Text:
    """Return a range: one number when exact, `lo–hi`, or "at least lo"."""
    if value.hi is None:
        return Text(zh=f"至少 {value.lo:,}", en=f"at least {value.lo:,}")
    return same(count(value.lo) if value.lo == value.hi else f"{value.lo:,}–{value.hi:,}")


def percent(value: Ratio) -> str:
    """Return a ratio as a percentage: no decimals when whole, else one, and never 0 % or 100 % by rounding."""
    number = value * 100
    if number == number.to_integral_value():
        return f"{number:.0f}%"
    if number < Decimal("0.1"):
        return "<0.1%"
    if number > Decimal("99.9"):
        return ">99.9%"
    return f"{number:.1f}%"


def size(number: int) -> str:
    """Return bytes in B, KiB, MiB or GiB."""
    if number < _KILO:
        return f"{number} B"
    value = Decimal(number)
    for unit in ("KiB", "MiB", "GiB"):
        value /= _KILO
        if value < _KILO or unit == "GiB":
            break
    return f"{value:,.1f} {unit}"


def day(value: dt.date) -> Text:
    """Return a day in both languages."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return Text(
        zh=f"{value.year} 年 {value.month} 月 {value.day} 日", en=f"{value.day} {months[value.month - 1]} {value.year}"
    )


def instant(value: dt.datetime) -> Text:
    """Return an instant as Beijing time to the minute."""
    local = value.astimezone(SHANGHAI)
    date = day(local.date())
    clock = f"{local:%H:%M}"
    return Text(zh=f"{date.zh} {clock}（北京时间）", en=f"{date.en}, {clock} Beijing time")


def fact(value: FactValue) -> Text:
    """Return the value of a fact; None is unknown."""
    if value is None:
        return Text(zh="未知", en="unknown")
    if isinstance(value, bool):
        return Text(zh="是", en="yes") if value else Text(zh="否", en="no")
    if isinstance(value, Range):
        return span(value)
    if isinstance(value, int):
        return same(count(value))
    if isinstance(value, tuple):
        words = [fact(one) for one in value]
        return Text(zh="、".join(one.zh for one in words) or "无", en=", ".join(one.en for one in words) or "none")
    return same(value)
