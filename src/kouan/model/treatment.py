"""Treatment: what was done to the data, measured."""

from __future__ import annotations

from pathlib import PurePosixPath

from pydantic import Field, StrictInt, StrictStr

from kouan.model.base import Frozen, Sha256
from kouan.model.plan import Action
from kouan.model.text import Text


class TreatedItem(Frozen):
    """One item after treatment.

    Attributes:
        cells: cells seen, of lists their values; changed: whose value differs now; emptied: non-null ones that became
            null.
        notes: such as how many identifiers of each kind were taken out of texts.
    """

    item: str
    action: Action
    params: dict[str, StrictInt | StrictStr] = Field(default_factory=dict)
    cells: int
    changed: int
    emptied: int
    notes: tuple[Text, ...] = ()


class TreatedPart(Frozen):
    """A table of a staged file that is part of a table of another name.

    Attributes:
        member: the file's path inside its folder or archive.
        table: as the file calls it.
        entity: as item ids call it.
    """

    member: str
    table: str
    entity: str


class TreatedFile(Frozen):
    """One file written to `staged/`; a source that is a folder has many.

    Attributes:
        source: as declared.
        staged: path below `staged/`.
        parts: which of its tables go by another name.
        rows: written; held: rows of the source that stayed here.
    """

    source: str
    staged: str
    rows: int
    bytes: int
    sha256: Sha256
    notes: tuple[Text, ...] = ()
    held: int = 0
    parts: tuple[TreatedPart, ...] = ()


class Treatment(Frozen):
    """Everything that was done.

    Attributes:
        key: fingerprint of the pseudonym key used, or None; never the key.
        held: rows of all sources that stayed here.
    """

    key: str | None
    files: tuple[TreatedFile, ...]
    items: tuple[TreatedItem, ...]
    notes: tuple[Text, ...] = ()
    held: int = 0

    def of_sources(self) -> dict[str, list[TreatedFile]]:
        """Return the files by the source that they come from, in order."""
        found: dict[str, list[TreatedFile]] = {}
        for file in self.files:
            found.setdefault(file.source, []).append(file)
        return found


def staged_name(source: str) -> str:
    """Return where a source's treated data lie below `staged/`: its path without what leads out of the folder."""
    return "/".join(part for part in PurePosixPath(source).parts if part not in {"..", "/"})
