"""Catalogue of the command line's errors."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

USAGE = Message(
    code="K-CLI-001",
    what=Text(zh="命令写法有误：{problem}", en="The command is not understood: {problem}"),
    why=Text(zh="参数缺失、多余或取值不对。", en="An argument is missing, not known, or has a wrong value."),
    fix=Text(zh="运行 `{command} --help` 查看写法。", en="Run `{command} --help`."),
)
ATTEST_SHAPE = Message(
    code="K-CLI-002",
    what=Text(zh="--attest 的写法有误", en="--attest is not understood"),
    why=Text(zh="应写成“条件=确认内容”。", en="It reads CONDITION=VALUE."),
    fix=Text(zh="例如 --attest contract_in_force=合同编号。", en="For example --attest contract_in_force=NUMBER."),
)
ATTEST_TWICE = Message(
    code="K-CLI-008",
    what=Text(zh="条件“{name}”给出了两次证明", en="The condition “{name}” is attested twice"),
    why=Text(zh="无法判断以哪一次为准。", en="Nobody could tell which one counts."),
    fix=Text(zh="每项条件只写一次 --attest。", en="Give --attest once for each condition."),
)
PATHWAY_NAME = Message(
    code="K-CLI-003",
    what=Text(zh="没有名为“{name}”的合规路径", en="There is no pathway “{name}”"),
    why=Text(zh="路径名称固定。", en="The names are fixed."),
    fix=Text(zh="可用：{names}。", en="Use one of {names}."),
)
FILE_EXISTS = Message(
    code="K-CLI-004",
    what=Text(zh="文件已存在", en="The file exists"),
    why=Text(zh="不会悄悄覆盖。", en="It is not replaced silently."),
    fix=Text(zh="加 --force 覆盖，或换一个名字。", en="Add --force, or choose another name."),
)
KIND_UNKNOWN = Message(
    code="K-CLI-005",
    what=Text(zh="没有名为“{name}”的文档", en="There is no document “{name}”"),
    why=Text(zh="文档种类固定。", en="The kinds are fixed."),
    fix=Text(zh="可用：{names}。", en="Use one of {names}."),
)
NO_EXAMPLES = Message(
    code="K-CLI-006",
    what=Text(zh="该文件夹下没有 */transfer.yaml", en="There is no */transfer.yaml under that folder"),
    why=Text(zh="demo 逐个办理其中的示例。", en="demo clears each example in it."),
    fix=Text(
        zh="在项目目录运行 `./run demo`，它会先生成示例。",
        en="Run `./run demo` in the project: it makes the examples first.",
    ),
)
OUTPUT_FAILED = Message(
    code="K-CLI-007",
    what=Text(zh="标准输出无法写入：{problem}", en="Standard output cannot be written: {problem}"),
    why=Text(zh="输出重定向到的文件或设备拒绝写入。", en="The file or device it was redirected to refuses."),
    fix=Text(zh="腾出空间，或换一个输出位置后重试。", en="Make room or redirect it elsewhere, then try again."),
)
INTERRUPTED = Message(
    code="K-CLI-130",
    what=Text(zh="已中断", en="Interrupted"),
    why=Text(
        zh="收到中断信号；已完成的步骤保留，没有半成品。",
        en="A signal came; finished stages are kept and nothing is half-written.",
    ),
    fix=Text(zh="重新运行同一命令即可接着办理。", en="Run the same command again: it resumes."),
    status=Exit.INTERRUPTED,
)
INTERNAL = Message(
    code="K-CLI-500",
    what=Text(zh="内部错误：{kind}", en="Internal error: {kind}"),
    why=Text(
        zh="这是本软件的缺陷。为避免泄露数据，错误原文没有显示。",
        en="This is a fault of this software. Its original text is not shown because it might quote data.",
    ),
    fix=Text(zh="请报告此代码和位置：{trace}。", en="Please report this code and place: {trace}."),
    status=Exit.INTERNAL,
)
NO_SUCH_DAY = Message(
    code="K-CLI-030",
    what=Text(zh="日历上没有这一天", en="There is no such day in the calendar"),
    why=Text(zh="日期写成 YYYY-MM-DD。", en="A day is written YYYY-MM-DD."),
    fix=Text(zh="改正日期。", en="Correct the day."),
)
