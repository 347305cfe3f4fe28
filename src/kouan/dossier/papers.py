"""The papers that each pathway asks for, with the text that asks for them.

Sources: 数据出境安全评估申报指南（第三版）annex 1; 个人信息出境标准合同备案指南（第二版）part 3;
个人信息出境认证办法 Arts 5-8; PIPL Arts 39, 55, 56 for what is owed without any filing.
"""

from __future__ import annotations

from typing import Literal

from kouan.model.decision import Pathway, SourceRef
from kouan.model.release import Paper
from kouan.model.text import Text

ITEMS_FILE, PERSONS_FILE, SUMMARY_FILE = "items.csv", "persons.json", "persons.md"


def _source(key: str, title: Text, *, article: str, confidence: Literal["H", "M"], url: str) -> SourceRef:
    return SourceRef(instrument=key, title=title, article=article, url=url, confidence=confidence)


_GUIDE = Text(
    zh="数据出境安全评估申报指南（第三版）", en="Guide to Declaring Security Assessments of Data Exports, third edition"
)
_FILING = Text(
    zh="个人信息出境标准合同备案指南（第二版）",
    en="Guide to Filing Standard Contracts for Exporting Personal Information, second edition",
)
_ORDER_20 = Text(
    zh="个人信息出境认证办法", en="Measures for the Certification of Personal Information Exports (order 20)"
)
_PIPL = Text(zh="个人信息保护法", en="Personal Information Protection Law")
_URLS = {
    "G-SA3": "https://www.cac.gov.cn/2025-06/27/c_1752652339765002.htm",
    "G-SC2": "https://www.tjcac.gov.cn/wsfw/sjkj/grxxcjbzht/202408/t20240823_6705573.html",
    "O20": "https://www.cac.gov.cn/2025-10/17/c_1762449728720008.htm",
    "PIPL": "https://www.cac.gov.cn/2021-08/20/c_1631050028355286.htm",
}


def _guide(number: int) -> SourceRef:
    return _source("G-SA3", _GUIDE, article=f"annex 1({number})", confidence="M", url=_URLS["G-SA3"])


def _filing() -> SourceRef:
    return _source("G-SC2", _FILING, article="part 3(1)", confidence="H", url=_URLS["G-SC2"])


def _order20(article: str) -> SourceRef:
    return _source("O20", _ORDER_20, article=article, confidence="H", url=_URLS["O20"])


def _pipl(article: str) -> SourceRef:
    return _source("PIPL", _PIPL, article=article, confidence="H", url=_URLS["PIPL"])


_CREDIT_CODE = Text(
    zh="统一社会信用代码证件影印件（加盖公章）", en="Copy of the credit-code certificate, with company seal"
)
_LEGAL_REP = Text(
    zh="法定代表人身份证件影印件（加盖公章）", en="Copy of the legal representative's ID, with company seal"
)
_AGENT = Text(zh="经办人身份证件影印件（加盖公章）", en="Copy of the agent's ID, with company seal")
_POWER = Text(
    zh="经办人授权委托书（按附件2模板，原件）", en="Power of attorney for the agent (template of annex 2, original)"
)

_ASSESSMENT: tuple[tuple[str, Text, SourceRef, str | None], ...] = (
    ("credit-code", _CREDIT_CODE, _guide(1), None),
    ("legal-representative-id", _LEGAL_REP, _guide(2), None),
    ("agent-id", _AGENT, _guide(3), None),
    ("power-of-attorney", _POWER, _guide(4), None),
    (
        "declaration-form",
        Text(zh="数据出境安全评估申报表（附件3，含承诺）", en="Declaration form (annex 3, with the undertaking)"),
        _guide(5),
        None,
    ),
    (
        "legal-document",
        Text(
            zh="与境外接收方拟订立的合同或者其他法律文件（标出出境条款，以中文版为准）",
            en="Contract or other binding document to be concluded (export clauses marked; Chinese prevails)",
        ),
        _guide(6),
        None,
    ),
    (
        "self-assessment",
        Text(zh="数据出境风险自评估报告（附件4，申报前 3 个月内完成）", en="Self-assessment report (annex 4)"),
        _guide(7),
        None,
    ),
    (
        "item-list",
        Text(
            zh="自评估报告所附的出境数据项清单（按场景去重）",
            en="List of data items for the report, de-duplicated per scenario",
        ),
        _source("G-SA3", _GUIDE, article="annex 4", confidence="H", url=_URLS["G-SA3"]),
        ITEMS_FILE,
    ),
    (
        "person-numbers",
        Text(
            zh="自评估报告所列的出境自然人数量（去重，当年；未来 3 年预估由单位补充）",
            en="Persons for the report, de-duplicated, this year (the forecast of three years is yours to add)",
        ),
        _source("G-SA3", _GUIDE, article="annex 4", confidence="H", url=_URLS["G-SA3"]),
        SUMMARY_FILE,
    ),
    ("other", Text(zh="其他相关证明材料", en="Other supporting documents"), _guide(8), None),
)
_CONTRACT: tuple[tuple[str, Text, SourceRef, str | None], ...] = (
    ("credit-code", _CREDIT_CODE, _filing(), None),
    ("legal-representative-id", _LEGAL_REP, _filing(), None),
    ("agent-id", _AGENT, _filing(), None),
    ("power-of-attorney", _POWER, _filing(), None),
    ("undertaking", Text(zh="承诺书（附件3模板）", en="Undertaking (template of annex 3)"), _filing(), None),
    (
        "standard-contract",
        Text(
            zh="个人信息出境标准合同（严格按附件4范本订立）",
            en="Standard contract (strictly the model text of annex 4)",
        ),
        _filing(),
        None,
    ),
    (
        "impact-assessment",
        Text(
            zh="个人信息保护影响评估报告（附件5，备案前 3 个月内完成）",
            en="Impact assessment report (annex 5, done within 3 months before filing)",
        ),
        _filing(),
        None,
    ),
    (
        "kinds-and-scale",
        Text(
            zh="合同附录一所需的个人信息种类清单",
            en="List of the kinds of personal information for appendix 1 of the contract",
        ),
        _source("G-SC2", _FILING, article="annex 4", confidence="H", url=_URLS["G-SC2"]),
        ITEMS_FILE,
    ),
    (
        "scale",
        Text(zh="合同附录一所需的个人信息规模", en="Scale of the personal information for appendix 1 of the contract"),
        _source("G-SC2", _FILING, article="annex 4", confidence="H", url=_URLS["G-SC2"]),
        SUMMARY_FILE,
    ),
)
_CERTIFICATION: tuple[tuple[str, Text, SourceRef, str | None], ...] = (
    (
        "application",
        Text(
            zh="向专业认证机构提交的认证申请（格式以该机构要求为准）",
            en="Application to a professional certification body (in its form)",
        ),
        _order20("7"),
        None,
    ),
    (
        "notice-and-consent",
        Text(
            zh="告知以及取得单独同意的证明（依法不需同意的除外）",
            en="Proof of notice and separate consent (unless the law asks for none)",
        ),
        _order20("6"),
        None,
    ),
    (
        "impact-assessment",
        Text(
            zh="个人信息保护影响评估报告（六个重点事项）",
            en="Impact assessment report on the six points",
        ),
        _order20("6"),
        None,
    ),
    (
        "scope-items",
        Text(zh="认证范围内的出境数据项清单", en="List of the data items within the scope of the certificate"),
        _order20("6"),
        ITEMS_FILE,
    ),
    (
        "scope-persons",
        Text(zh="认证范围内的自然人数量（去重）", en="Persons within the scope of the certificate, de-duplicated"),
        _order20("5"),
        SUMMARY_FILE,
    ),
)
_EXEMPT: tuple[tuple[str, Text, SourceRef, str | None], ...] = (
    (
        "impact-assessment",
        Text(
            zh="个人信息保护影响评估报告和处理情况记录（留存至少三年，无须提交）",
            en="Impact assessment report and record (kept at least three years, not submitted)",
        ),
        _pipl("56"),
        None,
    ),
    (
        "notice",
        Text(
            zh="向个人告知境外接收方等事项的文本（留存备查）",
            en="Text of the notice to the persons (kept for inspection)",
        ),
        _pipl("39"),
        None,
    ),
    (
        "item-list",
        Text(zh="出境数据项清单（留存备查）", en="List of exported data items (kept for inspection)"),
        _pipl("56"),
        ITEMS_FILE,
    ),
    (
        "person-numbers",
        Text(zh="出境自然人数量（留存备查）", en="Persons exported (kept for inspection)"),
        _pipl("56"),
        SUMMARY_FILE,
    ),
)
_BY_PATHWAY = {
    Pathway.SECURITY_ASSESSMENT: _ASSESSMENT,
    Pathway.STANDARD_CONTRACT: _CONTRACT,
    Pathway.CERTIFICATION: _CERTIFICATION,
    Pathway.EXEMPT: _EXEMPT,
}


def papers_for(pathway: Pathway) -> tuple[Paper, ...]:
    """Return the papers of one pathway in the order of its guide; none where no procedure exists."""
    return tuple(
        Paper(id=f"{pathway.value}.{name}", label=label, pathway=pathway, ready=ready, source=source)
        for name, label, source, ready in _BY_PATHWAY.get(pathway, ())
    )
