"""Catalogue of the attacks' errors, assumptions and notes."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

NO_COLUMN = Message(
    code="K-RSK-060",
    what=Text(zh="没有可用于攻击的列“{name}”", en="There is no column “{name}” that an attack could use"),
    why=Text(
        zh="原始表、处理后的表和对照表都要有这一列，而且处理后的值要能与原值对应。",
        en="The original, the treated and the control table must all have it, with treated values that can be matched"
        " to original ones.",
    ),
    fix=Text(zh="可用的列：{known}。", en="Use one of: {known}."),
)
EMPTY = Message(
    code="K-RSK-061",
    what=Text(zh="表中没有记录", en="The table has no rows"),
    why=Text(zh="没有攻击对象，成功率无从谈起。", en="Without anybody to attack there is no rate of success."),
    fix=Text(zh="给出有记录的表。", en="Give a table that has rows."),
)
NOTHING_SHARED = Message(
    code="K-RSK-062",
    what=Text(zh="处理后的表与原始表没有可比较的列", en="The treated table shares no column that can be compared"),
    why=Text(
        zh="列名不同，或每一列处理后的值都对应不到原值。这不表示没有风险。",
        en="Columns have other names, or no treated value matches an original one. This does not mean that there is no"
        " risk.",
    ),
    fix=Text(
        zh="核对两个文件是否同一份数据，并使列名一致。",
        en="Check that both files are of the same data, and give the columns the same names.",
    ),
)
NESTED_OUT = Text(
    zh="“{name}”一个单元格内有多个值，未用于攻击。", en="“{name}” holds several values in a cell and was not used."
)
UNMATCHED_OUT = Text(
    zh="“{name}”处理后的值几乎都对应不到原值（如带密钥的假名），攻击者无法比较，未用于攻击。",
    en="“{name}” has treated values that match next to no original one (such as keyed pseudonyms): it cannot be"
    " compared and was not used.",
)
UNMATCHED = Text(
    zh="“{name}”有 {share} 的处理后的值对应不到原值；懂得其编码的攻击者能做得更多，结果可能偏低。",
    en="“{name}”: {share} of the treated values match no original one; an attacker who knows their coding could do"
    " more, and the result may be too low.",
)
HALVES = Message(
    code="K-RSK-063",
    what=Text(zh="连接攻击的两组列无效", en="The two sets of columns to link are not valid"),
    why=Text(
        zh="两组都要至少有一列，且不能有相同的列，否则连接总会成功，说明不了问题。",
        en="Each needs a column and none may be in both: the link would always work and show nothing.",
    ),
    fix=Text(
        zh="写成两组，用 / 分开，例如 --aux 年龄,性别/职业,邮编。",
        en="Give two sets with / between them, such as --aux age,sex/job,postcode.",
    ),
)
SECRET_KNOWN = Message(
    code="K-RSK-064",
    what=Text(zh="推断攻击没有可用的已知列", en="Nothing is left from which the column could be inferred"),
    why=Text(
        zh="攻击者至少要知道一列，且不能已经知道要推断的那一列。",
        en="The attacker must know one column at least, and not the one that he wants.",
    ),
    fix=Text(zh="在 --aux 中换用其他列。", en="Name other columns in --aux."),
)
NO_CONTROL = Text(
    zh="没有对照数据（未放行的同类记录）：风险值包含了不靠某人在这份数据里也能猜到的部分，偏高。",
    en="No control set (like records outside the release): the figure also counts what could be learnt of persons who"
    " are not in the data, and reads too high for that reason.",
)
FEW_PREDICATES = Text(
    zh="只找到 {found} 个恰好符合处理后一条记录的条件（目标 {wanted} 个）；没找到的按失败计。",
    en="Only {found} conditions fit exactly one treated row (of {wanted} wanted); those not found count as failed.",
)
ASSUMES_LINK = Text(
    zh="攻击者有同一批人的两份资料，各知道一组列的原值，没有共同的编号；分别找最近的 {count} 条处理后的记录，"
    "有共同记录即认定为同一人。",
    en="The attacker has two files of the same persons with true values, one for each set of columns, and no common"
    " key; he looks up the {count} nearest treated row(s) by each and links them by a row in common.",
)
ASSUMES_INFER = Text(
    zh="攻击者知道某人 {count} 列的原值，取最近的处理后记录中的“{secret}”作为猜测；"
    "概化值须包含真值且不超过全部取值的一半才算猜中。",
    en="The attacker knows true values of a person in {count} column(s) and takes “{secret}” of the nearest treated row"
    " as his guess; a generalised value is right if it covers the true one and at most half of all values.",
)
ASSUMES_ONE = Text(
    zh="攻击者只看处理后的数据，取某一列的最大、最小值和只出现一次的值作为条件；原始数据中恰有一人符合即为筛出。",
    en="The attacker sees only the treated data and takes the largest, smallest and unique values of a column as a"
    " condition; it singles out when exactly one original row fits.",
)
ASSUMES_JOINT = Text(
    zh="攻击者只看处理后的数据，从中任取一条记录的 {count} 列组成条件；原始数据中恰有一人符合即为筛出。"
    "相同的记录按一条计。",
    en="The attacker sees only the treated data and joins {count} columns of some row to a condition; it singles out"
    " when exactly one original row fits. Equal rows count as one.",
)
