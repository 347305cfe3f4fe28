"""Reasons of outcomes that are open: one sentence that names the open fact or the range and the threshold."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from kouan.law import decide
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.packs import load_packs

if TYPE_CHECKING:
    from kouan.model.decision import Decision

PACKS = load_packs()
NO = (
    "exporter.ciio", "data.important", "transfer.collected_abroad", "transfer.contract_party", "transfer.emergency",
    "hr.cross_border_management", "list.in_zone", "transfer.trade_activity",
)  # fmt: skip
NONE: dict[str, Any] = {"year_before.ordinary_persons": 0, "year_before.sensitive_persons": 0}


def decided(common: dict[str, Any], ordinary: Any, sensitive: Any, *, day: dt.date = dt.date(2026, 11, 22)) -> Decision:
    flow = {"flow.personal": True, "flow.ordinary_persons": ordinary, "flow.sensitive_persons": sensitive}
    return decide(
        FactSet(
            as_of=day,
            facts=_facts({**dict.fromkeys(NO, False), **NONE, **common}),
            flows=(FlowFacts(id="member", label=same("member"), facts=_facts(flow)),),
        ),
        PACKS,
    )


def _facts(values: dict[str, Any]) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            name=name,
            value=Range(lo=value[0], hi=value[1]) if isinstance(value, tuple) else value,
            source=FactSource.DECLARED,
        )
        for name, value in values.items()
    )


CASES = [
    (
        "one open fact",
        ({"exporter.ciio": None}, 10, 0),
        "尚未说明数据处理者是否为关键信息基础设施运营者：若是，应申报数据出境安全评估（第七条第一款第一项）。",
        (
            "It is open whether the exporter is a critical information infrastructure operator; if so, a security assessment"
            " must be declared (Art 7(1)(1))."
        ),
    ),
    (
        "one count about a threshold",
        ({}, 500_000, (5, 20_000)),
        "当年累计敏感个人信息出境人数为 5 至 20,000 人：若达到 1 万人，应申报数据出境安全评估（第七条第一款第二项）。",
        (
            "Persons exported this year with sensitive information: 5 to 20,000; if 10,000 or more, a security assessment"
            " must be declared (Art 7(1)(2))."
        ),
    ),
    (
        "two counts, either will do",
        ({}, (660_571, 1_200_000), (0, 539_429)),
        (
            "若当年累计不含敏感个人信息的出境人数（660,571 至 1,200,000 人）达到 100 万人，或者当年累计敏感个人信息出境人数"
            "（0 至 539,429 人）达到 1 万人，应申报数据出境安全评估（第七条第一款第二项）。"
        ),
        (
            "If persons exported this year, nothing sensitive (660,571 to 1,200,000) number 1,000,000 or more, or persons"
            " exported this year with sensitive information (0 to 539,429) number 10,000 or more, a security assessment must"
            " be declared (Art 7(1)(2))."
        ),
    ),
    (
        "a count or an open fact",
        ({"data.important": None}, 500_000, (5, 20_000)),
        (
            "若数据中包含重要数据，或者当年累计敏感个人信息出境人数（5 至 20,000 人）达到 1 万人，"
            "应申报数据出境安全评估（第七条第一款第二项）。"
        ),
        (
            "If the data include important data, or persons exported this year with sensitive information (5 to 20,000)"
            " number 10,000 or more, a security assessment must be declared (Art 7(1)(2))."
        ),
    ),
    (
        "nothing known of a count",
        ({"year_before.sensitive_persons": None}, 500_000, 0),
        "尚不清楚当年累计敏感个人信息出境人数：若达到 1 万人，应申报数据出境安全评估（第七条第一款第二项）。",
        (
            "Persons exported this year with sensitive information: not known; if 10,000 or more, a security assessment must"
            " be declared (Art 7(1)(2))."
        ),
    ),
]


@pytest.mark.parametrize(("given", "zh", "en"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_heaviest_outcome_says_what_would_bring_it(given: tuple[Any, ...], zh: str, en: str) -> None:
    reason = decided(*given).possible[-1].reason
    assert (reason.zh, reason.en) == (zh, en)


def test_a_lighter_outcome_names_what_must_not_apply() -> None:
    certain = decided({}, 500_000, (5, 20_000)).possible[0].reason.zh
    assert certain == (
        "当年累计敏感个人信息出境人数为 5 至 20,000 人：若不满 1 万人，因属“当年累计十万人以上、不满一百万人个人信息"
        "（不含敏感个人信息）”，应订立个人信息出境标准合同或者通过个人信息保护认证（第八条第一款）。"
    )
    open_ = decided({}, (660_571, 1_200_000), (0, 539_429)).possible[0].reason.zh
    assert open_ == (
        "当年累计不含敏感个人信息的出境人数为 660,571 至 1,200,000 人：若不满 100 万人，且不适用第七条第一款第二项，"
        "应订立个人信息出境标准合同或者通过个人信息保护认证（第八条第一款）。"
    )


def test_facts_that_must_meet_are_named_together_and_further_cases_by_article() -> None:
    hr = dict.fromkeys(("hr.cross_border_management", "hr.labour_rules", "hr.collective_contract", "hr.necessary"))
    zone = {"list.in_zone": None, "list.off_list": None, "list.formalities": True}
    decision = decided({**hr, **zone, "data.important": False}, 0, 5)
    assert [outcome.reason.zh for outcome in decision.possible] == [
        (
            "若数据处理者在已发布负面清单的自由贸易试验区内，且数据都在负面清单之外，"
            "免予申报、订立合同和认证（第六条第二款）；第五条第一款第二项的情形亦同。"
        ),
        (
            "是否适用第五条第一款第二项、第六条第二款尚未确定：若不适用，因属“当年累计不满一万人敏感个人信息”，"
            "应订立个人信息出境标准合同或者通过个人信息保护认证（第八条第一款）。"
        ),
    ]


def test_a_case_of_many_open_facts_is_named_as_a_whole() -> None:
    hr = dict.fromkeys(("hr.cross_border_management", "hr.labour_rules", "hr.collective_contract", "hr.necessary"))
    assert decided(hr, 0, 5).possible[0].reason.zh == (
        "是否属于“按照劳动规章制度和集体合同实施跨境人力资源管理，确需提供员工个人信息”，还有 5 项事实待定："
        "若属于，免予申报、订立合同和认证（第五条第一款第二项）。"
    )


def test_a_law_that_few_rules_of_the_day_cite_is_named_with_its_title() -> None:
    before = {"exporter.persons_handled": 5, "two_years_before.ordinary_persons": 0}
    common = {**before, "two_years_before.sensitive_persons": 0}
    contract, assessment = decided(common, (70_000, 120_000), 0, day=dt.date(2023, 7, 1)).possible
    assert "（《个人信息出境标准合同办法》第四条第一款）" in contract.reason.zh
    assert "（第四条第三项）" in assessment.reason.zh


def test_every_reason_stays_short_when_nothing_is_known() -> None:
    for common in ({}, dict.fromkeys(NO), dict.fromkeys((*NO, *NONE))):
        for counts in ((0, 0), ((0, 2_000_000), (0, 2_000_000)), (None, None)):
            for outcome in decided(common, *counts).possible:
                assert len(outcome.reason.zh) <= 120
                assert outcome.reason.zh.count("。") == 1
                assert outcome.reason.en.endswith(".")
                assert outcome.reason.en[0].isupper()
