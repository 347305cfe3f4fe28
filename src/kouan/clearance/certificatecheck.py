"""Whether the papers of a certificate folder say what its `certificate.json` says."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from kouan.clearance import certificate_messages as messages
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
    from kouan.model.release import Manifest

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
    wrong = {
        "certificate.json": (issued.clearance, issued.transfer) != (check.manifest.parent, check.manifest.transfer),
        "evaluation.yaml": issued.evaluation != answers,
        **_papers(check.folder, check.manifest, issued),
    }
    return tuple(messages.CERTIFICATE_DIFFERS.at(name) for name, found in wrong.items() if found)


def _papers(folder: Path, manifest: Manifest, issued: Certificate) -> dict[str, bool]:
    """Compare the Word documents with those that this edition makes; another edition's words may be others."""
    if issued.tool != tool() or manifest.tool != tool():
        return {}
    made = {f"certificate.{lang}.docx": certificate_docx(issued, lang=lang) for lang in _LANGUAGES}
    return {name: _members(folder / name) != _members(io.BytesIO(data)) for name, data in made.items()}


def _members(file: Path | io.BytesIO) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(file) as held:
            if sum(one.file_size for one in held.infolist()) > _LARGEST:
                return None
            return {one.filename: held.read(one) for one in held.infolist()}
    except BROKEN:  # whoever seals the folder again may put anything here
        return None
