"""The meter's book: sums by exporter and year, entered once, two processes at once, 0600."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from kouan.meter.ledger import Entry, Ledger
from kouan.model.errors import KouanError
from kouan.model.facts import Range


def _entry(number: int, *, year: int = 2026, exporter: str = "A", hi: int | None = 10) -> Entry:
    return Entry(
        id=f"sha256:{number}",
        exporter=exporter,
        year=year,
        day=f"{year}-03-01",
        ordinary=Range(lo=8, hi=hi),
        sensitive=Range(lo=number, hi=number),
    )


def test_nothing_released_is_not_zero(tmp_path):
    assert Ledger(tmp_path / "m.sqlite").year("A", 2026) is None
    assert not (tmp_path / "m.sqlite").exists()


def test_sum_is_an_upper_end_and_the_largest_release_the_lower(tmp_path):
    book = Ledger(tmp_path / "m.sqlite")
    for number in (1, 2, 3):
        book.record(_entry(number))
    count = book.year("A", 2026)
    assert count is not None
    assert count.ordinary == Range(lo=8, hi=30)
    assert count.sensitive == Range(lo=3, hi=6)


def test_unknown_upper_end_stays_unknown(tmp_path):
    book = Ledger(tmp_path / "m.sqlite")
    book.record(_entry(1))
    book.record(_entry(2, hi=None))
    count = book.year("A", 2026)
    assert count is not None
    assert count.ordinary == Range(lo=8, hi=None)


def test_same_release_counts_once_and_years_and_exporters_are_apart(tmp_path):
    book = Ledger(tmp_path / "m.sqlite")
    for entry in (_entry(1), _entry(1), _entry(2, year=2025), _entry(3, exporter="B")):
        book.record(entry)
    count = book.year("A", 2026)
    assert count is not None
    assert count.sensitive == Range(lo=1, hi=1)


def test_releases_after_a_day_are_also_summed_by_themselves_and_one_may_be_left_out(tmp_path):
    book = Ledger(tmp_path / "m.sqlite")
    for number in (1, 2, 3):
        book.record(dataclasses.replace(_entry(number), day=f"2026-0{number}-01"))
    count = book.year("A", 2026, after=dt.date(2026, 2, 1), but="sha256:1")
    assert count is not None
    assert (count.sensitive, count.later.sensitive) == (Range(lo=3, hi=5), Range(lo=3, hi=3))
    assert book.year("A", 2026, after=dt.date(2026, 3, 1)).later is None


def test_two_at_once(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: Ledger(tmp_path / "m.sqlite").record(_entry(number)), range(20)))
    count = Ledger(tmp_path / "m.sqlite").year("A", 2026)
    assert count is not None
    assert count.ordinary.hi == 200


def test_only_the_owner_may_read(tmp_path):
    Ledger(tmp_path / "m.sqlite").record(_entry(1))
    assert stat.S_IMODE((tmp_path / "m.sqlite").stat().st_mode) == 0o600


def test_damaged_book_is_an_error_not_a_zero(tmp_path):
    (tmp_path / "m.sqlite").write_bytes(b"not a database, certainly not one" * 100)
    with pytest.raises(KouanError) as caught:
        Ledger(tmp_path / "m.sqlite").year("A", 2026)
    assert caught.value.code == "K-MTR-001"


def test_batches_are_summed_with_the_release_they_go_under(tmp_path):
    book = Ledger(tmp_path / "m.sqlite")
    assert book.under("sha256:1") == (Range(lo=0, hi=0), Range(lo=0, hi=0))
    for number, under in ((1, None), (2, "sha256:1"), (3, "sha256:1"), (4, None)):
        book.record(dataclasses.replace(_entry(number, year=2025 + number % 2), under=under))
    assert book.under("sha256:1") == (Range(lo=8, hi=30), Range(lo=3, hi=6))
    assert book.under("sha256:1", but="sha256:3") == (Range(lo=8, hi=20), Range(lo=2, hi=3))


def test_a_book_of_an_earlier_version_is_read_and_written(tmp_path):
    path = tmp_path / "m.sqlite"
    old = sqlite3.connect(path)
    old.execute(
        "create table release (id text primary key, exporter text not null, year integer not null, day text not null,"
        " ordinary_lo integer not null, ordinary_hi integer, sensitive_lo integer not null, sensitive_hi integer) strict"
    )
    old.execute("insert into release values ('sha256:1', 'A', 2026, '2026-03-01', 8, 10, 1, 1)")
    old.commit()
    old.close()
    book = Ledger(path)
    book.record(dataclasses.replace(_entry(2), under="sha256:1"))
    assert book.under("sha256:1") == (Range(lo=8, hi=20), Range(lo=2, hi=3))
    count = book.year("A", 2026)
    assert count is not None
    assert count.sensitive == Range(lo=2, hi=3)


def test_a_release_counts_for_everybody_whom_it_names_and_once(tmp_path):
    book = Ledger(tmp_path / "m.sqlite")
    both = dataclasses.replace(_entry(1), also=("B", "~A"))
    for entry in (both, both, _entry(2, exporter="B")):
        book.record(entry)
    assert book.year("A", 2026).sensitive == Range(lo=1, hi=1)
    assert book.year("A", 2026, names=("~A",)).sensitive == Range(lo=1, hi=1)
    assert book.year("X", 2026, names=("~A",)).sensitive == Range(lo=1, hi=1)
    assert book.year("B", 2026).sensitive == Range(lo=2, hi=3)
    assert book.year("B", 2026, but="sha256:1").sensitive == Range(lo=2, hi=2)
    assert book.year("X", 2026) is None
    assert book.under("sha256:1") == (Range(lo=8, hi=10), Range(lo=1, hi=1))
