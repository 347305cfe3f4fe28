"""Running the kernel over Arrow columns: as it stands for little data, compiled for much."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.formats.compiled import pays
from kouan.recognize.cells import view
from kouan.recognize.identifier import LONGEST
from kouan.recognize.identifiers import IDENTIFIERS
from kouan.recognize.kernel.dispatch import HITS
from kouan.recognize.kernel.hashes import deal_pairs, first_numbers, first_pairs, first_texts, hash_rows
from kouan.recognize.kernel.looks import look_rows
from kouan.recognize.kernel.rows import count_rows, number_rows
from kouan.recognize.kernel.sips import RECORD, deal_records, first_records, sip_numbers, sip_texts
from kouan.recognize.kernel.tables import wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Rows = npt.NDArray[np.int32]
    Numbers = npt.NDArray[np.uint32]
    Bools = npt.NDArray[np.bool_]


_COMPILING = "kouan.recognize.kernel.compiling"


def is_compiled(size: int) -> bool:
    """Tell whether to run compiled on data of so many bytes; what was started for larger data serves small ones too."""
    return pays(size) or _COMPILING in sys.modules


def count_texts(
    text: Any,
    weights: Ints | None,
    *,
    words: tuple[str, ...],
    today: int,
    compiled: bool,
    asked: frozenset[str] = frozenset(),
) -> tuple[Ints, int]:
    """Count the cells of a string array in which each identifier stands.

    Args:
        text: `pa.StringArray`; nulls must have weight 0.
        weights: cells that each row stands for; None: one each, nulls none.
        words: that say nothing, in small letters.
        today: the legal day as YYYYMMDD.
        compiled: see `is_compiled`.
        asked: identifiers that a context word calls for.

    Returns:
        (identifiers, 4) counts: whole suspected, whole confirmed, inside suspected, inside confirmed; and how many
        cells say nothing.
    """
    if weights is None:
        weights = np.asarray(text.is_valid(), np.int64) if text.null_count else np.ones(len(text), np.int64)
    counts = np.zeros((len(IDENTIFIERS), 4), np.int64)
    nothing = _run(count_rows, text, (weights, _folded(words), today, wanted(asked)), counts, compiled=compiled)
    return counts, nothing


def numbers_of(
    text: Any, identifier: str, *, least: int, digits: int, modulus: int, today: int, compiled: bool
) -> tuple[Ints, Bools]:
    """Return the number that each row of a string array is as a whole, and which rows are one.

    Args:
        text: `pa.StringArray` without nulls.
        identifier: id.
        least: grade from which it counts.
        digits: how many of the first digits make the number (at most 18).
        modulus: the number is taken modulo this, to leave out a prefix.
        today: the legal day as YYYYMMDD.
        compiled: see `is_compiled`.
    """
    values = np.full(len(text), -1, np.int64)
    bit = 1 << [one.id for one in IDENTIFIERS].index(identifier)
    _run(number_rows, text, (today, bit, least, digits, modulus), values, compiled=compiled)
    return values, values >= 0


def looks_of(text: Any, words: tuple[str, ...]) -> tuple[npt.NDArray[np.uint8], int]:
    """Return what each row of a string array without nulls is, and all that any is; where `is_compiled` says so.

    Args:
        text: `pa.StringArray`.
        words: that say nothing, in small letters.
    """
    from kouan.recognize.kernel.compiling import compiled_rows  # noqa: PLC0415 - imports numba

    data, offsets = view(text)
    looks = np.empty(len(text), np.uint8)
    seen = compiled_rows(look_rows)(_reading(data), offsets, _folded(words), looks)
    return looks, seen


def code_numbers(values: Ints, rows: Rows, codes: Rows) -> None:
    """Write for each row the first row with the same number (see `first_numbers`); where `is_compiled` says so."""
    from kouan.recognize.kernel.compiling import compiled_rows  # noqa: PLC0415 - imports numba

    compiled_rows(first_numbers)(_reading(values), rows, _table(len(values)), codes)


def code_pairs(left: Rows, right: Rows, where: Bools, turns: int, codes: Rows) -> None:
    """Write for each row that has one the first row with the same pair (see `deal_pairs`); where `is_compiled`."""
    from kouan.recognize.kernel.compiling import compiled_rows  # noqa: PLC0415 - imports numba

    turn, counts = np.zeros(len(left), np.uint8), np.zeros(turns + 1, np.int64)
    compiled_rows(deal_pairs)(left, right, where, turn, counts)
    for one, count in enumerate(counts.tolist()):
        if one and count:
            compiled_rows(first_pairs)(left, right, turn, one, _table(count), codes)


def code_texts(text: Any, rows: Rows, codes: Rows) -> None:
    """Write for each row the first row with the same text, of a string array without nulls; where `is_compiled`."""
    from kouan.recognize.kernel.compiling import compiled_rows  # noqa: PLC0415 - imports numba

    data, offsets = view(text)
    values = np.empty(len(text), np.int64)
    compiled_rows(hash_rows)(_reading(data), offsets, values)
    compiled_rows(first_texts)(_reading(data), offsets, values, rows, _table(len(values)), codes)


def records_of(values: Any, rows: Rows, key: tuple[int, int], parts: int) -> tuple[Numbers, Ints]:
    """Return keyed records of some rows, and where each part of them ends (see `deal_records`); where `is_compiled`.

    Args:
        values: `pa.Int64Array` or `pa.StringArray`.
        rows: which.
        key: of the hash, as two words.
        parts: a power of two.
    """
    from kouan.recognize.kernel.compiling import compiled_rows  # noqa: PLC0415 - imports numba

    words, own_key = np.empty(2 * len(rows), np.int64), np.array(key, np.uint64).view(np.int64)
    if values.type == "int64":
        numbers = np.frombuffer(values.buffers()[1], np.int64)[values.offset : values.offset + len(values)]
        compiled_rows(sip_numbers)(_reading(numbers), rows, own_key, words)
    else:
        data, offsets = view(values)
        compiled_rows(sip_texts)(_reading(data), offsets, rows, own_key, words)
    ends, records = np.zeros(parts, np.int64), np.empty(RECORD * len(rows), np.uint32)
    compiled_rows(deal_records)(words, rows, ends, records)
    return records, ends


def code_records(records: Numbers, codes: Rows) -> None:
    """Write for the row of each record the first row with the same hash; where `is_compiled` says so."""
    from kouan.recognize.kernel.compiling import compiled_rows  # noqa: PLC0415 - imports numba

    compiled_rows(first_records)(_reading(records), _table(len(records) // RECORD), codes)


def _table(places: int) -> Rows:
    """Return room to look places up in: at least twice as much, a power of two."""
    return np.full(2 << places.bit_length(), -1, np.int32)


def _run(function: Callable[..., Any], text: Any, given: tuple[Any, ...], result: Ints, *, compiled: bool) -> Any:
    """Run a function of `rows` on the bytes and offsets of a text, what is given, buffers, and a result to fill."""
    data, offsets = view(text)
    longest = int(np.diff(offsets).max(initial=0))
    if compiled:
        from kouan.recognize.kernel.compiling import compiled_rows  # noqa: PLC0415 - imports numba

        work, plain = np.zeros(LONGEST, np.uint8), np.zeros(longest, np.uint8)
        hits, origin = np.zeros(2 * HITS, np.int64), np.zeros(longest + 1, np.int64)
        room = (hits, work, _reading(work), plain, _reading(plain), origin)
        return compiled_rows(function)(_reading(data), offsets, *given, *room, result)
    small, large = bytearray(LONGEST), bytearray(longest)
    buffers = ([0] * (2 * HITS), small, small, large, large, [0] * (longest + 1))
    plain_given = (one.tolist() if isinstance(one, np.ndarray) else one for one in given)
    return function(data.tobytes(), offsets.tolist(), *plain_given, *buffers, result)


def _reading(array: Any) -> Any:
    """Return an array that is only read, so that readers are compiled for one type."""
    view_only = array.view()
    view_only.flags.writeable = False
    return view_only


@cache
def _folded(words: tuple[str, ...]) -> Ints:
    """Return words as numbers: their lengths as bits, then of each its length and its bytes."""
    coded = [word.encode() for word in words]
    lengths = sum(1 << length for length in {0, *map(len, coded)})
    return np.array([lengths, *(value for word in coded if word for value in (len(word), *word))], np.int64)
