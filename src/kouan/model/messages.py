"""Catalogue of the model's errors."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

YAML_SYNTAX = Message(
    code="K-MOD-001",
    what=Text(zh="YAML 语法有误：{problem}", en="The YAML does not parse: {problem}"),
    why=Text(zh="文件无法按 YAML 读取。", en="The file cannot be read as YAML."),
    fix=Text(
        zh="改正该行的缩进、引号或冒号后重试。",
        en="Correct the indentation, quotes or colon on that line and try again.",
    ),
)
YAML_DUPLICATE = Message(
    code="K-MOD-002",
    what=Text(zh="字段“{key}”写了两次", en="The field “{key}” is written twice"),
    why=Text(
        zh="两次写法只会有一次生效，读者无法知道是哪一次。",
        en="Only one of them would count and a reader could not tell which.",
    ),
    fix=Text(zh="删除其中一处。", en="Delete one of them."),
)
FIELD_UNKNOWN = Message(
    code="K-MOD-003",
    what=Text(zh="不认识的字段“{field}”{guess}", en="Unknown field “{field}”{guess}"),
    why=Text(
        zh="写错的字段会被悄悄忽略，因此一律拒绝。", en="A misspelt field would be silently ignored, so it is refused."
    ),
    fix=Text(
        zh="更正或删除该字段；全部字段见 `kouan schema {kind}`。",
        en="Correct or delete it; `kouan schema {kind}` lists all fields.",
    ),
)
FIELD_MISSING = Message(
    code="K-MOD-004",
    what=Text(zh="缺少字段“{field}”", en="The field “{field}” is missing"),
    why=Text(zh="没有它无法继续。", en="Nothing can go on without it."),
    fix=Text(zh="补上该字段；说明见 `kouan schema {kind}`。", en="Add it; `kouan schema {kind}` explains it."),
)
FIELD_INVALID = Message(
    code="K-MOD-005",
    what=Text(zh="字段“{field}”的值不合要求：{problem}", en="The value of “{field}” does not fit: {problem}"),
    why=Text(zh="类型、格式或取值范围不符。", en="Its type, format or range is not the expected one."),
    fix=Text(zh="按 `kouan schema {kind}` 的说明改正。", en="Correct it as `kouan schema {kind}` describes."),
)
DOCUMENT_UNREADABLE = Message(
    code="K-MOD-006",
    what=Text(zh="文档无法读取：{problem}", en="The document cannot be read: {problem}"),
    why=Text(
        zh="它不是本软件写出的“{kind}”文档，或已损坏。",
        en="It is not a “{kind}” document of this software, or it is damaged.",
    ),
    fix=Text(zh="用生成它的命令重新生成。", en="Make it again with the command that wrote it."),
)
