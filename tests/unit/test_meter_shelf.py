"""Sets of persons in the exporter's home: found by year and key, dropped with the year, written whole or not at all."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat

import numpy as np
import pytest

from kouan.evidence import FileKeyStore
from kouan.meter.ledger import Beside, Entry, Ledger
from kouan.meter.personset import order, set_of, starts_of, together
from kouan.meter.shelf import Shelf, key_purpose
from kouan.meter.union import Part, unite
from kouan.model.errors import KouanError
from kouan.model.facts import Range
from kouan.recognize.across import Marks

KEYS = FileKeyStore.passing(b"r" * 32)


def some(first: int, last: int, *, sensitive: bool = False, rest: int = 0):
    """The persons of some numbers."""
    numbers = np.arange(first, last, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    halves = np.stack([numbers, numbers ^ np.uint64(77)], axis=1).astype(">u8")
    count = last - first
    return set_of(
        Marks(
            np.frombuffer(halves.tobytes(), "V16"),
            np.zeros(count, np.bool_),
            np.full(count, sensitive),
            rest=rest,
            rest_sensitive=0,
        )
    )


def exactly(number: int) -> Range:
    return Range(lo=number, hi=number)


@pytest.fixture
def book(tmp_path):
    shelf = Shelf(tmp_path / "persons", KEYS)
    return Ledger(tmp_path / "meter.sqlite", shelf), shelf


def release(book, name, persons, *, year=2026, day=None, under=None, kept=True):
    ledger, shelf = book
    ordinary = persons.most - persons.most_sensitive
    ledger.record(
        Entry(
            id=f"sha256:{name}",
            exporter="A",
            year=year,
            day=day or f"{year}-03-01",
            ordinary=exactly(ordinary),
            sensitive=exactly(persons.most_sensitive),
            under=under and f"sha256:{under}",
            persons=shelf.keep(persons, year=year, release=f"sha256:{name}") if kept else None,
        )
    )


def test_releases_of_a_year_are_counted_by_persons_and_older_rows_by_range(book):
    release(book, "a", some(0, 100))
    release(book, "b", some(50, 150))
    assert book[0].year("A", 2026).ordinary == Range(lo=100, hi=150)
    release(book, "c", some(0, 30), kept=False)
    count = book[0].year("A", 2026)
    assert count.ordinary == Range(lo=100, hi=180)
    assert (count.joined, len(count.parts), count.lost) == (2, 3, 0)


def test_what_left_later_is_counted_by_persons_too(book):
    release(book, "a", some(0, 100), day="2026-02-01")
    release(book, "b", some(0, 100), day="2026-04-01")
    release(book, "c", some(0, 100), day="2026-05-01")
    count = book[0].year("A", 2026, after=dt.date(2026, 3, 1))
    assert count.ordinary == exactly(100)
    assert count.later.ordinary == exactly(100)


def test_who_has_no_mark_adds_up(book):
    for name in ("a", "b"):
        release(book, name, some(0, 100, rest=5))
    assert book[0].year("A", 2026).ordinary == Range(lo=105, hi=110)


def test_marks_of_two_years_are_never_joined(book):
    release(book, "a", some(0, 100), year=2025)
    release(book, "b", some(0, 100), year=2026, under="a")
    assert book[0].year("A", 2026).ordinary == exactly(100)
    assert book[0].under("sha256:a")[0] == Range(lo=100, hi=200)
    assert KEYS.derive(key_purpose(2025)) != KEYS.derive(key_purpose(2026))


def test_a_new_year_deletes_the_sets_of_the_old_and_keeps_what_they_came_to(book):
    ledger, shelf = book
    release(book, "a", some(0, 100), year=2025)
    for name in ("b", "c"):
        release(book, name, some(0, 110), year=2025, under="a")
    before = ledger.under("sha256:a")
    assert before[0] == Range(lo=110, hi=110)
    ledger.tidy(2026)
    assert shelf.years() == []
    assert ledger.under("sha256:a") == before
    batch = some(0, 100)
    beside = Beside(Part(exactly(100), exactly(0), batch), 2026)
    assert ledger.under("sha256:a", beside=beside)[0].hi == 210
    late = Beside(Part(exactly(100), exactly(0), batch), 2025)
    assert ledger.under("sha256:a", beside=late)[0].hi == 210


def test_the_same_year_keeps_its_sets(book):
    ledger, shelf = book
    release(book, "a", some(0, 100))
    shelf.wait({"patient": some(0, 10)}, year=2026, inventory="sha256:i")
    ledger.tidy(2026)
    assert ledger.year("A", 2026).joined == 1
    assert shelf.waiting("sha256:i", year=2026) is not None


def test_another_root_key_knows_nobody(book, tmp_path):
    release(book, "a", some(0, 100))
    other = Shelf(tmp_path / "persons", FileKeyStore.passing(b"s" * 32))
    count = Ledger(tmp_path / "meter.sqlite", other).year("A", 2026)
    assert (count.joined, count.lost) == (0, 1)


def test_files_are_for_their_owner_alone(book, tmp_path):
    release(book, "a", some(0, 3))
    for path in (tmp_path / "persons").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_full_disk_leaves_nothing(book, monkeypatch, tmp_path):
    def full(descriptor, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", lambda descriptor: full(descriptor, b""))
    with pytest.raises(KouanError) as caught:
        book[1].keep(some(0, 100), year=2026, release="sha256:a")
    assert caught.value.message.code == "K-MTR-002"
    monkeypatch.undo()
    assert [one for one in (tmp_path / "persons").rglob("*") if one.is_file()] == []


def test_a_release_of_fewer_than_may_be_in_it_counts_no_more_than_those(book):
    ledger, shelf = book
    release(book, "a", some(0, 100))
    ledger.record(
        Entry(
            id="sha256:b",
            exporter="A",
            year=2026,
            day="2026-03-01",
            ordinary=exactly(5),
            sensitive=exactly(0),
            persons=shelf.keep(some(100, 1100), year=2026, release="sha256:b"),
        )
    )
    assert ledger.year("A", 2026).ordinary == Range(lo=100, hi=105)


def test_halves_that_collide_are_told_apart():
    high = np.array([7, 7, 7, 3], np.uint64)
    low = np.array([2, 1, 2, 9], np.uint64)
    at = order(high, low)
    assert list(zip(high[at].tolist(), low[at].tolist(), strict=True)) == [(3, 9), (7, 1), (7, 2), (7, 2)]
    assert starts_of(high[at], low[at]).tolist() == [0, 1, 2]


def test_more_persons_of_one_mark_than_a_byte_holds_add_up():
    crowd = together([some(0, 1, rest=0)] * 300)
    assert crowd.most == 300
    part = Part(exactly(300), exactly(0), crowd)
    assert unite([part, part]).ordinary.hi == 345  # 255 under the mark, 45 in each without
