"""Large files made of the examples: one document of many case reports, one bundle of resources, one SAS table."""

from __future__ import annotations

import json
from itertools import cycle
from typing import TYPE_CHECKING, Any

from bench.measure import BenchError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZE = 50_000_000
"""Bytes that each file has at least."""
_OPEN, _CLOSE = b"<PORR_IN049016UV", b"</PORR_IN049016UV>"
_ROWS = b"HEADER RECORD*******OBS     HEADER RECORD!!!!!!!"
_RECORD = 80


def write_reports(cases: Path, out: Path) -> None:
    """Write one E2B(R3) batch of all case reports of a folder, again and again."""
    reports = [_cut(path.read_bytes()) for path in sorted(cases.glob("*.xml"))]
    head, _, tail = reports[0]
    _write(out, head, (body + b"\n" for _, body, _ in cycle(reports)), tail)


def _cut(report: bytes) -> tuple[bytes, bytes, bytes]:
    start, end = report.index(_OPEN), report.rindex(_CLOSE) + len(_CLOSE)
    return report[:start].removeprefix(b"\xef\xbb\xbf"), report[start:end], report[end:]


def write_bundle(out: Path) -> None:
    """Write one FHIR bundle of patients and their observations, indented as most servers send it."""
    _write(out, b'{"resourceType": "Bundle", "type": "collection", "entry": [\n', _entries(), b"\n]}\n", between=b",\n")


def _entries() -> Iterator[bytes]:
    number = 0
    while True:
        number += 1
        patient = f"p{number:07d}"
        for resource in (_patient(patient, number), *(_observation(patient, number, one) for one in range(8))):
            entry = {"fullUrl": f"urn:example:{resource['id']}", "resource": resource}
            yield json.dumps(entry, ensure_ascii=False, indent=1).encode()


def _patient(patient: str, number: int) -> dict[str, Any]:
    day = f"19{number % 80 + 20}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return {
        "resourceType": "Patient",
        "id": patient,
        "identifier": [{"system": "http://example.com/mrn", "value": f"MRN-{number * 7919 % 10**8:08d}"}],
        "name": [{"use": "official", "family": f"示例{number % 997}", "given": ["甲", "乙"]}],
        "telecom": [{"system": "email", "value": f"{patient}@example.com"}],
        "gender": ("male", "female")[number % 2],
        "birthDate": day,
        "address": [{"line": [f"示例路{number % 400}号"], "city": "北京", "country": "CN"}],
    }


def _observation(patient: str, number: int, place: int) -> dict[str, Any]:
    day = f"2026-{number % 12 + 1:02d}-{(number + place) % 28 + 1:02d}"
    code = {"system": "http://example.com/codes", "code": f"c{place}", "display": f'measurement {place} "raw"'}
    return {
        "resourceType": "Observation",
        "id": f"{patient}-o{place}",
        "status": "final",
        "category": [{"coding": [{"system": "http://example.com/categories", "code": "laboratory"}]}],
        "code": {"coding": [code], "text": code["display"]},
        "subject": {"reference": f"Patient/{patient}"},
        "effectiveDateTime": f"{day}T08:30:00+08:00",
        "valueQuantity": {"value": number * 37 % 1000 / 10, "unit": "mmol/L"},
    }


def write_table(table: Path, out: Path, *, row_bytes: int, rows: int) -> None:
    """Write a SAS transport file with the rows of another again and again."""
    data = table.read_bytes()
    start = data.index(_ROWS) + _RECORD
    body = data[start : start + row_bytes * rows]
    if not 0 <= len(data) - start - len(body) < _RECORD:
        raise BenchError(f"{table.name} holds more than its rows")
    times = SIZE // len(body) + 1
    out.write_bytes(data[:start] + body * times + b" " * (-(start + len(body) * times) % _RECORD))


def _write(out: Path, head: bytes, parts: Iterator[bytes], tail: bytes, between: bytes = b"") -> None:
    with out.open("wb") as stream:
        stream.write(head)
        size = 0
        for part in parts:
            size += stream.write((between if size else b"") + part)
            if size >= SIZE:
                break
        stream.write(tail)
