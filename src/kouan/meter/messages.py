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
