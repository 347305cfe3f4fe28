"""One XML part of an office document: its paragraphs, its tables, who wrote, and whatever else is said in it.

Text of runs (`t`, in Word and slides alike) belongs to the paragraph (`p`) around it, and that to the table cell around
it. Nothing else that says something is passed over: other text, attributes and comments are told one by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kouan.formats.letter.attributes import is_author, is_mark, is_plain_field, says
from kouan.formats.letter.cells import BREAK, HYPHEN, TAB, Spot, run_text, target_of
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.values import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.formats.tree.nodes import Nodes

Pieces = list["Spot | str"]

_RUN_TEXT = frozenset({"t", "delText"})
_BETWEEN = {"tab": TAB, "ptab": TAB, "br": BREAK, "cr": BREAK, "noBreakHyphen": HYPHEN}
_GONE = frozenset({"del", "moveFrom"})
_FIELDS = frozenset({"instrText", "delInstrText"})
_PLACES = frozenset({"posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "formatCode", "f"})
_OFF = frozenset({"0", "false", "off"})
_NUMBER = re.compile(rb"[-+0-9.eE]{1,10}")
SHOWN, DELETED, HIDDEN = "", "deleted", "hidden"


@dataclass(slots=True)
class Row:
    """A row of a table as it stands in the file.

    Attributes:
        cells: column from 0, and the runs of the cell's paragraphs.
        marked: the file itself calls it a header.
    """

    cells: list[tuple[int, Pieces]] = field(default_factory=list)
    marked: bool = False


@dataclass(slots=True)
class Marked:
    """What one part says.

    Attributes:
        lines: paragraphs outside tables, and deleted or hidden text of any: place, kind of place, runs.
        grids: tables: place and rows.
        authors: who wrote, and where that is said.
        asides: everything else.
    """

    lines: list[tuple[int, str, Pieces]] = field(default_factory=list)
    grids: list[tuple[int, list[Row]]] = field(default_factory=list)
    authors: list[tuple[str, Spot]] = field(default_factory=list)
    asides: list[Spot] = field(default_factory=list)


class MarkupReader:
    """Reads one part.

    Args:
        part: its name.
        data: UTF-8.
        nodes: of it.
        any_name: it holds data of anybody's making, every attribute of which counts.
    """

    def __init__(self, part: str, data: bytes, nodes: Nodes, *, any_name: bool = False) -> None:
        self._part, self._data, self._any_name = part, data, any_name
        self._parent: list[int] = nodes.parent.tolist()
        names = [name.rpartition(":")[2] for name in nodes.names]
        self._name = [names[name] if name >= 0 else "" for name in nodes.name.tolist()]
        self._kind: list[int] = nodes.kind.tolist()
        self._inner = list(zip(nodes.inner_start.tolist(), nodes.inner_end.tolist(), strict=True))
        self._outer = list(zip(nodes.start.tolist(), nodes.end.tolist(), strict=True))
        self._raw_names = [nodes.names[name] if name >= 0 else "" for name in nodes.name.tolist()]
        self._hidden = set(self._hidden_runs(nodes))
        self._done = Marked()
        self._groups: dict[tuple[int, str], Pieces] = {}
        self._spans: dict[int, int] = {}
        self._before: dict[int, int] = {}
        self._headers: set[int] = set()
        self._zones: dict[int, str] = {}

    def read(self) -> Marked:
        """Return what the part says."""
        count = len(self._parent)
        inside = _Inside(count)
        for node in range(count):
            kind, parent = self._kind[node], self._parent[node]
            inside.enter(node, parent)
            if kind == Kind.ELEMENT:
                self._element(node, parent, inside)
            elif kind == Kind.ATTRIBUTE:
                self._attribute(node, parent)
            else:
                self._text(node, parent, inside)
        self._gather(inside)
        return self._done

    def _element(self, node: int, parent: int, inside: _Inside) -> None:
        name = self._name[node]
        above = self._name[parent] if parent >= 0 else ""
        if name in _RUN_TEXT or (name in _BETWEEN and above in {"r", "p"}):
            self._piece(node, name, inside)
        elif name == "p":
            inside.paragraph[node] = node
            self._zones[node] = inside.zone[node]
        elif name in {"tbl", "tr", "tc"}:
            inside.open(node, name)
        elif name in {"gridSpan", "gridBefore", "tblHeader"} and parent >= 0:
            self._property(node, name, self._parent[parent])
        else:
            self._zone(node, name, above, inside)

    def _zone(self, node: int, name: str, above: str, inside: _Inside) -> None:
        """Note what makes text stand elsewhere, or stand nowhere on the page."""
        if name == "txbxContent":
            inside.zone[node] = "text box"
        elif name in _GONE and above != "rPr":
            inside.state[node] = DELETED
        elif node in self._hidden and inside.state[node] == SHOWN:
            inside.state[node] = HIDDEN

    def _piece(self, node: int, name: str, inside: _Inside) -> None:
        """Add text of a run, or what stands between runs, to its paragraph."""
        start, end = self._inner[node]
        paragraph = inside.paragraph[node]
        if paragraph < 0 or (name in _RUN_TEXT and start == end):
            return
        piece: Spot | str = _BETWEEN.get(name, "")
        if name in _RUN_TEXT:
            piece = Spot(self._part, start, end, Kind.TEXT, run_text(self._data[start:end]))
        self._groups.setdefault((paragraph, inside.state[node]), []).append(piece)

    def _property(self, node: int, name: str, owner: int) -> None:
        if name == "gridSpan":
            self._spans[owner] = max(1, self._number(node, "val"))
        elif name == "gridBefore":
            self._before[owner] = self._number(node, "val")
        elif (self._value(node, "val") or "1") not in _OFF:
            self._headers.add(owner)

    def _attribute(self, node: int, parent: int) -> None:
        element, name = self._name[parent], self._name[node]
        start, end = self._inner[node]
        raw = self._data[start:end]
        written = self._raw_names[node]
        if written == "xmlns" or written.startswith("xmlns:"):
            return
        if element == "Relationship":
            if name == "Target" and self._value(parent, "TargetMode") == "External" and target_of(raw.decode()):
                self._done.asides.append(self._spot(node)._replace(link=True, text=target_of(self._spot(node).text)))
        elif is_author(element, name):
            if raw.strip():
                self._done.authors.append((name if name in {"initials", "userId"} else "author", self._spot(node)))
        elif element == "name" and self._name[self._parent[parent]] == "style":
            if self._is_on(self._parent[parent], "customStyle") and says(element, name, raw):
                self._done.asides.append(self._spot(node))
        elif says(element, name, raw, any_name=self._any_name):
            spot = self._spot(node)
            if not is_mark(spot.text) and not (name == "instr" and is_plain_field(spot.text)):
                self._done.asides.append(spot)

    def _text(self, node: int, parent: int, inside: _Inside) -> None:
        name = self._name[parent] if parent >= 0 else ""
        start, end = self._inner[node]
        if self._kind[node] != Kind.TEXT:
            start, end = self._outer[node]
            first, last = self._inner[node]
            text = decode(self._data[first:last].decode(), Kind(self._kind[node]))
            if text.strip() and self._name[node] != "mso-application":
                self._done.asides.append(Spot(self._part, start, end, Kind(self._kind[node]), text))
            return
        if (name in _RUN_TEXT and inside.paragraph[node] >= 0) or name in _PLACES:
            return
        spot = self._spot(node)
        if is_mark(spot.text) or (name in _FIELDS and is_plain_field(spot.text)):
            return
        if name == "v" and _NUMBER.fullmatch(self._data[start:end]):
            return
        if name == "text":  # of a comment on a slide
            self._done.lines.append((start, "", [spot]))
        else:
            self._done.asides.append(spot)

    def _gather(self, inside: _Inside) -> None:
        """Put paragraphs into cells and cells into rows."""
        cells: dict[int, Pieces] = {}
        for (paragraph, state), pieces in self._groups.items():
            if not _says(pieces):
                continue
            cell = inside.cell[paragraph]
            if cell < 0 or state != SHOWN:
                place = state or self._zones[paragraph]
                self._done.lines.append((self._outer[paragraph][0], place, pieces))
            else:
                before = cells.setdefault(cell, [])
                before += [BREAK, *pieces] if before else pieces
        tables: dict[int, dict[int, Row]] = {}
        at: dict[int, int] = {}
        for cell in inside.cells:
            row = inside.row[cell]
            column = at.get(row, self._before.get(row, 0))
            at[row] = column + self._spans.get(cell, 1)
            found = tables.setdefault(inside.table[cell], {}).setdefault(row, Row(marked=row in self._headers))
            found.cells.append((column, cells.get(cell, [])))
        for table, rows in tables.items():
            self._done.grids.append((self._outer[table][0] if table >= 0 else 0, list(rows.values())))

    def _hidden_runs(self, nodes: Nodes) -> Iterator[int]:
        wanted = [number for number, name in enumerate(nodes.names) if name.rpartition(":")[2] == "vanish"]
        for node in np.flatnonzero(np.isin(nodes.name, wanted) & (nodes.kind == int(Kind.ELEMENT))).tolist():
            run = self._parent[self._parent[node]] if self._parent[node] >= 0 else -1
            if run >= 0 and self._name[run] == "r" and (self._value(node, "val") or "1") not in _OFF:
                yield run

    def _spot(self, node: int) -> Spot:
        start, end = self._inner[node]
        kind = Kind(self._kind[node])
        mark = chr(self._data[start - 1]) if kind is Kind.ATTRIBUTE else '"'
        return Spot(self._part, start, end, kind, decode(self._data[start:end].decode(), kind), mark)

    def _value(self, element: int, name: str) -> str | None:
        """Return an attribute by its local name."""
        node = element + 1
        while node < len(self._parent) and self._kind[node] == Kind.ATTRIBUTE and self._parent[node] == element:
            if self._name[node] == name:
                start, end = self._inner[node]
                return self._data[start:end].decode()
            node += 1
        return None

    def _number(self, element: int, name: str) -> int:
        value = self._value(element, name) or ""
        return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0  # noqa: PLR2004 - wider than all tables

    def _is_on(self, element: int, name: str) -> bool:
        return (self._value(element, name) or "0") not in _OFF


class _Inside:
    """For each node, what it stands in: nodes, or -1."""

    def __init__(self, count: int) -> None:
        self.paragraph, self.cell, self.row, self.table = ([-1] * count for _ in range(4))
        self.state, self.zone = ([""] * count for _ in range(2))
        self.cells: list[int] = []

    def enter(self, node: int, parent: int) -> None:
        """Take over from the parent."""
        if parent >= 0:
            for some in (self.paragraph, self.cell, self.row, self.table):
                some[node] = some[parent]
            self.state[node], self.zone[node] = self.state[parent], self.zone[parent]

    def open(self, node: int, name: str) -> None:
        """Begin a table, a row or a cell."""
        if name == "tc":
            self.cell[node] = node
            self.cells.append(node)
        elif name == "tr":
            self.row[node], self.cell[node] = node, -1
        else:
            self.table[node], self.row[node], self.cell[node], self.paragraph[node] = node, -1, -1, -1


def _says(pieces: Pieces) -> bool:
    return any(not isinstance(piece, str) and piece.text.strip() for piece in pieces)
