"""Record of a run: from what outside inputs, with which software, and which stages are done."""

from __future__ import annotations

from kouan.model.base import Frozen, Sha256
from kouan.model.release import FileEntry
from kouan.model.time import LegalDay


class StageRecord(Frozen):
    """A finished stage and the files it made; a resumed run trusts them only while their digests agree."""

    name: str
    files: tuple[FileEntry, ...]


class RunRecord(Frozen):
    """One run of `kouan clear`.

    Attributes:
        key: digest of everything that came in from outside; a run resumes only under the same key.
        tool: software name and version.
        as_of: legal day.
        stages: finished stages in order.
    """

    key: Sha256
    tool: str
    as_of: LegalDay
    stages: tuple[StageRecord, ...] = ()
