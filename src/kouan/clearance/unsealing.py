"""`kouan unseal`: pseudonyms of one column back to their values, by who holds the key; written privately, recorded."""

from __future__ import annotations

import csv
import difflib
import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
from pydantic import TypeAdapter, ValidationError

from kouan.clearance import unseal_messages as messages
from kouan.clearance.opening import options_of
from kouan.clearance.privatefile import private_file
from kouan.clearance.workfolder import disk_errors
from kouan.deidentify import read_plan
from kouan.deidentify.columns import as_text
from kouan.deidentify.rules import Given, transform
from kouan.deidentify.sealed import Sealed
from kouan.deidentify.surrogate import Surrogate
from kouan.evidence import FileKeyStore, Log, open_signer
from kouan.formats import open_source
from kouan.model.canonical import canonical_bytes, sha256_bytes
from kouan.model.declaration import SourceSpec
from kouan.model.document import Document
from kouan.model.files import read_document, write_document, write_whole
from kouan.model.inventory import Inventory
from kouan.model.items import split_item_id
from kouan.model.plan import Action
from kouan.model.release import Manifest
from kouan.model.text import Said
from kouan.model.treatment import Treatment
from kouan.model.unsealing import Unsealing
from kouan.packs import load_sectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.formats.source import Entity, Source
    from kouan.model.plan import Plan, PlanLine

RECORDS = "unsealed"
"""Folder of the records in the exporter's home, 0700."""
MOST_SHOWN = 100
_NEEDED = ("plan.yaml", "inventory.json", "treatment.json")


@dataclass(frozen=True, slots=True)
class Asked:
    """What shall be turned back, for whom and where to.

    Attributes:
        file: holds the pseudonyms; column: their column or tree path; table: where several tables have it.
        folder: clearance folder whose plan made them; item: the line, where the column has another name now.
        out: file for the values, which must not exist; None with `show` alone.
        by, why: who answers for it, and the reason; kept in the record.
        show: give back the first values.
        unauthenticated: take surrogates by FF1, which cannot prove that this key made them.
    """

    file: Path
    column: str
    folder: Path
    by: str
    why: str
    out: Path | None = None
    table: str | None = None
    item: str | None = None
    show: bool = False
    unauthenticated: bool = False


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What was done.

    Attributes:
        record: as it is kept.
        path: of the record.
        pairs: first pseudonyms with their values, only where they were asked for.
        complete: whether the whole file could be read.
    """

    record: Unsealing
    path: Path
    pairs: tuple[tuple[str, str], ...]
    complete: bool


def unseal_column(asked: Asked, settings: Settings) -> Unsealed:
    """Turn a column back: nothing is written, shown or recorded unless every cell of it proves right.

    The record is kept and logged before the file has its name: an act may be recorded that was cut off, never the
    other way round.

    Args:
        asked: what, for whom, where to.
        settings: its home holds the key, the log and the records.

    Raises:
        KouanError: K-CLR-190 to 198, K-EVI-001 to 004 for the key, K-EVI-010 to 015 for the log, K-FMT-… for the file.
    """
    if asked.out is None and not asked.show:
        raise messages.WHERE_TO.at("--out")
    by, why = _said(asked.by), _said(asked.why)
    keys = FileKeyStore.open(settings.home, create=False)
    plan, treatment, inventory, clearance = _clearance(asked.folder)
    line = _line(plan, inventory, asked)
    here = keys.fingerprint(plan.key)
    if treatment.key != here:
        raise messages.OTHER_KEY.at(str(asked.folder), made=treatment.key or "-", purpose=plan.key, here=here)
    kernel = _kernel(line, inventory, keys.derive(plan.key))
    if isinstance(kernel, Surrogate) and not asked.unauthenticated:
        raise messages.UNAUTHENTICATED.at(asked.column, item=line.item)
    source = _open(asked.file)
    entity = _entity(source, asked)
    place = asked.out or settings.home / f".unsealed.{os.getpid()}"
    with disk_errors(place), private_file(place) as (stream, name_it):
        cells, pairs = _write(stream.write, entity, asked, kernel)
        source.check_unchanged()
        record = Unsealing(
            at=settings.clock(),
            by=by,
            why=why,
            salt=os.urandom(16).hex(),
            clearance=clearance,
            item=line.item,
            key=here,
            file=asked.file.name,
            sha256=source.sha256,
            column=asked.column,
            cells=cells,
            authenticated=isinstance(kernel, Sealed),
            shown=asked.show,
        )
        path = _record(record, settings.home)
        if asked.out is not None:
            name_it()
    return Unsealed(record, path, pairs, source.complete)


def _clearance(folder: Path) -> tuple[Plan, Treatment, Inventory, str]:
    """Return what a clearance folder says of its pseudonyms, as sealed, and the digest of its manifest."""
    try:
        data = {name: (folder / name).read_bytes() for name in (*_NEEDED, "manifest.json")}
        manifest = Document[Manifest].model_validate_json(data["manifest.json"]).body
        sealed = {entry.path: entry.sha256 for entry in manifest.files}
        if any(sealed.get(name) != sha256_bytes(data[name]) for name in _NEEDED):
            raise messages.NO_CLEARANCE.at(str(folder))
        plan = read_plan(data["plan.yaml"].decode(), "plan.yaml")
        treatment = read_document(folder / "treatment.json", Treatment)
        inventory = read_document(folder / "inventory.json", Inventory)
    except (OSError, ValueError):
        raise messages.NO_CLEARANCE.at(str(folder)) from None
    return plan, treatment, inventory, sha256_bytes(data["manifest.json"])


def _line(plan: Plan, inventory: Inventory, asked: Asked) -> PlanLine:
    """Return the line that made the column: several of its name serve where all of them do the same."""
    known = [line for line in plan.lines if _reversible(line)]
    wanted = asked.column if asked.item is None else asked.item
    found = [line for line in known if wanted in {line.item, split_item_id(line.item)[2]}]
    if len({_kernel(line, inventory, b"") for line in found}) != 1:
        names = [line.item for line in known]
        near = difflib.get_close_matches(wanted, names, n=1)
        guess = f" ({near[0]}?)" if near and not found else ""
        raise messages.NO_LINE.at(str(asked.folder), name=wanted, guess=guess, known=", ".join(names) or "-")
    return found[0]


def _said(words: str) -> str:
    try:
        return str(TypeAdapter(Said).validate_python(words.strip()))
    except ValidationError:
        raise messages.WHO.at("--by, --why") from None


def _reversible(line: PlanLine) -> bool:
    told = line.params.get("form"), line.params.get("method")
    return line.action is Action.PSEUDONYM and (told[0] == "sealed" or told == ("surrogate", "ff1"))


def _kernel(line: PlanLine, inventory: Inventory, key: bytes) -> Sealed | Surrogate:
    meaning = next((item.meaning for item in inventory.items if item.id == line.item), "unknown")
    kernel = transform(line, Given(meaning, key))
    assert isinstance(kernel, Sealed | Surrogate)
    return kernel


def _open(file: Path) -> Source:
    options = options_of(SourceSpec(path=file.name, subjects=("person",)), load_sectors())
    return open_source(file, name=file.name, options=options)


def _entity(source: Source, asked: Asked) -> Entity:
    having = [one for one in source.entities if asked.column in one.schema.names]
    if asked.table is not None:
        having = [one for one in having if one.name == asked.table]
    if len(having) != 1:
        names = [name for one in source.entities for name in one.schema.names]
        near = difflib.get_close_matches(asked.column, names, n=1)
        guess = f" ({near[0]}?)" if near and not having else ""
        tables = ", ".join(one.name for one in source.entities) or "-"
        raise messages.COLUMN.at(str(asked.file), name=asked.column, guess=guess, tables=tables)
    return having[0]


def _write(
    write: Callable[[bytes], int], entity: Entity, asked: Asked, kernel: Sealed | Surrogate
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Write pseudonym and value of every cell, and return how many, and the first ones if they may be shown."""
    cells, kept = 0, list[tuple[str, str]]()
    write(_rows([(asked.column, "value")]))
    for told, values in _opened(entity, asked.column, kernel):
        pairs = []
        for pseudonym, value in zip(told, values, strict=True):
            cells += 1
            if pseudonym and value is None:
                raise messages.NOT_OURS.at(str(asked.file), column=asked.column, row=cells)
            pairs.append((pseudonym or "", value or ""))
        write(_rows(pairs))
        if asked.show and len(kept) < MOST_SHOWN:
            kept += pairs[: MOST_SHOWN - len(kept)]
    return cells, tuple(kept)


def _opened(
    entity: Entity, column: str, kernel: Sealed | Surrogate
) -> Iterator[tuple[list[str | None], list[str | None]]]:
    for batch in entity.batches([column]):
        cells = batch.column(column)
        text = as_text(cells.flatten() if pa.types.is_nested(cells.type) else cells)
        distinct = text.dictionary_encode()
        yield text.to_pylist(), kernel.back(distinct.dictionary).take(distinct.indices).to_pylist()


def _rows(pairs: list[tuple[str, str]]) -> bytes:
    told = io.StringIO()
    csv.writer(told, lineterminator="\n").writerows(pairs)
    return told.getvalue().encode()


def _record(record: Unsealing, home: Path) -> Path:
    """Keep the record in the home, and its digest in the log, with the receipt beside it."""
    folder = home / RECORDS
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = record.at.strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"{stamp}-{record.salt[:8]}.json"
    write_document(path, "unsealing", record)
    path.chmod(0o600)
    event = {
        "kind": "kouan/unseal/v1",
        "record": sha256_bytes(path.read_bytes()),
        "at": record.model_dump(mode="json")["at"],
    }
    signer = open_signer(home, create=True)
    receipt = Log.open(home / "log", signer).append(canonical_bytes(event))
    write_whole(path.with_suffix(".receipt"), receipt.to_bytes(), mode=0o600)
    return path
