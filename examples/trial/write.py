"""Writing the data sets, define.xml and the ledger, and naming the identifiers in them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pyarrow as pa

from examples.planted import Planted
from examples.trial import courses, demographics, findings
from examples.trial.define import define
from examples.trial.ledger import ledger
from examples.trial.subjects import subjects
from examples.trial.variables import DOMAINS
from kouan.formats.xport.fresh import write_xport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from examples.persons import Person
    from examples.trial.rows import Row
    from examples.trial.subjects import Subject
    from examples.trial.variables import Domain

CREATED = dt.datetime(2026, 10, 30, 9, 0, tzinfo=dt.UTC)
"""When the data sets were made, as their headers say."""

_ROWS = {
    "DM": demographics.dm,
    "AE": courses.ae,
    "EX": demographics.ex,
    "LB": findings.lb,
    "VS": findings.vs,
    "DS": demographics.ds,
    "CM": courses.cm,
    "CO": courses.co,
    "SUPPDM": demographics.suppdm,
}


def write_trial(folder: Path, seed: int, *, scale: int) -> None:
    """Write one `.xpt` for each data set, `define.xml` and `consents.csv`.

    Args:
        folder: where to.
        seed: of the random numbers.
        scale: divides the number of subjects; twelve are left at least.
    """
    drawn = subjects(seed, scale=scale)
    tables = {domain.name: _table(domain, drawn) for domain in DOMAINS}
    for domain in DOMAINS:
        labels = {(domain.name, one.name): one.label for one in domain.variables}
        labels[domain.name, ""] = domain.label
        path = folder / f"{domain.name.lower()}.xpt"
        write_xport(path, {domain.name: tables[domain.name]}, labels=labels, created=CREATED)
    (folder / "define.xml").write_bytes(define(tables, f"{CREATED:%Y-%m-%dT%H:%M:%S}").encode())
    (folder / "consents.csv").write_bytes(ledger(drawn).encode())


def planted_in_trial(seed: int, *, scale: int) -> list[Planted]:
    """Return the identifiers that stand in the data sets, in the order of the subjects."""
    drawn = subjects(seed, scale=scale)
    cells: dict[str, dict[str, list[str]]] = {}
    for domain in DOMAINS:
        for row in _rows(domain, drawn):
            texts = cells.setdefault(str(row["USUBJID"]), {}).setdefault(f"{domain.name.lower()}.xpt", [])
            texts += [value for value in row.values() if isinstance(value, str)]
    return [
        Planted(file, subject, kind, value)
        for one in drawn
        for subject, kind, value in _identifiers(one)
        for file, texts in cells[one.usubjid].items()
        if any(value in text for text in texts)
    ]


def _rows(domain: Domain, drawn: list[Subject]) -> Iterator[Row]:
    for one in drawn:
        yield from _ROWS[domain.name](one)


def _table(domain: Domain, drawn: list[Subject]) -> pa.Table:
    rows = list(_rows(domain, drawn))
    columns = {
        one.name: pa.array([row.get(one.name) for row in rows], pa.float64() if one.number else pa.string())
        for one in domain.variables
    }
    return pa.table(columns)


def _identifiers(one: Subject) -> Iterator[tuple[str, str, str]]:
    yield "participant", "usubjid", one.usubjid
    yield "participant", "record_number", one.record
    yield from _of("participant", one.person)
    yield "investigator", "name", one.investigator.name
    yield "investigator", "latin_name", f"{one.investigator.family.upper()}, {one.investigator.given}"
    yield "relative", "name", demographics.relative(one)


def _of(subject: str, person: Person) -> Iterator[tuple[str, str, str]]:
    yield subject, "name", person.name
    yield subject, "latin_name", person.latin
    yield subject, "mobile", person.mobile
    yield subject, "mailbox", person.mailbox
    yield subject, "address", person.address
