"""`kouan release`: nothing with an unmet condition leaves (DESIGN section 2)."""

from __future__ import annotations

import difflib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.counting import counted
from kouan.clearance.declare import read_declaration
from kouan.clearance.tool import tool
from kouan.clearance.verify import verify_folder
from kouan.clearance.workfolder import disk_errors, folder_lock
from kouan.evidence import Claims, Log, TrustStore, open_signer, seal, write_label
from kouan.meter.ledger import Entry, Ledger
from kouan.model.canonical import sha256_file
from kouan.model.decision import Condition, Decision, DecisionPair, Pathway
from kouan.model.declaration import PartyRole
from kouan.model.files import read_document, sync_directory, write_document
from kouan.model.release import Attestation, FileEntry, Manifest, Release
from kouan.model.time import legal_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.model.declaration import Declaration


@dataclass(frozen=True, slots=True)
class Released:
    """What left.

    Attributes:
        folder: `released/` inside the clearance folder.
        release: the sealed document.
    """

    folder: Path
    release: Release


def conditions_for(decision: Decision, pathway: tuple[Pathway, ...]) -> tuple[Condition, ...]:
    """Return the conditions that bind under the chosen pathway."""
    return tuple(
        condition
        for condition in decision.conditions
        if not condition.pathways or set(condition.pathways) & set(pathway)
    )


def release(
    folder: Path, *, settings: Settings, pathway: Pathway | None, attested: Mapping[str, str], by: str
) -> Released:
    """Release the treated data of a clearance folder.

    Args:
        folder: a sealed clearance folder of this installation.
        settings: of the run; its home holds the keys and the meter.
        pathway: the chosen one where several are lawful.
        attested: condition id to what proves it.
        by: the person who answers for the attestations.

    Raises:
        KouanError: K-CLR-020 to 026, or the first problem of verification; nothing leaves then.
    """
    with disk_errors(folder), folder_lock(folder, settings.home):
        if (folder / "released").exists():
            raise messages.ALREADY_RELEASED.at(str(folder))
        check = verify_folder(folder, TrustStore.of_home(settings.home))
        if check.problems:
            raise check.problems[0]
        pair = read_document(folder / "decision.json", DecisionPair)
        decision = pair.treated or pair.original
        chosen = _choose(decision, pathway, folder)
        today = legal_day(settings.clock())
        conditions = conditions_for(decision, chosen)
        attestations = _attest(conditions, attested, by=by, today=today.isoformat())
        declaration, _, _ = read_declaration(folder / "declaration.yaml")
        return _write(folder, declaration, decision, settings=settings, chosen=chosen, attestations=attestations)


def _choose(decision: Decision, pathway: Pathway | None, folder: Path) -> tuple[Pathway, ...]:
    if not decision.determined:
        raise messages.UNDETERMINED_RELEASE.at(str(folder))
    options = decision.options
    if Pathway.PROHIBITED in options:
        raise messages.PROHIBITED_RELEASE.at(str(folder))
    if pathway is None and len(options) == 1:
        return options
    if pathway is None or pathway not in options:
        raise messages.PATHWAY_CHOICE.at(str(folder), names=", ".join(options))
    return (pathway,)


def _attest(
    conditions: tuple[Condition, ...], attested: Mapping[str, str], *, by: str, today: str
) -> tuple[Attestation, ...]:
    known = [condition.id for condition in conditions]
    for name in attested:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            guess = f" ({near[0]}?)" if near else ""
            raise messages.CONDITION_STRANGE.at("--attest", name=name, guess=guess, names=", ".join(known) or "–")
    unmet = [name for name in known if not attested.get(name, "").strip() or not by.strip()]
    if unmet:
        raise messages.CONDITION_UNMET.at("--attest", count=len(unmet), names=", ".join(unmet))
    return tuple(Attestation(condition=name, value=attested[name], by=by, on=today) for name in known)


def _write(
    folder: Path,
    declaration: Declaration,
    decision: Decision,
    *,
    settings: Settings,
    chosen: tuple[Pathway, ...],
    attestations: tuple[Attestation, ...],
) -> Released:
    """Build `released/` beside its place, enter the meter, then give it its name."""
    work = folder.with_name(f".{folder.name}.release")
    if work.exists():
        shutil.rmtree(work)
    shutil.copytree(folder / "staged", work / "data")
    parent = sha256_file(folder / "manifest.json")
    files = tuple(
        FileEntry(path=path.relative_to(work).as_posix(), size=path.stat().st_size, sha256=sha256_file(path))
        for path in sorted((work / "data").rglob("*"))
        if path.is_file()
    )
    _check_copied(files, read_document(folder / "manifest.json", Manifest))
    exporter = declaration.parties_as(PartyRole.EXPORTER)[0]
    persons = counted(decision)
    document = Release(
        transfer=declaration.transfer.name,
        exporter=exporter.uscc or exporter.name,
        released_at=settings.clock(),
        pathway=chosen,
        attestations=attestations,
        ordinary=persons.ordinary,
        sensitive=persons.sensitive,
        files=files,
    )
    write_document(work / "release.json", "release", document)
    signer = open_signer(settings.home, create=False)
    claims = Claims(
        transfer=document.transfer,
        pathway=tuple(option.value for option in chosen),
        conditions=tuple(one.condition for one in attestations),
        plan=sha256_file(folder / "plan.yaml"),
        parent=parent,
        released_at=document.released_at,
    )
    write_label(work, claims, signer=signer)
    log = Log.open(settings.home / "log", signer)
    seal(work, kind="release", transfer=document.transfer, parent=parent, log=log, clock=settings.clock, tool=tool())
    day = legal_day(document.released_at)
    # Before the rename: a crash in between counts once too early, never once too few.
    Ledger(settings.home / "meter.sqlite").record(
        Entry(
            id=parent,
            exporter=document.exporter,
            year=day.year,
            day=day.isoformat(),
            ordinary=persons.ordinary,
            sensitive=persons.sensitive,
        )
    )
    work.rename(folder / "released")
    sync_directory(folder)
    return Released(folder=folder / "released", release=document)


def _check_copied(files: tuple[FileEntry, ...], manifest: Manifest) -> None:
    """Refuse a copy that differs from what was sealed: somebody may have written between check and copy."""
    sealed = {entry.path: entry.sha256 for entry in manifest.files}
    for entry in files:
        if sealed.get("staged/" + entry.path.removeprefix("data/")) != entry.sha256:
            raise messages.STAGED_CHANGED.at(entry.path)
