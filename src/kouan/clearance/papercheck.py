"""Whether the report and the dossier of a folder say what its documents say: they are made again and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateError

from kouan.clearance import verify_messages as messages
from kouan.clearance.opening import inputs_of
from kouan.clearance.reporting import PAGE, REPORT, page_of
from kouan.dossier import write_dossier
from kouan.model.canonical import sha256_file
from kouan.model.consent import Consent
from kouan.model.decision import DecisionPair
from kouan.model.errors import KouanError
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.report import Report
from kouan.model.treatment import Treatment
from kouan.packs import load_copied

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.evidence import FolderCheck
    from kouan.model.declaration import Declaration

DOSSIER = "dossier"


def papers_that_differ(check: FolderCheck, copy: Path, declaration: Declaration) -> tuple[str, ...]:
    """Return the papers of a folder that are others when they are made again, first the page.

    Args:
        check: of the seal.
        copy: documents, packs and dossier of the folder, checked against it; here the dossier is made again.
        declaration: of the folder.
    """
    if check.manifest is None:
        return ()
    digests = {entry.path: entry.sha256 for entry in check.manifest.files}
    page = () if _same_page(check, copy, digests) else (PAGE,)
    return (*page, *_papers(copy, declaration, digests))


def _same_page(check: FolderCheck, copy: Path, digests: Mapping[str, str]) -> bool:
    """Tell whether the page is what the documents make; its frame names the key and no time after the seal."""
    try:
        report = read_document(copy / REPORT, Report, kind="report")
        decision = read_document(copy / "decision.json", DecisionPair, kind="decision").original
        made = page_of(copy, report, load_copied(copy / "packs", decision.packs))
    except (KouanError, OSError, TemplateError, LookupError):  # no such document, or none that a page can be made of
        return False
    manifest, key = check.manifest, check.signed_by
    assert manifest is not None
    signed = key is not None and (report.signer, report.log_origin) == (key.label, key.name)
    again = copy / "again.html"
    again.write_bytes(made)
    timely = report.made_at <= manifest.sealed_at and report.tool == manifest.tool
    return signed and timely and sha256_file(again) == digests.get(PAGE)


def _papers(copy: Path, declaration: Declaration, digests: Mapping[str, str]) -> tuple[str, ...]:
    pair = read_document(copy / "decision.json", DecisionPair, kind="decision")
    consent = copy / "consent.json"
    again = copy / "again"
    named = ("inventory.json", "decision.json", "treatment.json")
    try:
        write_dossier(
            declaration,
            read_document(copy / "inventory.json", Inventory, kind="inventory"),
            decision=pair.treated or pair.original,
            treatment=read_document(copy / "treatment.json", Treatment, kind="treatment"),
            consent=read_document(consent, Consent, kind="consent") if consent.exists() else None,
            out=again,
            inputs=inputs_of({name: digests[name] for name in named}),
        )
    except (KouanError, LookupError):
        return (f"{DOSSIER}/",)
    made = {f"{DOSSIER}/{path.name}": sha256_file(path) for path in again.iterdir()}
    sealed = {path: digest for path, digest in digests.items() if path.startswith(f"{DOSSIER}/")}
    return tuple(sorted(name for name in {*made, *sealed} if made.get(name) != sealed.get(name)))


def paper_problems(names: tuple[str, ...], tool: str) -> list[KouanError]:
    """Return one problem for each paper that differs."""
    return [messages.PAPER_DIFFERS.at(name, name=name, tool=tool) for name in names]
