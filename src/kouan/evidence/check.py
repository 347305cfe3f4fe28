"""Checking a sealed folder offline: every byte, name and number of files, the receipt, the signature, the label."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.evidence import messages
from kouan.evidence.contents import check_contents
from kouan.evidence.durable import failure, read_plain
from kouan.evidence.label import LONGEST as LONGEST_LABEL
from kouan.evidence.label import verify_label
from kouan.evidence.log import LONGEST_NOTE
from kouan.evidence.manifest import LABEL, LONGEST, MANIFEST, RECEIPT, RELEASED, event_bytes, read_manifest
from kouan.evidence.tlog.receipt import parse_receipt
from kouan.evidence.walk import find
from kouan.model.canonical import sha256_bytes
from kouan.model.errors import Exit, KouanError
from kouan.model.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from kouan.evidence.label import Label
    from kouan.evidence.tlog.keys import VerifierKey
    from kouan.evidence.tlog.receipt import Receipt
    from kouan.evidence.trust import TrustStore
    from kouan.model.base import Sha256
    from kouan.model.errors import Message
    from kouan.model.release import Manifest

_LONGEST_RECEIPT = 2 * LONGEST_NOTE
_NOT_PROOF = Text(zh="格式不对", en="it has another form")
_LINKED = Text(zh="链接、目录或特殊文件", en="a link, folder or special file")
_HUGE = Text(zh="文件过大", en="the file is too large")
_SUBJECTS = Text(zh="所列文件与清单不一致", en="it lists other files than the manifest")
_CLAIMS = Text(zh="数据出境活动或上级清单不一致", en="it names another transfer or another parent")


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """What a check found.

    Attributes:
        folder: the folder.
        manifest: as read, or None when it is missing or malformed; to be believed only when `ok`.
        sha256: digest of the raw manifest.
        receipt: as read, or None.
        signed_by: the trusted key that signed the checkpoint, or None.
        label: the verified label of a release.
        problems: everything that is wrong, each naming its file.
        inner: checks of the sealed folders inside a clearance (`released/`).
    """

    folder: Path
    manifest: Manifest | None
    sha256: Sha256 | None
    receipt: Receipt | None
    signed_by: VerifierKey | None
    label: Label | None
    problems: tuple[KouanError, ...]
    inner: tuple[FolderCheck, ...]

    @property
    def all_problems(self) -> tuple[KouanError, ...]:
        """Problems of this folder and of those inside it."""
        return self.problems + tuple(problem for one in self.inner for problem in one.all_problems)

    @property
    def ok(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.all_problems

    @property
    def status(self) -> Exit:
        """Exit status: 0, or 5 when anything is wrong."""
        return Exit.OK if self.ok else Exit.VERIFICATION_FAILED


def check_folder(folder: Path, trust: TrustStore, *, allow: Collection[str] = (RELEASED,)) -> FolderCheck:
    """Check a sealed folder without network and list everything that is wrong.

    Args:
        folder: a clearance folder, or a released one.
        trust: keys that the verifier trusts.
        allow: names of sealed folders that may lie inside a clearance.

    Raises:
        KouanError: K-EVI-008 (a trusted key comes from the folder), K-EVI-015, K-EVI-023 (no such folder).
    """
    trust.refuse_inside(folder)
    return _Checker(folder, trust, prefix="").run(allow)


class _Checker:
    """One check: gathers problems while it goes on as far as sense is to be had."""

    def __init__(self, folder: Path, trust: TrustStore, *, prefix: str) -> None:
        self._folder = folder
        self._trust = trust
        self._prefix = prefix
        self._problems: list[KouanError] = []

    def run(self, allow: Collection[str], parent: tuple[Manifest, Sha256] | None = None) -> FolderCheck:
        raw = self._read(MANIFEST, LONGEST, missing=messages.MANIFEST_MISSING)
        digest = sha256_bytes(raw) if raw is not None else None
        manifest = self._manifest(raw)
        receipt = self._receipt()
        key = self._proof(manifest, digest, receipt)
        clearance = manifest is not None and manifest.kind == "clearance"
        skip = {MANIFEST, RECEIPT, *(allow if clearance else ())}
        present: set[str] = set()
        label = None
        try:
            found = find(self._folder, skip=skip, prefix=self._prefix)
        except KouanError as error:
            if error.status is not Exit.VERIFICATION_FAILED:
                raise
            self._problems.append(error)
        else:
            present = found.skipped
            self._problems += check_contents(self._folder, found, manifest)
        if manifest is not None:
            self._family(manifest, parent)
            label = self._label(manifest) if manifest.kind == "release" else None
        inner: tuple[FolderCheck, ...] = ()
        if clearance and manifest and digest:
            inner = self._inner(sorted(present & set(allow)), (manifest, digest))
        problems = tuple(self._problems)
        return FolderCheck(self._folder, manifest, digest, receipt, key, label, problems, inner)

    def _where(self, name: str) -> str:
        return shown(self._prefix + name)

    def _read(self, name: str, limit: int, *, missing: Message) -> bytes | None:
        try:
            return read_plain(self._folder / name, limit)
        except FileNotFoundError:
            self._problems.append(missing.at(self._where(name)))
        except OSError as error:
            self._problems.append(_refused(error, self._where(name)))
        return None

    def _manifest(self, raw: bytes | None) -> Manifest | None:
        if raw is None:
            return None
        try:
            return read_manifest(raw, self._where(MANIFEST))
        except KouanError as error:
            self._problems.append(error)
            return None

    def _receipt(self) -> Receipt | None:
        raw = self._read(RECEIPT, _LONGEST_RECEIPT, missing=messages.RECEIPT_MISSING)
        if raw is None:
            return None
        try:
            return parse_receipt(raw)
        except ValueError:
            self._problems.append(messages.RECEIPT_MALFORMED.at(self._where(RECEIPT), problem=_NOT_PROOF))
            return None

    def _proof(self, manifest: Manifest | None, digest: Sha256 | None, receipt: Receipt | None) -> VerifierKey | None:
        """Check that the receipt is for this manifest, that it holds, and that a trusted key signed."""
        if receipt is None:
            return None
        where = self._where(RECEIPT)
        if manifest is not None and digest is not None and receipt.entry != event_bytes(manifest, digest):
            self._problems.append(messages.RECEIPT_OTHER.at(f"{self._where(MANIFEST)}, {where}"))
        if not receipt.holds():
            self._problems.append(messages.INCLUSION_FAILED.at(where))
        note = receipt.checkpoint
        try:
            key = self._trust.check(note.text.encode(), note.signatures, where=where)
        except KouanError as error:
            self._problems.append(error)
            return None
        if key.name != receipt.tree.origin:
            self._problems.append(messages.ORIGIN_WRONG.at(where))
        return key

    def _family(self, manifest: Manifest, parent: tuple[Manifest, Sha256] | None) -> None:
        if parent is None:
            return
        same_family = (manifest.kind, manifest.parent, manifest.transfer) == ("release", parent[1], parent[0].transfer)
        if not same_family:
            self._problems.append(messages.PARENT_WRONG.at(self._where(MANIFEST)))

    def _label(self, manifest: Manifest) -> Label | None:
        where = self._where(LABEL)
        listed = {entry.path: entry.sha256 for entry in manifest.files}
        if listed.pop(LABEL, None) is None:
            self._problems.append(messages.LABEL_MISSING.at(where))
            return None
        raw = self._read(LABEL, LONGEST_LABEL, missing=messages.LABEL_MISSING)
        if raw is None:
            return None
        try:
            label = verify_label(raw, self._trust, where)
        except KouanError as error:
            self._problems.append(error)
            return None
        if label.files != listed:
            self._problems.append(messages.LABEL_OTHER.at(where, problem=_SUBJECTS))
        if (label.claims.transfer, label.claims.parent) != (manifest.transfer, manifest.parent):
            self._problems.append(messages.LABEL_OTHER.at(where, problem=_CLAIMS))
        return label

    def _inner(self, names: list[str], parent: tuple[Manifest, Sha256]) -> tuple[FolderCheck, ...]:
        checks = []
        for name in names:
            inner = self._folder / name
            if inner.is_symlink() or not inner.is_dir():
                self._problems.append(messages.NOT_PLAIN.at(self._where(name), problem=_LINKED))
                continue
            checks.append(_Checker(inner, self._trust, prefix=f"{self._prefix}{name}/").run((), parent))
        return tuple(checks)


def _refused(error: OSError, where: str) -> KouanError:
    """Return the problem for a manifest, receipt or label that cannot be read as a plain file of sane size."""
    if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.EISDIR}:
        return messages.NOT_PLAIN.at(where, problem=_LINKED)
    if error.errno == errno.EFBIG:
        return messages.FOLDER_TOO_BIG.at(where, problem=_HUGE)
    return failure(error, where)
