"""The plan that carries one option of a what-if out, and what clearing by it will find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.levers import facts_after, lines_of, needs_rows
from kouan.clearance.necessity import necessity_of
from kouan.deidentify.asked import asked_all
from kouan.law import decide
from kouan.model.plan import Action
from kouan.model.text import Text
from kouan.model.whatif import LeverKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.clearance.desk import Desk
    from kouan.model.consent import Consent
    from kouan.model.decision import Decision
    from kouan.model.inventory import Inventory
    from kouan.model.plan import Plan, PlanLine, RowRules
    from kouan.model.time import LegalDay
    from kouan.model.whatif import Alternative, WhatIf

_OPTION = Text(zh="按 kouan what-if 的方案编写，所作改变：", en="Written for an option of kouan what-if; its changes:")
_IN_FACT = (LeverKind.MAKE_TRUE, LeverKind.USE_LIST, LeverKind.WAIT, LeverKind.CERTIFY, LeverKind.GBA_CONTRACT)
_FIRST = Text(
    zh="以下改变不在本文件中，须先在事实上做到，再写入填报文件（等待的，届时再办理）：",
    en="These are not in this file: first make them so in reality, then declare them (for a wait, clear on that day):",
)


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan that carries an option out.

    Attributes:
        option: as it was found.
        plan: the plan that clearing makes by itself, with the option's changes.
        asked_on: legal day of the search.
        decision: what clearing by it will find, once what the option asks for in reality is so and declared.
    """

    option: Alternative
    plan: Plan
    asked_on: LegalDay
    decision: Decision

    @property
    def first(self) -> tuple[Text, ...]:
        """What must be brought about in reality and declared, for the plan does not do it."""
        return tuple(lever.label for lever in self.option.levers if lever.kind in _IN_FACT)

    def notes(self, lang: str) -> list[str]:
        """Return the changes as comments of the plan."""
        data = [lever.label.of(lang) for lever in self.option.levers if lever.kind not in _IN_FACT]
        lines = [_OPTION.of(lang), *(f"  {line}" for line in data)] if data else []
        return [*lines, *([_FIRST.of(lang), *(f"  {one.of(lang)}" for one in self.first)] if self.first else [])]


def ready_option(
    desk: Desk, inventory: Inventory, found: WhatIf, number: int, *, consent: Consent | None = None
) -> Ready:
    """Return the plan for an option, with what the whole of it leads to.

    The plan leaves out what the purpose does not need and treats identifiers in any case, so that what it leads to may
    be lighter than the option alone, and is shown by itself.

    Args:
        desk: of the transfer.
        inventory: of the raw data.
        found: options on it.
        number: of the option as shown, from 1.
        consent: what the ledger of consents says.

    Raises:
        KouanError: K-CLR-081 for a number that no option has, K-CLR-082 where rows would have to be told apart or the
            plan leaves nothing.
    """
    options = (*found.alternatives, *found.beside)
    if not 1 <= number <= len(options):
        raise messages.OPTION_UNKNOWN.at("--option", number=number, most=len(options))
    option = options[number - 1]
    if any(needs_rows(lever) for lever in option.levers):
        raise messages.OPTION_NOT_A_PLAN.at("--option", number=number)
    made, lines = desk.plan(inventory), lines_of(option.levers, inventory)
    done = tuple(_done(line, lines.get(line.item)) for line in made.lines)
    rows = None if made.rows is None else _rows(made.rows, done)
    plan = made.model_copy(update={"edited": done != made.lines, "lines": done, "rows": rows})
    facts = facts_after(
        option.levers,
        desk.declaration,
        inventory,
        metered=desk.metered,
        again=desk.again,
        as_of=desk.settings.as_of,
        packs=desk.packs,
        consent=consent,
        necessity=necessity_of(desk.declaration, inventory, desk.purpose, plan),
        plan=plan,
    )
    if facts is None:
        raise messages.OPTION_NOT_A_PLAN.at("--option", number=number)
    return Ready(option, plan, found.as_of, decide(facts, desk.packs, adopted=desk.declaration.readings))


def _done(made: PlanLine, line: PlanLine | None) -> PlanLine:
    """Return what is done to an item; one that stays here anyway keeps its reason."""
    same = line is None or (line.action, line.params) == (made.action, made.params)
    return made if same or line is None else line


def _rows(rules: RowRules, lines: Sequence[PlanLine]) -> RowRules | None:
    """Return the rules on rows without the items that stay here now: without them classes only grow."""
    leaving = {line.item for line in lines if line.action is not Action.DROP}
    over = tuple(item for item in rules.over if item in leaving)
    models = tuple(str(one) for one in asked_all(rules.models, "rows") if one.item is None or one.item in leaving)
    if over and (rules.k is not None or models):
        return rules.model_copy(update={"over": over, "models": models})
    return None if rules.sample is None else rules.model_copy(update={"k": None, "models": (), "over": ()})
