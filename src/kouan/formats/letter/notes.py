"""Wordings of notes on documents, texts and mail."""

from __future__ import annotations

from kouan.model.text import Text

OFFICE_UNREAD = Text(
    zh="以下部分没有读取：{parts}。其中的内容未检查、未计入人数，写回时原样留在文件里，因此该文件只算读了一部分。"
    "请先从文件中删除它们，或者另行声明其内容。",
    en="Not read: {parts}. What they hold is not examined and not counted, and stays in the file as it is when it is "
    "written back, so the file counts as partly read. Delete them from the file, or declare their content apart.",
)
OFFICE_UNREAD_NAMES = {
    "images": Text(zh="图片 {count} 个", en="{count} images"),
    "embedded": Text(zh="嵌入的文件 {count} 个", en="{count} embedded files"),
    "macros": Text(zh="宏 {count} 个", en="{count} macros"),
    "sound": Text(zh="音频或视频 {count} 个", en="{count} sounds or videos"),
    "signature": Text(zh="数字签名 {count} 个部件", en="{count} parts of a digital signature"),
    "attachment": Text(zh="附件 {count} 个", en="{count} attachments"),
    "encrypted": Text(zh="加密的内容 {count} 个", en="{count} encrypted contents"),
    "other": Text(zh="其他部件 {count} 个", en="{count} other parts"),
}
UNSEEN = Text(
    zh="文档里有翻看正文时看不到的内容，已一并读取：{parts}。",
    en="The document holds what its pages do not show; it was read too: {parts}.",
)
UNSEEN_NAMES = {
    "deleted": Text(zh="已删除但仍留在文件里的文字 {count} 段", en="{count} deleted texts that are still in the file"),
    "hidden": Text(zh="隐藏文字 {count} 段", en="{count} hidden texts"),
    "comment": Text(zh="批注 {count} 段", en="{count} comments"),
}
OFFICE_HELD = Text(
    zh="“{table}”有 {count} 行不放出：段落和表格行留在原处，其中的文字已清空。",
    en="“{table}”: {count} rows are held back; their paragraphs and table rows stay, emptied.",
)
OFFICE_EMPTIED = Text(
    zh="“{table}”的以下各列已清空，段落、单元格和表头留在原处：{columns}。",
    en="“{table}”: these columns are emptied; paragraphs, cells and headers stay: {columns}.",
)
OFFICE_THUMBNAIL = Text(
    zh="首页缩略图未检查，写回时已去掉。",
    en="The picture of the first page was not examined and is left out.",
)
