"""Words of the certificate of effect."""

from __future__ import annotations

from kouan.model.certificate import Effect
from kouan.model.text import Text

TITLE = Text(zh="匿名化效果评估证书", en="Certificate of effect of anonymisation")
CONCLUSION = Text(zh="结论", en="Conclusion")
GATES = Text(zh="各项要求", en="Requirements")
ITEMS = Text(zh="数据项与处理", en="Items and their treatment")
RISK = Text(zh="风险计算（处理后）", en="Risk of the treated data")
VERDICTS = Text(zh="各标准的判定", en="What each standard says")
UTILITY = Text(zh="处理后还能说明什么", en="What the treated data can still tell")
TEAM = Text(zh="评估组与批准", en="Team and approval")
MISSING = Text(zh="本证书未包含的内容", en="What this certificate does not hold")
RENEWALS = Text(zh="出现下列情形须重新评估", en="The evaluation is made anew when")
DIGESTS = Text(zh="所依据的文件", en="Documents it rests on")
NUMBER = Text(zh="证书编号", en="Number")
TRANSFER = Text(zh="数据出境活动", en="Transfer")
EXPORTER = Text(zh="数据处理者", en="Exporter")
RECIPIENTS = Text(zh="境外接收方", en="Recipients abroad")
PURPOSE = Text(zh="目的", en="Purpose")
ISSUED = Text(zh="出具时间", en="Issued")
VALID = Text(zh="有效期至", en="Valid to")
CLEARANCE = Text(zh="办理文件夹（清单摘要）", en="Clearance folder (digest of its manifest)")
TOOL = Text(zh="软件", en="Software")
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
MARKETER = Text(zh="营销者风险", en="Marketer risk")
STANDING = Text(zh="效力与可信度", en="Standing and confidence")
VALUE = Text(zh="数值", en="Value")
THRESHOLD = Text(zh="阈值", en="Threshold")
KEPT = Text(zh="保留的信息", en="Information kept")
DISTINCT = Text(zh="不同值", en="Distinct values")
EMPTIED = Text(zh="新变为空", en="Newly empty")
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
