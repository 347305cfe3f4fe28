"""RiskReport: how identifiable the data are, before and after treatment."""

from __future__ import annotations

from kouan.model.base import Frozen, Ratio
from kouan.model.declaration import ReleaseMode
from kouan.model.text import Text


class ClassSizes(Frozen):
    """One bar of the histogram: equivalence classes of size lo..hi (hi None: no upper end)."""

    lo: int
    hi: int | None
    classes: int
    records: int


class Diversity(Frozen):
    """Smallest number of distinct values of one sensitive attribute inside a class."""

    item: str
    distinct_l: int


class TableRisk(Frozen):
    """Measures of one table from one group-by over its quasi-identifiers.

    n records, J classes, f_j class sizes (GB/T 42460-2023 annex D; ISO/IEC 20889 7.3.1).

    Attributes:
        entity: `source!entity`.
        unit: "row" or the item id of the subject whose distinct values were counted.
        direct: ids of direct identifiers still present.
        quasi: ids of the quasi-identifiers grouped by.
        k: smallest class.
        prosecutor_max, prosecutor_avg: max 1/f_j; |J|/n.
        class_avg: (1/|J|) sum 1/f_j, the R_c of annex D (averages over classes, not records).
        share_at_risk: share of records in classes with 1/f_j > tau.
        journalist_max: equals prosecutor_max when no population is given.
        marketer: |J|/n when the sample is the population.
    """

    entity: str
    unit: str
    direct: tuple[str, ...]
    quasi: tuple[str, ...]
    records: int
    classes: int
    k: int
    prosecutor_max: Ratio
    prosecutor_avg: Ratio
    class_avg: Ratio
    share_at_risk: Ratio
    journalist_max: Ratio
    marketer: Ratio
    diversity: tuple[Diversity, ...] = ()
    histogram: tuple[ClassSizes, ...] = ()
    notes: tuple[Text, ...] = ()


class Grade(Frozen):
    """Grade 1 (direct identifiers present) to 4 (no identifier) of GB/T 42460-2023.

    Attributes:
        tau: class threshold of the release mode, 1/20, 1/5 or 1/3.
        risk: overall R of annex D; None when decided by the qualitative gate alone.
        threshold: overall acceptable risk.
        confidence: of the reading of the standard.
    """

    grade: int
    tau: Ratio
    risk: Ratio | None
    threshold: Ratio
    reason: Text
    standard: str = "GB/T 42460-2023"
    confidence: str = "M"


class RiskView(Frozen):
    """All tables at one time and the grade of the whole."""

    tables: tuple[TableRisk, ...]
    grade: Grade


class RiskReport(Frozen):
    """Risk before and after treatment."""

    mode: ReleaseMode
    before: RiskView
    after: RiskView | None = None
