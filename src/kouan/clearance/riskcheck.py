"""Whether what `risk.json` says of the treated data follows from them, and its verdicts from the same thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.clearance.assessing import setting_of
from kouan.clearance.classpersons import has_key, least_by_rows
from kouan.clearance.modelling import model_risks
from kouan.clearance.opening import open_staged
from kouan.deidentify import read_plan
from kouan.engine.threads import Threads, default_threads
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.risk import RiskReport
from kouan.packs import load_sectors
from kouan.packs.thresholds import THRESHOLDS, read_thresholds
from kouan.risk import judged, measure_tables

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.model.declaration import Declaration
    from kouan.model.risk import RiskView, TableRisk
    from kouan.model.thresholds import Thresholds
    from kouan.model.treatment import Treatment
    from kouan.risk import Setting
    from kouan.risk.table import Measured

_MEASURED = (
    "entity",
    "unit",
    "direct",
    "quasi",
    "pseudonyms",
    "records",
    "classes",
    "k",
    "prosecutor_max",
    "prosecutor_avg",
    "class_avg",
    "histogram",
)
"""What follows from the data alone, whatever edition measures them; a population's table stays with the exporter."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The treated data's measures and by which thresholds they were judged.

    Attributes:
        tables: measured again.
        foreign: edition of the thresholds where the verifier does not know it, else empty.
        departs: rules by which the verifier's own thresholds come to another outcome; `grade` for the grade.
    """

    tables: tuple[Measured, ...]
    foreign: str = ""
    departs: tuple[str, ...] = ()


def judged_again(
    copy: Path,
    staged: Path,
    *,
    declaration: Declaration,
    treated: Inventory,
    treatment: Treatment,
    known: tuple[Thresholds, ...],
) -> Judged | None:
    """Return the treated data's measures, or None where `risk.json` says others.

    Grade and verdicts are those of the thresholds in the folder. Whoever holds the key can seal other thresholds: where
    the verifier does not know them, what his own come to is compared.

    Args:
        copy: documents of the folder, checked against its seal.
        staged: the treated files, checked against it too.
        declaration: of the folder.
        treated: inventory of the treated data.
        treatment: which file comes from which source.
        known: thresholds that the verifier knows from elsewhere, his own first.

    Raises:
        KouanError: for documents and files that cannot be read.
    """
    said = read_document(copy / "risk.json", RiskReport, kind="risk")
    if said.mode is not declaration.transfer.mode or said.after is None:
        return None
    plan = read_plan((copy / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")
    sources = open_staged(treatment, staged, declaration, load_sectors())
    own = known[0]
    setting = setting_of(declaration, None, plan.lines, own)
    tables = measure_tables(sources, treated, setting, engine=Threads(default_threads()), thresholds=own)
    said_of = {one.entity: one.persons for one in said.after.tables}
    tables = tuple(one.with_persons(said_of.get(one.roles.name)) for one in tables)
    mine = judged(tables, treated, setting, own)
    fits = all(_persons_fit(one, copy) for one in tables)
    if _numbers(mine) != _numbers(said.after) or not _others_follow(mine, said.after) or not fits:
        return None
    raw = read_document(copy / "inventory.json", Inventory, kind="inventory")
    if model_risks(declaration, sources, raw=raw, treated=treated, treatment=treatment) != said.models:
        return None
    sealed = _sealed(copy, known, said.thresholds)
    by = setting if sealed is None else setting_of(declaration, None, plan.lines, sealed)
    if sealed is not None and not _follows(said, tables, treated, sealed, by):
        return None
    if said.thresholds in {one.edition for one in known}:
        return Judged(tables)
    return Judged(tables, said.thresholds or "-", _departures(said.after, mine))


def _follows(
    said: RiskReport, tables: tuple[Measured, ...], treated: Inventory, sealed: Thresholds, setting: Setting
) -> bool:
    """Tell whether grade and verdicts are those of the thresholds that the report names."""
    assert said.after is not None
    try:
        again = judged(tables, treated, setting, sealed)
    except LookupError:  # a maker's own file may lack what its rules need
        return False
    same = (again.grade, again.verdicts) == (said.after.grade, said.after.verdicts)
    return same and sealed.edition == said.thresholds


def _sealed(copy: Path, known: tuple[Thresholds, ...], edition: str | None) -> Thresholds | None:
    """Return the thresholds that lie in the folder, or those of the edition that it names, if anybody knows them."""
    path = copy / "packs" / THRESHOLDS
    if path.exists():
        return read_thresholds(path)
    return next((one for one in known if one.edition == edition), None)


def _departures(said: RiskView, mine: RiskView) -> tuple[str, ...]:
    outcomes = {one.rule: one.outcome for one in said.verdicts}
    grade = () if said.grade.grade == mine.grade.grade else ("grade",)
    return (*grade, *(one.rule for one in mine.verdicts if outcomes.get(one.rule) is not one.outcome))


def _persons_fit(table: Measured, copy: Path) -> bool:
    """Tell whether so many persons can share a class of so many rows; which they are only the raw data tell.

    Earlier editions, whose folders hold no thresholds, counted rows.
    """
    before = read_document(copy / "inventory.json", Inventory, kind="inventory")
    k, persons, name = table.distribution.k, table.report.persons, table.roles.name
    least = least_by_rows(before, name, k)
    if persons is None:
        rows = table.roles.key is None and has_key(before, name) and least < k
        return not (rows and (copy / "packs" / THRESHOLDS).exists())
    return table.roles.key is None and least <= persons <= max(k, 1)


def _others_follow(again: RiskView, said: RiskView) -> bool:
    """Tell whether what is said of items outside the quasi-identifiers follows; older editions said nothing."""
    if all(table.everything is None and not table.others for table in said.tables):
        return True
    pairs = zip(again.tables, said.tables, strict=True)
    return all((one.others, one.everything) == (other.others, other.everything) for one, other in pairs)


def _numbers(view: RiskView) -> list[list[object]]:
    return [_measured(table) for table in view.tables]


def _measured(table: TableRisk) -> list[object]:
    hidden = [(one.item, one.distinct_l) for one in table.diversity]
    return [*(getattr(table, name) for name in _MEASURED), hidden]
