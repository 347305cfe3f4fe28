"""A plan that reaches its target with the least loss, table by table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.deidentify.aiming.account import account_of, reason_of
from kouan.deidentify.aiming.search import Question, search
from kouan.deidentify.aiming.steps import AS_PLANNED, Column, ladder_of, values_of
from kouan.deidentify.people import person_of
from kouan.deidentify.rules import partner
from kouan.model.items import split_item_id
from kouan.model.plan import Action, RowRules
from kouan.recognize.treating import foresee
from kouan.risk.codes import Codes, read_with_values
from kouan.risk.table import roles_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.deidentify.aiming.goal import Goal
    from kouan.deidentify.aiming.search import Answer
    from kouan.deidentify.aiming.steps import Ladder, Step
    from kouan.deidentify.asked import Asked
    from kouan.deidentify.hierarchies import PlanFile
    from kouan.deidentify.holding import Holder
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan, PlanLine
    from kouan.model.text import Text
    from kouan.risk.table import Roles


@dataclass(frozen=True, slots=True)
class Aimed:
    """A plan and how it came about.

    Attributes:
        plan: that is to be carried out; where the target cannot be reached, as it was.
        goal: None where the declaration has no target.
        answers: by table.
        blocking: items that exclude every verdict while they stay: direct identifiers, free text.
        account: in words, for the foot of the plan.
    """

    plan: Plan
    goal: Goal | None = None
    answers: tuple[Answer, ...] = ()
    blocking: tuple[Item, ...] = ()
    account: tuple[Text, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether the plan is expected to reach what is aimed at; the treated data are measured and have the say."""
        return not self.blocking and all(answer.reached for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Data:
    """What a plan is made for.

    Attributes:
        sources, inventory: raw.
        hierarchies: that the plan names.
        hold: says which rows stay here for other reasons.
        fixed: items whose line a person wrote.
        needed: items that the declaration lists as needed.
        threads: batches read at a time.
    """

    sources: Sequence[Source]
    inventory: Inventory
    hierarchies: Mapping[str, PlanFile]
    hold: Holder | None = None
    fixed: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    threads: int = 2


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is asked of one table.

    Attributes:
        goal, data: of the plan.
        lines: of the plan, by item.
        suppress: share of the rows that may stay here.
        by: column that the plan names for the person.
    """

    goal: Goal
    data: Data
    lines: Mapping[str, PlanLine]
    suppress: Decimal
    by: str | None


def merged(edited: Plan, *made: Plan) -> tuple[Plan, frozenset[str]]:
    """Return the first of the plans made, with the lines that a person wrote, and the items of these.

    A line that stands so in any of the plans made is nobody's.
    """
    first = made[0]
    known = {(line.item, line.action, tuple(line.params.items())) for plan in made for line in plan.lines}
    theirs = {
        line.item: line for line in edited.lines if (line.item, line.action, tuple(line.params.items())) not in known
    }
    lines = tuple(theirs.get(line.item, line) for line in first.lines)
    own_rows = edited.rows not in [plan.rows for plan in made]
    rows = edited.rows if own_rows else first.rows
    update = {"lines": lines, "rows": rows, "edited": bool(theirs) or own_rows}
    return first.model_copy(update=update), frozenset(theirs)


def aim_plan(plan: Plan, data: Data, goal: Goal) -> Aimed:
    """Make a plan's quasi-identifiers as coarse as the goal asks, and no coarser.

    The plan is the floor: no item leaves with more detail than in it. Rows may stay here in the table with most
    quasi-identifiers only, as a plan has one such rule, and not where the plan has its own.

    Raises:
        KouanError: K-DEI-045 too many combinations, K-DEI-091, K-RSK-002, or a reader's error.
    """
    lines = {line.item: line for line in plan.lines}
    left = data.inventory.model_copy(update={"items": foresee(data.inventory, lines)})
    tables = [(entity, source, roles_of(source, entity, left)) for source in data.sources for entity in source.entities]
    blocking = tuple(item for _, _, roles in tables for item in (*roles.direct, *roles.free_text))
    if blocking:
        return Aimed(plan, goal, blocking=blocking, account=account_of(goal, (), blocking=blocking))
    widest = max(tables, key=lambda one: len(one[2].quasi), default=None)
    by = None if plan.rows is None else plan.rows.by
    answers = []
    for table in tables:
        entity, source, roles = table
        if roles.quasi or roles.pseudonyms:
            share = goal.suppress if table is widest and plan.rows is None else Decimal(0)
            answers.append(_answer(entity, source, roles, _Ask(goal, data, lines, share, by)))
    account = account_of(goal, answers, idle=_idle(goal, [item.id for _, _, roles in tables for item in roles.quasi]))
    if not all(answer.reached for answer in answers):
        return Aimed(plan, goal, tuple(answers), account=account)
    return Aimed(_planned(plan, answers, goal, data), goal, tuple(answers), account=account)


def _idle(goal: Goal, searched: Sequence[str]) -> list[str]:
    """Return the columns that have a limit and that the search never makes coarser, wherever they stand."""
    found = {split_item_id(item)[2] for item in searched}
    return list(dict.fromkeys(name for item in goal.coarsest if (name := split_item_id(item)[2]) not in found))


def _answer(entity: Entity, source: Source, roles: Roles, ask: _Ask) -> Answer:
    """Look whether a table's lines are enough as they are, for that is cheap, and else search."""
    goal, data = ask.goal, ask.data
    varied = roles.sensitive if goal.aim.l is not None or goal.aim.t is not None else ()
    models = tuple(one for one in goal.models if one.item in roles.columns and _leaves(one, ask.lines))
    named = {one.item for one in models} - {item.id for item in varied}
    hidden = (*varied, *(item for item in data.inventory.items if item.id in named))
    key = person_of(source, entity, data.inventory, ask.by)
    wanted = [roles.columns[item.id] for item in (*roles.quasi, *hidden, *([key] if key else []))]
    beside = _beside(roles, entity, ask.lines)
    names = list(dict.fromkeys((*wanted, *beside.values()))) or entity.schema.names[:1]
    read = read_with_values(entity, names, threads=data.threads)
    keep = _kept(entity, source, data.hold)
    codes = {name: (_left(one, keep), values) for name, (one, values) in read.items()}
    persons = None if key is None else codes[roles.columns[key.id]][0].subjects()[0]
    columns = {
        name: Column.beside(one, codes[beside[name]][0], persons) if name in beside else Column.of(one, values, persons)
        for name, (one, values) in codes.items()
    }
    floor = Question(
        name=roles.name,
        rows=len(next(iter(columns.values())).codes),
        ladders=_ladders(roles, columns, ask, floor=True),
        columns=tuple(columns[roles.columns[item.id]] for item in roles.quasi),
        hidden=tuple(_hidden(item, columns[roles.columns[item.id]], ask) for item in hidden),
        persons=persons,
        aim=goal.aim,
        varied=frozenset(item.id for item in varied),
        models=models,
    )
    if not goal.coarsest.keys() & {item.id for item in roles.quasi}:
        enough = search(floor)
        if enough.reached:
            return enough
    return search(replace(floor, ladders=_ladders(roles, columns, ask, floor=False), suppress=ask.suppress))


def _beside(roles: Roles, entity: Entity, lines: Mapping[str, PlanLine]) -> dict[str, str]:
    """Return the column that treatment reads beside each quasi-identifier of which it reads one, such as the person's.

    Dates that are moved by person are told apart by both: equal dates of two persons come apart.
    """
    found = {}
    for item in roles.quasi:
        by, own = lines[item.id].params.get(partner(lines[item.id]) or ""), roles.columns[item.id]
        if isinstance(by, str) and by != own and not pa.types.is_nested(entity.schema.field(by).type):
            found[own] = by
    return found


def _ladders(roles: Roles, columns: Mapping[str, Column], ask: _Ask, *, floor: bool) -> tuple[Ladder, ...]:
    goal, data = ask.goal, ask.data
    raw = {item.id: item for item in data.inventory.items}
    return tuple(
        ladder_of(
            raw[item.id],
            ask.lines[item.id],
            columns[roles.columns[item.id]],
            least=goal.aim.least,
            hierarchies=data.hierarchies,
            coarsest=AS_PLANNED if floor or item.id in data.fixed else goal.coarsest.get(item.id),
        )
        for item in roles.quasi
    )


def _hidden(item: Item, column: Column, ask: _Ask) -> tuple[Item, Step, Column]:
    raw = next(one for one in ask.data.inventory.items if one.id == item.id)
    return raw, values_of(raw, ask.lines[item.id], column, ask.data.hierarchies), column


def _leaves(one: Asked, lines: Mapping[str, PlanLine]) -> bool:
    return one.item is not None and one.item in lines and lines[one.item].action is not Action.DROP


def _left(codes: Codes, keep: pa.BooleanArray | None) -> Codes:
    if keep is None:
        return codes
    return Codes(codes.values[np.asarray(keep.to_numpy(zero_copy_only=False), np.bool_)], codes.count)


def _kept(entity: Entity, source: Source, hold: Holder | None) -> pa.BooleanArray | None:
    """Return which rows of a table leave; None for all."""
    names = () if hold is None else hold.columns(source.name, entity.name)
    if hold is None or not names:
        return None
    parts = []
    for batch in entity.batches(list(dict.fromkeys(names))):
        kept = hold.keep(source.name, entity.name, batch.select(list(names)))
        parts.append(pa.array(np.ones(batch.num_rows, np.bool_)) if kept is None else kept)
    return pa.concat_arrays(parts) if parts else pa.array([], pa.bool_())


def _planned(plan: Plan, answers: Sequence[Answer], goal: Goal, data: Data) -> Plan:
    chosen = {one.item.id: (one, answer) for answer in answers for one in answer.chosen}
    lines = []
    for line in plan.lines:
        if line.item not in chosen:
            lines.append(line)
            continue
        one, answer = chosen[line.item]
        why = reason_of(one, line, answer, goal, needed=line.item in data.needed)
        lines.append(one.line.model_copy(update={"why": why}))
    rows = plan.rows
    for answer in answers:
        if answer.suppressed:
            over = tuple(one.item.id for one in answer.chosen if one.line.action is not Action.DROP)
            hidden = answer.hidden
            models = [f"l:{item.id}={goal.aim.l}" for item in hidden if goal.aim.l is not None]
            models += [f"t:{item.id}={goal.aim.t:f}" for item in hidden if goal.aim.t is not None]
            models += [str(one) for one in answer.models]
            # A class of one row is no crowd: k = 1 asks nothing, and the models beside it say why rows stay.
            rows = RowRules(k=answer.k if answer.k > 1 else None, models=tuple(models), over=over)
    return plan.model_copy(update={"lines": tuple(lines), "rows": rows})
