"""Which record each node belongs to and by which path: worked out level by level over all nodes at once."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.plain import is_plain, may_number_a_person
from kouan.formats.tree.values import written_values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    import numpy.typing as npt

    from kouan.formats.tree.nodes import Bytes, Ids, Ints, Nodes
    from kouan.model.shape import RecordShape, TreeShape

    Bools = npt.NDArray[np.bool_]

_ASIDE = {Kind.COMMENT: "comment()", Kind.INSTRUCTION: "instruction()"}
_ELEMENT, _ARRAY = int(Kind.ELEMENT), int(Kind.ARRAY)  # an attribute of an enumeration is slow to come by
_HOLDERS = (Kind.ELEMENT, Kind.OBJECT, Kind.ARRAY)
_LEAVES = (Kind.ATTRIBUTE, Kind.TEXT, Kind.COMMENT, Kind.INSTRUCTION, Kind.STRING, Kind.NUMBER, Kind.LITERAL)
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9._:-]{0,79}|[0-9][0-9.]{0,79}")
_OTHER = "other"
_SMALL = 1 << 10
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the nodes of a document stand among its records.

    Attributes:
        path: of each node below its record's anchor, index into `paths`; -1 where a node is no value of a record.
        record: node that opens the record of each node.
        anchors: nodes that open records, in document order.
        tables: table of each of them.
        paths: distinct paths.
    """

    path: Ids
    record: Ids
    anchors: Ids
    tables: tuple[str, ...]
    paths: tuple[str, ...]


def any_of(kind: Bytes, kinds: Collection[Kind]) -> Bools:
    """Tell which nodes are of one of these kinds."""
    table = np.zeros(256, np.bool_)
    table[list(kinds)] = True
    return table[kind]


def levels(nodes: Nodes) -> Iterator[Ids]:
    """Yield the nodes of each depth, roots first."""
    holders = np.flatnonzero(any_of(nodes.kind, _HOLDERS))
    change = np.zeros(len(nodes.kind) + 1, np.int16)
    change[holders + 1] = 1
    past = np.searchsorted(nodes.start, nodes.end[holders])  # the nodes that one holds follow it without a gap
    change -= np.bincount(past, minlength=len(change)).astype(np.int16)
    depth = np.cumsum(change[:-1], dtype=np.int16)
    order = np.argsort(depth, kind="stable").astype(np.int32)
    bounds = np.searchsorted(depth[order], np.arange(int(depth.max(initial=0)) + 2))
    for start, end in itertools.pairwise(bounds):
        yield order[start:end]


class Steps:
    """Interned steps of paths, and the step of each node: -1 where a node adds none (roots, arrays, text)."""

    def __init__(self, nodes: Nodes, shape: TreeShape | None) -> None:
        self.words: dict[str, int] = {}
        self.by_level = list(levels(nodes))
        self.shape = shape
        self.spelt = spelt_names(nodes)
        ids = np.array([self.intern(name) for name in self.spelt] or [0], np.int32)
        self.of = np.where(nodes.name >= 0, ids[nodes.name], -1).astype(np.int32)
        self._attributes(nodes)
        self._json(nodes)
        for kind, word in _ASIDE.items():
            self.of[nodes.kind == kind] = self.intern(word)
        self.of[(nodes.parent < 0) & ~any_of(nodes.kind, _ASIDE)] = -1

    def intern(self, word: str) -> int:
        """Return the number of a step."""
        return self.words.setdefault(word, len(self.words))

    def _attributes(self, nodes: Nodes) -> None:
        """Write attributes as `@name`; the value attribute of a shape stands for its element."""
        value = self.shape.value_attribute if self.shape else None
        ids = np.array([-1 if name == value else self.intern(f"@{name}") for name in self.spelt] or [0], np.int32)
        here = nodes.kind == Kind.ATTRIBUTE
        self.of[here] = ids[nodes.name[here]]

    def _json(self, nodes: Nodes) -> None:
        """Give the elements of an array the array's own name, and the array none."""
        array = nodes.kind == Kind.ARRAY
        if not array.any():
            return
        for level in self.by_level[1:]:
            inside = level[array[nodes.parent[level]]]
            self.of[inside] = self.of[nodes.parent[inside]]
        self.of[array] = -1


def spelt_names(nodes: Nodes) -> list[str]:
    """Return every name as paths write it: without the prefix of the root's namespace, `/` and `~` escaped."""
    home = None
    if len(nodes.kind) and (nodes.kind == Kind.ELEMENT).any():
        root = int(np.argmax(nodes.kind == Kind.ELEMENT))
        home = nodes.names[nodes.name[root]].rpartition(":")[0]
    spelt = []
    for name in nodes.names:
        prefix, mark, local = name.partition(":")
        spelt.append(_escaped(local if mark and home and prefix == home else name))
    return spelt


def _declares(nodes: Nodes, data: bytes, names: list[str]) -> Bools:
    """Tell which attributes only declare namespaces, schemas and types, in words that cannot describe a person."""
    technical = np.array([name == "xmlns" or name.startswith(("xmlns:", "xsi:")) for name in names] or [False])
    found: Bools = (nodes.kind == Kind.ATTRIBUTE) & technical[nodes.name]
    here = np.flatnonzero(found)
    found[here] = _judged(nodes, data, here, is_plain)
    return found


def _fixed(shape: TreeShape) -> dict[str, str]:
    """Return the patterns of what a standard fixes; the mark of a withheld value is part of it."""
    if shape.withheld is None or shape.withheld[0] in shape.structural:
        return shape.structural
    return {**shape.structural, shape.withheld[0]: re.escape(shape.withheld[1])}


def _structural(nodes: Nodes, data: bytes, names: list[str], shape: TreeShape) -> Bools:
    """Tell which attributes or members hold only what the standard itself fixes."""
    found = np.zeros(len(nodes.kind), np.bool_)
    leaves = any_of(nodes.kind, (Kind.ATTRIBUTE, Kind.STRING))
    called, patterns = nodes.name, _fixed(shape)
    if shape.value_attribute in names:  # it is the value of its element, and called what that is
        own = (nodes.kind == Kind.ATTRIBUTE) & (called == names.index(shape.value_attribute))
        called = np.where(own, called[nodes.parent], called)
    for number, name in enumerate(names):
        if name in patterns:
            here = np.flatnonzero((called == number) & leaves)
            found[here] = _judged(nodes, data, here, re.compile(patterns[name].encode()).fullmatch)
    return found


def _judged(nodes: Nodes, data: bytes, which: Ints, judge: Callable[[bytes], object]) -> Bools:
    """Judge values as they are written, each distinct one once."""
    encoded = written_values(nodes, np.frombuffer(data, np.uint8), which).dictionary_encode()
    verdicts = np.array([bool(judge(value.encode())) for value in encoded.dictionary.to_pylist()], np.bool_)
    which_one: Ids = np.asarray(encoded.indices)
    return verdicts[which_one]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1") if "/" in name or "~" in name else name


def spell_paths(nodes: Nodes, steps: Steps, start: Bools | None = None) -> tuple[Ids, list[str]]:
    """Return the path of each node from its root, or from the nearest node where `start` holds, and the paths."""
    count = len(nodes.kind)
    words = [*steps.words]
    path = np.zeros(count, np.int32)
    texts = [""]
    known: dict[int, int] = {}
    for level in steps.by_level:
        step = steps.of[level]
        above = np.where(nodes.parent[level] >= 0, path[nodes.parent[level]], 0)
        key = above.astype(np.int64) * (len(words) + 1) + step + 1
        fresh = start[level] if start is not None else np.zeros(len(level), np.bool_)
        key = np.where(fresh, 0, key)
        distinct, inverse = distinct_of(key)
        ids = np.zeros(len(distinct), np.int32)
        for at, value in enumerate(distinct.tolist()):
            if value not in known:
                parent, own = divmod(value, len(words) + 1)
                if own == 0:
                    known[value] = parent
                else:
                    before = texts[parent]
                    known[value] = len(texts)
                    texts.append(f"{before}/{words[own - 1]}" if before else words[own - 1])
            ids[at] = known[value]
        path[level] = ids[inverse]
    return path, texts


def distinct_of(keys: Ints) -> tuple[Ints, Ids | Ints]:
    """Return the distinct keys in order, and which of them each is: by a table where they are small."""
    span = int(keys.max(initial=0)) + 1
    if span > _SMALL + 16 * len(keys):
        distinct, inverse = np.unique(keys, return_inverse=True)
        return distinct, inverse
    table = np.zeros(span, np.int32)
    table[keys] = 1
    distinct = np.flatnonzero(table)
    table[distinct] = np.arange(len(distinct), dtype=np.int32)
    return distinct, table[keys]


def place(nodes: Nodes, data: bytes, *, shape: TreeShape | None, records: dict[str, str]) -> Placed:
    """Cut a document into records and name the path of every value.

    Args:
        nodes: of the document.
        data: its UTF-8 bytes.
        shape: of its standard; None for a document of no known standard.
        records: table name -> path of the element or object that opens its records, as a person states it.
    """
    steps = Steps(nodes, shape)
    said = _key_steps(nodes, data, steps, shape) if shape is not None and shape.keyed else []
    members = _Members(nodes, data)
    opens = _openers(nodes, members, steps, spell_paths(nodes, steps), shape=shape, records=records)
    table_of = _tables(nodes, members, steps, opens)
    start = np.zeros(len(nodes.kind), np.bool_)
    start[list(table_of)] = True
    record = np.full(len(nodes.kind), -1, np.int32)
    first = next((i for i in table_of if nodes.parent[i] < 0), 0)
    for level in steps.by_level:
        above = nodes.parent[level]
        record[level] = np.where(start[level], level, np.where(above >= 0, record[above], first))
    path, paths = spell_paths(nodes, steps, start)
    leaf = any_of(nodes.kind, _LEAVES) & ~_declares(nodes, data, steps.spelt)
    if shape is not None:
        leaf &= ~_structural(nodes, data, steps.spelt, shape)
        said += _naming(members, opens)
    leaf[said] = False
    path = np.where(leaf, path, -1).astype(np.int32)
    for kind, word in _ASIDE.items():  # one item per kind of record, wherever they stand in it
        if (nodes.kind == kind).any():
            paths.append(word)
            path[nodes.kind == kind] = len(paths) - 1
    anchors = np.array(sorted(table_of), np.int32)
    return Placed(path, record, anchors, tuple(table_of[int(one)] for one in anchors), tuple(paths))


def _openers(
    nodes: Nodes,
    members: _Members,
    steps: Steps,
    paths: tuple[Ids, list[str]],
    *,
    shape: TreeShape | None,
    records: dict[str, str],
) -> list[tuple[int, RecordShape | str | None]]:
    """Return the nodes that open records with what says so."""
    raw, texts = paths
    opens: dict[int, RecordShape | str | None] = {}
    holder = any_of(nodes.kind, (Kind.ELEMENT, Kind.OBJECT))
    value = any_of(nodes.kind, (Kind.STRING, Kind.NUMBER, Kind.LITERAL))
    for root in np.flatnonzero((nodes.parent < 0) & (holder | (nodes.kind == Kind.ARRAY) | value)).tolist():
        opens[root] = None
    stated: list[tuple[str, RecordShape | str]] = [(at, name) for name, at in records.items()]
    if not stated and shape is not None:
        stated = [(one.at, one) for one in shape.records]
    if not stated:
        return [*opens.items(), *((node, None) for node in _listed(nodes))]
    for at, what in stated:
        wild = at == "*" or at.endswith("/*")
        above = at.removesuffix("*").removesuffix("/")
        wanted = [
            i for i, text in enumerate(texts) if (text.rpartition("/")[0] == above and text if wild else text == at)
        ]
        here = np.isin(raw, wanted) & (nodes.kind == Kind.ELEMENT if at.endswith("*") else holder)
        if at:
            here &= steps.of >= 0
        by = None if isinstance(what, str) or not what.name_by else members.of(what.name_by)
        for node in np.flatnonzero(here).tolist():
            if opens.get(node) is None and (by is None or node in by):
                opens[node] = what
    return list(opens.items())


def _fits(path: str, at: str) -> bool:
    """Tell whether a path is the one meant; a step without a key takes any, `*` any step."""
    steps, wanted = path.split("/"), at.split("/")
    return len(steps) == len(wanted) and all(
        step == want or step.partition("(")[0] == want or (want == "*" and step != "")
        for step, want in zip(steps, wanted, strict=True)
    )


def _listed(nodes: Nodes) -> list[int]:
    """Return the records of a document of no known shape: of the outermost list that it obviously is.

    Only the nesting of elements and objects decides, never a value, so that treated data are cut as the raw data were.
    """
    at = int(np.argmax((nodes.parent < 0) & ~any_of(nodes.kind, _ASIDE)))
    if nodes.kind[at] != Kind.ELEMENT:
        return _listed_json(nodes)
    while True:
        children = np.flatnonzero((nodes.parent == at) & (nodes.kind == Kind.ELEMENT))
        if len(children) == 0 or len(np.unique(nodes.name[children])) != 1:
            return []
        inner = np.flatnonzero((nodes.parent == children[0]) & (nodes.kind == Kind.ELEMENT))
        if len(children) > 1 or len(inner) < 2 or len(np.unique(nodes.name[inner])) != 1:  # noqa: PLR2004 - a list
            return children.tolist()
        at = int(children[0])


def _listed_json(nodes: Nodes) -> list[int]:
    roots = np.flatnonzero(nodes.parent < 0)
    if len(roots) != 1:
        return []
    at = int(roots[0])
    listing = np.zeros(len(nodes.kind), np.bool_)
    listing[nodes.parent[(nodes.kind == Kind.OBJECT) & (nodes.parent >= 0)]] = True
    while nodes.kind[at] == Kind.OBJECT:
        inside = np.flatnonzero(nodes.parent == at)
        objects = inside[nodes.kind[inside] == Kind.OBJECT]
        lists = inside[(nodes.kind[inside] == Kind.ARRAY) & listing[inside]]
        if len(lists) == 1:
            at = int(lists[0])
        elif len(lists) == 0 and len(objects) == 1:
            at = int(objects[0])
        else:
            return []
    held = np.flatnonzero((nodes.parent == at) & (nodes.kind == Kind.OBJECT))
    return held.tolist() if nodes.kind[at] == Kind.ARRAY else []


def _tables(
    nodes: Nodes, members: _Members, steps: Steps, opens: list[tuple[int, RecordShape | str | None]]
) -> dict[int, str]:
    """Return the table of each record's node."""
    words = [*steps.words]
    spelt = steps.spelt
    tables = {}
    which = np.array([node for node, _ in opens], np.int32)
    facts = (nodes.kind[which].tolist(), nodes.name[which].tolist(), steps.of[which].tolist())
    inside = (nodes.parent[which] >= 0).tolist()
    for (node, what), kind, name, step, within in zip(opens, *facts, inside, strict=True):
        if isinstance(what, str):
            tables[node] = what
            continue
        named = members.of(what.name_by).get(node) if what is not None and what.name_by else None
        own = spelt[name] if kind == _ELEMENT else None
        fixed = what.name if what is not None else None
        if own is None and within and step >= 0 and what is None:
            own = words[step]
        tables[node] = (named[1] if named else None) or fixed or own or ("list" if kind == _ARRAY else "record")
    return tables


def _naming(members: _Members, opens: list[tuple[int, RecordShape | str | None]]) -> list[int]:
    """Return the values that name their records' tables, which are no items of their own."""
    said = []
    for node, what in opens:
        if what is not None and not isinstance(what, str) and what.name_by:
            said += [found[0]] if (found := members.of(what.name_by).get(node)) else []
    return said


class _Members:
    """What members and attributes of a name say in plain words."""

    def __init__(self, nodes: Nodes, data: bytes) -> None:
        self._nodes = nodes
        self._data = data
        self._found: dict[str, dict[int, tuple[int, str]]] = {}

    def of(self, name: str) -> dict[int, tuple[int, str]]:
        """Return for each node with such a member the first that holds a plain word, and the word."""
        if name not in self._found:
            self._found[name] = self._first(name) if name in self._nodes.names else {}
        return self._found[name]

    def _first(self, name: str) -> dict[int, tuple[int, str]]:
        nodes = self._nodes
        own = np.flatnonzero(nodes.name == nodes.names.index(name)).astype(np.int32)
        words, said = _plain_words(nodes, self._data, own)
        own, said = own[said >= 0], said[said >= 0]
        found: dict[int, tuple[int, str]] = {}
        for child, parent, word in zip(own.tolist(), nodes.parent[own].tolist(), said.tolist(), strict=True):
            found.setdefault(parent, (child, words[word]))
        return found


def _plain_words(nodes: Nodes, data: bytes, which: Ids, *, addresses: bool = False) -> tuple[list[str], Ids]:
    """Return the distinct plain words among values as written, and which of them each value is; -1 for any other.

    With `addresses` a web address counts as well whose last part is a plain word.
    """
    short = nodes.inner_end[which] - nodes.inner_start[which] <= _LONGEST
    encoded = written_values(nodes, np.frombuffer(data, np.uint8), which[short]).dictionary_encode()
    words = encoded.dictionary.to_pylist()
    codes = [_last_part(word) if addresses else word for word in words]
    plain = np.array([_is_code(code) for code in codes], np.bool_)
    indices = np.asarray(encoded.indices)
    said = np.full(len(which), -1, np.int32)
    said[short] = np.where(plain[indices], indices, -1) if words else indices
    return words, said


@lru_cache(1 << 12)
def _is_code(word: str) -> bool:
    return _KEY.fullmatch(word) is not None and not may_number_a_person(word)


def _key_steps(nodes: Nodes, data: bytes, steps: Steps, shape: TreeShape) -> list[int]:
    """Write keyed steps as `observation(29)`, the key being a plain code; anything else is `(other)`.

    A key becomes part of an item's name, so it must not be able to carry what describes a person. Returns the values
    that the steps now say, which are no items of their own.
    """
    said: list[int] = []
    holders = any_of(nodes.kind, (Kind.ELEMENT, Kind.OBJECT))
    leaves = _Leaves(nodes, steps)
    plain = steps.of.copy()
    for rule, where in shape.keyed.items():
        parent, _, name = rule.rpartition("/")
        if name not in steps.words or (parent and parent not in steps.words):
            continue
        number = steps.words[name]
        values, keyed = leaves.at(number, where=where)
        if not len(values):  # what is a member in JSON is an attribute in XML
            before, mark, last = where.rpartition("/")
            values, keyed = leaves.at(number, where=f"{before}{mark}@{last}")
        here = holders[keyed]
        if parent:
            above = _through_arrays(nodes, nodes.parent[keyed])
            here &= (above >= 0) & (plain[above] == steps.words[parent])
        values, keyed = values[here], keyed[here]
        keyed, first = np.unique(keyed, return_index=True)
        values = values[first]
        words, key = _plain_words(nodes, data, values, addresses=True)
        used = np.unique(key).tolist()
        number_of = {at: steps.intern(f"{name}({_last_part(words[at]) if at >= 0 else _OTHER})") for at in used}
        for at in used:
            steps.of[keyed[key == at]] = number_of[at]
        said += values[key >= 0].tolist()
    return said


def _last_part(word: str) -> str:
    """Return what follows the last `/` of a web address; any other word as it is."""
    return word.rpartition("/")[2] if "://" in word else word


class _Leaves:
    """Values of attributes and strings by their step, to be found without going over all nodes."""

    def __init__(self, nodes: Nodes, steps: Steps) -> None:
        self._nodes = nodes
        self._steps = steps
        leaves = np.flatnonzero(any_of(nodes.kind, (Kind.ATTRIBUTE, Kind.STRING))).astype(np.int32)
        stands = (nodes.kind[leaves] == Kind.ATTRIBUTE) & (steps.of[leaves] < 0)
        self._standing = leaves[stands]  # value attributes, which stand for their elements
        own = leaves[~stands]
        order = np.argsort(steps.of[own], kind="stable")
        self._own, self._step = own[order], steps.of[own][order]

    def at(self, number: int, *, where: str) -> tuple[Ids, Ids]:
        """Return each value that stands at a path below the nodes of a step, in order, and that node."""
        nodes, steps = self._nodes, self._steps
        words = where.split("/")
        if any(word not in steps.words for word in words):
            return np.zeros(0, np.int32), np.zeros(0, np.int32)
        wanted = [steps.words[word] for word in words]
        lo, hi = np.searchsorted(self._step, (wanted[-1], wanted[-1] + 1))
        element = nodes.parent[self._standing]
        right = steps.of[element] == wanted[-1]
        leaves = np.concatenate((self._own[lo:hi], self._standing[right]))
        above = np.concatenate((nodes.parent[self._own[lo:hi]], nodes.parent[element[right]]))
        order = np.argsort(leaves, kind="stable")
        leaves, above = leaves[order], above[order]
        for word in reversed(wanted[:-1]):
            above = _through_arrays(nodes, above)
            right = (above >= 0) & (steps.of[above] == word)
            leaves, above = leaves[right], nodes.parent[above[right]]
        above = _through_arrays(nodes, above)
        right = (above >= 0) & (steps.of[above] == number)
        return leaves[right], above[right]


def _through_arrays(nodes: Nodes, above: Ids) -> Ids:
    while (here := (above >= 0) & (nodes.kind[above] == Kind.ARRAY)).any():
        above = np.where(here, nodes.parent[above], above)
    return above
