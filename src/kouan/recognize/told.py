"""Persons who stand in texts only: they are somebody, and nobody knows how many.

Names in texts give no count. One person is named in many ways and many persons by one name, a name may be a public
figure's or a pattern's, and the rules miss some. What is certain is that somebody is named, so that the lower end is
one; there is no upper end. In a table whose rows are persons the count stays that of the rows, and a remark says that
others may be named in its texts; the paragraphs beside such a table in one document are a table of their own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kouan.model.facts import Range
from kouan.recognize.in_texts import is_certain
from kouan.recognize.people import Counts, Told
from kouan.recognize.prose.sensitive import SENSITIVE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.recognize.columns import Column


def with_told(counted: Mapping[str, Counts], columns: Sequence[Column]) -> dict[str, Counts]:
    """Return counts with the persons whom texts name in tables where nobody of their role has a row."""
    standing = {(one.source, one.table, one.place.role) for one in columns if one.has_rows}
    found = dict(counted)
    for one in columns:
        role = one.place.role
        if one.names_somebody and (one.source, one.table, role) not in standing:
            sensitive = any(is_certain(one.profile, kind) for kind in SENSITIVE)
            found[role] = _with(found.get(role, _NOBODY), sensitive=sensitive)
    return found


_NOBODY = Counts(
    persons=Range(lo=0, hi=0),
    sensitive=Range(lo=0, hi=0),
    under14=Range(lo=0, hi=0),
    keyed=False,
    keyless=0,
    nobody=0,
    presumed=0,
    bearing=0,
    told=Told.ALONE,
)


def _with(counts: Counts, *, sensitive: bool) -> Counts:
    """Return counts to which at least one person is added, and any number."""
    return replace(
        counts,
        persons=Range(lo=max(1, counts.persons.lo), hi=None),
        sensitive=Range(lo=max(int(sensitive), counts.sensitive.lo), hi=None),
        under14=Range(lo=counts.under14.lo, hi=None),
        told=counts.told or Told.TOO,
    )
