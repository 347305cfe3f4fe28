"""Results as bytes, without pickles: what a kernel gives in one process is read in another.

A JSON text tells the shape; arrays follow it, Arrow's as streams and numpy's as `.npy`. Dataclasses are rebuilt only if
they are ours.
"""

from __future__ import annotations

import dataclasses
import io
import json
from collections import Counter
from importlib import import_module
from typing import Any

import numpy as np
import pyarrow as pa

_OURS = "kouan."
_LENGTH = 8
_PLAIN = (bool, int, float, str)


def pack(value: object) -> bytes:
    """Return a value as bytes.

    Args:
        value: None, numbers, texts, bytes, tuples, lists, dicts, sets, `Counter`, arrays, our dataclasses.

    Raises:
        TypeError: for anything else.
    """
    arrays: list[bytes] = []
    tree = json.dumps(_told(value, arrays), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"".join(len(one).to_bytes(_LENGTH, "little") + one for one in (tree, *arrays))


def unpack(data: bytes) -> Any:
    """Return the value of `pack`. Raises ValueError for bytes that it did not make."""
    parts = []
    place = 0
    while place < len(data):
        start = place + _LENGTH
        place = start + int.from_bytes(data[place:start], "little")
        if place > len(data):
            raise ValueError("cut off")
        parts.append(memoryview(data)[start:place])
    if not parts:
        raise ValueError("empty")
    return _meant(json.loads(bytes(parts[0]).decode("utf-8", "surrogatepass")), parts)


def _told(value: object, arrays: list[bytes]) -> object:
    """Return what JSON can say; anything but a plain value is a list of its kind and its content."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, (pa.Array, np.ndarray, bytes)):
        kind, part = _bytes_of(value)
        arrays.append(part)
        return [kind, len(arrays)]
    if isinstance(value, dict):  # pairs, since keys are of any kind and stand in their order
        kind = "counter" if isinstance(value, Counter) else "dict"
        return [kind, [[_told(key, arrays), _told(one, arrays)] for key, one in value.items()]]
    if isinstance(value, (tuple, list)):
        return [type(value).__name__, [_told(one, arrays) for one in value]]
    if isinstance(value, (set, frozenset)):
        return [type(value).__name__, [_told(one, arrays) for one in sorted(value)]]
    kind = f"{type(value).__module__}:{type(value).__qualname__}"
    if dataclasses.is_dataclass(value) and kind.startswith(_OURS):
        given = {one.name: _told(getattr(value, one.name), arrays) for one in dataclasses.fields(value)}
        return ["object", kind, given]
    raise TypeError(kind)


def _meant(told: Any, parts: list[memoryview]) -> Any:
    if not isinstance(told, list):
        return told
    kind, content = told[0], told[1]
    if kind in _ARRAYS:
        return _ARRAYS[kind](parts[content])
    if kind in {"dict", "counter"}:
        pairs = {_meant(key, parts): _meant(one, parts) for key, one in content}
        return Counter(pairs) if kind == "counter" else pairs
    if kind == "object":
        return _object(content, {name: _meant(one, parts) for name, one in told[2].items()})
    return _MANY[kind](_meant(one, parts) for one in content)


def _object(kind: str, given: dict[str, Any]) -> Any:
    module, _, name = kind.partition(":")
    if not module.startswith(_OURS):
        raise ValueError(kind)
    found = getattr(import_module(module), name)
    if not (isinstance(found, type) and dataclasses.is_dataclass(found)):
        raise ValueError(kind)
    return found(**given)


def _bytes_of(value: Any) -> tuple[str, bytes]:
    if isinstance(value, bytes):
        return "bytes", value
    if isinstance(value, np.ndarray):
        stream = io.BytesIO()
        np.lib.format.write_array(stream, value, allow_pickle=False)
        return "numpy", stream.getvalue()
    sink = pa.BufferOutputStream()
    batch = pa.record_batch([value], names=["_"])
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return "arrow", sink.getvalue().to_pybytes()


def _numpy(part: memoryview) -> Any:
    return np.lib.format.read_array(io.BytesIO(part), allow_pickle=False)


def _arrow(part: memoryview) -> Any:
    with pa.ipc.open_stream(pa.py_buffer(part)) as stream:
        return stream.read_next_batch().column(0)


_ARRAYS: dict[str, Any] = {"bytes": bytes, "numpy": _numpy, "arrow": _arrow}
_MANY: dict[str, Any] = {"tuple": tuple, "list": list, "set": set, "frozenset": frozenset}
