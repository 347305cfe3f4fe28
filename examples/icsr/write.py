"""Writing the reports, and naming the identifiers in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.dice import Dice
from examples.icsr.cases import cases
from examples.icsr.message import message
from examples.planted import Planted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from examples.icsr.cases import Case
    from examples.persons import Person

FOLDER = "cases"
_MARKED = 5
"""The one report that begins with a byte order mark."""


def write_icsr(folder: Path, seed: int, *, scale: int) -> None:
    """Write `cases/*.xml`, UTF-8: most with LF, some with CRLF, one with a byte order mark, some with CDATA.

    Args:
        folder: where to.
        seed: of the random numbers.
        scale: divides the number of reports; six are left at least.
    """
    (folder / FOLDER).mkdir(exist_ok=True)
    for name, text in _texts(seed, scale):
        (folder / name).write_bytes(text.encode())


def planted_in_icsr(seed: int, *, scale: int) -> list[Planted]:
    """Return the identifiers that stand in the reports, in the order of the files."""
    texts = dict(_texts(seed, scale))
    return [
        Planted(name, subject, kind, value)
        for case in cases(seed, scale=scale)
        for name in [f"{FOLDER}/{case.file}"]
        for subject, kind, value in _identifiers(case)
        if value in texts[name]
    ]


def _texts(seed: int, scale: int) -> Iterator[tuple[str, str]]:
    for place, case in enumerate(cases(seed, scale=scale)):
        text = message(case, Dice(seed, "icsr-text", place), parsed=place % 8 != 0)
        if place % 11 == 3:  # noqa: PLR2004 - one in eleven, from a system on Windows
            text = text.replace("\n", "\r\n")
        yield f"{FOLDER}/{case.file}", "\ufeff" + text if place == _MARKED else text


def _identifiers(case: Case) -> Iterator[tuple[str, str, str]]:
    yield from _of("patient", case.patient)
    for number in case.records.values():
        yield "patient", "record_number", number
    if case.parent:
        yield from _of("parent", case.parent)
    for one in case.reporters:
        yield from _of("reporter", one.person)
        yield "reporter", "phone", one.phone
    yield "sender", "mailbox", case.handler.mailbox


def _of(subject: str, person: Person) -> Iterator[tuple[str, str, str]]:
    yield subject, "name", person.name
    yield subject, "latin_name", person.latin
    yield subject, "mobile", person.mobile
    yield subject, "mailbox", person.mailbox
    yield subject, "address", person.address
    yield subject, "resident_id", person.resident_id
