"""A verified clearance folder alongside the data that it was made from, and which of their rows left."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.clearance.assessing import open_population
from kouan.clearance.consenting import match_consents
from kouan.clearance.declare import read_declaration
from kouan.clearance.effectgates import key_is_held
from kouan.clearance.inspectcheck import check_cleared
from kouan.clearance.opening import open_declared, open_ledger, open_staged
from kouan.clearance.plancheck import HIERARCHIES
from kouan.deidentify import read_hierarchies, read_plan, rows_that_leave
from kouan.evidence import FileKeyStore
from kouan.model.decision import DecisionPair
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.treatment import Treatment
from kouan.packs import load_sectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from kouan.clearance.settings import Settings
    from kouan.deidentify.holding import Holder
    from kouan.formats.source import Entity, Source
    from kouan.model.declaration import Declaration
    from kouan.model.plan import Plan
    from kouan.packs import Sector

    Kept = Mapping[tuple[str, str], npt.NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Alongside:
    """What a folder was made from and what was made of it.

    Attributes:
        folder: the clearance folder.
        declaration, plan, inventory, treatment: of the folder.
        sources: the data before treatment.
        staged: the treated data, under the same names.
        sectors: known to this Kouan.
        kept: which rows left; a table that is not in it left whole. None where only the exporter's key says which
            persons were drawn, and it is not here.
        holder: says which rows stayed for want of consent; None where none did.
        population: table of those of whom the data are a sample.
    """

    folder: Path
    declaration: Declaration
    plan: Plan
    inventory: Inventory
    treatment: Treatment
    sources: tuple[Source, ...]
    staged: tuple[Source, ...]
    sectors: Sequence[Sector]
    kept: Kept | None
    holder: Holder | None = None
    population: Entity | None = None


def lay_alongside(folder: Path, raw: Path, settings: Settings) -> Alongside:
    """Read a folder and its raw data, and work out again which rows left.

    Args:
        folder: a clearance folder that `verify_folder` found nothing wrong with.
        raw: folder in which the declared sources lie.
        settings: of the run.

    Raises:
        KouanError: K-CLR-171 (other data), or an error of a reader.
    """
    declaration, _, _ = read_declaration(folder / "declaration.yaml")
    inventory = read_document(folder / "inventory.json", Inventory, kind="inventory")
    treatment = read_document(folder / "treatment.json", Treatment, kind="treatment")
    plan, sectors = read_plan((folder / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml"), load_sectors()
    sources = open_declared(declaration, raw, sectors)
    check_cleared(sources, inventory)
    made = Alongside(
        folder=folder,
        declaration=declaration,
        plan=plan,
        inventory=inventory,
        treatment=treatment,
        sources=sources,
        staged=open_staged(treatment, folder / "staged", declaration, sectors) if treatment.files else (),
        sectors=sectors,
        kept=None,
    )
    keys = _keys(made, settings)
    return made if keys is None else _with_rows(made, raw, settings, keys)


def _keys(made: Alongside, settings: Settings) -> FileKeyStore | None:
    """Return keys that say which rows left; None where that takes a key that is not here."""
    if made.plan.rows is None or made.plan.rows.sample is None:
        return FileKeyStore.passing(os.urandom(32))  # consents and classes come to the same by any key
    held = key_is_held(settings.home, made.plan, made.treatment)
    return FileKeyStore.open(settings.home, create=False) if held else None


def _with_rows(made: Alongside, raw: Path, settings: Settings, keys: FileKeyStore) -> Alongside:
    declaration, plan, inventory, sources = made.declaration, made.plan, made.inventory, made.sources
    ledger, population = open_ledger(declaration, raw), open_population(declaration, raw)
    # Consents as they stood on the day of the clearing, not on this one.
    day = read_document(made.folder / "decision.json", DecisionPair, kind="decision").original.as_of
    consents = ledger and match_consents(
        declaration, sources, ledger, inventory=inventory, keys=keys, day=day, threads=settings.threads
    )
    holder = consents.holder if consents else None
    people = None if population is None else population.entities[0]
    kept = rows_that_leave(
        plan,
        sources,
        inventory,
        keys=keys,
        threads=settings.threads,
        hold=holder,
        hierarchies=read_hierarchies(plan, made.folder / HIERARCHIES, "plan.yaml", copied=True).read,
        population=people,
    )
    return replace(made, kept=kept, holder=holder, population=people)
