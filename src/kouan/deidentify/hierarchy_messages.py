"""Catalogue of the errors of hierarchy files."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

_ONE_PARENT = Text(
    zh="同一层的一个值只能归入上一层的一个值，否则泛化结果不确定。",
    en="A value of one level belongs to one value of the next, or the result of generalising is not determined.",
)

FILE = Message(
    code="K-DEI-012",
    what=Text(zh="层级文件读不了：{problem}", en="The hierarchy file cannot be read: {problem}"),
    why=Text(zh="没有它就不知道每个值归入哪一类。", en="Without it nothing says which group a value belongs to."),
    fix=Text(
        zh="核对路径；文件应为 UTF-8（或 GB 18030）的 .csv，或者 .yaml。",
        en="Check the path; the file is a .csv in UTF-8 (or GB 18030), or a .yaml.",
    ),
)
EMPTY = Message(
    code="K-DEI-013",
    what=Text(zh="层级文件里没有值", en="The hierarchy file holds no values"),
    why=Text(zh="空的层级会使所有值都无处可归。", en="Every value of the data would be without a group."),
    fix=Text(zh="每个值写一行：值;上一层;再上一层;*。", en="Write one row a value: value;group;wider group;*."),
)
WIDTH = Message(
    code="K-DEI-014",
    what=Text(
        zh="这一行有 {found} 层，前面的行有 {wanted} 层",
        en="This row has {found} levels, those before {wanted}",
    ),
    why=Text(
        zh="各行层数不同，同一层的值就不可比。", en="With unequal rows the values of one level are not comparable."
    ),
    fix=Text(
        zh="每行写同样多的层，至少两层，用 ; 或 , 分隔；某层不变的，把原值再写一遍；含分隔符的值加双引号。",
        en="Give every row the same number of levels, two at least, separated by ; or ,; where a level changes nothing"
        " write the value again; put values that hold the separator in double quotes.",
    ),
)
GAP = Message(
    code="K-DEI-015",
    what=Text(zh="这一行第 {level} 层是空的", en="Level {level} of this row is empty"),
    why=Text(
        zh="空值在数据里表示缺失，不能当作一类。", en="An empty cell means “missing” in the data; it is no group."
    ),
    fix=Text(
        zh="补上这一层的值；与下一层相同的，再写一遍。",
        en="Write the value of that level; where it changes nothing write the one before it again.",
    ),
)
LEAF = Message(
    code="K-DEI-016",
    what=Text(zh="这一行的值在第 {line} 行已经写过", en="The value of this row stands in line {line} already"),
    why=_ONE_PARENT,
    fix=Text(zh="删去其中一行。", en="Delete one of the two rows."),
)
PARENTS = Message(
    code="K-DEI-017",
    what=Text(
        zh="这一行第 {level} 层的值，在第 {line} 行归入了另一个上层值",
        en="The value at level {level} of this row has another parent in line {line}",
    ),
    why=_ONE_PARENT,
    fix=Text(
        zh="让两行的上层值一致；确是两个类的，给它们起不同的名称。",
        en="Make the two rows agree; if they are two groups, give them two names.",
    ),
)
CYCLE = Message(
    code="K-DEI-018",
    what=Text(
        zh="从这一行第 {level} 层的值往上走，会走回它自己",
        en="Going up from the value at level {level} of this row leads back to it",
    ),
    why=Text(zh="一个值不能既是另一个值的上层又是它的下层。", en="A value cannot be both above and below another one."),
    fix=Text(
        zh="改正上下次序；同名而不同类的，改用不同的名称。",
        en="Correct which is above which; give different groups different names.",
    ),
)
SHAPE = Message(
    code="K-DEI-019",
    what=Text(zh="层级文件的写法不对：{problem}", en="The hierarchy file is not written as one: {problem}"),
    why=Text(zh="读不出哪个值归入哪一类。", en="It does not say which value belongs to which group."),
    fix=Text(
        zh="写成嵌套的对应（上层在外，最里面是值的列表），或 intervals: {{from: 0, to: 100, widths: [5, 10, 20]}}。",
        en="Write nested mappings (wider groups outside, lists of values innermost), or intervals: {{from: 0, to: 100,"
        " widths: [5, 10, 20]}}.",
    ),
)
LARGE = Message(
    code="K-DEI-020",
    what=Text(zh="层级文件太大：{found}，上限为 {most}", en="The hierarchy is too large: {found}, the limit is {most}"),
    why=Text(zh="层级在处理前整个读入内存。", en="A hierarchy is held in memory as a whole."),
    fix=Text(
        zh="只写数据里出现的值；数值改用 bins 或 intervals。",
        en="Leave out values that the data do not hold; for numbers use bins or intervals.",
    ),
)

NO_FILE = Text(zh="没有这个文件", en="there is no such file")
NO_REGULAR = Text(zh="不是普通文件（是管道、设备或者文件夹）", en="it is no regular file (a pipe, device or folder)")
NO_ACCESS = Text(zh="没有读取权限，或者不是文件", en="it may not be read, or is no file")
NO_TEXT = Text(zh="不是文本", en="it is no text")
NO_CSV = Text(zh="双引号没有成对，或者一格过长", en="a double quote is not closed, or a cell is too long")
NO_SUFFIX = Text(zh="后缀不是 .csv、.yaml 或 .yml", en="its suffix is not .csv, .yaml or .yml")
NOT_NESTED = Text(zh="应为嵌套的对应", en="nested mappings are expected")
NOT_PLAIN = Text(zh="值应为文字或整数；其他的请加引号", en="values are words or whole numbers; quote anything else")
NOT_A_RANGE = Text(
    zh="intervals 需要整数 from、to（from 小于 to）和由小到大的 widths，后一个是前一个的整数倍",
    en="intervals takes whole numbers from and to (from below to) and widths, each a multiple of the one before",
)
