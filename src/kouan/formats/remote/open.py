"""Open what lies at an address."""

from __future__ import annotations

import dataclasses
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.formats.collection.open import Gathered
from kouan.formats.collection.source import Collection, Shelf
from kouan.formats.remote.s3 import read_s3

if TYPE_CHECKING:
    from kouan.formats.collection.source import Openers
    from kouan.formats.options import ReadOptions
    from kouan.formats.remote.address import Address
    from kouan.formats.remote.reading import Read

_READERS = {"postgresql": "read_postgresql", "mysql": "read_mysql"}


def open_address(address: Address, *, name: str, options: ReadOptions, openers: Openers) -> Collection:
    """Open what lies at an address, read here and now: tables of a database in one snapshot, objects of a store.

    Raises:
        KouanError: K-FMT-102 to 114, K-FMT-015, 027, 028, 041, and of a store's objects what a folder's raise.
    """
    opened = _open_store if address.scheme == "s3" else _open_database
    return opened(address, name=name, options=options, openers=openers)


def _open_store(address: Address, *, name: str, options: ReadOptions, openers: Openers) -> Collection:
    found = read_s3(address, options.limits)
    shelf = Shelf(str(address), found.members, openers=openers, options=options)
    gathered = Gathered.of(shelf, options=options, openers=openers)
    parts = [part for part in name.split("/") if part]
    entities = gathered.entities(next(iter(parts[len(parts) - len(found.pattern) - 1 :]), ""))
    return Collection(
        name=name,
        path=Path(address.place, name),
        format=address.scheme,
        detail=gathered.detail(address.place),
        size=sum(member.size for member in shelf.members),
        sha256=gathered.digest(),
        entities=entities,
        shelf=shelf,
        complete=not gathered.failed,
        notes=(*found.notes, *gathered.notes(), *gathered.merged(entities)),
        unchanged=_kept,
        pattern=found.pattern,
    )


def _open_database(address: Address, *, name: str, options: ReadOptions, openers: Openers) -> Collection:
    """Open tables as a folder of Parquet files, one for each."""
    module = import_module(f"kouan.formats.remote.{address.scheme}")
    read: Read = getattr(module, _READERS[address.scheme])(address, options.limits)
    apart = dataclasses.replace(options, merged={} if options.merged is None else options.merged)
    shelf = Shelf(str(address), read.members, openers=openers, options=apart)
    gathered = Gathered.of(shelf, options=apart, openers=openers)
    entities = gathered.entities(address.names[-1])
    return Collection(
        name=name,
        path=Path(address.place, address.names[0]),
        format=address.scheme,
        detail=gathered.detail(f"{address.place}, {read.detail}"),
        size=sum(member.size for member in shelf.members),
        sha256=gathered.digest(),
        entities=entities,
        shelf=shelf,
        complete=not gathered.failed,
        notes=(*read.notes, *gathered.notes()),
        unchanged=_kept,
    )


def _kept() -> None:
    """Nothing changes: what was read is kept here."""
