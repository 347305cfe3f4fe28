"""Whether a formula is provably free of data: functions, operators, small numbers and references, and no text.

A number of more than four digits may be a day, a salary or the head of an identifier, a text anything at all; a
formula that holds one, a name, or a function outside the list counts as not plain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST_DIGITS = 4
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_FUNCTIONS = frozenset(
    [
        "ABS",
        "AND",
        "AVERAGE",
        "CEILING",
        "COLUMN",
        "COLUMNS",
        "COUNT",
        "COUNTA",
        "COUNTBLANK",
        "COUNTIF",
        "COUNTIFS",
        "DATE",
        "DATEDIF",
        "DAY",
        "DAYS",
        "EDATE",
        "EOMONTH",
        "EXP",
        "FALSE",
        "FLOOR",
        "HOUR",
        "IF",
        "IFERROR",
        "IFNA",
        "IFS",
        "INDEX",
        "INT",
        "ISBLANK",
        "ISERROR",
        "ISEVEN",
        "ISNA",
        "ISNUMBER",
        "ISODD",
        "ISTEXT",
        "LARGE",
        "LEN",
        "LN",
        "LOG",
        "LOG10",
        "MATCH",
        "MAX",
        "MEDIAN",
        "MIN",
        "MINUTE",
        "MOD",
        "MONTH",
        "NA",
        "NETWORKDAYS",
        "NOT",
        "OR",
        "PERCENTILE",
        "POWER",
        "PRODUCT",
        "QUARTILE",
        "RANK",
        "ROUND",
        "ROUNDDOWN",
        "ROUNDUP",
        "ROW",
        "ROWS",
        "SECOND",
        "SIGN",
        "SMALL",
        "SQRT",
        "STDEV",
        "SUBTOTAL",
        "SUM",
        "SUMIF",
        "SUMIFS",
        "SUMPRODUCT",
        "TODAY",
        "TRUE",
        "TRUNC",
        "VAR",
        "WEEKDAY",
        "WEEKNUM",
        "WORKDAY",
        "XOR",
        "YEAR",
        "YEARFRAC",
    ]
)
_SHEET = r"(?:(?:'(?P<quoted>(?:[^'\[\]]|'')+)'|(?P<bare>[^\W\d][\w.]*))!)?"
_REFERENCE = re.compile(
    _SHEET
    + r"(?:\$?(?P<c1>[A-Z]{1,3})\$?(?P<r1>[0-9]{1,7})(?::\$?(?P<c2>[A-Z]{1,3})\$?(?P<r2>[0-9]{1,7}))?"
    + r"|\$?(?P<c3>[A-Z]{1,3}):\$?(?P<c4>[A-Z]{1,3})|\$?(?P<r3>[0-9]{1,7}):\$?(?P<r4>[0-9]{1,7}))(?![\w.(!:])"
)
_FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?![\w.])")
_OTHER = re.compile(r"[-+*/^&=<>%,;() \n\r]|\"\"|(?:TRUE|FALSE)(?![\w.(!])")


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that a formula refers to; rows and columns count from 1. `sheet` is None for the formula's own."""

    sheet: str | None
    columns: range
    rows: range


def areas_of(formula: str) -> list[Area] | None:
    """Return what a plain formula refers to, or None for one that is not plain."""
    areas, at = [], 0
    while at < len(formula):
        if found := _REFERENCE.match(formula, at):
            areas.append(_area(found))
        elif found := _FUNCTION.match(formula, at):
            if found[1] not in _FUNCTIONS:
                return None
        elif found := _NUMBER.match(formula, at):
            if sum(map(str.isdigit, found[0])) > _MOST_DIGITS:
                return None
        elif not (found := _OTHER.match(formula, at)):
            return None
        at = found.end()
    return areas


def is_reference(formula: str) -> bool:
    """Return whether a formula is nothing but areas of named sheets, such as print areas and series of charts have."""
    rest = _REFERENCE.sub("", formula)
    areas = areas_of(formula)
    return bool(areas) and not rest.strip("(), ") and all(area.sheet is not None for area in areas or ())


def column_of(letters: str) -> int:
    """Return the number of a column: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(column: int) -> str:
    """Return the letters of a column: 1 is A."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _area(found: re.Match[str]) -> Area:
    part = found.groupdict()
    columns = [column_of(part[key]) for key in ("c1", "c2", "c3", "c4") if part[key]] or [1, _LAST_COLUMN]
    rows = [int(part[key]) for key in ("r1", "r2", "r3", "r4") if part[key]] or [1, _LAST_ROW]
    sheet = part["quoted"].replace("''", "'") if part["quoted"] else part["bare"]
    return Area(sheet, range(min(columns), max(columns) + 1), range(min(rows), max(rows) + 1))
