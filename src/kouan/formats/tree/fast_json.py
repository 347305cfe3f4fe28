"""JSON and JSON lines to nodes by a compiled walk, as strict as the plain one (see json_scan)."""

# ruff: noqa: PLR0917 - kernels take what they change by position
from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.formats.compiled import compiled
from kouan.formats.tree.faults import Fault, ScanError
from kouan.formats.tree.json_scan import finished, scan_json
from kouan.formats.tree.kernel import (
    AWAITED,
    COUNT,
    CURRENT,
    DEPTH,
    DONE,
    ENCODING,
    FAULT,
    LEVEL,
    MEMBER,
    MEMBER_AT,
    SYNTAX,
    VALUE,
    add,
    named,
    numbers,
    past_blanks,
    walked,
)
from kouan.formats.tree.nodes import Kind

if TYPE_CHECKING:
    from kouan.formats.options import Limits
    from kouan.formats.tree.kernel import Columns, Names
    from kouan.formats.tree.nodes import Bytes, Ints, Nodes

_OBJECT, _ARRAY, _STRING, _NUMBER, _LITERAL = numbers(list(Kind)[5:])
_QUOTE, _PLUS, _COMMA, _MINUS, _DOT, _ZERO, _NINE, _COLON = b'"+,-.09:'
_SQUARE, _BACKSLASH, _SQUARE_END, _CURLY, _CURLY_END = b"[\\]{}"
_E, _F, _N, _T, _U = b"efntu"
_LOWER = 0x20
_ANY, _ANY_OR_END, _NAME, _NAME_OR_END, _THEN, _MORE_OR_END = range(6)
"""What may come next; _THEN is the colon, _MORE_OR_END a comma or an end."""
_FAULTS = {SYNTAX: Fault.SYNTAX, DEPTH: Fault.DEPTH, VALUE: Fault.VALUE, ENCODING: Fault.ENCODING}
_ONE, _ZERO_QUOTES = numbers((1, 0))
_HEX = 4
_PAIR = 6


def fast_json(data: bytes, limits: Limits) -> Nodes:
    """Return the nodes of all JSON values in a UTF-8 text, equal to those of `scan_json`. Raises the same ScanError."""
    room = min(data.count(b",") + data.count(b"{") + data.count(b"[") + data.count(b"\n"), len(data)) + 1
    found = walked(_walk, data, room, limits)
    if found.nodes is not None:
        return finished(found.nodes)
    if found.code in _FAULTS:
        raise ScanError(_FAULTS[found.code], found.at)
    return scan_json(data, limits)


@compiled
def _walk(data: Bytes, out: Columns, names: Names, state: Ints, most_depth: int, most_bytes: int) -> int:
    """Fill `out` and `names`; return the byte where the fault in `state` was seen."""
    at = past_blanks(data, state[COUNT])
    while at < len(data):
        byte = data[at]
        if byte == _QUOTE:
            past = _string(data, at, out, names, state, most_bytes)
        elif byte in (_COMMA, _COLON):
            past = _mark(at, byte, out, state)
        elif byte in (_CURLY, _SQUARE):
            past = _begin(at, byte, out, state, most_depth)
        elif byte in (_CURLY_END, _SQUARE_END):
            past = _finish(at, byte, out, state)
        else:
            past = _bare(data, at, out, state, most_bytes)
        if state[FAULT] != DONE:
            return at
        at = past_blanks(data, past)
    if state[CURRENT] >= 0 or state[COUNT] == 0:
        state[FAULT] = SYNTAX
    return at


@compiled
def _string(data: Bytes, at: int, out: Columns, names: Names, state: Ints, most_bytes: int) -> int:
    """Pass a string: a member's name or a value."""
    past = _string_end(data, at, state)
    awaited = state[AWAITED]
    if past < 0 or awaited > _NAME_OR_END:
        state[FAULT] = SYNTAX
    elif past - at > most_bytes:
        state[FAULT] = VALUE
    elif state[FAULT] == DONE:
        if awaited >= _NAME:
            state[MEMBER] = named(data, at + 1, past - 1, names, state)
            state[MEMBER_AT] = at
            state[AWAITED] = _THEN
        else:
            _value(_STRING, at, past, _ONE, out, state)
    return past


@compiled
def _string_end(data: Bytes, at: int, state: Ints) -> int:
    """Return the byte past the closing quote, -1 where there is none; half of a surrogate pair sets the fault."""
    at += 1
    while at < len(data):
        byte = data[at]
        if byte == _QUOTE:
            return at + 1
        if byte < _LOWER:
            return -1
        if byte != _BACKSLASH:
            at += 1
            continue
        length = _escape(data, at, state)
        if length == 0:
            return -1
        at += length
    return -1


@compiled
def _escape(data: Bytes, at: int, state: Ints) -> int:
    r"""Return the length of an escape, of both where two \u make one character; 0 when it is none."""
    if at + 1 == len(data):
        return 0
    byte = data[at + 1]
    if byte != _U:
        simple = byte in (_QUOTE, _BACKSLASH, 47, 98, _F)
        return 2 if simple or byte in (_N, _T) or byte == 114 else 0  # noqa: PLR2004
    code = _hex(data, at + 2)
    if code < 0:
        return 0
    if code >> 11 != 27:  # noqa: PLR2004 - no surrogate
        return _PAIR
    if code < 0xDC00 and at + 7 < len(data) and data[at + 6] == _BACKSLASH and data[at + 7] == _U:  # noqa: PLR2004
        low = _hex(data, at + 8)
        if low >> 10 == 55:  # noqa: PLR2004 - a low surrogate
            return 2 * _PAIR
    state[FAULT] = ENCODING
    return _PAIR


@compiled
def _hex(data: Bytes, at: int) -> int:
    """Return the value of four hexadecimal digits, or -1."""
    if at + _HEX > len(data):
        return -1
    value = 0
    for place in range(at, at + _HEX):
        byte = int(data[place])
        if _ZERO <= byte <= _NINE:
            digit = byte - _ZERO
        elif 97 <= byte | _LOWER <= 102:  # noqa: PLR2004 - a to f
            digit = (byte | _LOWER) - 87
        else:
            return -1
        value = value * 16 + digit
    return value


@compiled
def _bare(data: Bytes, at: int, out: Columns, state: Ints, most_bytes: int) -> int:
    """Pass a number or a literal."""
    kind = _NUMBER
    past = _number_end(data, at)
    if past < 0:
        kind = _LITERAL
        past = _literal_end(data, at)
    if past < 0 or state[AWAITED] > _ANY_OR_END:
        state[FAULT] = SYNTAX
    elif past - at > most_bytes:
        state[FAULT] = VALUE
    else:
        _value(kind, at, past, _ZERO_QUOTES, out, state)
    return past


@compiled
def _digits_end(data: Bytes, at: int) -> int:
    while at < len(data) and _ZERO <= data[at] <= _NINE:
        at += 1
    return at


@compiled
def _number_end(data: Bytes, at: int) -> int:
    """Return the end of the longest number at this byte, or -1."""
    if data[at] == _MINUS:
        at += 1
    past = _digits_end(data, at)
    if past == at:
        return -1
    if data[at] == _ZERO:
        past = at + 1
    if past < len(data) and data[past] == _DOT:
        fraction = _digits_end(data, past + 1)
        if fraction > past + 1:
            past = fraction
    if past < len(data) and data[past] | _LOWER == _E:
        first = past + 1
        if first < len(data) and (data[first] == _PLUS or data[first] == _MINUS):
            first += 1
        exponent = _digits_end(data, first)
        if exponent > first:
            past = exponent
    return past


@compiled
def _literal_end(data: Bytes, at: int) -> int:
    first = data[at]
    word = b"true" if first == _T else b"null" if first == _N else b"false"
    if at + len(word) > len(data):
        return -1
    for step in range(len(word)):
        if data[at + step] != word[step]:
            return -1
    return at + len(word)


@compiled
def _value(kind: int, at: int, past: int, quote: int, out: Columns, state: Ints) -> int:
    """Append a node with the member's name that awaits it, and await what follows."""
    start = at if state[MEMBER] < 0 else state[MEMBER_AT]
    node = add(out, state, kind, state[CURRENT], state[MEMBER], start, past, at + quote, past - quote)
    state[MEMBER] = -1
    state[AWAITED] = _MORE_OR_END if state[CURRENT] >= 0 else _ANY
    return node


@compiled
def _begin(at: int, byte: int, out: Columns, state: Ints, most_depth: int) -> int:
    """Open an object or an array."""
    if state[AWAITED] > _ANY_OR_END:
        state[FAULT] = SYNTAX
        return at
    node = _value(_OBJECT if byte == _CURLY else _ARRAY, at, at, _ZERO_QUOTES, out, state)
    state[CURRENT] = node
    state[LEVEL] += 1
    if state[FAULT] == DONE and state[LEVEL] > most_depth:
        state[FAULT] = DEPTH
    state[AWAITED] = _NAME_OR_END if byte == _CURLY else _ANY_OR_END
    return at + 1


@compiled
def _finish(at: int, byte: int, out: Columns, state: Ints) -> int:
    """Close the open object or array."""
    node = state[CURRENT]
    kind, empty = (_OBJECT, _NAME_OR_END) if byte == _CURLY_END else (_ARRAY, _ANY_OR_END)
    awaited = state[AWAITED]
    if node < 0 or out.kind[node] != kind or (awaited not in (empty, _MORE_OR_END)):
        state[FAULT] = SYNTAX
        return at
    out.end[node] = out.inner_end[node] = at + 1
    state[CURRENT] = out.parent[node]
    state[LEVEL] -= 1
    state[AWAITED] = _MORE_OR_END if state[CURRENT] >= 0 else _ANY
    return at + 1


@compiled
def _mark(at: int, byte: int, out: Columns, state: Ints) -> int:
    """Pass a comma or a colon."""
    if byte == _COLON and state[AWAITED] == _THEN:
        state[AWAITED] = _ANY
    elif byte == _COMMA and state[AWAITED] == _MORE_OR_END:
        state[AWAITED] = _NAME if out.kind[state[CURRENT]] == _OBJECT else _ANY
    else:
        state[FAULT] = SYNTAX
    return at + 1
