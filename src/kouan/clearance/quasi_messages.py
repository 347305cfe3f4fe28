"""Catalogue of what cannot be said of an item under `quasi`."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

DIRECT = Message(
    code="K-CLR-260",
    what=Text(
        zh="“{item}”是直接标识符，quasi 不适用", en="“{item}” is a direct identifier, of which `quasi` says nothing"
    ),
    why=Text(
        zh="直接标识符只能删除或者换成假名；当作准标识符会放低要求。",
        en="It is dropped or becomes a pseudonym; counted as a quasi-identifier it would be asked less of.",
    ),
    fix=Text(
        zh="删去 quasi；自动识别有误的，用 meaning 更正。",
        en="Remove `quasi`; where recognition erred, correct the item's `meaning`.",
    ),
)
QUASI_ALREADY = Message(
    code="K-CLR-261",
    what=Text(
        zh="“{item}”已经是准标识符，不能用 quasi: false 除去",
        en="“{item}” is a quasi-identifier already and is not taken away by `quasi: false`",
    ),
    why=Text(
        zh="按含义属于准标识符（GB/T 37964-2019、GB/T 42460-2023）；除去后各项风险数值都会变低。",
        en="It is one by its meaning (GB/T 37964-2019, GB/T 42460-2023); without it every figure would look smaller.",
    ),
    fix=Text(
        zh="删去 quasi；自动识别有误的，用 meaning 更正。",
        en="Remove `quasi`; where recognition erred, correct the item's `meaning`.",
    ),
)
SENSITIVE = Message(
    code="K-CLR-262",
    what=Text(
        zh="“{item}”是敏感属性，不能列为准标识符",
        en="“{item}” is a sensitive attribute and is not taken among the quasi-identifiers",
    ),
    why=Text(
        zh="敏感属性按组内的多样性（l、t）保护；列为准标识符后，不再检查每组是否都是同一个值。",
        en="It is protected by how it varies inside the classes (l, t); as a quasi-identifier nobody would look whether"
        " a class shares one value.",
    ),
    fix=Text(
        zh="在处理方案中泛化或者删除它；接收方确实无从知道的，写 quasi: false 和 why。",
        en="Make it coarser or drop it in the plan; or, where nobody at the recipient can know it, write `quasi: false`"
        " and `why`.",
    ),
)
