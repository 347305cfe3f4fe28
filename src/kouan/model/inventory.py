"""Inventory: what the data is, item by item, and how many persons stand in it."""

from __future__ import annotations

from enum import StrEnum

from kouan.model.base import Frozen, Ratio, Sha256
from kouan.model.facts import Range
from kouan.model.taxonomy import Confidence
from kouan.model.text import Text
from kouan.model.time import LegalDay

PROSE = frozenset({"free_text", "narrative"})
"""Meanings of texts in which anybody may be named."""

SECRETS = "secrets"
"""Category of trade secrets and source code, which describe no person but may name some."""

OPEN_TEXTS = frozenset({"free_text", "source_code", "trade_secret"})
"""Meanings of texts that are personal where they name somebody, and otherwise for a person to judge."""

VAGUE = frozenset({"code", "date", "free_text", "number", "score", "text", "unknown"})
"""Meanings that tell an item's form and not what it is about."""


class Tier(StrEnum):
    """How sure a verdict is: checksum or schema right / format with context / not it."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"
    REJECTED = "rejected"


class IdentityRole(StrEnum):
    """Role of an item in re-identification (GB/T 37964-2019; GB/T 42460-2023 annexes A and B)."""

    DIRECT = "direct_identifier"
    QUASI = "quasi_identifier"
    SENSITIVE = "sensitive_attribute"
    OTHER = "other"


class Sensitivity(Frozen):
    """Whether an item is sensitive personal information, always with the text that says so.

    Attributes:
        value: True, False, or None when it must be judged by a person.
        standard: such as "GB/T 45574-2025".
        clause: table and item, or article.
        since: day from which that standard applies.
    """

    value: bool | None
    standard: str = ""
    clause: str = ""
    since: LegalDay | None = None


class Finding(Frozen):
    """How often one identifier was found in an item.

    Attributes:
        identifier: recognizer id, such as `cn.ric`; of what texts name its kind, such as `name` or `health`.
        label: for people; None in older inventories.
        confirmed, suspected: cells of each tier.
        looked: cells that were read for it, where not all were; else None.
        share: (confirmed + suspected) / non-null cells, or cells that were read.
        wilson_lo, wilson_hi: 95 % Wilson interval of the share.
    """

    identifier: str
    label: Text | None = None
    confirmed: int
    suspected: int
    looked: int | None = None
    share: Ratio
    wilson_lo: Ratio
    wilson_hi: Ratio


class Classified(Frozen):
    """The class of an item in a standard.

    Attributes:
        standard: such as "GB/T 35273-2020".
        code: class in our packs.
        clause: where the class stands.
        since: day from which the standard applies; after the as-of day it does not yet.
        confidence: H text read, M third-party copy, L our reading.
    """

    standard: str
    code: str
    label: Text
    clause: str
    since: LegalDay
    confidence: Confidence


class Graded(Frozen):
    """A level that a standard may give an item: a proposal, which a person decides.

    Attributes:
        level: `general`, `important`, `core`, `general-1` to `general-4`, or 1 to 5 of health data.
        why: what led to it, with what must yet be weighed.
    """

    standard: str
    level: str
    label: Text
    clause: str
    since: LegalDay
    confidence: Confidence
    why: Text


class Candidate(Frozen):
    """Data that may be important data: never a verdict.

    Attributes:
        id: of the rule.
        standard, article, since: of the text that describes such data.
        published: whether an authority published it as important data; then `data.important` stays open.
        items: ids of the items that call for the question.
        why: what was found.
        check: what a person must find out.
        confidence: of the text.
    """

    id: str
    label: Text
    standard: Text
    article: str
    since: LegalDay
    published: bool
    items: tuple[str, ...]
    why: Text
    check: Text
    confidence: Confidence


class Together(Frozen):
    """General items of one subject that together come near to a harm that the standard names: a person judges.

    Attributes:
        items: ids of the items.
    """

    id: str
    subject: str
    label: Text
    items: tuple[str, ...]
    standard: str
    clause: str
    since: LegalDay
    confidence: Confidence


class Count(Frozen):
    """Cells of an item in which one identifier stands, by what its check says.

    Attributes:
        identifier: recognizer id.
        label: for people.
        right, format: whole cells with a right check, and with the format only.
        inside_right, inside_format: cells that hold it inside longer text.
        passing_lo, passing_hi: 95 % Wilson interval of the share of right checks among whole cells, a repeated value
            taken once.
        chance: share of random strings of the format that would pass; None where there is no check to pass.
    """

    identifier: str
    label: Text
    right: int
    format: int
    inside_right: int
    inside_format: int
    passing_lo: Ratio
    passing_hi: Ratio
    chance: Ratio | None


class Rule(Frozen):
    """How many texts one rule, or a model, found something in."""

    rule: str
    label: Text
    texts: int


class Told(Frozen):
    """What texts of an item speak of.

    Attributes:
        kind: `name`, `address`, `health`, `trade_secret` and so on.
        label: for people.
        confirmed, suspected: texts by the surest place in them.
        rules: what found it; a text may stand with several.
    """

    kind: str
    label: Text
    confirmed: int
    suspected: int
    rules: tuple[Rule, ...] = ()


class Texts(Frozen):
    """The texts of an item that were read; never their words.

    Attributes:
        rows: rows that were chosen to be read, of all cells.
        read: texts among them.
        left: texts among them that were not read: of those without a clause fewer are.
        cut: of these, texts of which only the beginning was read.
        model: name of the model that read some as well; empty without one.
        tagged: how many.
        told: what they speak of, most first.
    """

    rows: int
    read: int
    left: int
    cut: int
    model: str = ""
    tagged: int = 0
    told: tuple[Told, ...] = ()


class Grounds(Frozen):
    """What the verdict on an item rests on; never a value.

    Attributes:
        tokens: of the item's name.
        matched: of these, the ones that have a meaning.
        said: that meaning; None where the name says nothing.
        context: words of the names of item and table that speak of identifiers.
        counts: identifiers that stand in it, counted over all cells.
        looked: cells looked at for everything else (names, dates, prose); of long columns not all are.
        texts: what its texts speak of; None where it holds none.
    """

    tokens: tuple[str, ...]
    matched: tuple[str, ...]
    said: str | None
    context: tuple[str, ...]
    counts: tuple[Count, ...]
    looked: int
    texts: Texts | None = None


class RunnerUp(Frozen):
    """What an item would be if it were not what it is, and why it is not."""

    meaning: str
    label: Text
    why: Text


class Word(Frozen):
    """A person's word on an item, which wins over recognition.

    Attributes:
        by, on: who said it and on which legal day; None where the declaration says it for the exporter.
        note: what the person adds.
        machine, machine_tier: what recognition found.
    """

    by: str | None
    on: LegalDay | None
    note: str = ""
    machine: str
    machine_tier: Tier


class KnownWord(Frozen):
    """A person's word on whether others may know an item of somebody, which makes it a quasi-identifier.

    Attributes:
        quasi: whether they may.
        why: reason, always given where they may not.
        by, on: who said it and on which legal day; None where the declaration says it for the exporter.
    """

    quasi: bool
    why: str = ""
    by: str | None = None
    on: LegalDay | None = None


class Item(Frozen):
    """One data item (column) and the verdict on it.

    Attributes:
        id: `source!entity#path`.
        name: column name as in the file.
        type: Arrow type as text.
        meaning: what it is: a recognizer or lexicon id, such as `cn.ric`, `name`, `salary`; `unknown` if nothing fits.
        label: for people.
        element: of a sector's standard that says what it is, such as `D.1` of ICH E2B(R3); empty without one.
        sector: id of that standard's schema.
        category: class of GB/T 35273-2020 table A.1, or "business", "secrets" or "free_text".
        personal: relates to an identified or identifiable person; None when to be judged.
        sensitive: verdict with its standard.
        classes: in each taxonomy of personal information, the oldest standard first; none of what is not personal.
        grades: levels that standards may give it.
        role: in re-identification.
        subject: role of the person it describes, or None.
        tier: how sure the verdict is.
        findings: identifiers seen, strongest first.
        cells, nulls, distinct: counts; distinct None when not counted.
        samples: masked at the source; never a raw value.
        reason: why this verdict.
        notes: damage and oddities, such as digits lost by a spreadsheet.
        evidence: what the verdict rests on.
        runner_up: what it would be otherwise; None where nothing else comes near.
        word: of a person who said what it is; None where recognition did.
        known: of a person who said whether others may know it; None where nobody did.
    """

    id: str
    name: str
    type: str
    meaning: str
    label: Text
    element: str = ""
    sector: str = ""
    category: str
    personal: bool | None
    sensitive: Sensitivity
    classes: tuple[Classified, ...] = ()
    grades: tuple[Graded, ...] = ()
    role: IdentityRole
    subject: str | None = None
    tier: Tier
    findings: tuple[Finding, ...] = ()
    cells: int
    nulls: int
    distinct: int | None = None
    samples: tuple[str, ...] = ()
    reason: Text
    notes: tuple[Text, ...] = ()
    evidence: Grounds | None = None
    runner_up: RunnerUp | None = None
    word: Word | None = None
    known: KnownWord | None = None


class TablePersons(Frozen):
    """Persons of one role in one table, so that rows which leave it can be set against them.

    Attributes:
        entity: `source!entity`.
        persons: the fewest that its rows can be.
        rows: of the table, once for each of the relatives that one row is about.
    """

    entity: str
    persons: int
    rows: int


class PersonCount(Frozen):
    """Distinct natural persons of one subject role, as ranges (DESIGN 4.3).

    Attributes:
        subject: role, such as `employee`.
        persons: all of them.
        sensitive: those with any sensitive item.
        under14: those under 14 on the as-of day.
        keys: item ids by which persons were told apart, strongest first.
        method: how, for people.
        tables: in which they stand, of those where every record is one row; none in older inventories.
    """

    subject: str
    persons: Range
    sensitive: Range
    under14: Range
    keys: tuple[str, ...] = ()
    method: Text
    tables: tuple[TablePersons, ...] = ()


class EntityReport(Frozen):
    """One table of a source."""

    name: str
    rows: int
    columns: int


class SourceReport(Frozen):
    """One source as it was read.

    Attributes:
        path: as declared.
        format: such as "csv", with what was sniffed in `detail` (encoding, delimiter, sheets).
        complete: False when a part could not be read; the notes say which.
    """

    path: str
    format: str
    detail: str = ""
    bytes: int
    sha256: Sha256
    entities: tuple[EntityReport, ...]
    complete: bool = True
    notes: tuple[Text, ...] = ()


class Inventory(Frozen):
    """All sources, items and persons of a transfer.

    Attributes:
        candidates: data that may be important, which a person must look at.
        together: general items that are weighed together.
    """

    as_of: LegalDay
    sources: tuple[SourceReport, ...]
    items: tuple[Item, ...]
    persons: tuple[PersonCount, ...]
    candidates: tuple[Candidate, ...] = ()
    together: tuple[Together, ...] = ()
    notes: tuple[Text, ...] = ()

    def item(self, item_id: str) -> Item:
        """Return the item with this id. Raises KeyError."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)
