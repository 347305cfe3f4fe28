"""Column names out of a header row, and whether the first row is one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kouan.formats import notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.text import Text

_YEAR = re.compile(r"(19|20)\d\d")
_NUMBER = re.compile(r"[-+]?\d+(,\d{3})*(\.\d+)?%?")
_PERSONAL = re.compile(r"\d{7}|\d{3}[ -]\d{4}[ -]\d{4}|[^@\s]@[^@\s]+\.[A-Za-z]")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾郝龚邵钱严覃武戴莫孔汤"
)
_DOUBLE = (
    "欧阳|上官|皇甫|司徒|令狐|诸葛|司马|宇文|呼延|端木|尉迟|夏侯|公孙|"
    "慕容|长孙|东方|南宫|西门|独孤|申屠|闻人|轩辕|钟离|淳于|澹台"
)
_NAMED = re.compile(
    rf"(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{1,6}}·[\u4e00-\u9fff]{{1,8}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
)
_NO_NAME = re.compile(
    r".+[市省县区州率量数额费类型证式表版期度比值分项号级别用点员性力]|高血[压糖脂]|周[一二三四五六日末初次]|唐山|武汉|江[门阴北南西]|史|许可|何时|夏季|陆运|江苏|余[款下]|任务|汤药"
)
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([ T].*)?")
_POSITIONAL = re.compile(r"c([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Header:
    """Names of a table's columns.

    Attributes:
        cells: the header row as it stands in the file; None when there is none.
        names: unique, NFC, without spare white space.
        notes: what had to be changed.
    """

    cells: tuple[str, ...] | None
    names: tuple[str, ...]
    notes: tuple[Text, ...]


def positional_header(width: int, table: str, places: Sequence[int] | None = None) -> Header:
    """Return the names c1…cN of a table without a header; by `places` where columns may stand apart."""
    names = tuple(f"c{place}" for place in places or range(1, width + 1))
    return Header(None, names, (notes.NO_HEADER.fill(table=table, count=width),))


def named_header(cells: Sequence[str], table: str) -> Header:
    """Return unique column names from header cells, with notes on what was changed."""
    tidy = [" ".join(unicodedata.normalize("NFC", cell).split()) for cell in cells]
    names = unique_names(tidy)
    unnamed = [name for name, cell in zip(names, tidy, strict=True) if not cell]
    repeated = [name for name, cell in zip(names, tidy, strict=True) if cell and name != cell]
    spare = sum(cell != was for cell, was in zip(tidy, cells, strict=True))
    said = []
    if unnamed:
        said.append(notes.UNNAMED.fill(table=table, count=len(unnamed), columns=notes.listed(unnamed)))
    if repeated:
        said.append(notes.DUPLICATE.fill(table=table, count=len(repeated), columns=notes.listed(repeated)))
    if spare:
        said.append(notes.TIDIED.fill(table=table, count=spare))
    return Header(tuple(cells), tuple(names), tuple(said))


def unique_names(cells: Sequence[str]) -> list[str]:
    """Return one name per cell: empty ones by position, repeated ones with a number, all distinct."""
    taken = {cell for cell in cells if cell}
    seen: set[str] = set()
    names = []
    for index, cell in enumerate(cells):
        name = cell or f"c{index + 1}"
        if name in seen or (not cell and name in taken):
            name = _numbered(name, taken | seen)
        seen.add(name)
        names.append(name)
    return names


def written_header(header: Header | None, names: Sequence[str]) -> tuple[str, ...] | None:
    """Return the header row to write above columns of these names, or None for none.

    The source's own cells stand as long as reading them again gives the same names; a table without a header
    gets one as soon as a column is missing, since positions no longer tell.
    """
    if header is None:
        return tuple(names)
    if header.cells is None:
        return None if list(header.names) == list(names) else tuple(names)
    own = dict(zip(header.names, header.cells, strict=True))
    cells = tuple(own.get(name, name) for name in names)
    return cells if list(named_header(cells, "").names) == list(names) else tuple(names)


def is_header(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names the columns, judged against the rows below it.

    A cell that holds a long number or an address of mail never stands in a header: taking data for names would
    put a person's values where names are shown.
    """
    if _is_positional(first):
        return True
    if any(map(is_personal, first)):
        return False
    return header_votes(first, rest) >= 0


def header_votes(first: Sequence[str], rest: Sequence[Sequence[str]]) -> int:
    """Return how many cells of the first row differ in kind from those below, less those that are one of them."""
    votes = 0
    for index, cell in enumerate(first):
        votes += _vote(cell.strip(), [row[index].strip() for row in rest if index < len(row) and row[index].strip()])
    return votes


def is_personal(cell: str) -> bool:
    """Tell whether a cell holds a long number or an address of mail, which no name of a column does."""
    return _PERSONAL.search(cell) is not None


def is_named(cell: str) -> bool:
    """Tell whether a cell looks like a Chinese name of a person, and not like a word that begins with a surname.

    By common surnames only: a table taken for one without header is read all the same, as lines.
    """
    return _NAMED.fullmatch(cell) is not None and _NO_NAME.fullmatch(cell) is None


def _vote(cell: str, below: list[str]) -> int:
    """Return 1 when the cell differs in kind from those below it, -1 when it is one of them, else 0."""
    kind = _kind(cell)
    if not cell:
        return 0
    if not below:
        return -1 if kind in {"number", "date"} else 0
    kinds = {_kind(value) for value in below}
    if kind == "text":
        if cell in below:
            return -1
        return 1 if "text" not in kinds else 0
    return -1 if kinds == {kind} else 0


def _kind(cell: str) -> str:
    if _YEAR.fullmatch(cell):
        return "year"
    if _NUMBER.fullmatch(cell):
        return "number"
    return "date" if _DATE.fullmatch(cell) else "text"


def _is_positional(first: Sequence[str]) -> bool:
    """Recognise the header that this software writes for a table without one: c1, c3, c4."""
    places = [int(match[1]) for cell in first if (match := _POSITIONAL.fullmatch(cell.strip()))]
    return len(places) == len(first) and all(a < b for a, b in pairwise(places))


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
