"""Catalogue of this room's errors, notes and reasons."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

OTHER_DATA = Message(
    code="K-RSK-001",
    what=Text(
        zh="盘点结果中的数据项“{item}”不在所给的文件里", en="The inventory's item “{item}” is not in the files given"
    ),
    why=Text(
        zh="盘点的是另一份数据，按它算出的风险没有意义。",
        en="The inventory describes other data; a risk computed from it would mean nothing.",
    ),
    fix=Text(zh="对这份数据重新运行 `kouan inspect`。", en="Run `kouan inspect` on these data again."),
)
NESTED = Message(
    code="K-RSK-002",
    what=Text(zh="数据项“{item}”的类型（{type}）无法分组", en="The item “{item}” of type {type} cannot be grouped by"),
    why=Text(zh="该列的单元格不是单个的值。", en="Its cells are not single values."),
    fix=Text(zh="把它拆成普通的列，或从数据中删除。", en="Split it into plain columns, or drop it."),
)
SHARING = Message(
    code="K-RSK-003",
    what=Text(zh="没有名为“{name}”的共享场景", en="There is no sharing scenario “{name}”"),
    why=Text(zh="场景系数只对规定的场景有值。", en="Only the scenarios of the specification have a coefficient."),
    fix=Text(zh="可用的场景：{known}。", en="Use one of: {known}."),
)
ENVIRONMENT = Message(
    code="K-RSK-004",
    what=Text(zh="环境系数 E 不是正数", en="The environment coefficient E is not a positive number"),
    why=Text(zh="A＝K×S×E 中 E 大于 0。", en="In A = K × S × E, E is above 0."),
    fix=Text(zh="填写由机构评定的 E，或者不填（按默认值）。", en="Give the E the institution has assessed, or none."),
)
MEASURE = Message(
    code="K-RSK-005",
    what=Text(zh="没有名为“{name}”的环境措施", en="There is no environment measure “{name}”"),
    why=Text(
        zh="措施清单是固定的；写错的名字会被当作没有回答。",
        en="The list is fixed; a misspelt name would count as no answer.",
    ),
    fix=Text(zh="可用的名字：{known}。", en="Use one of: {known}."),
)
POPULATION_SMALL = Message(
    code="K-RSK-006",
    what=Text(
        zh="人口 {size} 少于数据中的 {records} 条记录（人）",
        en="A population of {size} is less than the {records} in the data",
    ),
    why=Text(zh="数据应当是人口的一部分。", en="The data have to be part of the population."),
    fix=Text(
        zh="填写数据所取自的全部人数，或者不填。",
        en="Give the number of all persons the data were drawn from, or none.",
    ),
)
POPULATION_COLUMNS = Message(
    code="K-RSK-007",
    what=Text(
        zh="人口表里没有这些准标识符：{items}", en="The table of the population lacks these quasi-identifiers: {items}"
    ),
    why=Text(
        zh="按较少的列对照，人口里的类会显得更大，风险会被低估。",
        en="Compared by fewer columns, its classes would look larger and the risk smaller than they are.",
    ),
    fix=Text(
        zh="补上这些列（列名与数据相同），或者不用人口表。",
        en="Add these columns under the same names, or use no table.",
    ),
)
POPULATION_PERSONS = Message(
    code="K-RSK-008",
    what=Text(
        zh="人口表的人数列不都是非负整数", en="The table of the population does not give whole numbers of persons"
    ),
    why=Text(zh="人数列说明一行代表几个人。", en="That column says how many persons a row stands for."),
    fix=Text(
        zh="改正 persons（人数）列，或者删去它（一行一人）。",
        en="Correct the column persons, or drop it (one row, one person).",
    ),
)

NO_QUASI = Text(
    zh="没有准标识符：所有记录彼此无法区分，视为一个类。",
    en="No quasi-identifier: no record differs from another, all are one class.",
)
NO_ROWS = Text(zh="没有记录。", en="There are no records.")
NULLS = Text(
    zh="空值按一个单独的取值计算。",
    en="Null is counted as a value of its own.",
)
PERSONS = Text(
    zh="同一人有多行：类的大小按“{key}”的不同值计人，不计行；一人落在几个类中时各计一次，缺少该值的行各计一人。",
    en="Persons have several rows: class sizes count distinct values of “{key}”, not rows. A person in several classes"
    " counts once in each; a row without that value counts as one person.",
)
SAMPLE_ONLY = Text(
    zh="没有人口表：记者、营销者风险按数据即人口计算，与检察官风险相同。",
    en="There is no table of the population: journalist and marketer risk take the data for the population and equal"
    " prosecutor risk.",
)
UNCOVERED = Text(
    zh="人口表中有 {classes} 个类的人数少于数据，按数据的人数计算；人口表可能没有覆盖这些数据（例如数据已经泛化）。",
    en="In {classes} classes the table of the population has fewer persons than the data, whose number is taken; it may"
    " not cover them, as when the data are generalised.",
)
SHORTER = Text(
    zh="准标识符和类太多，只查了至多 {most} 项的组合。",
    en="There are too many quasi-identifiers and classes: combinations of at most {most} were looked at.",
)
POPULATION_CONDITIONS = Text(
    zh="前提：数据是人口的简单随机样本，一条记录一人；按 Dankar 等（2012）的规则选择模型，其他情形只供参考。",
    en="It holds where the data are a simple random sample of the population and a record is a person; the model is"
    " chosen by the rule of Dankar and others (2012). Otherwise it is only a hint.",
)
NO_ESTIMATE = Text(
    zh="人口中唯一者的占比未估计：这张表不是一人一条记录，估计的前提不成立。",
    en="How many of the population are unique in it is not estimated: a record of this table is no person, which the"
    " estimate takes for granted.",
)
FREE_TEXT = Text(
    zh="保留了自由文本“{item}”，其中可能有未查出的标识符。",
    en="The free text “{item}” is kept and may hold identifiers that were not found.",
)
LINKED = Text(
    zh="各表可按人员编号或假名连接，连接后的类可能更小；此处按表分别计算。",
    en="Tables can be joined by their person keys or pseudonyms, and classes of the joined table can be smaller; each"
    " table is measured by itself here.",
)

SCOPE = Text(
    zh="分级只按已识别的准标识符计算；金额、商品等其他数据项的组合仍可能识别个人。"
    "分级不是匿名化结论，不决定是否属于个人信息。",
    en="The grade uses only the quasi-identifiers found; combinations of other items (amount, product) may still"
    " identify persons. It is no finding of anonymisation and does not decide whether data are personal.",
)
"""What every grade leaves open; shown once beside the grades."""

REASON_DIRECT = Text(
    zh="仍有 {count} 个直接标识符（{items}），按定性判断为 1 级，不再计算风险（6.2 c）。",
    en="{count} direct identifiers remain ({items}): grade 1 by the qualitative gate, no risk is computed (6.2 c).",
)
REASON_FREE_TEXT = Text(
    zh="保留了自由文本（{items}），不能排除其中有直接标识符，从严按 1 级处理（6.2 c）。",
    en="Free text is kept ({items}) and direct identifiers in it cannot be excluded: grade 1, the strict reading"
    " (6.2 c).",
)
REASON_NOTHING = Text(
    zh="没有直接标识符、准标识符和假名，按定性判断为 4 级（6.2 b）；是否为汇总数据须由人确认。",
    en="There is no direct identifier, quasi-identifier or pseudonym: grade 4 by the qualitative gate (6.2 b); a person"
    " must confirm that the data are aggregated.",
)
REASON_CLASSES = Text(
    zh="没有直接标识符；但“{entity}”有 {classes} 个类少于 {least} {unit}（类风险高于 {tau}），"
    "按附录 D 整体风险记为 1，为 2 级（6.3 b）。",
    en="No direct identifier, but “{entity}” has {classes} class(es) of fewer than {least} {unit} (class risk above"
    " {tau}): by annex D the overall risk is 1, grade 2 (6.3 b).",
)
REASON_RISK = Text(
    zh="没有直接标识符，各类的风险都不高于 {tau}；整体风险 {risk}（“{entity}”），{verdict}可接受阈值 {threshold}，"
    "为 {grade} 级（6.3 b，附录 D）。{context}",
    en="No direct identifier, and no class risk above {tau}; the overall risk is {risk} (“{entity}”), {verdict} the"
    " acceptable {threshold}: grade {grade} (6.3 b, annex D). {context}",
)
BELOW = Text(zh="低于", en="below")
NOT_BELOW = Text(zh="不低于", en="not below")
ROWS = Text(zh="条记录", en="records")
PEOPLE = Text(zh="人", en="persons")
CONTEXT_PUBLIC = Text(
    zh="完全公开共享，情境概率为 1，取最大类风险。",
    en="Released to the public: context probability 1, the largest class risk counts.",
)
CONTEXT_GIVEN = Text(
    zh="情境概率 {probability}（{inputs}），取类风险的平均值。",
    en="Context probability {probability} ({inputs}); the average of class risks counts.",
)
CONTEXT_DEFAULT = Text(
    zh="默认值：接收方管控中等、动机与能力中等时主动攻击 {attempt}，泄露 {breach}；未计熟人识别；"
    "数值取自附录 D 的公开实现，未与标准原文核对",
    en="defaults: deliberate attempt {attempt} and breach {breach} for a recipient of medium control, motive and"
    " capacity; acquaintance left out; the numbers come from a public implementation of annex D and were not checked"
    " against the standard's text",
)
CONTEXT_INPUTS = Text(
    zh="主动攻击 {attempt}，熟人识别 {acquaintance}，泄露 {breach}",
    en="deliberate attempt {attempt}, acquaintance {acquaintance}, breach {breach}",
)

UTILITY_PART = Text(
    zh="行数较多：可用性按均匀分布在全表的约 {most} 行计算。",
    en="Many rows: utility is computed on about {most} of them, spread over the table.",
)
UTILITY_NESTED = Text(
    zh="单元格不是单个值、未比较的数据项：{items}。",
    en="Not compared, because their cells are not single values: {items}.",
)
