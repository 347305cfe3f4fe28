"""Of tables with many items those that say little about anybody are shown apart."""

from __future__ import annotations

import pytest

from kouan.cli.shortening import short
from kouan.dossier.inventory_view import MANY, groups_of, steps_of
from kouan.model.inventory import EntityReport, SourceReport
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.text import same
from tests.inventories import inventory, item


def _group(count: int, action: Action = Action.KEEP):
    items = [
        item("a.xml!case#name", role="direct_identifier"),
        item("a.xml!case#illness", sensitive=True),
        *(item(f"a.xml!case#code{number}/@code") for number in range(count - 2)),
    ]
    lines = [PlanLine(item=one.id, action=Action.KEEP, why=same("test")) for one in items[:2]]
    lines += [PlanLine(item=one.id, action=action, why=same("test")) for one in items[2:]]
    plan = Plan(mode="controlled", key="pseudonym/2026", lines=tuple(lines))
    entity = EntityReport(name="case", rows=1, columns=count)
    source = SourceReport(path="a.xml", format="xml", detail="", bytes=1, sha256=f"sha256:{0:064}", entities=(entity,))
    return groups_of(inventory(*items).model_copy(update={"sources": (source,)}), plan, None)[0].entities[0]


def test_kept_codes_of_a_large_table_stand_apart():
    group = _group(MANY)
    assert [row.item.name for row in group.rows] == ["name", "illness"]
    assert len(group.plain) == MANY - 2


@pytest.mark.parametrize("group", [_group(MANY - 1), _group(MANY, Action.DROP)])
def test_small_tables_and_treated_items_are_shown_whole(group):
    assert group.plain == ()
    assert len(group.rows) == group.entity.columns


def test_a_path_of_a_document_is_told_from_a_column():
    assert steps_of(item("a.csv!a#name")) is None
    assert steps_of(item("a.xml!a#player1/name/given")) == ("name/given", "player1/name/given")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("name/given", "name/given"),
        ("controlActProcess/subject/investigationEvent/text", "…/investigationEvent/text"),
        ("a/" + "b" * 60, "a…" + "b" * 13),
    ],
)
def test_long_paths_keep_their_end_on_a_terminal(path, shown):
    assert short(path) == shown
