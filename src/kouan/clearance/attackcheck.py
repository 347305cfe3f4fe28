"""Whether `attacks.json` follows from its folder, and whether the attacks come to the same again on the raw data."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kouan.clearance import attack_messages as messages
from kouan.clearance.attacking import ATTACKS, Staging, attack_staged, spec_of, without_seconds
from kouan.clearance.consenting import match_consents
from kouan.clearance.declare import read_declaration
from kouan.clearance.inspectcheck import check_cleared
from kouan.clearance.labelsabove import labels_above
from kouan.clearance.opening import open_declared, open_ledger, open_staged
from kouan.clearance.plancheck import HIERARCHIES
from kouan.deidentify import read_plan
from kouan.evidence import FileKeyStore
from kouan.model.attacks import Attacked, Risk
from kouan.model.files import read_document, read_envelope
from kouan.model.inventory import Inventory
from kouan.model.risk import RiskReport
from kouan.model.treatment import Treatment
from kouan.model.utility import Utility
from kouan.packs import load_sectors
from kouan.risk.attacks.intervals import Sampling, risk, successes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.deidentify.holding import Holder
    from kouan.formats.source import Source
    from kouan.model.attacks import AttackResult, Successes
    from kouan.model.declaration import Declaration

_Z = Sampling().z


def attacks_follow(copy: Path, declaration: Declaration, digests: Mapping[str, str]) -> bool:
    """Tell whether settings, data files, tables and intervals are those that the folder's other documents lead to.

    Args:
        copy: documents of the folder, checked against its seal.
        declaration: of the folder.
        digests: of all its files.

    Raises:
        KouanError: for a document that cannot be read.
    """
    document = read_envelope(copy / ATTACKS, Attacked, kind="attacked")
    body, spec = document.body, spec_of(declaration)
    staged = {path: digest for path, digest in digests.items() if path.startswith("staged/")}
    named = {one.name: one.sha256 for one in document.inputs if one.name.startswith("staged/")}
    settings = (body.run, body.tries, body.most, body.seed) == (spec.run, spec.tries, spec.rows, spec.seed)
    utility = read_document(copy / "utility.json", Utility, kind="utility")
    treated = read_document(copy / "inventory-treated.json", Inventory, kind="inventory-treated")
    left = {f"{source.path}!{entity.name}" for source in treated.sources for entity in source.entities}
    leaving = [one.entity for one in utility.tables if one.entity in left] if spec.run else []
    whole = [one.entity for one in body.tables] == leaving  # of a table that the plan drops nothing is attacked
    results = [one for table in body.tables if table.report is not None for one in table.report.results]
    return settings and named == staged and whole and all(map(adds_up, results))


def attack_again(folder: Path, raw: Path, settings: Settings) -> Attacked:
    """Run the attacks of a verified folder again on the data that it was made from.

    Args:
        folder: a clearance folder that `verify_folder` found nothing wrong with.
        raw: folder in which the declared sources lie.
        settings: of the run.

    Raises:
        KouanError: K-CLR-171 (other data), K-CLR-172 (other figures), K-CLR-173 (none there), or an error of a reader.
    """
    if not (folder / ATTACKS).is_file():
        raise messages.NO_ATTACKS_FILE.at(str(folder))
    said = read_document(folder / ATTACKS, Attacked, kind="attacked")
    if not said.run:
        raise messages.NO_ATTACKS_FILE.at(str(folder))
    declaration, _, _ = read_declaration(folder / "declaration.yaml")
    inventory = read_document(folder / "inventory.json", Inventory, kind="inventory")
    treatment = read_document(folder / "treatment.json", Treatment, kind="treatment")
    sectors = load_sectors()
    sources = open_declared(declaration, raw, sectors)
    check_cleared(sources, inventory)
    plan = read_plan((folder / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")
    staging = Staging(
        raw=sources,
        treated=open_staged(treatment, folder / "staged", declaration, sectors) if treatment.files else (),
        plan=plan,
        inventory=inventory,
        before=read_document(folder / "risk.json", RiskReport, kind="risk").before,
        utility=read_document(folder / "utility.json", Utility, kind="utility"),
        holder=_holder(declaration, raw, sources, inventory, settings),
        above=labels_above(plan, folder / HIERARCHIES),
    )
    again = attack_staged(spec_of(declaration), staging)
    for one, other in zip(without_seconds(said).tables, without_seconds(again).tables, strict=False):
        if one != other:
            raise messages.ATTACKS_OTHER.at(ATTACKS, entity=one.entity)
    if len(said.tables) != len(again.tables):
        raise messages.ATTACKS_OTHER.at(ATTACKS, entity="*")
    return again


def _holder(
    declaration: Declaration, raw: Path, sources: tuple[Source, ...], inventory: Inventory, settings: Settings
) -> Holder | None:
    ledger = open_ledger(declaration, raw)
    if ledger is None:
        return None
    keys = FileKeyStore.passing(os.urandom(32))
    done = match_consents(
        declaration, sources, ledger, inventory=inventory, keys=keys, day=settings.as_of, threads=settings.threads
    )
    return done.holder


def adds_up(result: AttackResult) -> bool:
    """Tell whether the intervals are those of the counts."""
    counts = [one for one in (result.main, result.baseline, result.control) if one is not None]
    if not all(map(_counted, counts)):
        return False
    return any(result.risk == one for one in _risks(result))


def _counted(one: Successes) -> bool:
    return one == successes(float(one.successes), one.attacks, _Z)


def _risks(result: AttackResult) -> tuple[Risk, ...]:
    """Return the risks that the counts may lead to: above the control, above the baseline that stands for it, bare."""
    return tuple(risk(result.main, against, _Z) for against in (result.control, result.baseline, None))
