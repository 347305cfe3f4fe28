"""Catalogue of the journey's errors."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text


def _forged(code: str, what: Text, why: Text) -> Message:
    ask = Text(
        zh="不要采信该文件夹，向出具方索取原件。", en="Do not rely on this folder; ask its maker for the original."
    )
    return Message(code=code, what=what, why=why, fix=ask, status=Exit.VERIFICATION_FAILED)


FILE_UNREADABLE = Message(
    code="K-CLR-001",
    what=Text(zh="无法读取该 YAML 文件", en="The YAML file cannot be read"),
    why=Text(
        zh="文件不存在、无权读取、大于 1 MB，或不是 UTF-8 文本。",
        en="It does not exist, may not be read, is larger than 1 MB, or is not UTF-8 text.",
    ),
    fix=Text(
        zh="检查路径，或用 `kouan init` 生成一份带说明的 transfer.yaml。",
        en="Check the path, or let `kouan init` write a commented transfer.yaml.",
    ),
)
RECIPIENT_AT_HOME = Message(
    code="K-CLR-002",
    what=Text(zh="境外接收方“{name}”所在国家写成了中国（CN）", en="The recipient “{name}” is declared in China (CN)"),
    why=Text(
        zh="向境内接收方提供数据不是数据出境；但境外主体可查询、调取境内数据的，属于出境。",
        en="A recipient in China makes no export; a foreign body's remote access to data in China does.",
    ),
    fix=Text(
        zh="写明真正的境外接收方及其国家或地区代码（香港 HK、澳门 MO、台湾 TW 也按出境办理）。",
        en="Name the body abroad and its country or region (HK, MO and TW also count as abroad).",
    ),
)
RECIPIENT_NOWHERE = Message(
    code="K-CLR-003",
    what=Text(zh="境外接收方“{name}”没有写国家或地区", en="The recipient “{name}” has no country or region"),
    why=Text(
        zh="没有所在地就无法判断是否出境、适用哪些规则。", en="Without it nobody can tell whether this is an export."
    ),
    fix=Text(zh="加上两位大写代码，例如 country: DE。", en="Add the two-letter code in capitals, such as country: DE."),
)
DAY_IN_FUTURE = Message(
    code="K-CLR-004",
    what=Text(zh="日期 {day} 晚于办理日 {as_of}", en="The day {day} lies after the as-of day {as_of}"),
    why=Text(zh="累计人数只能统计到办理日为止。", en="Persons can be counted only up to the as-of day."),
    fix=Text(zh="改正该日期，或用 --as-of 指定办理日。", en="Correct it, or name the day with --as-of."),
)
YEAR_OF_COUNT = Message(
    code="K-CLR-005",
    what=Text(
        zh="累计人数截至 {day}，与办理日 {as_of} 不在同一年",
        en="Persons are counted to {day}, not in the year of {as_of}",
    ),
    why=Text(
        zh="累计自当年 1 月 1 日起算，跨年清零（第16号令第五、七、八条）。",
        en="Counters start on 1 January of the year (order 16 Arts 5, 7, 8).",
    ),
    fix=Text(zh="填写办理日当年的累计人数。", en="Give the numbers of the as-of day's year."),
)
FACT_UNKNOWN = Message(
    code="K-CLR-006",
    what=Text(zh="facts 中有不认识的事实“{name}”{guess}", en="facts names an unknown fact “{name}”{guess}"),
    why=Text(
        zh="它不在规则包的事实词表中，写错会被忽略，因此拒绝。",
        en="It is not in the packs' vocabulary; ignoring it could hide a mistake.",
    ),
    fix=Text(
        zh="更正名称；`kouan schema vocabulary` 列出全部可声明的事实。",
        en="Correct it; `kouan schema vocabulary` lists all facts.",
    ),
)
FACT_ELSEWHERE = Message(
    code="K-CLR-009",
    what=Text(zh="事实“{name}”不写在 facts 中", en="The fact “{name}” does not stand under facts"),
    why=Text(
        zh="它由填报的其他栏目、数据或者规则得出；写两处就可能互相矛盾。",
        en="It follows from other fields of the declaration, from the data or the law; told twice it could contradict"
        " itself.",
    ),
    fix=Text(zh="从 facts 中删去。{help}", en="Delete it under facts. {help}"),
)
FACT_TYPE = Message(
    code="K-CLR-007",
    what=Text(
        zh="事实“{name}”的值类型不对，应为 {expected}",
        en="The fact “{name}” has the wrong type; {expected} is expected",
    ),
    why=Text(zh="规则按类型比较事实。", en="Rules compare facts by type."),
    fix=Text(zh="改为 {expected}，不清楚就写 unknown。", en="Write {expected}, or unknown when it is not known."),
)
PORTFOLIO_MIXED = Message(
    code="K-CLR-008",
    what=Text(zh="组合中的出境活动属于不同的数据处理者：{names}", en="The portfolio mixes exporters: {names}"),
    why=Text(zh="累计人数按数据处理者分别计算。", en="Persons are counted per exporter."),
    fix=Text(zh="每个数据处理者各写一份组合。", en="Write one portfolio per exporter."),
)
SOURCE_LED_AWAY = Message(
    code="K-CLR-014",
    what=Text(
        zh="来源“{name}”经由链接指向填报文件所在文件夹之外", en="The source “{name}” is a link to outside the folder"
    ),
    why=Text(
        zh="填报文件写的是文件夹内的文件，实际读到的却是别处的数据，看填报文件的人无法知道。",
        en="The declaration names a file in its own folder and other data would be read; no reader could tell.",
    ),
    fix=Text(zh="写明真正的路径，或把文件复制进来。", en="Write the real path, or copy the file into the folder."),
)
SOURCE_TWICE = Message(
    code="K-CLR-015",
    what=Text(zh="来源“{name}”与前面的来源是同一个文件", en="The source “{name}” is the same file as one before it"),
    why=Text(zh="同一份数据会被处理和计数两次。", en="One set of data would be treated and counted twice."),
    fix=Text(zh="只保留一处，并把主体写在一起。", en="Keep one of them and list its subjects together."),
)
SOURCE_NAME = Message(
    code="K-CLR-094",
    what=Text(zh="两个来源的 path 都是“{name}”", en="Two sources have the path “{name}”"),
    why=Text(
        zh="数据项以 path 命名，from 不进入名称；同名来源无法区分。",
        en="Items are named by `path`, and `from` is no part of their names; such sources cannot be told apart.",
    ),
    fix=Text(
        zh="若是同一张表，只写一处；若不是，把其中一个放在另一个模式或目录名下。",
        en="Name one table once; of two, put one under another schema or folder name.",
    ),
)
NAME_PERSONAL = Message(
    code="K-CLR-016",
    what=Text(zh="{what}中含有个人信息", en="Personal information stands in {what}"),
    why=Text(
        zh="名称会出现在所有文档和材料中；里面有手机号、身份证号或邮箱。",
        en="Names appear in every document; this one holds a mobile number, an identity number or an e-mail address.",
    ),
    fix=Text(
        zh="改名后重试；若首行就是数据，请补上表头。", en="Rename it; if the first row is data, add a header above it."
    ),
)
NAME_OF_PERSON = Message(
    code="K-CLR-047",
    what=Text(
        zh="其中第 {number} 个文件的名称含有数据中指向个人的值",
        en="The name of file {number} in it holds a value that leads to a person in the data",
    ),
    why=Text(
        zh="文件名随数据出境，也出现在文档和材料中；姓名、编号换了假名而文件名仍写着，等于没有处理。",
        en="Names leave with the files and stand in the papers; what is treated inside would still stand there.",
    ),
    fix=Text(
        zh="把文件改成不指向个人的名称（如 0001.xml）后重试；该值确需保留的，在方案中写明保留。",
        en="Rename the file, such as 0001.xml; if the value must leave, keep it in the plan and say why.",
    ),
)
FOLDER_BUSY = Message(
    code="K-CLR-010",
    what=Text(zh="另一个进程正在处理同一文件夹", en="Another process is working on the same folder"),
    why=Text(zh="两次办理写入同一文件夹会互相破坏。", en="Two runs writing one folder would damage each other."),
    fix=Text(zh="等它结束，或用 --out 另选文件夹。", en="Wait until it ends, or choose another folder with --out."),
)
ANSWERS_BUSY = Message(
    code="K-CLR-066",
    what=Text(zh="另一个进程正在用同一份答案文件问答", en="Another interview is open on the same file of answers"),
    why=Text(zh="两处同时回答会互相覆盖，答案会丢失。", en="Each would write over the other's answers."),
    fix=Text(zh="先结束那一次，或者用 --resume 另写一个文件。", en="End that one, or name another file."),
)
LABELS_BUSY = Message(
    code="K-CLR-113",
    what=Text(zh="另一个进程正在写同一份标注文件", en="Another process is writing the same file of labels"),
    why=Text(zh="两处同时写会丢失其中一处的标注。", en="One of the two would lose its labels."),
    fix=Text(zh="等它结束后再运行一次。", en="Wait for it to end and run again."),
)
FOLDER_FOREIGN = Message(
    code="K-CLR-011",
    what=Text(zh="输出文件夹已存在且不是本软件的办理文件夹", en="The output folder exists and is no clearance folder"),
    why=Text(zh="覆盖它可能丢失别的文件。", en="Replacing it could lose other files."),
    fix=Text(zh="用 --out 另选一个不存在的文件夹。", en="Choose a folder that does not exist with --out."),
)
FOLDER_RELEASED = Message(
    code="K-CLR-012",
    what=Text(zh="该文件夹中的数据已经放行", en="The data of this folder have been released"),
    why=Text(zh="已放行的办理记录是证据，不得覆盖。", en="A released clearance is evidence and is never overwritten."),
    fix=Text(zh="用 --out 为新的办理另选文件夹。", en="Choose another folder for the new run with --out."),
)
DISK_FULL = Message(
    code="K-CLR-013",
    what=Text(zh="磁盘空间不足或无法写入", en="The disk is full or cannot be written"),
    why=Text(zh="系统报告：{problem}。", en="The system says: {problem}."),
    fix=Text(
        zh="腾出空间、检查权限，或换一个 --out 或 --home 位置，再运行同一命令即可接着办理。",
        en="Make room, check permissions, or choose another --out or --home; the same command then resumes.",
    ),
)
NOT_A_CLEARANCE = Message(
    code="K-CLR-020",
    what=Text(zh="这不是办理文件夹", en="This is no clearance folder"),
    why=Text(zh="缺少 {missing}。", en="{missing} is missing."),
    fix=Text(zh="给出 `kouan clear` 生成的文件夹。", en="Give a folder that `kouan clear` made."),
)
CONDITION_UNMET = Message(
    code="K-CLR-021",
    what=Text(
        zh="尚有 {count} 项放行条件未确认：{names}", en="{count} conditions of release are not attested: {names}"
    ),
    why=Text(zh="条件未满足，任何数据不得出境。", en="Nothing with an unmet condition leaves."),
    fix=Text(
        zh="逐项用 --attest 条件=确认内容 给出，并用 --by 写明确认人。",
        en="Give each with --attest CONDITION=VALUE and name who answers for it with --by.",
    ),
    status=Exit.PROHIBITED,
)
CONDITION_STRANGE = Message(
    code="K-CLR-022",
    what=Text(zh="决定中没有名为“{name}”的条件{guess}", en="The decision has no condition “{name}”{guess}"),
    why=Text(zh="确认必须对应决定列出的条件。", en="An attestation must answer a condition of the decision."),
    fix=Text(zh="可用的条件：{names}。", en="Conditions: {names}."),
)
UNDETERMINED_RELEASE = Message(
    code="K-CLR-023",
    what=Text(zh="合规路径尚未确定，不能放行", en="The pathway is undetermined: nothing can be released"),
    why=Text(
        zh="仍有未回答的问题或者未读取的文件影响结论。",
        en="Open questions, or files that were not read, still decide the outcome.",
    ),
    fix=Text(
        zh="在填报文件中回答 decision.json 列出的问题；修复或者移出未读取的文件；然后重新办理。",
        en="Answer the questions in the declaration, mend or take out what was not read, and clear again.",
    ),
    status=Exit.UNDETERMINED,
)
PROHIBITED_RELEASE = Message(
    code="K-CLR-024",
    what=Text(zh="该出境活动被禁止，不能放行", en="This export is prohibited"),
    why=Text(zh="决定的结论为禁止出境。", en="The decision says so."),
    fix=Text(zh="查看 report.html 中的理由。", en="See the reasons in report.html."),
    status=Exit.PROHIBITED,
)
PATHWAY_CHOICE = Message(
    code="K-CLR-025",
    what=Text(zh="有多条合规路径可选：{names}", en="Several lawful pathways are open: {names}"),
    why=Text(zh="放行条件因路径而异，须由企业选定。", en="Their conditions differ; the organisation must choose."),
    fix=Text(zh="用 --pathway 选定其一。", en="Choose one with --pathway."),
)
ALREADY_RELEASED = Message(
    code="K-CLR-026",
    what=Text(zh="该文件夹已放行过", en="This folder has been released already"),
    why=Text(zh="同一批数据只放行一次，计数也只记一次。", en="One set of data is released and counted once."),
    fix=Text(zh="如需再次出境，请重新办理。", en="Clear again for another transfer."),
)
CLEARANCE_STALE = Message(
    code="K-CLR-028",
    what=Text(
        zh="该决定（{as_of}）在今天（{today}）已不再成立：{problem}",
        en="The decision of {as_of} no longer stands on {today}: {problem}",
    ),
    why=Text(
        zh="累计人数自每年 1 月 1 日起重新计算，并随其他放行增加；放行以放行当日的情形为准。",
        en="Persons are counted from 1 January and grow with other releases; a release goes by the day it happens.",
    ),
    fix=Text(
        zh="更新申报中的累计人数后重新运行 `kouan clear`。",
        en="Bring the declaration's year_to_date up to date and run `kouan clear` again.",
    ),
    status=Exit.PROHIBITED,
)
STAGED_CHANGED = Message(
    code="K-CLR-027",
    what=Text(zh="待放行的文件在核验之后被改动", en="A staged file was changed after it was verified"),
    why=Text(zh="复制出的内容与封存的摘要不一致。", en="The copy differs from the sealed digest."),
    fix=Text(zh="查明是谁在写该文件夹，然后重新办理。", en="Find out who writes there, then clear again."),
    status=Exit.VERIFICATION_FAILED,
)
FOLDER_OF_ANOTHER = Message(
    code="K-CLR-029",
    what=Text(zh="该文件夹由 {signer} 封存，不是本机办理的", en="{signer} sealed this folder, not this installation"),
    why=Text(
        zh="放行要记入办理方自己的累计人数，并由同一把密钥签署。",
        en="A release enters the counters of the installation that cleared it, under the same key.",
    ),
    fix=Text(
        zh="在办理该文件夹的机器上放行，或在本机重新办理。", en="Release it where it was cleared, or clear it here."
    ),
    status=Exit.PROHIBITED,
)
DECISION_DIFFERS = _forged(
    code="K-CLR-030",
    what=Text(
        zh="用文件夹内的规则包重新推演，结论与记录不一致",
        en="Replayed from the packs in the folder, the decision differs from the record",
    ),
    why=Text(
        zh="决定、事实或规则包与签发时不同。", en="The decision, its facts or the packs are not those it was made from."
    ),
)
FACTS_DIFFER = _forged(
    code="K-CLR-031",
    what=Text(
        zh="决定所依据的事实“{name}”与文件夹内的申报、清单不符",
        en="The decision's fact “{name}” does not follow from the declaration and the inventory in the folder",
    ),
    why=Text(
        zh="事实由申报和数据清单推出；两者不符，说明有一方在决定之后被改过。",
        en="Facts follow from declaration and inventory; where they differ, one was changed after the decision.",
    ),
)
STAGED_DIFFERS = _forged(
    code="K-CLR-032",
    what=Text(
        zh="待放行的文件与处理记录不符",
        en="The staged files are not those that the treatment record names",
    ),
    why=Text(
        zh="treatment.json 记有每个处理后文件的摘要，staged/ 中的文件与之不同、缺少或多出。",
        en="treatment.json holds the digest of every treated file; staged/ holds others, more or fewer.",
    ),
)
TREATMENT_DIFFERS = _forged(
    code="K-CLR-135",
    what=Text(
        zh="处理记录与处理方案不一致",
        en="The treatment record is not of the plan",
    ),
    why=Text(
        zh="treatment.json 逐项记下的做法和参数（层级文件的摘要也在其中）应与 plan.yaml 相同。",
        en="What treatment.json says was done to each item, digests of hierarchies with it, stands in plan.yaml.",
    ),
)
RELEASE_DIFFERS = _forged(
    code="K-CLR-033",
    what=Text(zh="放行记录与决定不符：{problem}", en="The release does not follow from the decision: {problem}"),
    why=Text(
        zh="放行的数据、路径和证明都须出自同一文件夹的决定，并由同一把密钥签署。",
        en="What is released, its pathway and attestations follow from the folder's decision, under the same key.",
    ),
)
NOT_UNDER = Message(
    code="K-CLR-046",
    what=Text(zh="本批不能按该次授权办理：{problem}", en="This batch cannot go under that authorisation: {problem}"),
    why=Text(
        zh="后续批次不得超出已评估、备案或者认证的目的、方式、范围、种类、规模和有效期"
        "（《网络数据安全管理条例》第三十八条等）；超出的应当重新办理。",
        en="Later batches stay within the purpose, method, scope, kinds, scale and validity assessed, filed or"
        " certified (regulation 790 Art 38 and others); what goes beyond is declared anew.",
    ),
    fix=Text(
        zh="确有授权的，在填报文件 authorised 中如实写明其范围和日期；超出的，不带 --under 重新办理并补办手续。",
        en="If the authorisation covers it, say so under authorised; if not, clear without --under and declare anew.",
    ),
    status=Exit.PROHIBITED,
)
JUSTIFIED_UNKNOWN = Message(
    code="K-CLR-060",
    what=Text(
        zh="necessity 的 items 列出的“{name}”不在数据中{guess}",
        en="`items` under necessity names “{name}”, which is not in the data{guess}",
    ),
    why=Text(
        zh="写错名称的理由落不到任何数据项上，该数据项会被当作没有理由。",
        en="A reason under a misspelt name reaches no item, which would then count as unjustified.",
    ),
    fix=Text(
        zh="照文件中的列名书写；重名时写成 表名#列名，或者完整的数据项编号。",
        en="Write the column's name as in the file; where it is not unique, table#column or the whole item id.",
    ),
)
NECESSITY_DIFFERS = _forged(
    code="K-CLR-061",
    what=Text(
        zh="necessity.json 与文件夹内的填报文件、清单、方案或目的包不符",
        en="necessity.json does not follow from the declaration, inventory, plan or purpose in the folder",
    ),
    why=Text(zh="必要性的判断应能由这些文件重新得出。", en="The judgement must follow from these documents again."),
)
ROLES_DIFFER = _forged(
    code="K-CLR-211",
    what=Text(
        zh="处理后的盘点结果中，“{item}”的标识作用不是由处理前的盘点结果和方案得出的",
        en="What “{item}” is in the treated inventory does not follow from the raw inventory and the plan",
    ),
    why=Text(
        zh="保留的直接标识符仍是直接标识符；改掉它，风险、分级和结论都会变轻。",
        en="A direct identifier that was kept is one still; with another role every figure of risk becomes lighter.",
    ),
)
RISK_DIFFERS = _forged(
    code="K-CLR-140",
    what=Text(
        zh="risk.json 与文件夹内处理后的数据不符", en="risk.json does not follow from the treated data in the folder"
    ),
    why=Text(
        zh="处理后数据的风险、分级和结论应能重新测得。",
        en="Risk, grade and verdicts of the treated data must be measured again.",
    ),
)
NOT_NECESSARY = Message(
    code="K-CLR-062",
    what=Text(
        zh="有 {count} 个数据项不在目的所需之列，又没有理由，仍在待放行的数据里",
        en="{count} items lie outside the purpose, nobody says why they are needed, and they are staged",
    ),
    why=Text(
        zh="只有确需的数据项才可以出境（《个人信息保护法》第六条第一款、第三十八条第一款）：{names}。",
        en="Only what is really needed may leave (PIPL Arts 6(1), 38(1)): {names}.",
    ),
    fix=Text(
        zh="在填报文件 necessity 的 items 中写明理由，或者在方案中删除，再办理一次。",
        en="Say why in items under necessity, or drop them in the plan, and clear again.",
    ),
    status=Exit.PROHIBITED,
)
SETTING_INVALID = Message(
    code="K-CLR-040",
    what=Text(zh="设置 {name} 的值不可用：{problem}", en="The setting {name} cannot be used: {problem}"),
    why=Text(
        zh="它来自命令行、环境变量或 kouan.toml。", en="It comes from the command line, the environment or kouan.toml."
    ),
    fix=Text(zh="改正后重试。", en="Correct it and try again."),
)
LIST_WORD = Message(
    code="K-CLR-090",
    what=Text(zh="list 中的“{name}”不认识{guess}", en="list names “{name}”, which is not known{guess}"),
    why=Text(
        zh="清单、行业、场景的编号须与规则包的清单一致；写错的编号会被当作不在清单上。",
        en="List, sector and scenario are ids of the packs' lists; a misspelt one would count as not on the list.",
    ),
    fix=Text(zh="改为下列之一，或者 none：{known}。", en="Write one of these, or none: {known}."),
)
LIST_REPLACED = Message(
    code="K-CLR-092",
    what=Text(
        zh="{old} 已由 {new} 替代，{new} 没有“{name}”{guess}",
        en="{old} was replaced by {new}, which has no “{name}”{guess}",
    ),
    why=Text(
        zh="{day} 起适用新版；旧版的行业、场景不能沿用，否则会被当作不在清单上。",
        en="The new edition applies from {day}; a sector or scenario of the old one would count as not on the list.",
    ),
    fix=Text(
        zh="对照 {new} 改为下列之一，或者 none：{known}。",
        en="Compare with {new} and write one of these, or none: {known}.",
    ),
)
READING_UNKNOWN = Message(
    code="K-CLR-070",
    what=Text(zh="没有 readings 这一行所写的解读", en="There is no such reading as this line names"),
    why=Text(
        zh="填报只能在规则包列出、当日有效的解读中选用；写错的会被悄悄忽略，决定就不是所要的那一种。",
        en="Only readings that the packs list and that are in force on the day can be adopted; a misspelt one would be"
        " ignored.",
    ),
    fix=Text(zh="改正或删去这一项；可用：{names}。", en="Correct or delete it; there are: {names}."),
)
ONE_TRANSFER = Message(
    code="K-CLR-080",
    what=Text(zh="what-if 一次只看一次出境", en="what-if looks at one transfer at a time"),
    why=Text(
        zh="出境组合中各次出境的人数相互影响，改变一次会改变其他各次的结论。",
        en="The transfers of a portfolio share their counters: a change to one changes what the others need.",
    ),
    fix=Text(
        zh="对组合中较重的那一次运行 what-if，改好后用 `kouan decide` 核对整个组合。",
        en="Run what-if on its heaviest transfer, then check the whole with `kouan decide`.",
    ),
)
OPTION_UNKNOWN = Message(
    code="K-CLR-081",
    what=Text(zh="没有方案 {number}，共 {most} 个", en="There is no option {number}; there are {most}"),
    why=Text(
        zh="方案从 1 起编号，先是更轻的，后是轻重相同的。",
        en="Options are numbered from 1, the lighter ones first, then those of the same weight.",
    ),
    fix=Text(zh="先不加 --out 运行，看清各方案再选。", en="Run it without --out to see the options, then choose one."),
)
OPTION_NOT_A_PLAN = Message(
    code="K-CLR-082",
    what=Text(zh="方案 {number} 不能写成处理方案", en="Option {number} cannot be written as a plan"),
    why=Text(
        zh="处理方案按数据项处理，不能只留下同一角色中的一部分人；或者按它处理后没有数据可以出境。",
        en="A plan treats items: it cannot keep out some persons of a role and not the others; or nothing would be "
        "left.",
    ),
    fix=Text(
        zh="在来源系统中按业务规则（不得为避开人数界限）先去掉这些人的记录，再重新识别、判断；或者选择其他方案。",
        en="Take the records of these persons out at the source, by a rule of the business and never to stay below a "
        "number, and inspect and decide anew; or choose another option.",
    ),
)
COUNT_OF_PARTY = Message(
    code="K-CLR-050",
    what=Text(
        zh="“{name}”的 year_to_date 不能写在 parties 中", en="year_to_date of “{name}” does not belong under parties"
    ),
    why=Text(
        zh="parties 中的 year_to_date 只用于第二个以后的数据处理者；第一个的写在填报文件顶层，其他各方不累计人数。",
        en="Under parties it is for exporters after the first, whose own stands at the top; others count nobody.",
    ),
    fix=Text(zh="移到顶层，或删去。", en="Move it to the top, or delete it."),
)
LAW_DEPARTS = Message(
    code="K-CLR-093",
    what=Text(
        zh="按本机 Kouan 的规则包，结论、条件、义务或者必要性与记录不同；所附规则包与本机的不同（“-”为缺少）：{names}",
        en="By this Kouan's packs result, conditions, duties or necessity differ. Not its own or left out (-): {names}",
    ),
    why=Text(
        zh="封存和推演成立，只说明结论出自所附规则包：可能是另一版本（封存时用 {tool}），也可能被封存人改动、增减，"
        "仅凭文件夹无法分辨。",
        en="Seal and replay hold, so the result follows from the packs in the folder. They may be of another edition "
        "of Kouan (sealed with {tool}), or changed, added to or cut by whoever sealed it: the folder cannot tell.",
    ),
    fix=Text(
        zh="向发布方（不是出具方）取得该版本，用 --known-packs 指明其 kouan/packs；否则不要采信，或者重新办理。",
        en="Get that edition from where Kouan is published, not from the sender, and name its kouan/packs with "
        "--known-packs; otherwise do not rely on it, or clear again here.",
    ),
    status=Exit.VERIFICATION_FAILED,
)
NOTHING_STAGED = Message(
    code="K-CLR-091",
    what=Text(zh="没有可放行的数据", en="There is nothing to release"),
    why=Text(
        zh="处理方案删除了全部数据项，staged 里没有文件。", en="The plan drops every item, so nothing was staged."
    ),
    fix=Text(
        zh="保留并说明目的需要的数据项（necessity、plan.yaml），再运行 kouan clear。",
        en="Keep the items that the purpose needs and say why (necessity, plan.yaml), then run kouan clear again.",
    ),
)
LABELS_BY_HAND = Message(
    code="K-CLR-110",
    what=Text(zh="标签文件不能自动写入“{item}”", en="“{item}” cannot be written into the file of labels"),
    why=Text(
        zh="该文件没有按每项一行、items 在最后书写，自动改写会弄乱人写的内容。",
        en="It is not written one line for each item with `items` last; rewriting it would disturb what people wrote.",
    ),
    fix=Text(zh="请手工在 items 下写入或改成：{line}", en="Write it under `items` by hand: {line}"),
)
ITEM_UNKNOWN = Message(
    code="K-CLR-111",
    what=Text(zh="没有数据项“{item}”{guess}", en="There is no item “{item}”{guess}"),
    why=Text(
        zh="数据项写成“数据源!表#列”；列名在所有数据源中唯一时，只写列名也可以。",
        en="An item is written source!table#column; a column's name alone will do where no other has it.",
    ),
    fix=Text(
        zh="运行 kouan inspect --all 查看全部数据项。",
        en="Run kouan inspect --all to see every item.",
    ),
)
ITEM_UNCLEAR = Message(
    code="K-CLR-112",
    what=Text(zh="有 {count} 个数据项叫“{item}”", en="There are {count} items called “{item}”"),
    why=Text(zh="无法判断指的是哪一项。", en="Nobody could tell which of them is meant."),
    fix=Text(zh="写成其中之一：{items}", en="Write one of {items}"),
)
PROFILE_DIFFERS = Message(
    code="K-CLR-120",
    what=Text(
        zh="方案所依据的处理配置（{plan}）与现在的（{wanted}）不同",
        en="The plan was made by another profile ({plan}) than is to be used ({wanted})",
    ),
    why=Text(
        zh="配置的名称、版本或者内容变了，方案所写的理由和保证就不再成立。",
        en="Its name, version or content differs, so what the plan says of it would no longer be true.",
    ),
    fix=Text(
        zh="用 kouan plan 重新生成方案，再作修改；不再使用配置的，从填报文件的 transfer 中删去 profile。",
        en="Make the plan again with `kouan plan` and edit that; to use no profile, remove `profile` under transfer.",
    ),
)
PLAN_LEAVES_PROFILE = Message(
    code="K-CLR-121",
    what=Text(
        zh="文件夹中的方案与其处理配置不符", en="The plan in the folder does not agree with its treatment profile"
    ),
    why=Text(
        zh="方案写明的配置须在 packs/ 中，摘要一致，与填报文件相符，且配置所说不得出境的都已删除。",
        en="The profile that it names lies in packs/ with that digest, is the declared one, and what must never leave"
        " under it is dropped.",
    ),
    fix=Text(zh="不要采信这个文件夹；由制作方重新办理。", en="Do not trust the folder; have it cleared again."),
)
