"""What takes the place of elements that a standard requires and that a treatment takes out (`AbsentShape`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.formats.tree.nodes import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from kouan.formats.tree.document import Loaded
    from kouan.formats.tree.nodes import Nodes
    from kouan.model.shape import AbsentShape


def absences(loaded: Loaded, removed: npt.NDArray[np.bool_], shape: AbsentShape) -> dict[int, bytes]:
    """Return what is written in the place of removed elements that may not be missing, by node.

    Args:
        loaded: the document.
        removed: nodes that go, each with all that it holds.
        shape: what the standard requires.
    """
    nodes = loaded.nodes
    inside = nodes.parent >= 0
    top = removed & inside & ~removed[nodes.parent] & (nodes.name >= 0)
    wanted = _last_steps(shape)
    names = [_bare(name) for name in nodes.names]
    likely = np.array([name in wanted or _stems(name, wanted) for name in names] or [False])
    likely_too = likely[nodes.name] & (nodes.name >= 0) & inside & (nodes.kind != Kind.ATTRIBUTE)
    found = np.flatnonzero(top & likely_too)
    if not len(found):
        return {}
    parents = np.zeros(len(nodes.kind), np.bool_)
    parents[nodes.parent[found]] = True
    stays = {
        (int(nodes.parent[one]), names[nodes.name[one]])
        for one in np.flatnonzero(likely_too & ~removed & parents[nodes.parent])
    }
    places = _Places(loaded, shape)
    marks: dict[int, bytes] = {}
    for one in found.tolist():
        parent, name = int(nodes.parent[one]), names[nodes.name[one]]
        if (parent, name) in stays:
            continue
        kind, path = places.of(parent)
        if shape.requires(kind, _joined(path, name)):
            stays.add((parent, name))
            marks[one] = _mark(nodes, one, _joined(path, name), kind, shape).encode()
    return marks


def _bare(name: str) -> str:
    """Return a member's or element's name without the `_` of what is said about a value, or a prefix."""
    return name.rpartition(":")[2].removeprefix("_")


def _last_steps(shape: AbsentShape) -> frozenset[str]:
    return frozenset(path.rpartition("/")[2] for paths in shape.required.values() for path in paths)


def _stems(name: str, wanted: frozenset[str]) -> bool:
    return any(f"{name[:at]}*" in wanted for at in range(1, len(name)) if name[at].isupper())


def _joined(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _mark(nodes: Nodes, one: int, path: str, kind: str, shape: AbsentShape) -> str:
    """Write a required element anew, with the mark for all that it held; what it must hold has marks of its own."""
    name = nodes.names[nodes.name[one]]
    if nodes.kind[one] == Kind.ELEMENT:
        return f"<{name}>{shape.xml_mark}{''.join(_inner(nodes, one, path, kind, shape))}</{name}>"
    listed = nodes.kind[one] == Kind.ARRAY
    holder = one + 1 if listed else one  # a list that goes held something, which follows it
    if nodes.kind[holder] != Kind.OBJECT:
        return f'"_{_bare(name)}": {f"[{shape.json_mark}]" if listed else shape.json_mark}'
    held = ", ".join((shape.json_mark[:-1], *_inner(nodes, holder, path, kind, shape))) + "}"
    return f'"{name}": {f"[{held}]" if listed else held}'


def _inner(nodes: Nodes, holder: int, path: str, kind: str, shape: AbsentShape) -> Iterator[str]:
    end = int(np.searchsorted(nodes.start, nodes.end[holder]))
    seen: set[str] = set()
    for one in (np.flatnonzero(nodes.parent[holder + 1 : end] == holder) + holder + 1).tolist():
        if nodes.name[one] < 0 or nodes.kind[one] == Kind.ATTRIBUTE:
            continue
        name = _bare(nodes.names[nodes.name[one]])
        if name not in seen and shape.requires(kind, _joined(path, name)):
            seen.add(name)
            yield _mark(nodes, one, _joined(path, name), kind, shape)


class _Places:
    """The kind of object that holds a node, and the path from there; each looked up once."""

    def __init__(self, loaded: Loaded, shape: AbsentShape) -> None:
        self._nodes = loaded.nodes
        self._names = [_bare(name) for name in loaded.nodes.names]
        self._kinds = _kinds(loaded, shape)
        self._known: dict[int, tuple[str, str]] = {}

    def of(self, node: int) -> tuple[str, str]:
        """Return kind and path of an element or object; no kind where nothing around it has one."""
        below: list[int] = []
        while node >= 0 and node not in self._known:
            if node in self._kinds:
                self._known[node] = (self._kinds[node], "")
                break
            below.append(node)
            node = int(self._nodes.parent[node])
        kind, path = self._known.get(node, ("", ""))
        for one in reversed(below):
            name = int(self._nodes.name[one])
            path = path if name < 0 else _joined(path, self._names[name])
            self._known[one] = (kind, path)
        return kind, path


def _kinds(loaded: Loaded, shape: AbsentShape) -> dict[int, str]:
    """Return the kinds of objects that say one, by node; in XML an element of a kind's name is one."""
    nodes, data = loaded.nodes, loaded.data
    if (nodes.kind == Kind.ELEMENT).any():
        known = np.array([_bare(name) in shape.required for name in nodes.names] or [False])
        here = np.flatnonzero((nodes.kind == Kind.ELEMENT) & known[nodes.name])
        return {int(one): _bare(nodes.names[nodes.name[one]]) for one in here}
    if shape.by not in nodes.names:
        return {}
    here = np.flatnonzero((nodes.name == nodes.names.index(shape.by)) & (nodes.kind == Kind.STRING))
    return {int(nodes.parent[one]): data[nodes.inner_start[one] : nodes.inner_end[one]].decode() for one in here}
