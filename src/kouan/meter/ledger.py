"""The meter's book: one row per release in an embedded database, summed by exporter and calendar year.

Releases of one year are added without recognising the same person in two of them, so the sum is an upper end
and the largest single release the lower one.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.meter import messages
from kouan.model.facts import Range

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection
    from pathlib import Path

_SCHEMA = """
create table if not exists release (
  id text primary key,
  exporter text not null,
  year integer not null,
  day text not null,
  ordinary_lo integer not null, ordinary_hi integer,
  sensitive_lo integer not null, sensitive_hi integer,
  under text
) strict
"""
_ALSO = """
create table if not exists also (
  release text not null,
  exporter text not null,
  primary key (release, exporter)
) strict, without rowid
"""
_ADD_UNDER = "alter table release add column under text"
_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One release: its manifest digest, exporter, legal day, and persons of both counters.

    Attributes:
        under: of a later batch of a standing transfer, the id of the first.
        also: other names of the exporter, and those of the exporters beside it, each of whom it counts for as well.
    """

    id: str
    exporter: str
    year: int
    day: str
    ordinary: Range
    sensitive: Range
    under: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearCount:
    """Persons released in one year by one exporter.

    Attributes:
        ordinary, sensitive: of all releases.
        later: of those after the day that was asked for alone, or None when there are none.
    """

    ordinary: Range
    sensitive: Range
    later: YearCount | None = None


class Ledger:
    """The book in one file (0600)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def record(self, entry: Entry) -> None:
        """Add a release; a second call with the same id changes nothing.

        Raises:
            KouanError: K-MTR-001 when the book cannot be written.
        """
        values = (
            entry.id, entry.exporter, entry.year, entry.day,
            entry.ordinary.lo, entry.ordinary.hi, entry.sensitive.lo, entry.sensitive.hi, entry.under,
        )  # fmt: skip
        try:
            with closing(self._open()) as book, book:
                if book.execute("insert or ignore into release values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values).rowcount:
                    book.executemany("insert into also values (?, ?)", [(entry.id, name) for name in set(entry.also)])
        except (sqlite3.Error, OSError) as error:
            raise messages.UNWRITABLE.at(str(self._path), problem=type(error).__name__) from None

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
            after: day up to which another count goes; later releases are also summed by themselves.
            but: id of a release to leave out, which a crash may have entered before its folder got its name.

        Raises:
            KouanError: K-MTR-001 when the book cannot be read.
        """
        if not self._path.exists():
            return None
        mine = tuple({exporter, *names})
        marks = ", ".join("?" * len(mine))
        try:
            with closing(self._open()) as book:
                rows = book.execute(
                    "select ordinary_lo, ordinary_hi, sensitive_lo, sensitive_hi, day from release"  # noqa: S608 - marks
                    f" where (exporter in ({marks}) or id in (select release from also where exporter in ({marks})))"
                    " and year = ? and id is not ?",
                    (*mine, *mine, year, but),
                ).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise messages.UNWRITABLE.at(str(self._path), problem=type(error).__name__) from None
        later = [row for row in rows if after is not None and row[4] > after.isoformat()]
        return _summed(rows, later=_summed(later) if later else None) if rows else None

    def under(self, first: str, *, but: str | None = None) -> tuple[Range, Range]:
        """Return ordinary and sensitive persons of a first release and of all later ones under it.

        Args:
            first: id of the first release.
            but: id of a release to leave out, which a crash may have entered before its folder got its name.

        Raises:
            KouanError: K-MTR-001 when the book cannot be read.
        """
        none = Range(lo=0, hi=0)
        if not self._path.exists():
            return none, none
        try:
            with closing(self._open()) as book:
                rows = book.execute(
                    "select ordinary_lo, ordinary_hi, sensitive_lo, sensitive_hi, day from release"
                    " where (id = ? or under = ?) and id is not ?",
                    (first, first, but),
                ).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise messages.UNWRITABLE.at(str(self._path), problem=type(error).__name__) from None
        count = _summed(rows) if rows else None
        return (none, none) if count is None else (count.ordinary, count.sensitive)

    def _open(self) -> sqlite3.Connection:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        os.close(descriptor)
        book = sqlite3.connect(self._path, timeout=_WAIT_SECONDS)
        book.execute(_SCHEMA)
        book.execute(_ALSO)
        if not _has_under(book):  # a book of an earlier version
            try:
                book.execute(_ADD_UNDER)
            except sqlite3.OperationalError:
                if not _has_under(book):  # else another process was faster
                    raise
        return book


def _has_under(book: sqlite3.Connection) -> bool:
    return any(row[1] == "under" for row in book.execute("pragma table_info(release)"))


def _summed(rows: list[tuple[int, int | None, int, int | None, str]], *, later: YearCount | None = None) -> YearCount:
    return YearCount(
        ordinary=_together([(row[0], row[1]) for row in rows]),
        sensitive=_together([(row[2], row[3]) for row in rows]),
        later=later,
    )


def _together(ranges: list[tuple[int, int | None]]) -> Range:
    highs = [hi for _, hi in ranges]
    return Range(lo=max(lo for lo, _ in ranges), hi=None if None in highs else sum(hi or 0 for hi in highs))
