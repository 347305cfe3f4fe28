"""Errors about the record of consents: what, why, what to do."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

LEDGER_SHAPE = Message(
    code="K-CLR-034",
    what=Text(
        zh="同意台账须为单独一张表，实际有 {count} 张", en="The ledger of consents is one table; this file has {count}"
    ),
    why=Text(zh="多张表时无法知道哪一张是台账。", en="With several nobody can tell which one is the ledger."),
    fix=Text(zh="把台账另存为只有一张表的文件，如 CSV。", en="Save the ledger as a file with one table, such as CSV."),
)
LEDGER_COLUMNS = Message(
    code="K-CLR-035",
    what=Text(zh="同意台账缺少列：{names}", en="The ledger of consents lacks the columns {names}"),
    why=Text(
        zh="台账至少要有识别个人的列、目的、境外接收方、同意日期、是否单独同意。",
        en="It needs the person, the purpose, the recipient, the day of consent, and whether consent was separate.",
    ),
    fix=Text(
        zh="在填报文件 consent 的 key.column 和 columns 中写明台账实际的列名，或在台账中补上该列。",
        en="Name the ledger's own columns in key.column and columns under consent, or add the column to the ledger.",
    ),
)
LEDGER_CELL = Message(
    code="K-CLR-036",
    what=Text(
        zh="同意台账第 {row} 行“{column}”的内容无法使用，应为 {expected}",
        en="Row {row} of the ledger, column “{column}”, cannot be used; {expected} is expected",
    ),
    why=Text(
        zh="读不懂的一格可能正是一次撤回；不能当作没有。（此处不显示其内容。）",
        en="A cell that cannot be read may be a withdrawal and is not taken for nothing. (Its content is not shown.)",
    ),
    fix=Text(
        zh="在台账中改正这一行；没有内容的留空。", en="Correct the row in the ledger; leave empty what is not known."
    ),
)
LEDGER_ELSEWHERE = Message(
    code="K-CLR-037",
    what=Text(
        zh="同意台账中没有一行的目的和境外接收方与填报文件相符",
        en="No row of the ledger names both the purpose and a recipient of this declaration",
    ),
    why=Text(
        zh="同意须针对本次的目的和接收方（《个人信息保护法》第十四条、第三十九条）；全部不符通常是写法不同。",
        en="Consent is given to this purpose and recipient (PIPL Arts 14, 39); none fits: mostly another wording.",
    ),
    fix=Text(
        zh="在 consent 的 purposes 中写明台账所用的目的名称；接收方名称须与 parties 中一致。",
        en="Say under consent, purposes, what the ledger calls the purpose; recipients are named as under parties.",
    ),
)
CONSENT_GROUND = Message(
    code="K-CLR-038",
    what=Text(zh="填报文件的 consent 与 basis 不相符：{problem}", en="consent does not fit basis: {problem}"),
    why=Text(
        zh="台账只在以同意为依据时使用（《个人信息保护法》第十三条）；依据决定没有同意的人能否出境。",
        en="The ledger serves where consent is the ground (PIPL Art 13); the ground decides who needs it.",
    ),
    fix=Text(
        zh="在 basis 中列出 consent；只对部分主体以同意为依据的，还要列出其他人的依据，并在 applies_to 中写明主体。",
        en="List consent under basis; where it is the ground for some persons only, list the others' ground too and"
        " name the roles under applies_to.",
    ),
)
CONSENT_KEY = Message(
    code="K-CLR-039",
    what=Text(
        zh="无法在数据中找到同意台账所指的人：{problem}",
        en="The persons of the ledger cannot be found in the data: {problem}",
    ),
    why=Text(
        zh="找不到本人，就不能扣留没有同意的人的数据。",
        en="Where a person cannot be found, data of those without consent cannot be kept back.",
    ),
    fix=Text(
        zh="在 consent 的 key.matches 中为每张含这些人个人信息的表写明识别个人的数据项，如 dm.xpt!dm#USUBJID，"
        "或写含义，如 cn.mobile。",
        en="Under consent, key.matches, name an item that identifies the person for every table about them, such as "
        "dm.xpt!dm#USUBJID, or a meaning such as cn.mobile.",
    ),
)
LEDGER_TOO_LONG = Message(
    code="K-CLR-041",
    what=Text(zh="同意台账超过 {most} 行", en="The ledger of consents has more than {most} rows"),
    why=Text(zh="台账按人逐行核对，行数有上限。", en="It is compared person by person, and its rows are bounded."),
    fix=Text(zh="只导出与本次目的和接收方有关的行。", en="Export the rows of this purpose and recipient only."),
)
LEDGER_COLUMNS_SHARED = Message(
    code="K-CLR-042",
    what=Text(zh="同意台账的同一列被写成两种含义", en="One column of the ledger stands for two things"),
    why=Text(zh="一列只能说明一件事。", en="A column says one thing."),
    fix=Text(zh="检查 consent 的 key.column 和 columns。", en="Check key.column and columns under consent."),
)
LEDGER_GONE = Message(
    code="K-CLR-043",
    what=Text(zh="放行前找不到同意台账“{name}”", en="The ledger of consents “{name}” is not found before release"),
    why=Text(
        zh="放行当日须再次核对是否有人撤回同意（《个人信息保护法》第十五条）。",
        en="On the day of release it is checked again whether anybody withdrew (PIPL Art 15).",
    ),
    fix=Text(zh="用 --ledger 写明台账现在的位置。", en="Say with --ledger where the ledger lies now."),
    status=Exit.PROHIBITED,
)
CONSENT_STALE = Message(
    code="K-CLR-044",
    what=Text(zh="办理之后同意的情况有变化：{problem}", en="Consents changed since the clearing: {problem}"),
    why=Text(
        zh="撤回同意后不得再据此提供；待放行的数据是按办理日的台账处理的。",
        en="After withdrawal nothing is provided on that consent; what is staged follows the ledger as cleared.",
    ),
    fix=Text(
        zh="重新运行 `kouan clear`，扣留已撤回同意的人的数据，再放行。",
        en="Run `kouan clear` again: it keeps back the data of those who withdrew. Then release.",
    ),
    status=Exit.PROHIBITED,
)
CONSENT_DIFFERS = Message(
    code="K-CLR-045",
    what=Text(
        zh="consent.json 与文件夹内的填报文件、清单或处理记录不符",
        en="consent.json does not follow from the declaration, the inventory or the treatment in the folder",
    ),
    why=Text(
        zh="有台账就有核对记录，没有台账就没有；扣留的行数与待放行的行数也应相符。",
        en="With a ledger there is a record and without one there is none, and rows kept back and staged add up.",
    ),
    fix=Text(
        zh="不要采信该文件夹，向出具方索取原件。", en="Do not rely on this folder; ask its maker for the original."
    ),
    status=Exit.VERIFICATION_FAILED,
)
