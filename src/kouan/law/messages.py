"""Catalogue of errors of the law room."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

NO_LAW = Message(
    code="K-LAW-001",
    what=Text(zh="{day} 没有任何生效的规则", en="No rule is in force on {day}"),
    why=Text(
        zh="所用规则包只覆盖其规则生效以后的日期。",
        en="The packs in use cover only days on which their rules are in force.",
    ),
    fix=Text(zh="检查日期，或载入覆盖该日的规则包。", en="Check the day, or load packs that cover it."),
)
UNKNOWN_FACT = Message(
    code="K-LAW-002",
    what=Text(zh="词表里没有事实“{name}”{guess}", en="The vocabulary has no fact “{name}”{guess}"),
    why=Text(
        zh="写错的事实会被悄悄忽略，决定就可能出错。",
        en="A misspelt fact would be silently ignored and the decision could be wrong.",
    ),
    fix=Text(
        zh="改正名称；可用的事实见规则包的 vocabulary.yaml。",
        en="Correct the name; the packs' vocabulary.yaml lists all.",
    ),
)
WRONG_TYPE = Message(
    code="K-LAW-003",
    what=Text(zh="事实“{name}”应为 {type}", en="The fact “{name}” should be of type {type}"),
    why=Text(zh="类型不符的值无法与规则比较。", en="A value of another type cannot be compared with the rules."),
    fix=Text(
        zh="bool 填 true/false，count 填整数或范围，text 填文字，texts 填文字列表；不知道就填 unknown。",
        en="bool takes true or false, count a number or a range, text a word, texts a list; unknown if not known.",
    ),
)
TWICE = Message(
    code="K-LAW-004",
    what=Text(zh="事实“{name}”给了两次", en="The fact “{name}” is given twice"),
    why=Text(zh="两个值只能有一个作数。", en="Only one of the two values can count."),
    fix=Text(zh="只保留一个；不一致的列入 conflicts。", en="Keep one; list disagreements under conflicts."),
)
WRONG_PLACE = Message(
    code="K-LAW-005",
    what=Text(zh="事实“{name}”不能写在这里（{scope}）", en="The fact “{name}” does not belong here ({scope})"),
    why=Text(
        zh="flow 类事实只属于某一流动，derived 类由系统推算，attested 类由 attestations 得出。",
        en="Facts of scope flow belong to one flow, derived ones are worked out here, attested ones follow from"
        " attestations.",
    ),
    fix=Text(zh="移到相应的流动，或删除。", en="Move it to its flow, or delete it."),
)
NO_OUTCOME = Message(
    code="K-LAW-006",
    what=Text(zh="规则没有给出任何合规路径", en="The rules lead to no pathway"),
    why=Text(
        zh="至少有一种可能的事实组合没有规则覆盖；没有路径不等于可以出境。",
        en="At least one combination of facts is covered by no rule, and no pathway does not mean free to leave.",
    ),
    fix=Text(zh="补全规则包的规则。", en="Complete the rules of the packs."),
    status=Exit.INTERNAL,
)
SAME_FLOW = Message(
    code="K-LAW-007",
    what=Text(zh="两个流动用了同一个编号“{name}”", en="Two flows share the id “{name}”"),
    why=Text(zh="结果将分不清是哪一个。", en="The results could not be told apart."),
    fix=Text(zh="给每个流动不同的编号。", en="Give each flow its own id."),
)
NO_SPLIT = Message(
    code="K-LAW-008",
    what=Text(
        zh="人数互相矛盾：{parts} 不可能等于 {whole}", en="The counts contradict each other: {parts} cannot be {whole}"
    ),
    why=Text(
        zh="每个人恰好属于其中一部分，各部分相加必须等于总人数；人数矛盾，就无从作出决定。",
        en="Each person is in exactly one part, so the parts add up to the whole; no decision follows otherwise.",
    ),
    fix=Text(
        zh="核对这几个人数；没有把握的改为范围，或写 unknown。",
        en="Check these counts; give a range where you are not sure, or unknown.",
    ),
)
NO_READING = Message(
    code="K-LAW-009",
    what=Text(zh="{day} 的规则里没有解读“{name}”", en="The law of {day} has no reading “{name}”"),
    why=Text(
        zh="解读只能从规则包 readings.yaml 列出的选项中采用。",
        en="A reading can only be one of the options that readings.yaml of the packs lists.",
    ),
    fix=Text(
        zh="改正名称，或删去这一项以采用默认解读。", en="Correct the name, or leave it out to take the default reading."
    ),
)
NO_PROPOSALS = Message(
    code="K-LAW-010",
    what=Text(zh="没有名为“{name}”的规则包{guess}", en="There is no pack “{name}”{guess}"),
    why=Text(
        zh="要假定征求意见稿或者拟议规则生效，须指明其所在的规则包。",
        en="Drafts and proposals are supposed to be in force by naming the pack that holds them.",
    ),
    fix=Text(zh="改正规则包的名称。", en="Correct the name of the pack."),
)
MIXED_YEARS = Message(
    code="K-LAW-011",
    what=Text(
        zh="一并决定的出境不在同一年（{years}）", en="The transfers decided together are of different years ({years})"
    ),
    why=Text(
        zh="人数自每年1月1日起累计，不同年份不合并计算。",
        en="Persons are counted from 1 January; years are not added up.",
    ),
    fix=Text(zh="按年份分开。", en="Keep the years apart."),
)
