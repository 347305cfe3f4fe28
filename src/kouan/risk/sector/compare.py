"""Every table of every known sector, raw beside treated, and in words what differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.formats.source import SHAPE
from kouan.model.sectorresult import CheckCell, CheckResult
from kouan.model.text import Text
from kouan.packs.sectors import Sector
from kouan.risk.sector import words
from kouan.risk.sector.cells import NOTHING, cells_of
from kouan.risk.sector.frame import lacking, read_frame, wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    from kouan.formats.source import Entity, Source
    from kouan.model.sectorcheck import SectorCheck
    from kouan.risk.sector.cells import Cells, Key

    Kept = Mapping[tuple[str, str], npt.NDArray[np.bool_]]

LEAST = 11
"""Persons behind a number that is written: 0.09, the threshold of EMA/90915/2016, is a class of 11."""
SHOWN = 40
_KEY_OF_SHIFT = (words.TEST, words.BASELINE, words.AFTER)


@dataclass(frozen=True, slots=True)
class Side:
    """Raw or treated data: tables by source and name."""

    tables: Mapping[tuple[str, str], Entity]
    threads: int

    @classmethod
    def of(cls, sources: Sequence[Source], threads: int) -> Side:
        """Lay out the tables of some sources."""
        return cls({(one.name, entity.name): entity for one in sources for entity in one.entities}, threads)

    def cells(
        self, check: SectorCheck, name: tuple[str, str], keep: npt.NDArray[np.bool_] | None = None
    ) -> Cells | None:
        """Count a table of this side; None where it lacks what is needed."""
        entity = self.tables.get(name)
        columns = None if entity is None else wanted(check, entity.schema.names)
        if entity is None or columns is None:
            return None
        joined = {pattern: self._joined(check, pattern) for pattern in check.joined}
        if any(values is None for values in joined.values()):
            return None
        frame = read_frame(entity, check, columns, threads=self.threads)
        if frame is None:
            return None
        frame = frame if keep is None else frame.only(keep)
        return cells_of(check, frame, {pattern: values or {} for pattern, values in joined.items()})

    def _joined(self, check: SectorCheck, pattern: str) -> Mapping[str, str] | None:
        """Return the value of each person in the first table that has one row a person; None without such a table."""
        for entity in self.tables.values():
            names = entity.schema.names
            columns = [*Sector.columns(str(check.person), names)[:1], *Sector.columns(pattern, names)[:1]]
            if len(columns) != 2:  # noqa: PLR2004 - person and value
                continue
            frame = read_frame(entity, check.model_copy(update={"each": None}), columns, threads=self.threads)
            assert frame is not None
            person, value = (frame.columns[name] for name in columns)
            if len(set(person.codes.tolist())) < frame.rows:
                continue
            pairs = zip(person.codes.tolist(), value.codes.tolist(), strict=True)
            found = {person.words[who]: value.words[what] for who, what in pairs}
            return {who: what for who, what in found.items() if who is not None and what is not None}
        return None


def compare_sectors(
    raw: Sequence[Source],
    treated: Sequence[Source],
    sectors: Sequence[Sector],
    *,
    kept: Kept | None = None,
    threads: int = 2,
) -> tuple[CheckResult, ...]:
    """Make every table that the sectors of the raw data ask for, of both, and compare them cell by cell.

    Args:
        raw: as they were.
        treated: the staged files, opened under the names of their sources.
        sectors: known ones.
        kept: records of a raw table that left; a table that it lacks left whole.
        threads: batches read at a time.

    Raises:
        KouanError: of a reader.
    """
    before, after = Side.of(raw, threads), Side.of(treated, threads)
    results = []
    for name, sector, check in _checks(before, sectors):
        whole = before.cells(check, name)
        if whole is None or not whole.counts:
            continue
        left = (kept or {}).get(name)
        rest = None if left is None or left.all() else before.cells(check, name, left)
        results.append(_result(sector, check, name, whole=whole, rest=rest, treated=after))
    return tuple(results)


def _checks(side: Side, sectors: Sequence[Sector]) -> Iterator[tuple[tuple[str, str], Sector, SectorCheck]]:
    for name, entity in side.tables.items():
        shape = (entity.schema.metadata or {}).get(SHAPE, b"").decode()
        for sector in sectors:
            if sector.schema.id != shape and (shape or not sector.covers(entity.schema.names)):
                continue
            for check in sector.schema.checks:
                if sector.columns(check.table, (entity.name,)) and wanted(check, entity.schema.names) is not None:
                    yield name, sector, check


def labels_of(check: SectorCheck) -> tuple[Text, ...]:
    """Return what the cells of a table are counted by."""
    own = tuple(item.label for item in check.by)
    return {"counts": own, "shift": (*own, *_KEY_OF_SHIFT), "study_day": (words.AGREEMENT,)}[check.kind]


def _result(
    sector: Sector, check: SectorCheck, name: tuple[str, str], *, whole: Cells, rest: Cells | None, treated: Side
) -> CheckResult:
    done = treated.cells(check, name)
    left = NOTHING if done is None else done
    unit = check.count if check.kind == "counts" else {"shift": "persons", "study_day": "rows"}[check.kind]
    moves = [left.counts.get(key, 0) - whole.counts.get(key, 0) for key in whole.counts.keys() | left.counts.keys()]
    lost, gained = -sum(one for one in moves if one < 0), sum(one for one in moves if one > 0)
    outcome = _outcome(done, whole, rest)
    cells, unwritten = written(whole.wide, left.wide)
    said: dict[str, object] = {
        "cells": f"{len(whole.counts.keys() | left.counts.keys()):,}",
        "changed": f"{sum(one != 0 for one in moves):,}",
        "lost": f"{lost:,}",
        "gained": f"{gained:,}",
        "unit": words.UNITS[unit],
        "items": _listed(_gone(check, name, treated)),
    }
    return CheckResult(
        check=check.id,
        sector=sector.ref,
        entity="!".join(name),
        label=check.label,
        by=labels_of(check),
        unit=unit,
        outcome=outcome,
        cells_before=len(whole.counts),
        cells_after=len(left.counts),
        changed=sum(one != 0 for one in moves),
        lost=lost,
        gained=gained,
        total_before=total(whole),
        total_after=total(left),
        least=LEAST,
        unwritten=unwritten,
        cells=cells,
        statement=words.STATEMENTS[outcome].fill(**said),
        note=check.note or (words.DAY_NOTE if check.kind == "study_day" else None),
    )


def _outcome(done: Cells | None, whole: Cells, rest: Cells | None) -> str:
    if done is None:
        return "lost"
    if done.counts == whole.counts:
        return "unchanged"
    return "held" if rest is not None and done.counts == rest.counts else "differs"


def _gone(check: SectorCheck, name: tuple[str, str], treated: Side) -> tuple[Text, ...]:
    """Return what the treated data no longer hold that a table needs."""
    entity = treated.tables.get(name)
    if entity is None:
        return (Text(zh=f"表“{name[1]}”", en=f"the table “{name[1]}”"),)
    return lacking(check, entity.schema.names) or (words.PERSONS_TABLE,)


def _listed(texts: Sequence[Text]) -> Text:
    return Text(zh="、".join(one.zh for one in texts), en=", ".join(one.en for one in texts))


def total(cells: Cells) -> int | None:
    """Return the sum; None where fewer persons than LEAST stand behind it."""
    return sum(cells.counts.values()) if cells.people >= LEAST or not cells.counts else None


def written(before: Cells, after: Cells) -> tuple[tuple[CheckCell, ...], int]:
    """Return the cells that may be shown, those that differ first, and how many may not or do not fit.

    A number behind which fewer than LEAST persons stand is not written. Where only one number of a column is left
    out, it is the rest to the total: the smallest of the others is left out with it.
    """
    keys = sorted(before.counts.keys() | after.counts.keys())
    sides = [_masked(side, keys) for side in (before, after)]
    cells = [
        CheckCell(key=key, before=sides[0][key], after=sides[1][key])
        for key in keys
        if sides[0][key] is not None or sides[1][key] is not None
        if (sides[0][key] or 0) > 0 or (sides[1][key] or 0) > 0
    ]
    cells.sort(key=lambda cell: (cell.before == cell.after, -max(cell.before or 0, cell.after or 0), cell.key))
    return tuple(cells[:SHOWN]), len(keys) - len(cells[:SHOWN])


def _masked(side: Cells, keys: Sequence[Key]) -> dict[Key, int | None]:
    shown: dict[Key, int | None] = {
        key: side.counts.get(key, 0) if side.persons.get(key, LEAST) >= LEAST else None for key in keys
    }
    if sum(value is None for value in shown.values()) == 1:
        rest = [key for key, value in shown.items() if value]
        if rest:
            shown[min(rest, key=lambda key: (side.counts[key], key))] = None
    return shown
