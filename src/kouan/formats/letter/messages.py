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
