"""`kouan release`: nothing with an unmet condition leaves (DESIGN section 2)."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.again import Again, find_shelf, open_meter, released_set
from kouan.clearance.attesting import attest, conditions_for
from kouan.clearance.consentcheck import check_standing, find_ledger
from kouan.clearance.counting import (
    counted,
    entered_beside,
    exporter_key,
    exporter_name,
    exporter_names,
    metered_before,
)
from kouan.clearance.facts import with_counters
from kouan.clearance.relying import NUMBER, check_relied, relied_on, standing_entry
from kouan.clearance.standing import check_pathway, check_persons, check_validity
from kouan.clearance.targeting import check_target
from kouan.clearance.tool import tool
from kouan.clearance.verify import verify_folder
from kouan.clearance.workfolder import disk_errors, folder_lock
from kouan.deidentify import read_plan
from kouan.evidence import Claims, FileKeyStore, Log, TrustStore, open_signer, seal, write_label
from kouan.law import decide
from kouan.meter.ledger import Beside, Entry
from kouan.meter.union import Part
from kouan.model.canonical import sha256_file
from kouan.model.decision import Decision, Pathway
from kouan.model.files import sync_directory, write_document
from kouan.model.release import FileEntry, Release
from kouan.model.text import Text
from kouan.model.time import legal_day
from kouan.packs import load_copied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.clearance.verify import Verified
    from kouan.meter.ledger import Ledger
    from kouan.meter.personset import PersonSet
    from kouan.model.consent import Consent
    from kouan.model.decision import Decision
    from kouan.model.declaration import Declaration
    from kouan.model.necessity import Necessity
    from kouan.model.release import Attestation
    from kouan.model.standing import Authority
    from kouan.model.time import LegalDay

_MOST_NAMES = 12
_YEAR = Text(zh="已跨年，累计人数重新起算", en="another year has begun and counters start anew")
_OUTCOME = Text(
    zh="计入此后的放行和今天的规则，合规路径会不同", en="with later releases and today's law the pathway differs"
)
_CONDITIONS = Text(zh="按今天的规则，放行条件会不同", en="under today's law the conditions of release differ")


@dataclass(frozen=True, slots=True)
class Released:
    """What left.

    Attributes:
        folder: `released/` inside the clearance folder.
        release: the sealed document.
    """

    folder: Path
    release: Release


def release(
    folder: Path,
    *,
    settings: Settings,
    pathway: Pathway | None,
    attested: Mapping[str, str],
    by: str,
    ledger_path: Path | None = None,
) -> Released:
    """Release the treated data of a clearance folder.

    Args:
        folder: a sealed clearance folder of this installation.
        settings: of the run; its home holds the keys and the meter.
        pathway: the chosen one where several are lawful; None takes that of the first release for a later batch.
        attested: condition id to what proves it.
        by: the person who answers for the attestations.
        ledger_path: where the ledger of consents lies now; None where it lay when the folder was cleared.

    Raises:
        KouanError: K-CLR-020 to 029, 043, 044, 046, 062, 124, 174 to 179, or the first problem of verification;
            nothing leaves then.
    """
    ledger = open_meter(settings.home)
    # One release at a time for the whole installation: each counts on what the others have entered.
    with disk_errors(folder), folder_lock(folder, settings.home), folder_lock(settings.home / "meter", settings.home):
        if os.path.lexists(folder / "released"):
            raise messages.ALREADY_RELEASED.at(str(folder))
        check = verify_folder(folder, TrustStore.of_home(settings.home))
        if check.problems:
            raise check.problems[0]
        if check.check.signed_by != open_signer(settings.home, create=False).verifier:
            raise messages.FOLDER_OF_ANOTHER.at(str(folder), signer=check.signer)
        order = _order(check, folder)
        _check_necessity(order)
        chosen = _choose(order.decision, pathway, folder, first=order.authority.pathway if order.authority else ())
        today = legal_day(settings.clock())
        ledger.tidy(today.year)
        shelf = find_shelf(settings.home)
        waiting = None if shelf is None else shelf.waiting(order.digests["inventory.json"], year=today.year)
        again = Again(waiting or {})
        persons = released_set(order.decision, again.sets)
        _check_current(order, ledger=ledger, again=again, today=today)
        _check_consents(order, settings=settings, told=ledger_path, today=today)
        if order.declaration.anonymised is not None:  # it may have been withdrawn since the clearing
            standing_entry(order.declaration.anonymised.certificate, settings=settings, day=today)
        _check_cited(attested, order, settings=settings, today=today)
        _check_authority(order, chosen, ledger=ledger, today=today, persons=persons)
        carried = order.authority.attestations if order.authority is not None else ()
        binding = conditions_for(order.decision, chosen)
        attestations = attest(binding, attested, by=by, today=today, carried=carried)
        work = folder.with_name(f".{folder.name}.release")
        if work.exists():
            shutil.rmtree(work)
        try:
            release = _build(work, order, settings=settings, chosen=chosen, attestations=attestations)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        # Before the rename: a crash in between counts once too early, never once too few.
        kept = None if persons is None or shelf is None else shelf.keep(persons, year=today.year, release=order.parent)
        ledger.record(_entry(order, release, kept))
        work.rename(folder / "released")
        sync_directory(folder)
        return Released(folder=folder / "released", release=release)


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be released, as it was verified: nothing of it is read from the folder a second time."""

    folder: Path
    parent: str
    digests: Mapping[str, str]
    declaration: Declaration
    decision: Decision
    consent: Consent | None
    necessity: Necessity | None
    authority: Authority | None


def _order(check: Verified, folder: Path) -> _Order:
    pair, declaration = check.documents.decisions, check.documents.declaration
    manifest, digest = check.check.manifest, check.check.sha256
    if pair is None or declaration is None or manifest is None or digest is None:
        raise messages.NOT_A_CLEARANCE.at(str(folder), missing="decision.json")
    digests = {entry.path: entry.sha256 for entry in manifest.files}
    documents = check.documents
    decision = pair.treated or pair.original
    return _Order(
        folder,
        digest,
        digests,
        declaration,
        decision,
        consent=documents.consent,
        necessity=documents.necessity,
        authority=documents.authority,
    )


def _check_cited(attested: Mapping[str, str], order: _Order, *, settings: Settings, today: LegalDay) -> None:
    """Refuse an attestation that names a certificate of effect which does not stand or is about other data.

    Raises:
        KouanError: K-CLR-124, K-CLR-174 to 179.
    """
    staged = {path: digest for path, digest in order.digests.items() if path.startswith("staged/")}
    for number in dict.fromkeys(one for said in attested.values() for one in NUMBER.findall(said)):
        relied = relied_on(number, settings=settings, day=today)
        plan = read_plan((order.folder / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")
        check_relied(relied.certificate, order.declaration, plan, staged, day=today)


def _check_necessity(order: _Order) -> None:
    """Refuse data with an item outside the purpose that nobody justifies, or short of their target, or no data at all.

    Raises:
        KouanError: K-CLR-062, K-CLR-091, K-CLR-200.
    """
    if not (order.folder / "staged").is_dir():
        raise messages.NOTHING_STAGED.at(str(order.folder))
    outside = order.necessity.outside if order.necessity is not None else ()
    check_target(order.folder)
    if outside:
        names = ", ".join(one.name for one in outside[:_MOST_NAMES])
        raise messages.NOT_NECESSARY.at(str(order.folder), count=len(outside), names=names)


def _choose(
    decision: Decision, pathway: Pathway | None, folder: Path, *, first: tuple[Pathway, ...] = ()
) -> tuple[Pathway, ...]:
    """Return the chosen pathway; a later batch goes the way of the `first` unless it says otherwise."""
    if not decision.determined:
        raise messages.UNDETERMINED_RELEASE.at(str(folder))
    options = decision.options
    if Pathway.PROHIBITED in options:
        raise messages.PROHIBITED_RELEASE.at(str(folder))
    if pathway is None and len(options) == 1:
        return options
    if pathway is None and first and set(first) <= set(options):
        return first
    if pathway is None or pathway not in options:
        raise messages.PATHWAY_CHOICE.at(str(folder), names=", ".join(options))
    return (pathway,)


def _check_current(order: _Order, *, ledger: Ledger, again: Again, today: LegalDay) -> None:
    """Refuse a decision that would not be made today: another year, other releases since, other law.

    Raises:
        KouanError: K-CLR-028.
    """
    where, decision, declaration = str(order.folder), order.decision, order.declaration
    day = decision.as_of
    if day.year != today.year:
        raise messages.CLEARANCE_STALE.at(where, as_of=day, today=today, problem=_YEAR)
    metered = metered_before(ledger, declaration, year=today.year, but=order.parent)
    packs = load_copied(order.folder / "packs", decision.packs)
    if packs.refs != decision.packs:
        raise messages.STAGED_CHANGED.at("packs/")
    facts = with_counters(decision.facts, declaration, metered=metered, as_of=max(day, today), packs=packs, again=again)
    now = decide(facts, packs, adopted=decision.adopted)
    options = [outcome.options for outcome in now.possible]
    if options != [outcome.options for outcome in decision.possible]:
        raise messages.CLEARANCE_STALE.at(where, as_of=day, today=today, problem=_OUTCOME)
    if [one.id for one in now.conditions] != [one.id for one in decision.conditions]:
        raise messages.CLEARANCE_STALE.at(where, as_of=day, today=today, problem=_CONDITIONS)


def _check_consents(order: _Order, *, settings: Settings, told: Path | None, today: LegalDay) -> None:
    """Refuse where somebody's consent ended since the clearing. Raises KouanError K-CLR-043, K-CLR-044."""
    if order.consent is None:
        return
    source = find_ledger(settings.home, order.digests["consent.json"], order.consent, told)
    keys = FileKeyStore.open(settings.home, create=False)
    check_standing(order.consent, order.declaration, source, keys=keys, today=max(order.decision.as_of, today))


def _check_authority(
    order: _Order, chosen: tuple[Pathway, ...], *, ledger: Ledger, today: LegalDay, persons: PersonSet | None
) -> None:
    """Refuse a batch that its authorisation no longer covers: run out, or used up meanwhile. Raises K-CLR-046."""
    authority = order.authority
    if authority is None:
        return
    where = str(order.folder)
    check_pathway(authority, chosen, where=where)
    check_validity(authority, where=where, today=today)
    batch = counted(order.decision)
    beside = Beside(Part(batch.ordinary, batch.sensitive, persons), today.year)
    check_persons(order.declaration, ledger.under(authority.clearance, but=order.parent, beside=beside), where=where)


def _build(
    work: Path,
    order: _Order,
    *,
    settings: Settings,
    chosen: tuple[Pathway, ...],
    attestations: tuple[Attestation, ...],
) -> Release:
    """Build and seal the released folder beside its place."""
    work.mkdir(mode=0o700)
    shutil.copytree(order.folder / "staged", work / "data")
    files = tuple(
        FileEntry(path=path.relative_to(work).as_posix(), size=path.stat().st_size, sha256=sha256_file(path))
        for path in sorted((work / "data").rglob("*"))
        if path.is_file()
    )
    _check_copied(files, order.digests)
    persons = counted(order.decision)
    document = Release(
        transfer=order.declaration.transfer.name,
        exporter=exporter_name(order.declaration),
        exporters=exporter_names(order.declaration),
        released_at=settings.clock(),
        pathway=chosen,
        attestations=attestations,
        ordinary=persons.ordinary,
        sensitive=persons.sensitive,
        under=order.authority.clearance if order.authority is not None else None,
        files=files,
    )
    write_document(work / "release.json", "release", document)
    signer = open_signer(settings.home, create=False)
    claims = Claims(
        transfer=document.transfer,
        pathway=tuple(option.value for option in chosen),
        conditions=tuple(one.condition for one in attestations),
        plan=order.digests["plan.yaml"],
        parent=order.parent,
        released_at=document.released_at,
    )
    write_label(work, claims, signer=signer)
    log = Log.open(settings.home / "log", signer)
    name = document.transfer
    seal(work, kind="release", transfer=name, parent=order.parent, log=log, clock=settings.clock, tool=tool())
    return document


def _entry(order: _Order, release: Release, persons: str | None) -> Entry:
    day = legal_day(release.released_at)
    return Entry(
        id=order.parent,
        exporter=exporter_key(order.declaration),
        year=day.year,
        day=day.isoformat(),
        ordinary=release.ordinary,
        sensitive=release.sensitive,
        under=release.under,
        also=entered_beside(order.declaration),
        persons=persons,
    )


def _check_copied(files: tuple[FileEntry, ...], sealed: Mapping[str, str]) -> None:
    """Refuse a copy that differs from what was sealed: somebody may have written between check and copy."""
    wanted = {path.removeprefix("staged/"): digest for path, digest in sealed.items() if path.startswith("staged/")}
    copied = {entry.path.removeprefix("data/"): entry.sha256 for entry in files}
    for path in sorted(wanted.keys() | copied.keys()):
        if wanted.get(path) != copied.get(path):
            raise messages.STAGED_CHANGED.at(path)
