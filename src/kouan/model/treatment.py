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


class ItemShares(Frozen):
    """How often the values of a sensitive item occurred before rows were held back: what its shares q are of.

    Attributes:
        counts: rows of each value, in the order of the values (numbers, then text by code point, then empty cells).
        left: places in `counts` of the values that still occur.
    """

    item: str
    counts: tuple[int, ...]
    left: tuple[int, ...] = ()


class TreatedClasses(Frozen):
    """Rows held back by the privacy models of their class.

    Attributes:
        entity: `source!entity`.
        models: that every class that left meets.
        over: items whose equal values make a class.
        unit: `row`, or the item whose values are the persons that k counts.
        held: rows that stayed here for it.
        shares: of the sensitive items that the models name.
    """

    entity: str
    models: tuple[str, ...]
    over: tuple[str, ...]
    unit: str
    held: int
    shares: tuple[ItemShares, ...] = ()


class Treatment(Frozen):
    """Everything that was done.

    Attributes:
        key: fingerprint of the pseudonym key used, or None; never the key.
        held: rows of all sources that stayed here.
        classes: rules on classes of rows, as they were kept.
    """

    key: str | None
    files: tuple[TreatedFile, ...]
    items: tuple[TreatedItem, ...]
    notes: tuple[Text, ...] = ()
    held: int = 0
    classes: tuple[TreatedClasses, ...] = ()

    def of_sources(self) -> dict[str, list[TreatedFile]]:
        """Return the files by the source that they come from, in order."""
        found: dict[str, list[TreatedFile]] = {}
        for file in self.files:
            found.setdefault(file.source, []).append(file)
        return found


def staged_name(source: str) -> str:
    """Return where a source's treated data lie below `staged/`: its path without what leads out of the folder."""
    return "/".join(part for part in PurePosixPath(source).parts if part not in {"..", "/"})
