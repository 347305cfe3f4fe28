"""The levels that an item may be generalised to, as lines of a plan: by a hierarchy file, or by the built-in steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.deidentify import asked_messages as words
from kouan.deidentify.columns import Learner, Paired, Share, as_text
from kouan.deidentify.dates import UNITS
from kouan.deidentify.params import BadParamsError
from kouan.deidentify.rules import Given, transform
from kouan.deidentify.scrub.kernel import Scrub
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.deidentify.hierarchies import PlanFile
    from kouan.deidentify.hierarchy import Hierarchy
    from kouan.model.inventory import Item
    from kouan.model.text import Text

    Params = dict[str, int | str]

EMPTY = "\0"
"""What an empty cell is among the values of a level: it stays empty until the item is left out."""
GONE = "*"
_BANDS = (5, 10, 20)
_OLDEST = 80
_DIGITS = (4, 3, 2, 1)
_VALUES = frozenset({Action.KEEP, Action.GENERALISE, Action.MASK})
"""Actions that look at one value alone."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """One item and its levels, each a part of the next.

    Attributes:
        item: id.
        lines: of a plan, by level.
        rows: one for each value: what it is at each level.
        lowest: least level that may be chosen.
    """

    item: str
    lines: tuple[PlanLine, ...]
    rows: tuple[tuple[str, ...], ...]
    lowest: int = 0

    @property
    def height(self) -> int:
        """The last level."""
        return len(self.lines) - 1


def ladder_of_file(item: str, name: str, hierarchy: Hierarchy, *, empty: bool, lowest: int) -> Ladder:
    """Return the levels of a hierarchy file.

    Args:
        item: id.
        name: of the file, as plans name it.
        hierarchy: read from it.
        empty: whether there are empty cells; they stay empty at every level.
        lowest: least level that may be chosen.
    """
    lines = [PlanLine(item=item, action=Action.KEEP, why=words.WHY_KEPT)]
    for level in range(1, hierarchy.height + 1):
        params: Params = {"to": "hierarchy", "file": name, "level": level}
        why = words.WHY_LEVEL.fill(level=level)
        lines.append(PlanLine(item=item, action=Action.GENERALISE, params=params, why=why))
    rows = (*hierarchy.rows, *([(EMPTY,) * (hierarchy.height + 1)] if empty else []))
    return Ladder(item, tuple(lines), rows, lowest)


def ladder_of_line(
    line: PlanLine, item: Item, values: Sequence[str | None], hierarchies: Mapping[str, PlanFile]
) -> Ladder | None:
    """Return the levels from what a plan does to an item up to leaving it out; None where that is not by value alone.

    Args:
        line: of the plan as it is; nothing finer is offered.
        item: what it is about.
        values: all that occur, empty cells as None.
        hierarchies: that the line may name.
    """
    made = transform(line, Given(meaning=item.meaning, key=b"", hierarchies=hierarchies))
    if line.action not in _VALUES or isinstance(made, Learner | Paired | Share):
        return None
    column = pa.array(values, pa.string())
    lines, levels = [line], [_at(line, column, item, hierarchies)]
    for coarser in (*_steps(line, item), PlanLine(item=line.item, action=Action.DROP, why=words.WHY_GONE)):
        level = [GONE] * len(values) if coarser.action is Action.DROP else _at(coarser, column, item, hierarchies)
        if level != levels[-1] and _nests(levels[-1], level):
            lines.append(coarser)
            levels.append(level)
    rows = tuple(zip([EMPTY if value is None else value for value in values], *levels, strict=True))
    # Level 0 of the values is what stands in the data; the plan's own line is the lowest that may be chosen.
    return Ladder(line.item, (line, *lines), rows, 1)


def _steps(line: PlanLine, item: Item) -> Iterator[PlanLine]:
    """Yield lines that may be coarser than the one given; those that are not are passed over."""
    to = line.params.get("to")
    found: list[tuple[Action, Params]] = []
    if to == "hierarchy":
        return
    if item.meaning in {"birth_date", "hire_date", "event_date", "account_time", "health_date"} or to in UNITS:
        found = [(Action.GENERALISE, {"to": unit}) for unit in UNITS]
    elif item.meaning == "age" or to == "age_band":
        top = line.params.get("top", _OLDEST)
        found = [(Action.GENERALISE, {"to": "age_band", "width": width, "top": top}) for width in _BANDS]
    elif item.meaning == "postcode":
        found = [(Action.MASK, {"keep_start": digits}) for digits in _DIGITS]
    elif item.meaning == "address" or to == "city":
        found = [(Action.GENERALISE, {"to": place}) for place in ("city", "province")]
    for action, params in found:
        coarser = PlanLine(item=line.item, action=action, params=params, why=words.WHY_COARSER)
        try:
            transform(coarser, Given(meaning=item.meaning, key=b""))
        except BadParamsError:  # bands of that width do not end at the plan's highest age
            continue
        yield coarser


def _at(line: PlanLine, column: pa.Array, item: Item, hierarchies: Mapping[str, PlanFile]) -> list[str]:
    kernel = transform(line, Given(meaning=item.meaning, key=b"", hierarchies=hierarchies))
    assert not isinstance(kernel, Learner | Paired | Share | Scrub)
    treated = column if kernel is None else as_text(kernel(column))
    return [EMPTY if value is None else value for value in treated.to_pylist()]


def _nests(finer: Sequence[str], coarser: Sequence[str]) -> bool:
    parents: dict[str, str] = {}
    return all(parents.setdefault(low, high) == high for low, high in zip(finer, coarser, strict=True))


def told(line: PlanLine) -> Text:
    """Return what a line makes of an item, in a few words."""
    if line.action is Action.KEEP:
        return words.TOLD_KEPT
    if line.action is Action.DROP:
        return words.TOLD_GONE
    if line.action is Action.MASK:
        return words.TOLD_MASK.fill(start=line.params.get("keep_start", 0), end=line.params.get("keep_end", 0))
    to = str(line.params.get("to", ""))
    if to == "hierarchy":
        return words.TOLD_LEVEL.fill(level=line.params["level"])
    width = f" {line.params['width']}" if "width" in line.params else ""
    if to == "age_band":
        return words.TOLD_AGES.fill(width=line.params.get("width", ""))
    return words.TOLD[to] if to in words.TOLD else same(f"{to}{width}")
