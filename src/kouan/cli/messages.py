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
DECIDE_WHAT = Message(
    code="K-CLI-020",
    what=Text(zh="没有写明判断哪一次出境", en="It does not say which transfer to decide on"),
    why=Text(
        zh="判断要么根据填报文件，要么逐题询问；--resume 和 --out 只用于逐题询问。",
        en="It decides on a declaration, or asks question by question; --resume and --out go with the latter.",
    ),
    fix=Text(
        zh="写上 transfer.yaml，或加 --ask：kouan decide --ask。",
        en="Name transfer.yaml, or add --ask: kouan decide --ask.",
    ),
)
STATE_UNREADABLE = Message(
    code="K-CLI-021",
    what=Text(zh="读不出逐题询问的状态", en="The state of the interview cannot be read"),
    why=Text(
        zh="它应是一个不超过 1 MiB 的 JSON 对象，字段不重复。",
        en="It is one JSON object of at most 1 MiB that repeats no field.",
    ),
    fix=Text(
        zh='最少写 {{"as_of": "2026-11-01"}}；全部字段见 `kouan schema interview`。',
        en='The least is {{"as_of": "2026-11-01"}}; `kouan schema interview` lists all fields.',
    ),
)
OUT_WITHOUT = Message(
    code="K-CLI-022",
    what=Text(zh="--out 没有可以复制的填报文件", en="--out has no declaration to copy"),
    why=Text(
        zh="回答写入填报文件的副本；没有填报文件，就没有可写之处。",
        en="Answers go into a copy of a declaration; without one there is nothing to copy.",
    ),
    fix=Text(
        zh="写上 transfer.yaml；只想保存回答的，用 --resume FILE。",
        en="Name transfer.yaml; to keep the answers alone, use --resume FILE.",
    ),
)
INSPECT_ONE = Message(
    code="K-CLI-023",
    what=Text(zh="inspect 一次只做一件事", en="inspect does one thing at a time"),
    why=Text(
        zh="--explain、--precision 和 --confirm/--correct 不能同时使用。",
        en="--explain, --precision and --confirm/--correct do not go together.",
    ),
    fix=Text(zh="分几次运行。", en="Run it several times."),
)
CORRECT_SHAPE = Message(
    code="K-CLI-024",
    what=Text(zh="--correct 的写法有误", en="--correct is not understood"),
    why=Text(zh="应写成“数据项=含义”。", en="It reads ITEM=MEANING."),
    fix=Text(zh="例如 --correct 备用=religion。", en="For example --correct spare=religion."),
)
LABEL_BY = Message(
    code="K-CLI-025",
    what=Text(zh="没有写明由谁认定", en="It does not say who says so"),
    why=Text(
        zh="人工认定优先于自动识别，报告写明认定人和日期。",
        en="A person's word wins over recognition, and the report names the person and the day.",
    ),
    fix=Text(zh="加 --by 姓名。", en="Add --by NAME."),
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
INVENTORY_ENDING = Message(
    code="K-CLI-032",
    what=Text(zh="清单不能写成这种文件", en="An inventory cannot be written as such a file"),
    why=Text(zh="文件名的后缀决定格式，可以是：{endings}。", en="The ending of the name says the format: {endings}."),
    fix=Text(zh="换一个后缀，例如 inventory.xlsx。", en="Choose another ending, such as inventory.xlsx."),
)
LABELS_WHERE = Message(
    code="K-CLI-031",
    what=Text(zh="没有写明标签文件", en="It does not say which file holds the labels"),
    why=Text(
        zh="只给出数据文件时，旁边没有填报文件，标签无处可放。",
        en="With bare data files there is no declaration beside which it would lie.",
    ),
    fix=Text(zh="加 --labels FILE。", en="Add --labels FILE."),
)
CERTIFY_NEEDS = Message(
    code="K-CLI-140",
    what=Text(zh="缺少办理文件夹或者 --evaluation", en="A clearance folder and --evaluation are needed"),
    why=Text(
        zh="证书评估的是一个已封存的办理文件夹，问题由评估组回答。",
        en="A certificate is about one sealed clearance folder, and a team answers its questions.",
    ),
    fix=Text(
        zh="用 kouan certify --init evaluation.yaml 得到模板，填写后用 --evaluation 指明。",
        en="Run kouan certify --init evaluation.yaml, answer it, and name it with --evaluation.",
    ),
)
CHECK_NEEDS = Message(
    code="K-CLI-141",
    what=Text(zh="缺少 --folder", en="--folder is missing"),
    why=Text(zh="复算需要所评估的办理文件夹。", en="To measure again takes the clearance folder that was evaluated."),
    fix=Text(zh="加上 --folder FOLDER。", en="Add --folder FOLDER."),
)
WITHDRAW_NEEDS = Message(
    code="K-CLI-142",
    what=Text(zh="撤销缺少 --by 或者 --why", en="A withdrawal needs --by and --why"),
    why=Text(zh="登记册记载由谁、为何撤销。", en="The register says who withdrew a certificate, and why."),
    fix=Text(zh="写明撤销人和理由。", en="Name the person and the reason."),
)
OUT_NEEDED = Message(
    code="K-CLI-143",
    what=Text(zh="缺少 -o", en="-o is missing"),
    why=Text(zh="不知道处理后的数据写到哪里。", en="Where the treated data go is not known."),
    fix=Text(
        zh="写明一个新文件夹，如 -o treated；只比较风险时写 --explore。",
        en="Name a new folder, as in -o treated; to compare risks only, write --explore.",
    ),
)
PAIR_SHAPE = Message(
    code="K-CLI-144",
    what=Text(zh="看不懂 {word}", en="{word} cannot be understood"),
    why=Text(
        zh="要写成 数据项=值，每项一次；比例在 0 与 1 之间，或者写百分数；秒数大于 0。",
        en="Write ITEM=VALUE, each item once; shares are from 0 to 1, or in %; seconds are above 0.",
    ),
    fix=Text(
        zh="例如 --hierarchy 年龄=age.csv、--lowest 年龄=1、--suppress 5%。",
        en="For example --hierarchy age=age.csv, --lowest age=1, --suppress 5%.",
    ),
)
