"""Words of the verdicts."""

from __future__ import annotations

from kouan.model.text import Text, same

OUT_OF_SCOPE = Text(zh="不适用：本规定针对{about}。", en="Not applicable: it is about {about}.")
SCOPE_OPEN = Text(
    zh="是否适用尚不清楚（本规定针对{about}），此处按适用判断。",
    en="Whether it applies is not known (it is about {about}); it is judged as if it did.",
)
READ = Text(zh="依据：{read}。", en="Read: {read}.")
DIRECT = Text(
    zh="仍有 {count} 个直接标识符（{items}），其余数值没有意义。",
    en="{count} direct identifiers remain ({items}); the other numbers mean nothing.",
)
FREE_TEXT = Text(
    zh="但保留了自由文本（{items}），其中可能有未查出的标识符，须由人判断。",
    en="But free text is kept ({items}) and may hold identifiers that were not found: a person must judge.",
)
NO_RECORDS = Text(zh="没有记录。", en="There are no records.")
NONE = same("–")

R_A = Text(zh="R_a：风险高于 {tau} 的类所占比例", en="R_a: share of classes with a risk above {tau}")
R_B = Text(zh="R_b：最大类风险", en="R_b: largest class risk")
R_C = Text(zh="R_c：各类风险的平均（按类，不按记录）", en="R_c: average of class risks (over classes, not records)")
CONTEXT = Text(zh="情境概率", en="context probability")
OVERALL = Text(zh="整体风险 R", en="overall risk R")
GRADE = Text(zh="分级", en="grade")
GRADED = Text(zh="{grade} 级", en="grade {grade}")
GRADED_RISK = Text(zh="{grade} 级，R＝{risk}", en="grade {grade}, R = {risk}")
BELOW = Text(zh="低于 {bound}", en="below {bound}")
AT_MOST = Text(zh="不高于 {bound}", en="at most {bound}")
AT_LEAST = Text(zh="不少于 {bound}", en="at least {bound}")
ZERO = Text(zh="0（严格理解）", en="0 (read strictly)")

K = Text(zh="k（最小类）", en="k (smallest class)")
MORE_STRICT = Text(
    zh="“多于 {persons} 人”严格理解：k 不少于 {least}", en="“more than {persons}” read strictly: k ≥ {least}"
)
MORE_LOOSE = Text(zh="另一种理解：k 不少于 {least}", en="the other reading: k ≥ {least}")
MORE_THAN = Text(zh="多于 {persons} 人", en="more than {persons} persons")
MORE_PASS = Text(
    zh="取值组合相同的最少有 {k} 人，多于 {persons} 人。",
    en="At least {k} share every combination: more than {persons}.",
)
MORE_FAIL = Text(
    zh="“{entity}”中取值组合相同的最少只有 {k} 人，没有多于 {persons} 人。",
    en="In “{entity}” only {k} share some combination, which is not more than {persons}.",
)
MORE_EDGE = Text(zh="按另一种理解（不少于 {persons} 人）则符合。", en="Read as “at least {persons}” it would be met.")
ROWS_ARE_PERSONS = Text(
    zh="有的表没有人员编号，按一条记录一人计算；一人有多条记录的，实际人数更少。",
    en="A table has no subject key: each record counts as one person; where persons have several, they are fewer.",
)
PERSONS_OF_RAW = Text(
    zh="处理后没有人员编号的表，人数按处理前的编号逐行对应清点；没有处理前的数据，只能核对其上下限。",
    en="Where treatment left no subject key, persons were counted by that of the data before treatment, row by row; "
    "without those data only bounds of it can be checked.",
)

EMA_LABEL = Text(zh="最大识别概率（最小类 k＝{k}）", en="largest risk (smallest class k = {k})")
EMA_PASS = Text(zh="最大识别概率 {risk}，不高于 {bound}。", en="The largest risk is {risk}, not above {bound}.")
EMA_FAIL = Text(
    zh="“{entity}”的最大识别概率为 {risk}，高于 {bound}。", en="The largest risk is {risk} (“{entity}”), above {bound}."
)
OTHER_MODE = Text(
    zh="该阈值针对公开，此处不是公开，数值仅供对照。",
    en="The threshold is written for publication; this is none, and the number is for comparison.",
)

PRODUCT_A = Text(zh="A＝K×S×E", en="A = K × S × E")
PRODUCT_S = Text(zh="场景系数 S：{scenario}", en="scenario coefficient S: {scenario}")
PRODUCT_E = Text(zh="环境系数 E", en="environment coefficient E")
PRODUCT_K = Text(zh="K（最小类）", en="K (smallest class)")
PRODUCT_BOUND = Text(zh="A 不小于 1，即 K 不少于 {least}", en="A ≥ 1, which is K ≥ {least}")
PRODUCT_PASS = Text(zh="A＝{a}，达到 1。", en="A = {a}, which reaches 1.")
PRODUCT_FAIL = Text(
    zh="A＝{a}，未达到 1；“{entity}”的 K 须不少于 {least}，现为 {k}。",
    en="A = {a} does not reach 1: K of “{entity}” must be {least} and is {k}.",
)
PRODUCT_MISSING = Text(
    zh="有措施答为“否”而没有给出 E：E 可能小于 1，不能判断。",
    en="A measure is answered no and no E is given: E may be below 1, so it cannot be told.",
)
PRODUCT_DEFAULT = Text(
    zh="未给出 E，按默认值 {value} 计算；措施如何折算成 E，公开资料中没有查到，请由机构给出。",
    en="No E is given, {value} is taken. How measures become E was found nowhere: the institution has to give it.",
)
PRODUCT_STRICT = Text(
    zh="未给出接收方数目，按外部多方计算。",
    en="The number of recipients is not given: several outside parties are taken.",
)
MEASURE_TECHNICAL = Text(zh="技术措施：{label}", en="technical: {label}")
MEASURE_MANAGEMENT = Text(zh="管理措施：{label}", en="management: {label}")
YES, NO, UNANSWERED = Text(zh="是", en="yes"), Text(zh="否", en="no"), Text(zh="未答", en="not answered")

DEGREE = {
    "insufficient": Text(zh="不充分", en="insufficient"),
    "partial": Text(zh="部分处理", en="partial"),
    "adequate": Text(zh="充分处理", en="adequate"),
    "complete": Text(zh="完全处理", en="complete"),
}
SECURE = {
    "none": Text(zh="无", en="none"),
    "basic": Text(zh="基本", en="basic"),
    "enhanced": Text(zh="增强", en="enhanced"),
}
RISK = {"low": Text(zh="低风险", en="low risk"), "high": Text(zh="高风险", en="high risk")}
L = Text(zh="l（敏感值种类最少）", en="l (fewest distinct sensitive values)")
T = Text(zh="t（敏感值分布的最大差距）", en="t (largest distance of sensitive values)")
LARGEST = Text(zh="检察官风险（最大）", en="prosecutor risk, largest")
AVERAGE = Text(zh="检察官风险（平均）", en="prosecutor risk, average")
DEGREE_AT = Text(zh="{risk}场景下的处理程度：按模型参数", en="degree at {risk}: by model parameters")
DEGREE_RISK = Text(zh="{risk}场景下的处理程度：按风险指标", en="degree at {risk}: by risk measures")
DEGREE_STRICT = Text(zh="{risk}场景下的处理程度：从严（各方法都达到）", en="degree at {risk}: strict (all methods)")
DEGREE_LOOSE = Text(zh="{risk}场景下的处理程度：从宽（任一方法达到）", en="degree at {risk}: permissive (any method)")
DEGREE_ABSENCE = Text(
    zh="没有直接标识符、准标识符和假名，属于“完全处理”（无标识符）。",
    en="No direct identifier, quasi-identifier or pseudonym is left: complete by absence.",
)
DEGREE_PARAMETERS = Text(
    zh="按参数达到“完全处理”；数据中仍有准标识符，是否认可由主管部门决定。",
    en="Complete by parameters; quasi-identifiers remain, and whether that is accepted is for the authority.",
)
DEGREE_NEEDED = Text(zh="至少{degree}", en="at least {degree}")
DEGREE_REACHED = Text(
    zh="处理程度为{degree}，达到要求（{needed}）。", en="The degree is {degree}, which is enough ({needed})."
)
DEGREE_SHORT = Text(zh="处理程度为{degree}，要求{needed}。", en="The degree is {degree}; {needed} is asked for.")
DEGREE_SCENARIO = Text(
    zh="场景风险按{risk}（接收方在境外，草案未规定，由本软件从严取值）。",
    en="Scenario risk taken as {risk}: for recipients abroad the drafts say nothing, and we take the heavier.",
)
TABLE_REACHED = Text(
    zh="按草案的决策表和所作的回答，匿名化效果达到。",
    en="By the draft's decision table and the answers given, the effect is reached.",
)
TABLE_NOT = Text(
    zh="按决策表，{risk}、{degree}、安全计算能力{secure}：匿名化效果未达到。",
    en="By the decision table, {risk}, {degree} and secure computing {secure}: the effect is not reached.",
)
TABLE_OPEN = Text(
    zh="处理程度为{degree}；还须回答：{questions}。", en="The degree is {degree}; still to be answered: {questions}."
)
MANAGEMENT = Text(zh="管理措施到位", en="management measures in place")
BASIC_SECURITY = Text(zh="基本安全措施到位", en="basic security in place")
SECURE_LEVEL = Text(zh="安全计算能力", en="secure computing")
BASELINE_HOLDS = Text(zh="基线要求 B1 至 B8 均满足", en="baseline B1 to B8 holds")
BASELINE = Text(
    zh="B1 至 B8 中软件只判断 B4（直接标识符）；目的、最小必要、可逆性、影响评估等须由人确认。",
    en="Of B1 to B8 only B4 (direct identifiers) is judged here; purpose, minimum, reversibility and impact assessment"
    " are for people.",
)
LEAVES = Text(
    zh="文件离开受控环境，安全计算能力按“无”。", en="A file that leaves the environment has no secure computing."
)

HARBOUR_CLASS = Text(zh="（{letter}）{label}", en="({letter}) {label}")
HARBOUR_ABSENT = Text(zh="未发现", en="none found")
HARBOUR_LEFT = Text(zh="仍有：{items}", en="left: {items}")
HARBOUR_OPEN = Text(zh="须由人判断：{items}", en="for a person to judge: {items}")
HARBOUR_ALLOWED = Text(zh="允许保留：{items}", en="may stay: {items}")
HARBOUR_VALUE = Text(
    zh="{classes} 类中仍有 {failed} 类，{unknown} 类不能判断", en="{failed} of {classes} left, {unknown} cannot be told"
)
HARBOUR_BOUND = Text(zh="{classes} 类都已去除", en="all {classes} removed")
HARBOUR_PASS = Text(zh="清单上的各类都没有发现。", en="None of the classes of the list was found.")
HARBOUR_FAIL = Text(zh="仍有清单上的数据项：{items}。", en="Items of the list are left: {items}.")
HARBOUR_UNKNOWN = Text(
    zh="没有确定仍在的类，但有不能判断的：{items}。", en="No class is surely left, but some cannot be told: {items}."
)
HARBOUR_FLOOR = Text(
    zh="邮政编码前 {digits} 位可保留的前提是该区域人口多于 {floor}，须有人口表才能判断。",
    en="The first {digits} digits of a postcode may stay where more than {floor} persons live; that takes a table of"
    " population.",
)
HARBOUR_AGE = Text(
    zh="年龄是否并到 {oldest} 岁及以上，须核对。", en="Check that ages of {oldest} and over are one group."
)
HARBOUR_CODE = Text(
    zh="假名由原值带密钥计算；164.514(c) 不允许由个人信息推出的代码，须由人判断。",
    en="Pseudonyms are keyed functions of the values; 164.514(c) bars codes derived from information about the person:"
    " a person must judge.",
)
