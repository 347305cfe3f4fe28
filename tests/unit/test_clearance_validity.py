"""How long a certificate is valid: the day of issue counts, and a month without the corresponding day ends it on its last."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.clearance.certifying import last_day


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2026-11-23", 12, "2027-11-22"),
        ("2026-11-23", 1, "2026-12-22"),
        ("2026-01-01", 12, "2026-12-31"),
        ("2026-12-31", 12, "2027-12-30"),
        ("2027-03-01", 12, "2028-02-29"),
        ("2028-02-28", 12, "2029-02-27"),
        ("2028-02-29", 12, "2029-02-28"),  # 2029 has no 29 February
        ("2028-02-29", 1, "2028-03-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-08-30", 6, "2027-02-28"),
        ("2026-08-29", 6, "2027-02-28"),
        ("2026-08-28", 6, "2027-02-27"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-03-30", 1, "2026-04-29"),
    ],
)
def test_the_last_day(first: str, months: int, last: str) -> None:
    assert last_day(dt.date.fromisoformat(first), months) == dt.date.fromisoformat(last)


def test_issued_later_it_never_ends_earlier_and_twelve_months_are_a_year() -> None:
    days = [dt.date(2027, 1, 1) + dt.timedelta(days=at) for at in range(1500)]
    for months in range(1, 13):
        ends = [last_day(day, months) for day in days]
        assert ends == sorted(ends)
        assert all(0 < (end - day).days <= 31 * months for day, end in zip(days, ends, strict=True))
    assert {(last_day(day, 12) - day).days for day in days} == {364, 365}
