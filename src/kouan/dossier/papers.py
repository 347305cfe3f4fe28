"""The papers that each pathway asks for, with the text that asks for them.

Sources: 数据出境安全评估申报指南（第三版）annexes 1, 3, 4; 个人信息出境标准合同备案指南（第二版）part 3 (its annexes
1-3 were not obtained, so nothing is claimed of seals or originals there); 个人信息出境认证办法 Arts 6, 7, 9, 10;
PIPL Arts 39, 55, 56 and 网络数据安全管理条例 Art 12 for what is owed without any filing.
"""

from __future__ import annotations

from typing import Literal

from kouan.model.decision import Pathway, SourceRef
from kouan.model.release import Paper
from kouan.model.text import Text

ITEMS_FILE, PERSONS_FILE, SUMMARY_FILE = "items.csv", "persons.json", "persons.md"
CONSENT_FILE = "consent.md"
_CONSENT = ("article-39", "notice-and-consent", "consent", "impact-assessment")


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
_ORDER_16 = Text(zh="促进和规范数据跨境流动规定", en="Provisions on Promoting and Regulating Cross-border Data Flows")
_NDSR = Text(zh="网络数据安全管理条例", en="Regulations on Network Data Security")
_PIPL = Text(zh="个人信息保护法", en="Personal Information Protection Law")
_URLS = {
    "G-SA3": "https://www.cac.gov.cn/2025-06/27/c_1752652339765002.htm",
    "G-SC2": "https://www.tjcac.gov.cn/wsfw/sjkj/grxxcjbzht/202408/t20240823_6705573.html",
    "O20": "https://www.cac.gov.cn/2025-10/17/c_1762449728720008.htm",
    "O16": "https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm",
    "NDSR": "https://www.cac.gov.cn/2024-09/30/c_1729384452307680.htm",
    "PIPL": "https://www.cac.gov.cn/2021-08/20/c_1631050028355286.htm",
}


def _guide(article: str) -> SourceRef:
    return _source("G-SA3", _GUIDE, article=article, confidence="M", url=_URLS["G-SA3"])


def _filing(article: str = "part 3(1)") -> SourceRef:
    return _source("G-SC2", _FILING, article=article, confidence="M", url=_URLS["G-SC2"])


def _order20(article: str, confidence: Literal["H", "M"] = "H") -> SourceRef:
    return _source("O20", _ORDER_20, article=article, confidence=confidence, url=_URLS["O20"])


def _pipl(article: str, confidence: Literal["H", "M"] = "H") -> SourceRef:
    return _source("PIPL", _PIPL, article=article, confidence=confidence, url=_URLS["PIPL"])


_AGENT_POWER = Text(zh="经办人授权委托书（模板见附件2）", en="Power of attorney for the agent (template of annex 2)")
_Row = tuple[str, Text, SourceRef, str | None]

_ASSESSMENT: tuple[_Row, ...] = (
    (
        "credit-code",
        Text(zh="统一社会信用代码证件影印件（加盖公章）", en="Copy of the credit-code certificate, with company seal"),
        _guide("annex 1(1)"),
        None,
    ),
    (
        "legal-representative-id",
        Text(zh="法定代表人身份证件影印件（加盖公章）", en="Copy of the legal representative's ID, with company seal"),
        _guide("annex 1(2)"),
        None,
    ),
    (
        "agent-id",
        Text(zh="经办人身份证件影印件（加盖公章）", en="Copy of the agent's ID, with company seal"),
        _guide("annex 1(3)"),
        None,
    ),
    ("power-of-attorney", _AGENT_POWER, _guide("annex 1(4)"), None),
    (
        "declaration-form",
        Text(
            zh="数据出境安全评估申报表（模板见附件3，含承诺；使用中文填写）",
            en="Declaration form (annex 3, with the undertaking; in Chinese)",
        ),
        _guide("annex 1(5)"),
        None,
    ),
    (
        "legal-document",
        Text(
            zh="与境外接收方拟订立的数据出境相关合同或者其他具有法律效力的文件"
            "（出境条款作显著标识；以中文版本为准，仅有非中文版本的附准确中文译本）",
            en="Contract or other binding document to be concluded with the recipient (export clauses clearly marked;"
            " the Chinese version prevails; with an accurate Chinese translation where there is none)",
        ),
        _guide("annex 1(6)"),
        None,
    ),
    (
        "self-assessment",
        Text(
            zh="数据出境风险自评估报告（模板见附件4，申报前3个月内完成，使用中文撰写）",
            en="Self-assessment report (annex 4, completed within 3 months before the declaration, in Chinese)",
        ),
        _guide("annex 1(7)"),
        None,
    ),
    (
        "article-39",
        Text(
            zh="履行《个人信息保护法》第三十九条的情况说明及佐证材料"
            "（告知；单独同意，属于第十三条第一款第二项至第七项的除外）",
            en="Statement and proof under PIPL Art 39 (notice; separate consent unless Art 13(1)(2)-(7) applies)",
        ),
        _guide("annex 4"),
        None,
    ),
    (
        "item-list",
        Text(
            zh="自评估报告所附的出境数据项清单（同一场景下去重）",
            en="List of data items for the report, de-duplicated per scenario",
        ),
        _guide("annex 4"),
        ITEMS_FILE,
    ),
    (
        "person-numbers",
        Text(
            zh="自评估报告所列的当年出境自然人数量（去重；未来3年预估由单位补充）",
            en="Persons for the report, de-duplicated, this year (the forecast of three years is yours to add)",
        ),
        _guide("annex 4"),
        SUMMARY_FILE,
    ),
    ("other", Text(zh="其他相关证明材料", en="Other supporting documents"), _guide("annex 1(8)"), None),
)
_CONTRACT: tuple[_Row, ...] = (
    (
        "credit-code",
        Text(
            zh="统一社会信用代码证件影印件（盖章等要求见备案指南附件1）",
            en="Copy of the credit-code certificate (seals: see annex 1 of the guide)",
        ),
        _filing(),
        None,
    ),
    (
        "legal-representative-id",
        Text(
            zh="法定代表人身份证件影印件（盖章等要求见备案指南附件1）",
            en="Copy of the legal representative's ID (seals: see annex 1 of the guide)",
        ),
        _filing(),
        None,
    ),
    (
        "agent-id",
        Text(
            zh="经办人身份证件影印件（盖章等要求见备案指南附件1）",
            en="Copy of the agent's ID (seals: see annex 1 of the guide)",
        ),
        _filing(),
        None,
    ),
    ("power-of-attorney", _AGENT_POWER, _filing(), None),
    ("undertaking", Text(zh="承诺书（模板见附件3）", en="Undertaking (template of annex 3)"), _filing(), None),
    (
        "standard-contract",
        Text(
            zh="个人信息出境标准合同（严格按照附件4范本订立）",
            en="Standard contract (strictly the model text of annex 4)",
        ),
        _filing(),
        None,
    ),
    (
        "impact-assessment",
        Text(
            zh="个人信息保护影响评估报告（模板见附件5，备案前3个月内完成）",
            en="Impact assessment report (annex 5, completed within 3 months before filing)",
        ),
        _filing(),
        None,
    ),
    (
        "kinds-and-scale",
        Text(
            zh="合同附录一第四项、第五项所需的个人信息种类、敏感个人信息种类清单",
            en="List of the kinds of personal and of sensitive personal information for items 4 and 5 of appendix 1 of"
            " the contract",
        ),
        _filing("annex 4"),
        ITEMS_FILE,
    ),
    (
        "scale",
        Text(
            zh="合同附录一第三项所需的个人信息规模",
            en="Scale of the personal information for item 3 of appendix 1 of the contract",
        ),
        _filing("annex 4"),
        SUMMARY_FILE,
    ),
)
_CERTIFICATION: tuple[_Row, ...] = (
    (
        "application",
        Text(
            zh="向专业认证机构提交的个人信息出境认证申请（以认证机构要求为准）",
            en="Application to a professional certification body (as the body requires)",
        ),
        _order20("7"),
        None,
    ),
    (
        "notice-and-consent",
        Text(
            zh="告知以及取得单独同意的证明材料，依法不需取得同意的除外（以认证机构要求为准）",
            en="Proof of notice and separate consent, unless the law asks for none (as the body requires)",
        ),
        _order20("6"),
        None,
    ),
    (
        "impact-assessment",
        Text(
            zh="个人信息保护影响评估报告，含六项重点评估内容（以认证机构要求为准）",
            en="Impact assessment report with the six points (as the body requires)",
        ),
        _order20("6"),
        None,
    ),
    (
        "scope-items",
        Text(
            zh="认证范围内的出境数据项清单（以认证机构要求为准）",
            en="List of the data items within the scope of the certificate (as the body requires)",
        ),
        _order20("9, 10", "M"),
        ITEMS_FILE,
    ),
    (
        "scope-persons",
        Text(
            zh="认证范围内的自然人数量，去重（以认证机构要求为准）",
            en="Persons within the scope of the certificate, de-duplicated (as the body requires)",
        ),
        _order20("9, 10", "M"),
        SUMMARY_FILE,
    ),
)
_EXEMPT: tuple[_Row, ...] = (
    (
        "proof",
        Text(
            zh="免予办理所依据情形的证明材料"
            "（如劳动规章制度、集体合同、必要性说明；个人为一方的合同；负面清单比对记录）",
            en="Proof of the exemption (labour rules, collective contract, necessity; the individual's contract;"
            " comparison with the list)",
        ),
        _source("O16", _ORDER_16, article="3-6", confidence="M", url=_URLS["O16"]),
        None,
    ),
    (
        "impact-assessment",
        Text(
            zh="个人信息保护影响评估报告和处理情况记录（至少保存三年，无须提交）",
            en="Impact assessment report and record (kept at least three years, not submitted)",
        ),
        _pipl("56(2)"),
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
        "consent",
        Text(
            zh="基于同意的，取得单独同意的证明材料（留存备查）",
            en="Proof of separate consent where consent is the ground (kept for inspection)",
        ),
        _pipl("39"),
        None,
    ),
    (
        "agreement",
        Text(
            zh="与境外接收方约定处理目的、方式、范围和安全保护义务的合同等，以及提供记录（至少保存3年）",
            en="Agreement with the recipient on purpose, manner, scope and security duties, and records of what was"
            " provided (at least 3 years)",
        ),
        _source("NDSR", _NDSR, article="12(1)", confidence="H", url=_URLS["NDSR"]),
        None,
    ),
    (
        "item-list",
        Text(
            zh="出境数据项清单（作为处理情况记录的一部分，留存备查）",
            en="List of exported data items (as part of the record, kept for inspection)",
        ),
        _pipl("56(2)", "M"),
        ITEMS_FILE,
    ),
    (
        "person-numbers",
        Text(
            zh="出境自然人数量（作为处理情况记录的一部分，留存备查）",
            en="Persons exported (as part of the record, kept for inspection)",
        ),
        _pipl("56(2)", "M"),
        SUMMARY_FILE,
    ),
)
_BY_PATHWAY = {
    Pathway.SECURITY_ASSESSMENT: _ASSESSMENT,
    Pathway.STANDARD_CONTRACT: _CONTRACT,
    Pathway.CERTIFICATION: _CERTIFICATION,
    Pathway.EXEMPT: _EXEMPT,
}


def papers_for(pathway: Pathway, *, consented: bool = False) -> tuple[Paper, ...]:
    """Return the papers of one pathway in the order of its guide; none where no procedure exists.

    Args:
        pathway: the pathway.
        consented: whether a ledger of consents was compared: its summary then stands beside what proves consent.
    """
    papers = tuple(
        Paper(id=f"{pathway.value}.{name}", label=label, pathway=pathway, ready=ready, source=source)
        for name, label, source, ready in _BY_PATHWAY.get(pathway, ())
    )
    if not consented:
        return papers
    proof = next((paper for paper in papers if paper.id.rpartition(".")[2] in _CONSENT), None)
    return papers if proof is None else (*papers, _summary(proof))


def _summary(proof: Paper) -> Paper:
    """Return the summary of the ledger, under the text that asks for the proof of consent."""
    label = Text(
        zh="单独同意情况汇总（由同意台账逐人核对得出，作为佐证材料的附件）",
        en="Summary of separate consents (compared person by person with the ledger), annexed to that proof",
    )
    return Paper(
        id=f"{proof.pathway.value}.consent-summary",
        label=label,
        pathway=proof.pathway,
        ready=CONSENT_FILE,
        source=proof.source,
    )
