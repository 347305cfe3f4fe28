"""Rules on whole rows: a sample of the persons, and no class of rows smaller than k.

GB/T 37964-2019 annex A: statistics (sampling), suppression (records); ISO/IEC 20889:2018, sampling and suppression.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.cells import one_each
from kouan.deidentify.columns import as_text
from kouan.deidentify.references import subject_of_reference
from kouan.engine.persons import HASH_BYTES, by_kind, person_hashes, spell
from kouan.model.items import item_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.deidentify.holding import Holder
    from kouan.model.inventory import Item

_SHARE = re.compile(r"(\d{1,2}(?:\.\d{1,4})?)%\Z")
_DRAW = "row_sample"


def share_of(written: str) -> Decimal | None:
    """Return the share that `10%` or `0.5%` stands for, between 0 and 1; None where it is none."""
    found = _SHARE.match(written)
    share = Decimal(found[1]) / 100 if found else Decimal(0)
    return share or None


@dataclass(frozen=True, slots=True)
class Sampler:
    """Lets the rows of a share of the persons leave, the same persons in every table, file and run of one key.

    A row that names nobody stays here. What another holder keeps here stays here too.

    Attributes:
        key: of the year's pseudonyms.
        share: of the persons, between 0 and 1; how many leave varies around it.
        by: column that names the person, in every table.
        items: for the spelling of that column's values.
        first: who decided before, such as on consent.
    """

    key: bytes = field(repr=False)
    share: Decimal
    by: str
    items: Mapping[str, Item]
    first: Holder | None = None

    def columns(self, source: str, entity: str) -> tuple[str, ...]:
        """Return the columns that decide, those of the first holder before the sampler's."""
        return (*self._before(source, entity), self.by)

    def keep(self, source: str, entity: str, batch: pa.RecordBatch) -> pa.BooleanArray | None:
        """Return which rows leave."""
        before = self._before(source, entity)
        meaning = self.items[item_id(source, entity, self.by)].meaning
        drawn = self._drawn(one_each(batch.column(len(before))), meaning)
        if self.first is None or not before:
            return drawn
        kept = self.first.keep(source, entity, batch.select(list(range(len(before)))))
        return drawn if kept is None else pc.and_(kept, drawn)

    def _before(self, source: str, entity: str) -> tuple[str, ...]:
        return () if self.first is None else self.first.columns(source, entity)

    def _drawn(self, subjects: pa.Array, meaning: str) -> pa.BooleanArray:
        spelt = by_kind(meaning, subject_of_reference(spell(as_text(subjects)))).dictionary_encode()
        names = spelt.dictionary.cast(pa.binary()).to_pylist()
        lots = np.frombuffer(person_hashes(self.key, _DRAW, names), ">u8")[:: HASH_BYTES // 8]
        below = int(self.share * 2**64)
        drawn = [bool(name) and lot < below for name, lot in zip(names, lots.tolist(), strict=True)]
        return pc.fill_null(pa.array([*drawn, False]).take(spelt.indices), False)


def class_keys(columns: list[pa.Array]) -> pa.Array:
    """Return one text per row that two rows share exactly when all their values are the same; null is a value."""
    parts = []
    for column in columns:
        texts = as_text(column)
        length = pc.cast(pc.binary_length(texts), pa.string())  # told before the value: no value can look like two
        parts.append(pc.coalesce(pc.binary_join_element_wise(length, texts, ":"), pa.scalar("-")))
    return pc.binary_join_element_wise(*parts, "")
