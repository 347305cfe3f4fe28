"""Values of nodes: the bytes between quotes or tags as text, and text as bytes that may stand there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats.compiled import pays
from kouan.formats.tree.nodes import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.formats.tree.nodes import Bytes, Ids, Ints, Nodes

_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PIECE = re.compile(r"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>|([^<]+)", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_KINDS = len(Kind)
_XML_SPECIAL = np.zeros(256, np.bool_)
_XML_SPECIAL[list(b"&<\r\n\t")] = True
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EDGE = re.compile(r"^[ \t\r\n]+|[ \t\r\n]+$")


def written_values(nodes: Nodes, data: npt.NDArray[np.uint8], which: Ids | Ints) -> Any:
    """Return the values of nodes as they are written, as a large string array."""
    offsets, gathered = _gather(nodes, data, which)
    return pa.LargeStringArray.from_buffers(len(which), pa.py_buffer(offsets), pa.py_buffer(gathered))


def _gather(nodes: Nodes, data: npt.NDArray[np.uint8], which: Ids | Ints) -> tuple[Ints, Bytes]:
    """Return offsets and bytes of values one after another."""
    starts = nodes.inner_start[which]
    lengths = nodes.inner_end[which] - starts
    offsets = np.zeros(len(which) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    if not pays(len(data)):
        return offsets, data[np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1])]
    from kouan.formats.tree.fast_values import fast_gather  # noqa: PLC0415 - imports numba

    gathered = np.empty(offsets[-1], np.uint8)
    fast_gather(data, starts, offsets, gathered)
    return offsets, gathered


def read_values(nodes: Nodes, data: npt.NDArray[np.uint8], which: Ids) -> Any:
    """Return the values of nodes as a string array; JSON's null is null."""
    offsets, gathered = _gather(nodes, data, which)
    kinds = nodes.kind[which]
    json_text = len(kinds) > 0 and kinds[0] >= Kind.OBJECT  # in numbers and literals nothing is special
    special = gathered == ord("\\") if json_text else _XML_SPECIAL[gathered]
    marked = np.zeros(len(which), np.bool_)
    if special.any():
        marked[np.searchsorted(offsets, np.flatnonzero(special), side="right") - 1] = True
    raw = pa.LargeStringArray.from_buffers(len(which), pa.py_buffer(offsets), pa.py_buffer(gathered)).cast(pa.string())
    if marked.any():
        raw = pc.replace_with_mask(raw, pa.array(marked), _decoded(raw.filter(pa.array(marked)), kinds[marked]))
    nulls = kinds == Kind.LITERAL
    if nulls.any():
        nulls[nulls] = data[nodes.inner_start[which[nulls]]] == ord("n")
        raw = _put(raw, nulls, [None] * int(nulls.sum())) if nulls.any() else raw
    return raw


def _decoded(values: Any, kinds: Bytes) -> Any:
    """Return what values stand for; each distinct one is worked out once."""
    encoded = values.dictionary_encode()
    which = np.asarray(encoded.indices).astype(np.int64) * _KINDS + kinds
    distinct, inverse = np.unique(which, return_inverse=True)
    texts = encoded.dictionary.to_pylist()
    new = [decode(texts[one // _KINDS], Kind(one % _KINDS)) for one in distinct.tolist()]
    return pa.array(new, pa.string()).take(pa.array(inverse))


def _put(values: Any, where: npt.NDArray[np.bool_], new: Sequence[str | None]) -> Any:
    return pc.replace_with_mask(values, pa.array(where), pa.array(new, pa.string()))


def decode(raw: str, kind: Kind) -> str:
    """Return the text that a value written in XML or JSON stands for (XML 1.0 2.11, 3.3.3, 4.6; RFC 8259 7)."""
    if kind is Kind.STRING:
        text: str = json.loads(f'"{raw}"')
        return text
    ends = raw.replace("\r\n", "\n").replace("\r", "\n")
    if kind in (Kind.COMMENT, Kind.INSTRUCTION):
        return ends
    if kind is Kind.ATTRIBUTE:
        return _REFERENCE.sub(_resolve, ends.replace("\n", " ").replace("\t", " "))
    if "<" not in ends:
        return _REFERENCE.sub(_resolve, ends)
    pieces = []
    for piece in _PIECE.finditer(ends):
        if piece[1] is not None:
            pieces.append(piece[1])
        elif piece[2] is not None:
            pieces.append(_REFERENCE.sub(_resolve, piece[2]))
    return "".join(pieces)


def _resolve(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    return chr(int(found[1], 16) if found[1] else int(found[2]))


def encode(text: str, kind: Kind, quote: str = '"') -> str:
    """Return a text as it may stand in the place of a value; characters that XML cannot hold become `?`.

    Args:
        text: any text.
        kind: of the value, no comment or instruction; what is no number or literal any more becomes a string, with
            its quotes.
        quote: around an attribute.
    """
    if kind is Kind.STRING:
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if kind in (Kind.NUMBER, Kind.LITERAL):
        return text if _NUMBER.fullmatch(text) else json.dumps(text, ensure_ascii=False)
    text = _ILLEGAL.sub("?", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    if kind is Kind.ATTRIBUTE:
        text = text.replace("\n", "&#10;").replace("\t", "&#9;")
        return text.replace(quote, "&quot;" if quote == '"' else "&apos;")
    return _EDGE.sub(lambda blank: "".join(f"&#{ord(one)};" for one in blank[0]), text)
