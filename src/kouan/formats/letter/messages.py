"""Errors of documents, texts and mail; `formats/messages.py` shows them with the others."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

READ_ONLY = Message(
    code="K-FMT-080",
    what=Text(
        zh="这种文件（{kind}）只能原样写出，而处理改动了其中的“{table}”",
        en="A file of this kind ({kind}) can only be written as it is, and “{table}” in it was treated",
    ),
    why=Text(
        zh="无法保证改动之后文件仍然完整可用，且不再含有原值，因此没有写出。",
        en="That it stays whole and holds no raw value after a change cannot be made sure, so nothing was written.",
    ),
    fix=Text(
        zh="把其中的文字另存为 docx、txt 或未签名的邮件后再声明；或者从声明中去掉该文件；"
        "确认可以原样提供的，在方案中保留它的全部数据项。",
        en="Save its text as docx, txt or unsigned mail and declare that; or leave the file out of the declaration; if "
        "it may leave as it is, keep all its items in the plan.",
    ),
)
OFFICE_DAMAGED = Message(
    code="K-FMT-081",
    what=Text(
        zh="{kind} 文件不完整、已损坏或写法不安全（{part}）",
        en="The {kind} file is incomplete, damaged or unsafe ({part})",
    ),
    why=Text(
        zh="压缩包或其中的部件不合规范，含有文档类型声明、实体或过深的嵌套，无法可靠读取。",
        en="The archive or a part of it breaks the standard, or holds a document type, entities or too deep a nesting, "
        "so it cannot be read reliably.",
    ),
    fix=Text(
        zh="用 Word、PowerPoint、WPS 或 LibreOffice 打开并另存为新文件。",
        en="Open it in Word, PowerPoint, WPS or LibreOffice and save it as a new file.",
    ),
)
OFFICE_LARGE = Message(
    code="K-FMT-082",
    what=Text(zh="文档的文字部分超过 {limit} MiB", en="The text of the document is larger than {limit} MiB"),
    why=Text(
        zh="文档读取时整份放在内存里，上限保证内存有界。",
        en="A document is held in memory while it is read; the limit keeps memory bounded.",
    ),
    fix=Text(zh="拆成几个文档放进一个文件夹。", en="Split it into several documents in one folder."),
)
OFFICE_EMPTY = Message(
    code="K-FMT-083",
    what=Text(zh="{kind} 文件里没有任何文字", en="The {kind} file holds no text at all"),
    why=Text(zh="没有可检查的内容。", en="There is nothing to examine."),
    fix=Text(zh="检查是不是选错了文件，或从声明中删去它。", en="Check that it is the right file, or leave it out."),
)
OFFICE_CHANGED = Message(
    code="K-FMT-084",
    what=Text(
        zh="写回后重新读取，“{table}”的“{column}”与处理结果不一致，未写出",
        en="Read again after writing, “{column}” of “{table}” differs from the treated values; nothing was written",
    ),
    why=Text(
        zh="多半是处理改变了用来辨认表头的单元格，或者值里有文档不能容纳的字符。",
        en="Most likely cells by which the header is told were treated, or values hold characters that XML cannot.",
    ),
    fix=Text(
        zh="对该表各列改用其他处理（如全部清空或保留），或另存为 xlsx 后声明。",
        en="Treat the columns of that table otherwise (keep or drop them all), or save it as xlsx and declare that.",
    ),
)
SIGNED = Message(
    code="K-FMT-085",
    what=Text(
        zh="文件带有数字签名，处理会使签名失效", en="The file is signed, and treatment would break its signature"
    ),
    why=Text(
        zh="改动后的文件仍带着原签名，收到的人会以为被篡改；签名里还有签名人的身份信息。",
        en="A changed file with the old signature looks forged to its reader, and the signature names its signer.",
    ),
    fix=Text(
        zh="另存一份不带签名的副本再声明；或者从声明中去掉该文件；确认可以原样提供的，在方案中保留它的全部数据项。",
        en="Save a copy without the signature and declare that; or leave the file out; if it may leave as it is, keep "
        "all its items in the plan.",
    ),
)
MAIL_DAMAGED = Message(
    code="K-FMT-086",
    what=Text(
        zh="邮件结构不完整，或嵌套、分段过多",
        en="The mail is broken, or has too many parts or parts too deep inside others",
    ),
    why=Text(
        zh="无法可靠地分清信头、正文和附件；正常邮件不会如此。",
        en="Header, text and attachments cannot be told apart reliably; ordinary mail is not like that.",
    ),
    fix=Text(
        zh="在邮件软件中另存为 .eml 后重试，或者只保留需要的邮件。",
        en="Save it as .eml in a mail program and try again, or keep the messages that are needed.",
    ),
)
