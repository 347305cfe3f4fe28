"""Put treated values back into a document's own bytes: everything that is not treated stays as it was.

In a document of a known standard an element or object that held nothing but removed values goes with them, as empty
ones would not be valid; in any other document they stay, because their nesting tells the records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from kouan.formats.tree.absent import absences
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.values import encode

if TYPE_CHECKING:
    import numpy.typing as npt

    from kouan.formats.tree.document import Loaded
    from kouan.formats.tree.nodes import Ids, Ints, Nodes

    Bools = npt.NDArray[np.bool_]

_HOLDERS = (int(Kind.OBJECT), int(Kind.ARRAY))
_ATTRIBUTE = int(Kind.ATTRIBUTE)
_WORDED = frozenset(map(int, (Kind.ATTRIBUTE, Kind.TEXT, Kind.STRING)))
_PLAIN = re.compile(r"[A-Za-z0-9:.](?:[A-Za-z0-9_:.+/ -]*[A-Za-z0-9:.])?").fullmatch
"""Texts that stand for themselves in an attribute, between tags, and in a string of JSON."""


class Written(Protocol):
    """Bytes and what stands in them."""

    @property
    def nodes(self) -> Nodes:
        """In document order."""

    @property
    def data(self) -> bytes:
        """UTF-8."""


@dataclass(frozen=True, slots=True)
class _Written:
    nodes: Nodes
    data: bytes


@dataclass(slots=True)
class Edits:
    """What changes in a document.

    Attributes:
        replaced: new text by node.
        removed: nodes whose value goes.
        withheld: nodes whose value goes, and the shape's mark of a withheld value takes its place.
        gone: nodes of records that go as a whole.
    """

    replaced: dict[int, str] = field(default_factory=dict)
    removed: list[Ids] = field(default_factory=list)
    withheld: list[Ids] = field(default_factory=list)
    gone: list[Ids] = field(default_factory=list)


Patch = tuple[int, int, bytes]
"""Bytes from one place to before another become new ones: a bare tuple, as there are hundreds of thousands."""


def splice(loaded: Loaded, edits: Edits) -> bytes | None:
    """Return the document with the edits made; None when no record of it is left."""
    gone = _mask(loaded, edits.gone)
    if gone.any() and _is_empty(loaded, gone):
        return None
    patches = _replacements(loaded, edits.replaced)
    removed = _mask(loaded, edits.removed)
    if edits.withheld and loaded.shape is not None and loaded.shape.withheld is not None:
        patches += _withhold(loaded, np.flatnonzero(_mask(loaded, edits.withheld)), loaded.shape.withheld)
    removed = _pruned(loaded, removed, gone) if loaded.shape is not None else removed | gone
    top = removed & ~np.where(loaded.nodes.parent >= 0, removed[loaded.nodes.parent], False)
    if loaded.shape is not None and loaded.shape.absent is not None:
        marks = absences(loaded, removed, loaded.shape.absent)
        patches += [(int(loaded.nodes.start[one]), int(loaded.nodes.end[one]), new) for one, new in marks.items()]
        top[[*marks]] = removed[[*marks]] = False
    patches += _removals(loaded, np.flatnonzero(top), removed)
    return apply(loaded.data, patches)


def patches_of(nodes: Nodes, data: bytes, replaced: dict[int, str], removed: Bools) -> list[Patch]:
    """Return what changes in values of JSON one after another: new texts, and nodes taken out with their commas.

    An object or array that held nothing else goes with what is taken out; what stands alone stays, empty.

    Args:
        nodes: as scanned.
        data: in which they stand.
        replaced: new text by node.
        removed: values to take out.
    """
    found = _Written(nodes, data)
    inner = nodes.parent >= 0
    held = np.bincount(nodes.parent[inner], minlength=len(nodes.kind))
    while True:
        lost = np.bincount(nodes.parent[removed & inner], minlength=len(nodes.kind))
        more = (lost == held) & (held > 0) & inner & ~removed
        if not more.any():
            break
        removed = removed | more
    top = removed & ~np.where(inner, removed[nodes.parent], False)
    return [*_replacements(found, replaced), *_removals(found, np.flatnonzero(top), removed)]


def inside(loaded: Loaded, gone: list[Ids], which: Ids) -> Bools:
    """Tell which nodes stand in a record that goes as a whole, or are one."""
    if not gone or not len(some := np.concatenate(gone)):
        return np.zeros(len(which), np.bool_)
    nodes = loaded.nodes
    some = some[np.argsort(nodes.start[some], kind="stable")]
    ends = np.maximum.accumulate(nodes.end[some])
    at = np.searchsorted(nodes.start[some], nodes.start[which], side="right") - 1
    found: Bools = (at >= 0) & (nodes.start[which] < ends[at])
    return found


def _is_empty(loaded: Loaded, gone: Bools) -> bool:
    """Tell whether no record is left, or only the envelope of records that are all gone."""
    if not (~gone & (loaded.nodes.parent < 0) & _content(loaded)).any():
        return True
    anchors = np.concatenate([table.anchors for table in loaded.tables])
    held = anchors[loaded.nodes.parent[anchors] >= 0]
    return bool(len(held) and inside(loaded, [np.flatnonzero(gone).astype(np.int32)], held).all())


def apply(data: bytes, patches: list[Patch]) -> bytes:
    """Return the bytes with patches made; one inside another is void, as the outer one covers it."""
    parts: list[bytes | memoryview] = []
    view = memoryview(data)
    at = 0
    starts = np.fromiter((start for start, _, _ in patches), np.int64, len(patches))
    ends = np.fromiter((end for _, end, _ in patches), np.int64, len(patches))
    for place in np.lexsort((-ends, starts)).tolist():
        start, end, new = patches[place]
        if start < at:
            continue
        parts += (view[at:start], new)
        at = end
    parts.append(view[at:])
    return b"".join(parts)


def _mask(loaded: Loaded, some: list[Ids]) -> Bools:
    mask = np.zeros(len(loaded.nodes.kind), np.bool_)
    for nodes in some:
        mask[nodes] = True
    return mask


def _content(loaded: Loaded) -> Bools:
    """Tell which nodes are content: elements, objects, arrays, and values that are items.

    Comments are none, nor what only declares a namespace or says by its own value which element this is: an extension
    of FHIR of which only its `url` is left would not be valid.
    """
    nodes = loaded.nodes
    items = _mask(loaded, [column.nodes for table in loaded.tables for column in table.columns.values()])
    items &= ~np.isin(nodes.kind, (Kind.COMMENT, Kind.INSTRUCTION))
    content: Bools = items | np.isin(nodes.kind, (Kind.ELEMENT, Kind.OBJECT, Kind.ARRAY))
    return content


def _replacements(loaded: Written, replaced: dict[int, str]) -> list[Patch]:
    nodes = loaded.nodes
    which = np.fromiter(replaced, np.int64, len(replaced))
    starts, ends = nodes.inner_start[which].tolist(), nodes.inner_end[which].tolist()
    kinds = {int(kind): kind for kind in Kind}
    kinds |= dict.fromkeys(_HOLDERS, Kind.LITERAL)  # an empty object or array: what takes its place is a value
    patches = []
    for text, number, start, end in zip(replaced.values(), nodes.kind[which].tolist(), starts, ends, strict=True):
        if number in _WORDED and _PLAIN(text):
            patches.append((start, end, text.encode()))
            continue
        quote = chr(loaded.data[start - 1]) if number == _ATTRIBUTE else '"'
        patches.append((start, end, encode(text, kinds[number], quote).encode()))
    return patches


def _withhold(loaded: Loaded, removed: npt.NDArray[np.int64], mark: tuple[str, str]) -> list[Patch]:
    """Put the mark of a withheld value where the values stood, once in each element."""
    nodes = loaded.nodes
    name, value = mark
    text = f'{name}="{value}"'.encode()
    marks = nodes.names.index(name) if name in nodes.names else -1
    has = (nodes.kind == Kind.ATTRIBUTE) & (nodes.name == marks)
    marked = set(nodes.parent[has].tolist()) - set(nodes.parent[removed[has[removed]]].tolist())
    patches = []
    elements = nodes.parent[removed]
    spans = zip(nodes.start[removed].tolist(), nodes.end[removed].tolist(), strict=True)
    inner = nodes.inner_start[elements].tolist()
    for (start, end), kind, element, inside in zip(
        spans, nodes.kind[removed].tolist(), elements.tolist(), inner, strict=True
    ):
        fresh = element not in marked
        marked.add(element)
        if kind == _ATTRIBUTE:
            patches.append((start, end, text) if fresh else (_before_blanks(loaded, start), end, b""))
            continue
        patches.append((start, end, b""))
        if fresh:
            at = inside - 1  # before the `>` of its start tag, which is no empty one
            patches.append((at, at, b" " + text))
    return patches


def _pruned(loaded: Loaded, removed: Bools, gone: Bools) -> Bools:
    """Return the nodes to take out: with the values those that held nothing else, up to their record."""
    nodes = loaded.nodes
    inside = nodes.parent >= 0
    content = _content(loaded)
    held = np.bincount(nodes.parent[content & inside], minlength=len(nodes.kind))
    kept = (nodes.parent < 0) | _mask(loaded, [table.anchors for table in loaded.tables])
    # Between two texts an element stays, empty: without it they would be one.
    texts = inside & (nodes.kind == Kind.TEXT) & ~removed
    kept |= inside & (np.bincount(nodes.parent[texts], minlength=len(nodes.kind))[nodes.parent] > 1)
    removed = removed.copy()
    while True:
        empty = np.bincount(nodes.parent[removed & content & inside], minlength=len(nodes.kind)) == held
        more = empty & (held > 0) & ~kept & ~removed
        if not more.any():
            return removed | gone
        removed |= more


def _removals(loaded: Written, top: npt.NDArray[np.int64], removed: Bools) -> list[Patch]:
    nodes = loaded.nodes
    if len(top) == 0:
        return []
    if not (nodes.kind == Kind.ELEMENT).any():
        return _json_removals(loaded, top, removed)
    attribute = nodes.kind[top] == Kind.ATTRIBUTE
    starts = nodes.start[top].tolist()
    return [
        (_before_blanks(loaded, start) if hangs else start, int(end), b"")
        for start, end, hangs in zip(starts, nodes.end[top].tolist(), attribute.tolist(), strict=True)
    ]


def _before_blanks(loaded: Written, at: int) -> int:
    while loaded.data[at - 1] in b" \t\r\n":
        at -= 1
    return at


def _json_removals(loaded: Written, top: npt.NDArray[np.int64], removed: Bools) -> list[Patch]:
    """Take out members and elements with one comma each; of JSON lines the whole line."""
    nodes = loaded.nodes
    order = np.argsort(nodes.parent, kind="stable")
    parents = nodes.parent[order]
    patches = []
    holders = np.unique(nodes.parent[top])
    los, his = np.searchsorted(parents, holders), np.searchsorted(parents, holders, side="right")
    for parent, lo, hi in zip(holders.tolist(), los.tolist(), his.tolist(), strict=True):
        children = order[lo:hi]
        if parent < 0:
            patches += [_line(loaded, int(child)) for child in children[removed[children]].tolist()]
        else:
            patches += _runs(nodes.start[children], nodes.end[children], removed[children])
    return patches


def _line(loaded: Written, node: int) -> Patch:
    start, end = int(loaded.nodes.start[node]), int(loaded.nodes.end[node])
    newline = loaded.data.find(b"\n", end)
    return (start, len(loaded.data) if newline < 0 else newline + 1, b"")


def _runs(starts: Ints, ends: Ints, removed: Bools) -> list[Patch]:
    """Return the spans of removed children of one container: after the one kept before, else up to the next kept."""
    if removed.all():
        return [(int(starts[0]), int(ends[-1]), b"")]
    first_kept = int(np.argmin(removed))
    patches = [(int(starts[0]), int(starts[first_kept]), b"")] if first_kept else []
    at = first_kept
    for child in range(first_kept + 1, len(removed)):
        if removed[child]:
            continue
        if child > at + 1:
            patches.append((int(ends[at]), int(ends[child - 1]), b""))
        at = child
    if at < len(removed) - 1:
        patches.append((int(ends[at]), int(ends[-1]), b""))
    return patches
