"""Words and errors of privacy models as people write them, and of classes of rows."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

MODEL = Message(
    code="K-DEI-065",
    what=Text(
        zh="隐私模型 {model} 的写法不对：{problem}", en="The privacy model {model} is not spelt right: {problem}"
    ),
    why=Text(zh="不知道要达到什么保护。", en="What protection is asked for is not known."),
    fix=Text(
        zh="写成 k=5、k-map=5、l:数据项=3、entropy-l:数据项=2.5、recursive-l:数据项=2,3、t:数据项=0.2、"
        "ordered-t:数据项=0.2、delta:数据项=1.5、beta:数据项=2 或 enhanced-beta:数据项=2。",
        en="Write k=5, k-map=5, l:ITEM=3, entropy-l:ITEM=2.5, recursive-l:ITEM=2,3, t:ITEM=0.2, ordered-t:ITEM=0.2, "
        "delta:ITEM=1.5, beta:ITEM=2 or enhanced-beta:ITEM=2.",
    ),
)
SHAPE = Text(zh="应为“名称=数值”或“名称:数据项=数值”", en="it is NAME=NUMBER or NAME:ITEM=NUMBER")
UNKNOWN = Text(zh="没有名为“{name}”的模型", en="there is no model “{name}”")
ITEM_MISSING = Text(
    zh="“{name}”要写明敏感的数据项，如 {name}:诊断=…", en="“{name}” names the sensitive item, as in {name}:disease=…"
)
ITEM_ODD = Text(zh="“{name}”只看类的大小，不写数据项", en="“{name}” speaks of the size of a class and names no item")
VALUE = Text(
    zh="“{name}”的数值应像 {form}，在 {least} 与 {most} 之间，小数不过九位",
    en="the number of “{name}” is like {form}, from {least} to {most}, with at most nine decimals",
)
POPULATION = Message(
    code="K-DEI-066",
    what=Text(zh="k-map 需要总体数据表", en="k-map needs the table of the population"),
    why=Text(
        zh="k-map 看总体中有多少人与一类相符；没有总体数据表就不知道。",
        en="k-map asks how many persons of the population a class fits; without the table that is not known.",
    ),
    fix=Text(
        zh="在填报文件 assessment: {{population: {{table: 文件}}}} 中写明，或改用 k。",
        en="Name it in the declaration, assessment: {{population: {{table: FILE}}}}, or ask for k instead.",
    ),
)
POPULATION_TABLE = Message(
    code="K-DEI-067",
    what=Text(
        zh="总体数据表不能用于 k-map：{problem}", en="The table of the population does not do for k-map: {problem}"
    ),
    why=Text(
        zh="无法知道总体中有多少人与一类相符。", en="How many persons of the population a class fits is not known."
    ),
    fix=Text(
        zh="补上这些列；一行一人，或者以 persons（人数）列写明整数。",
        en="Add the columns; a row a person, or whole numbers in a column `persons`.",
    ),
)
LACKING = Text(zh="没有列 {names}", en="it lacks the columns {names}")
PERSONS = Text(zh="persons 列不全是整数", en="its column of persons does not hold whole numbers only")
WHY_LEVEL = Text(
    zh="在所要求的保护之下损失最小的组合：本项泛化到第 {level} 级（GB/T 37964-2019 附录 A 泛化）",
    en="of all combinations that protect as asked the one that loses least: level {level} here"
    " (GB/T 37964-2019 annex A, generalisation)",
)
WHY_KEPT = Text(
    zh="在所要求的保护之下损失最小的组合：本项不必泛化",
    en="of all combinations that protect as asked the one that loses least: this item stays as it is",
)
WHY_COARSER = Text(
    zh="在所要求的保护之下损失最小的组合：本项须再粗一些（GB/T 37964-2019 附录 A 泛化）",
    en="of all combinations that protect as asked the one that loses least: this item has to be coarser"
    " (GB/T 37964-2019 annex A, generalisation)",
)
WHY_GONE = Text(
    zh="在所要求的保护之下损失最小的组合：本项不出境（GB/T 37964-2019 附录 A 抑制）",
    en="of all combinations that protect as asked the one that loses least: this item stays here"
    " (GB/T 37964-2019 annex A, suppression)",
)
MEANINGS = {
    "k": Text(
        zh="每类至少这么多人（没有标明个人的列时，按行）",
        en="persons of a class, at the least (rows where no column says whose they are)",
    ),
    "k-map": Text(zh="总体中与每类相符的至少这么多人", en="persons of the population that a class fits, at the least"),
    "l": Text(
        zh="敏感项在每类中至少有这么多种值", en="different values of the sensitive item in a class, at the least"
    ),
    "entropy-l": Text(zh="每类中敏感项的熵至少为其对数", en="exp of the entropy of the item in a class, at the least"),
    "recursive-l": Text(
        zh="c,l：最常见的值少于第 l 常见及以后各值之和的 c 倍",
        en="c,l: the most frequent value is rarer than c times the l-th most frequent and all after it",
    ),
    "t": Text(
        zh="敏感项在每类中的分布与全表的距离（差之和的一半）至多",
        en="distance of the item's distribution in a class from that of the table (half the sum of the differences), "
        "at the most",
    ),
    "ordered-t": Text(
        zh="同上，按值的顺序搬运的距离", en="the same for values with an order, by how far they would be moved"
    ),
    "delta": Text(
        zh="类中每个值的占比与全表之比的自然对数，绝对值小于",
        en="|ln| of a value's share in a class over that in the table, less than",
    ),
    "beta": Text(
        zh="类中任何值的占比相对全表的增幅至多",
        en="relative gain of any value's share over that in the table, at the most",
    ),
    "enhanced-beta": Text(zh="同上，且增幅至多为 −ln q", en="the same, and at most −ln q"),
}
"""What each model asks of every class."""
