"""Which lists may bear on a transfer: named, replaced, or covering the exporter's place on the day."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from kouan.law.compiled import law_on
from kouan.law.scoping import lists_for
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts
from kouan.model.text import same
from kouan.packs import PackSet, load_packs

BEFORE, AFTER = dt.date(2026, 4, 23), dt.date(2026, 4, 24)


@cache
def packs() -> PackSet:
    return load_packs()


def told(values: dict[str, object]) -> tuple[Fact, ...]:
    return tuple(Fact(name=name, value=value, source=FactSource.DECLARED) for name, value in values.items())  # type: ignore[arg-type]


def scoped(day: dt.date, *flows: dict[str, object], **common: object) -> set[str]:
    """Return the lists for facts given as `list_used="…"`."""
    facts = {name.replace("_", ".", 1): value for name, value in common.items()}
    parts = tuple(
        FlowFacts(id=str(place), label=same("f"), facts=told(flow)) for place, flow in enumerate(flows or ({},))
    )
    return set(lists_for(FactSet(as_of=day, facts=told(facts), flows=parts), packs()))


@pytest.mark.parametrize(
    ("day", "common", "expected"),
    [
        (BEFORE, {}, set()),
        (BEFORE, {"list_used": "none", "exporter_zone": "cn-shanghai/lingang"}, {"shanghai-2024"}),
        (BEFORE, {"list_used": "none", "exporter_zone": "cn-sichuan/chengdu"}, set()),
        (BEFORE, {"list_used": "shanghai-2024"}, {"shanghai-2024"}),
        (AFTER, {"list_used": "shanghai-2024"}, {"shanghai-2025"}),
        (BEFORE, {"list_used": "no-such-list"}, set()),
        (BEFORE, {"list_used": "zhejiang-2024", "exporter_zone": "cn-beijing/daxing"}, {"zhejiang-2024"}),
        (BEFORE, {"exporter_zone": "cn-shanghai/lingang"}, {"shanghai-2024"}),
        (AFTER, {"exporter_zone": "cn-shanghai/lingang"}, {"shanghai-2025"}),
        (BEFORE, {"exporter_zone": "cn-shanghai"}, {"shanghai-2024"}),
        (BEFORE, {"exporter_region": "cn-shanghai/xuhui"}, set()),
        (AFTER, {"exporter_region": "cn-shanghai/xuhui"}, {"shanghai-2025"}),
        (BEFORE, {"exporter_region": "cn-beijing/chaoyang"}, {"beijing-2024"}),
        (BEFORE, {"exporter_zone": "cn-shanghai/lingang", "list_in_zone": False}, set()),
        (dt.date(2025, 5, 16), {"exporter_zone": "cn-shanghai/lingang"}, {"shanghai-2024", "lingang-2024"}),
        (BEFORE, {"exporter_zone": "cn-sichuan/chengdu"}, set()),
    ],
)
def test_which_lists_bear(day: dt.date, common: dict[str, object], expected: set[str]) -> None:
    assert scoped(day, **common) == expected


def test_a_flow_may_name_a_list_of_its_own() -> None:
    assert scoped(BEFORE, {"list.used": "zhejiang-2024"}, {"list.used": "none"}) == {"zhejiang-2024"}
    assert scoped(BEFORE, {"list.used": "zhejiang-2024"}, {}, exporter_zone="cn-beijing/daxing") == {
        "zhejiang-2024", "beijing-2024",
    }  # fmt: skip


def test_the_law_holds_only_rules_of_lists_that_bear() -> None:
    bare, used = law_on(packs(), BEFORE), law_on(packs(), BEFORE, lists=frozenset({"zhejiang-2024"}))
    assert not [rule for rule in bare.rules if rule.list]
    assert {rule.list for rule in used.rules} == {None, "zhejiang-2024"}
    assert {part.start for part in bare.sums} < {part.start for part in used.sums}
    assert {rule.rule.id for rule in bare.rules} <= {rule.rule.id for rule in used.rules}
