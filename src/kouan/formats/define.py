"""CDISC Define-XML (1.0, 2.0, 2.1): what a study calls its data sets and variables.

A define.xml is read by events, in bounded memory, without document types or entities of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

import pyarrow as pa

from kouan.formats import messages
from kouan.formats.files import head_of, pieces_of
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.model.errors import Message

_NAMESPACE = "http://www.cdisc.org/ns/def/v"
_MOST_BYTES = 256 << 20
_MOST_DEPTH = 100
_MOST_ENTRIES = 500_000
_MOST_LABEL = 1_000

_DOCTYPE = Text(zh="文档类型声明（DOCTYPE）", en="a document type (DOCTYPE)")
_TOO_LARGE = Text(zh="文件过大", en="too large a file")
_TOO_DEEP = Text(zh="嵌套过深", en="elements too deep inside one another")
_TOO_MANY = Text(zh="条目过多", en="too many entries")
_NOT_XML = Text(zh="不是格式正确的 XML", en="not well-formed XML")


@dataclass(frozen=True, slots=True)
class DefinedItem:
    """What a define.xml says of one variable.

    Attributes:
        label: its description; empty when none is given.
        type: data type, such as `text`, `integer`, `date`; empty when none is given.
        length: characters; None when none is given.
        origin: where its values come from, such as `CRF Page 7`, `Derived`, `Collected`; empty when none is given.
    """

    label: str
    type: str
    length: int | None
    origin: str


@dataclass(frozen=True, slots=True)
class Define:
    """The variables of a study's data sets.

    Attributes:
        standard: the standard that the data follow and its version, such as `CDISC SDTM 3.1.2`; empty without one.
        datasets: name of a data set in capitals -> its label.
        items: (data set, variable), both in capitals -> what is said of it.
    """

    standard: str
    datasets: Mapping[str, str]
    items: Mapping[tuple[str, str], DefinedItem]


def read_define(path: Path) -> Define:
    """Read a define.xml. Raises KouanError: K-FMT-001…004, 026, 037, 038; no message quotes its content."""
    head_of(path, 1)
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = reading.doctype
    parser.StartNamespaceDeclHandler = reading.namespace
    try:
        _feed(parser, path)
        return reading.result()
    except _Refused as refused:
        raise refused.message.at(str(path), part=refused.part) from None
    except (expat.ExpatError, ValueError, LookupError):
        raise messages.DEFINE_DAMAGED.at(str(path), part=_NOT_XML) from None


def with_labels(schema: pa.Schema, dataset: str, define: Define) -> pa.Schema:
    """Return the schema with labels from a define.xml; a column's own label stays unless it is that one cut short.

    Args:
        schema: columns named like the variables, in any case.
        dataset: name of the data set, in any case.
        define: what the study says.
    """
    return pa.schema([_labelled(one, dataset, define) for one in schema], metadata=schema.metadata)


def _feed(parser: expat.XMLParserType, path: Path) -> None:
    size = 0
    for piece in pieces_of(path):
        size += len(piece)
        if size > _MOST_BYTES:
            raise _Refused(messages.DEFINE_UNSAFE, _TOO_LARGE)
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _labelled(column: pa.Field, dataset: str, define: Define) -> pa.Field:
    item = define.items.get((dataset.upper(), column.name.upper()))
    metadata = column.metadata or {}
    own = metadata.get(b"label", b"")
    label = item.label.encode() if item is not None else b""
    if not label or not label.startswith(own):
        return column
    return column.with_metadata({**metadata, b"label": label})


class _Refused(Exception):  # noqa: N818 - says what is done
    """The file is not read; the catalogue entry and what it is about."""

    def __init__(self, message: Message, part: Text) -> None:
        super().__init__(message.code)
        self.message = message
        self.part = part


@dataclass(slots=True)
class _Definition:
    """An ItemDef while it is read."""

    name: str
    label: str
    type: str
    length: str
    origin: str

    def item(self) -> DefinedItem:
        length = int(self.length) if self.length.isascii() and self.length.isdigit() and len(self.length) < 10 else None  # noqa: PLR2004
        return DefinedItem(self.label, self.type, length, self.origin)


@dataclass(slots=True)
class _Reading:
    """Events of one define.xml; names are without their namespaces."""

    standard: str = ""
    is_define: bool = False
    groups: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    definitions: dict[str, _Definition] = field(default_factory=dict)
    _path: list[str] = field(default_factory=list)
    _group: str = ""
    _definition: _Definition | None = None
    _words: list[str] | None = None
    _entries: int = 0

    def doctype(self, *_: object) -> None:
        raise _Refused(messages.DEFINE_UNSAFE, _DOCTYPE)

    def namespace(self, _: str | None, uri: str | None) -> None:
        self.is_define = self.is_define or (uri or "").startswith(_NAMESPACE)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        self._path.append(name)
        if len(self._path) > _MOST_DEPTH:
            raise _Refused(messages.DEFINE_UNSAFE, _TOO_DEEP)
        if len(self._path) == 1 and name != "ODM":
            raise _Refused(messages.DEFINE_DAMAGED, same("ODM"))
        about = {_local(key): _tidy(value) for key, value in attributes.items()}
        if name == "MetaDataVersion" or (name == "Standard" and not self.standard):
            self._named(about)
        elif name == "ItemGroupDef":
            self._open_group(about)
        elif name == "ItemDef":
            self._open_definition(about)
        elif name == "ItemRef" and self._within("ItemGroupDef"):
            self._count()
            self.groups[self._group][1].append(about.get("ItemOID", ""))
        elif name == "Origin" and self._definition is not None and self._within("ItemDef"):
            self._definition.origin = self._definition.origin or about.get("Type", "")
        elif name == "TranslatedText" and self._within("Description"):
            self._words = []

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name == "TranslatedText" and self._words is not None:
            self._describe(_tidy("".join(self._words)))
            self._words = None
        elif name == "ItemDef":
            self._definition = None
        self._path.pop()

    def text(self, data: str) -> None:
        if self._words is not None and sum(map(len, self._words)) <= _MOST_LABEL:
            self._words.append(data)

    def result(self) -> Define:
        if not self.is_define:
            raise _Refused(messages.DEFINE_DAMAGED, same("http://www.cdisc.org/ns/def"))
        items = {}
        for dataset, (_, members) in self.groups.items():
            for oid in members:
                found = self.definitions.get(oid)
                if found is not None and found.name:
                    items[dataset, found.name.upper()] = found.item()
        return Define(self.standard, {name: label for name, (label, _) in self.groups.items()}, items)

    def _named(self, about: dict[str, str]) -> None:
        name = about.get("StandardName", about.get("Name", "") if self._path[-1] == "Standard" else "")
        version = about.get("StandardVersion", about.get("Version", ""))
        self.standard = f"{name} {version}".strip() if name else ""

    def _open_group(self, about: dict[str, str]) -> None:
        self._count()
        self._group = (about.get("SASDatasetName") or about.get("Name", "")).upper()
        self.groups.setdefault(self._group, (about.get("Label", ""), []))

    def _open_definition(self, about: dict[str, str]) -> None:
        self._count()
        self._definition = _Definition(
            name=about.get("SASFieldName") or about.get("Name", ""),
            label=about.get("Label", ""),
            type=about.get("DataType", ""),
            length=about.get("Length", ""),
            origin=about.get("Origin", ""),
        )
        self.definitions.setdefault(about.get("OID", ""), self._definition)

    def _describe(self, words: str) -> None:
        """Take the first description of the item or data set that stands around it."""
        owner = self._path[-3] if len(self._path) >= 3 else ""  # noqa: PLR2004 - owner, Description, TranslatedText
        if owner == "ItemDef" and self._definition is not None:
            self._definition.label = self._definition.label or words
        elif owner == "ItemGroupDef":
            label, members = self.groups[self._group]
            self.groups[self._group] = (label or words, members)

    def _within(self, owner: str) -> bool:
        return len(self._path) > 1 and self._path[-2] == owner

    def _count(self) -> None:
        self._entries += 1
        if self._entries > _MOST_ENTRIES:
            raise _Refused(messages.DEFINE_UNSAFE, _TOO_MANY)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _tidy(value: str) -> str:
    return " ".join(value[:_MOST_LABEL].split())
