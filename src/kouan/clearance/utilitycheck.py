"""Whether `utility.json` follows from its folder, and whether the raw data come to the same again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kouan.clearance import utility_messages as messages
from kouan.clearance import verify_messages
from kouan.clearance.assessing import open_population
from kouan.clearance.classpersons import persons_of_classes
from kouan.clearance.consenting import match_consents
from kouan.clearance.declare import read_declaration
from kouan.clearance.inspectcheck import check_cleared
from kouan.clearance.opening import open_declared, open_ledger, open_staged
from kouan.clearance.plancheck import HIERARCHIES
from kouan.deidentify import read_hierarchies, read_plan, rows_that_leave
from kouan.evidence import FileKeyStore
from kouan.model.decision import DecisionPair
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.risk import RiskReport
from kouan.model.treatment import Treatment
from kouan.model.utility import Utility
from kouan.packs import load_sectors
from kouan.risk import Known, compare
from kouan.risk.sector import agrees_with

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.model.declaration import Declaration


def utility_follows(copy: Path, staged: Path, *, declaration: Declaration, treatment: Treatment) -> bool:
    """Count the sectors' tables of the treated data again and compare.

    Args:
        copy: documents of the folder, checked against its seal.
        staged: the treated files, checked against it too.
        declaration: of the folder.
        treatment: which file comes from which source.

    Raises:
        KouanError: for documents and files that cannot be read.
    """
    said = read_document(copy / "utility.json", Utility, kind="utility")
    if not said.checks:
        return True
    sectors = load_sectors()
    return agrees_with(said.checks, open_staged(treatment, staged, declaration, sectors), sectors)


def utility_again(folder: Path, raw: Path, settings: Settings) -> bool:
    """Measure what the treated data can still tell again, with the data that they were made from.

    Args:
        folder: a clearance folder that `verify_folder` found nothing wrong with.
        raw: folder in which the declared sources lie.
        settings: of the run.

    Returns:
        True; False where only the exporter's key says which persons were drawn, so that nothing was measured.

    Raises:
        KouanError: K-CLR-142 (other figures), K-CLR-253 (other persons), K-CLR-171 (other data), or an error of a
            reader.
    """
    declaration, _, _ = read_declaration(folder / "declaration.yaml")
    plan = read_plan((folder / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")
    if plan.rows is not None and plan.rows.sample is not None:
        return False
    inventory = read_document(folder / "inventory.json", Inventory, kind="inventory")
    treatment = read_document(folder / "treatment.json", Treatment, kind="treatment")
    sectors, threads = load_sectors(), settings.threads
    sources = open_declared(declaration, raw, sectors)
    check_cleared(sources, inventory)
    keys = FileKeyStore.passing(os.urandom(32))  # which rows leave hangs on no key but for a sample
    ledger, population = open_ledger(declaration, raw), open_population(declaration, raw)
    day = read_document(folder / "decision.json", DecisionPair, kind="decision").original.as_of
    consents = ledger and match_consents(
        declaration, sources, ledger, inventory=inventory, keys=keys, day=day, threads=threads
    )
    kept = rows_that_leave(
        plan,
        sources,
        inventory,
        keys=keys,
        threads=threads,
        hold=consents.holder if consents else None,
        hierarchies=read_hierarchies(plan, folder / HIERARCHIES, "plan.yaml", copied=True).read,
        population=None if population is None else population.entities[0],
    )
    targets = () if declaration.assessment is None else declaration.assessment.predict
    known = Known(sectors=sectors, inventory=inventory, targets=targets, kept=kept)
    staged = open_staged(treatment, folder / "staged", declaration, sectors) if treatment.files else ()
    again = compare(sources, staged, treatment, known=known, threads=threads)
    treated = read_document(folder / "inventory-treated.json", Inventory, kind="inventory-treated")
    persons = persons_of_classes(sources, staged, before=inventory, after=treated, kept=kept)
    said = read_document(folder / "risk.json", RiskReport, kind="risk").after
    for table in () if said is None else said.tables:
        if table.persons != persons.get(table.entity):
            raise verify_messages.CLASS_PERSONS_OTHER.at("risk.json", entity=table.entity)
    if again != read_document(folder / "utility.json", Utility, kind="utility"):
        raise messages.UTILITY_OTHER.at("utility.json")
    return True
