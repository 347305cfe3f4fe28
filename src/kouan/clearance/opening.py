"""Open the declared sources and name them in documents."""

from __future__ import annotations

import os
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.naming import check_names
from kouan.formats import ReadOptions, file_paths, open_source, open_sources, parse_address
from kouan.model.document import Input
from kouan.model.items import split_item_id
from kouan.model.treatment import staged_name
from kouan.recognize import SourceInput
from kouan.recognize.hints import with_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kouan.formats import Address
    from kouan.formats.source import Source
    from kouan.model.declaration import Declaration, SourceSpec
    from kouan.model.inventory import Inventory
    from kouan.model.labels import ItemLabel
    from kouan.model.plan import Plan
    from kouan.model.treatment import Treatment
    from kouan.packs import Sector

_MAX_BYTES = 1 << 20
NO_LABELS: Mapping[str, ItemLabel] = MappingProxyType({})


def open_declared(declaration: Declaration, folder: Path, sectors: Sequence[Sector]) -> tuple[Source, ...]:
    """Open every source of a declaration, relative to its folder.

    A file that cannot be read beside others that can is an incomplete source without tables.

    Raises:
        KouanError: K-FMT-…, K-CLR-016.
    """
    sources = open_sources(
        [(place_of(spec, folder), spec.path, options_of(spec, sectors)) for spec in declaration.sources]
    )
    check_names(sources)
    _check_shared(sources)
    return sources


def place_of(spec: SourceSpec, folder: Path) -> Path | Address:
    """Return where a source lies: below the declaration's folder, or on a server. Raises K-FMT-100, K-FMT-101."""
    return folder / spec.path if spec.origin is None else parse_address(spec.origin, spec.path)


def _check_shared(sources: tuple[Source, ...]) -> None:
    """Refuse a file that belongs to two sources: its persons would count twice."""
    seen: set[str] = set()
    for source in sources:
        places = {os.path.realpath(path) for path in file_paths(source)}
        if places & seen:
            raise messages.SOURCE_TWICE.at(source.name, name=source.name)
        seen |= places


def open_ledger(declaration: Declaration, folder: Path) -> Source | None:
    """Open the ledger of consents that a declaration names, if any. Raises KouanError K-FMT-…, K-CLR-016."""
    if declaration.consent is None:
        return None
    ledger = open_source(folder / declaration.consent.ledger, name=declaration.consent.ledger)
    check_names((ledger,))
    return ledger


def open_staged(
    treatment: Treatment, staged: Path, declaration: Declaration, sectors: Sequence[Sector]
) -> tuple[Source, ...]:
    """Open the treated files under the names of the sources they come from, and read them as those were.

    What was one table stays one: with columns gone, other tables of a folder may look as if they belonged together.
    """
    specs = {spec.path: spec for spec in declaration.sources}
    sources = []
    for name, files in treatment.of_sources().items():
        merged: dict[str, dict[str, str]] = {}
        for part in (part for file in files for part in file.parts):
            merged.setdefault(part.member, {})[part.table] = part.entity
        read = (split_item_id(item.item) for item in treatment.items)
        columns = frozenset(path for source, _, path in read if source == name)
        options = replace(options_of(specs[name], sectors), merged=merged, columns=columns)
        sources.append(open_source(staged / staged_name(name), name=name, options=options))
    return tuple(sources)


def options_of(spec: SourceSpec, sectors: Sequence[Sector]) -> ReadOptions:
    """Return how a source is read: documents by the shapes of known standards, or as its declaration says."""
    shapes = tuple(one.schema.tree for one in sectors if one.schema.tree is not None)
    return ReadOptions(shapes=shapes, records=spec.records)


def as_raw(
    declaration: Declaration,
    sources: tuple[Source, ...],
    sectors: tuple[Sector, ...],
    labels: Mapping[str, ItemLabel] = NO_LABELS,
) -> tuple[SourceInput, ...]:
    """Return raw sources as recognition takes them, with what persons say of their items."""
    specs = {spec.path: with_labels(spec, labels) for spec in declaration.sources}
    return tuple(SourceInput(spec=specs[source.name], source=source, sectors=sectors) for source in sources)


def as_treated(
    declaration: Declaration,
    sources: tuple[Source, ...],
    *,
    plan: Plan,
    original: Inventory,
    sectors: tuple[Sector, ...],
    labels: Mapping[str, ItemLabel] = NO_LABELS,
) -> tuple[SourceInput, ...]:
    """Return treated sources with what was done to each item, so that a pseudonym keeps its meaning."""
    specs = {spec.path: with_labels(spec, labels) for spec in declaration.sources}
    lines = {line.item: line for line in plan.lines}
    return tuple(
        SourceInput(spec=specs[source.name], source=source, sectors=sectors, treated=lines, original=original)
        for source in sources
    )


def inputs_of(files: Mapping[str, str]) -> tuple[Input, ...]:
    """Return name-to-digest pairs as document inputs, sorted by name."""
    return tuple(Input(name=name, sha256=digest) for name, digest in sorted(files.items()))


def read_text(path: Path) -> str:
    """Read a small UTF-8 file that a person wrote. Raises KouanError K-CLR-001."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
        if len(data) <= _MAX_BYTES:
            return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        pass
    raise messages.FILE_UNREADABLE.at(str(path))
