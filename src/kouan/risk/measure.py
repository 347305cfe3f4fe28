"""How identifiable the tables of a transfer are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.engine.threads import Threads
from kouan.model.risk import RiskView
from kouan.packs.thresholds import load_thresholds
from kouan.risk import messages
from kouan.risk.grade import grade
from kouan.risk.setting import Setting
from kouan.risk.table import Measured, measure_table, roles_of
from kouan.risk.verdicts import judge
from kouan.risk.verdicts.evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.engine.maps import Engine
    from kouan.formats.source import Source
    from kouan.model.declaration import ReleaseMode
    from kouan.model.inventory import Inventory
    from kouan.model.risk import TableRisk
    from kouan.model.thresholds import Thresholds


def measure(
    sources: Sequence[Source],
    inventory: Inventory,
    setting: Setting | ReleaseMode,
    *,
    threads: int = 2,
    engine: Engine | None = None,
    persons: Mapping[str, int] | None = None,
) -> RiskView:
    """Measure every table from one group-by over its quasi-identifiers, grade the whole, and judge it by each standard.

    Null is a value of its own, in quasi-identifiers and in sensitive attributes. Where a subject key shows several
    rows per person, class sizes count persons (`unit` names the key). A table without quasi-identifiers is one class.

    Args:
        sources: the tables, raw or treated.
        inventory: of exactly these tables.
        setting: where the data go; a bare release mode leaves the rest unknown.
        threads: batches read at a time.
        persons: fewest of a class, by `source!entity`, where the data before treatment tell them and these do not.
        engine: what reads; None means threads here. Of other processes, these give hashes and counts.

    Raises:
        KouanError: K-RSK-001 when the inventory describes other tables, K-RSK-002 for nested columns, K-RSK-003 to 008
            for a setting that cannot be, K-ENG-… of the engine.
    """
    where = setting if isinstance(setting, Setting) else Setting(mode=setting)
    tables = measure_tables(sources, inventory, where, engine=engine or Threads(threads))
    known = persons or {}
    return judged(tuple(one.with_persons(known.get(one.roles.name)) for one in tables), inventory, where)


def measure_tables(
    sources: Sequence[Source],
    inventory: Inventory,
    setting: Setting,
    *,
    engine: Engine,
    thresholds: Thresholds | None = None,
) -> tuple[Measured, ...]:
    """Measure every table; see `measure`. Of the setting only mode and population count."""
    least = (thresholds or load_thresholds()).overall.least[setting.mode]
    return tuple(
        measure_table(entity, roles_of(source, entity, inventory), least, engine=engine, population=setting.population)
        for source in sources
        for entity in source.entities
    )


def judged(
    tables: tuple[Measured, ...], inventory: Inventory, setting: Setting, thresholds: Thresholds | None = None
) -> RiskView:
    """Grade and judge what was measured with the same mode and population. Raises KouanError K-RSK-003 to 005."""
    thresholds = thresholds or load_thresholds()
    graded = grade(tables, thresholds.overall, setting)
    verdicts = judge(thresholds, Evidence(tables, inventory.items, graded, setting))
    return RiskView(tables=_with_links(tables), grade=graded, verdicts=verdicts)


def _with_links(tables: Sequence[Measured]) -> tuple[TableRisk, ...]:
    """Return the reports; tables that share persons say that joining them can make classes smaller."""
    linked = [table for table in tables if table.roles.quasi and table.roles.key]
    if len(linked) < 2:  # noqa: PLR2004 - one table cannot be joined with itself
        return tuple(table.report for table in tables)
    return tuple(
        table.report.model_copy(update={"notes": (*table.report.notes, messages.LINKED)})
        if table in linked
        else table.report
        for table in tables
    )
