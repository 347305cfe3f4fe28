"""Which rows of a large table are attacked: whole classes, so that a person stays among those who look the same.

Rows drawn one by one would leave most persons of classes of ten alone, and whoever finds the one row left has found
the right one: attacks by the nearest row would gain what they do not gain on the whole table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.attacks.space import codes_of_texts
from kouan.risk.classes import group
from kouan.risk.codes import Codes

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

_PIECES, _LEAST = 200, 100
"""A class larger than this part of the rows, and than so many, is drawn in pieces: else the largest would come in whole
or not at all."""


def draw_classes(columns: pa.Table, most: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return int64 [most], rising places of rows drawn by lot, class by class; every row has about the same chance.

    Args:
        columns: of all rows, those that classes are made of, one at least.
        most: rows to draw, fewer than there are.
        rng: draws.
    """
    rows = columns.num_rows
    coded = [codes_of_texts(column) for column in columns.columns]
    of = group([Codes(codes, int(codes.max(initial=0)) + 1) for codes in coded], rows).of
    lots = rng.permutation(rows)
    order = lots[np.argsort(of[lots], kind="stable")]  # class by class, by lot within each
    starts = np.flatnonzero(np.append(True, np.diff(of[order]) != 0))
    sizes = np.diff(np.append(starts, rows))
    within = np.arange(rows) - np.repeat(starts, sizes)
    size = max(_LEAST, most // _PIECES)
    first = (within % size) == 0
    piece = np.cumsum(first) - 1
    rank = rng.permutation(int(first.sum()))
    taken: npt.NDArray[np.int64] = order[np.argsort(rank[piece], kind="stable")[:most]]
    return np.sort(taken)
