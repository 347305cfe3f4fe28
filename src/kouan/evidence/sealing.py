"""Sealing a folder: its manifest, the entry in the log, the receipt beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.evidence.durable import drop_leftovers, failure, write_whole
from kouan.evidence.manifest import KIND, MANIFEST, RECEIPT, RELEASED, VERSION, ManifestDocument, event_bytes
from kouan.evidence.walk import digest_of, find
from kouan.model.canonical import file_bytes, sha256_bytes
from kouan.model.release import FileEntry, Manifest
from kouan.model.text import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path
    from typing import Literal

    from kouan.evidence.log import Log
    from kouan.evidence.tlog.receipt import Receipt
    from kouan.model.base import Sha256
    from kouan.model.document import Input
    from kouan.model.ports import Clock


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed folder: its manifest, the digest of the raw `manifest.json` (a release's `parent`), its receipt."""

    manifest: Manifest
    sha256: Sha256
    receipt: Receipt


def seal(
    folder: Path,
    *,
    kind: Literal["clearance", "release", "certificate"],
    transfer: str,
    log: Log,
    clock: Clock,
    tool: str,
    parent: Sha256 | None = None,
    inputs: Sequence[Input] = (),
    exclude: Collection[str] = (),
) -> Sealed:
    """Hash every file, write `manifest.json`, append to the log, write `receipt`; a former seal is replaced.

    Args:
        folder: the folder; `check_folder` accepts nothing in it that is not sealed, but `released/` of a clearance.
        kind: `clearance`, `certificate`, or `release`, which needs its label (`write_label`) beforehand.
        transfer: name of the transfer.
        log: takes the event; its key signs.
        clock: gives the time of sealing.
        tool: name and version of the software.
        parent: digest of the clearance manifest, of a release.
        inputs: documents that the folder was made from.
        exclude: names of the top level left out of the manifest, besides `released/` of a clearance; what is there
            when the folder is checked counts as extra.

    Raises:
        KouanError: K-EVI-020 (links, special files), K-EVI-021 (names), K-EVI-022 (limits), and those of the log.
    """
    for name in (RECEIPT, MANIFEST):  # a crash must not leave an old receipt beside a new manifest
        drop_leftovers(folder, name)
    left_out = {*exclude, RELEASED} if kind == "clearance" else exclude
    files = hash_folder(folder, exclude=left_out)
    manifest = Manifest(kind=kind, transfer=transfer, sealed_at=clock(), tool=tool, parent=parent, files=files)
    data = file_bytes(ManifestDocument(kind=KIND, version=VERSION, inputs=tuple(inputs), body=manifest))
    digest = sha256_bytes(data)
    write_whole(folder / MANIFEST, data, scratch=folder)
    receipt = log.append(event_bytes(manifest, digest))
    write_whole(folder / RECEIPT, receipt.to_bytes(), scratch=folder)
    return Sealed(manifest, digest, receipt)


def hash_folder(folder: Path, *, exclude: Collection[str] = ()) -> tuple[FileEntry, ...]:
    """Return every file of a folder by raw bytes, sorted by path.

    Raises:
        KouanError: K-EVI-015, K-EVI-020 to K-EVI-023; the first one found.
    """
    found = find(folder, skip={*exclude, MANIFEST, RECEIPT})
    if found.problems:
        raise found.problems[0]
    entries = []
    for path in sorted(found.files):
        try:
            size, digest = digest_of(folder, path, _NO_LIMIT)
        except OSError as error:
            raise failure(error, shown(path)) from None
        entries.append(FileEntry(path=path, size=size, sha256=digest))
    return tuple(entries)


_NO_LIMIT = 1 << 62
