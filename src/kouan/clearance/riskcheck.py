"""Whether what `risk.json` says of the treated data follows from them, and its verdicts from the same thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance.assessing import setting_of
from kouan.clearance.opening import open_staged
from kouan.deidentify import read_plan
from kouan.engine.threads import Threads, default_threads
from kouan.model.files import read_document
from kouan.model.risk import RiskReport
from kouan.packs import load_sectors
from kouan.packs.thresholds import load_thresholds
from kouan.risk import judged, measure_tables

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.model.declaration import Declaration
    from kouan.model.inventory import Inventory
    from kouan.model.risk import RiskView, TableRisk
    from kouan.model.treatment import Treatment
    from kouan.risk.table import Measured

_MEASURED = (
    "entity",
    "unit",
    "direct",
    "quasi",
    "records",
    "classes",
    "k",
    "prosecutor_max",
    "prosecutor_avg",
    "class_avg",
    "histogram",
)
"""What follows from the data alone, whatever edition measures them; a population's table stays with the exporter."""


def measured_again(
    copy: Path, staged: Path, *, declaration: Declaration, treated: Inventory, treatment: Treatment
) -> tuple[Measured, ...] | None:
    """Return the treated data's measures, or None where `risk.json` says others.

    Grade and verdicts are compared too where the thresholds are the same.

    Args:
        copy: documents of the folder, checked against its seal.
        staged: the treated files, checked against it too.
        declaration: of the folder.
        treated: inventory of the treated data.
        treatment: which file comes from which source.

    Raises:
        KouanError: for documents and files that cannot be read.
    """
    said = read_document(copy / "risk.json", RiskReport, kind="risk")
    if said.mode is not declaration.transfer.mode or said.after is None:
        return None
    plan = read_plan((copy / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")
    sources = open_staged(treatment, staged, declaration, load_sectors())
    setting = setting_of(declaration, None, plan.lines)
    tables = measure_tables(sources, treated, setting, engine=Threads(default_threads()))
    again = judged(tables, treated, setting)
    if _numbers(again) != _numbers(said.after):
        return None
    verdicts = (again.grade, again.verdicts) == (said.after.grade, said.after.verdicts)
    return tables if verdicts or said.thresholds != load_thresholds().edition else None


def _numbers(view: RiskView) -> list[list[object]]:
    return [_measured(table) for table in view.tables]


def _measured(table: TableRisk) -> list[object]:
    hidden = [(one.item, one.distinct_l) for one in table.diversity]
    return [*(getattr(table, name) for name in _MEASURED), hidden]
