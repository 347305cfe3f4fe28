"""Declaration: what an exporter says of a transfer before anything is looked at."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from kouan.model.assessment import AssessmentSpec
from kouan.model.attestation import Attestation
from kouan.model.base import Frozen
from kouan.model.consent import ConsentSpec
from kouan.model.necessity import NecessityClaim
from kouan.model.pack import Id
from kouan.model.shape import TreePath
from kouan.model.standing import Authorised
from kouan.model.text import Text, says
from kouan.model.time import LegalDay

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2. HK, MO and TW are outside the territory that export rules speak of."""

Age = Annotated[StrictInt, Field(ge=0, le=130)]
"""Completed years."""


class PartyRole(StrEnum):
    """What a party does in the transfer."""

    EXPORTER = "exporter"
    PROCESSOR = "processor"
    RECIPIENT = "recipient"
    ONWARD_RECIPIENT = "onward_recipient"


class ReleaseMode(StrEnum):
    """How the recipient holds the data (GB/T 37964-2019 3.12-3.14)."""

    PUBLIC = "public"
    CONTROLLED = "controlled"
    ENCLAVE = "enclave"


class Basis(StrEnum):
    """Ground for handling under PIPL Art 13(1)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    HR = "hr"
    LEGAL_DUTY = "legal_duty"
    EMERGENCY = "emergency"
    NEWS = "news"
    PUBLIC_DATA = "public_data"
    OTHER_LAW = "other_law"


class YearToDate(Frozen):
    """Persons whose data this exporter has sent abroad since 1 January, before this transfer (order 16, Arts 5, 7, 8).

    Attributes:
        ordinary: persons with non-sensitive personal information only; None when not known.
        sensitive: persons with any sensitive personal information; None when not known.
        as_of: day on which both were counted.
    """

    ordinary: Annotated[StrictInt, Field(ge=0)] | None = None
    sensitive: Annotated[StrictInt, Field(ge=0)] | None = None
    as_of: LegalDay


class Party(Frozen):
    """One party and its role.

    Attributes:
        uscc: 统一社会信用代码 of a domestic party.
        country: of a foreign party.
        ciio: critical information infrastructure operator; None when not known.
        zone: pilot zone of the exporter, such as `cn-beijing/daxing`; `none` when it is in none.
        region: province or district where the exporter is registered, such as `cn-beijing/chaoyang`.
        register_entry: path of the recipient's register entry.
        year_to_date: of an exporter after the first (that of the first stands at the top of the declaration).
        contact: of a recipient, as notice under PIPL Art 39 names it.
    """

    role: PartyRole
    name: Annotated[str, Field(min_length=1)]
    uscc: str | None = None
    country: Country | None = None
    ciio: StrictBool | None = None
    zone: str | None = None
    region: str | None = None
    register_entry: str | None = Field(default=None, alias="register")
    contact: str | None = None
    year_to_date: YearToDate | None = None


class TransferHead(Frozen):
    """Name and kind of the transfer.

    Attributes:
        scenario: business scenario, such as `hr_management`, `retail_analytics`.
        standing: repeated under one authorisation rather than once.
        mode: how the recipient holds the data; decides the risk thresholds.
        profile: treatment profile by which the plan is made, such as `health-beijing` (`kouan profiles`).
    """

    name: Annotated[str, Field(min_length=1)]
    scenario: str
    standing: StrictBool = False
    mode: ReleaseMode = ReleaseMode.CONTROLLED
    profile: str | None = None


class SourceSpec(Frozen):
    """One source of data.

    Attributes:
        path: file, folder (`cases/`), pattern of names (`cases/*.xml`, `**` for folders below) or archive (gzip, zip,
            tar), relative to the declaration. Of many files, tables with the same columns are read as one. With
            `from`, what to read there: `schema/table`, or `schema` for all its tables.
        origin: `from`, the server that `path` lies on: `postgresql://user@host/database`, `mysql://user@host`; never
            a password.
        subjects: roles of the persons in it, such as `employee`, `child`, `member`.
        needed: item names that the purpose needs; None when the exporter has not said.
        items: meaning or subject of single items set by a person, over what is recognised.
        min_age: age in years below which nobody is admitted to a role by the exporter's rules or by law, such as
            `{employee: 16}`; it stands in for births that the data do not show, never against those they do.
        records: of a document whose standard is not known: table name -> path of the element or object that opens its
            records, such as `{case: cases/case}`.
    """

    path: Annotated[str, Field(pattern=r"^[^\x00]+$")]
    origin: str | None = Field(default=None, alias="from")
    subjects: tuple[str, ...] = ()
    needed: tuple[str, ...] | None = None
    items: dict[str, ItemHint] = Field(default_factory=dict)
    min_age: dict[str, Age] = Field(default_factory=dict)
    records: dict[str, TreePath] = Field(default_factory=dict)


class ItemHint(Frozen):
    """What a person says an item is; it wins over recognition and is shown as such.

    Attributes:
        meaning, subject: as in the lexicon, and whose it is.
        namespace: register that a subject key belongs to. The same number of the same register is the same person in
            every transfer of the exporter in the year; who names one says that its numbers are not given to others.
        quasi: whether somebody at the recipient, or anybody they know, may know it of a person: true takes it among the
            quasi-identifiers, false refuses that and needs `why`.
        why: reason for `quasi`.
    """

    meaning: str | None = None
    subject: str | None = None
    namespace: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    quasi: StrictBool | None = None
    why: Annotated[str, Field(min_length=1, max_length=500)] | None = None

    @model_validator(mode="after")
    def _has_reason(self) -> ItemHint:
        if self.quasi is False and not says(self.why or ""):
            raise ValueError(Text(zh="写 quasi: false 时须在 why 写明理由", en="with `quasi: false` say why, in `why`"))
        if self.why is not None and self.quasi is None:
            raise ValueError(Text(zh="why 只用于说明 quasi", en="`why` is the reason for `quasi`, which is missing"))
        return self


class ListUse(Frozen):
    """Use of a negative list (order 16, Art 6); what is not said stays unknown.

    Attributes:
        used: id of the list, such as `shanghai-2024`, or `none`; a replaced edition stands for the one in force.
        sector, scenario: ids in the list; `none` where it covers neither.
        reference_status: of another zone's list that is followed here: `published`, `filed`, `recognised` or `none`.
        pilot: the exporter was admitted to it as a single firm.
        formalities: what the list's measures ask for (application, filing, report) is done.
        off_list: all data are off the list; asked where the packs do not hold its entries.
        entry_mechanism: `security_assessment`, `standard_contract`, `exempt` or `national`, as a person read it off the
            official list; asked where the packs do not hold its entries.
        fields_named: a person's verdict that all personal items are fields of the scenario, whatever they are called.
        fields_within_limits: they keep within the limits that the list writes to them.
        ordinary, sensitive: persons whose named fields left under the sector's entries this year before this transfer.
    """

    used: str | None = None
    sector: str | None = None
    scenario: str | None = None
    reference_status: Literal["published", "filed", "recognised", "none"] | None = None
    pilot: StrictBool | None = None
    formalities: StrictBool | None = None
    off_list: StrictBool | None = None
    entry_mechanism: Literal["security_assessment", "standard_contract", "exempt", "national"] | None = None
    fields_named: StrictBool | None = None
    fields_within_limits: StrictBool | None = None
    ordinary: Annotated[StrictInt, Field(ge=0)] | None = None
    sensitive: Annotated[StrictInt, Field(ge=0)] | None = None


class AnonymisedClaim(Frozen):
    """The claim that what leaves is anonymised, with the certificate of effect that it rests on.

    Attributes:
        certificate: number in the register of this installation.
    """

    certificate: Annotated[str, Field(pattern=r"^C[0-9]{8}-[0-9a-f]{10}$")]


class Declaration(Frozen):
    """`transfer.yaml`: parties, purpose, basis, sources, year-to-date persons, and facts only people know.

    Attributes:
        consent: the ledger of consents where consent is a ground; without it a named person attests them at release.
        necessity: why the transfer is needed, why these persons, and why items that its scenario does not name.
        authorised: what the authorisation of a standing transfer covers; batches after the first need it.
        list: the negative list that is used.
        facts: facts of the packs' vocabulary that data cannot show, such as `hr.collective_contract`;
            `unknown` or a missing fact stays unknown.
        attestations: certificates, filings and environments that may cover the transfer.
        attestations_complete: whether there are no others; else what none of them covers stays unknown.
        readings: open points of the law that the exporter reads otherwise than the packs do by default, such as
            `{a3: either}`; the decision names each of them as adopted.
        anonymised: the certificate of effect on which the exporter rests; it is checked, and by itself makes nothing
            lighter (reading `anonymised-proof`).
        assessment: what the verdicts on identifiability need besides the data; it decides no pathway.
    """

    kind: Literal["declaration"] = "declaration"
    version: Literal[1] = 1
    transfer: TransferHead
    parties: Annotated[tuple[Party, ...], Field(min_length=2)]
    purpose: Annotated[str, Field(min_length=1)]
    basis: tuple[Basis, ...] = ()
    consent: ConsentSpec | None = None
    sources: Annotated[tuple[SourceSpec, ...], Field(min_length=1)]
    necessity: NecessityClaim = NecessityClaim()
    year_to_date: YearToDate | None = None
    authorised: Authorised | None = None
    list: ListUse | None = None
    facts: dict[str, StrictBool | StrictInt | StrictStr | None] = Field(default_factory=dict)
    attestations: tuple[Attestation, ...] = ()
    attestations_complete: StrictBool = False
    readings: dict[Id, Id] = Field(default_factory=dict)
    anonymised: AnonymisedClaim | None = None
    assessment: AssessmentSpec | None = None

    @model_validator(mode="after")
    def _has_both_ends(self) -> Declaration:
        roles = {party.role for party in self.parties}
        if PartyRole.EXPORTER not in roles or PartyRole.RECIPIENT not in roles:
            raise ValueError(
                Text(zh="须有 exporter 和 recipient 各至少一方", en="it needs an exporter and a recipient")
            )
        for name in ("formalities", "off_list"):
            if self.list is not None and getattr(self.list, name) is not None and f"list.{name}" in self.facts:
                raise ValueError(
                    Text(
                        zh=f"list 的 {name} 和 facts 的 list.{name} 只写一处",
                        en=f"say {name} under list or facts, not both",
                    )
                )
        return self

    def parties_as(self, role: PartyRole) -> tuple[Party, ...]:
        """Return the parties with one role, in the declared order."""
        return tuple(party for party in self.parties if party.role is role)
