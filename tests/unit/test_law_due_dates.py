"""When the duties of a decision are due."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.law import decide
from kouan.law.deadlines import clocks_on, due_dates
from kouan.model.decision import Pathway
from kouan.model.errors import KouanError
from kouan.packs import load_calendar, load_packs
from tests.unit.test_law_deciding import FLAGS, HEAD, REST, facts

CLOCKS = """\
clocks:
  - id: filing
    article: "1"
    label: {zh: 备案, en: filing}
    starts: contract.effective
    starts_label: {zh: 合同生效, en: the contract takes effect}
    amount: 10
    unit: working_day
    who: {zh: 数据处理者, en: the exporter}
    in_force: {from: 2024-03-22}
    source: {instrument: T, confidence: H}
"""
DUTY = """\
  - id: %s
    article: "1"
    label: {zh: 义务, en: duty}
    detail: {zh: 义务, en: duty}
    in_force: {from: 2024-03-22}
    source: {instrument: T, confidence: H}
"""


def test_a_duty_is_due_once_the_day_of_its_event_is_known(tmp_path) -> None:
    root = tmp_path / "packs"
    root.mkdir()
    files = {
        "pack.yaml": HEAD,
        "vocabulary.yaml": FLAGS,
        "rules.yaml": "rules:\n" + REST,
        "clocks.yaml": CLOCKS,
        "duties.yaml": "duties:\n"
        + DUTY % "plain"
        + DUTY % "file"
        + "    clock: filing\n"
        + DUTY % "assess"
        + "    clock: filing\n    pathways: security_assessment\n",
    }
    for name, text in files.items():
        (root / name).write_text(text, "utf-8")
    packs, calendar = load_packs(root), load_calendar()
    decision = decide(facts({"x.a": False}), packs)
    effective = {"contract.effective": dt.date(2026, 9, 28)}
    found = due_dates(decision, packs, calendar, events=effective, pathway=Pathway.NOT_REGULATED)
    # 29 and 30 September, 8 to 10 October (Saturday 10 is worked), 12 to 16 October.
    assert [(one.duty, one.deadline and one.deadline.due) for one in found] == [("file", dt.date(2026, 10, 16))]
    waiting = due_dates(decision, packs, calendar, events={})
    assert {one.deadline for one in waiting} == {None}
    assert waiting[0].starts_label.en == "the contract takes effect"
    assert [clock.id for clock in clocks_on(packs, dt.date(2024, 3, 22))] == ["filing"]
    assert clocks_on(packs, dt.date(2024, 3, 21)) == ()
    with pytest.raises(KouanError) as caught:
        clocks_on(packs, dt.date(2024, 3, 22), "filling")
    assert (caught.value.code, "(filing?)" in caught.value.what.en) == ("K-LAW-031", True)
