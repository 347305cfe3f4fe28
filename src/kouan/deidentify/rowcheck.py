"""Whether a plan's rules on rows fit its items."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from kouan.deidentify import messages
from kouan.deidentify.asked import asked_of_rows
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
    """Return what is wrong with the rules on rows, or None.

    Raises:
        KouanError: K-DEI-065 for a model that is not spelt right.
    """
    classes = rules.k is not None or bool(rules.models)
    if rules.sample is None and not classes:
        return messages.ROWS_NOTHING
    if (rules.sample is not None and rules.by is None) or (
        rules.by is not None and rules.sample is None and not classes
    ):
        return messages.ROWS_WITH.fill(name="sample", other="by")
    if classes != bool(rules.over):
        return messages.ROWS_WITH.fill(name="models", other="over")
    leaving = {item for item, line in lines.items() if line.action is not Action.DROP}
    return _sample_problem(rules, leaving, items) or _class_problem(rules, leaving, items)


def _sample_problem(rules: RowRules, leaving: set[str], items: Mapping[str, Item]) -> Text | None:
    if rules.sample is None:
        return None
    if share_of(rules.sample) is None:
        return messages.ROWS_SHARE
    for source, entity in sorted({split_item_id(item)[:2] for item in leaving}):
        if item_id(source, entity, str(rules.by)) not in items:
            return messages.ROWS_BY.fill(entity=entity, name=rules.by)
    return None


def _class_problem(rules: RowRules, leaving: set[str], items: Mapping[str, Item]) -> Text | None:
    if not rules.over:
        return None
    if rules.k is not None and not 2 <= rules.k <= _LARGEST:  # noqa: PLR2004 - a class of one row is no crowd
        return messages.ROWS_K
    for at, item in enumerate(rules.over):
        if item not in leaving or item in rules.over[:at]:
            near = difflib.get_close_matches(item, sorted(leaving), n=1)
            return messages.ROWS_OVER.fill(item=item, guess=f" ({near[0]}?)" if near and near[0] != item else "")
    return _sensitive_problem(rules, leaving, items)


def _sensitive_problem(rules: RowRules, leaving: set[str], items: Mapping[str, Item]) -> Text | None:
    named = [one.item for one in asked_of_rows(rules, "rows") if one.item is not None]
    for item in named:
        if item not in leaving:
            near = difflib.get_close_matches(item, sorted(leaving), n=1)
            return messages.ROWS_SENSITIVE.fill(item=item, guess=f" ({near[0]}?)" if near else "")
    tables = {split_item_id(item)[:2] for item in (*rules.over, *named)}
    if len(tables) > 1:
        return messages.ROWS_TABLES
    if rules.by is not None and item_id(*tables.pop(), rules.by) not in items:
        return messages.ROWS_BY.fill(entity=split_item_id(rules.over[0])[1], name=rules.by)
    return None
