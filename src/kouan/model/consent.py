"""Consent: where the ledger of consents lies, and what it says of the persons in a transfer, in numbers only."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from kouan.model.base import Frozen, Sha256
from kouan.model.text import Text
from kouan.model.time import LegalDay


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_listed)]
"""One word or a list of them."""

Count = Annotated[int, Field(ge=0)]


class ConsentKey(Frozen):
    """What tells a person in the ledger and in the data.

    Attributes:
        column: of the ledger.
        matches: where the same number stands in the data: item ids such as `dm.xpt!dm#USUBJID`, or a meaning such as
            `cn.mobile`, which stands for every item of that meaning about the persons concerned.
    """

    column: Annotated[str, Field(min_length=1)]
    matches: Annotated[Words, Field(min_length=1)]


class ConsentColumns(Frozen):
    """What the ledger calls its columns; the first four it must have, the others where they are used.

    Attributes:
        purpose, recipient: what was agreed to; a withdrawal that leaves one empty reaches all of them.
        agreed_on, withdrawn_on: days; without the first there is no consent.
        separate_consent: yes or no, for the transfer by itself (PIPL Arts 29, 39).
        guardian_consent: yes where a parent or guardian of a person under 14 consented (Art 31).
        under_14: yes where the person is; births in the data say so too.
        evidence: version of the notice, or digest of the signed text; only counted.
    """

    purpose: str = "purpose"
    recipient: str = "recipient"
    agreed_on: str = "agreed_on"
    separate_consent: str = "separate_consent"
    withdrawn_on: str = "withdrawn_on"
    guardian_consent: str = "guardian_consent"
    under_14: str = "under_14"
    evidence: str = "evidence"


class ConsentSpec(Frozen):
    """The consents on which a transfer rests.

    Attributes:
        ledger: file, relative to the declaration.
        applies_to: roles of the persons for whom consent is the ground; empty means everybody. It may only be
            narrowed where the declaration names another ground beside consent.
        purposes: what the ledger calls the declared purpose; empty means as declared.
    """

    ledger: Annotated[str, Field(pattern=r"^[^\x00]+$")]
    key: ConsentKey
    applies_to: Words = ()
    purposes: Words = ()
    columns: ConsentColumns = ConsentColumns()


class ConsentTable(Frozen):
    """One table of the data.

    Attributes:
        held: rows, of a document whole records, that were kept back because a person in them has no standing consent.
        nameless: of these, rows whose key is empty.
    """

    source: str
    entity: str
    rows: Count
    held: Count
    nameless: Count

    @model_validator(mode="after")
    def _parts(self) -> ConsentTable:
        if not self.nameless <= self.held <= self.rows:
            raise ValueError(Text(zh="各项数字不相符", en="the numbers do not fit together"))
        return self


class Consent(Frozen):
    """What the ledger says on the legal day of the persons in the raw data; numbers and item ids, never a person.

    Attributes:
        as_of: legal day.
        ledger, sha256, rows: the file as declared, its digest, its rows.
        kind: meaning by which both sides spell what names a person.
        key: fingerprint of the key under which persons were compared.
        applies_to: roles; empty means everybody.
        items: ids of the items that name a person.
        recipients: whom the ledger must name, each of them.
        persons: in the data, by their keys; each is in exactly one of the following four.
        standing: agreed on or before the day, separately, to this purpose and every recipient, and not withdrawn.
        withdrawn: withdrew on or before the day.
        absent: no such consent in the ledger.
        guardian_missing: under 14 without a guardian's consent.
        evidenced: of `standing`, those whose entry names a version or a digest of what was agreed.
        tables: every table that holds such an item.
    """

    as_of: LegalDay
    ledger: str
    sha256: Sha256
    rows: Count
    kind: str
    key: str
    applies_to: tuple[str, ...] = ()
    items: tuple[str, ...]
    recipients: tuple[str, ...]
    persons: Count
    standing: Count
    withdrawn: Count
    absent: Count
    guardian_missing: Count
    evidenced: Count
    tables: tuple[ConsentTable, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> Consent:
        parts = self.standing + self.withdrawn + self.absent + self.guardian_missing
        held = sum(table.held - table.nameless for table in self.tables)
        if parts != self.persons or self.evidenced > self.standing or (self.standing < self.persons) != (held > 0):
            raise ValueError(Text(zh="各项人数不相符", en="the numbers of persons do not add up"))
        return self

    @property
    def complete(self) -> bool:
        """Whether everybody in the data has a standing consent and no row leaves open whose it is."""
        return self.standing == self.persons and not any(table.nameless for table in self.tables)

    @property
    def held(self) -> int:
        """Rows and records kept back, of all tables."""
        return sum(table.held for table in self.tables)

    def concerns(self, subject: str | None) -> bool:
        """Whether persons of a role are among those for whom consent is the ground."""
        return not self.applies_to or (subject is not None and subject in self.applies_to)
