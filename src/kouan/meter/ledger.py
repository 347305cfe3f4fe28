"""The meter's book: one row per release in an embedded database, counted together by exporter and calendar year.

The persons of releases whose sets are kept are told again (see `union`). The others are added up as ranges: the sum is
an upper end and the largest single release the lower one.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kouan.meter import messages
from kouan.meter.union import Part, unite
from kouan.model.facts import Range

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from kouan.meter.shelf import Shelf

_SCHEMA = """
create table if not exists release (
  id text primary key,
  exporter text not null,
  year integer not null,
  day text not null,
  ordinary_lo integer not null, ordinary_hi integer,
  sensitive_lo integer not null, sensitive_hi integer,
  under text,
  persons text
) strict
"""
_ALSO = """
create table if not exists also (
  release text not null,
  exporter text not null,
  primary key (release, exporter)
) strict, without rowid
"""
_CLOSED = """
create table if not exists closed (
  first text not null,
  year integer not null,
  releases integer not null,
  ordinary_lo integer not null, ordinary_hi integer,
  sensitive_lo integer not null, sensitive_hi integer,
  primary key (first, year)
) strict, without rowid
"""
"""Persons under one authorisation in a past year, whose sets are deleted."""
_LATER_COLUMNS = ("under", "persons")
"""What books of earlier versions have not."""
_READ = "select id, year, day, ordinary_lo, ordinary_hi, sensitive_lo, sensitive_hi, persons from release where "
_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One release: its manifest digest, exporter, legal day, and persons of both counters.

    Attributes:
        under: of a later batch of a standing transfer, the id of the first.
        also: other names of the exporter, and those of the exporters beside it, each of whom it counts for as well.
        persons: digest of the kept set of its persons, or None.
    """

    id: str
    exporter: str
    year: int
    day: str
    ordinary: Range
    sensitive: Range
    under: str | None = None
    also: tuple[str, ...] = ()
    persons: str | None = None


@dataclass(frozen=True, slots=True)
class YearCount:
    """Persons released in one year by one exporter.

    Attributes:
        ordinary, sensitive: of all releases.
        later: of those after the day that was asked for alone, or None when there are none.
        parts: the releases, of which another may be counted beside them.
        lost: releases whose sets were kept and are gone or differ: they count as ranges.
    """

    ordinary: Range
    sensitive: Range
    later: YearCount | None = None
    parts: tuple[Part, ...] = field(default=(), repr=False, compare=False)
    lost: int = 0

    @property
    def joined(self) -> int:
        """Releases whose persons are told again."""
        return sum(one.persons is not None for one in self.parts)


class Ledger:
    """The book in one file (0600)."""

    def __init__(self, path: Path, shelf: Shelf | None = None) -> None:
        """Take the book's place; without a `shelf` every release counts as its ranges."""
        self._path = path
        self._shelf = shelf

    def record(self, entry: Entry) -> None:
        """Add a release; a second call with the same id changes nothing.

        Raises:
            KouanError: K-MTR-001 when the book cannot be written.
        """
        values = (
            entry.id, entry.exporter, entry.year, entry.day,
            entry.ordinary.lo, entry.ordinary.hi, entry.sensitive.lo, entry.sensitive.hi, entry.under, entry.persons,
        )  # fmt: skip
        with self._book() as book:
            if book.execute("insert or ignore into release values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values).rowcount:
                book.executemany("insert into also values (?, ?)", [(entry.id, name) for name in set(entry.also)])

    def year(
        self,
        exporter: str,
        year: int,
        *,
        names: Collection[str] = (),
        after: dt.date | None = None,
        but: str | None = None,
    ) -> YearCount | None:
        """Return what this exporter has released in `year`, or None when nothing.

        Args:
            exporter: as entered.
            year: calendar year.
            names: under which the same exporter may have been entered, too.
            after: day up to which another count goes; later releases are also counted by themselves.
            but: id of a release to leave out, which a crash may have entered before its folder got its name.

        Raises:
            KouanError: K-MTR-001 when the book cannot be read.
        """
        mine = tuple({exporter, *names})
        marks = ", ".join("?" * len(mine))
        rows = self._rows(
            f"(exporter in ({marks}) or id in (select release from also where exporter in ({marks})))"  # noqa: S608 - marks
            " and year = ? and id is not ?",
            (*mine, *mine, year, but),
        )
        later = [row for row in rows if after is not None and row.day > after.isoformat()]
        return _counted(rows, later=_counted(later) if later else None) if rows else None

    def under(self, first: str, *, but: str | None = None, beside: Beside | None = None) -> tuple[Range, Range]:
        """Return ordinary and sensitive persons of a first release and of all later ones under it.

        Who left in two years counts in both: marks of two years cannot be compared.

        Args:
            first: id of the first release.
            but: id of a release to leave out, which a crash may have entered before its folder got its name.
            beside: a batch that is counted with them.

        Raises:
            KouanError: K-MTR-001 when the book cannot be read.
        """
        rows = self._rows("(id = ? or under = ?) and id is not ?", (first, first, but))
        closed = self._closed(first)
        ordinary = sensitive = Range(lo=0, hi=0)
        for year in sorted({row.year for row in rows} | ({beside.year} if beside else set())):
            parts = [row.part for row in rows if row.year == year]
            found = closed.get(year)
            if found is not None and found[0] == len(parts):
                parts = [found[1]]
            if beside is not None and beside.year == year:
                parts.append(beside.part)
            united = unite(parts)
            ordinary, sensitive = _of_years(ordinary, united.ordinary), _of_years(sensitive, united.sensitive)
        return ordinary, sensitive

    def tidy(self, year: int) -> None:
        """Delete the sets of earlier years, and those of this one that no release has.

        What an earlier year comes to under each authorisation is written down first.

        Raises:
            KouanError: K-MTR-001 when the book cannot be read or written.
        """
        if self._shelf is None:
            return
        for past in (one for one in self._shelf.years() if one < year):
            self._close(past)
            self._shelf.drop(past)
        self._shelf.collect({row.id for row in self._rows("year = ? and persons is not null", (year,))}, year=year)

    def _close(self, year: int) -> None:
        firsts = self._asked("select distinct under from release where year = ? and under is not null", (year,))
        for (first,) in firsts:
            rows = self._rows("(id = ? or under = ?) and year = ?", (first, first, year))
            found = unite([row.part for row in rows])
            ends = (found.ordinary.lo, found.ordinary.hi, found.sensitive.lo, found.sensitive.hi)
            with self._book() as book:
                book.execute(
                    "insert or ignore into closed values (?, ?, ?, ?, ?, ?, ?)", (first, year, len(rows), *ends)
                )

    def _closed(self, first: str) -> dict[int, tuple[int, Part]]:
        rows = self._asked(
            "select year, releases, ordinary_lo, ordinary_hi, sensitive_lo, sensitive_hi from closed where first = ?",
            (first,),
        )
        return {row[0]: (row[1], Part(Range(lo=row[2], hi=row[3]), Range(lo=row[4], hi=row[5]))) for row in rows}

    def _rows(self, where: str, values: tuple[object, ...]) -> list[_Row]:
        return [self._row(row) for row in self._asked(f"{_READ}{where} order by id", values)]

    def _row(self, row: tuple[Any, ...]) -> _Row:
        name, year, day, *ends, digest = row
        persons = None
        if digest is not None and self._shelf is not None:
            persons = self._shelf.kept(name, digest, year=year)
        part = Part(Range(lo=ends[0], hi=ends[1]), Range(lo=ends[2], hi=ends[3]), persons)
        return _Row(name, year, day, part, lost=digest is not None and persons is None)

    def _asked(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with self._book() as book:
            return book.execute(query, values).fetchall()

    @contextmanager
    def _book(self) -> Iterator[sqlite3.Connection]:
        """Open the book for one transaction. Raises KouanError K-MTR-001."""
        try:
            with closing(self._open()) as book, book:
                yield book
        except (sqlite3.Error, OSError) as error:
            raise messages.UNWRITABLE.at(str(self._path), problem=type(error).__name__) from None

    def _open(self) -> sqlite3.Connection:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        os.close(descriptor)
        book = sqlite3.connect(self._path, timeout=_WAIT_SECONDS)
        for table in (_SCHEMA, _ALSO, _CLOSED):
            book.execute(table)
        for name in _LATER_COLUMNS:
            if name not in _columns(book):
                try:
                    book.execute(f"alter table release add column {name} text")
                except sqlite3.OperationalError:
                    if name not in _columns(book):  # else another process was faster
                        raise
        return book


@dataclass(frozen=True, slots=True)
class Beside:
    """A batch that was not released yet, and the year it is of."""

    part: Part
    year: int


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    year: int
    day: str
    part: Part
    lost: bool


def _of_years(one: Range, other: Range) -> Range:
    return Range(lo=max(one.lo, other.lo), hi=one.plus(other).hi)


def _columns(book: sqlite3.Connection) -> list[str]:
    return [row[1] for row in book.execute("pragma table_info(release)")]


def _counted(rows: list[_Row], *, later: YearCount | None = None) -> YearCount:
    parts = tuple(row.part for row in rows)
    found = unite(parts)
    return YearCount(found.ordinary, found.sensitive, later, parts, lost=sum(row.lost for row in rows))
