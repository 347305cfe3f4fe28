"""Whether a plan's rules on rows fit its items."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from kouan.deidentify import messages
from kouan.deidentify.rows import share_of
from kouan.model.items import item_id, split_item_id
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.inventory import Item
    from kouan.model.plan import PlanLine, RowRules
    from kouan.model.text import Text

_LARGEST = 100_000


def rows_problem(rules: RowRules, lines: Mapping[str, PlanLine], items: Mapping[str, Item]) -> Text | None:
    """Return what is wrong with the rules on rows, or None."""
    if rules.sample is None and rules.k is None:
        return messages.ROWS_NOTHING
    if (rules.sample is None) != (rules.by is None):
        return messages.ROWS_WITH.fill(name="sample", other="by")
    if (rules.k is None) != (not rules.over):
        return messages.ROWS_WITH.fill(name="k", other="over")
    leaving = {item for item, line in lines.items() if line.action is not Action.DROP}
    return _sample_problem(rules, leaving, items) or _class_problem(rules, leaving)


def _sample_problem(rules: RowRules, leaving: set[str], items: Mapping[str, Item]) -> Text | None:
    if rules.sample is None:
        return None
    if share_of(rules.sample) is None:
        return messages.ROWS_SHARE
    for source, entity in sorted({split_item_id(item)[:2] for item in leaving}):
        if item_id(source, entity, str(rules.by)) not in items:
            return messages.ROWS_BY.fill(entity=entity, name=rules.by)
    return None


def _class_problem(rules: RowRules, leaving: set[str]) -> Text | None:
    if rules.k is None:
        return None
    if not 2 <= rules.k <= _LARGEST:  # noqa: PLR2004 - a class of one row is no crowd
        return messages.ROWS_K
    for at, item in enumerate(rules.over):
        if item not in leaving or item in rules.over[:at]:
            near = difflib.get_close_matches(item, sorted(leaving), n=1)
            return messages.ROWS_OVER.fill(item=item, guess=f" ({near[0]}?)" if near and near[0] != item else "")
    if len({split_item_id(item)[:2] for item in rules.over}) > 1:
        return messages.ROWS_TABLES
    return None
