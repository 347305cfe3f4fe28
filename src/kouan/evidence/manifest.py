"""The manifest of a folder: how it is written, read strictly, and named in the log."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from kouan.evidence import messages
from kouan.evidence.walk import MOST_FILES, name_problem
from kouan.model.canonical import canonical_bytes, strict_json
from kouan.model.document import Document
from kouan.model.release import Manifest
from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.base import Sha256

MANIFEST = "manifest.json"
RECEIPT = "receipt"
RELEASED = "released"
LABEL = "label.dsse.json"

KIND = "manifest"
VERSION = 1
SEALED = ("clearance", "release", "certificate")
"""Kinds of folder that are sealed."""

LONGEST = 64 << 20
"""Bytes of a manifest: 100,000 files with long names fit."""

_NOT_JSON = Text(zh="不是规范的 JSON", en="it is not well-formed JSON")
_FORM = Text(zh="字段不符", en="its fields are not those of a manifest")
_KIND = Text(zh="类型或版本不符", en="its kind or version is another one")
_PATHS = Text(zh="文件路径不可用、重复或未排序", en="its paths are unusable, repeated or not sorted")
_MANY = Text(zh="文件过多", en="it lists too many files")


class ManifestDocument(Document[Manifest]):
    """`manifest.json`: the envelope with the list of files."""


def event_bytes(manifest: Manifest, digest: Sha256) -> bytes:
    """Return the log entry of a sealed folder: RFC 8785 bytes of kind, digests and time, no names.

    Args:
        manifest: the folder's manifest.
        digest: of the raw bytes of its `manifest.json`.
    """
    event: dict[str, Any] = {
        "kind": f"kouan/{manifest.kind}/v1",
        "manifest": digest,
        "sealed_at": manifest.model_dump(mode="json")["sealed_at"],
    }
    if manifest.parent is not None:
        event["parent"] = manifest.parent
    return canonical_bytes(event)


def read_manifest(data: bytes, where: str) -> Manifest:
    """Return the manifest of raw bytes, nothing of it verified.

    Raises:
        KouanError: K-EVI-031: not JSON, repeated keys, other fields, or paths that leave the folder, repeat or are
            not sorted.
    """
    value = strict_json(data)
    if value is None:
        raise messages.MANIFEST_MALFORMED.at(where, problem=_NOT_JSON)
    try:
        document = ManifestDocument.model_validate(value)
    except ValidationError:
        raise messages.MANIFEST_MALFORMED.at(where, problem=_FORM) from None
    manifest = document.body
    problem = _problem(document, manifest)
    if problem is not None:
        raise messages.MANIFEST_MALFORMED.at(where, problem=problem)
    return manifest


def _problem(document: ManifestDocument, manifest: Manifest) -> Text | None:
    if document.kind != KIND or document.version != VERSION or manifest.kind not in SEALED:
        return _KIND
    if len(manifest.files) > MOST_FILES:
        return _MANY
    paths = [entry.path for entry in manifest.files]
    reserved = {MANIFEST, RECEIPT}
    if manifest.kind == "clearance":
        reserved.add(RELEASED)
    usable = all(name_problem(path) is None and path.split("/")[0] not in reserved for path in paths)
    if not usable or any(entry.size < 0 for entry in manifest.files):
        return _PATHS
    return None if all(one < two for one, two in itertools.pairwise(paths)) else _PATHS
