"""Helpers for tests of recognition: synthetic identifiers and a short way to an inventory."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from stdnum import luhn
from stdnum.cn import ric as stdnum_ric
from stdnum.cn import uscc as stdnum_uscc

from kouan.model.declaration import ItemHint, SourceSpec
from kouan.recognize import SourceInput, inspect
from kouan.recognize.days import as_number
from kouan.recognize.identifier import grade
from kouan.recognize.identifiers import IDENTIFIERS
from kouan.recognize.kernel.start import count_texts
from kouan.recognize.keys import code_rows, key_values
from kouan.recognize.lexicon import load_lexicon
from tests.tables import MemorySource

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from kouan.model.inventory import Inventory, Item
    from kouan.recognize.identifier import Identifier

AS_OF = dt.date(2026, 11, 22)
KEY = b"k" * 32


def ric_of(serial: int, birth: dt.date = dt.date(1990, 5, 17), area: str = "110101") -> str:
    """A resident ID number of nobody: a right check digit over a serial below 1000."""
    body = f"{area}{birth:%Y%m%d}{serial % 1000:03d}"
    return body + stdnum_ric.calc_check_digit(body + "0")


def unasked(text: str, counts: list[int] | None) -> list[int] | None:
    """What is counted where no name asks for a number: nothing, unless it stands beside its words in a longer text."""
    return counts if counts and not any(counts[:2]) and len(text.encode()) >= 24 else None


def wrong(number: str) -> str:
    """The same number with another last digit."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def card_of(serial: int, length: int = 19) -> str:
    body = "622202" + f"{serial:0{length - 7}d}"
    return body + luhn.calc_check_digit(body)


def uscc_of(serial: int, head: str = "91110108") -> str:
    body = f"{head}MA{serial:07d}"
    return body + stdnum_uscc.calc_check_digit(body + "0")


def mobile_of(serial: int) -> str:
    return f"138{serial:08d}"


def hkid_of(serial: int, letters: str = "Z") -> str:
    """A Hong Kong identity number of nobody, without brackets."""
    body = f"{letters}{serial:06d}"
    values = [36] * (8 - len(body)) + [int(char, 36) for char in body]
    check = -sum(value * (9 - place) for place, value in enumerate(values)) % 11
    return body + "0123456789A"[check]


def twid_of(serial: int, head: str = "A1") -> str:
    """A Taiwan identity number of nobody."""
    body = f"{head}{serial:07d}"
    digits = str("ABCDEFGHJKLMNPQRSTUVXYWZIO".index(body[0]) + 10) + body[1:]
    total = sum(int(digit) * weight for digit, weight in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1), strict=True))
    return body + str(-total % 10)


def permanent_of(serial: int, birth: dt.date = dt.date(1990, 5, 17), area: str = "911840") -> str:
    """A foreigner's permanent residence number of nobody (2023 edition)."""
    return ric_of(serial, birth, area)


def mrz_of(number: str = "E12345678", *, country: str = "CHN", birth: str = "900517", rest: str = "<" * 14) -> str:
    """The second line of a passport of nobody, with right check digits (python-stdnum has none for ICAO 9303)."""
    field = f"{number}{_mrz_check(number)}{country}{birth}{_mrz_check(birth)}F300101{_mrz_check('300101')}"
    field += rest + _mrz_check(rest)
    return field + _mrz_check(field[:10] + field[13:20] + field[21:43])


def _mrz_check(text: str) -> str:
    values = (0 if char == "<" else int(char, 36) for char in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def scanned(values: list[str], *, compiled: bool = False, asked: frozenset[str] = frozenset()) -> dict[str, list[int]]:
    """Cells by identifier: whole suspected, whole confirmed, inside suspected, inside confirmed."""
    text = pa.array(values, pa.string())
    counts, _ = count_texts(text, None, words=("na",), today=as_number(AS_OF), compiled=compiled, asked=asked)
    return {one.id: row for one, row in zip(IDENTIFIERS, counts.tolist(), strict=True) if any(row)}


def coded(values: list[int]) -> npt.NDArray[np.int32]:
    """Codes of keys: for each row the first row with the same number; -1 is none."""
    return np.array([-1 if value < 0 else values.index(value) for value in values], np.int32)


def grades(identifier: Identifier, values: list[str]) -> list[int]:
    """Grades of values one by one."""
    return [grade(identifier, value, as_number(AS_OF)) for value in values]


def given(
    tables: Mapping[str, pa.Table | dict[str, Any]],
    *,
    subjects: tuple[str, ...] = (),
    items: dict[str, ItemHint] | None = None,
    name: str = "data.csv",
    min_age: dict[str, int] | None = None,
    batch_rows: int = 65_536,
    **more: Any,
) -> SourceInput:
    made = {key: table if isinstance(table, pa.Table) else pa.table(table) for key, table in tables.items()}
    spec = SourceSpec(path=name, subjects=subjects, items=items or {}, min_age=min_age or {})
    return SourceInput(spec, MemorySource.of(name, made, batch_rows=batch_rows), **more)


def look(*inputs: SourceInput, as_of: dt.date = AS_OF, threads: int = 1, **more: Any) -> Inventory:
    return inspect(inputs, as_of=as_of, person_key=KEY, threads=threads, **more)


def column(name: str, values: Any, **more: Any) -> Item:
    """The verdict on one column beside a subject key."""
    inventory = look(given({"data": {"employee_id": [f"E{n}" for n in range(len(values))], name: values}}, **more))
    return next(item for item in inventory.items if item.name == name)


def keys(kind: str, values: list[str]) -> list[int | None]:
    """Keys of persons in a column."""
    rows = code_rows(pa.array(values), load_lexicon())
    return key_values(kind, rows, today=AS_OF, person_key=KEY).to_pylist()  # type: ignore[no-any-return]
