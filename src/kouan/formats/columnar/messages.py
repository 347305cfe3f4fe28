"""What can go wrong with columnar files beyond their being damaged."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

TOO_MANY_CELLS = Message(
    code="K-FMT-077",
    what=Text(
        zh="文件只有 {bytes} 字节，却声称有 {rows} 行 × {columns} 列",
        en="A file of {bytes} bytes claims {rows} rows × {columns} columns",
    ),
    why=Text(
        zh="几乎每一格都是重复值，读取没有止境；这是“数据炸弹”的特征，因此没有读取。",
        en="Nearly every cell would be a repeated value and reading would not end; that is how a bomb looks, so it was "
        "not read.",
    ),
    fix=Text(
        zh="确认来源；若内容属实，拆成几个较小的文件后重试。",
        en="Make sure where it comes from; if it is genuine, split it into smaller files and try again.",
    ),
)
