"""Personal values that exist nowhere else, and a search for them in whatever form they might have slipped out."""

from __future__ import annotations

import base64
import binascii
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COLUMNS = ("工号", "姓名", "身份证号", "手机号", "邮箱", "家庭住址", "银行卡号", "护照号", "紧急联系人", "备注")
NUMBERS = ("工号", "身份证号", "手机号", "银行卡号", "护照号")
_RARE = "龑翀霁琰祎昶赟璟骞旻珩晔炘焱钊铖镕闫霈颢飏骕鸑鹓麒黻"
_FAMILIES = ("欧阳", "慕容", "司徒", "上官", "诸葛", "尉迟", "澹台", "皇甫")
_RUN64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
_RUN16 = re.compile(rb"[0-9A-Fa-f]{12,}")
_LONG = re.compile(rb"[A-Za-z0-9+/_=-]{24,}")
_PART = 6


@dataclass(frozen=True, slots=True)
class Person:
    """One synthetic person: a cell per column."""

    cells: tuple[str, ...]

    def cell(self, column: str) -> str:
        return self.cells[COLUMNS.index(column)]


def people(count: int, seed: int) -> list[Person]:
    """Return persons whose every cell is unique; identifiers have right check digits, so that they are recognised."""
    dice = random.Random(seed)
    return [Person(_cells(dice)) for _ in range(count)]


def _cells(dice: random.Random) -> tuple[str, ...]:
    def digits(count: int) -> str:
        return "".join(dice.choices("0123456789", k=count))

    def name() -> str:
        return dice.choice(_FAMILIES) + "".join(dice.choices(_RARE, k=3))

    handle = "".join(dice.choices("bcdfghjklmnpqrstvwxz", k=9))
    return (
        f"Q{digits(8)}",
        name(),
        _resident_id(dice),
        f"1{dice.choice('3578')}{digits(9)}",
        f"{handle}@{handle[::-1]}.example",
        f"北京市朝阳区{''.join(dice.choices(_RARE, k=4))}路{dice.randint(100, 999)}号{dice.randint(1000, 9999)}室",
        _luhn(f"6222{digits(14)}"),
        f"E{digits(8)}",
        f"{name()}（配偶）",
        f"本人{''.join(dice.choices(_RARE, k=6))}，因病休假，{digits(7)}",
    )


def _resident_id(dice: random.Random) -> str:
    born = f"{dice.randint(1960, 2003)}{dice.randint(1, 12):02d}{dice.randint(1, 28):02d}"
    body = f"{dice.choice(('110105', '310115', '440305', '510107'))}{born}{dice.randint(0, 999):03d}"
    weighed = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return body + "10X98765432"[weighed % 11]


def _luhn(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def traces(planted: Iterable[Person], texts: dict[str, bytes]) -> list[str]:
    """Return `place: column` of every planted cell, or six-character part of a number, that stands in a text.

    A cell is looked for as UTF-8, GB18030, UTF-16, percent and backslash escapes, each also inside base64 and hex.
    Parts of numbers are not looked for in digests and keys, where six digits in a row come by chance.
    """
    persons = list(planted)
    hay = {place: _unwrapped(data) for place, data in texts.items()}
    bare = {place: _LONG.sub(b" ", data) for place, data in texts.items()}
    found = []
    for place in texts:
        for person in persons:
            found += [f"{place}: {column}" for column in COLUMNS if _stands(person.cell(column), hay[place])]
            found += [f"{place}: part of {column}" for column in NUMBERS if _part(person.cell(column), bare[place])]
    return sorted(set(found))


def _stands(cell: str, hay: bytes) -> bool:
    return any(form in hay for form in _forms(cell))


def _forms(cell: str) -> set[bytes]:
    plain = {cell.encode(codec) for codec in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")}
    return plain | {quote(cell, safe="@").encode(), cell.encode("ascii", "backslashreplace")}


def _part(number: str, bare: bytes) -> bool:
    return any(number[at : at + _PART].encode() in bare for at in range(len(number) - _PART + 1))


def _unwrapped(data: bytes) -> bytes:
    """Return the data with whatever its base64 and hex runs hold."""
    return b"\0".join([data, *_from_base64(data), *_from_hex(data)])


def _from_base64(data: bytes) -> Iterator[bytes]:
    for run in _RUN64.findall(data):
        whole = run.translate(bytes.maketrans(b"-_", b"+/"))
        for shift in range(4):
            part = whole[shift:]
            yield base64.b64decode(part + b"A" * (-len(part) % 4))


def _from_hex(data: bytes) -> Iterator[bytes]:
    for run in _RUN16.findall(data):
        for shift in range(2):
            part = run[shift:]
            yield binascii.unhexlify(part[: len(part) - len(part) % 2])


def artefacts(*roots: Path, leave: Iterable[Path] = ()) -> dict[str, bytes]:
    """Return every file under some folders by its path, names included in what is searched, but what is under `leave`."""
    left = tuple(leave)
    return {
        str(path): str(path.relative_to(root)).encode() + b"\0" + path.read_bytes()
        for root in roots
        for path in sorted(root.rglob("*"))
        if path.is_file() and not any(path.is_relative_to(one) for one in left)
    }
