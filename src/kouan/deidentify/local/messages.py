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
NOTHING = Message(
    code="K-DEI-076",
    what=Text(zh="没有可以局部泛化的准标识符", en="There is no quasi-identifier to recode"),
    why=Text(
        zh="没有写明数据项，表中出境的准标识符也一个没有。",
        en="No item was named, and none that leaves is a quasi-identifier.",
    ),
    fix=Text(
        zh="用 --hierarchy 或 --ranges 写明数据项，或者用 kouan inspect --confirm 认定角色。",
        en="Name items with --hierarchy or --ranges, or say what they are with `kouan inspect --confirm`.",
    ),
)
NO_POPULATION = Message(
    code="K-DEI-077",
    what=Text(zh="局部泛化不支持 k-map", en="k-map cannot be asked of a local recoding"),
    why=Text(
        zh="各组只按所给的数据切分，总体里的人可能不落在任何一组。",
        en="Classes are cut from the data alone; persons of the population may fall into none.",
    ),
    fix=Text(zh="改用 k，或者不用 --local。", en="Ask for k instead, or leave --local out."),
)
BOTH = Message(
    code="K-DEI-078",
    what=Text(zh="“{item}”既要泛化又是敏感项", en="“{item}” is to be recoded and is a sensitive item of a model"),
    why=Text(
        zh="同一项泛化之后，其中的敏感值就无从计数。",
        en="Recoded, its values could not be counted within the classes.",
    ),
    fix=Text(zh="在 --hierarchy、--ranges 与模型中只写一处。", en="Name it in one of the two places."),
)
NESTED = Message(
    code="K-DEI-079",
    what=Text(zh="“{item}”一格有多个值，不能局部泛化", en="“{item}” holds several values in a cell"),
    why=Text(zh="一行须落在唯一的一组。", en="A row has to fall into one class."),
    fix=Text(zh="不要写这一项，或者先拆成多行。", en="Leave it out, or give each value a row of its own first."),
)
