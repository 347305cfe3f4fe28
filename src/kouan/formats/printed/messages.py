"""Errors of printed documents."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

PRINTED_KIND = Message(
    code="K-FMT-090",
    what=Text(zh="不能从这种文件读取清单表格", en="Tables of a list are not read from this kind of file"),
    why=Text(zh="能读取的种类：{kinds}。", en="Read are {kinds}."),
    fix=Text(zh="另存为其中一种后重试。", en="Save it as one of these and try again."),
)
PRINTED_DAMAGED = Message(
    code="K-FMT-091",
    what=Text(zh="文件损坏，或者含有不安全的内容", en="The file is damaged or holds something unsafe"),
    why=Text(
        zh="内容与文件类型不符，或者含有文档类型声明、实体、加密内容，因此不读取。",
        en="It is not what its name says, or holds a document type, entities or encrypted parts.",
    ),
    fix=Text(
        zh="从官方网站重新下载，或者在文字处理软件中另存后重试。",
        en="Get it again from the official site, or save it anew in an office program.",
    ),
)
PRINTED_LARGE = Message(
    code="K-FMT-092",
    what=Text(zh="文件或者其中的表格过大", en="The file or a table in it is too large"),
    why=Text(
        zh="最多读取 {size} MiB、{cells} 个单元格；公布的清单远小于此。",
        en="At most {size} MiB and {cells} cells are read; published lists are far smaller.",
    ),
    fix=Text(zh="只保留清单的表格后重试。", en="Keep only the tables of the list and try again."),
)
