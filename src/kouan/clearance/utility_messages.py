"""Messages on what treated data can still tell."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

UTILITY_DIFFERS = Message(
    code="K-CLR-141",
    what=Text(
        zh="utility.json 与文件夹内处理后的数据不符",
        en="utility.json does not follow from the treated data in the folder",
    ),
    why=Text(
        zh="行业常用表里处理后的一半应能从处理后的数据重新数出。",
        en="The treated half of the sector's tables must come out of the treated data again.",
    ),
    fix=Text(
        zh="不要采信该文件夹，向出具方索取原件。", en="Do not rely on this folder; ask its maker for the original."
    ),
    status=Exit.VERIFICATION_FAILED,
)
