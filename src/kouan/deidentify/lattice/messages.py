"""Catalogue of the search's errors."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

HIERARCHY = Message(
    code="K-DEI-040",
    what=Text(
        zh="“{column}”的泛化层级各行列数不同、没有行，或有重复的原值",
        en="The hierarchy of “{column}” has rows of unequal width, no rows, or a value twice",
    ),
    why=Text(
        zh="每个原值须恰有一行，每行从原值到最高层级列数相同。",
        en="Every value needs exactly one row, and all rows run from the value to the top.",
    ),
    fix=Text(zh="补齐或删除有问题的行。", en="Complete or remove the rows in question."),
)
TWO_PARENTS = Message(
    code="K-DEI-041",
    what=Text(
        zh="“{column}”的泛化层级第 {level} 级有一个值属于两个上级",
        en="In the hierarchy of “{column}” a value of level {level} has two parents",
    ),
    why=Text(
        zh="这样一来，较高的层级不再是对较低层级的合并，无法比较两者的损失和风险。",
        en="A higher level would then not merge a lower one, and neither loss nor risk of the two can be compared.",
    ),
    fix=Text(
        zh="让该级的每个值只有一个上级，或给两处不同的名称。",
        en="Give every value of that level one parent, or two different names.",
    ),
)
LEVELS = Message(
    code="K-DEI-042",
    what=Text(
        zh="“{column}”允许的层级 {lowest} 至 {highest} 不在 0 至 {height} 之内",
        en="The levels permitted for “{column}”, {lowest} to {highest}, are not within 0 to {height}",
    ),
    why=Text(zh="层级表里没有这些层级。", en="The hierarchy lacks them."),
    fix=Text(zh="更正最低和最高层级。", en="Correct the lowest and the highest level."),
)
NOT_IN_HIERARCHY = Message(
    code="K-DEI-043",
    what=Text(
        zh="“{column}”有 {count} 行的值不在泛化层级中",
        en="{count} row(s) of “{column}” hold a value not in its hierarchy",
    ),
    why=Text(zh="无法知道这些值应泛化成什么。", en="What these values generalise to is not known."),
    fix=Text(
        zh="在层级表中补上这些值（空值也要有一行），或先删除这些行。",
        en="Add the values to the hierarchy (null needs a row too), or drop these rows first.",
    ),
)
EMPTY = Message(
    code="K-DEI-044",
    what=Text(zh="没有准标识符或没有记录，无从寻优", en="There is no quasi-identifier or no row to search over"),
    why=Text(zh="没有可以泛化的内容。", en="There is nothing to generalise."),
    fix=Text(
        zh="指定至少一个准标识符和一个有记录的表。", en="Name at least one quasi-identifier of a table with rows."
    ),
)
TOO_MANY = Message(
    code="K-DEI-045",
    what=Text(
        zh="层级组合有 {nodes} 种，超过上限 {most}", en="There are {nodes} combinations of levels, more than {most}"
    ),
    why=Text(
        zh="寻优要为每种组合记住一个下界，内存会不够。",
        en="The search holds a bound of each of them; memory would not do.",
    ),
    fix=Text(
        zh="为部分准标识符规定最低或最高层级，或减少准标识符。",
        en="Set a lowest or highest level for some quasi-identifiers, or take fewer of them.",
    ),
)
SUPPRESSION = Message(
    code="K-DEI-046",
    what=Text(
        zh="可删除的记录比例 {share} 不在 0 至 1 之间", en="The share of rows to suppress, {share}, is not from 0 to 1"
    ),
    why=Text(zh="它是占全部记录的比例。", en="It is a share of all rows."),
    fix=Text(zh="例如 0.05 表示至多删除百分之五。", en="Write 0.05 for at most five per cent."),
)
NOT_COUNTED = Message(
    code="K-DEI-047",
    what=Text(zh="模型 {model} 需要的“{needed}”没有给出", en="The model {model} needs “{needed}”, which was not given"),
    why=Text(zh="没有它就算不出该模型的值。", en="It cannot be measured without."),
    fix=Text(
        zh="把它作为敏感属性（k-map 则为总体数据）一并给出，或去掉该模型。",
        en="Give it as a sensitive attribute (for k-map, the population), or leave the model out.",
    ),
)
