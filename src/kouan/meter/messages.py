"""Catalogue of the meter's errors."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

UNWRITABLE = Message(
    code="K-MTR-001",
    what=Text(zh="计量账本无法读写（{problem}）", en="The meter's book cannot be read or written ({problem})"),
    why=Text(
        zh="不记账就不能放行，否则累计人数会漏计。", en="Without the entry the year's count would miss this release."
    ),
    fix=Text(zh="检查该文件的权限和磁盘空间。", en="Check the file's permissions and the disk's space."),
)

SET_UNWRITABLE = Message(
    code="K-MTR-002",
    what=Text(
        zh="无法保存用于去重的人员标记（{problem}）", en="The marks that tell persons again cannot be kept ({problem})"
    ),
    why=Text(
        zh="没有这些标记，同一个人在以后各次出境中会重复计数。",
        en="Without them the same person would be counted again in every later transfer.",
    ),
    fix=Text(
        zh="检查该目录的权限和磁盘空间，再重新运行。",
        en="Check the folder's permissions and the disk's space, and run it again.",
    ),
)
