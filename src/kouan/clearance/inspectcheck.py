"""Whether the inventories of a folder say what recognition finds in its data, and the plan what was done to them.

Three readings by the same rules and samples as an inspection. The treated files with what was done to each item, as the
journey reads them: the treated inventory follows from that. The treated files for what they are, believing nothing: an
item that was kept is what it was before, and nothing is found in treated ones that treatment takes away. With the data
before treatment these too. Fewer columns never make recognition find more, so what it finds in addition was hidden.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.clearance import attack_messages
from kouan.clearance import verify_messages as messages
from kouan.clearance.declare import read_declaration
from kouan.clearance.labelling import LABELS, read_labels
from kouan.clearance.opening import NO_LABELS, as_raw, as_treated, open_declared, open_staged
from kouan.clearance.recounting import own_sensitivity
from kouan.clearance.tool import tool
from kouan.deidentify import read_plan
from kouan.dossier.terms import ACTION, IDENTITY
from kouan.dossier.terms import subject as subject_words
from kouan.engine.threads import default_threads
from kouan.model.files import read_document
from kouan.model.inventory import IdentityRole, Inventory, Tier
from kouan.model.plan import Action
from kouan.packs import load_sectors
from kouan.recognize import inspect
from kouan.recognize.prose.model import model_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.formats.source import Source
    from kouan.model.declaration import Declaration
    from kouan.model.errors import KouanError
    from kouan.model.facts import Range
    from kouan.model.inventory import Item, PersonCount, Told
    from kouan.model.labels import ItemLabel
    from kouan.model.plan import Plan, PlanLine
    from kouan.model.text import Text
    from kouan.model.time import LegalDay
    from kouan.model.treatment import Treatment
    from kouan.recognize import SourceInput
    from kouan.recognize.prose.find import Tagger

RAW, TREATED = "inventory.json", "inventory-treated.json"
_ROLES = (IdentityRole.OTHER, IdentityRole.SENSITIVE, IdentityRole.QUASI, IdentityRole.DIRECT)
_HIDING = {Action.PSEUDONYM, Action.MASK, Action.GENERALISE, Action.DROP}
_OWN_FORMS = {"surrogate", "digits"}
"""Forms of pseudonyms that look like what they stand for."""
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class _Rules:
    """By what data are recognised again.

    Attributes:
        tool: that sealed the folder; where it is another, its rules may be others, and only lighter words count.
        tagger: the model that read texts then, if it is at hand.
        same: whether everything must come out as it stands.
    """

    tool: str
    tagger: Tagger | None
    same: bool

    @classmethod
    def of(cls, sealed_with: str, *said: Inventory) -> _Rules:
        read = {one.evidence.texts.model for doc in said for one in doc.items if one.evidence and one.evidence.texts}
        tagger = model_of("auto") if read - {""} else None
        return cls(sealed_with, tagger, sealed_with == tool() and (tagger is not None or not read - {""}))

    def inspect(self, inputs: tuple[SourceInput, ...], said: Inventory, threads: int) -> Inventory:
        key = os.urandom(32)  # which key counts persons changes nothing
        return inspect(inputs, as_of=said.as_of, person_key=key, threads=threads, tagger=self.tagger)


def staged_as_said(
    copy: Path, staged: Path, *, declaration: Declaration, treatment: Treatment, sealed_with: str
) -> list[KouanError]:
    """Return in what recognition finds more in the treated files than the folder says.

    Args:
        copy: documents of the folder, checked against its seal.
        staged: the treated files, checked against it too.
        declaration: of the folder.
        treatment: of the folder.
        sealed_with: name and version of the software that sealed it.

    Raises:
        KouanError: for documents and files that cannot be read.
    """
    raw = read_document(copy / RAW, Inventory, kind="inventory")
    treated = read_document(copy / TREATED, Inventory, kind="inventory-treated")
    plan, sectors = read_plan((copy / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml"), load_sectors()
    rules, labels, threads = _Rules.of(sealed_with, raw, treated), _labels(copy), default_threads()
    sources = open_staged(treatment, staged, declaration, sectors) if treatment.files else ()
    nobody = raw.model_copy(update={"persons": ()})  # else they would bound what is counted
    inputs = as_treated(declaration, sources, plan=plan, original=nobody, sectors=sectors, labels=labels)
    found = rules.inspect(inputs, treated, threads)
    problems = _items(found, treated, TREATED, rules)
    for document, said in ((RAW, raw), (TREATED, treated)):
        problems += _persons(found, said, document, rules, same=False)
    bare = tuple(replace(one, fewer=True) for one in as_raw(declaration, sources, sectors, labels))
    found = rules.inspect(bare, raw, threads)
    return problems + [one for item in found.items if (one := _hidden(item, raw, treated, plan, rules))]


def raw_as_said(folder: Path, raw: Path, settings: Settings, *, sealed_with: str) -> list[KouanError]:
    """Return in what recognition finds other things in the data before treatment than the folder says.

    Args:
        folder: a clearance folder that `verify_folder` found nothing wrong with.
        raw: folder in which the declared sources lie.
        settings: of the run.
        sealed_with: name and version of the software that sealed it.

    Raises:
        KouanError: K-CLR-171 (other data), or an error of a reader.
    """
    declaration, _, _ = read_declaration(folder / "declaration.yaml")
    said, sectors = read_document(folder / RAW, Inventory, kind="inventory"), load_sectors()
    sources = open_declared(declaration, raw, sectors)
    check_cleared(sources, said)
    rules = _Rules.of(sealed_with, said)
    found = rules.inspect(as_raw(declaration, sources, sectors, _labels(folder)), said, settings.threads)
    for source in sources:
        source.check_unchanged()
    return _items(found, said, RAW, rules) + _persons(found, said, RAW, rules, same=rules.same)


def check_cleared(sources: tuple[Source, ...], inventory: Inventory) -> None:
    """Refuse data that are not those of an inventory. Raises KouanError K-CLR-171."""
    known = {one.path: one.sha256 for one in inventory.sources}
    for source in sources:
        if known.get(source.name) != source.sha256:
            raise attack_messages.RAW_DIFFERS.at(source.name, name=source.name)


def _labels(folder: Path) -> Mapping[str, ItemLabel]:
    path = folder / LABELS
    return read_labels(path).items if path.exists() else NO_LABELS


def _items(found: Inventory, said: Inventory, document: str, rules: _Rules) -> list[KouanError]:
    problems = []
    known = {item.id: item for item in said.items}
    for item in found.items:
        other = known.pop(item.id, None)
        if other is None or _is_lighter(other, item) or (rules.same and _stated(other) != _stated(item)):
            problems.append(_told(item, other, document, rules))
    if rules.same:  # an item that is not there at all
        problems += [_told(None, item, document, rules) for item in known.values()]
    return problems


def _persons(found: Inventory, said: Inventory, document: str, rules: _Rules, *, same: bool) -> list[KouanError]:
    """Return whose number cannot be as said; without the raw data only the persons who surely are there tell."""
    problems = []
    counts = {count.subject: count for count in said.persons}
    for count in found.persons:
        other = counts.get(count.subject)
        if other is None or _fewer(other, count, same=same):
            problems.append(_counted(count, other, document, rules))
    return problems


def _stated(item: Item) -> object:
    """Return what recognition says of an item and other documents rest on."""
    verdict = (item.meaning, item.element, item.category, item.personal, item.sensitive, item.role, item.subject)
    return (*verdict, item.cells, item.nulls, item.distinct)


def _is_lighter(said: Item, found: Item) -> bool:
    personal = found.personal is not False and said.personal is False
    sensitive = found.sensitive.value is True and said.sensitive.value is not True
    texts = {one.kind: one.confirmed for one in _texts(said)}
    more = any(one.confirmed and not texts.get(one.kind) for one in _texts(found))
    return personal or sensitive or more or _ROLES.index(said.role) < _ROLES.index(found.role)


def _texts(item: Item) -> tuple[Told, ...]:
    return () if item.evidence is None or item.evidence.texts is None else item.evidence.texts.told


def _hidden(item: Item, raw: Inventory, treated: Inventory, plan: Plan, rules: _Rules) -> KouanError | None:
    """Return what is wrong with an item of the treated files that was read for what it is."""
    said = next((one for one in raw.items if one.id == item.id), None)
    left = next((one for one in treated.items if one.id == item.id), None)
    line = next((one for one in plan.lines if one.item == item.id), None)
    if said is None or left is None:
        return _told(item, None, RAW if said is None else TREATED, rules)
    if line is None or line.action is Action.KEEP:
        return _told(item, said, RAW, rules) if item.personal and _was_lighter(said, item, raw.as_of) else None
    if _is_taken_away(line) and item.role is IdentityRole.DIRECT and _by_values(item):
        return messages.ITEM_UNTREATED.at(
            "staged/", item=item.id, action=ACTION[line.action], found=item.label, tool=rules.tool
        )
    return None


def _was_lighter(said: Item, found: Item, day: LegalDay) -> bool:
    """Tell whether the raw inventory makes less of a kept item; children hang on who is counted."""
    sensitive = own_sensitivity(found, day).value is True and said.sensitive.value is not True
    return said.personal is not True or _ROLES.index(said.role) < _ROLES.index(found.role) or sensitive


def _is_taken_away(line: PlanLine) -> bool:
    return line.action in _HIDING and line.params.get("form") not in _OWN_FORMS


def _by_values(item: Item) -> bool:
    """Tell whether an identifier stands in most values of an item, by its check or, of names, by its words."""
    return item.tier is Tier.CONFIRMED and any(
        one.identifier == item.meaning and one.confirmed and one.wilson_lo > _MOST for one in item.findings
    )


def _fewer(said: PersonCount, found: PersonCount, *, same: bool) -> bool:
    pairs = [(getattr(said, name), getattr(found, name)) for name in ("persons", "sensitive", "under14")]
    if same:
        return any(one != other for one, other in pairs)
    return any(one.hi is not None and one.hi < other.lo for one, other in pairs)


def _told(found: Item | None, said: Item | None, document: str, rules: _Rules) -> KouanError:
    item = found or said
    assert item is not None
    return messages.ITEM_HIDDEN.at(
        document, item=item.id, found=_words(found), said=_words(said), document=document, tool=rules.tool
    )


def _words(item: Item | None) -> Text:
    if item is None:
        return messages.NOT_LISTED
    return messages.ITEM_IS.fill(
        label=item.label,
        role=IDENTITY[item.role],
        personal=messages.PERSONAL[item.personal],
        sensitive=messages.SENSITIVE[item.sensitive.value],
    )


def _counted(found: PersonCount, said: PersonCount | None, document: str, rules: _Rules) -> KouanError:
    return messages.PERSONS_HIDDEN.at(
        document,
        subject=subject_words(found.subject),
        found=_number(found),
        said=messages.NO_SUBJECT if said is None else _number(said),
        document=document,
        tool=rules.tool,
    )


def _number(count: PersonCount) -> Text:
    return messages.PERSONS_ARE.fill(
        persons=_range(count.persons), sensitive=_range(count.sensitive), under14=_range(count.under14)
    )


def _range(value: Range) -> str:
    if value.hi is None:
        return f"≥{value.lo:,}"
    return f"{value.lo:,}" if value.lo == value.hi else f"{value.lo:,}–{value.hi:,}"
