"""A transfer that rests on a certificate of effect: whether it stands, and is about these very data and this use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance import relying_messages as messages
from kouan.clearance.register import Register
from kouan.deidentify.checks import KEYED
from kouan.evidence import TrustStore, check_folder
from kouan.model.certificate import Certificate, Effect, Holder
from kouan.model.errors import KouanError
from kouan.model.files import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.clearance.settings import Settings
    from kouan.model.declaration import Declaration
    from kouan.model.plan import Plan
    from kouan.model.register import Entry
    from kouan.model.time import LegalDay
    from kouan.model.treatment import Treatment

CERTIFICATE = "certificate.json"
NUMBER = re.compile(r"\bC[0-9]{8}-[0-9a-f]{10}\b")


@dataclass(frozen=True, slots=True)
class Relied:
    """A certificate that stands.

    Attributes:
        certificate: as sealed.
        manifest: digest of its folder's manifest.
    """

    certificate: Certificate
    manifest: str


def standing_entry(number: str, *, settings: Settings, day: LegalDay) -> Entry:
    """Return a certificate's entry in the register if it may be relied on that day.

    Raises:
        KouanError: K-CLR-124 (no such number), K-CLR-126, K-CLR-174 (withdrawn), K-CLR-175 (not valid that day),
            K-CLR-177 (it does not say "anonymised").
    """
    found = Register(settings.home).find(number, day)
    entry = found.entry
    if found.withdrawn is not None:
        gone = found.withdrawn
        raise messages.WITHDRAWN.at("anonymised", number=number, day=gone.on, by=gone.by or "-", why=gone.why or "-")
    if not entry.on <= day or entry.valid_to is None or entry.valid_to < day:
        raise messages.NOT_VALID.at("anonymised", number=number, first=entry.on, last=entry.valid_to or "-", day=day)
    if entry.effect is not Effect.ANONYMISED:
        raise messages.NOT_ANONYMISED.at("anonymised", number=number, effect=entry.effect or "-")
    return entry


def relied_on(number: str, *, settings: Settings, day: LegalDay) -> Relied:
    """Return a registered certificate that stands on a day, its own seal checked.

    Raises:
        KouanError: as `standing_entry`, K-CLR-178 (not the folder or number registered), or its seal's first problem.
    """
    entry = standing_entry(number, settings=settings, day=day)
    place = Path(entry.folder)
    check = check_folder(place, TrustStore.of_home(settings.home))
    if check.all_problems:
        raise check.all_problems[0]
    if entry.manifest is None or check.sha256 != entry.manifest:
        raise messages.CERTIFICATE_DIFFERS.at(str(place))
    certificate = read_document(place / CERTIFICATE, Certificate, kind="certificate")
    if certificate.number != number:  # somebody's line points at another certificate
        raise messages.CERTIFICATE_DIFFERS.at(str(place))
    return Relied(certificate, entry.manifest)


def check_relied(
    certificate: Certificate, declaration: Declaration, plan: Plan, staged: Mapping[str, str], *, day: LegalDay
) -> None:
    """Refuse a certificate that is not about this transfer.

    Args:
        certificate: that the declaration names.
        declaration: of the transfer.
        plan: that made the treated data.
        staged: digests of the treated files, as `staged/PATH`.
        day: on which it must be valid.

    Raises:
        KouanError: K-CLR-175, 176 (other data, parties or purpose), 177, 179 (a key that can undo it exists).
    """
    number = certificate.number
    if certificate.effect is not Effect.ANONYMISED:
        raise messages.NOT_ANONYMISED.at("anonymised", number=number, effect=certificate.effect)
    if not certificate.valid_from <= day <= certificate.valid_to:
        raise messages.NOT_VALID.at(
            "anonymised", number=number, first=certificate.valid_from, last=certificate.valid_to, day=day
        )
    different = _different(certificate, declaration, staged)
    if different is not None:
        raise messages.OTHER_DATA.at("anonymised", number=number, what=different)
    keyed = sum(line.action in KEYED for line in plan.lines)
    if keyed:
        raise messages.KEY_EXISTS.at("anonymised", number=number, count=keyed)


def holders(declaration: Declaration) -> tuple[Holder, ...]:
    """Return every party of a declaration, as a certificate names those that it holds for."""
    return tuple(Holder(role=one.role, name=one.name, country=one.country) for one in declaration.parties)


def staged_digests(treatment: Treatment) -> dict[str, str]:
    """Return the digests of the treated files as a folder's manifest names them."""
    return {f"staged/{file.staged}": file.sha256 for file in treatment.files}


def follows(
    certificate: Certificate, declaration: Declaration, plan: Plan, staged: Mapping[str, str], *, day: LegalDay
) -> KouanError | None:
    """Return what speaks against a certificate that a folder carries, or None."""
    if declaration.anonymised is None or declaration.anonymised.certificate != certificate.number:
        return messages.CERTIFICATE_DIFFERS.at(CERTIFICATE)
    try:
        check_relied(certificate, declaration, plan, staged, day=day)
    except KouanError:
        return messages.CERTIFICATE_DIFFERS.at(CERTIFICATE)
    return None


def _different(certificate: Certificate, declaration: Declaration, staged: Mapping[str, str]) -> object | None:
    evaluated = {one.name: one.sha256 for one in certificate.inputs if one.name.startswith("staged/")}
    if evaluated != dict(staged):
        return messages.DATA
    if set(certificate.parties) != set(holders(declaration)):
        return messages.PARTIES
    if certificate.mode is not declaration.transfer.mode:
        return messages.MODE
    return None if certificate.purpose == declaration.purpose else messages.PURPOSE
