"""Catalogue of the dossier's errors."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

FOLDER_UNWRITABLE = Message(
    code="K-DOS-001",
    what=Text(zh="材料文件写不进去：{problem}", en="A dossier file cannot be written: {problem}"),
    why=Text(
        zh="目录不存在、没有写权限，或者磁盘已满。", en="The folder is missing, not writable, or the disk is full."
    ),
    fix=Text(zh="检查目录和剩余空间后重新运行。", en="Check the folder and the free space, then run again."),
)
