"""Whether `utility.json` follows from its folder, and whether the raw data come to the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import utility_messages as messages
from kouan.clearance import verify_messages
from kouan.clearance.classpersons import persons_of_classes
from kouan.clearance.opening import open_staged
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.risk import RiskReport
from kouan.model.utility import Utility
from kouan.packs import load_sectors
from kouan.risk import Known, compare
from kouan.risk.sector import agrees_with

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.clearance.alongside import Alongside
    from kouan.model.declaration import Declaration
    from kouan.model.treatment import Treatment


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


def utility_again(made: Alongside, *, threads: int) -> bool:
    """Measure what the treated data can still tell again, with the data that they were made from.

    Args:
        made: a verified folder and its data.
        threads: batches read at a time.

    Returns:
        True; False where nobody here knows which persons were drawn, so that nothing was measured.

    Raises:
        KouanError: K-CLR-142 (other figures), K-CLR-253 (other persons), or an error of a reader.
    """
    if made.kept is None:
        return False
    folder, declaration, inventory, kept = made.folder, made.declaration, made.inventory, made.kept
    targets = () if declaration.assessment is None else declaration.assessment.predict
    known = Known(sectors=made.sectors, inventory=inventory, targets=targets, kept=kept)
    again = compare(made.sources, made.staged, made.treatment, known=known, threads=threads)
    treated = read_document(folder / "inventory-treated.json", Inventory, kind="inventory-treated")
    persons = persons_of_classes(made.sources, made.staged, before=inventory, after=treated, kept=kept)
    said = read_document(folder / "risk.json", RiskReport, kind="risk").after
    for table in () if said is None else said.tables:
        if table.persons != persons.get(table.entity):
            raise verify_messages.CLASS_PERSONS_OTHER.at("risk.json", entity=table.entity)
    if again != read_document(folder / "utility.json", Utility, kind="utility"):
        raise messages.UTILITY_OTHER.at("utility.json")
    return True
