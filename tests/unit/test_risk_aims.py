"""What a verdict asks of every class, held against the verdict itself on classes of every size."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kouan.model.declaration import ReleaseMode
from kouan.packs.thresholds import load_thresholds
from kouan.risk.aims import Aim, aim_of, default_rules
from kouan.risk.distribution import Distribution
from kouan.risk.setting import Context, Setting
from tests.inventories import inventory, item

RULES = {rule.id: rule for rule in load_thresholds().rules}
PUBLIC, CONTROLLED, ENCLAVE = (Setting(mode=mode) for mode in ReleaseMode)
HEALTH = inventory(item("a.csv!a#诊断", meaning="health", role="sensitive_attribute"))
STAFF = inventory(item("a.csv!a#部门", meaning="department", role="quasi_identifier"))


@pytest.mark.parametrize(
    ("rule", "setting", "least", "sure"),
    [
        ("gbt-42460", PUBLIC, 20, 21),  # 1/20 = 0.05 is not below 0.05
        ("gbt-42460", CONTROLLED, 5, 7),  # 0.3/6 = 0.05 is not below it either
        ("gbt-42460", ENCLAVE, 3, 7),
        (
            "gbt-42460",
            Setting(mode=ReleaseMode.CONTROLLED, context=Context(Decimal("0.1"), None, Decimal("0.1"))),
            5,
            5,
        ),
        ("gbt-39725", CONTROLLED, 6, 6),
        ("ema-0070", PUBLIC, 12, 12),
        ("beijing-health", PUBLIC, 20, 20),
        ("beijing-health", Setting(mode=ReleaseMode.CONTROLLED, recipients=1), 5, 5),
        ("beijing-health", Setting(mode=ReleaseMode.CONTROLLED, recipients=1, environment=Decimal("0.8")), 7, 7),
        ("tc609-guide", CONTROLLED, 50, 50),
        ("tc609-evaluation", CONTROLLED, 50, 50),
    ],
)
def test_class_size_that_a_verdict_asks_for(rule, setting, least, sure):
    aim = aim_of(RULES[rule], setting)
    assert (aim.least, aim.sure) == (least, sure)
    for k in range(1, 60):
        met = aim.meets(Distribution.of([k] * 3))
        assert met is (k >= sure)


def test_large_classes_make_up_for_small_ones_in_an_average_and_not_below_the_least():
    aim = aim_of(RULES["gbt-42460"], CONTROLLED)
    assert aim.meets(Distribution.of([5, 100, 100]))
    assert not aim.meets(Distribution.of([5, 5, 6]))
    assert not aim.meets(Distribution.of([4, *[1000] * 99]))


def test_drafts_ask_for_values_and_closeness_too():
    guide, evaluation = (aim_of(RULES[name], CONTROLLED) for name in ("tc609-guide", "tc609-evaluation"))
    assert (guide.l, guide.t) == (5, Decimal("0.05"))
    assert (evaluation.l, evaluation.t) == (5, None)
    low = Setting(mode=ReleaseMode.ENCLAVE, scenario_risk="low", secure="enhanced")
    assert aim_of(RULES["tc609-evaluation"], low).least == 10  # partial: k 5, but an average of 0.10


def test_a_list_of_identifiers_asks_nothing_of_classes():
    assert aim_of(RULES["hipaa-safe-harbor"], PUBLIC) is None


def test_joined_aims_ask_for_the_stricter_of_both():
    one = Aim(least=5, sure=7, l=2, t=Decimal("0.3")).joined(Aim(least=6, sure=6, l=None, t=Decimal("0.2")))
    assert (one.least, one.sure, one.l, one.t) == (6, 7, 2, Decimal("0.2"))


def test_by_default_only_confirmed_standards_in_force_and_about_the_data():
    assert [rule.id for rule in default_rules(load_thresholds(), STAFF.items, CONTROLLED)] == ["gbt-42460"]
    assert [rule.id for rule in default_rules(load_thresholds(), HEALTH.items, CONTROLLED)] == [
        "gbt-42460",
        "gbt-39725",
    ]


def test_items_that_nobody_understands_may_be_health_data():
    unclear = inventory(item("a.csv!a#x", meaning="unknown", personal=None))
    assert "gbt-39725" in [rule.id for rule in default_rules(load_thresholds(), unclear.items, CONTROLLED)]
