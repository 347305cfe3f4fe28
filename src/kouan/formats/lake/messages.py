"""Catalogue of errors of tables in many files; `formats/messages.py` shows them with the others."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

LOG_DAMAGED = Message(
    code="K-FMT-120",
    what=Text(zh="{kind} 表的日志不完整或已损坏", en="The log of the {kind} table is incomplete or damaged"),
    why=Text(
        zh="无法确定哪些文件属于当前版本。",
        en="Which files belong to the current version cannot be told.",
    ),
    fix=Text(
        zh="完整复制整个表目录（含 _delta_log 或 metadata），或导出为 Parquet。",
        en="Copy the table's whole folder (with _delta_log or metadata), or export it as Parquet.",
    ),
)
LOG_FEATURE = Message(
    code="K-FMT-121",
    what=Text(zh="{kind} 表用了不支持的特性：{features}", en="The {kind} table uses what is not supported: {features}"),
    why=Text(
        zh="不懂这些特性就读取，会读出已删除的行或错误的列。",
        en="Reading without them would show deleted rows or wrong columns.",
    ),
    fix=Text(
        zh="用写出它的软件导出当前版本为 Parquet，再声明导出的目录。",
        en="Export the current version as Parquet with the software that wrote it, and declare that folder.",
    ),
)
