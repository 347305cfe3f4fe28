"""Utility: what the treated data can still tell, beside the raw data."""

from __future__ import annotations

from kouan.model.base import Frozen, Ratio
from kouan.model.plan import Action
from kouan.model.prediction import Prediction
from kouan.model.sectorresult import CheckResult
from kouan.model.text import Text


class ItemUtility(Frozen):
    """One item before and after treatment.

    Attributes:
        item: id.
        action: what was done.
        distinct_before, distinct_after: different values among the rows read; 0 after where the item does not leave.
        emptied: share of the rows that are empty now and were not.
        kept: Shannon entropy after over entropy before: 1 where every difference between rows can still be seen, 0
            where none can; None where the item told nothing before (one value only).
        distance: largest difference of the share of one value, or (numbers) of the cumulated shares, for items whose
            values can be compared; None for others.
    """

    item: str
    action: Action
    distinct_before: int
    distinct_after: int
    emptied: Ratio
    kept: Ratio | None = None
    distance: Ratio | None = None


class PairUtility(Frozen):
    """Two items that told something about each other.

    Attributes:
        first, second: ids.
        before, after: mutual information in bits, without what chance alone gives (never below 0).
        kept: after over before.
    """

    first: str
    second: str
    before: Ratio
    after: Ratio
    kept: Ratio


class TableUtility(Frozen):
    """One table.

    Attributes:
        entity: `source!entity`.
        rows_before, rows_after: rows in all.
        read_before, read_after: rows that were read for this.
        items: in the order of the table.
        pairs: those that told most about each other before, most first.
        pairs_kept: their information after over before; None without pairs.
        prediction: how well models do that learnt from it; None where none was scored, and the notes say why.
        notes: what was left out.
    """

    entity: str
    rows_before: int
    rows_after: int
    read_before: int
    read_after: int
    items: tuple[ItemUtility, ...]
    pairs: tuple[PairUtility, ...] = ()
    pairs_kept: Ratio | None = None
    prediction: Prediction | None = None
    notes: tuple[Text, ...] = ()


class Utility(Frozen):
    """All tables of a transfer.

    Attributes:
        tables: item by item.
        checks: the tables by which the sectors of the data judge them.
    """

    tables: tuple[TableUtility, ...]
    checks: tuple[CheckResult, ...] = ()
