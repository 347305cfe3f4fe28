"""Generalisation by a hierarchy file: every value becomes its group at one level.

GB/T 37964-2019 annex A, generalisation; ISO/IEC 20889:2018, generalisation: truthful at the level of the record.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.columns import as_text, spread
from kouan.deidentify.hierarchy import Hierarchy
from kouan.deidentify.params import BadParamsError, only, text, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.deidentify.hierarchies import PlanFile
    from kouan.model.plan import PlanLine

UNSEEN = "unseen"
"""Kind under which values that the hierarchy does not hold are counted."""


@dataclass(frozen=True, slots=True)
class Recode:
    """Replaces values by their group; blanks around them do not count.

    A value that the hierarchy does not hold becomes null, or the word that the plan states for all such values,
    because it could be anything; null stays null, and an empty value becomes null.

    Attributes:
        leaves, groups: the hierarchy's values and the group of each.
        other: word for values that it does not hold; None empties them.
    """

    leaves: pa.Array
    groups: pa.Array
    other: str | None = None

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the groups."""
        return self.run(column)[0]

    def run(self, column: pa.Array) -> tuple[pa.Array, Counter[str]]:
        """Return the groups, and how many cells hold a value that the hierarchy does not hold."""
        encoded = as_text(column).dictionary_encode()
        values = pc.utf8_trim_whitespace(encoded.dictionary)
        places = pc.index_in(values, value_set=self.leaves)
        unseen = pc.and_(pc.is_null(places), pc.not_equal(values, ""))
        found = self.groups.take(places)
        if self.other is not None:
            found = pc.if_else(unseen, self.other, found)
        cells = pc.sum(spread(unseen, encoded.indices)).as_py() or 0
        return spread(found, encoded.indices), Counter({UNSEEN: cells})


def recode(line: PlanLine, hierarchies: Mapping[str, PlanFile]) -> Recode:
    """Return what `{to: hierarchy, file, level, other}` means. Raises BadParamsError."""
    only(line, "to", "file", "level", "other", "sha256")
    name = text(line, "file")
    hierarchy = hierarchies.get(name)
    if not isinstance(hierarchy, Hierarchy):
        raise BadParamsError(messages.PARAM_FILE.fill(name=name))
    height = hierarchy.height
    level = whole(line, "level", 0, height)
    if level == 0:
        raise BadParamsError(messages.PARAM_LEVEL.fill(height=height))
    groups = hierarchy.at(level)
    other = text(line, "other") if "other" in line.params else None
    return Recode(pa.array(groups, pa.string()), pa.array(groups.values(), pa.string()), other)
