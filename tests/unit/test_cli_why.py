"""The trace on a terminal."""

from __future__ import annotations

import io
import re
from functools import partial

import pytest
from rich.console import Console

from kouan.cli.show import show_decision
from kouan.cli.show_next import show_next
from kouan.cli.why import show_why
from kouan.model.decision import Pathway
from tests.unit.test_dossier_grouping import paper, trigger
from tests.unit.test_law_changing import PACKS, decided

HAN = re.compile(r"[\u4e00-\u9fff]")


def printed(show, *arguments):
    out = Console(file=io.StringIO(), width=400, highlight=False)
    show(out, *arguments)
    return out.file.getvalue()


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            (
                "还差：有依法签订的集体合同",
                "还差：当年累计敏感个人信息出境人数 ≥ 10,000（已知 9,990）",
                "假如：当年累计敏感个人信息出境人数 ≥ 10,000（已知 9,990） → 申报数据出境安全评估（《促进和规范数据跨境流动规定》第七条第一款第二项）",
                "条规则相差较远，不成立",
            ),
        ),
        (
            "en",
            (
                "missing: a collective contract was lawfully concluded",
                "If: persons exported this year with sensitive information ≥ 10,000 (known: 9,990) → ",
                "more rules fail by far",
            ),
        ),
    ],
)
def test_what_is_missing_and_what_would_change_it(lang, lines):
    said = printed(show_why, decided(), PACKS, lang)
    for line in lines:
        assert line in said
    if lang == "en":
        assert not HAN.search(said.replace("员工", ""))


def test_the_nearest_change_stands_first():
    said = printed(show_why, decided(), PACKS, "zh")
    changes = [line for line in said.splitlines() if "假如" in line]
    assert "≥ 10,000" in changes[0]


def test_what_is_set_aside_names_what_prevails_and_why():
    said = printed(show_why, decided(hr__collective_contract=True), PACKS, "zh")
    assert "条件成立，但不适用 · 当年累计不满一万人敏感个人信息" in said
    assert "优先适用：" in said
    assert "条文本身规定从其规定" in said


def test_open_points_papers_and_triggers_stand_in_the_decision():
    decision = decided().model_copy(update={"papers": (paper("一"),), "triggers": (trigger("一"),)})
    counted = printed(show_decision, decision, "zh")
    assert "材料：不论哪条路径 1\n" in counted
    assert "须重新办理的情形：1 种" in counted
    assert "材料一" not in counted
    said = printed(partial(show_decision, whole=True), decision, "zh")
    assert "须兼备 → 订立标准合同并备案或者通过个人信息出境认证（个人信息保护认证） [默认理解，此处采用]" in said
    assert "具备其一即可 → 免予办理（豁免）" in said
    assert "不论哪条路径" in said
    assert "材料一 · 盖章原件 — 《" in said
    assert "变化一 → 重新备案 — 《" in said


def test_what_comes_next_goes_on_from_the_answer():
    open_ = decided()
    said = printed(show_next, open_, "our transfer.yaml", "en")
    assert "kouan what-if 'our transfer.yaml'" in said
    light = decided(hr__collective_contract=True)
    assert light.options == (Pathway.EXEMPT,)
    assert "what-if" not in printed(show_next, light, "t.yaml", "en")
    assert ("--ask" in said) == bool(open_.questions)
