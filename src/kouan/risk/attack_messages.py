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
    zh="“{name}”处理后的值几乎都对应不到原值（如假名），无法逐行比较；另按假名攻击。",
    en="“{name}” has treated values that match next to no original one (as pseudonyms do): it was not used to"
    " compare rows, but attacked as pseudonyms.",
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
    zh="筛出：只找到 {found} 个恰好符合处理后一条记录的条件（目标 {wanted} 个）；没找到的按失败计。",
    en="Singling out: only {found} conditions fit exactly one treated row (of {wanted} wanted); those not found count"
    " as failed.",
)
ASSUMES_LINK = Text(
    zh="攻击者有同一批人的两份资料，各知道一组列的原值，没有共同的编号；分别找最近的 {count} 条处理后的记录，"
    "有共同记录即认定为同一人。",
    en="The attacker has two files of the same persons with true values, one for each set of columns, and no common"
    " key; he looks up the {count} nearest treated row(s) by each and links them by a row in common.",
)
ASSUMES_INFER = Text(
    zh="攻击者知道某人其他 {count} 列的原值，取最近的处理后记录中的该列作为猜测；"
    "概化值须包含真值且不超过全部取值的一半才算猜中。",
    en="The attacker knows true values of a person in {count} other column(s) and guesses what the nearest treated"
    " row says; a generalised value is right if it covers the true one and at most half of all values.",
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
NOT_ALIGNED = Message(
    code="K-RSK-065",
    what=Text(zh="假名与原值的行数不同", en="Pseudonyms and original values differ in number"),
    why=Text(
        zh="频率攻击要逐行核对猜得对不对，两列须为相同的行、相同的顺序。",
        en="A frequency attack is checked row by row: both columns must hold the same rows in the same order.",
    ),
    fix=Text(zh="给出处理前后行序一致的两份数据。", en="Give the data before and after treatment in the same order."),
)
CONTROL_NEEDED = Message(
    code="K-RSK-066",
    what=Text(zh="成员推断需要对照数据", en="A membership attack needs a control set"),
    why=Text(
        zh="要有未被统计的人，才能看出统计表是否暴露了谁在其中。",
        en="Only against persons who were not counted can it be seen whether the counts show who was.",
    ),
    fix=Text(zh="用 --control 给出至少四条未计入统计的同类记录。", en="Give four like records or more by --control."),
)
NO_COUNTS = Message(
    code="K-RSK-067",
    what=Text(zh="统计表中没有计数列“{name}”", en="The table of counts has no column “{name}”"),
    why=Text(zh="成员推断要读每一格的人数。", en="The attack reads how many persons each cell holds."),
    fix=Text(zh="用 --counts 写明计数列的列名。", en="Name the column of counts with --counts."),
)
NO_DIGEST = Text(
    zh="假名不是等长的十六进制或 base64 摘要，没有可试的无密钥做法；这不能证明用了密钥。",
    en="The pseudonyms are no hex or base64 digests of one length: there was no unkeyed recipe to try. This does"
    " not prove that a key was used.",
)
NO_RECIPE = Text(
    zh="试过的无密钥做法都不符；这不能证明用了密钥，只说明不是这些常见做法。",
    en="No unkeyed recipe that was tried fits. This does not prove that a key was used, only that it is none of the"
    " common ways.",
)
PART_TRIED = Text(
    zh="只试了全部号码的 {share}，成功率只对应这部分工作量；试完全部号码，同样做法的假名都会被破解。",
    en="Only {share} of all numbers were tried and the rate holds for that much work; trying all of them opens every"
    " pseudonym made in that way.",
)
ASSUMES_DICTIONARY = Text(
    zh="攻击者知道号码的种类，不知道任何密钥；逐个计算 MD5、SHA-1、SHA-256、SM3（十六进制或 base64，可带常见前缀）。"
    "做法得到证实后，原值充当全部号码的代表。",
    en="The attacker knows the kind of number and no key; he computes MD5, SHA-1, SHA-256 and SM3 (hex or base64, with"
    " common prefixes) of one number after another. Once a recipe is proven, the original values stand for all"
    " numbers.",
)
ASSUMES_FREQUENCY = Text(
    zh="攻击者知道各取值在人群中的分布，把最常见的假名当作最常见的值，依次对应。",
    en="The attacker knows how common each value is and takes the commonest pseudonym for the commonest value, and so"
    " on.",
)
ASSUMES_MEMBER = Text(
    zh="攻击者知道某人的取值和这些取值在人群中有多常见，比较公布的人数是否偏多；愿意误指 {share} 的局外人。",
    en="The attacker knows a person's values and how common they are, and looks whether the released counts are higher;"
    " he is ready to claim {share} of outsiders wrongly.",
)
WHICH_TABLE = Message(
    code="K-RSK-068",
    what=Text(zh="不清楚要攻击哪一张表", en="It is not clear which table to attack"),
    why=Text(zh="文件中的表：{tables}。一次攻击一张表。", en="The file holds: {tables}. One is attacked at a time."),
    fix=Text(zh="用 --table 写明表名；各文件中的表名须相同。", en="Name it with --table; all files name it alike."),
)
OWN_DISTRIBUTION = Text(
    zh="没有对照数据，攻击者所知的分布取自原始数据本身，这是最有利于攻击者的情形。",
    en="Without a control set the attacker knows the distribution of the original itself, the best case for him.",
)
BY_CONTAINMENT = Text(
    zh="攻击者掌握原值；处理后的区间、掩码、上位值按能否包含原值比较，越宽的值排得越后。",
    en="The attacker holds true values; treated intervals, masks and shortened values are compared by whether they"
    " cover them, wider ones last.",
)
NO_PROOF = Text(
    zh="结果只说明这些攻击能做到多少；别的攻击、别的辅助数据可能做到更多，不能据此认定数据已经匿名化。",
    en="The figures say what these attacks achieve; others, or other knowledge, may achieve more. They do not show that"
    " the data are anonymous.",
)
