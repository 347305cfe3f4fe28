"""Words of an aimed plan."""

from __future__ import annotations

from kouan.model.plan import Action
from kouan.model.text import Text

GOAL = Text(
    zh="目标（{by}）：{rules}；即每组{classes}；每表至多 {suppress} 的行可不出境",
    en="target ({by}): {rules}; so in every class {classes}; at most {suppress} of a table's rows may stay here",
)
DECLARED = Text(zh="填报文件声明", en="declared")
BY_DEFAULT = Text(
    zh="填报文件未指定结论，取现行有效且已核对（H、M）的标准",
    en="no verdict is named: the standards in force that were confirmed, H or M",
)
RULE = Text(
    zh="{standard} {clause}（{status}，把握 {grade}）", en="{standard}, {clause} ({status}, confidence {grade})"
)
NO_RULE = Text(zh="不含任何标准的结论", en="no standard's verdict")
FORCE = {
    "in_force": Text(zh="现行", en="in force"),
    "draft": Text(zh="草案", en="draft"),
    "probable": Text(zh="未见原文", en="text not seen"),
    "foreign": Text(zh="境外", en="foreign"),
}
CLASSES = Text(zh="不少于 {k} {unit}", en="at least {k} {unit}")
PERSONS, ROWS = Text(zh="人", en="persons"), Text(zh="行", en="rows")
EITHER = Text(zh="人（不知道是谁的行时为行）", en="persons (rows where it is not known whose they are)")
DIVERSE = Text(zh="每个敏感属性不少于 {l} 种值", en="at least {l} values of every sensitive attribute")
CLOSE = Text(zh="敏感属性分布与全表相差不过 {t}", en="sensitive values within {t} of the whole table's")
WITH = Text(zh="{first}，{second}", en="{first}, {second}")

CHOSEN = Text(
    zh="为达到目标由“{before}”改为“{after}”：若不改，有 {rows} 行（{share}）所在的组达不到“{classes}”",
    en="for the target, “{after}” instead of “{before}”: unchanged, {rows} rows ({share}) would stand in classes"
    " without “{classes}”",
)
LIGHTER = Text(
    zh="较轻一档“{step}”，达不到的有 {rows} 行（{share}）",
    en="the next lighter, “{step}”, would leave {rows} rows ({share}) so",
)
ELSEWHERE = Text(
    zh="也在限度之内，但与其他数据项合起来损失更大", en="within the limit too, but all items together would lose more"
)
ENOUGH = Text(
    zh="目标（每组{classes}）之下不必再粗", en="the target (in every class {classes}) asks for nothing coarser"
)
NEEDED_DROPPED = Text(
    zh="注意：填报文件列为所需（needed），为达到目标不出境；确不可少的，在 assessment.target.coarsest 中写明限度",
    en="note: the declaration lists it as needed, and for the target it stays here; if the purpose cannot do without"
    " it, set a limit in assessment.target.coarsest",
)

REACHED = Text(
    zh="{table}：预计达到。所在的组达不到要求的行由 {before}/{total} 降为 0（每组{classes}，实际最少 {smallest}），"
    "{suppressed} 行不出境，信息损失 {loss}（0 为不再处理，1 为全部去除），{proof}",
    en="{table}: expected to reach it. Rows in classes that fall short: {before} of {total} before, 0 after ({classes};"
    " the smallest has {smallest}); {suppressed} rows stay here; loss {loss} (0: nothing more is done, 1:"
    " nothing is left), {proof}",
)
PROVEN = Text(zh="在所比较的档次组合中已证明最小", en="proven the least among the combinations compared")
FIRST = Text(
    zh="按各组的平均风险须加大组，取首个达到的，未证明最小",
    en="the average of classes asks for larger ones: the first size that serves, not proven least",
)
GONE = Text(zh="  为此不出境的数据项：{items}", en="  items that stay here for it: {items}")
SHORT = Text(
    zh="{table}：达不到。各项都取所允许的最粗一档，仍有 {rows} 行（{share}）达不到“{classes}”",
    en="{table}: out of reach. With every item as coarse as it may become, {rows} rows ({share}) are still in classes"
    " without “{classes}”",
)
FREE = Text(
    zh="  放开“{name}”的限度（coarsest 或人改过的这一行）：余 {rows} 行",
    en="  freeing “{name}” (coarsest, or the line that a person wrote) leaves {rows} rows",
)
ALLOW = Text(zh="  或允许 {share} 的行不出境（suppress）", en="  or let {share} of the rows stay here (suppress)")
UNCHANGED = Text(
    zh="方案未朝目标改动；请调整限度、删去或降低目标后重做，否则放行前的风险结论仍为不符合",
    en="the plan was not changed towards the target: change the limits, or the target in the declaration, and plan"
    " again; as it is, the verdict will not be met",
)
BLOCKED = Text(
    zh="达不到：仍有 {count} 项直接标识符或自由文本（{items}）原样或部分保留，任何结论都不会符合；"
    "去除或换成假名后重做。方案未朝目标改动",
    en="out of reach: {count} direct identifiers or free texts stay in some form ({items}), and with them no verdict is"
    " met; drop them or make them pseudonyms and plan again. The plan was not changed towards the target",
)
IDLE = Text(
    zh="coarsest 中写的“{items}”不起作用：只有出境的准标识符才会为目标变粗，这些项不在其列",
    en="the limits that coarsest sets for {items} have no effect: only quasi-identifiers that leave are made coarser"
    " for a target, and these are none",
)

RARE = Text(
    zh="不足 {below} 人的值并为“{other}”（不知道是谁时按格计）",
    en="values of fewer than {below} persons (cells where nobody is named) become “{other}”",
)
MASKED = Text(zh="只留前 {start} 位、后 {end} 位", en="only the first {start} and last {end} characters")
AGES = Text(zh="{width} 岁一档，{top} 岁以上一档", en="bands of {width} years, {top} and over one")
BINS = Text(zh="每 {width} 一档", en="bins of {width}")
LEVEL = Text(zh="层级文件 {file} 第 {level} 级", en="level {level} of {file}")
UNITS = {
    "month": Text(zh="年月", en="month"),
    "quarter": Text(zh="季度", en="quarter"),
    "year": Text(zh="年份", en="year"),
    "five_years": Text(zh="五年一档", en="five years"),
    "ten_years": Text(zh="十年一档", en="ten years"),
    "city": Text(zh="省、市", en="city"),
    "province": Text(zh="省", en="province"),
    "id_province": Text(zh="省（身份证号前两位）", en="province of the ID number"),
    "rounded": Text(zh="取整", en="rounded"),
    "grid": Text(zh="网格", en="a grid"),
}
ACTIONS = {
    Action.KEEP: Text(zh="原样", en="as it is"),
    Action.DROP: Text(zh="不出境", en="left out"),
    Action.PSEUDONYM: Text(zh="假名", en="pseudonym"),
    Action.SHIFT: Text(zh="日期平移", en="dates moved"),
    Action.SCRUB: Text(zh="清除标识", en="scrubbed"),
    Action.NOISE: Text(zh="加噪", en="noise"),
    Action.MICROAGGREGATE: Text(zh="分组取均值", en="means of groups"),
    Action.REPLACE: Text(zh="按条件替换", en="replaced on a condition"),
    Action.GENERALISE: Text(zh="降低精度", en="coarser"),
    Action.MASK: Text(zh="遮蔽", en="masked"),
    Action.SUPPRESS: Text(zh="去除稀有值", en="rare values taken out"),
}
