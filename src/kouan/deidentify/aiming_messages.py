"""Catalogue of what can be wrong with a target."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

COARSEST = Message(
    code="K-DEI-091",
    what=Text(
        zh="目标中 coarsest 给数据项“{item}”写的“{word}”不是它可取的一档（可取：{known}）",
        en="coarsest of the target gives “{word}” for “{item}”, which is no step of it (there are: {known})",
    ),
    why=Text(
        zh="不认识的限度无法遵守，忽略它会让数据变得比业务所需更粗。",
        en="A limit that is not understood cannot be kept; without it data may become coarser than the purpose bears.",
    ),
    fix=Text(zh="改为列出的一档，或删去这一行。", en="Write one of the steps named, or delete the line."),
)
VERDICT = Message(
    code="K-DEI-090",
    what=Text(
        zh="目标中的结论“{name}”不在判定规则之列（可取：{known}）",
        en="The target names the verdict “{name}”, which no rule gives (there are: {known})",
    ),
    why=Text(zh="无法朝一个没有规则的结论处理数据。", en="Data cannot be treated towards a verdict without a rule."),
    fix=Text(
        zh="改为列出的规则编号；不写 verdicts 时按现行有效、已核对的标准确定。",
        en="Write one of the ids named; without `verdicts` the confirmed standards in force are taken.",
    ),
)
ITEM = Message(
    code="K-DEI-092",
    what=Text(
        zh="目标的 coarsest 中“{name}”不是数据项{guess}", en="coarsest of the target names “{name}”, no item{guess}"
    ),
    why=Text(
        zh="写错的名称会让业务所需的数据项失去限度。",
        en="A misspelt name would leave an item that the purpose needs without its limit.",
    ),
    fix=Text(zh="按文件中的列名更正。", en="Write the column's name as the file has it."),
)
