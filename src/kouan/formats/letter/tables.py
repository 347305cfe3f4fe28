"""The tables of an office document: those with a header by columns, paragraphs and the rest by rows of text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats.letter.cells import BREAK, TAB, Cell, Fixed, Joined, Same
from kouan.formats.names import header_votes, is_named, is_personal, unique_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.formats.letter.cells import Spot
    from kouan.formats.letter.markup import Pieces, Row

_MOST_TITLE = 24
_MOST_NAME = 40
_ZH = (
    "姓名|名称|性别|年龄|民族|出生|生日|籍贯|学历|学位|专业|职务|职位|职称|部门|单位|公司|工号|编号|号码|证件|身份证|护照|电话|手机|邮箱|邮件"
    "|传真|地址|住址|户籍|婚姻|政治面貌|账号|卡号|开户|金额|工资|薪|日期|时间|备注|说明|内容|类型|类别|状态|数量|单价|序号|关系|签名"
)
_EN = (
    "name|sex|gender|age|born|birth|birthday|nationality|title|position|department|company|employer|id|no|number"
    "|passport|phone|mobile|tel|telephone|e-?mail|fax|address|city|country|account|iban|amount|salary|date|time"
    "|remark|note|comment|type|status|quantity|price|signature"
)
_LABEL = re.compile(rf"(?:.{{0,6}}(?:{_ZH}).{{0,6}}|(?:[a-z]+[ ._-]){{0,3}}(?:{_EN})s?)[:：]?", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？；]|[.!?]\s")
_FILLED = re.compile(r"[:：]\s*[^\s:：]")
"""A label and what belongs to it in one cell: a form."""
_UNFIT = re.compile(r"[#!/\s]+")


@dataclass(slots=True)
class Table:
    """One table of a document.

    Attributes:
        columns: names.
        rows: cells in the order of the columns; None where there is none.
        fixed: columns that the reader says itself, nothing of which can be changed.
        bag: its order and repetition mean nothing.
        header: its header as a line of text, which it is read as once no row below it says anything.
    """

    columns: list[str]
    rows: list[list[Cell | None]] = field(default_factory=list)
    fixed: frozenset[str] = frozenset()
    bag: bool = False
    header: str = ""

    @property
    def schema(self) -> pa.Schema:
        """Columns of text."""
        return pa.schema([pa.field(name, pa.string()) for name in self.columns])

    def arrow(self) -> pa.Table:
        """Return what the cells say; an empty one is null."""
        columns = zip(*([_said(cell) for cell in row] for row in self.rows), strict=True)
        return pa.table([pa.array(column, pa.string()) for column in columns], schema=self.schema)


def texts(lines: Iterable[tuple[str, Pieces]]) -> Table:
    """Return paragraphs as a table of where they stand and what they say."""
    table = Table(["part", "text"], fixed=frozenset({"part"}))
    table.rows += [[Fixed(part), Joined(tuple(pieces))] for part, pieces in lines]
    return table


def told(name: str, spots: Iterable[tuple[str, Spot]]) -> Table:
    """Return single texts as a table: equal ones of one kind of place are one row."""
    groups: dict[tuple[str, str], list[Spot]] = {}
    for part, spot in spots:
        groups.setdefault((part, spot.text), []).append(spot)
    table = Table(["part", name], fixed=frozenset({"part"}), bag=True)
    table.rows += [[Fixed(part), Same(tuple(found))] for (part, _), found in groups.items()]
    return table


def headed(rows: Sequence[Row]) -> tuple[str, Table] | None:
    """Return a table by its columns with what to call it, or None when nothing tells that its first row is a header."""
    width = max((place + 1 for row in rows for place, _ in row.cells), default=0)
    grid = [_texts(row, width) for row in rows]
    filled = [place for place, row in enumerate(grid) if any(row)]
    if len(filled) < 2 or width < 2:  # noqa: PLR2004 - a header and a row, two columns
        return None
    first = filled[0]
    if not (rows[first].marked or _is_header(grid[first], [grid[place] for place in filled[1:]])):
        return None
    if any(is_personal(cell) or _FILLED.search(cell) or _names_somebody(cell) for cell in grid[first]):
        return None
    body = [rows[place] for place in filled[1:]]
    used = [column for column in range(width) if any(grid[place][column] for place in filled)]
    names = unique_names([_tidy(grid[first][column]) for column in used])
    table = Table(names, header=TAB.join(cell for cell in grid[first] if cell))
    table.rows += [[_cell(row, column) for column in used] for row in body]
    return f"table {_title(grid[first])}".strip(), table


def flat(rows: Sequence[Row]) -> list[Pieces]:
    """Return the rows of a table without header as lines, a tab between cells."""
    lines = []
    for row in rows:
        line: Pieces = []
        for _, pieces in row.cells:
            if pieces:
                line += [TAB, *pieces] if line else pieces
        if line:
            lines.append(line)
    return lines


def _is_header(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Tell a header from the first row of a form, whose labels stand in its first column, and from plain rows."""
    cells = [cell for cell in first if cell]
    if len(cells) < len(first) / 2 or len(set(cells)) < len(cells):
        return False
    if any(len(cell) > _MOST_NAME or _SENTENCE.search(cell) or is_personal(cell) for cell in cells):
        return False
    across = sum(_LABEL.fullmatch(cell) is not None for cell in cells) / len(cells)
    down = [row[0] for row in [first, *rest] if row[0]]
    labels = sum(_LABEL.fullmatch(cell) is not None for cell in down)
    if labels > 1 and labels / len(down) >= across:
        return False
    if across >= 1 / 2:
        return True
    return len(rest) > 1 and header_votes(first, rest) > 0 and labels <= 1


def _names_somebody(cell: str) -> bool:
    """Tell whether a person's name stands where a column's should: it would be shown wherever columns are named."""
    return is_named(cell) and _LABEL.fullmatch(cell) is None


def _said(cell: Cell | None) -> str | None:
    return (cell.text or None) if cell is not None else None


def _texts(row: Row, width: int) -> list[str]:
    texts = [""] * width
    for place, pieces in row.cells:
        texts[place] = " ".join(Joined(tuple(pieces)).text.split())
    return texts


def _cell(row: Row, column: int) -> Cell | None:
    return next((Joined(tuple(pieces)) for place, pieces in row.cells if place == column and pieces), None)


def _title(header: Sequence[str]) -> str:
    first = next((cell for cell in header if cell), "")
    return _UNFIT.sub(" ", first).strip()[:_MOST_TITLE].strip()


def _tidy(cell: str) -> str:
    return " ".join(cell.replace(BREAK, " ").replace("#", " ").split())
