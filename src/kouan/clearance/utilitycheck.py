"""Whether what `utility.json` says of the treated data follows from them; the raw ones stay with the exporter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance.opening import open_staged
from kouan.model.files import read_document
from kouan.model.utility import Utility
from kouan.packs import load_sectors
from kouan.risk.sector import agrees_with

if TYPE_CHECKING:
    from pathlib import Path

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
