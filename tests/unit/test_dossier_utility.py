"""The report shows sector tables and models as a statistician reads them, and nothing that is not written."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from kouan.dossier.utility_view import touched
from kouan.model.decision import PackRef
from kouan.model.plan import Action
from kouan.model.prediction import Prediction, Score
from kouan.model.sectorresult import CheckCell, CheckResult
from kouan.model.text import Text, same
from kouan.model.utility import ItemUtility, TableUtility, Utility
from tests.documents import hr_case
from tests.pages import render


def score(rate, lo, hi):
    return Score(rate=Decimal(rate), lo=Decimal(lo), hi=Decimal(hi))


CHECK = CheckResult(
    check="ae-severity",
    sector=PackRef(id="cdisc-sdtm", version="1.0.0", sha256="sha256:" + "0" * 64),
    entity="ae.xpt!ae",
    label=Text(zh="不良事件", en="adverse events"),
    by=(Text(zh="组别", en="arm"), Text(zh="是否严重", en="serious")),
    unit="rows",
    outcome="differs",
    cells_before=4,
    cells_after=4,
    changed=2,
    lost=3,
    gained=1,
    total_before=1191,
    total_after=None,
    least=11,
    unwritten=2,
    cells=(
        CheckCell(key=("<A & B>", "<yes>"), before=40, after=37),
        CheckCell(key=("<empty>", "<no>"), before=12, after=None),
    ),
    statement=Text(zh="四格中两格不同", en="two of four cells differ"),
)
PREDICTION = Prediction(
    target="t.csv!t#y",
    chosen="derived",
    classes=2,
    rows=500,
    persons=400,
    features=("t.csv!t#x",),
    restating=("t.csv!t#code",),
    majority=score("0.75", "0.74", "0.76"),
    raw=score("0.81", "0.80", "0.82"),
    treated=score("0.79", "0.78", "0.80"),
    loss=score("0.021", "0.012", "0.03"),
    note=same("how"),
)
TABLE = TableUtility(
    entity="t.csv!t",
    rows_before=500,
    rows_after=500,
    read_before=500,
    read_after=500,
    items=(ItemUtility(item="t.csv!t#x", action=Action.KEEP, distinct_before=2, distinct_after=2, emptied=Decimal(0)),),
    prediction=PREDICTION,
)


@pytest.fixture(scope="module")
def page():
    return render(hr_case(), utility=Utility(tables=(TABLE,), checks=(CHECK,)))


def text(page, start, end):
    part = page[page.index(start) :]
    part = part[: part.index(end)]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", part))


def test_a_cell_that_differs_is_named_with_both_numbers_and_their_difference(page):
    shown = text(page, 'id="checks"', "t.csv!t")
    assert "two of four cells differ" in shown
    assert "&lt;A &amp; B&gt; 是 yes 40 37 -3" in shown
    assert "1,191 →" in shown


def test_items_left_as_they_were_are_folded_up_where_there_are_many():
    one = TABLE.items[0].model_copy(update={"kept": Decimal(1), "distance": Decimal(0)})
    many = tuple(one.model_copy(update={"item": f"t.csv!t#c{at}"}) for at in range(30))
    lost = many[7].model_copy(update={"emptied": Decimal("0.01")})
    for items, folded in ((many[:24], 0), (many, 30), ((*many[:7], lost, *many[8:]), 29)):
        read, same_ = touched(items)
        assert len(same_) == folded
        assert sorted([*read, *same_], key=lambda row: row.item) == sorted(items, key=lambda row: row.item)
    assert touched((*many[:7], lost, *many[8:]))[0] == [lost]
    page = render(hr_case(), utility=Utility(tables=(TABLE.model_copy(update={"items": many}),)))
    assert all(f"<code>c{at}</code>" in page for at in range(30))


def test_a_number_that_is_not_written_is_said_to_be_small(page):
    shown = text(page, 'id="checks"', "t.csv!t")
    assert "（空） (empty) 否 no 12 少于 11 人 under 11 persons –" in shown
    assert re.search(r"not shown: ?2", shown)


def test_the_model_stands_beside_the_commonest_value_with_intervals(page):
    shown = text(page, 'class="prediction"', "</section>")
    for part in ("75% 74%–76%", "81% 80%–82%", "79% 78%–80%", "2.1 个百分点 percentage points 1.2 … 3.0", "code"):
        assert part in shown, part
