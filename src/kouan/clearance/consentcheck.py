"""Whether the consents of a clearing still hold: inside its folder when it is verified, outside it before release."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance import consent_messages
from kouan.clearance.consentbook import Hasher, Wanted, read_book
from kouan.clearance.consenting import key_purpose, keyed_tables, recipients_of
from kouan.formats import open_source
from kouan.model.errors import KouanError
from kouan.model.files import write_whole
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.clearance.consentbook import Book
    from kouan.formats.source import Source
    from kouan.model.consent import Consent, ConsentTable
    from kouan.model.declaration import Declaration
    from kouan.model.inventory import Inventory
    from kouan.model.ports import KeyStore
    from kouan.model.time import LegalDay

_PLACES = "consents"
_CHANGED = Text(zh="台账文件已改动", en="the ledger is another file now")
_WITHDRAWN = Text(
    zh="自 {day} 起有 {count} 人的同意不再有效", en="since {day} the consent of {count} persons no longer stands"
)


def agrees(
    consent: Consent | None,
    declaration: Declaration,
    *,
    inventory: Inventory,
    treated: Inventory,
    day: LegalDay,
    fewer: bool = False,
) -> bool:
    """Tell whether a folder's record of consents follows from its other documents, as far as they tell of it.

    Args:
        consent: `consent.json`, or None where the folder holds none.
        declaration: names a ledger or none.
        inventory: of the raw data.
        treated: of the staged data, whose rows are those not kept back.
        day: of the decision.
        fewer: whether the plan keeps more rows here than those without consent.
    """
    spec = declaration.consent
    if consent is None or spec is None:
        return consent is None and spec is None
    try:
        tables = keyed_tables(inventory, spec)
    except KouanError:
        return False
    raw, left = _rows(inventory), _rows(treated)
    counts = Counter(source for source, _ in raw)
    items = tuple(f"{one.source}!{one.entity}#{key}" for one in tables for key in one.keys)
    return (
        (consent.as_of, consent.ledger, consent.applies_to) == (day, spec.ledger, spec.applies_to)
        and (consent.items, consent.recipients) == (items, recipients_of(declaration))
        and [(one.source, one.entity) for one in consent.tables] == [(one.source, one.entity) for one in tables]
        and all(one.rows == raw.get((one.source, one.entity)) for one in consent.tables)
        and all(_left(one, left, alone=counts[one.source] == 1 and not fewer) for one in consent.tables)
    )


def _left(one: ConsentTable, staged: Mapping[tuple[str, str], int], *, alone: bool) -> bool:
    """Tell whether as many rows are staged as were not kept back; a record can also go with the one it stands in."""
    wanted = one.rows - one.held
    found = staged.get((one.source, one.entity), wanted)
    return found == wanted if alone else found <= wanted


def _rows(inventory: Inventory) -> dict[tuple[str, str], int]:
    return {(source.path, part.name): part.rows for source in inventory.sources for part in source.entities}


def remember_ledger(home: Path, digest: str, ledger: Path) -> None:
    """Keep in the exporter's home where the ledger of a clearing lies: the folder itself names no machine's paths.

    Args:
        home: of the exporter.
        digest: of the clearing's `consent.json`.
        ledger: its place.
    """
    folder = home / _PLACES
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(folder / _name(digest), os.fsencode(ledger.absolute()), mode=0o600)


def find_ledger(home: Path, digest: str, consent: Consent, told: Path | None) -> Source:
    """Open the ledger of a clearing where it lay then, or where a person says it lies now.

    Raises:
        KouanError: K-CLR-043 when it is not there, K-FMT-… when it cannot be read.
    """
    place = told or _remembered(home / _PLACES / _name(digest))
    if place is None or not place.is_file():
        raise consent_messages.LEDGER_GONE.at(str(place) if told else consent.ledger, name=consent.ledger)
    return open_source(place, name=consent.ledger)


def _remembered(path: Path) -> Path | None:
    try:
        return Path(os.fsdecode(path.read_bytes()))
    except OSError:
        return None


def _name(digest: str) -> str:
    return digest.removeprefix("sha256:")


def check_standing(
    consent: Consent, declaration: Declaration, ledger: Source, *, keys: KeyStore, today: LegalDay
) -> None:
    """Refuse a release on consents that changed since the clearing.

    The same file can still say something else today: a withdrawal that was announced takes effect.

    Raises:
        KouanError: K-CLR-044.
    """
    spec = declaration.consent
    assert spec is not None
    if ledger.sha256 != consent.sha256:
        raise consent_messages.CONSENT_STALE.at(consent.ledger, problem=_CHANGED)
    hasher = Hasher(consent.kind, keys.derive(key_purpose(consent.as_of)))
    wanted = Wanted.of(declaration, consent.recipients)

    def on(day: LegalDay) -> Book:
        return read_book(ledger, spec, wanted, hasher=hasher, day=day)

    lost = on(consent.as_of).standing_without(on(today))
    if lost:
        problem = _WITHDRAWN.fill(day=consent.as_of, count=f"{lost:,}")
        raise consent_messages.CONSENT_STALE.at(consent.ledger, problem=problem)
