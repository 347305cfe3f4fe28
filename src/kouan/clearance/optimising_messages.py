"""Words and errors of the search for the best generalisation."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

ONE_TABLE = Message(
    code="K-CLR-150",
    what=Text(zh="所指的数据项分属 {count} 张表", en="The items named belong to {count} tables"),
    why=Text(zh="寻优在一张表之内进行。", en="The search is over one table."),
    fix=Text(zh="只写同一张表的数据项，其他表另行寻优。", en="Name items of one table; search the others apart."),
)
EMPTY_CELLS = Message(
    code="K-CLR-151",
    what=Text(zh="“{item}”有 {count} 个空单元格", en="“{item}” has {count} empty cells"),
    why=Text(
        zh="空值处理后仍为空，不属于任何一组，寻优的结果会不成立。",
        en="An empty cell stays empty under treatment and belongs to no group; the result would not hold.",
    ),
    fix=Text(zh="先补上或者去掉这些行，或者不泛化该项。", en="Fill or remove these rows first, or leave the item out."),
)
SUPPRESS_ONLY_K = Message(
    code="K-CLR-152",
    what=Text(zh="--suppress 不能与 --l、--t 同用", en="--suppress does not go with --l and --t"),
    why=Text(
        zh="方案只能按类的大小留下行，不能按其中的敏感值。",
        en="A plan can hold back rows by the size of their class, not by the sensitive values in it.",
    ),
    fix=Text(zh="去掉 --suppress，或者只用 --k。", en="Leave --suppress out, or ask for --k alone."),
)
NO_SOLUTION = Message(
    code="K-CLR-153",
    what=Text(
        zh="没有任何层级组合达到 k={k}（最多留下 {suppress} 的行）",
        en="No combination of levels reaches k={k} with at most {suppress} of the rows kept back",
    ),
    why=Text(zh="全部组合都已检查或者排除。", en="Every combination was checked or ruled out."),
    fix=Text(
        zh="降低要求，提高 --suppress，或者为层级表加一个最高层。",
        en="Ask for less, raise --suppress, or give the hierarchies a top level.",
    ),
)
WHY_LEVEL = Text(
    zh="在所要求的保护之下损失最小的组合：本项泛化到第 {level} 级（GB/T 37964-2019 附录 A 泛化）",
    en="of all combinations that protect as asked the one that loses least: level {level} here"
    " (GB/T 37964-2019 annex A, generalisation)",
)
WHY_KEPT = Text(
    zh="在所要求的保护之下损失最小的组合：本项不必泛化",
    en="of all combinations that protect as asked the one that loses least: this item stays as it is",
)
