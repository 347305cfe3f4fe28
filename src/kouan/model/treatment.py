"""Treatment: what was done to the data, measured."""

from __future__ import annotations

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


class TreatedFile(Frozen):
    """One file written to `staged/`.

    Attributes:
        rows: written; held: rows of the source that stayed here.
    """

    source: str
    staged: str
    rows: int
    bytes: int
    sha256: Sha256
    notes: tuple[Text, ...] = ()
    held: int = 0


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
