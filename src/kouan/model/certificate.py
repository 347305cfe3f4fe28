"""Certificate of effect: what an evaluation found of one set of treated data, for one use of them."""

from __future__ import annotations

from enum import StrEnum

from kouan.model.attacks import Attacked, AttackReport
from kouan.model.base import Frozen, Sha256
from kouan.model.declaration import Country, PartyRole, ReleaseMode
from kouan.model.document import Input
from kouan.model.evaluation import Evaluation
from kouan.model.inventory import KnownWord
from kouan.model.plan import Action
from kouan.model.risk import Judgement, RiskView
from kouan.model.text import Text
from kouan.model.time import Instant, LegalDay
from kouan.model.utility import Utility


class Effect(StrEnum):
    """What the data are, as far as this evaluation goes."""

    ANONYMISED = "anonymised"
    DE_IDENTIFIED = "de_identified"
    OPEN = "open"
    NOT_REACHED = "not_reached"


class Gate(Frozen):
    """One thing that must hold before anybody may say "anonymised".

    Attributes:
        id: question or rule.
        source: standard and clause.
        evidence: what a person gave as proof, or what was measured.
    """

    id: str
    label: Text
    outcome: Judgement
    why: Text
    source: Text
    evidence: str = ""


class ItemRecord(Frozen):
    """One item: what it is and what was done; parameters of secret kind are never printed.

    Attributes:
        personal: whether it was about persons before treatment; None where that is open.
        known: what a person said of whether others may know it; None where nobody did.
    """

    item: str
    label: Text
    meaning: str
    role: Text
    action: Action
    why: Text
    personal: bool | None = None
    known: KnownWord | None = None


class Holder(Frozen):
    """A party that has the data: what a certificate holds for, and no other."""

    role: PartyRole
    name: str
    country: Country | None = None


class Certificate(Frozen):
    """The certificate.

    Attributes:
        number: of the certificate; the register is asked by it.
        clearance: digest of the manifest of the clearance folder that was evaluated.
        exporter, recipients, purpose: for which alone it is valid.
        parties: all of the declaration, these among them.
        mode: how the recipient holds the data, for which alone it is valid; None of an earlier edition's.
        issued_at, valid_to: last day of validity; `renew_by` is the day by which the evaluation is repeated.
        effect: what was found.
        conclusion: in a sentence, with its limits.
        gates: all that was asked, in order.
        items: what each item is and what was done to it.
        risk: measures and verdicts of the treated data.
        utility: what they can still tell.
        attacks: on these very files, as they were run beside those of the clearance.
        attacked: those of the clearance.
        evaluation: the answers as given.
        missing: what a full certificate would hold and this one does not.
        renewals: changes that end its validity.
    """

    number: str
    transfer: str
    exporter: str
    recipients: tuple[str, ...]
    purpose: str
    parties: tuple[Holder, ...] = ()
    mode: ReleaseMode | None = None
    clearance: Sha256
    inputs: tuple[Input, ...]
    tool: str
    issued_at: Instant
    valid_from: LegalDay
    valid_to: LegalDay
    effect: Effect
    conclusion: Text
    gates: tuple[Gate, ...]
    items: tuple[ItemRecord, ...]
    risk: RiskView
    utility: Utility | None = None
    attacks: tuple[AttackReport, ...] = ()
    attacked: Attacked | None = None
    evaluation: Evaluation
    missing: tuple[Text, ...] = ()
    renewals: tuple[Text, ...] = ()
