"""`kouan.labels.yaml`: what persons say of single items, with name and day; it wins over recognition."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kouan.model.base import Frozen, Ratio
from kouan.model.declaration import ItemHint
from kouan.model.text import Text
from kouan.model.time import LegalDay

_Said = Annotated[str, Field(min_length=1)]


class ItemLabel(ItemHint):
    """A person's word on one item.

    Attributes:
        meaning: what it is, as in the lexicon.
        subject: role of the person it describes; None leaves that to recognition.
        by: who says so.
        on: legal day on which it was said.
        note: why, or whatever else is to be remembered.
    """

    meaning: _Said
    by: _Said
    on: LegalDay
    note: str = ""


class Labels(Frozen):
    """Words of persons by item id (`source!entity#path`)."""

    kind: Literal["labels"] = "labels"
    version: Literal[1] = 1
    items: dict[str, ItemLabel] = Field(default_factory=dict)


class Correction(Frozen):
    """An item of which recognition and a person differ."""

    item: str
    machine: str
    person: str


class Precision(Frozen):
    """How often persons agree with recognition where it says one meaning.

    Attributes:
        meaning, label: what recognition says; both are `*` for all meanings together.
        confirmed, corrected: items of which a person says the same, or something else.
        precision: confirmed among both; `lo` and `hi` are its 95 % Wilson interval.
    """

    meaning: str
    label: Text
    confirmed: int
    corrected: int
    precision: Ratio
    lo: Ratio
    hi: Ratio


class PrecisionReport(Frozen):
    """Recognition compared with what persons say.

    Attributes:
        items, labelled: items of the inventory, and those of which a person has said something. Only these are
            compared: whoever looks at doubtful items alone finds more faults than there are on the whole.
        open: of those labelled, items on which recognition gave no verdict; they count for no meaning.
        total: of all meanings together.
        meanings: one by one, most items first.
        corrections: item by item.
    """

    items: int
    labelled: int
    open: int
    total: Precision
    meanings: tuple[Precision, ...]
    corrections: tuple[Correction, ...]
