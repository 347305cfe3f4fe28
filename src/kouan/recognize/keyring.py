"""Keys of all rows of a role: in memory while they are few, as keyed values in anonymous files once they are many.

The files hold no raw value: each key is hashed under a key that is made for the count and never written (`siphash`). No
name leads to them, so that nothing is left however the process ends.
"""

from __future__ import annotations

import secrets
import tempfile
from collections import defaultdict
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.engine.threads import map_ordered
from kouan.formats.collection.spool import Spool
from kouan.model.errors import KouanError
from kouan.recognize import messages
from kouan.recognize.grouping import ROWS_AT_MOST, put_codes, spans
from kouan.recognize.kernel.start import code_records, is_compiled, records_of
from kouan.recognize.siphash import KEY_BYTES, keyed, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from kouan.recognize.grouping import Codes

KEYS_HELD = 8_000_000
"""Keys that are kept in memory: those of a million rows with every kind of key."""
_KEY_BYTES = 32
"""A key that is longer takes the room of several."""
_PARTS = 64
"""Equal keys lie in the same one of so many parts of a file, which are told apart one at a time."""
_RECORD = np.dtype([("row", "<i4"), ("key", "V16")])


@dataclass(frozen=True, slots=True)
class Packed:
    """Keys of one kind and some rows as records, part by part; `ends` says where each part ends."""

    records: npt.NDArray[Any]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Packing:
    """Makes records of keys under a key that is made for one count and never kept."""

    key: bytes = field(repr=False)

    def __call__(self, values: Any) -> Packed:
        """Return the records of the rows that have a key; numbers and texts are never equal."""
        rows = np.flatnonzero(np.asarray(values.is_valid())).astype(np.int32)
        own_key = self.key if pa.types.is_integer(values.type) else bytes(byte ^ 0x5C for byte in self.key)
        if len(rows) and is_compiled(values.nbytes):
            numbers, ends = records_of(values, rows, words_of(own_key), _PARTS)
            return Packed(numbers.view(_RECORD), tuple(ends.tolist()))
        words = keyed(own_key, values.drop_null())
        part = (words[:, 0] % np.uint64(_PARTS)).astype(np.uint8)
        order = np.argsort(part, kind="stable")
        records = np.empty(len(rows), _RECORD)
        records["row"] = rows[order]
        records["key"] = words[order].view("V16")[:, 0]
        return Packed(records, tuple(np.cumsum(np.bincount(part, minlength=_PARTS)).tolist()))


class Keyring:
    """Takes the keys of rows, piece by piece in their order, and says which rows have the same.

    Attributes:
        rows: taken so far.
        packing: makes records of keys; made in other processes, they hold nothing raw.

    Args:
        held: keys that are kept in memory; with none all are handed over as records.
    """

    def __init__(self, held: int | None = None) -> None:
        self.rows = 0
        self._room = KEYS_HELD if held is None else held
        self._held: dict[str, list[tuple[int, Any]]] = defaultdict(list)
        self._files: dict[str, _File] | None = {} if held == 0 else None
        self.packing = Packing(secrets.token_bytes(KEY_BYTES))

    def packed(self, values: Any) -> Any:
        """Return keys as they are best handed over from now on; safe on any thread."""
        return values if self._files is None else self.packing(values)

    def add(self, rows: int, values: Mapping[str, Any]) -> None:
        """Take the next rows.

        Args:
            rows: how many.
            values: by kind, one key per row (`pa.Array` of int64 or string, null where there is none), or `packed`.

        Raises:
            KouanError: K-REC-006 when the disk is full, K-REC-007 when there are too many rows.
        """
        start = self.rows
        self.rows += rows
        if self.rows > ROWS_AT_MOST:
            raise messages.TOO_MANY_ROWS.at("sources", limit=f"{ROWS_AT_MOST:,}")
        for kind, part in values.items():
            if self._files is None:
                self._held[kind].append((start, part))
                self._room -= max(len(part), part.nbytes // _KEY_BYTES)
            else:
                self._write(kind, start, part)
        if self._room < 0 and self._files is None:
            self._files = {}
            for kind in list(self._held):
                for first, part in self._held.pop(kind):
                    self._write(kind, first, part)

    def codes(self, threads: int = 1) -> MutableMapping[str, Codes]:
        """Return by kind the codes of all rows (see `grouping`); the ring is empty then."""
        if self._files is None:
            kinds = sorted(self._held)
            return dict(zip(kinds, map_ordered(kinds, self._codes_held, threads), strict=True))
        away = PutAway(self.rows)
        for kind in sorted(self._files):
            away[kind] = self._files.pop(kind).coded(self.rows, threads)
        return away

    def _codes_held(self, kind: str) -> Codes:
        return _coded(self._held.pop(kind), self.rows)

    def _write(self, kind: str, start: int, part: Any) -> None:
        assert self._files is not None
        if kind not in self._files:
            self._files[kind] = _File()
        self._files[kind].add(start, part if isinstance(part, Packed) else self.packing(part))


class PutAway(MutableMapping[str, "Codes"]):
    """Arrays of one int32 per row on disk, each read anew when it is asked for.

    Raises KouanError K-REC-006 when the disk is full.
    """

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._files: dict[str, Spool] = {}

    def __getitem__(self, kind: str) -> Codes:
        spool = self._files[kind]
        array = np.empty(self._rows, np.int32)
        for span in spans(self._rows):
            array[span] = np.frombuffer(spool.read(4 * span.start, 4 * (span.stop - span.start)), np.int32)
        return array

    def __setitem__(self, kind: str, array: Codes) -> None:
        spool = _spool()
        for span in spans(self._rows):
            _append(spool, array[span])
        self._files[kind] = spool

    def __delitem__(self, kind: str) -> None:
        del self._files[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, kind: object) -> bool:
        return kind in self._files


class _File:
    """Records of one kind of key; each piece that was added lies in it part by part."""

    def __init__(self) -> None:
        self._spool = _spool()
        self._pieces: list[tuple[int, tuple[int, ...]]] = []

    def add(self, start: int, piece: Packed) -> None:
        piece.records["row"] += start
        self._pieces.append((self._spool.size, piece.ends))
        _append(self._spool, piece.records)

    def coded(self, rows: int, threads: int) -> Codes:
        codes = np.full(rows, -1, np.int32)
        for _ in map_ordered(range(_PARTS), lambda part: self._put_part(part, codes), threads):
            pass
        return codes

    def _put_part(self, part: int, codes: Codes) -> None:
        """Write the codes of the rows whose keys lie in a part."""
        content = b"".join(self._read(part))
        if content and is_compiled(len(content)):
            code_records(np.frombuffer(content, np.uint32), codes)
            return
        records = np.frombuffer(content, _RECORD)
        keys = pa.py_buffer(np.ascontiguousarray(records["key"]))
        array = pa.Array.from_buffers(pa.binary(16), len(records), [None, keys])
        put_codes(codes, np.ascontiguousarray(records["row"]), array)

    def _read(self, part: int) -> Iterator[bytes]:
        for offset, ends in self._pieces:
            first, last = (ends[part - 1] if part else 0), ends[part]
            if last > first:
                yield self._spool.read(offset + _RECORD.itemsize * first, _RECORD.itemsize * (last - first))


def _coded(pieces: list[tuple[int, Any]], rows: int) -> Codes:
    """Return codes of keys in memory; numbers and texts are never equal."""
    codes = np.full(rows, -1, np.int32)
    for type_ in {part.type for _, part in pieces}:
        mine = [(start, part) for start, part in pieces if part.type == type_]
        rows_at = [
            np.flatnonzero(np.asarray(part.is_valid())).astype(np.int32) + np.int32(start) for start, part in mine
        ]
        values = pa.chunked_array([part.drop_null() for _, part in mine], type_)
        put_codes(codes, np.concatenate(rows_at), values.combine_chunks())
    return codes


def _spool() -> Spool:
    try:
        return Spool()
    except KouanError as error:
        raise _full(error) from None


def _append(spool: Spool, array: npt.NDArray[Any]) -> None:
    try:
        spool.append(np.ascontiguousarray(array).view(np.uint8).data)
    except KouanError as error:
        raise _full(error) from None


def _full(error: KouanError) -> KouanError:
    """Return what to say where the temporary files of a count cannot be written."""
    return messages.COUNT_UNWRITABLE.at(tempfile.gettempdir(), problem=error.what)
