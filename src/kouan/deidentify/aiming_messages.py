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
    what=Text(zh="风险目标中的“{name}”不是数据项{guess}", en="The target names “{name}”, which is no item{guess}"),
    why=Text(
        zh="写错的名称会让业务所需的数据项失去限度。",
        en="A misspelt name would leave an item that the purpose needs without its limit.",
    ),
    fix=Text(zh="按文件中的列名更正。", en="Write the column's name as the file has it."),
)
MODEL = Message(
    code="K-DEI-120",
    what=Text(
        zh="风险目标中的隐私模型 {model} 不能用：{problem}", en="The target's model {model} cannot be asked: {problem}"
    ),
    why=Text(
        zh="不能照做的要求若被略过，报告却会写着达到目标。",
        en="Were it left out, the report would still say that the target is reached.",
    ),
    fix=Text(
        zh="换一个模型或者数据项；其余写法见 kouan optimise --help。",
        en="Ask for another model, or of another item; `kouan optimise --help` has the spellings.",
    ),
)
NO_POPULATION = Text(
    zh="朝目标做方案时不对照总体数据表；k-map 请用 kouan optimise",
    en="a plan towards a target is not held against the population; use `kouan optimise` for k-map",
)
GROUPED_BY = Text(
    zh="这一项是准标识符，同一类中的取值本来就相同",
    en="the item is a quasi-identifier, in which all rows of a class agree",
)
NOTHING = Message(
    code="K-DEI-100",
    what=Text(zh="目标没有提出任何要求", en="The target asks for nothing"),
    why=Text(
        zh="verdicts 为空，又没有写 k、l 或 models：什么数据都“达到”，报告却会写着达到目标。",
        en="verdicts is empty, with no k, l or models: any data would reach it, and the report would say so.",
    ),
    fix=Text(
        zh="写上 verdicts、k、l 或 models；target: {{}} 取现行有效、已核对的标准；不要目标就删去 target。",
        en="Name verdicts, k, l or models; `target: {{}}` takes the confirmed standards in force; or delete it.",
    ),
)
