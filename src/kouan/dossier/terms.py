"""What the documents' codes are called, for people."""

from __future__ import annotations

from kouan.model.attacks import Attack
from kouan.model.decision import ConditionKind, Pathway, Track, Truth
from kouan.model.declaration import Basis, PartyRole, ReleaseMode
from kouan.model.facts import FactSource
from kouan.model.inventory import SECRETS, IdentityRole, Tier
from kouan.model.necessity import ItemStanding, Standing
from kouan.model.plan import Action
from kouan.model.risk import Judgement
from kouan.model.text import Text, same

PATHWAY = {
    Pathway.NOT_REGULATED: Text(zh="无须办理出境手续", en="No export procedure"),
    Pathway.EXEMPT: Text(zh="免予办理（豁免）", en="Exempt"),
    Pathway.STANDARD_CONTRACT: Text(zh="订立标准合同并备案", en="Standard contract with filing"),
    Pathway.CERTIFICATION: Text(zh="通过个人信息出境认证（个人信息保护认证）", en="Certification"),
    Pathway.SECURITY_ASSESSMENT: Text(zh="申报数据出境安全评估", en="Security assessment"),
    Pathway.PROHIBITED: Text(zh="不得出境", en="Prohibited"),
}
PATHWAY_MEANS = {
    Pathway.NOT_REGULATED: Text(
        zh="不含个人信息和重要数据，无须申报数据出境安全评估、订立个人信息出境标准合同或者通过个人信息保护认证；"
        "数据安全保护义务（第16号令第十一条）及国家秘密、出口管制、行业管理等规定仍应遵守。",
        en="Neither personal information nor important data: no security assessment, standard contract or certification"
        " is needed; data security duties (order 16 Art 11) and the rules on secrets, export control and sectors still"
        " apply.",
    ),
    Pathway.EXEMPT: Text(
        zh="免予申报安全评估、订立标准合同、通过认证；告知、影响评估等义务仍须履行，基于同意的仍须取得单独同意。",
        en="No assessment, contract or certification; notice, impact assessment and the other duties still stand, and"
        " so does separate consent where consent is the ground.",
    ),
    Pathway.STANDARD_CONTRACT: Text(
        zh="按照国家网信部门制定的标准合同与境外接收方订立合同，生效后方可出境，"
        "并在生效之日起10个工作日内向所在地省级网信部门备案。",
        en="Conclude the standard contract made by the national CAC with the recipient; data may leave once it is in"
        " force; file it with the provincial CAC within 10 working days of effect.",
    ),
    Pathway.CERTIFICATION: Text(
        zh="向专业认证机构申请，取得证书后在证书范围内出境。",
        en="Apply to a professional body; data may leave within the scope of the certificate.",
    ),
    Pathway.SECURITY_ASSESSMENT: Text(
        zh="通过所在地省级网信部门向国家网信部门申报，评估通过后方可出境。",
        en="Declare to the national CAC through the provincial one; data may leave only after it is passed.",
    ),
    Pathway.PROHIBITED: Text(zh="法律不允许这次出境。", en="The law does not allow this transfer."),
}
NECESSITY = {
    Standing.PASSED: Text(zh="已说明", en="answered"),
    Standing.OPEN: Text(zh="尚待说明", en="open"),
    Standing.FAILED: Text(zh="不通过", en="failed"),
    Standing.NOT_JUDGED: Text(zh="未判断", en="not judged"),
}
ITEM_NECESSITY = {
    ItemStanding.NEEDED: Text(zh="需要", en="needed"),
    ItemStanding.NEEDED_IF: Text(zh="符合条件才需要", en="needed on a condition"),
    ItemStanding.JUSTIFIED: Text(zh="目的之外，有理由", en="outside, justified"),
    ItemStanding.UNJUSTIFIED: Text(zh="目的之外，没有理由", en="outside, not justified"),
    ItemStanding.UNKNOWN: Text(zh="含义不明", en="not understood"),
    ItemStanding.NOT_PERSONAL: Text(zh="非个人信息", en="not personal"),
}
TRUTH = {
    Truth.TRUE: Text(zh="成立", en="holds"),
    Truth.FALSE: Text(zh="不成立", en="does not hold"),
    Truth.UNKNOWN: Text(zh="未知", en="unknown"),
}
TRUTH_MARK = {Truth.TRUE: "✓", Truth.FALSE: "✕", Truth.UNKNOWN: "?"}
CONDITION = {
    ConditionKind.FILING_NUMBER: Text(zh="备案编号", en="Filing number"),
    ConditionKind.CONTRACT_IN_FORCE: Text(zh="合同生效", en="Contract in force"),
    ConditionKind.ASSESSMENT_PASSED: Text(zh="评估通过", en="Assessment passed"),
    ConditionKind.CERTIFICATE: Text(zh="认证证书", en="Certificate"),
    ConditionKind.NOTICE_GIVEN: Text(zh="告知", en="Notice"),
    ConditionKind.CONSENT: Text(zh="单独同意", en="Separate consent"),
    ConditionKind.PARENTAL_CONSENT: Text(zh="监护人同意", en="Guardian's consent"),
    ConditionKind.IMPACT_ASSESSMENT: Text(zh="影响评估", en="Impact assessment"),
    ConditionKind.STATEMENT: Text(zh="书面声明", en="Statement"),
    ConditionKind.PERMIT: Text(zh="行业许可或者备案", en="Permit or filing of the sector"),
    ConditionKind.ETHICS_REVIEW: Text(zh="伦理审查", en="Ethics review"),
}
TRACK = {
    Track.EXPORT: Text(zh="数据出境合规", en="Data export"),
    Track.SECTOR: Text(zh="行业业务合规", en="The sector"),
}
PARTY = {
    PartyRole.EXPORTER: Text(zh="数据处理者", en="Exporter"),
    PartyRole.PROCESSOR: Text(zh="受托处理者", en="Entrusted processor"),
    PartyRole.RECIPIENT: Text(zh="境外接收方", en="Recipient abroad"),
    PartyRole.ONWARD_RECIPIENT: Text(zh="境外再接收方", en="Onward recipient"),
}
MODE = {
    ReleaseMode.PUBLIC: Text(zh="完全公开共享", en="public release"),
    ReleaseMode.CONTROLLED: Text(zh="受控公开共享", en="controlled sharing"),
    ReleaseMode.ENCLAVE: Text(zh="领地公开共享", en="enclave"),
}
BASIS = {
    Basis.CONSENT: Text(zh="个人同意", en="consent"),
    Basis.CONTRACT: Text(zh="个人作为一方的合同", en="contract with the individual"),
    Basis.HR: Text(zh="人力资源管理", en="human-resources management"),
    Basis.LEGAL_DUTY: Text(zh="法定职责或者义务", en="legal duty"),
    Basis.EMERGENCY: Text(zh="紧急情况", en="emergency"),
    Basis.NEWS: Text(zh="新闻报道", en="news reporting"),
    Basis.PUBLIC_DATA: Text(zh="已公开的信息", en="public information"),
    Basis.OTHER_LAW: Text(zh="法律、行政法规规定的其他情形", en="another ground in a law or administrative regulation"),
}
FACT_SOURCE = {
    FactSource.DECLARED: Text(zh="填报", en="declared"),
    FactSource.OBSERVED: Text(zh="数据中观察到", en="observed in the data"),
    FactSource.METERED: Text(zh="计量", en="metered"),
    FactSource.DERIVED: Text(zh="推导", en="derived"),
}
IDENTITY = {
    IdentityRole.DIRECT: Text(zh="直接标识符", en="direct identifier"),
    IdentityRole.QUASI: Text(zh="准标识符", en="quasi-identifier"),
    IdentityRole.SENSITIVE: Text(zh="敏感属性", en="sensitive attribute"),
    IdentityRole.OTHER: Text(zh="其他", en="other"),
}
TIER = {
    Tier.CONFIRMED: Text(zh="确认", en="confirmed"),
    Tier.SUSPECTED: Text(zh="疑似", en="suspected"),
    Tier.REJECTED: Text(zh="排除", en="rejected"),
}
BY_PERSON = Text(zh="人工认定：{by} {on}", en="by {by}, {on}")
BY_DECLARATION = Text(zh="人工认定：填报文件", en="by the declaration")
ACTION = {
    Action.KEEP: Text(zh="原样保留", en="keep"),
    Action.DROP: Text(zh="不出境", en="drop"),
    Action.PSEUDONYM: Text(zh="假名化", en="pseudonymise"),
    Action.MASK: Text(zh="遮蔽", en="mask"),
    Action.GENERALISE: Text(zh="泛化", en="generalise"),
    Action.SHIFT: Text(zh="日期平移", en="shift dates"),
    Action.SCRUB: Text(zh="清除文中标识", en="scrub text"),
    Action.NOISE: Text(zh="加噪", en="add noise"),
    Action.MICROAGGREGATE: Text(zh="微聚集", en="microaggregate"),
    Action.SUPPRESS: Text(zh="抑制罕见值", en="suppress rare values"),
    Action.REPLACE: Text(zh="按条件替换", en="replace on a condition"),
}
ATTACK = {
    Attack.SINGLING_OUT_ONE: Text(zh="筛出（单列）", en="singling out, one column"),
    Attack.SINGLING_OUT: Text(zh="筛出（多列组合）", en="singling out, joint columns"),
    Attack.LINKABILITY: Text(zh="关联", en="linkability"),
    Attack.INFERENCE: Text(zh="推断", en="inference"),
    Attack.MEMBERSHIP: Text(zh="成员推断", en="membership"),
    Attack.DICTIONARY: Text(zh="假名：字典", en="pseudonyms, dictionary"),
    Attack.FREQUENCY: Text(zh="假名：频率", en="pseudonyms, frequency"),
}
SUBJECT = {
    "employee": Text(zh="员工", en="employees"),
    "child": Text(zh="子女", en="children"),
    "dependant": Text(zh="家属", en="dependants"),
    "spouse": Text(zh="配偶", en="spouses"),
    "parent": Text(zh="父母", en="parents"),
    "contact": Text(zh="联系人", en="contacts"),
    "emergency_contact": Text(zh="紧急联系人", en="emergency contacts"),
    "applicant": Text(zh="求职者", en="applicants"),
    "member": Text(zh="会员", en="members"),
    "customer": Text(zh="客户", en="customers"),
    "passenger": Text(zh="旅客", en="passengers"),
    "patient": Text(zh="患者", en="patients"),
    "reporter": Text(zh="报告人", en="reporters"),
    "sender": Text(zh="报告发送人", en="senders of reports"),
    "participant": Text(zh="受试者", en="trial subjects"),
    "investigator": Text(zh="研究者", en="investigators"),
    "practitioner": Text(zh="医务人员", en="practitioners"),
    "legal_representative": Text(zh="法定代表人", en="legal representatives"),
    "recipient": Text(zh="收件人", en="recipients"),
    "companion": Text(zh="同行或同住人", en="companions"),
    "insured": Text(zh="被保险人", en="insured persons"),
    "beneficiary": Text(zh="受益人", en="beneficiaries"),
    "guarantor": Text(zh="担保人", en="guarantors"),
    "referee": Text(zh="推荐人或证明人", en="referees"),
    "driver": Text(zh="驾驶员、配送员", en="drivers and couriers"),
    "agent": Text(zh="经办人员", en="staff who deal with it"),
    "teacher": Text(zh="教师", en="teachers"),
    "related": Text(zh="相关人员", en="related persons"),
    "person": Text(zh="个人", en="persons"),
}
GROUND = {
    "provision": Text(zh="条文本身规定从其规定", en="the text itself defers to it"),
    "delegation": Text(zh="上位法授权另行规定", en="a higher text leaves it to the other"),
    "rank": Text(zh="上位法优于下位法", en="the higher law prevails"),
    "speciality": Text(zh="特别规定优于一般规定", en="the special rule prevails"),
    "date": Text(zh="新的规定优于旧的规定", en="the later rule prevails"),
}
"""Why one rule prevails over another (立法法: rank, speciality, date; or the text itself)."""
DUTY_KIND = {
    "notice": Text(zh="告知", en="Notice"),
    "consent": Text(zh="同意", en="Consent"),
    "impact_assessment": Text(zh="个人信息保护影响评估", en="Impact assessment"),
    "contract": Text(zh="合同", en="Contract"),
    "filing": Text(zh="申报、备案", en="Declaration and filing"),
    "records": Text(zh="记录和保存", en="Records"),
    "audit": Text(zh="审计", en="Audit"),
    "risk_assessment": Text(zh="风险评估", en="Risk assessment"),
    "incident": Text(zh="安全事件", en="Incidents"),
    "security": Text(zh="安全措施", en="Security"),
    "rights": Text(zh="个人权利", en="Rights of individuals"),
    "organisation": Text(zh="机构和人员", en="Organisation"),
    "restriction": Text(zh="限制", en="Restrictions"),
    "other": Text(zh="其他", en="Other"),
}
"""Kinds of duties, in the order in which they are shown."""
CATEGORY = {
    "free_text": Text(zh="自由文本", en="free text"),
    "business": Text(zh="业务数据", en="business data"),
    SECRETS: Text(zh="商业秘密与代码", en="trade secrets and code"),
    "个人基本资料": Text(zh="个人基本资料", en="basic personal data"),
    "个人身份信息": Text(zh="个人身份信息", en="identity documents"),
    "个人生物识别信息": Text(zh="个人生物识别信息", en="biometrics"),
    "网络身份标识信息": Text(zh="网络身份标识信息", en="network identifiers"),
    "个人健康生理信息": Text(zh="个人健康生理信息", en="health"),
    "个人教育工作信息": Text(zh="个人教育工作信息", en="education and work"),
    "个人财产信息": Text(zh="个人财产信息", en="property"),
    "个人通信信息": Text(zh="个人通信信息", en="communications"),
    "联系人信息": Text(zh="联系人信息", en="contacts"),
    "个人上网记录": Text(zh="个人上网记录", en="online records"),
    "个人常用设备信息": Text(zh="个人常用设备信息", en="devices"),
    "个人位置信息": Text(zh="个人位置信息", en="location"),
    "其他信息": Text(zh="其他信息", en="other"),
}
CONFIDENCE = {
    "H": Text(zh="高：读过条文原文", en="high: the text itself was read"),
    "M": Text(zh="中：依据转述、解读或者第三方副本", en="medium: a digest, commentary or third-party copy"),
    "L": Text(zh="低：尚未得到印证", en="low: not confirmed by any source"),
}
OUTCOME = {
    Judgement.PASS: Text(zh="符合", en="met"),
    Judgement.FAIL: Text(zh="不符合", en="not met"),
    Judgement.UNKNOWN: Text(zh="不能判断", en="cannot tell"),
    Judgement.NOT_APPLICABLE: Text(zh="不适用", en="not applicable"),
}
OUTCOME_MARK = {Judgement.PASS: "✓", Judgement.FAIL: "✕", Judgement.UNKNOWN: "?", Judgement.NOT_APPLICABLE: "–"}
FORCE = {
    "in_force": Text(zh="现行", en="in force"),
    "draft": Text(zh="草案", en="draft"),
    "probable": Text(zh="未见原文", en="probable"),
    "foreign": Text(zh="境外", en="foreign"),
}
"""Standing of a rule by which identifiability is judged."""


def subject(role: str) -> Text:
    """Return what the persons of a subject role are called; an unknown role stays as written."""
    return SUBJECT.get(role, same(role))


def category(name: str) -> Text:
    """Return the name of a category in both languages; an unknown one stays as written."""
    return CATEGORY.get(name, same(name))


CHECK = {
    "unchanged": Text(zh="不变", en="unchanged"),
    "held": Text(zh="仅因未出境的记录而不同", en="differs by records that stayed here"),
    "differs": Text(zh="有差别", en="differs"),
    "lost": Text(zh="得不出", en="cannot be made"),
}
CELL = {
    "<empty>": Text(zh="（空）", en="(empty)"),
    "<yes>": Text(zh="是", en="yes"),
    "<no>": Text(zh="否", en="no"),
    "<agrees>": Text(zh="一致", en="agree"),
    "<differs>": Text(zh="不一致", en="disagree"),
    "<open>": Text(zh="推算不出", en="cannot be worked out"),
    "<other unit>": Text(zh="其他单位", en="another unit"),
}
"""Words in the cells of a sector's tables that are no values of the data."""
UNIT = {
    "rows": Text(zh="条", en="rows"),
    "persons": Text(zh="人（每格各计一次）", en="persons (once in each cell)"),
    "days": Text(zh="天", en="days"),
}
