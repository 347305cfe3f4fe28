"""Dossier, Conditions and Release: the papers, what was attested, and what left."""

from __future__ import annotations

from pydantic import Field

from kouan.model.base import Frozen, Sha256
from kouan.model.decision import Pathway, SourceRef
from kouan.model.facts import Range
from kouan.model.text import Text
from kouan.model.time import Instant, LegalDay


class Paper(Frozen):
    """One paper that a pathway asks for.

    Attributes:
        ready: file in the dossier that serves for it, or None when the organisation must supply it.
    """

    id: str
    label: Text
    pathway: Pathway
    ready: str | None = None
    source: SourceRef


class Dossier(Frozen):
    """Papers of the lawful pathways: what is written and what is still missing."""

    options: tuple[Pathway, ...]
    papers: tuple[Paper, ...]


class Attestation(Frozen):
    """A named person's word that a condition holds.

    Attributes:
        condition: id in the decision.
        value: number, date or document name, as the condition asks.
        by: name of the person who answers for it.
        on: day of the attestation.
    """

    condition: str
    value: str = Field(min_length=1)
    by: str = Field(min_length=1)
    on: LegalDay


class FileEntry(Frozen):
    """One file by raw bytes; the path is relative, with forward slashes."""

    path: str
    size: int
    sha256: Sha256


class Manifest(Frozen):
    """All files of a folder except the manifest itself and its receipt.

    Attributes:
        kind: `clearance` or `release`.
        parent: digest of the clearance manifest that a release belongs to.
        tool: name and version of the software that sealed it.
    """

    kind: str
    transfer: str
    sealed_at: Instant
    tool: str
    parent: Sha256 | None = None
    files: tuple[FileEntry, ...]


class Release(Frozen):
    """What left: the chosen pathway, the attestations, the persons counted, the files.

    Attributes:
        exporter: the first, under whom the persons are counted.
        exporters: all of them, the first one first; empty in a release of before they were named.
        under: digest of the first clearance's manifest, of a later batch of a standing transfer.
    """

    transfer: str
    exporter: str
    exporters: tuple[str, ...] = ()
    released_at: Instant
    pathway: tuple[Pathway, ...]
    attestations: tuple[Attestation, ...]
    ordinary: Range
    sensitive: Range
    under: Sha256 | None = None
    files: tuple[FileEntry, ...]
