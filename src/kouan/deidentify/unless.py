"""Pseudonyms but where another column of the row says that the value is only a place, such as a sequence number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.columns import Paired, as_text
from kouan.deidentify.params import BadParamsError, text
from kouan.deidentify.pseudonym import Pseudonym

if TYPE_CHECKING:
    from collections.abc import Callable

    from kouan.deidentify.columns import Kernel
    from kouan.model.plan import PlanLine

PARTNER = "unless"
_ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Unless(Paired):
    """Replaces every cell by its pseudonym, but one beside a word of a known end.

    In SDTM `IDVARVAL` holds a value of the variable that `IDVAR` names: `1` of `AESEQ` stays, a hospital's number of
    `AESPID` gets the pseudonym that `AESPID` has. Where nothing stands beside it, a cell is replaced.

    Attributes:
        pseudonym: of all other cells.
        ends: of the word beside it, in capitals.
    """

    pseudonym: Pseudonym
    ends: tuple[str, ...]

    def __call__(self, column: pa.Array, other: pa.Array) -> pa.Array:
        """Return the column as text, with cells replaced."""
        told = pc.utf8_upper(pc.utf8_trim_whitespace(as_text(other)))
        stays = pa.array([False] * len(column), pa.bool_())
        for end in self.ends:
            stays = pc.or_(stays, pc.fill_null(pc.ends_with(told, end), False))
        return pc.if_else(stays, as_text(column), self.pseudonym(column))


def unless(line: PlanLine, make: Callable[[PlanLine], Kernel]) -> Kernel | Unless:
    """Return what `make` makes of a line, but where its `{unless, ends}` says otherwise. Raises BadParamsError."""
    if PARTNER not in line.params and _ENDS not in line.params:
        return make(line)
    text(line, PARTNER)
    ends = tuple(word.upper() for word in text(line, _ENDS).replace(",", " ").split())
    rest = {name: value for name, value in line.params.items() if name not in {PARTNER, _ENDS}}
    made = make(line.model_copy(update={"params": rest}))
    if not isinstance(made, Pseudonym) or not ends:
        raise BadParamsError(messages.PARAM_UNLESS)
    return Unless(made, ends)
