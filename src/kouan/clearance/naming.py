"""Names of files, tables and columns stand in every document and paper: they must not be personal values themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.formats import member_names
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kouan.formats.source import Source

_PERSONAL = re.compile(
    r"(?<!\d)(?:\+?86)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"
)
_FILE = Text(zh="文件名", en="the name of the file")
_MEMBER = Text(zh="其中第 {number} 个文件的名称", en="the name of file {number} in it")
_TABLE = Text(zh="第 {number} 张表的名称", en="the name of table {number}")
_COLUMN = Text(zh="第 {table} 张表第 {number} 列的列名", en="the name of column {number} of table {table}")


def check_names(sources: Iterable[Source]) -> None:
    """Refuse names that hold a mobile number, a resident identity number or an e-mail address.

    Raises:
        KouanError: K-CLR-016, which says by number where it stands and does not repeat it.
    """
    for position, source in enumerate(sources, start=1):
        if _PERSONAL.search(source.name):
            raise messages.NAME_PERSONAL.at(f"sources[{position}]", what=_FILE)
        for number, name in enumerate(member_names(source), start=1):
            if _PERSONAL.search(name):
                raise messages.NAME_PERSONAL.at(source.name, what=_MEMBER.fill(number=number))
        for number, table in enumerate(source.entities, start=1):
            if _PERSONAL.search(table.name):
                raise messages.NAME_PERSONAL.at(source.name, what=_TABLE.fill(number=number))
            for column, name in enumerate(table.schema.names, start=1):
                if _PERSONAL.search(name):
                    raise messages.NAME_PERSONAL.at(source.name, what=_COLUMN.fill(table=number, number=column))
