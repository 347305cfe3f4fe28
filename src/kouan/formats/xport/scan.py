"""What a SAS transport file holds: its members, where their rows end, its text's encoding, which numbers are dates."""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.formats import messages
from kouan.formats.files import opened
from kouan.formats.xport.columns import DAY, fits_days, fits_moments, is_day_format, is_moment_format
from kouan.formats.xport.layout import (
    DESCRIPTOR_MARK,
    LIBRARY_BYTES,
    MEMBER_BYTES,
    MEMBER_MARK,
    RECORD,
    Broken,
    Member,
    names_bytes,
    parse_count,
    parse_member,
)
from kouan.formats.xport.numbers import decode
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kouan.formats.options import Limits
    from kouan.formats.xport.numbers import Bytes

CHUNK_BYTES = 16 << 20
"""Bytes of rows that are in memory at a time."""
_MOST_MEMBERS = 1000
_TOO_MANY = Text(zh=f"超过 {_MOST_MEMBERS} 张表", en=f"more than {_MOST_MEMBERS} tables")
_FILL = b" \0"
_SAMPLE = 1 << 16
_ASCII = bytes(range(128))


@dataclass(slots=True)
class MemberMarks:
    """Notes, while a file is hashed, where a member may begin."""

    found: list[int] = field(default_factory=list)
    _seen: int = 0
    _tail: bytes = b""

    def feed(self, piece: bytes) -> None:
        """Look through one piece."""
        text, base = self._tail + piece, self._seen - len(self._tail)
        at = text.find(MEMBER_MARK)
        while at >= 0 and len(self.found) <= _MOST_MEMBERS:
            if (base + at) % RECORD == 0:
                self.found.append(base + at)
            at = text.find(MEMBER_MARK, at + 1)
        self._seen += len(piece)
        self._tail = text[1 - len(MEMBER_MARK) :]


def read_members(path: Path, size: int, starts: Sequence[int], limits: Limits) -> tuple[bytes, tuple[Member, ...]]:
    """Return the library's records and all members with their numbers of rows.

    Raises:
        KouanError: K-FMT-015, 032, 033.
    """
    if len(starts) > _MOST_MEMBERS:
        raise messages.XPORT_DAMAGED.at(str(path), part=_TOO_MANY)
    try:
        with opened(path) as descriptor:
            starts = _true_starts(descriptor, starts)
            members: list[Member] = []
            for start, end in zip(starts, [*starts[1:], size], strict=True):
                known = sum(len(member.variables) for member in members)
                member = _member(path, descriptor, start, known=known, limits=limits)
                members.append(_with_rows(descriptor, member, end))
            return _exactly(descriptor, 0, LIBRARY_BYTES), tuple(members)
    except Broken as broken:
        raise messages.XPORT_DAMAGED.at(str(path), part=same(str(broken))) from None


def blocks(path: Path, member: Member, rows: int) -> Iterator[Bytes]:
    """Yield a member's rows as arrays of shape (n, bytes of a row), n at most `rows` and as few as memory asks."""
    most = max(1, min(rows, CHUNK_BYTES // max(1, member.row_bytes)))
    for first in range(0, member.rows, most):
        yield read_rows(path, member, first, min(most, member.rows - first))


def read_rows(path: Path, member: Member, first: int, count: int) -> Bytes:
    """Return rows as an array of shape (count, bytes of a row). Raises KouanError: K-FMT-025, 026."""
    width = member.row_bytes
    raw = read_bytes(path, member.start + first * width, count * width)
    return np.frombuffer(raw, np.uint8).reshape(count, width)


def read_bytes(path: Path, at: int, length: int) -> bytes:
    """Return bytes of a file that are known to be there. Raises KouanError: K-FMT-025, 026."""
    with opened(path) as descriptor:
        raw = os.pread(descriptor, length, at)
    if len(raw) < length:
        raise messages.CHANGED.at(str(path))
    return raw


@dataclass(frozen=True, slots=True)
class Findings:
    """What only the rows can tell.

    Attributes:
        codec: of all text.
        guessed: whether the text is neither UTF-8 nor GB18030, so that Latin-1 is only assumed.
        broken: characters that are not valid in it, such as those that a column's width cuts off.
        kinds: by member, the type each variable is read as.
        not_dates: by member, variables with a date format whose numbers are no dates.
    """

    codec: str
    guessed: bool
    broken: int
    kinds: tuple[tuple[pa.DataType, ...], ...]
    not_dates: tuple[tuple[int, ...], ...]


def examine(path: Path, members: Sequence[Member], stated: str | None) -> Findings:
    """Read all rows once. Raises KouanError: K-FMT-011, 036."""
    codec = None if stated is None else _known(path, stated)
    texts = _Texts([codec] if codec else ["utf-8", "gb18030"])
    for member in members:
        texts.feed(b"\n".join(part for one in member.variables for part in (one.name, one.label)))
    kinds, not_dates = [], []
    for member in members:
        dates = [_DateColumn(index, one.format) for index, one in enumerate(member.variables) if one.numeric]
        dates = [one for one in dates if one.kind is not None]
        for block in blocks(path, member, CHUNK_BYTES):
            _feed_texts(texts, member, block)
            for date in dates:
                date.feed(block[:, member.variables[date.index].position : member.variables[date.index].end])
        found = {date.index: date.type for date in dates}
        plain = [pa.float64() if one.numeric else pa.string() for one in member.variables]
        kinds.append(tuple(found.get(index, kind) for index, kind in enumerate(plain)))
        not_dates.append(tuple(date.index for date in dates if not date.fits))
    codec, guessed = texts.choose(path, codec)
    return Findings(codec, guessed, texts.wrong.get(codec, 0), tuple(kinds), tuple(not_dates))


@dataclass(slots=True)
class _DateColumn:
    """Whether the numbers of one column with a date format are dates."""

    index: int
    format: str
    fits: bool = True
    whole: bool = True

    @property
    def kind(self) -> str | None:
        return "day" if is_day_format(self.format) else "moment" if is_moment_format(self.format) else None

    @property
    def type(self) -> pa.DataType:
        if not self.fits:
            return pa.float64()
        return DAY if self.kind == "day" else pa.timestamp("s" if self.whole else "us")

    def feed(self, raw: Bytes) -> None:
        values, _ = decode(raw)
        self.fits = self.fits and (fits_days(values) if self.kind == "day" else fits_moments(values))
        self.whole = self.whole and bool((values == np.floor(values)).all())


@dataclass(slots=True)
class _Texts:
    """How well all text that is not ASCII fits each of a few codecs."""

    codecs: list[str]
    right: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    sample: bytes = b""

    def feed(self, lines: bytes) -> None:
        """Count in cells, one a line."""
        if lines.isascii():
            return
        for codec in self.codecs:
            text = lines.decode(codec, "replace")
            wrong = text.count("\ufffd")
            strange = len(text) - len(text.encode("ascii", "ignore"))
            self.wrong[codec] = self.wrong.get(codec, 0) + wrong
            self.right[codec] = self.right.get(codec, 0) + strange - wrong
        if len(self.sample) < _SAMPLE:
            self.sample += lines[:_SAMPLE]

    def choose(self, path: Path, stated: str | None) -> tuple[str, bool]:
        """Return the codec, and whether it is only assumed."""
        if stated is not None:
            if not self._fits(stated):
                raise messages.XPORT_ENCODING.at(str(path), encoding=stated)
            return stated, False
        if self._fits("utf-8"):
            return "utf-8", False
        if self._fits("gb18030") and self._is_chinese():
            return "gb18030", False
        return "latin-1", True

    def _fits(self, codec: str) -> bool:
        """Tell whether most of the text is right: widths given in bytes often cut a cell's last character."""
        return 3 * self.wrong.get(codec, 0) <= self.right.get(codec, 0)

    def _is_chinese(self) -> bool:
        """Tell whether most characters are common: almost any bytes are GB18030 of some rare ones.

        Common are the first level of GB 2312 and its marks; accented small letters of Latin-1 begin none of them.
        """
        strange = [char for char in self.sample.decode("gb18030", "ignore") if char > "\x7f"]
        leads = [char.encode("gb2312", "ignore")[:1] for char in strange]
        return 2 * sum(b"\xa1" <= lead <= b"\xd7" for lead in leads) >= len(strange)


def _feed_texts(texts: _Texts, member: Member, block: Bytes) -> None:
    high = np.bitwise_or.reduce(block, axis=0) & 0x80
    for one in member.variables:
        if one.numeric or not high[one.position : one.end].any():
            continue
        cells = block[:, one.position : one.end]
        cells = cells[(cells & 0x80).any(axis=1)]
        lines = np.full((len(cells), one.length + 1), ord("\n"), np.uint8)
        lines[:, :-1] = cells
        texts.feed(lines.tobytes())


def _known(path: Path, stated: str) -> str:
    try:
        name = codecs.lookup(stated).name
        is_ascii_below = _ASCII.decode(name) == _ASCII.decode("ascii")
    except LookupError:
        raise messages.ENCODING_UNKNOWN.at(str(path), encoding=stated) from None
    except UnicodeError:
        is_ascii_below = False
    if not is_ascii_below:
        raise messages.XPORT_ENCODING.at(str(path), encoding=stated)
    return {"gb2312": "gb18030", "gbk": "gb18030", "utf-8-sig": "utf-8", "ascii": "utf-8"}.get(name, name)


def _true_starts(descriptor: int, starts: Sequence[int]) -> list[int]:
    """Return where members begin: a text that looks like a member's first record lacks the second."""
    true = [at for at in starts if os.pread(descriptor, len(DESCRIPTOR_MARK), at + RECORD) == DESCRIPTOR_MARK]
    if not true or true[0] != LIBRARY_BYTES:
        raise Broken("MEMBER")
    return true


def _member(path: Path, descriptor: int, at: int, *, known: int, limits: Limits) -> Member:
    head = _exactly(descriptor, at, MEMBER_BYTES + RECORD)
    count, size = parse_count(head)
    if known + count > limits.columns:
        raise messages.TOO_MANY_COLUMNS.at(str(path), columns=known + count, limit=limits.columns)
    names = _exactly(descriptor, at + len(head), names_bytes(count, size))
    member = parse_member(head, names, at, size)
    if member.row_bytes > limits.row_bytes:
        raise messages.XPORT_ROW.at(str(path), limit=limits.row_bytes, bytes=member.row_bytes)
    return member


def _with_rows(descriptor: int, member: Member, end: int) -> Member:
    """Return the member with its rows counted: as many as there is room for, less blank ones that are only padding."""
    room, width = end - member.start, member.row_bytes
    if room < 0:
        raise Broken("OBS")
    rows = room // width if width else 0
    rest = _exactly(descriptor, end - min(room - rows * width, RECORD), min(room - rows * width, RECORD))
    cut = room % RECORD != 0 or len(rest) == RECORD or bool(rest.strip(_FILL))
    if not cut and width:
        fewest = max(0, (room - RECORD) // width + 1)
        tail = _exactly(descriptor, member.start + fewest * width, (rows - fewest) * width)
        rows = fewest + -(-len(tail.rstrip(b" ")) // width)
    return replace(member, end=end, rows=rows, cut=cut)


def _exactly(descriptor: int, at: int, length: int) -> bytes:
    raw = os.pread(descriptor, length, at)
    if len(raw) < length:
        raise Broken("EOF")
    return raw
