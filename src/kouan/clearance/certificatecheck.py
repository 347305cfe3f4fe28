"""Whether the papers of a certificate folder say what its `certificate.json` says."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from kouan.clearance import certificate_messages as messages
from kouan.clearance.certifying import follows_itself
from kouan.clearance.opening import read_text
from kouan.clearance.tool import tool
from kouan.dossier.certificate import certificate_docx
from kouan.formats.collection.members import BROKEN
from kouan.model.certificate import Certificate
from kouan.model.errors import KouanError
from kouan.model.evaluation import Evaluation
from kouan.model.files import read_document
from kouan.model.strictyaml import parse

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.evidence import FolderCheck

_LANGUAGES = ("zh", "en")
_LARGEST = 64 << 20


def certificate_problems(check: FolderCheck) -> tuple[KouanError, ...]:
    """Return in what a sealed certificate folder contradicts itself; the data themselves are measured by `recheck`."""
    assert check.manifest is not None
    try:
        issued = read_document(check.folder / "certificate.json", Certificate, kind="certificate")
        answers = parse(Evaluation, read_text(check.folder / "evaluation.yaml"), "evaluation.yaml", "evaluation")
    except KouanError as error:
        return (error,)
    sealed = check.manifest
    named = (issued.clearance, issued.transfer, issued.tool) == (sealed.parent, sealed.transfer, sealed.tool)
    wrong = {
        "certificate.json": not (named and follows_itself(issued)),
        "evaluation.yaml": issued.evaluation != answers,
        **_papers(check.folder, issued),
    }
    return tuple(messages.CERTIFICATE_DIFFERS.at(name) for name, found in wrong.items() if found)


def _papers(folder: Path, issued: Certificate) -> dict[str, bool]:
    """Compare the Word documents with those that this edition makes; another edition's words may be others."""
    if issued.tool != tool():
        return {}
    made = {f"certificate.{lang}.docx": certificate_docx(issued, lang=lang) for lang in _LANGUAGES}
    return {name: _members(folder / name) != _members(io.BytesIO(data)) for name, data in made.items()}


def _members(file: Path | io.BytesIO) -> list[tuple[str, bytes]] | None:
    """Return every member, of one name twice too: which of those Word shows is not for us to know."""
    try:
        with zipfile.ZipFile(file) as held:
            if sum(one.file_size for one in held.infolist()) > _LARGEST:
                return None
            return [(one.filename, held.read(one)) for one in held.infolist()]
    except BROKEN:  # whoever seals the folder again may put anything here
        return None
