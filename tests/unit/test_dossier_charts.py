from __future__ import annotations

import itertools
from decimal import Decimal

from kouan.dossier import charts
from tests.documents import hr_risk
from tests.documents_retail import retail_risk


def test_bars_are_as_high_as_their_share():
    staff = charts.tables(hr_risk())[0]
    top = charts.grid()[-1][1]
    base = charts.grid()[0][1]
    for one in staff.bins:
        for bar, share in zip(one.bars, (one.before, one.after), strict=True):
            assert abs(bar.height - share * (base - top)) <= Decimal("0.1")
            assert bar.y + bar.height == base


def test_shares_sum_to_one_and_labels_join_both_sides():
    table = charts.tables(retail_risk())[0]
    assert abs(sum(one.before for one in table.bins) - 1) < Decimal("0.0001")
    assert abs(sum(one.after for one in table.bins) - 1) < Decimal("0.0001")
    assert [one.label for one in table.bins] == ["1", "2", "3–5", "6–10", "11–20", "≥21"]


def test_bars_stay_inside_and_apart():
    for table in charts.tables(retail_risk()):
        bars = [bar for one in table.bins for bar in one.bars]
        for left, right in itertools.pairwise(bars):
            assert left.x + left.width <= right.x
        assert bars[-1].x + bars[-1].width <= charts.WIDTH


def test_a_dropped_table_is_gone():
    staff, children = charts.tables(hr_risk())
    assert not staff.gone
    assert children.gone
    assert children.measures[0].after is None
    assert all(len(one.bars) == 1 for one in children.bins)


def test_without_treatment_nothing_is_gone():
    report = hr_risk().model_copy(update={"after": None})
    assert [one.gone for one in charts.tables(report)] == [False, False]
    assert charts.tables(None) == ()


def test_attackers_with_one_risk_share_a_row_and_others_do_not():
    report = hr_risk()
    assert [row.key for row in charts.tables(report)[0].measures] == [
        "attack_max",
        "share_at_risk",
        "class_avg",
        "attack_avg",
    ]
    table = report.before.tables[0].model_copy(update={"journalist_max": Decimal("0.25")})
    apart = report.model_copy(update={"before": report.before.model_copy(update={"tables": (table,)})})
    keys = [row.key for row in charts.tables(apart)[0].measures]
    assert keys == ["prosecutor_max", "share_at_risk", "class_avg", "journalist_max", "attack_avg"]


def test_smallest_class():
    assert [charts.smallest_class(Decimal(tau)) for tau in ("0.05", "0.2", "0.333333", "0")] == [20, 5, 3, 0]
