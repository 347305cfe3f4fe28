"""Running the kernel over Arrow columns: as it stands for little data, compiled for much."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.formats.compiled import pays
from kouan.recognize.cells import view
from kouan.recognize.identifier import LONGEST
from kouan.recognize.identifiers import IDENTIFIERS
from kouan.recognize.kernel.dispatch import HITS
from kouan.recognize.kernel.rows import count_rows
from kouan.recognize.kernel.tables import wanted

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

def count_texts(text: Any, weights: Ints | None, *, words: tuple[str, ...], today: int, size: int, asked: frozenset[str] = frozenset()) -> tuple[Ints, int]:
    """Count the cells of a string array in which each identifier stands.

    Args:
        text: `pa.StringArray`; nulls must have weight 0.
        weights: cells that each row stands for; None: one each, nulls none.
        words: that say nothing, in small letters.
        today: the legal day as YYYYMMDD.
        size: bytes of all the data that this text is a part of: compiled code is used where that pays.

    Returns:
        (identifiers, 4) counts: whole suspected, whole confirmed, inside suspected, inside confirmed; and how many
        cells say nothing.
    """
    data, offsets = view(text)
    if weights is None:
        weights = np.asarray(text.is_valid(), np.int64) if text.null_count else np.ones(len(text), np.int64)
    counts = np.zeros((len(IDENTIFIERS), 4), np.int64)
    longest = int(np.diff(offsets).max(initial=0))
    said = _folded(words)
    looked_for = wanted(asked)
    if pays(size):
        from kouan.recognize.kernel.compiling import compiled_count  # noqa: PLC0415 - imports numba

        work, plain = np.zeros(LONGEST, np.uint8), np.zeros(longest, np.uint8)
        room = (np.zeros(2 * HITS, np.int64), work, _reading(work), plain, _reading(plain), np.zeros(longest + 1, np.int64))
        return counts, compiled_count()(data, offsets, weights, said, today, looked_for, *room, counts)
    work_, plain_ = bytearray(LONGEST), bytearray(longest)
    buffers = ([0] * (2 * HITS), work_, work_, plain_, plain_, [0] * (longest + 1))
    rows = (data.tobytes(), offsets.tolist(), weights.tolist(), said.tolist())
    return counts, count_rows(*rows, today, looked_for, *buffers, counts)


def _reading(array: Any) -> Any:
    view_only = array.view()
    view_only.flags.writeable = False
    return view_only


@cache
def _folded(words: tuple[str, ...]) -> Ints:
    """Return words as numbers: their lengths as bits, then of each its length and its bytes."""
    coded = [word.encode() for word in words]
    lengths = sum(1 << length for length in {0, *map(len, coded)})
    return np.array([lengths, *(value for word in coded if word for value in (len(word), *word))], np.int64)
