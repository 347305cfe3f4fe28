"""The records of a SAS transport file of version 5 (SAS technical note TS-140): parsed from bytes, and built again.

Everything lies in records of 80 bytes: three of the library; for each member four of its own, one and then the
NAMESTRs (140 bytes a variable) padded with blanks, one more, and the rows padded with blanks. Nothing counts the rows.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

RECORD = 80
LIBRARY_MARK = b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!"
MEMBER_MARK = b"HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!"
DESCRIPTOR_MARK = b"HEADER RECORD*******DSCRPTR HEADER RECORD!!!!!!!"
_NAMESTR_MARK = b"HEADER RECORD*******NAMESTR HEADER RECORD!!!!!!!"
_ROWS_MARK = b"HEADER RECORD*******OBS     HEADER RECORD!!!!!!!"
_ZEROS = b"0" * 30 + b"  "
LIBRARY_BYTES = 3 * RECORD
MEMBER_BYTES = 4 * RECORD
MOST_TEXT = 200
_MOST_TEXT_READ = 32_767
_NUMBER_BYTES = range(2, 9)
_NAMESTR = struct.Struct(">hhhh8s40s8shhh2s8shhi")
_NAMESTR_SIZES = {b"0140": 140, b"0136": 136}
_FILL = b" \0"
_NUMBER, _TEXT = 1, 2


class Broken(Exception):  # noqa: N818 - says what the file is
    """The records do not follow TS-140; the argument names the record."""


class _Namestr(NamedTuple):
    """The fields of a NAMESTR in their order, by their names in TS-140."""

    ntype: int
    nhfun: int
    nlng: int
    nvar0: int
    nname: bytes
    nlabel: bytes
    nform: bytes
    nfl: int
    nfd: int
    nfj: int
    nfill: bytes
    niform: bytes
    nifl: int
    nifd: int
    npos: int


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a member.

    Attributes:
        name, label: as stored, without the blanks at the end.
        numeric: an IBM number, else text.
        length: bytes in a row.
        position: of its first byte in a row.
        format: SAS format's name in capitals, without width; empty when there is none.
        namestr: its NAMESTR; filler that holds neither blanks nor zero bytes is zeroed, so that nothing unread leaves.
        hidden: whether the filler held anything.
    """

    name: bytes
    label: bytes
    numeric: bool
    length: int
    position: int
    format: str
    namestr: bytes
    hidden: bool = False

    @property
    def end(self) -> int:
        """Position past its last byte."""
        return self.position + self.length

    def placed(self, number: int, position: int) -> Variable:
        """Return it as the n-th variable (from 1) at another position in the row."""
        fields = _fields(self.namestr)._replace(nvar0=number, npos=position)
        return self._with(fields, position=position)

    def as_text(self, length: int) -> Variable:
        """Return it as text of `length` bytes; what was a number loses its format, informat and their widths."""
        fields = _fields(self.namestr)._replace(ntype=_TEXT, nlng=length)
        if self.numeric:
            fields = fields._replace(nform=b" " * 8, nfl=0, nfd=0, nfj=0, niform=b" " * 8, nifl=0, nifd=0)
        elif 0 < fields.nfl < length:
            fields = fields._replace(nfl=length)
        form = "" if self.numeric else self.format
        return self._with(fields, numeric=False, length=length, format=form)

    def as_long(self) -> Variable:
        """Return a numeric variable with all 8 bytes of a number."""
        return self._with(_fields(self.namestr)._replace(nlng=8), length=8)

    def _with(self, fields: _Namestr, **changes: object) -> Variable:
        rest = self.namestr[_NAMESTR.size :]
        return replace(self, namestr=_NAMESTR.pack(*fields) + rest, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Member:
    """One data set of the file.

    Attributes:
        name: of the data set, as stored, without the blanks at the end.
        header: its four records before the NAMESTRs' own.
        names_record, rows_record: the records before the NAMESTRs and before the rows.
        variables: in the order of their NAMESTRs.
        names_fill: what pads the NAMESTRs to whole records.
        start: position of the first row in the file.
        end: position past the last row's padding.
        rows: number of rows; rows of nothing but blanks cannot be told from the padding.
        cut: whether the file ends inside a row, which is then not read, or inside a record.
    """

    name: bytes
    header: bytes
    names_record: bytes
    rows_record: bytes
    variables: tuple[Variable, ...]
    names_fill: bytes
    start: int
    end: int
    rows: int = 0
    cut: bool = False

    @property
    def row_bytes(self) -> int:
        """Bytes of one row."""
        return sum(variable.length for variable in self.variables)


def variable(
    name: bytes, label: bytes, *, numeric: bool, length: int, form: tuple[str, int, int] = ("", 0, 0)
) -> Variable:
    """Return a new variable; `form` is a SAS format's name, width and decimals."""
    kind = _TEXT if not numeric else _NUMBER
    title, width, decimals = form
    packed = _NAMESTR.pack(
        *_Namestr(
            kind, 0, length, 0, _filled(name, 8), _filled(label, 40), _filled(title.encode(), 8), width, decimals, 0,
            b"\0\0", b" " * 8, 0, 0, 0,
        )
    )  # fmt: skip
    return Variable(name, label, numeric, length, 0, title, packed.ljust(140, b"\0"))


def arranged(variables: Sequence[Variable]) -> tuple[Variable, ...]:
    """Return variables numbered from 1 and laid end to end, in the order of their positions so far (ties: as given)."""
    order = sorted(range(len(variables)), key=lambda index: variables[index].position)
    positions, position = {}, 0
    for index in order:
        positions[index] = position
        position += variables[index].length
    return tuple(one.placed(index + 1, positions[index]) for index, one in enumerate(variables))


def namestrs(member: Member, variables: Sequence[Variable]) -> bytes:
    """Return the records that name the variables, and the record before the rows."""
    listed = b"".join(one.namestr for one in variables)
    fill = member.names_fill if len(variables) == len(member.variables) else b" " * (-len(listed) % RECORD)
    record = member.names_record
    return record[:54] + b"%04d" % len(variables) + record[58:] + listed + fill + member.rows_record


def library_header(stamp: bytes) -> bytes:
    """Return the first three records of a new file; `stamp` is its time, as 01JAN26:00:00:00."""
    system = b"SAS     SAS     SASLIB  9.4     KOUAN   " + b" " * 24 + stamp
    return LIBRARY_MARK + _ZEROS + system + stamp.ljust(RECORD)


def new_member(name: bytes, label: bytes, stamp: bytes) -> Member:
    """Return the header of a new data set, without variables."""
    mark = MEMBER_MARK + b"000000000000000001600000000140  " + DESCRIPTOR_MARK + _ZEROS
    system = b"SAS     " + _filled(name, 8) + b"SASDATA 9.4     KOUAN   " + b" " * 24 + stamp
    second = stamp.ljust(32) + _filled(label, 40) + b" " * 8
    names = _NAMESTR_MARK + b"0" * 30 + b"  "
    return Member(name, mark + system + second, names, _ROWS_MARK + _ZEROS, (), b"", 0, 0)


def parse_count(head: bytes) -> tuple[int, int]:
    """Return how many variables a member names, and the bytes of each NAMESTR, from its first five records.

    Raises:
        Broken: a record is not what TS-140 puts there.
    """
    if not head.startswith(MEMBER_MARK) or not head[RECORD:].startswith(DESCRIPTOR_MARK):
        raise Broken("MEMBER")
    size = _NAMESTR_SIZES.get(head[74:78])
    names = head[MEMBER_BYTES:]
    if size is None or not names.startswith(_NAMESTR_MARK) or not names[54:58].isdigit():
        raise Broken("NAMESTR")
    return int(names[54:58]), size


def parse_member(head: bytes, names: bytes, at: int, size: int) -> Member:
    """Return a member without its rows.

    Args:
        head: its first five records.
        names: everything between them and the rows, the last record included.
        at: position of `head` in the file.
        size: bytes of one NAMESTR.

    Raises:
        Broken: a record is not what TS-140 puts there.
    """
    count, _ = parse_count(head)
    used = count * size
    rows_record = names[-RECORD:]
    if not rows_record.startswith(_ROWS_MARK) or names[used:-RECORD].strip(_FILL):
        raise Broken("OBS")
    variables = tuple(_variable(names[start : start + size]) for start in range(0, used, size))
    _check_row(variables)
    start = at + len(head) + len(names)
    return Member(
        name=head[168:176].rstrip(_FILL),
        header=head[:MEMBER_BYTES],
        names_record=head[MEMBER_BYTES:],
        rows_record=rows_record,
        variables=variables,
        names_fill=names[used:-RECORD],
        start=start,
        end=start,
    )


def names_bytes(count: int, size: int) -> int:
    """Return the bytes from the first NAMESTR to the first row."""
    used = count * size
    return used + -used % RECORD + RECORD


def _variable(raw: bytes) -> Variable:
    fields = _fields(raw)
    if fields.ntype not in {_NUMBER, _TEXT}:
        raise Broken("NAMESTR: ntype")
    numeric = fields.ntype == _NUMBER
    if fields.nlng not in (_NUMBER_BYTES if numeric else range(1, _MOST_TEXT_READ + 1)):
        raise Broken("NAMESTR: nlng")
    fill, rest = fields.nfill, raw[_NAMESTR.size :]
    hidden = bool(fill.strip(_FILL) or rest.strip(_FILL))
    if hidden:
        raw = _NAMESTR.pack(*fields._replace(nfill=b"\0\0")) + bytes(len(rest))
    return Variable(
        name=fields.nname.rstrip(_FILL),
        label=fields.nlabel.rstrip(_FILL),
        numeric=numeric,
        length=fields.nlng,
        position=fields.npos,
        format=fields.nform.rstrip(_FILL).decode("ascii", "replace").upper(),
        namestr=raw,
        hidden=hidden,
    )


def _check_row(variables: Sequence[Variable]) -> None:
    """Refuse rows in which variables overlap, or bytes belong to none: such bytes could not be examined."""
    end = 0
    for one in sorted(variables, key=lambda one: one.position):
        if one.position != end:
            raise Broken("NAMESTR: npos")
        end = one.end


def _fields(namestr: bytes) -> _Namestr:
    return _Namestr(*_NAMESTR.unpack(namestr[: _NAMESTR.size]))


def _filled(text: bytes, length: int) -> bytes:
    if len(text) > length:
        raise ValueError(f"longer than {length} bytes")
    return text.ljust(length)
