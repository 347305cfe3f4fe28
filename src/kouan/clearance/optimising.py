"""`kouan optimise`: the plan whose generalisation loses least and still protects as asked, exactly."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from kouan.clearance import optimising_messages as messages
from kouan.deidentify.lattice import optimum
from kouan.model.items import split_item_id
from kouan.model.plan import Action, RowRules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    from kouan.deidentify.asked import Asked
    from kouan.deidentify.ladders import Levels
    from kouan.deidentify.lattice import Optimum, Sensitive, Table
    from kouan.model.inventory import Item
    from kouan.model.plan import Plan
    from kouan.risk.privacy import Model


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; items are named as `inspect` names them.

    Attributes:
        models: all of them hold of every class that leaves.
        hierarchies: file of items to be generalised, relative to the declaration; none takes every quasi-identifier
            of the table by its built-in steps.
        suppress: share of the rows that may stay here instead.
        lowest: least level of an item, such as 1 for "in 5-year bands or wider".
        table: to be searched, as `source!entity` or its name; that of the items named, or else the one with the most
            quasi-identifiers.
        sensitive: whether the sensitive items of the table are read too, for `--explore`; else those that models name.
        by: column that names the person; None takes the one that the inventory knows.
        seconds: time for the search; None for as long as it takes.
    """

    models: tuple[Asked, ...]
    hierarchies: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    suppress: Decimal = Decimal(0)
    lowest: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    table: str | None = None
    sensitive: bool = False
    by: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The optimum of one table.

    Attributes:
        ladders: of the items, in the order of `result.levels`.
        rows: of the table.
    """

    ladders: tuple[Levels, ...]
    rows: int
    result: Optimum


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table read once for any number of searches.

    Attributes:
        entity: `source!entity`.
        ladders: items to be generalised, and their levels.
        codes: by ladder: int64 [rows], place of each row's value among the ladder's rows.
        sensitive: by item as it was named, and by its id: the id, and its values as they leave.
        protect: ids of those that models name, or of which a frontier asks l and t.
        person: item whose values are the persons, and int64 [rows] whose each row is; None where no column says.
        population: by ladder: int64 [persons], where a table of the population is given.
        left: other quasi-identifiers that leave, and int64 [rows] values as the plan treats them: they are measured,
            not searched.
        table: the rows, grouped.
    """

    entity: str
    ladders: tuple[Levels, ...]
    codes: tuple[npt.NDArray[np.int64], ...]
    sensitive: Mapping[str, tuple[str, Sensitive]]
    person: tuple[Item, npt.NDArray[np.int64]] | None
    population: tuple[npt.NDArray[np.int64], ...]
    left: tuple[tuple[Item, npt.NDArray[np.int64]], ...]
    protect: tuple[str, ...]
    table: Table

    def models(self, asked: Sequence[Asked]) -> list[Model]:
        """Return the models over this table's sensitive attributes."""
        return [one.model(None if one.item is None else self.sensitive[one.item][1].name) for one in asked]

    def search(self, asked: Sequence[Asked], suppress: Decimal, seconds: float | None = None) -> Found:
        """Return the optimum under these models. Raises KouanError K-DEI-045 to K-DEI-047."""
        result = optimum(self.table, self.models(asked), suppression=suppress, seconds=seconds)
        return Found(self.ladders, self.table.rows, result)


def planned(plan: Plan, prepared: Prepared, found: Found, asked: Sequence[Asked], suppress: Decimal) -> Plan:
    """Return a plan whose lines for the items searched are those of the optimum.

    Its rule on rows holds back classes that fail, those of the search and any that later data may bring.

    Raises:
        KouanError: K-CLR-153 when nothing within the limits protects enough, K-CLR-222 when time ran out before.
    """
    if found.result.levels is None:
        missing = messages.NO_SOLUTION if found.result.optimal else messages.NO_TIME
        raise missing.at("--model", models=", ".join(map(str, asked)), suppress=f"{suppress:.2%}")
    chosen = {one.item: one.lines[level] for one, level in zip(found.ladders, found.result.levels, strict=True)}
    lines = tuple(chosen.get(line.item, line) for line in plan.lines)
    over = tuple(item for item, line in chosen.items() if line.action is not Action.DROP)
    return plan.model_copy(update={"lines": lines, "rows": _rows(plan, prepared, asked, over), "edited": True})


def _rows(plan: Plan, prepared: Prepared, asked: Sequence[Asked], over: tuple[str, ...]) -> RowRules | None:
    rules = plan.rows or RowRules()
    if not over:  # nothing divides the table: no row fails that the search let leave
        return None if rules.sample is None else rules.model_copy(update={"k": None, "models": (), "over": ()})
    named = [one if one.item is None else one.over(prepared.sensitive[one.item][0]) for one in asked]
    sizes = [int(one.values[0]) for one in named if one.name == "k"]
    person = None if prepared.person is None else split_item_id(prepared.person[0].id)[2]
    return rules.model_copy(
        update={
            "k": max(sizes, default=None),
            "models": tuple(str(one) for one in named if one.name != "k"),
            "over": over,
            "by": rules.by if rules.sample is not None else person,
        }
    )
