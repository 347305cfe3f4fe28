"""Whether what is written of the treated side of a sector's tables follows from the treated data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.risk.sector.compare import LEAST, Side, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.formats.source import Source
    from kouan.model.sectorresult import CheckResult
    from kouan.packs.sectors import Sector
    from kouan.risk.sector.cells import Cells


def agrees_with(
    results: Sequence[CheckResult], treated: Sequence[Source], sectors: Sequence[Sector], *, threads: int = 2
) -> bool:
    """Count every table of the treated data again; those of another edition of a sector are passed over.

    Raises:
        KouanError: of a reader.
    """
    side = Side.of(treated, threads)
    known = {one.ref: one for one in sectors}
    for result in results:
        sector = known.get(result.sector)
        if sector is None:
            continue
        check = next((one for one in sector.schema.checks if one.id == result.check), None)
        name = next((one for one in side.tables if "!".join(one) == result.entity), ("", ""))
        if check is None or not _same(result, side.cells(check, name)):
            return False
    return True


def _same(result: CheckResult, again: Cells | None) -> bool:
    if again is None:
        return result.outcome == "lost"
    if result.outcome == "lost" or result.cells_after != len(again.counts):
        return False
    if result.total_after not in {None, total(again)}:
        return False
    shown = again.wide
    return all(
        cell.after is None
        or (cell.after == shown.counts.get(cell.key, 0) and shown.persons.get(cell.key, LEAST) >= LEAST)
        for cell in result.cells
    )
