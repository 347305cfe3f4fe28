"""Catalogue of errors of folders and archives; `formats/messages.py` shows them with the others."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

NO_MEMBERS = Message(
    code="K-FMT-040",
    what=Text(zh="其中没有可读取的文件", en="It holds no file to read"),
    why=Text(
        zh="目录、通配路径或压缩包里没有普通文件；隐藏文件不算。",
        en="The folder, pattern or archive has no regular file in it; hidden ones do not count.",
    ),
    fix=Text(zh="检查路径或通配符，或先导出数据。", en="Check the path or the pattern, or export the data first."),
)
NONE_READ = Message(
    code="K-FMT-041",
    what=Text(zh="其中没有一个文件能读取：{files}", en="Not one file in it could be read: {files}"),
    why=Text(
        zh="每个文件都因所示代码被拒绝；没有读到任何数据。",
        en="Each was refused for the code shown; no data at all was read.",
    ),
    fix=Text(
        zh="单独对一个文件运行 kouan inspect，可看到原因与做法。",
        en="Run kouan inspect on one of the files by itself to see why and what to do.",
    ),
)
TOO_MANY = Message(
    code="K-FMT-042",
    what=Text(
        zh="文件多于 {limit} 个，或目录深于 {depth} 层",
        en="There are more than {limit} files, or folders more than {depth} deep",
    ),
    why=Text(
        zh="逐个检查的文件数必须有限，否则一份声明就能占满机器。",
        en="Every file is examined, so their number must be bounded for a run to end.",
    ),
    fix=Text(zh="分成几个来源，或合并小文件。", en="Split it into several sources, or merge the small files."),
)
TOO_LARGE = Message(
    code="K-FMT-043",
    what=Text(zh="{file} 解压后过大或压缩比过高", en="{file} is too large, or too strongly packed, to unpack"),
    why=Text(
        zh="这是“压缩炸弹”的特征；合计解压上限 {limit} MiB，压缩比上限 {ratio}。",
        en="That is how a zip bomb looks; at most {limit} MiB are unpacked in all, at a ratio of at most {ratio}.",
    ),
    fix=Text(
        zh="确认文件来源；若内容属实，请先自行解压，再声明解压后的目录。",
        en="Make sure where it comes from; if it is genuine, unpack it yourself and declare the folder.",
    ),
)
NESTED_CONTAINER = Message(
    code="K-FMT-044",
    what=Text(zh="压缩包（{kind}）套在目录或压缩包里", en="An archive ({kind}) inside a folder or an archive"),
    why=Text(
        zh="层层嵌套可以把解压量放大到任意程度，因此只解一层。",
        en="Archives inside one another can multiply what they unpack to, so one layer is unpacked.",
    ),
    fix=Text(
        zh="先解开内层，或把内层压缩包单独声明为一个来源。",
        en="Unpack the inner one first, or declare it as a source of its own.",
    ),
)
MEMBER_NAME = Message(
    code="K-FMT-045",
    what=Text(
        zh="压缩包中第 {number} 个文件的名称不安全：{problem}",
        en="The name of entry {number} in the archive is unsafe: {problem}",
    ),
    why=Text(
        zh="这样的名称解压时会写到别处，或在别的系统上指向另一个文件。",
        en="Unpacked, such a name would land elsewhere or mean another file on another system.",
    ),
    fix=Text(
        zh="确认来源；用普通的相对路径重新打包。", en="Check its source; pack it again with plain relative names."
    ),
)
MEMBER_TWICE = Message(
    code="K-FMT-046",
    what=Text(zh="压缩包中有同名文件（第 {number} 个）", en="Entry {number} of the archive repeats a name"),
    why=Text(
        zh="名称相同，或只差大小写、字符写法，或与目录同名；不同软件会读到不同的文件。",
        en="The names are equal, differ only in case or form of characters, or one is the other's folder; two programs "
        "would read two different files.",
    ),
    fix=Text(zh="改名后重新打包。", en="Rename them and pack the archive again."),
)
MEMBER_KIND = Message(
    code="K-FMT-047",
    what=Text(
        zh="压缩包中第 {number} 个条目不是普通文件（链接、设备或稀疏文件）",
        en="Entry {number} of the archive is no regular file (a link, device or sparse file)",
    ),
    why=Text(
        zh="链接和设备会指向压缩包之外，稀疏文件的大小不可信。",
        en="Links and devices point outside the archive; the size of a sparse file cannot be trusted.",
    ),
    fix=Text(zh="只用普通文件重新打包。", en="Pack it again with regular files only."),
)
OVERLAP = Message(
    code="K-FMT-048",
    what=Text(zh="zip 中的文件互相重叠", en="Files inside the zip overlap"),
    why=Text(
        zh="多个文件共用同一段压缩数据，是“压缩炸弹”的做法。",
        en="Several files share the same packed bytes, which is how a flat zip bomb is made.",
    ),
    fix=Text(zh="确认来源；用常见的压缩软件重新打包。", en="Check its source; pack it again with a usual program."),
)
CONTAINER_DAMAGED = Message(
    code="K-FMT-049",
    what=Text(zh="压缩包（{kind}）不完整或已损坏", en="The archive ({kind}) is incomplete or damaged"),
    why=Text(
        zh="它被截断、校验不符、大小与所称不同，或尾部有多余内容。",
        en="It is cut off, its checksums or sizes do not hold, or something stands behind its end.",
    ),
    fix=Text(zh="重新传输或重新打包，并核对大小。", en="Transfer or pack it again and compare sizes."),
)
MEMBER_LOCKED = Message(
    code="K-FMT-050",
    what=Text(zh="压缩包中的这个文件有密码", en="This file in the archive is protected by a password"),
    why=Text(
        zh="看不到内容就无法检查，未经检查的数据不能放行。",
        en="What cannot be seen cannot be examined, and nothing leaves unexamined.",
    ),
    fix=Text(zh="去掉密码后重新打包。", en="Pack it again without a password."),
)
METHOD = Message(
    code="K-FMT-051",
    what=Text(zh="不支持的 zip 压缩方法（编号 {method}）", en="Unsupported compression method in the zip ({method})"),
    why=Text(zh="只解 stored 和 deflate 两种。", en="Only stored and deflate are unpacked."),
    fix=Text(zh="用普通 zip 方式（deflate）重新打包。", en="Pack it again in the usual way (deflate)."),
)
LED_AWAY = Message(
    code="K-FMT-052",
    what=Text(zh="这个符号链接指向目录之外", en="This symbolic link leads out of the folder"),
    why=Text(
        zh="声明的是这个目录；目录之外的数据没有声明。",
        en="The folder is what was declared; data outside it were not.",
    ),
    fix=Text(
        zh="换成文件本身，或把它所指的文件另行声明。",
        en="Put the file itself there, or declare the file that it points to.",
    ),
)
MEMBER_UNPRINTABLE = Message(
    code="K-FMT-053",
    what=Text(zh="文件名不是有效的 UTF-8", en="The file name is not valid UTF-8"),
    why=Text(zh="这样的名称无法写进文件和报告。", en="It cannot be written into documents and reports."),
    fix=Text(zh="改名后重新运行。", en="Rename it and run again."),
)
