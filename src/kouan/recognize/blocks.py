"""Whose rows are counted: one person per row of a table, by the columns of one role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from kouan.formats.source import Entity
    from kouan.model.text import Text
    from kouan.recognize.columns import Column
    from kouan.recognize.keys import Coded

    Bools = npt.NDArray[np.bool_]

AGE_ORDER = ("ric", "birth", "age")
"""Kinds of key that say an age, the surest first."""
PRACTICALLY_ALL = 0.99


@dataclass(frozen=True, slots=True)
class Admission:
    """Why nobody under 14 is admitted to a role.

    Attributes:
        why: what a sector's standard says of the role; None where the declaration states the age (`min_age`).
        columns, values: it holds only in rows where one of these columns has one of these values; none: in every row.
    """

    why: Text | None = None
    columns: tuple[Column, ...] = ()
    values: tuple[str, ...] = ()

    def rows(self, coded: Mapping[str, Coded], rows: int) -> Bools:
        """Return the rows of a part in which it holds."""
        if not self.columns:
            return np.ones(rows, np.bool_)
        found = np.zeros(rows, np.bool_)
        for one in self.columns:
            here = coded[one.profile.name]
            fits = np.asarray(pc.is_in(here.text, pa.array(self.values, pa.string())), np.bool_)
            found |= np.append(fits, False)[here.index]
        return found


@dataclass(frozen=True, slots=True)
class Block:
    """One person per row: the columns of one role (and one of several relatives) in one table.

    Attributes:
        entity: the table; None of a bare one.
        columns: of this person.
        every_row: True for the person that rows are about; relatives stand only where a cell of theirs does.
        holder: for relatives, the key of the person they belong to.
        serving: these persons serve the exporter, so that one name is one person.
        admission: whether nobody under 14 is admitted to the role, and who says so.
    """

    entity: Entity | None
    columns: tuple[Column, ...]
    every_row: bool
    holder: Column | None = None
    admission: Admission | None = None
    serving: bool = False

    def bare(self) -> Block:
        """Return what a count needs to know of it: no table to read, and of each column no value."""
        told = None
        if self.admission is not None:
            told = replace(self.admission, columns=tuple(one.bare() for one in self.admission.columns))
        holder = None if self.holder is None else self.holder.bare()
        columns = tuple(one.bare() for one in self.columns)
        return replace(self, entity=None, columns=columns, holder=holder, admission=told)

    def witnesses(self) -> tuple[Column, ...]:
        """Return the columns of which one must be filled for the person to stand in a row; none: in every row.

        An order whose member number is empty is a guest's: what is left of it leads to nobody (PIPL Art 4).
        """
        if not self.every_row:
            return self.columns
        keys = [one for one in self.columns if one.key not in (None, "age")]
        if not keys or any(one.profile.missing == 0 for one in keys):
            return ()
        return tuple(one for one in self.columns if one.intrinsic)

    def numbered(self) -> bool:
        """Tell whether a subject key is filled in practically all rows."""
        return any(one.profile.filled >= PRACTICALLY_ALL * max(one.profile.cells, 1) for one in self._subject_keys())

    def keys(self, *, numbered: bool) -> tuple[Column, ...]:
        """Return the columns that tell persons apart; where every row has its number, telephones and names do not."""
        keys = tuple(one for one in self.columns if one.key is not None)
        if numbered and any(one.profile.missing == 0 for one in self._subject_keys()):
            return tuple(one for one in keys if one.key in AGE_ORDER or one in self._subject_keys())
        return keys

    def needed(self, *, numbered: bool) -> list[str]:
        """Return the names of columns that must be read to count."""
        told = () if self.admission is None else self.admission.columns
        used = (*self.witnesses(), *self.keys(numbered=numbered), *told)
        names = [one.profile.name for one in self.columns if one in used or one.judged]
        return names if self.holder is None else [*names, self.holder.profile.name]

    def texts(self, *, numbered: bool) -> frozenset[str]:
        """Return the names of columns whose texts matter; of others, it matters whether they hold any."""
        told = () if self.admission is None else self.admission.columns
        held = () if self.holder is None else (self.holder,)
        return frozenset(one.profile.name for one in (*self.keys(numbered=numbered), *told, *held))

    def _subject_keys(self) -> list[Column]:
        return [one for one in self.columns if one.key is not None and one.key.startswith("id:")]
