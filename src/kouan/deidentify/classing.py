"""Classes of rows as they are after treatment, and which of them fail the privacy models of a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import asked_messages as messages
from kouan.deidentify.columns import as_text
from kouan.deidentify.ordering import ranks
from kouan.deidentify.references import subject_of_reference
from kouan.engine.persons import by_kind, spell
from kouan.model.treatment import ItemShares
from kouan.risk.classes import distinct_in
from kouan.risk.privacy import ClassCounts
from kouan.risk.privacy.counts import histogram

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.deidentify.asked import Asked

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

_PENDING = 1 << 20


@dataclass(slots=True)
class Encoded:
    """One column of all rows as codes: four bytes a row, and its different values once."""

    _parts: list[pa.DictionaryArray] = field(default_factory=list)
    _pending: int = 0

    def add(self, part: pa.DictionaryArray) -> None:
        """Add the column of one batch."""
        self._parts.append(part)
        self._pending += len(part.dictionary)
        if self._pending > _PENDING:
            self._merge()

    @property
    def distinct(self) -> int:
        """Return how many different values were told apart so far."""
        return max((len(part.dictionary) for part in self._parts), default=0)

    def codes(self) -> tuple[Ints, list[str | None]]:
        """Return int64 [rows] codes and the value of each; the last stands for empty cells, whether there are any."""
        if not self._parts:
            return np.zeros(0, np.int64), [None]
        self._merge()
        (part,) = self._parts
        values = part.dictionary.to_pylist()
        codes = pc.fill_null(pc.cast(part.indices, pa.int64()), len(values)).to_numpy()
        return np.asarray(codes, dtype=np.int64), [*values, None]

    def subjects(self) -> tuple[Ints, int]:
        """Return int64 [rows], whose each row is, and an upper end; a row that names nobody is somebody."""
        codes, values = self.codes()
        nobody = codes == len(values) - 1
        return codes + np.where(nobody, np.cumsum(nobody) - 1, 0), len(values) + int(nobody.sum())

    def _merge(self) -> None:
        whole = pa.chunked_array(self._parts).unify_dictionaries()
        self._parts, self._pending = [pa.concat_arrays(whole.chunks)], 0


@dataclass(slots=True)
class Rows:
    """The rows of a table as classes are made of them.

    Attributes:
        keys: class of each row, as `class_keys` tells them apart.
        sensitive: by item, as models name it.
        persons: whose they are; None where no column says.
    """

    keys: Encoded
    sensitive: Mapping[str, Encoded]
    persons: Encoded | None

    @classmethod
    def of(cls, sensitive: Sequence[str], *, persons: bool) -> Rows:
        """Return a table without rows."""
        return cls(Encoded(), {name: Encoded() for name in sensitive}, Encoded() if persons else None)

    def add(self, keys: pa.Array, sensitive: Sequence[pa.Array], persons: pa.Array | None) -> None:
        """Add one batch; all columns are text."""
        self.keys.add(keys.dictionary_encode())
        for held, column in zip(self.sensitive.values(), sensitive, strict=True):
            held.add(column.dictionary_encode())
        if self.persons is not None and persons is not None:
            self.persons.add(persons.dictionary_encode())


@dataclass(frozen=True, slots=True)
class Failing:
    """What does not meet the models.

    Attributes:
        keys: of the classes that fail.
        rows: in them.
        shares: how often each sensitive value occurs in all rows.
    """

    keys: pa.Array
    rows: int
    shares: tuple[ItemShares, ...]


def person_texts(column: pa.Array, meaning: str) -> pa.Array:
    """Return the persons that a column names, in the spelling that pseudonyms are made from."""
    return by_kind(meaning, subject_of_reference(spell(as_text(column))))


def failing(
    rows: Rows,
    asked: Sequence[Asked],
    *,
    population: Mapping[str, int] | None = None,
    shares: Mapping[str, ItemShares] | None = None,
) -> Failing:
    """Return the classes that fail any model.

    Shares q of sensitive values are those of all rows given, or of `shares` where rows were taken out since.

    Args:
        rows: of the table.
        asked: the models.
        population: persons by class key; k-map cannot be asked without.
        shares: by item, from before rows were held back.

    Raises:
        KouanError: K-DEI-066.
        ValueError: an item has other values than `shares` says were left.
    """
    of, keys = rows.keys.codes()
    sizes = np.bincount(of, minlength=len(keys) - 1)[: len(keys) - 1].astype(np.float64)
    if not len(sizes):
        return Failing(pa.array([], pa.string()), 0, ())
    placed = {
        name: _placed(name, *column.codes(), None if shares is None else shares.get(name))
        for name, column in rows.sensitive.items()
    }
    counts = ClassCounts(
        sizes,
        {
            name: histogram(of, codes, classes=len(sizes), whole=_whole(before))
            for name, (codes, before) in placed.items()
        },
        _population(keys, asked, population),
        None if rows.persons is None else distinct_in(of, len(sizes), *rows.persons.subjects()).astype(np.float64),
    )
    fails = np.zeros(len(sizes), np.bool_)
    for one in asked:
        fails |= ~one.model(one.item).meets(counts)
    leaving = ~fails[of]
    return Failing(
        pa.array(keys[:-1], pa.string()).filter(pa.array(fails)),
        int(sizes[fails].sum()),
        tuple(_left(before, codes[leaving]) for codes, before in placed.values()),
    )


def _placed(name: str, codes: Ints, values: list[str | None], before: ItemShares | None) -> tuple[Ints, ItemShares]:
    """Return the codes in the order of the values, and how often each value occurs, or occurred before."""
    present = np.flatnonzero(np.bincount(codes, minlength=len(values)))
    order = np.asarray(ranks([values[at] for at in present]), np.int64)
    number = np.zeros(len(values), np.int64)
    if before is not None:
        if len(before.left) != len(present):
            raise ValueError("other values than those that were left")
        # The values that are left stand in the same order among those that were there.
        number[present] = np.asarray(before.left, np.int64)[order]
        found = number[codes]
        if (np.bincount(found, minlength=len(before.counts)) > np.asarray(before.counts)).any():
            raise ValueError("more cells than there were")
        return found, before
    number[present] = order
    codes = number[codes]
    return codes, ItemShares(item=name, counts=tuple(np.bincount(codes, minlength=len(present)).tolist()))


def _left(shares: ItemShares, codes: Ints) -> ItemShares:
    present = np.flatnonzero(np.bincount(codes, minlength=len(shares.counts)))
    return shares.model_copy(update={"left": tuple(present.tolist())})


def _whole(shares: ItemShares) -> Floats:
    counts = np.asarray(shares.counts, np.float64)
    whole: Floats = counts / max(counts.sum(), 1.0)
    return whole


def _population(
    keys: Sequence[str | None], asked: Sequence[Asked], population: Mapping[str, int] | None
) -> Floats | None:
    if all(one.name != "k-map" for one in asked):
        return None
    if population is None:
        raise messages.POPULATION.at("rows")
    return np.array([population.get(key or "", 0) for key in keys[:-1]], np.float64)
