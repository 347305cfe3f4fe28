"""Words and errors of the search for the best generalisation, and of its frontier."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

ONE_TABLE = Message(
    code="K-CLR-150",
    what=Text(zh="所指的数据项分属 {count} 张表", en="The items named belong to {count} tables"),
    why=Text(zh="寻优在一张表之内进行。", en="The search is over one table."),
    fix=Text(zh="只写同一张表的数据项，其他表另行寻优。", en="Name items of one table; search the others apart."),
)
LOWEST_IDLE = Message(
    code="K-CLR-212",
    what=Text(
        zh="“{item}”不在寻优之列，为它定的最低层级不会起作用",
        en="“{item}” is not searched, so its least level would not be kept",
    ),
    why=Text(
        zh="最低层级是对所寻层级的限制。", en="A least level is a limit on the levels that the search may choose."
    ),
    fix=Text(
        zh="用 --hierarchy 给出它的层级文件，或者删去这一项。",
        en="Name its file with --hierarchy, or leave this out.",
    ),
)
NOTHING = Message(
    code="K-CLR-151",
    what=Text(zh="没有可以泛化的准标识符", en="There is no quasi-identifier to generalise"),
    why=Text(
        zh="方案中要出境的准标识符都没有，或者其处理不只看单个值（如加噪、平移）。",
        en="No quasi-identifier leaves by the plan, or none is treated by its value alone (noise and shifts are not).",
    ),
    fix=Text(
        zh="用 --hierarchy 数据项=文件 指明要泛化的数据项，或用 --table 指明另一张表。",
        en="Name items to generalise by --hierarchy ITEM=FILE, or another table by --table.",
    ),
)
TABLE = Message(
    code="K-CLR-152",
    what=Text(zh="没有名为“{name}”的表{guess}", en="There is no table “{name}”{guess}"),
    why=Text(zh="寻优在一张表之内进行。", en="The search is over one table."),
    fix=Text(zh="可选的表：{tables}", en="Tables: {tables}"),
)
NO_SOLUTION = Message(
    code="K-CLR-153",
    what=Text(
        zh="没有任何层级组合达到 {models}（最多留下 {suppress} 的行）",
        en="No combination of levels reaches {models} with at most {suppress} of the rows kept back",
    ),
    why=Text(zh="全部组合都已检查或者排除。", en="Every combination was checked or ruled out."),
    fix=Text(
        zh="降低要求，提高 --suppress，或者为层级表加一个最高层；空单元格不会被泛化，可以先补上。",
        en="Ask for less, raise --suppress, or give the hierarchies a top level; empty cells are never generalised, so "
        "fill them first.",
    ),
)
SENSITIVE_GONE = Message(
    code="K-CLR-160",
    what=Text(
        zh="隐私模型所指的“{item}”按方案不出境", en="“{item}”, which a privacy model names, does not leave by the plan"
    ),
    why=Text(zh="不出境的数据项没有什么可保护。", en="There is nothing to protect of an item that stays here."),
    fix=Text(
        zh="去掉该模型，或者在填报文件的 needed 中写明需要该项。",
        en="Leave the model out, or say in the declaration that the item is needed.",
    ),
)
_ASK = Text(zh="不要采信该文件夹，向出具方索取原件。", en="Do not rely on this folder; ask its maker for the original.")
CLASSES_DIFFER = Message(
    code="K-CLR-162",
    what=Text(
        zh="处理后的数据中有不满足 {models} 的类", en="Of the treated data there are classes that do not meet {models}"
    ),
    why=Text(
        zh="方案写明这些类的行不出境，按文件夹内的数据应能重新算出。",
        en="By the plan rows of such classes stay here, which the data in the folder must show.",
    ),
    fix=_ASK,
    status=Exit.VERIFICATION_FAILED,
)
LEVEL_DIFFERS = Message(
    code="K-CLR-163",
    what=Text(
        zh="处理后的“{item}”有值不是方案所用的文件给得出的",
        en="The treated “{item}” holds values that the file of its plan never gives",
    ),
    why=Text(
        zh="方案写明该项按文件泛化：层级文件的某一级，或者局部泛化的各组；文件夹内有该文件。",
        en="The plan generalises the item by a file that lies in the folder: to a level of a hierarchy, or to the"
        " classes of a local recoding.",
    ),
    fix=_ASK,
    status=Exit.VERIFICATION_FAILED,
)
PICK = Message(
    code="K-CLR-161",
    what=Text(zh="没有编号为 {name} 的点{guess}", en="There is no point {name}{guess}"),
    why=Text(
        zh="编号由所要求的保护组成，如 k5-s1：k=5，至多留下 1% 的行。",
        en="An identifier is made of what is asked for, such as k5-s1: k=5, at most 1 % of the rows kept back.",
    ),
    fix=Text(zh="用 --explore 列出全部点，再选一个。", en="List the points by --explore, then pick one."),
)
NO_ROWS = Message(
    code="K-CLR-220",
    what=Text(zh="表中没有一行可以出境的数据", en="The table holds no row that may leave"),
    why=Text(zh="没有数据就没有组可分，寻不出方案。", en="Without rows there are no classes, and nothing to search."),
    fix=Text(
        zh="换一张表（--table），或者等有了数据再运行；空表按 kouan plan 的方案办理即可。",
        en="Name another table (--table), or run it once there are data; for an empty table the plan of `kouan plan`"
        " will do.",
    ),
)
BOTH = Message(
    code="K-CLR-221",
    what=Text(
        zh="“{item}”既是要泛化的准标识符，又是模型的敏感项",
        en="“{item}” is a quasi-identifier to be generalised and the sensitive item of a model",
    ),
    why=Text(
        zh="同一组内该项的值都相同，l、t 等要求无从达到，所有的行都会留下。",
        en="Within a class all its values are the same, so that l, t and the like fail, and every row would stay here.",
    ),
    fix=Text(
        zh="去掉该模型；该项确是敏感属性的，用 kouan inspect --correct 认定后再运行，"
        "或用 --hierarchy 另行指明要泛化的数据项。",
        en="Leave the model out; if the item is a sensitive attribute, say so with `kouan inspect --correct` first, or"
        " name the items to generalise with --hierarchy.",
    ),
)
NO_TIME = Message(
    code="K-CLR-222",
    what=Text(
        zh="限时内没有找到达到 {models} 的层级组合（最多留下 {suppress} 的行）",
        en="In the time given no combination of levels was found that reaches {models} with at most {suppress} of the"
        " rows kept back",
    ),
    why=Text(zh="寻优没有做完，不知道有没有。", en="The search was not done; whether there is one is not known."),
    fix=Text(zh="加长 --seconds，或者不写。", en="Raise --seconds, or leave it out."),
)
