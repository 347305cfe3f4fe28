"""What can go wrong with files that are read in a process apart."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

READER_ENDED = Message(
    code="K-FMT-140",
    what=Text(zh="读取此文件的子进程中止：{how}", en="The process that read this file ended: {how}"),
    why=Text(
        zh="文件很可能损坏，或者是有意构造的；读取在单独的进程里进行，其他文件不受影响。",
        en="The file is most likely damaged, or made to hurt; it was read in a process of its own, and nothing else is "
        "touched.",
    ),
    fix=Text(
        zh="确认来源；若内容属实，用原软件打开并另存，或者拆成几个较小的文件后重试。",
        en="Make sure where it comes from; if it is genuine, save it anew in its own program or split it, and try "
        "again.",
    ),
)
DAMAGED = Message(
    code="K-FMT-141",
    what=Text(zh="{kind}不完整或已损坏", en="The {kind} is incomplete or damaged"),
    why=Text(zh="其结构不合规范，无法可靠读取。", en="Its structure breaks the standard and cannot be read reliably."),
    fix=Text(
        zh="重新传输，或者用原软件打开并另存后重试。",
        en="Transfer it again, or save it anew in its own program, and try again.",
    ),
)
TOO_LARGE = Message(
    code="K-FMT-142",
    what=Text(zh="{kind}过大：{have}，上限为 {most}", en="The {kind} is too large: {have}; the limit is {most}"),
    why=Text(
        zh="上限保证内存和时间有界；声称的大小超出内容所能有的，是“数据炸弹”的特征。",
        en="The limit keeps memory and time bounded; claims beyond what a file can hold are how a bomb looks.",
    ),
    fix=Text(
        zh="确认来源；若内容属实，拆成几个较小的文件后重试。",
        en="Make sure where it comes from; if it is genuine, split it into smaller files and try again.",
    ),
)
NOT_STARTED = Message(
    code="K-FMT-143",
    what=Text(zh="读取 {kind} 的子进程无法启动", en="The process that reads {kind} does not start"),
    why=Text(
        zh="组件已安装但不能运行：版本不合、安装不全、缺少系统库（如图像识别所需的 libGL），或者系统限制了内存和进程。",
        en="Its library is installed and cannot run: it is of a wrong version or installed in part, lacks a library "
        "of the system (libGL, for words in pictures), or is held back by limits of memory and processes.",
    ),
    fix=Text(
        zh='重新运行 pip install "kouan[{extra}]"；仍不行时安装系统库 libgl1，并检查系统对内存和进程数的限制。',
        en='Run pip install "kouan[{extra}]" again; if that does not help, install libgl1 of the system, and look at '
        "its limits of memory and processes.",
    ),
)
DICOM_WRITE = Message(
    code="K-FMT-144",
    what=Text(
        zh="处理后的值无法写回 DICOM 文件头：{problem}",
        en="Treated values cannot be written into the DICOM header: {problem}",
    ),
    why=Text(
        zh="标准规定了每个元素的写法和长度；写不进去的值不能含糊地换成别的。",
        en="The standard fixes how each element is written; a value that does not fit is not silently made another.",
    ),
    fix=Text(
        zh="在处理方案中对该列改用 drop、pseudonym 或 keep，日期用 shift；压缩或者大端的文件先转换传输语法。",
        en="Use drop, pseudonym or keep for that column in the plan, for dates shift; convert the transfer syntax of "
        "deflated or big-endian files first.",
    ),
)
