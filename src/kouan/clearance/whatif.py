"""`kouan what-if`: which smallest honest changes lead a transfer to a lighter pathway."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from kouan.clearance import messages
from kouan.clearance.choices import choices_of
from kouan.clearance.desk import Desk
from kouan.clearance.levers import facts_after, moves_of
from kouan.clearance.portfolio import is_portfolio
from kouan.clearance.relying import check_relied, relied_on, staged_digests
from kouan.clearance.tool import tool
from kouan.clearance.workfolder import default_out, is_clearance, read_record
from kouan.deidentify import not_needed, read_plan
from kouan.law import decide
from kouan.law.whatif import LIMIT, SIZE, what_if
from kouan.model.base import Frozen
from kouan.model.canonical import sha256_bytes
from kouan.model.document import Document
from kouan.model.inventory import Inventory
from kouan.model.necessity import ItemStanding
from kouan.model.ports import silent
from kouan.model.treatment import Treatment

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.model.consent import Consent
    from kouan.model.necessity import Necessity
    from kouan.model.ports import Progress
    from kouan.model.whatif import WhatIf

B = TypeVar("B", bound=Frozen)


@dataclass(frozen=True, slots=True)
class Search:
    """What was found for a transfer, and what it was found on."""

    desk: Desk
    inventory: Inventory
    consent: Consent | None
    found: WhatIf


def find_lighter(path: Path, settings: Settings, *, person_key: bytes, progress: Progress = silent) -> Search:
    """Search the changes that make the pathway of a transfer lighter.

    The data are read once; where a clearance of the same declaration, files, day and law lies beside it, not at all.

    Raises:
        KouanError: K-CLR-080 for a portfolio, and those of `kouan decide`.
    """
    if is_portfolio(path):
        raise messages.ONE_TRANSFER.at(str(path))
    desk = Desk.open(path, settings)
    before = _cleared_before(path, desk)
    inventory = before or desk.inspect(person_key=person_key, progress=progress)
    consent = desk.consent_now(inventory, person_key)
    found = None if before is None else _search_certified(path, desk, before, consent)
    return Search(desk, inventory, consent, found or search_desk(desk, inventory, consent=consent))


def _cleared_before(path: Path, desk: Desk) -> Inventory | None:
    """Return the inventory of the clearance beside a declaration, where it was made of the same inputs by this tool."""
    document = _recorded(path, desk, "inventory.json", Inventory)
    if document is None:
        return None
    digests = {f"source {source.name}": source.sha256 for source in desk.sources}
    digests["declaration.yaml"] = sha256_bytes(desk.text.encode())
    return document.body if {one.name: one.sha256 for one in document.inputs} == digests else None


def _recorded(path: Path, desk: Desk, name: str, body: type[B]) -> Document[B] | None:
    """Return a document of the clearance beside a declaration, as this tool recorded it on the same day."""
    folder = default_out(path)
    try:
        record = read_record(folder) if is_clearance(folder) else None
        if record is None or (record.tool, record.as_of) != (tool(), desk.settings.as_of):
            return None
        data = (folder / name).read_bytes()
        document = Document[body].model_validate_json(data)  # type: ignore[valid-type]  # a model known at run time
    except (OSError, ValidationError):
        return None
    known = {file.sha256 for stage in record.stages for file in stage.files}
    return document if sha256_bytes(data) in known else None


def _search_certified(path: Path, desk: Desk, raw: Inventory, consent: Consent | None) -> WhatIf | None:
    """Search on the treated data where the declaration rests on a certificate, which is about these and no others.

    None where there is none, or no clearance of it beside. Raises KouanError as `check_relied`.
    """
    claim, day = desk.declaration.anonymised, desk.settings.as_of
    treated = _recorded(path, desk, "inventory-treated.json", Inventory)
    treatment = _recorded(path, desk, "treatment.json", Treatment)
    if claim is None or treated is None or treatment is None:
        return None
    plan = read_plan((default_out(path) / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")
    relied = relied_on(claim.certificate, settings=desk.settings, day=day)
    check_relied(relied.certificate, desk.declaration, plan, staged_digests(treatment.body), day=day)
    necessity, number = desk.necessity(raw, plan), claim.certificate
    return search_desk(desk, treated.body, raw, consent=consent, necessity=necessity, certified=number)


def search_desk(
    desk: Desk,
    inventory: Inventory,
    original: Inventory | None = None,
    *,
    consent: Consent | None = None,
    necessity: Necessity | None = None,
    certified: str | None = None,
    size: int = SIZE,
    limit: int = LIMIT,
) -> WhatIf:
    """Search the changes for a transfer whose data were inspected, raw or treated, within the bounds of `what_if`.

    A certificate of effect, by which an adopted reading may go, is about the data as they are: changes of data lose it.
    """
    facts = desk.facts(inventory, original, consent=consent, necessity=necessity, certified=certified)
    after = partial(
        facts_after,
        declaration=desk.declaration,
        inventory=inventory,
        metered=desk.metered,
        again=desk.again,
        as_of=desk.settings.as_of,
        packs=desk.packs,
        original=original,
        consent=consent,
        necessity=necessity,
        certified=certified,
    )
    return what_if(
        facts,
        moves_of(
            desk.declaration,
            inventory,
            facts,
            desk.packs,
            spare=_spare(desk, inventory, original),
            original=original,
        ),
        apply=after,
        decide=lambda changed: decide(changed, desk.packs, adopted=desk.declaration.readings),
        vocabulary=desk.packs.facts,
        beside=tuple(choices_of(desk.declaration, facts)),
        size=size,
        limit=limit,
    )


def _spare(desk: Desk, inventory: Inventory, original: Inventory | None) -> frozenset[str]:
    """Return the items that the purpose does not need: not listed as needed, or outside it without a reason."""
    raw = inventory if original is None else original  # what the declaration names may have been left out since
    outside = {one.item for one in desk.necessity(raw).items if one.standing is ItemStanding.UNJUSTIFIED}
    return not_needed(desk.declaration, raw) | outside
