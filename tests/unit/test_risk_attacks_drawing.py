"""Rows of a large table are drawn with all who look the same, each with about the same chance."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from kouan.risk.attacks import Inference, inference, make_space
from kouan.risk.attacks.drawing import draw_classes


def drawn(columns, most, seed=1):
    return draw_classes(columns, most, np.random.default_rng(seed))


def test_classes_come_whole_but_for_the_last():
    city = np.repeat(np.arange(400), 10)
    place = np.random.default_rng(2).permutation(len(city))
    found = drawn(pa.table({"city": city[place]}), 2005)
    assert len(found) == len(set(found.tolist())) == 2005
    assert (np.diff(found) > 0).all()
    sizes = np.bincount(city[place][found], minlength=400)
    assert sorted(np.unique(sizes)) == [0, 5, 10]
    assert (sizes == 5).sum() == 1


def test_empty_cells_are_a_value_and_every_row_has_about_the_same_chance():
    names = [None] * 3000 + [f"v{at}" for at in range(1000)]
    columns = pa.table({"a": names})
    found = [drawn(columns, 400, seed) for seed in range(300)]
    share = np.bincount(np.concatenate(found), minlength=4000) / 300
    assert share[:3000].mean() == pytest.approx(0.1, abs=0.015)
    assert share[3000:].mean() == pytest.approx(0.1, abs=0.03)


def test_a_draw_of_classes_infers_no_more_than_the_whole_and_one_of_rows_does():
    rng = np.random.default_rng(5)
    group, wage = rng.permutation(np.repeat(np.arange(2000), 10)), rng.integers(0, 4, 20_000)
    table = pa.table({"group": [f"g{one}" for one in group], "wage": [f"w{one}" for one in wage]})

    def worked(places):
        space = make_space(table.take(places), table.take(places))
        return float(inference(space, "wage", options=Inference(500, 1)).main.rate)

    whole = worked(np.arange(20_000))
    classes = worked(drawn(table.select(["group"]), 1000))
    rows = worked(rng.choice(20_000, 1000, replace=False))
    assert whole == pytest.approx(0.325, abs=0.06)  # himself one time in ten, else one of four wages
    assert classes == pytest.approx(whole, abs=0.09)
    assert rows > 0.65
