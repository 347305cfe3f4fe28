"""Errors of local recoding."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

ALL_EMPTY = Message(
    code="K-DEI-070",
    what=Text(zh="“{item}”没有任何值", en="“{item}” holds no value at all"),
    why=Text(zh="全部为空的列无从分组。", en="A column that is empty throughout cannot be recoded."),
    fix=Text(zh="不要写这一项；方案里改为 drop。", en="Leave this item out; drop it in the plan."),
)
MANY_VALUES = Message(
    code="K-DEI-071",
    what=Text(
        zh="“{item}”有 {count} 种没有大小顺序的值，最多 {most} 种",
        en="“{item}” has {count} different values without an order; at most {most} can be joined to sets",
    ),
    why=Text(zh="几百个值的集合没有人读得懂。", en="Nobody could read sets of so many values."),
    fix=Text(zh="用 --hierarchy 给它一份层级文件。", en="Give it a hierarchy file with --hierarchy."),
)
UNREACHABLE = Message(
    code="K-DEI-072",
    what=Text(
        zh="整张表 {rows} 行合为一组也达不到要求",
        en="Even all {rows} rows of the table as one class do not protect as asked",
    ),
    why=Text(
        zh="每一组都要达到要求，最大的组就是整张表。",
        en="Every class has to, and the largest class there can be is the whole table.",
    ),
    fix=Text(
        zh="降低 --k、--l 等要求，或者加进更多个人的数据。",
        en="Ask for less (--k, --l and the like), or bring in the data of more persons.",
    ),
)
FILE = Message(
    code="K-DEI-073",
    what=Text(zh="局部泛化文件不能用：{problem}", en="The file of the local recoding cannot be used: {problem}"),
    why=Text(zh="方案按这个文件逐行处理，它必须完整。", en="Every row is treated by this file, so it has to be whole."),
    fix=Text(
        zh="用 kouan optimise --local 重新生成，不要手改。",
        en="Make it again with `kouan optimise --local`; do not edit it by hand.",
    ),
)
NOT_COVERED = Message(
    code="K-DEI-074",
    what=Text(
        zh="{rows} 行的值不在局部泛化文件之内（涉及：{items}）",
        en="The local recoding does not cover the values of {rows} rows (in: {items})",
    ),
    why=Text(
        zh="文件是由另一批数据得出的；把没见过的值放进某一组，该组的标注就不再属实。",
        en="It was made from other data; in a class that does not cover a value, its label would be untrue.",
    ),
    fix=Text(
        zh="对现在的数据重新运行 kouan optimise --local。",
        en="Run `kouan optimise --local` again on the data as they are.",
    ),
)
COLUMNS = Text(
    zh="方案中用它的是 {found}，文件所写的是 {wanted}",
    en="the plan's lines that name it are of {found}, the file is for {wanted}",
)
NO_FILE = Text(zh="找不到该文件", en="there is no such file")
NO_ACCESS = Text(zh="无法读取该文件", en="it cannot be read")
LARGE = Text(zh="超过 {most}", en="it is larger than {most}")
LINE = Text(zh="第 {line} 行不合格式", en="line {line} is not as it should be")
MANY_ITEMS = Message(
    code="K-DEI-075",
    what=Text(
        zh="{count} 个数据项，最多 {most} 个", en="{count} items were named; cells of at most {most} can be searched"
    ),
    why=Text(zh="要试的组合随数据项数成倍增加。", en="Each further item doubles the sets of cells to try."),
    fix=Text(zh="少写几项，或者用 --local mondrian。", en="Name fewer items, or use --local mondrian."),
)
