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
UTILITY_OTHER = Message(
    code="K-CLR-142",
    what=Text(
        zh="用处理前的数据重新比较，结果与 utility.json 不同",
        en="Compared again with the data before treatment, they come to other figures than utility.json",
    ),
    why=Text(
        zh="同样的数据应得到同样的结果；版本不同的 Kouan 算法可能不同。",
        en="The same data give the same figures; another edition of Kouan may count otherwise.",
    ),
    fix=Text(
        zh="用办理时的版本再核验一次；仍不同的，不要采信该文件夹。",
        en="Verify with the edition that cleared it; if they still differ, do not rely on the folder.",
    ),
    status=Exit.VERIFICATION_FAILED,
)
