"""Catalogue of what can be wrong with a target once data are treated."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

TARGET_MISSED = Message(
    code="K-CLR-200",
    what=Text(
        zh="处理后的数据没有达到填报文件声明的风险目标，不能放行",
        en="The treated data do not reach the target that the declaration sets, and are not released",
    ),
    why=Text(
        zh="目标是企业自己声明的承诺；达不到还放行，等于不声不响地放低了保护。",
        en="The target is the organisation's own word; to release data short of it would weaken protection silently.",
    ),
    fix=Text(
        zh="看 report.html 中“风险目标”所列差多少、怎样改进，改方案后重新办理；"
        "或者在填报文件中修改 assessment.target（修改会留在填报文件里）。",
        en="See under Target in report.html by how much and what would help, change the plan and clear again; or change"
        " assessment.target in the declaration, where everybody sees it.",
    ),
    status=Exit.PROHIBITED,
)
