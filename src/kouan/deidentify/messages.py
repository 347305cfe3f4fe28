"""Catalogue of this room's errors and of the problems of parameters."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

ITEM_UNKNOWN = Message(
    code="K-DEI-001",
    what=Text(
        zh="方案中的数据项“{item}”不在盘点结果里{guess}", en="The plan's item “{item}” is not in the inventory{guess}"
    ),
    why=Text(zh="写错的名称会让真正的数据项无人处理。", en="A misspelt name would leave the real item untreated."),
    fix=Text(zh="更正名称，或删除这一行。", en="Correct the name or delete the line."),
)
ITEM_MISSING = Message(
    code="K-DEI-002",
    what=Text(zh="数据项“{item}”没有处理方式", en="The item “{item}” has no line in the plan"),
    why=Text(zh="没有写明的数据项不得默认出境。", en="An item that nobody decided on must not leave by default."),
    fix=Text(
        zh="为它补一行，例如 action: drop；或用 `kouan plan` 重新生成方案。",
        en="Add a line for it, such as action: drop, or make the plan again with `kouan plan`.",
    ),
)
ITEM_TWICE = Message(
    code="K-DEI-003",
    what=Text(zh="数据项“{item}”写了两行", en="The item “{item}” has two lines"),
    why=Text(
        zh="只有一行会生效，读者无法知道是哪一行。",
        en="Only one of them would count and a reader could not tell which.",
    ),
    fix=Text(zh="删除其中一行。", en="Delete one of them."),
)
PARAMS = Message(
    code="K-DEI-004",
    what=Text(zh="数据项“{item}”的 params 不合要求：{problem}", en="The params of “{item}” do not fit: {problem}"),
    why=Text(zh="按这样的参数无法处理该数据项。", en="The item cannot be treated with them."),
    fix=Text(zh="按方案开头的说明改正。", en="Correct them as the legend at the top of the plan describes."),
)
DIRECT_KEPT = Message(
    code="K-DEI-005",
    what=Text(zh="数据项“{item}”是{what}，方案却要原样保留", en="The plan keeps “{item}”, which is {what}, as it is"),
    why=Text(
        zh="保留后按 GB/T 42460-2023 只能评为 1 级，接收方可能直接识别到个人。",
        en="Data that keep it can only be grade 1 of GB/T 42460-2023: the recipient may identify the persons directly.",
    ),
    fix=Text(
        zh='改用 pseudonym、mask、generalise 或 drop；确需保留的，写明理由：params: {{accepted: "理由"}}。',
        en='Use pseudonym, mask, generalise or drop; if it must stay, say why: params: {{accepted: "reason"}}.',
    ),
)
KEY_MISSING = Message(
    code="K-DEI-006",
    what=Text(
        zh="方案使用假名或平移日期，却没有写密钥用途（key）",
        en="The plan makes pseudonyms or shifts dates and names no key",
    ),
    why=Text(
        zh="没有密钥的假名和平移可以被穷举还原，也无法在各表之间保持一致。",
        en="Without a key both can be reversed by trying all values, and would not agree between tables.",
    ),
    fix=Text(zh="写上 key: pseudonym/<年份>。", en="Write key: pseudonym/<year>."),
)
KEY_OTHER = Message(
    code="K-DEI-027",
    what=Text(zh="方案的密钥用途（key）不以 pseudonym/ 开头", en="The plan's key does not begin with pseudonym/"),
    why=Text(
        zh="由同一根密钥派生的其他密钥用于本单位内部比对个人，与出境的假名共用会使二者可以对上。",
        en="Other keys of the root key tell persons apart here; shared, they would match the pseudonyms that leave.",
    ),
    fix=Text(zh="写上 key: pseudonym/<年份>。", en="Write key: pseudonym/<year>."),
)
NEEDED_UNKNOWN = Message(
    code="K-DEI-007",
    what=Text(
        zh="needed 中的“{name}”不是该文件的数据项{guess}", en="“{name}” under needed is no item of that file{guess}"
    ),
    why=Text(
        zh="写错的名称会使真正需要的数据项被删除。", en="A misspelt name would drop the item that is really needed."
    ),
    fix=Text(zh="按文件中的列名更正。", en="Write the column's name as the file has it."),
)
TYPE = Message(
    code="K-DEI-008",
    what=Text(
        zh="数据项“{item}”的类型（{type}）不能做 {action}", en="The item “{item}” of type {type} cannot take {action}"
    ),
    why=Text(zh="该列的单元格不是单个的文字或数值。", en="Its cells are not single texts or numbers."),
    fix=Text(zh="改为 drop，或改为 keep。", en="Change it to drop or keep."),
)
CELLS = Message(
    code="K-DEI-009",
    what=Text(zh="数据项“{item}”中有单元格无法按类型 {type} 处理", en="Cells of “{item}” cannot be treated as {type}"),
    why=Text(
        zh="单元格的内容与该列的类型不符；内容不在此显示。",
        en="They do not fit the column's type; they are not shown here.",
    ),
    fix=Text(zh="检查源文件的该列，或改为 drop。", en="Check that column of the file, or change it to drop."),
)
SAME_FILE = Message(
    code="K-DEI-010",
    what=Text(zh="两个来源会写成同一个文件“{name}”", en="Two sources would be written as one file “{name}”"),
    why=Text(zh="后写的会覆盖先写的。", en="The second would replace the first."),
    fix=Text(zh="把它们放在不同的文件夹下再声明。", en="Put them in different folders and declare those."),
)
COLUMN_NEW = Message(
    code="K-DEI-011",
    what=Text(zh="文件中的列“{item}”不在方案里", en="The file has a column “{item}” that the plan does not know"),
    why=Text(zh="方案是按另一份数据做出的。", en="The plan was made for other data."),
    fix=Text(zh="重新运行 `kouan plan`。", en="Run `kouan plan` again."),
)

PROFILE_NAME = Message(
    code="K-DEI-060",
    what=Text(
        zh="处理配置的规则“{rule}”写了不存在的“{name}”{guess}",
        en="The rule “{rule}” of the profile names “{name}”, which there is not{guess}",
    ),
    why=Text(zh="写错的名称不会适用于任何数据项。", en="A misspelt name would fit no item."),
    fix=Text(
        zh="改成识别结果的含义（kouan inspect）、行业标准的编号或者其中的元素。",
        en="Name a meaning of recognition (kouan inspect), the id of a sector's standard, or an element of it.",
    ),
)
PROFILE_PARAMS = Message(
    code="K-DEI-061",
    what=Text(
        zh="处理配置的规则“{rule}”的 params 不合要求：{problem}",
        en="The params of the profile's rule “{rule}” do not fit: {problem}",
    ),
    why=Text(zh="按这样的参数无法处理。", en="No item could be treated with them."),
    fix=Text(zh="按方案开头的说明改正。", en="Correct them as the legend at the top of a plan describes."),
)
PROFILE_KEEPS = Message(
    code="K-DEI-062",
    what=Text(
        zh="处理配置的规则“{rule}”要原样保留直接标识符或者自由文本",
        en="The rule “{rule}” of the profile would keep a direct identifier or free text as it is",
    ),
    why=Text(
        zh="处理配置只能加严：含直接标识符的数据按 GB/T 42460-2023 只能评为 1 级。",
        en="A profile may only tighten: data with a direct identifier are grade 1 of GB/T 42460-2023.",
    ),
    fix=Text(
        zh="改用 pseudonym、mask、generalise、scrub 或 drop；个别确需保留的，在方案里写明 accepted。",
        en="Use pseudonym, mask, generalise, scrub or drop; a single exception goes into the plan, with `accepted`.",
    ),
)
PROFILE_NEVER = Message(
    code="K-DEI-063",
    what=Text(
        zh="数据项“{item}”按处理配置“{profile}”不得出境，方案却没有删除",
        en="“{item}” must not leave under the profile “{profile}”, and the plan does not drop it",
    ),
    why=Text(zh="{why}", en="{why}"),
    fix=Text(
        zh="改为 drop；确需出境的，换一个配置或者不用配置，另行说明理由。",
        en="Change it to drop; if it must leave, take another profile or none, and give the reason.",
    ),
)
HIERARCHY_CHANGED = Message(
    code="K-DEI-021",
    what=Text(
        zh="层级文件“{file}”与方案记下的摘要不一致",
        en="The hierarchy file “{file}” is not the one whose digest the plan holds",
    ),
    why=Text(
        zh="层级变了，处理结果就与方案不符。",
        en="With another hierarchy the result is not what the plan says.",
    ),
    fix=Text(
        zh="换回原来的文件；确要改用新的，删去 params 中的 sha256。",
        en="Put the old file back; if the new one is meant, delete sha256 from the params.",
    ),
)
DIRECT_PARTLY = Message(
    code="K-DEI-022",
    what=Text(
        zh="数据项“{item}”是{what}，只做 {action} 不够",
        en="“{item}” is {what}, and {action} is not enough for it",
    ),
    why=Text(
        zh="未改动、只差一点或者一对一替换的值仍能直接指向个人（GB/T 42460-2023 附录A）。",
        en="Values that stay, lie near the real ones, or have a group each still lead to a person (GB/T 42460-2023"
        " annex A).",
    ),
    fix=Text(
        zh="改用 pseudonym、mask 或 drop；自由文本用 scrub 或 drop。",
        en="Use pseudonym, mask or drop; for free text scrub or drop.",
    ),
)
MANY_VALUES = Message(
    code="K-DEI-023",
    what=Text(
        zh="数据项“{item}”的不同值超过 {most} 个，不能做 {action}",
        en="“{item}” has more than {most} distinct values and cannot take {action}",
    ),
    why=Text(
        zh="这种处理要先数清整列的值；超过上限就不能在有限的内存里完成。",
        en="Its values are counted first, all of them, and beyond the limit that does not fit into bounded memory.",
    ),
    fix=Text(
        zh="先用 generalise 降低精度的办法代替，例如 bins、rounded，或改为 drop。",
        en="Make it coarser instead with generalise, such as bins or rounded, or drop it.",
    ),
)
NOT_SEALED = Message(
    code="K-DEI-024",
    what=Text(
        zh="第 {number} 个值不是用这把密钥、以类别 {kind} 做成的可逆假名",
        en="Value {number} is no reversible pseudonym made with this key and the kind {kind}",
    ),
    why=Text(
        zh="密钥、年份或 kind 不同，或者该值被改动过，都无法还原。",
        en="With another key, year or kind, or once it was changed, it cannot be turned back.",
    ),
    fix=Text(
        zh="核对处理结果中的密钥编号（treatment.json 的 key）和方案中该行的 kind，在持有密钥的机器上重试。",
        en="Compare the key's name in treatment.json and the kind in the plan, and try where that key is.",
    ),
)
ROWS = Message(
    code="K-DEI-025",
    what=Text(zh="方案的 rows 不合要求：{problem}", en="The rows of the plan do not fit: {problem}"),
    why=Text(
        zh="不知道哪些行留下，就可能拆散同一个人的行，或者留下太小的组。",
        en="Rows of one person could come apart, or classes stay that are too small.",
    ),
    fix=Text(
        zh='写成 rows: {{sample: 10%, by: 标明个人的列}} 或 rows: {{k: 5, over: ["数据项", …]}}，可同写，'
        '其他隐私模型写在 models: ["l:数据项=3", …]；不要就删去。',
        en='Write rows: {{sample: 10%, by: the column that names the person}} or rows: {{k: 5, over: ["item", …]}}, or'
        ' both in one, other privacy models as models: ["l:item=3", …]; delete it if it is not needed.',
    ),
)
MANY_CLASSES = Message(
    code="K-DEI-026",
    what=Text(
        zh="表“{entity}”按 rows 的 over 分成的组超过 {most} 个",
        en="The table “{entity}” falls into more than {most} classes over the items of rows",
    ),
    why=Text(
        zh="这么多的组说明这些数据项几乎逐行不同，绝大多数行都会被删去，也无法在有限的内存里数清。",
        en="So many classes mean that nearly every row differs: nearly all would stay here, and they do not fit into"
        " bounded memory.",
    ),
    fix=Text(
        zh="先把这些数据项降低精度（generalise），或从 over 中去掉。",
        en="Make these items coarser first (generalise), or take some out of over.",
    ),
)

DIRECT = Text(zh="直接标识符", en="a direct identifier")
FREE_TEXT = Text(zh="未处理的自由文本", en="untreated free text")

PARAM_UNKNOWN = Text(zh="不认识的参数“{name}”，可用：{allowed}", en="unknown parameter “{name}”; there are: {allowed}")
PARAM_MISSING = Text(zh="缺少参数“{name}”", en="the parameter “{name}” is missing")
PARAM_WHOLE = Text(zh="“{name}”应为 {low} 至 {high} 的整数", en="“{name}” is a whole number from {low} to {high}")
PARAM_WORD = Text(zh="“{name}”应为其中之一：{allowed}", en="“{name}” is one of: {allowed}")
PARAM_KIND = Text(
    zh="“kind”只能用小写字母、数字和 . _ -，以字母开头",
    en="“kind” is written in small letters, digits and . _ -, a letter first",
)
PARAM_REASON = Text(zh="“accepted”应写明理由", en="“accepted” gives the reason in words")
PARAM_STEP = Text(zh="“{name}”应是 width 的整数倍", en="“{name}” is a multiple of width")
PARAM_ORDER = Text(zh="bottom 应小于 top", en="bottom is smaller than top")
PARAM_NOTHING = Text(
    zh="keep_start 与 keep_end 不能都为 0，请改用 drop", en="keep_start and keep_end are both 0; use drop"
)
PARAM_BY = Text(
    zh="“{param}”所指的列“{name}”不在同一张表中{guess}",
    en="the column “{name}” of “{param}” is not in that table{guess}",
)
PARAM_UNLESS = Text(
    zh="“unless”“ends”只用于不可逆的假名（code、uuid、reference、digits、short），ends 至少写一个词尾",
    en="“unless” and “ends” go with pseudonyms that cannot be turned back (code, uuid, reference, digits, short), and"
    " ends has one ending at least",
)
PARAM_BY_ITSELF = Text(zh="“{param}”应是另一列", en="“{param}” is another column")
PARAM_PATH = Text(
    zh="“file”应是相对于声明文件所在目录的路径", en="“file” is a path relative to the folder of the declaration"
)
PARAM_FILE = Text(zh="没有读入层级文件“{name}”", en="the hierarchy file “{name}” was not read")
PARAM_LEVEL = Text(
    zh="“level”应为 1 至 {height} 的整数：该层级文件有 {height} 层（0 层是原值）",
    en="“level” is a whole number from 1 to {height}, the height of that hierarchy (level 0 is the value itself)",
)
PARAM_DECIMAL = Text(
    zh='“{name}”应为 {low} 至 {high} 的数，小数加引号，如 "0.5"',
    en='“{name}” is a number from {low} to {high}; a decimal stands in quotes, such as "0.5"',
)
PARAM_ONE_OF = Text(zh="须写且只写其中之一：{names}", en="give one of these, and no more: {names}")
PARAM_ALGORITHM = Text(
    zh="本机的密码库（OpenSSL）不支持 {name}，请改用 hmac-sha256，或换用带 SM3 的 OpenSSL 1.1.1 以上版本",
    en="this machine's OpenSSL lacks {name}: use hmac-sha256, or an OpenSSL with SM3 (1.1.1 or later)",
)
PARAM_PAIR = Text(
    zh="“with”所指的列“{name}”也应是 generalise，to: grid，网格大小相同并互相指明，或者 drop",
    en="the column “{name}” of “with” must be on the same grid and name this one, or be dropped",
)
ROWS_NOTHING = Text(zh="sample、k 与 models 至少写一个", en="give sample, k or models")
ROWS_SENSITIVE = Text(
    zh="models 中的“{item}”不是方案里要出境的数据项{guess}", en="“{item}” under models is no item that leaves{guess}"
)
ROWS_SHARE = Text(
    zh="sample 应为 0 与 100% 之间的百分数，如 10%", en="sample is a percentage between 0 and 100%, such as 10%"
)
ROWS_BY = Text(
    zh="表“{entity}”没有 by 所指的列“{name}”，同一个人的行会被拆散",
    en="the table “{entity}” has no column “{name}”, which by names, so rows of one person would come apart",
)
ROWS_WITH = Text(zh="“{name}”与“{other}”须同时写", en="“{name}” and “{other}” go together")
ROWS_K = Text(zh="k 应为 2 至 100000 的整数", en="k is a whole number from 2 to 100000")
ROWS_OVER = Text(
    zh="over 中的“{item}”不是方案里要出境的数据项，或者写了两次{guess}",
    en="“{item}” under over is no item that leaves, or stands there twice{guess}",
)
ROWS_TABLES = Text(zh="over 中的数据项应在同一张表里", en="the items under over are in one table")
PROFILE_MODE = Message(
    code="K-DEI-064",
    what=Text(
        zh="处理配置“{name}”不适用于 {mode} 方式",
        en="The profile “{name}” is not made for release mode {mode}",
    ),
    why=Text(
        zh="接收方持有数据的方式不同，要求不同；它只写了 {known}。",
        en="What is enough depends on how the recipient holds the data; it is written for {known}.",
    ),
    fix=Text(
        zh="换一个配置（kouan profiles），或者改 transfer 的 mode。",
        en="Choose another profile (kouan profiles), or change `mode` of the transfer.",
    ),
)
