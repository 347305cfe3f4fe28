"""Catalogue of the errors of recognition."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text
from kouan.recognize.prose.messages import *  # noqa: F403 - one catalogue of the room in two files

HINT_UNKNOWN_COLUMN = Message(
    code="K-REC-001",
    what=Text(zh="数据项说明“{hint}”没有对应的列{guess}", en="The item hint “{hint}” names no column{guess}"),
    why=Text(
        zh="人工说明优先于自动识别；写错列名会使说明悄悄失效。",
        en="A person's hint wins over recognition; a misspelt name would silently do nothing.",
    ),
    fix=Text(
        zh="在 items 中改用文件里的列名（可写成“工作表#列名”）。",
        en="Use the column's name as in the file under `items` (`sheet#column` also works).",
    ),
)
HINT_UNKNOWN_MEANING = Message(
    code="K-REC-002",
    what=Text(zh="不认识的数据项含义“{meaning}”{guess}", en="Unknown meaning “{meaning}”{guess}"),
    why=Text(
        zh="分类、敏感性和处理方式都由含义决定，不能猜测。",
        en="Category, sensitivity and treatment follow from the meaning, so it cannot be guessed.",
    ),
    fix=Text(zh="改用词表中的含义，例如 {some}。", en="Use a meaning of the lexicon, such as {some}."),
)
CELLS_UNREADABLE = Message(
    code="K-REC-003",
    what=Text(zh="列“{column}”的内容无法解读", en="The content of column “{column}” cannot be interpreted"),
    why=Text(
        zh="单元格不是有效的文本编码或类型，识别结果会不可信。",
        en="Cells are not valid text of their type, so nothing reliable can be said of them.",
    ),
    fix=Text(
        zh="从来源系统重新导出该文件（文本用 UTF-8），再重试。",
        en="Export the file again from its system (text as UTF-8) and try again.",
    ),
)
LEXICON_BROKEN = Message(
    code="K-REC-004",
    what=Text(zh="识别词表有误：{problem}", en="The recognition lexicon is broken: {problem}"),
    why=Text(
        zh="词表随软件安装，不应被改动。", en="The lexicon is installed with the software and must not be changed."
    ),
    fix=Text(zh="重新安装 kouan。", en="Install kouan again."),
    status=Exit.INTERNAL,
)
MIN_AGE_UNKNOWN_ROLE = Message(
    code="K-REC-005",
    what=Text(
        zh="min_age 中的“{role}”不在该数据源的 subjects 里{guess}",
        en="`min_age` names “{role}”, which is not among the source's subjects{guess}",
    ),
    why=Text(
        zh="最低年龄决定出生日期不明的人是否可能不满十四周岁；角色写错会使申报悄悄失效。",
        en="The lowest age decides whether persons of unknown birth may be under 14; for a misspelt role it would "
        "silently do nothing.",
    ),
    fix=Text(
        zh="改用 subjects 中的角色，或先在 subjects 中写明该角色。",
        en="Use a role of `subjects`, or add the role there first.",
    ),
)
COUNT_UNWRITABLE = Message(
    code="K-REC-006",
    what=Text(
        zh="统计人数所需的临时文件无法写入：{problem}",
        en="The temporary files that counting persons needs cannot be written: {problem}",
    ),
    why=Text(
        zh="行数很多时，去重所用的键以随机密钥的哈希值暂存在磁盘上，不含原始数据；计数已停止，临时文件已自动删除。",
        en="For very many rows the keys are put on disk, hashed under a random key and never raw; counting has stopped "
        "and the temporary files are gone.",
    ),
    fix=Text(
        zh="在该目录腾出空间（每行每种键约需 25 字节），或把环境变量 TMPDIR 设为更大磁盘上的目录，再重新运行。",
        en="Free space in that folder (about 25 bytes per row and kind of key) or set TMPDIR to a folder on a larger "
        "disk, and run again.",
    ),
)
TOO_MANY_ROWS = Message(
    code="K-REC-007",
    what=Text(zh="一类个人的行数超过 {limit}，无法计数", en="One role has more than {limit} rows"),
    why=Text(
        zh="行号超出范围后人数会算错，因此停止。", en="Beyond that row numbers do not fit and the count would be wrong."
    ),
    fix=Text(
        zh="把数据分成几次出境活动分别统计，并在组合中一并判定。",
        en="Split the data into several transfers and decide them together as a portfolio.",
    ),
)
HINTS_DIFFER = Message(
    code="K-REC-008",
    what=Text(
        zh="“{item}”在填报文件和标签文件中含义不同：{meanings}",
        en="The declaration and the file of labels say different things of “{item}”: {meanings}",
    ),
    why=Text(
        zh="两处都是人工认定，软件不能判断以谁为准。",
        en="Both are words of persons, and the software cannot tell which of them counts.",
    ),
    fix=Text(zh="改正其中一处，或删去一处。", en="Correct one of them, or take it out."),
)
