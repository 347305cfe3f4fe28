"""The steps of one table that lose least and reach the aim: what each buys, and what a lighter one would cost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice import Sensitive, optimum, table
from kouan.deidentify.lattice.groups import Classes
from kouan.risk.classes import distinct_of
from kouan.risk.distribution import Distribution
from kouan.risk.privacy import DistinctDiversity, EqualCloseness, KAnonymity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from kouan.deidentify.aiming.steps import Column, Ladder, Step
    from kouan.deidentify.asked import Asked
    from kouan.deidentify.lattice import Attribute, Optimum, Table
    from kouan.model.inventory import Item
    from kouan.model.plan import PlanLine
    from kouan.risk.aims import Aim
    from kouan.risk.privacy import Model

_NODES = 2_000_000
"""Combinations searched; where there are more, items lose steps in the middle, those with most first."""


@dataclass(frozen=True, slots=True)
class Question:
    """One table and what is aimed at.

    Attributes:
        name: `source!entity`.
        rows: that leave but for this.
        ladders: of the quasi-identifiers that leave.
        columns: of each ladder.
        hidden: sensitive attributes that leave, with what the plan makes of their values.
        persons: int64 [rows], whose each row is; None where every row counts as a person.
        aim: what must hold.
        varied: ids of the hidden items of which `aim` asks l and t.
        models: that must hold beside, over ids of hidden items.
        suppress: share of the rows that may stay here.
    """

    name: str
    rows: int
    ladders: tuple[Ladder, ...]
    columns: tuple[Column, ...]
    hidden: tuple[tuple[Item, Step, Column], ...]
    persons: npt.NDArray[np.int64] | None
    aim: Aim
    varied: frozenset[str] = frozenset()
    models: tuple[Asked, ...] = ()
    suppress: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen for one item.

    Attributes:
        item: raw.
        line: chosen, as it treats.
        lighter: the step before it; None where the plan's own line was enough.
        unchosen: rows in classes too small, had the plan's own line stayed and the rest been done.
        cost: rows in classes too small with the lighter step and the rest done.
        bound: whether a person said how coarse it may become.
    """

    item: Item
    line: PlanLine
    lighter: PlanLine | None
    unchosen: int
    cost: int
    bound: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search found for one table.

    Attributes:
        name: `source!entity`.
        rows: of the table.
        k: persons that a class needs to stay, or rows where persons are not known.
        persons: whether these are persons.
        reached: whether some choice reaches what is aimed at; else `chosen` is empty.
        chosen: by item.
        before: rows in classes too small under the plan as it was.
        short: rows in classes too small where every item is as coarse as it may become; only where not reached.
        freed: by item that a person bound, the same, were it left out.
        suppressed: rows that stay here.
        sizes: class sizes after it, in persons where the table names them.
        loss: of the search, from 0 to 1.
        optimal: whether nothing loses less among the steps that there are.
        hidden: sensitive attributes of which l or t of the aim was asked.
        models: asked beside.
    """

    name: str
    rows: int
    k: int
    persons: bool
    reached: bool
    chosen: tuple[Chosen, ...] = ()
    before: int = 0
    short: int = 0
    freed: tuple[tuple[Item, int], ...] = ()
    suppressed: int = 0
    sizes: Distribution = field(default_factory=lambda: Distribution(()))
    loss: float = 0.0
    optimal: bool = True
    hidden: tuple[Item, ...] = ()
    models: tuple[Asked, ...] = ()


def search(question: Question) -> Answer:
    """Find the steps that lose least, for growing k until the class sizes are enough.

    The class size that verdicts ask for is the smallest k searched; a verdict that looks at the average of classes too
    may need a larger one, and then the first that serves is taken.
    """
    if not question.ladders or not question.rows:
        return _undivided(question)
    question = replace(question, ladders=tuple(fewer(question.ladders)))
    work = _Work(question)
    k = max(question.aim.least, 1)
    while True:
        found = work.optimum(k)
        if found is None or found.levels is None:
            return work.failed(k)
        sizes = work.sizes(found.levels, k)
        if question.aim.meets(sizes):
            return work.answer(k, found, sizes)
        if k >= question.aim.sure:
            return work.failed(k)
        k += 1


def _undivided(question: Question) -> Answer:
    """Return the answer for a table that nothing divides: all rows are one class."""
    whole = question.rows if question.persons is None else len(distinct_of(question.persons))
    sizes = Distribution.of([whole] if whole else [])
    reached = question.aim.meets(sizes)
    short = 0 if reached else question.rows
    return Answer(question.name, question.rows, question.aim.least, question.persons is not None, reached, short=short)


class _Work:
    def __init__(self, question: Question) -> None:
        self._question = question
        self._limit = floor(question.suppress * question.rows)
        names = {item.id: f"{at}" for at, (item, _, _) in enumerate(question.hidden)}
        self._names = names
        hidden = [
            Sensitive(names[item.id], step.labels[column.codes], int(step.labels.max()) + 1)
            for item, step, column in question.hidden
        ]
        self._attributes = [one.attribute() for one in question.ladders]
        leaves = [one.leaves(column) for one, column in zip(question.ladders, question.columns, strict=True)]
        self._table: Table = table(self._attributes, leaves, sensitive=hidden, persons=question.persons)

    def optimum(self, k: int) -> Optimum | None:
        """Return the optimum for classes of k rows; None where some item alone makes too many of them too small."""
        attributes = []
        for one, rows in zip(self._attributes, self._table.leaves, strict=True):
            lowest = self._lowest(one, rows, k)
            if lowest is None:
                return None
            attributes.append(replace(one, lowest=lowest))
        bounded = replace(self._table, attributes=tuple(attributes))
        return optimum(bounded, self._models(k), suppression=self._question.suppress)

    def sizes(self, levels: Sequence[int], k: int) -> Distribution:
        """Return the sizes of the classes that stay, in persons where they are known."""
        classes = Classes(self._table.groups, tuple(levels))
        found = classes.rows if classes.persons is None else classes.persons
        return Distribution.of(found[self._meets(classes, k)].astype(np.int64))

    def answer(self, k: int, found: Optimum, sizes: Distribution) -> Answer:
        """Return the choice with what every part of it is for."""
        assert found.levels is not None
        assert found.score is not None
        levels = found.levels
        return Answer(
            name=self._question.name,
            rows=self._question.rows,
            k=k,
            persons=self._question.persons is not None,
            reached=True,
            chosen=tuple(self._chosen(levels, k)),
            before=self._small((0,) * len(levels), k),
            suppressed=found.suppressed,
            sizes=sizes,
            loss=found.score,
            optimal=found.optimal and k <= self._question.aim.least,
            hidden=tuple(item for item, _, _ in self._question.hidden if item.id in self._question.varied),
            models=self._question.models,
        )

    def failed(self, k: int) -> Answer:
        """Return by how much the coarsest that is allowed falls short, and what freeing one item would bring."""
        top = tuple(one.highest for one in self._attributes)
        bound = [(at, one) for at, one in enumerate(self._question.ladders) if one.bound]
        return Answer(
            name=self._question.name,
            rows=self._question.rows,
            k=k,
            persons=self._question.persons is not None,
            reached=False,
            before=self._small((0,) * len(top), k),
            short=self._small(top, k),
            freed=tuple((one.item, self._small(top, k, without=at)) for at, one in bound),
        )

    def _models(self, k: int) -> list[Model]:
        aim = self._question.aim
        models: list[Model] = [KAnonymity(k)]
        varied = [name for item, name in self._names.items() if item in self._question.varied]
        models += [DistinctDiversity(name, aim.l) for name in varied if aim.l is not None]
        models += [EqualCloseness(name, float(aim.t)) for name in varied if aim.t is not None]
        return models + [one.model(self._names[one.item or ""]) for one in self._question.models]

    def _lowest(self, one: Attribute, leaves: npt.NDArray[np.float64], k: int) -> int | None:
        """Return the first level at which the item alone makes no more classes too small than may stay here."""
        for level, codes in enumerate(one.up):
            rows = np.bincount(codes, weights=leaves)
            if rows[rows < k].sum() <= self._limit:
                return level
        return None

    def _chosen(self, levels: Sequence[int], k: int) -> Iterator[Chosen]:
        for at, (one, level) in enumerate(zip(self._question.ladders, levels, strict=True)):
            others = list(levels)
            others[at] = 0
            unchosen = self._small(others, k) if level else 0
            others[at] = max(0, level - 1)
            yield Chosen(
                item=one.item,
                line=one.steps[level].line,
                lighter=one.steps[level - 1].line if level else None,
                unchosen=unchosen,
                cost=self._small(others, k) if level else 0,
                bound=one.bound,
            )

    def _small(self, levels: Sequence[int], k: int, without: int | None = None) -> int:
        """Return the rows in classes that do not meet the models, one item left out if asked."""
        groups, at = self._table.groups, tuple(levels)
        if without is not None:
            groups, at = groups.without(without), (*at[:without], 0, *at[without + 1 :])
        classes = Classes(groups, at)
        return int(classes.rows[~self._meets(classes, k)].sum())

    def _meets(self, classes: Classes, k: int) -> npt.NDArray[np.bool_]:
        counts = classes.counts(tuple(self._names.values()))
        meets = np.ones(classes.count, dtype=np.bool_)
        for model in self._models(k):
            meets &= model.meets(counts)
        return meets


def fewer(ladders: Sequence[Ladder]) -> Sequence[Ladder]:
    """Return the ladders with so few steps that all their combinations can be searched."""
    left = list(ladders)
    while np.prod([float(len(one.steps)) for one in left]) > _NODES:
        longest = max(range(len(left)), key=lambda at: len(left[at].steps))
        steps = left[longest].steps
        if len(steps) <= 2:  # noqa: PLR2004 - as it is, or out
            break
        middle = len(steps) // 2
        left[longest] = replace(left[longest], steps=steps[:middle] + steps[middle + 1 :])
    return left
