"""RiskReport: how identifiable the data are, before and after treatment."""

from __future__ import annotations

from enum import StrEnum

from kouan.model.base import Frozen, Ratio
from kouan.model.declaration import ReleaseMode
from kouan.model.taxonomy import Confidence
from kouan.model.text import Text
from kouan.model.thresholds import Force


class ClassSizes(Frozen):
    """One bar of the histogram: equivalence classes of size lo..hi (hi None: no upper end)."""

    lo: int
    hi: int | None
    classes: int
    records: int


class Diversity(Frozen):
    """How well one sensitive attribute is hidden inside the classes.

    Attributes:
        distinct_l: smallest number of distinct values of a class.
        t: largest distance between a class and the table, half the sum of |p - q|; that of ordered values is never
            larger. None in older reports.
    """

    item: str
    distinct_l: int
    t: Ratio | None = None


class Combination(Frozen):
    """Items of which the values together, and no fewer of them, belong to one record or person."""

    items: tuple[str, ...]
    units: int


class ItemEffect(Frozen):
    """What one quasi-identifier adds to the risk.

    Attributes:
        units: records or persons of whom it belongs to a minimal unique combination.
        k, prosecutor_max, prosecutor_avg, share_at_risk: of the table as it would be without this one item.
    """

    item: str
    units: int
    k: int
    prosecutor_max: Ratio
    prosecutor_avg: Ratio
    share_at_risk: Ratio


class Uniques(Frozen):
    """Minimal sample uniques: who can be singled out, and by what (Elliot, Manning, Ford 2002: SUDA).

    Attributes:
        most: attributes of a combination that were looked at, at most.
        units: records or persons with any such combination.
        combinations: those that single out most, first; never their values.
        further: combinations that are not listed.
    """

    most: int
    units: int
    combinations: tuple[Combination, ...]
    further: int = 0


class OtherItem(Frozen):
    """An item outside the quasi-identifiers: whom it would single out if a recipient knew it.

    Attributes:
        alone: records or persons whose value of it nobody shares; None where it was not measured (running text, or
            fields within fields).
        added: records or persons alone in their class once it is known too, beyond those alone without it.
        together: the same, with the other items that were let pass before it, the least telling first; None where it
            singles out by itself.
        singles_out: whether more than `Everything.bar` of all are, by itself or together; None where it was not
            measured.
    """

    item: str
    alone: int | None
    added: int | None
    together: int | None = None
    singles_out: bool | None


class Everything(Frozen):
    """The table as a recipient would see it who knew every measured item of the release: no standard's figure.

    Attributes:
        items: that are known besides the quasi-identifiers.
        units: records or persons in all.
        alone, share: of them who are alone with their values.
        k, prosecutor_max, prosecutor_avg: as of a table with all these quasi-identifiers.
        bar: share of all whom the items that were let pass may single out together.
    """

    items: tuple[str, ...]
    units: int
    alone: int
    share: Ratio
    k: int
    prosecutor_max: Ratio
    prosecutor_avg: Ratio
    bar: Ratio


class PopulationUniques(Frozen):
    """Estimated share of the population that is unique in it.

    Attributes:
        size: N; fraction: n/N.
        zayatz, pitman, snb: estimates; None where the model does not fit these data.
        estimate, model: the one that the rule of Dankar and others (2012) takes, or None where none fits.
        conditions: under which it holds.
    """

    size: int
    fraction: Ratio
    zayatz: Ratio | None
    pitman: Ratio | None
    snb: Ratio | None
    estimate: Ratio | None
    model: str | None
    conditions: Text


class TableRisk(Frozen):
    """Measures of one table from one group-by over its quasi-identifiers.

    n records, J classes, f_j class sizes (GB/T 42460-2023 annex D; ISO/IEC 20889 7.3.1).

    Attributes:
        entity: `source!entity`.
        unit: "row" or the item id of the subject whose distinct values were counted.
        direct: ids of direct identifiers still present.
        quasi: ids of the quasi-identifiers grouped by.
        pseudonyms: ids of the pseudonyms, by which a table is about persons though nothing else tells them apart.
        k: smallest class.
        persons: fewest persons of a class by the key of the data before treatment, where it counts rows because no key
            is left; None where it counts persons, or where there never was a key.
        prosecutor_max, prosecutor_avg: max 1/f_j; |J|/n.
        class_avg: (1/|J|) sum 1/f_j, the R_c of annex D (averages over classes, not records).
        share_at_risk: share of records in classes with 1/f_j > tau.
        journalist_max: max 1/F_j; equals prosecutor_max when no population is given.
        journalist_avg: max(|J|/sum F_j, (1/n) sum f_j/F_j).
        marketer: (1/n) sum f_j/F_j; |J|/n when the sample is the population.
        population: records of a table of the population whose classes F_j were used; None without one.
        sample_uniques: share of records that are alone in their class.
        uniques, effects: which items and combinations carry the risk.
        population_uniques: where the size of the population is known.
        others: items outside the quasi-identifiers, pseudonyms and direct identifiers left aside.
        everything: the stricter view, beside the figures that standards ask for; None in older reports.
    """

    entity: str
    unit: str
    direct: tuple[str, ...]
    quasi: tuple[str, ...]
    pseudonyms: tuple[str, ...] = ()
    records: int
    classes: int
    k: int
    persons: int | None = None
    prosecutor_max: Ratio
    prosecutor_avg: Ratio
    class_avg: Ratio
    share_at_risk: Ratio
    journalist_max: Ratio
    journalist_avg: Ratio | None = None
    marketer: Ratio
    population: int | None = None
    sample_uniques: Ratio | None = None
    diversity: tuple[Diversity, ...] = ()
    histogram: tuple[ClassSizes, ...] = ()
    uniques: Uniques | None = None
    effects: tuple[ItemEffect, ...] = ()
    population_uniques: PopulationUniques | None = None
    others: tuple[OtherItem, ...] = ()
    everything: Everything | None = None
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


class Judgement(StrEnum):
    """What a rule says of a release; what is not known is never a pass."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class VerdictPart(Frozen):
    """One number or question of a verdict; outcome None where it is only shown."""

    label: Text
    value: Text
    threshold: Text | None = None
    outcome: Judgement | None = None


class Verdict(Frozen):
    """What one standard says of a release.

    Attributes:
        rule: id in the file of thresholds.
        standard, clause: the text behind it.
        status: in force, draft, probable (its text was not seen), or of another legal order.
        confidence: of the threshold: H text read, M copy or digest, L not confirmed.
        table: `source!entity` that decides it; empty where none does alone.
        value, threshold: the deciding number and its bound.
        why: of the outcome.
        parts: every number that went into it.
        notes: what to know before quoting it.
    """

    rule: str
    label: Text
    standard: Text
    clause: Text
    status: Force
    confidence: Confidence
    outcome: Judgement
    table: str = ""
    value: Text
    threshold: Text
    why: Text
    parts: tuple[VerdictPart, ...] = ()
    notes: tuple[Text, ...] = ()


class RiskView(Frozen):
    """All tables at one time, the grade of the whole, and what each standard says of it."""

    tables: tuple[TableRisk, ...]
    grade: Grade
    verdicts: tuple[Verdict, ...] = ()


class ModelRisk(Frozen):
    """A privacy model that the declaration asks for, held against one table of the treated data.

    Attributes:
        table: `source!entity`.
        model: as it is spelt, over the id of its item.
        rows, failing: of the table, and of its classes that do not meet the model.
    """

    table: str
    model: str
    rows: int
    failing: int


class RiskReport(Frozen):
    """Risk before and after treatment.

    Attributes:
        models: that the declared target asks for, of the treated data.
        thresholds: id, version and digest of the file of thresholds that the verdicts were judged by; None in older
            reports.
    """

    mode: ReleaseMode
    thresholds: str | None = None
    before: RiskView
    after: RiskView | None = None
    models: tuple[ModelRisk, ...] = ()
