"""Instants are UTC; legal days, deadlines and ages are Asia/Shanghai dates (DESIGN 4.10)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, PlainSerializer

SHANGHAI = ZoneInfo("Asia/Shanghai")

LegalDay = dt.date
"""A day as the law counts it: a calendar date in Asia/Shanghai."""


def _utc(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return value.astimezone(dt.UTC).replace(microsecond=0)


Instant = Annotated[
    dt.datetime,
    AfterValidator(_utc),
    PlainSerializer(lambda value: value.strftime("%Y-%m-%dT%H:%M:%SZ"), return_type=str),
]
"""A moment in UTC to the second."""


def legal_day(instant: dt.datetime) -> LegalDay:
    """Return the Asia/Shanghai date of an instant with a time zone."""
    return instant.astimezone(SHANGHAI).date()


def year_start(day: LegalDay) -> LegalDay:
    """Return 1 January of the day's year, from which order 16 counts persons."""
    return dt.date(day.year, 1, 1)


def age_on(birth: LegalDay, day: LegalDay) -> int:
    """Return completed years of age on `day` (民法典 Art 1259: the birthday itself counts as reached)."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
