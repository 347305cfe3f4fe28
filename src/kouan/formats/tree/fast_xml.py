"""XML to nodes by a compiled walk; expat judges the document, and the walk never trusts it (see xml_scan)."""

# ruff: noqa: PLR0917 - kernels take what they change by position
from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.formats.compiled import compiled
from kouan.formats.tree.faults import Fault, ScanError
from kouan.formats.tree.kernel import (
    COUNT,
    CURRENT,
    DEPTH,
    DONE,
    FAULT,
    LEVEL,
    MEMBER,
    NONE,
    SYNTAX,
    VALUE,
    add,
    named,
    numbers,
    past_blanks,
    walked,
)
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.xml_scan import judge_xml, scan_xml

if TYPE_CHECKING:
    from kouan.formats.options import Limits
    from kouan.formats.tree.kernel import Columns, Names
    from kouan.formats.tree.nodes import Bytes, Ints, Nodes

_ELEMENT, _ATTRIBUTE, _TEXT, _COMMENT, _INSTRUCTION = numbers(list(Kind)[:5])
_BANG, _QUOTE, _APOSTROPHE, _DASH, _SLASH, _LESS, _EQUAL, _MORE, _ASK, _OPEN, _CLOSE = numbers(b"!\"'-/<=>?[]")
_ONCE, _TWICE = numbers((1, 2))
_GATHERED = MEMBER
"""Field of the state: the text that may still grow, or -1."""


def fast_xml(data: bytes, limits: Limits) -> Nodes:
    """Return the nodes of an XML document, equal to those of `scan_xml`.

    The walk comes before expat, whose memory grows with depth; both see the same tags in every beginning that expat
    accepts, so that its verdict holds for what was walked.

    Raises:
        ScanError: as `scan_xml` does, though not always the same of several faults.
    """
    room = min(2 * data.count(b"<") + data.count(b"="), len(data) // 2) + 1
    found = walked(_walk, data, room, limits)
    if found.nodes is not None:
        judge_xml(data, limits, depth=False)
        return found.nodes
    if found.code == VALUE:
        judge_xml(data, limits, depth=False)
        raise ScanError(Fault.VALUE, found.at)
    return scan_xml(data, limits)


@compiled
def _walk(data: Bytes, out: Columns, names: Names, state: Ints, most_depth: int, most_bytes: int) -> int:
    """Fill `out` and `names`; return the byte where the fault in `state` was seen."""
    at = int(state[COUNT])
    while at < len(data) and state[FAULT] == DONE:
        if data[at] != _LESS:
            at = _characters(data, at, out, state, most_bytes)
        elif at + 1 == len(data):
            at = _fault(state, SYNTAX, at)
        elif data[at + 1] == _SLASH:
            at = _end_tag(data, at, out, state)
        elif data[at + 1] == _BANG:
            at = _declared(data, at, out, state, most_bytes)
        elif data[at + 1] == _ASK:
            at = _instruction(data, at, out, names, state, most_bytes)
        else:
            at = _start_tag(data, at, out, names, state, most_depth, most_bytes)
    if state[FAULT] == DONE and (state[CURRENT] >= 0 or state[COUNT] == 0):
        state[FAULT] = SYNTAX
    return at


@compiled
def _fault(state: Ints, code: int, at: int) -> int:
    if state[FAULT] == DONE:
        state[FAULT] = code
    return at


@compiled
def _characters(data: Bytes, at: int, out: Columns, state: Ints, most_bytes: int) -> int:
    """Pass character data up to the next tag."""
    first = past_blanks(data, at)
    past = first
    while past < len(data) and data[past] != _LESS:
        past += 1
    if past == first or state[CURRENT] < 0:
        return past
    last = past
    while data[last - 1] == 32 or 9 <= data[last - 1] <= 10 or data[last - 1] == 13:  # noqa: PLR2004
        last -= 1
    _gather(out, state, first, last, most_bytes)
    return first if state[FAULT] else past


@compiled
def _gather(out: Columns, state: Ints, start: int, end: int, most_bytes: int) -> None:
    """Make a node of character data, or let the one that is being gathered reach further."""
    node = state[_GATHERED]
    if node < 0:
        node = add(out, state, _TEXT, state[CURRENT], NONE, start, end, start, end)
        if node < 0:
            return
        state[_GATHERED] = node
    out.end[node] = end
    out.inner_end[node] = end
    if end - out.start[node] > most_bytes:
        state[FAULT] = VALUE


@compiled
def _end_tag(data: Bytes, at: int, out: Columns, state: Ints) -> int:
    node = state[CURRENT]
    past = at + 2
    while past < len(data) and data[past] != _MORE:
        past += 1
    if past == len(data) or node < 0:
        return _fault(state, SYNTAX, at)
    out.inner_end[node] = at
    out.end[node] = past + 1
    state[CURRENT] = out.parent[node]
    state[LEVEL] -= 1
    state[_GATHERED] = -1
    return past + 1


@compiled
def _closing(data: Bytes, at: int, mark: int, times: int) -> int:
    """Return the first byte at or after `at` where `mark` stands so many times before `>`, or -1."""
    for past in range(at + times, len(data)):
        if data[past] == _MORE and data[past - 1] == mark and data[past - times] == mark:
            return past - times
    return -1


@compiled
def _declared(data: Bytes, at: int, out: Columns, state: Ints, most_bytes: int) -> int:
    """Pass a comment, a CDATA section or the document type."""
    if at + 3 < len(data) and data[at + 2] == _DASH and data[at + 3] == _DASH:
        past = _closing(data, at + 4, _DASH, _TWICE)
        if past < 0:
            return _fault(state, SYNTAX, at)
        if past - at - 4 > most_bytes:
            return _fault(state, VALUE, at + 4)
        add(out, state, _COMMENT, state[CURRENT], NONE, at, past + 3, at + 4, past)
        return past + 3
    if at + 8 < len(data) and data[at + 2] == _OPEN:
        past = _closing(data, at + 9, _CLOSE, _TWICE)
        if past < 0 or state[CURRENT] < 0:
            return _fault(state, SYNTAX, at)
        _gather(out, state, at, past + 3, most_bytes)
        return past + 3
    return _document_type(data, at, state)


@compiled
def _document_type(data: Bytes, at: int, state: Ints) -> int:
    quote = 0
    for past in range(at + 2, len(data)):
        if quote:
            if data[past] == quote:
                quote = 0
        elif data[past] == _QUOTE or data[past] == _APOSTROPHE:
            quote = int(data[past])
        elif data[past] == _MORE:
            return past + 1
    return _fault(state, SYNTAX, at)


@compiled
def _instruction(data: Bytes, at: int, out: Columns, names: Names, state: Ints, most_bytes: int) -> int:
    past = _closing(data, at + 2, _ASK, _ONCE)
    if past < 0:
        return _fault(state, SYNTAX, at)
    first = at + 2
    last = _name_end(data, first, past)
    if at + 5 == last and data[first] == 120 and data[first + 1] == 109 and data[first + 2] == 108:  # noqa: PLR2004
        return past + 2
    if past - first > most_bytes:
        return _fault(state, VALUE, first)
    name = named(data, first, last, names, state)
    add(out, state, _INSTRUCTION, state[CURRENT], name, at, past + 2, first, past)
    return past + 2


@compiled
def _name_end(data: Bytes, at: int, past: int) -> int:
    while at < past and data[at] > 32 and data[at] != _SLASH and data[at] != _MORE and data[at] != _EQUAL:  # noqa: PLR2004
        at += 1
    return at


@compiled
def _start_tag(
    data: Bytes, start: int, out: Columns, names: Names, state: Ints, most_depth: int, most_bytes: int
) -> int:
    at = _name_end(data, start + 1, len(data))
    name = named(data, start + 1, at, names, state)
    node = add(out, state, _ELEMENT, state[CURRENT], name, start, at, at, at)
    state[_GATHERED] = -1
    if state[LEVEL] >= most_depth:
        return _fault(state, DEPTH, start)
    while state[FAULT] == DONE:
        at = past_blanks(data, at)
        if at == len(data):
            return _fault(state, SYNTAX, start)
        if data[at] == _MORE:
            out.inner_start[node] = at + 1
            state[CURRENT] = node
            state[LEVEL] += 1
            return at + 1
        if data[at] == _SLASH:
            if at + 1 == len(data) or data[at + 1] != _MORE:
                return _fault(state, SYNTAX, at)
            out.end[node] = out.inner_start[node] = out.inner_end[node] = at + 2
            return at + 2
        at = _attribute(data, at, node, out, names, state, most_bytes)
    return at


@compiled
def _attribute(data: Bytes, start: int, node: int, out: Columns, names: Names, state: Ints, most_bytes: int) -> int:
    last = _name_end(data, start, len(data))
    at = past_blanks(data, last)
    if last == start or at == len(data) or data[at] != _EQUAL:
        return _fault(state, SYNTAX, start)
    at = past_blanks(data, at + 1)
    if at == len(data) or (data[at] != _QUOTE and data[at] != _APOSTROPHE):
        return _fault(state, SYNTAX, start)
    past = at + 1
    while past < len(data) and data[past] != data[at]:
        past += 1
    if past == len(data):
        return _fault(state, SYNTAX, start)
    if past - at - 1 > most_bytes:
        return _fault(state, VALUE, at + 1)
    name = named(data, start, last, names, state)
    add(out, state, _ATTRIBUTE, node, name, start, past + 1, at + 1, past)
    return past + 1
