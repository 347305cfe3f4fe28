"""Whether `attacks.json` follows from its folder, and whether the attacks come to the same again on the raw data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import attack_messages as messages
from kouan.clearance.attacking import ATTACKS, Staging, attack_staged, spec_of, without_seconds
from kouan.clearance.labelsabove import labels_above
from kouan.clearance.plancheck import HIERARCHIES
from kouan.model.attacks import Attacked, Risk
from kouan.model.files import read_document, read_envelope
from kouan.model.inventory import Inventory
from kouan.model.risk import RiskReport
from kouan.model.utility import Utility
from kouan.risk.attacks.intervals import Sampling, risk, successes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.clearance.alongside import Alongside
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


def attack_again(made: Alongside) -> Attacked:
    """Run the attacks of a verified folder again on the data that it was made from.

    Args:
        made: the folder and its data.

    Raises:
        KouanError: K-CLR-172 (other figures), K-CLR-173 (none there), K-CLR-270 (nobody here knows whose rows left),
            or an error of a reader.
    """
    said = _attacked(made.folder)
    if made.kept is None:
        raise messages.DRAWN_BY_KEY.at(str(made.folder))
    staging = Staging(
        raw=made.sources,
        treated=made.staged,
        plan=made.plan,
        inventory=made.inventory,
        before=read_document(made.folder / "risk.json", RiskReport, kind="risk").before,
        utility=read_document(made.folder / "utility.json", Utility, kind="utility"),
        kept=made.kept,
        above=labels_above(made.plan, made.folder / HIERARCHIES),
    )
    again = attack_staged(spec_of(made.declaration), staging)
    for one, other in zip(without_seconds(said).tables, without_seconds(again).tables, strict=False):
        if one != other:
            raise messages.ATTACKS_OTHER.at(ATTACKS, entity=one.entity)
    if len(said.tables) != len(again.tables):
        raise messages.ATTACKS_OTHER.at(ATTACKS, entity="*")
    return again


def _attacked(folder: Path) -> Attacked:
    if (folder / ATTACKS).is_file():
        said = read_document(folder / ATTACKS, Attacked, kind="attacked")
        if said.run:
            return said
    raise messages.NO_ATTACKS_FILE.at(str(folder))


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
