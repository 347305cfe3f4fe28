"""What a recoding loses, in the terms of the search for the global optimum.

A cell that may stand for `covered` of the `leaves` values of its item costs
(covered - 1)/(leaves - 1), the loss metric of Iyengar (KDD 2002), also called granularity;
covered/leaves where it covers more than one, the normalised certainty penalty NCP (Xu et al., KDD 2006);
(covered - 1)/leaves, the information loss ILoss (Xiao, Tao, SIGMOD 2006). An emptied cell covers all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.deidentify.local.counting import Ints


@dataclass(frozen=True, slots=True)
class Loss:
    """Means over all cells of the rows, 0 for nothing lost and 1 for nothing left.

    Attributes:
        joint: geometric mean over items of 1 + granularity, less 1: what the search for the optimum makes small.
        granularity, ncp, iloss: as above, means over items.
        items: granularity by item.
    """

    joint: float
    granularity: float
    ncp: float
    iloss: float
    items: tuple[float, ...]


def loss(beyond: Sequence[npt.NDArray[np.float64] | Ints], leaves: Sequence[int], rows: Ints) -> Loss:
    """Return the loss of classes.

    Args:
        beyond: by item: [classes], values that the cell covers beyond one.
        leaves: by item: values that there are.
        rows: int64 [classes].
    """
    total = int(rows.sum())
    items, penalties, shares = [], [], []
    for more, count in zip(beyond, leaves, strict=True):
        items.append(float(more @ rows) / (max(count - 1, 1) * total))
        penalties.append(float(np.where(more > 0, more + 1, 0) @ rows) / (count * total))
        shares.append(float(more @ rows) / (count * total))
    joint = float(np.expm1(np.mean(np.log1p(items))))
    granularity, ncp, iloss = (float(np.mean(one)) for one in (items, penalties, shares))
    return Loss(joint, granularity, ncp, iloss, tuple(items))
