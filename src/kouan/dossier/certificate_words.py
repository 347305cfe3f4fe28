"""Words of the certificate of effect."""

from __future__ import annotations

from kouan.model.certificate import Effect
from kouan.model.risk import Judgement
from kouan.model.text import Text

TITLE = Text(zh="匿名化效果评估证书", en="Certificate of effect of anonymisation")
GATES = Text(zh="各项要求", en="Requirements")
ITEMS = Text(zh="数据项与处理", en="Items and their treatment")
RISK = Text(zh="风险计算（处理后）", en="Risk of the treated data")
VERDICTS = Text(zh="各标准的判定", en="What each standard says")
UTILITY = Text(zh="处理后还能说明什么", en="What the treated data can still tell")
TEAM = Text(zh="评估组与批准", en="Team and approval")
MISSING = Text(zh="本证书未包含的内容", en="What this certificate does not hold")
RENEWALS = Text(zh="出现下列情形须重新评估", en="The evaluation is made anew when")
DIGESTS = Text(zh="所依据的文件", en="Documents it rests on")
TRANSFER = Text(zh="数据出境活动", en="Transfer")
PURPOSE = Text(zh="目的", en="Purpose")
ISSUED = Text(zh="出具时间", en="Issued")
CLEARANCE = Text(zh="办理文件夹（清单摘要）", en="Clearance folder (digest of its manifest)")
REQUIREMENT = Text(zh="要求", en="Requirement")
RESULT = Text(zh="结果", en="Result")
WHY = Text(zh="理由", en="Why")
SOURCE = Text(zh="依据", en="Source")
TABLE = Text(zh="表", en="Table")
ITEM = Text(zh="数据项", en="Item")
WHAT = Text(zh="含义与作用", en="What it is")
TREATMENT = Text(zh="处理", en="Treatment")
RECORDS = Text(zh="记录或个人", en="Records or persons")
CLASSES = Text(zh="等价类", en="Classes")
K = Text(zh="最小类 k", en="Smallest class k")
LARGEST = Text(zh="最大风险", en="Largest risk")
AVERAGE = Text(zh="平均风险（按记录）", en="Average risk (over records)")
R_C = Text(zh="R_c（按类平均）", en="R_c (over classes)")
STRICTER = Text(
    zh="更严的看法（{table}，不是标准的数值）：{told}。", en="A stricter view ({table}; no standard's figure): {told}."
)
MARKETER = Text(zh="营销者风险", en="Marketer risk")
STANDING = Text(zh="效力与可信度", en="Standing and confidence")
VALUE = Text(zh="数值", en="Value")
THRESHOLD = Text(zh="阈值", en="Threshold")
KEPT = Text(zh="保留的信息", en="Information kept")
DISTINCT = Text(zh="不同值", en="Distinct values")
EMPTIED = Text(zh="新变为空", en="Newly empty")
KEPT_ASIDE = Text(
    zh="另有 {count} 项原样保留，不单独用于识别个人，逐项见 certificate.json：{labels}。",
    en="{count} further items leave as they are and tell nobody apart by themselves (one by one in certificate.json):"
    " {labels}.",
)
FILES_ASIDE = Text(
    zh="另有处理后的数据文件 {count} 个，逐个摘要见 certificate.json 和办理文件夹的 manifest.json。",
    en="And {count} files of treated data: their digests are in certificate.json and in manifest.json of the folder.",
)
UNTOUCHED = Text(zh="另有 {count} 项与原始数据相同。", en="{count} further items are exactly as they were.")
CHECK = Text(zh="行业常用表", en="Table of the sector")
TARGET = Text(zh="预测目标", en="Predicted by a model")
BY_MAJORITY = Text(zh="总猜最多的一类", en="Commonest value")
BY_RAW = Text(zh="学习自原始数据", en="Learnt from raw data")
BY_TREATED = Text(zh="学习自处理后的数据", en="Learnt from treated data")
NAME = Text(zh="姓名", en="Name")
KIND = Text(zh="专业", en="Field")
ORGANISATION = Text(zh="单位", en="Organisation")
APPROVER = Text(zh="批准人", en="Approved by")
RESIDUAL = Text(zh="剩余风险", en="Residual risk")
DOCUMENT = Text(zh="文件", en="Document")
DIGEST = Text(zh="摘要", en="Digest")

EFFECT = {
    Effect.ANONYMISED: Text(zh="已匿名化（评估组的结论）", en="Anonymised (the team's finding)"),
    Effect.DE_IDENTIFIED: Text(
        zh="未匿名化，无直接标识符（仍是个人信息）", en="Not anonymised, no direct identifier (personal information)"
    ),
    Effect.OPEN: Text(zh="尚无结论（按个人信息对待）", en="Open (to be treated as personal information)"),
    Effect.NOT_REACHED: Text(zh="未达到去标识化", en="Not de-identified"),
}
FOLLOWS = {
    Effect.ANONYMISED: Text(
        zh="仅限下列用途、接收方、环境和措施；情形改变即失效",
        en="for the use, recipient, environment and measures below only; it ends when they change",
    ),
    Effect.DE_IDENTIFIED: Text(
        zh="向境外提供仍按个人信息办理：合规路径不因本证书变轻",
        en="it leaves as personal information: this certificate makes no pathway lighter",
    ),
    Effect.OPEN: Text(
        zh="有要求尚未确定：向境外提供按个人信息办理",
        en="requirements are open: it leaves as personal information",
    ),
    Effect.NOT_REACHED: Text(
        zh="仍有直接标识符或者不能排除：向境外提供按个人信息办理",
        en="direct identifiers remain or cannot be excluded: it leaves as personal information",
    ),
}
COUNTED = {
    Judgement.PASS: Text(zh="项要求满足", en="requirements met"),
    Judgement.FAIL: Text(zh="项不满足", en="not met"),
    Judgement.UNKNOWN: Text(zh="项未定", en="open"),
}
PARTIES = Text(zh="由谁向谁提供", en="From and to")
FROM_TO = Text(zh="{exporter} → {recipients}", en="{exporter} → {recipients}")
OTHERS = Text(zh="其他各方", en="Other parties")
MODE = Text(zh="共享方式", en="Mode of release")
VALIDITY = Text(zh="有效期", en="Valid")
PERIOD = Text(zh="{first}至{last}", en="{first} to {last}")
SMALLEST = Text(zh="处理后的数据", en="Treated data")
SMALL_CLASSES = Text(
    zh="{tables} 张表，{records} 条；取值组合相同的最少 {k} 条（k={k}）",
    en="{tables} tables, {records} records; the smallest group alike holds {k} (k={k})",
)
ATTACKED = Text(zh="攻击测试", en="Attacks")
AGAINST = Text(zh="为什么不能称为“匿名化”", en="Why it cannot be called anonymised")
NOTHING_AGAINST = Text(zh="全部要求满足，没有未定的事项。", en="All requirements are met; nothing is open.")
FURTHER = Text(zh="另有 {count} 项，见后页。", en="{count} more: see the following pages.")
HOW_TO_CHECK = Text(
    zh="核验：kouan certificates --check {number} --folder 办理文件夹（核对封存、复算数据和结论）。",
    en="To check: kouan certificates --check {number} --folder FOLDER (seals, data and conclusion, measured again).",
)
READING, TAKEN = "anonymised-proof", "certificate"
"""The open point on what a certificate proves, and the option that lets it count."""
RELIES = Text(zh="所依据的效果评估证书", en="Certificate of effect that is relied on")
RELIED = {
    False: Text(
        zh="只作佐证：没有文件赋予这样的证书效力，决定没有因它变轻。若按“证书”一种解读会怎样，见“有争议的理解”。",
        en="Supporting evidence only: no text gives such a certificate any standing, and the decision is no lighter for"
        " it. What it would come to under the other reading stands among the open points.",
    ),
    True: Text(
        zh="数据处理者采用了“证书”一种解读（把握 L）：按匿名化信息办理。没有文件规定监管部门接受这种主张，"
        "责任由数据处理者承担；放行时须由具名人员确认。",
        en="The exporter adopted the reading “certificate” (confidence L): the data are cleared as anonymised. No text"
        " says that an authority accepts this; the exporter bears the risk, and a named person attests at release.",
    ),
}
