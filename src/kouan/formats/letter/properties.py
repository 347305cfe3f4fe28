"""Properties of an office document: who wrote it, for whom, what it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from kouan.formats.letter.cells import Same, Spot
from kouan.formats.letter.tables import Table
from kouan.formats.names import is_named, is_personal
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.values import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.formats.tree.nodes import Nodes

CORE, APP, CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
_NAMES = {
    "creator": "author_name",
    "lastModifiedBy": "modifier_name",
    "title": "document_title",
    "subject": "document_subject",
    "description": "comments",
    "keywords": "keywords",
    "category": "category",
    "contentStatus": "status",
    "identifier": "identifier",
    "Company": "company",
    "Manager": "manager_name",
    "HyperlinkBase": "hyperlink_base",
    "Template": "template",
}
_COUNTED = {
    *("created", "modified", "lastPrinted", "revision", "language", "version", "TotalTime", "Pages", "Words"),
    *("Characters", "Application", "DocSecurity", "Lines", "Paragraphs", "ScaleCrop", "LinksUpToDate", "Slides"),
    *("CharactersWithSpaces", "SharedDoc", "HyperlinksChanged", "AppVersion", "PresentationFormat", "Notes"),
    *("HiddenSlides", "MMClips", "i4", "ui4", "bool", "HeadingPairs"),
}
_PLAIN = re.compile(r"[A-Za-z0-9._:+~ ()/-]{0,120}|Normal(?:\.dotm)?", re.ASCII)


def properties(parts: dict[str, tuple[bytes, Nodes]]) -> tuple[Table, list[tuple[str, Spot]]]:
    """Return the properties that say something as a table of one row, and what else stands in their parts.

    Args:
        parts: core, program and custom properties: bytes and nodes.
    """
    row: dict[str, Spot] = {}
    rest: list[tuple[str, Spot]] = []
    for part, (data, nodes) in parts.items():
        names = [name.rpartition(":")[2] for name in nodes.names]
        for node in np.flatnonzero(nodes.kind == int(Kind.TEXT)).tolist():
            above = int(nodes.parent[node])
            element = names[nodes.name[above]]
            start, end = int(nodes.inner_start[node]), int(nodes.inner_end[node])
            spot = Spot(part, start, end, Kind.TEXT, decode(data[start:end].decode(), Kind.TEXT))
            name = f"custom/{_custom_name(data, nodes, names, above)}" if part == CUSTOM else _NAMES.get(element)
            if name is not None and name not in row:
                row[name] = spot
            elif name is not None or element not in _COUNTED or not _PLAIN.fullmatch(spot.text):
                rest.append(("properties", spot))
        if part == CUSTOM:
            rest += [("properties", spot) for spot in _unfit_names(part, data, nodes)]
    table = Table(list(row))
    if row:
        table.rows.append([Same((spot,)) for spot in row.values()])
    return table, rest


def _is_unfit(name: str) -> bool:
    """Tell whether what names a property is a person's name, long number or address of mail, or was until treated."""
    return not name or name.startswith(("[", "【")) or is_personal(name) or is_named(name)


def _custom_name(data: bytes, nodes: Nodes, names: list[str], node: int) -> str:
    """Return the name of the property that an element stands in."""
    while node >= 0 and names[nodes.name[node]] != "property":
        node = int(nodes.parent[node])
    for child in np.flatnonzero(nodes.parent == node).tolist() if node >= 0 else ():
        if nodes.kind[child] == int(Kind.ATTRIBUTE) and names[nodes.name[child]] == "name":
            written = data[nodes.inner_start[child] : nodes.inner_end[child]].decode()
            name = " ".join(decode(written, Kind.ATTRIBUTE).replace("#", " ").split())
            return "property" if _is_unfit(name) else name
    return "property"


def _unfit_names(part: str, data: bytes, nodes: Nodes) -> Iterator[Spot]:
    """Yield names of custom properties that are shown nowhere, being personal: read with what else stands there."""
    for node in np.flatnonzero(nodes.kind == int(Kind.ATTRIBUTE)).tolist():
        if nodes.names[nodes.name[node]] == "name":
            start, end = int(nodes.inner_start[node]), int(nodes.inner_end[node])
            text = decode(data[start:end].decode(), Kind.ATTRIBUTE)
            if text.strip() and _is_unfit(text.strip()):
                yield Spot(part, start, end, Kind.ATTRIBUTE, text)
