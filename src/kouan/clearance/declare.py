"""Read a declaration and refuse what its schema alone cannot see."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.opening import read_text
from kouan.formats import parse_address
from kouan.law.scoping import edition_on
from kouan.model import strictyaml
from kouan.model.declaration import Declaration, PartyRole
from kouan.model.errors import KouanError
from kouan.model.masking import quoted
from kouan.model.vocabulary import FactScope, FactType

if TYPE_CHECKING:
    from kouan.model.declaration import YearToDate
    from kouan.model.errors import Message
    from kouan.model.strictyaml import Loaded
    from kouan.model.time import LegalDay
    from kouan.model.vocabulary import FactDef
    from kouan.packs import PackSet

_ELSEWHERE = {
    "exporter.ciio",
    "exporter.zone",
    "exporter.several",
    "exporter.region",
    "list.used",
    "list.sector",
    "list.scenario",
    "list.reference_status",
    "list.pilot",
    "list.entry_mechanism",
    "recipient.countries",
    "recipient.onward_countries",
    "transfer.entrusted_processor",
    "transfer.onward",
    "recipient.hong_kong_only",
    "recipient.macao_only",
    "transfer.standing",
    "transfer.mode",
    "transfer.scenario",
    "transfer.repeat",
}
_COMPUTED = ("basis.", "year_before.")
_NONE = "none"
_PYTHON = {FactType.BOOL: bool, FactType.COUNT: int, FactType.TEXT: str, FactType.TEXTS: tuple}


def read_declaration(path: Path) -> tuple[Declaration, str, Loaded]:
    """Return a declaration, its text and its lines.

    Raises:
        KouanError: K-CLR-001 when there is no such file, K-MOD-001 to 005 with the line.
    """
    text = read_text(path)
    loaded = strictyaml.load(text, path.name)
    return strictyaml.validate(Declaration, loaded, "declaration"), text, loaded


def check_declaration(declaration: Declaration, loaded: Loaded, *, packs: PackSet, as_of: LegalDay) -> None:
    """Refuse a recipient at home or nowhere, days in the future or another year, facts and readings not known.

    Raises:
        KouanError: K-CLR-002 to K-CLR-007, K-CLR-070, K-CLR-090, with the line.
    """
    for number, party in enumerate(declaration.parties):
        if party.role in {PartyRole.RECIPIENT, PartyRole.ONWARD_RECIPIENT}:
            where = loaded.at(("parties", number))
            if party.country == "CN":
                raise messages.RECIPIENT_AT_HOME.at(where, name=party.name)
            if party.country is None:
                raise messages.RECIPIENT_NOWHERE.at(where, name=party.name)
    _check_counts(declaration, loaded, as_of)
    _check_readings(declaration, loaded, packs=packs, as_of=as_of)
    _check_list(declaration, loaded, packs=packs, as_of=as_of)
    for name, value in declaration.facts.items():
        _check_fact(name, value, packs, loaded.at(("facts", name)))


def _check_counts(declaration: Declaration, loaded: Loaded, as_of: LegalDay) -> None:
    """Refuse counts of another year or a day to come, and those of a party that is no further exporter."""
    first = declaration.parties_as(PartyRole.EXPORTER)[0]
    counts: list[tuple[YearToDate | None, tuple[str | int, ...]]] = [
        (declaration.year_to_date, ("year_to_date", "as_of"))
    ]
    for number, party in enumerate(declaration.parties):
        if party.year_to_date is not None:
            if party.role is not PartyRole.EXPORTER or party is first:
                raise messages.COUNT_OF_PARTY.at(loaded.at(("parties", number, "year_to_date")), name=party.name)
            counts.append((party.year_to_date, ("parties", number, "year_to_date", "as_of")))
    for counted, at in counts:
        if counted is not None and counted.as_of > as_of:
            raise messages.DAY_IN_FUTURE.at(loaded.at(at), day=counted.as_of, as_of=as_of)
        if counted is not None and counted.as_of.year != as_of.year:
            raise messages.YEAR_OF_COUNT.at(loaded.at(at), day=counted.as_of, as_of=as_of)


def _check_list(declaration: Declaration, loaded: Loaded, *, packs: PackSet, as_of: LegalDay) -> None:
    """Refuse a list, sector or scenario that the packs do not know: misspelt it would silently cover nothing."""
    use = declaration.list
    if use is None or use.used in {None, _NONE}:
        return
    _check_word(use.used, {*packs.lists.values(), *packs.editions}, loaded.at(("list", "used")), messages.LIST_WORD)
    one = edition_on(use.used or "", packs, as_of)
    if one is None:
        return
    replaced = one.id != use.used
    message = messages.LIST_REPLACED if replaced else messages.LIST_WORD
    words = {"old": use.used, "new": one.id, "day": one.in_force.start.isoformat()} if replaced else {}
    scenarios = {scenario.id for scenario in one.scenarios if use.sector in {None, scenario.sector}}
    for field, known in (("sector", {sector.id for sector in one.sectors}), ("scenario", scenarios)):
        _check_word(getattr(use, field), known, loaded.at(("list", field)), message, **words)


def _check_word(word: str | None, known: set[str], where: str, message: Message, **words: object) -> None:
    if word is not None and word not in {*known, _NONE}:
        near = difflib.get_close_matches(word, sorted(known), n=1)
        guess = f" ({near[0]}?)" if near else ""
        raise message.at(where, name=quoted(word), guess=guess, known=", ".join(sorted(known)) or _NONE, **words)


def check_sources(declaration: Declaration, loaded: Loaded, folder: Path) -> None:
    """Refuse a source declared twice, a file that lies elsewhere than its path says, and a false address.

    Args:
        declaration: whose sources are checked.
        loaded: its lines.
        folder: of the declaration; a path that leaves it in words (`../x.csv`) is what the exporter means.

    Raises:
        KouanError: K-CLR-014, K-CLR-015, K-CLR-094, K-FMT-100, K-FMT-101, with the line.
    """
    top = os.path.realpath(folder)
    seen: set[str] = set()
    remote: set[str] = set()
    for number, source in enumerate(declaration.sources):
        where = loaded.at(("sources", number, "path"))
        if source.origin is not None:
            _check_address(source.origin, source.path, loaded.at(("sources", number, "from")))
        if source.path in remote or (
            source.origin is not None and any(one.path == source.path for one in declaration.sources[:number])
        ):
            raise messages.SOURCE_NAME.at(where, name=source.path)
        if source.origin is not None:
            remote.add(source.path)
            continue
        written = os.path.normpath(Path(top, source.path))
        real = os.path.realpath(written)
        if _inside(written, top) and not _inside(real, top):
            raise messages.SOURCE_LED_AWAY.at(where, name=source.path)
        if real in seen:
            raise messages.SOURCE_TWICE.at(where, name=source.path)
        seen.add(real)


def _check_address(origin: str, path: str, where: str) -> None:
    try:
        parse_address(origin, path)
    except KouanError as error:
        error.where = where
        raise


def _inside(path: str, top: str) -> bool:
    return os.path.commonpath((path, top)) == top


def declarable(packs: PackSet) -> dict[str, FactDef]:
    """Return the facts that a declaration may state under `facts`: those of the transfer that no other field holds."""
    return {
        name: fact
        for name, fact in packs.facts.items()
        if fact.scope is FactScope.TRANSFER and name not in _ELSEWHERE and not name.startswith(_COMPUTED)
    }


def _check_readings(declaration: Declaration, loaded: Loaded, *, packs: PackSet, as_of: LegalDay) -> None:
    known = {one.id: tuple(option.id for option in one.options) for one in packs.readings if one.in_force.holds(as_of)}
    for point, option in declaration.readings.items():
        if option not in known.get(point, ()):
            names = ", ".join(f"{one}: {'|'.join(options)}" for one, options in known.items())
            where = loaded.at(("readings", point))
            raise messages.READING_UNKNOWN.at(where, names=names or "-")


def _check_fact(name: str, value: object, packs: PackSet, where: str) -> None:
    known = declarable(packs)
    if name not in known:
        if name in packs.facts:  # its help says in which field it stands, or from what it follows
            raise messages.FACT_ELSEWHERE.at(where, name=name, help=packs.facts[name].help)
        near = difflib.get_close_matches(name, sorted(known), n=1)
        raise messages.FACT_UNKNOWN.at(where, name=quoted(name), guess=f" ({near[0]}?)" if near else "")
    kind = known[name].type
    if value is not None and not isinstance(value, _PYTHON[kind]):
        raise messages.FACT_TYPE.at(where, name=name, expected=kind.value)
