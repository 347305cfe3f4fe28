"""Catalogue of errors of the law room."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

NO_LAW = Message(
    code="K-LAW-001",
    what=Text(zh="{day} 没有任何生效的规则", en="No rule is in force on {day}"),
    why=Text(
        zh="所用规则包只覆盖其规则生效以后的日期。",
        en="The packs in use cover only days on which their rules are in force.",
    ),
    fix=Text(zh="检查日期，或载入覆盖该日的规则包。", en="Check the day, or load packs that cover it."),
)
UNKNOWN_FACT = Message(
    code="K-LAW-002",
    what=Text(zh="词表里没有事实“{name}”{guess}", en="The vocabulary has no fact “{name}”{guess}"),
    why=Text(
        zh="写错的事实会被悄悄忽略，决定就可能出错。",
        en="A misspelt fact would be silently ignored and the decision could be wrong.",
    ),
    fix=Text(
        zh="改正名称；可用的事实见规则包的 vocabulary.yaml。",
        en="Correct the name; the packs' vocabulary.yaml lists all.",
    ),
)
WRONG_TYPE = Message(
    code="K-LAW-003",
    what=Text(zh="事实“{name}”应为 {type}", en="The fact “{name}” should be of type {type}"),
    why=Text(zh="类型不符的值无法与规则比较。", en="A value of another type cannot be compared with the rules."),
    fix=Text(
        zh="bool 填 true/false，count 填整数或范围，text 填文字，texts 填文字列表；不知道就填 unknown。",
        en="bool takes true or false, count a number or a range, text a word, texts a list; unknown if not known.",
    ),
)
TWICE = Message(
    code="K-LAW-004",
    what=Text(zh="事实“{name}”给了两次", en="The fact “{name}” is given twice"),
    why=Text(zh="两个值只能有一个作数。", en="Only one of the two values can count."),
    fix=Text(zh="只保留一个；不一致的列入 conflicts。", en="Keep one; list disagreements under conflicts."),
)
WRONG_PLACE = Message(
    code="K-LAW-005",
    what=Text(zh="事实“{name}”不能写在这里（{scope}）", en="The fact “{name}” does not belong here ({scope})"),
    why=Text(
        zh="flow 类事实只属于某一流动，derived 类由系统推算，attested 类由 attestations 得出。",
        en="Facts of scope flow belong to one flow, derived ones are worked out here, attested ones follow from"
        " attestations.",
    ),
    fix=Text(zh="移到相应的流动，或删除。", en="Move it to its flow, or delete it."),
)
NO_OUTCOME = Message(
    code="K-LAW-006",
    what=Text(zh="规则没有给出任何合规路径", en="The rules lead to no pathway"),
    why=Text(
        zh="至少有一种可能的事实组合没有规则覆盖；没有路径不等于可以出境。",
        en="At least one combination of facts is covered by no rule, and no pathway does not mean free to leave.",
    ),
    fix=Text(zh="补全规则包的规则。", en="Complete the rules of the packs."),
    status=Exit.INTERNAL,
)
SAME_FLOW = Message(
    code="K-LAW-007",
    what=Text(zh="第 {number} 个流动的编号与前面的流动相同", en="Flow {number} has the id of a flow before it"),
    why=Text(zh="结果将分不清是哪一个。", en="The results could not be told apart."),
    fix=Text(zh="给每个流动不同的编号。", en="Give each flow its own id."),
)
MANY_FLOWS = Message(
    code="K-LAW-012",
    what=Text(zh="有 {count} 个流动，最多判断 {most} 个", en="There are {count} flows; at most {most} are decided"),
    why=Text(zh="每个流动都要连同其他流动一起推演。", en="Each is searched together with all the others."),
    fix=Text(zh="合并同一类人，或者分成几次出境活动。", en="Join persons of one kind, or declare several transfers."),
)
TOO_MANY = Message(
    code="K-LAW-013",
    what=Text(zh="事实“{name}”的人数过大", en="The count “{name}” is too large"),
    why=Text(zh="没有这么多人，只能是写错了。", en="There are not so many persons: it can only be a slip."),
    fix=Text(
        zh="改正人数；没有上限的写 null 或者 unknown。",
        en="Correct it, or write unknown.",
    ),
)
NO_SPLIT = Message(
    code="K-LAW-008",
    what=Text(
        zh="人数互相矛盾：{parts} 不可能等于 {whole}", en="The counts contradict each other: {parts} cannot be {whole}"
    ),
    why=Text(
        zh="每个人恰好属于其中一部分，各部分相加必须等于总人数；人数矛盾，就无从作出决定。",
        en="Each person is in exactly one part, so the parts add up to the whole; no decision follows otherwise.",
    ),
    fix=Text(
        zh="核对这几个人数；没有把握的改为范围，或写 unknown。",
        en="Check these counts; give a range where you are not sure, or unknown.",
    ),
)
NO_READING = Message(
    code="K-LAW-009",
    what=Text(zh="{day} 的规则里没有所采用的解读", en="The law of {day} has no such reading"),
    why=Text(
        zh="解读只能从规则包 readings.yaml 列出的选项中采用。",
        en="A reading can only be one of the options that readings.yaml of the packs lists.",
    ),
    fix=Text(
        zh="改为下列之一，或删去这一项以采用默认解读：{names}。",
        en="Write one of these, or leave it out to take the default reading: {names}.",
    ),
)
NO_INSTRUMENT = Message(
    code="K-LAW-060",
    what=Text(zh="规则包没有引用“{name}”{guess}", en="No pack cites an instrument “{name}”{guess}"),
    why=Text(
        zh="只能查阅规则包引用的文件；文件的代号和名称见 `kouan law list`。",
        en="Only instruments that the packs cite can be looked up; `kouan law list` names them.",
    ),
    fix=Text(
        zh="写文件代号或者全称，例如 PIPL 39、《个人信息保护法》第三十九条。",
        en="Give its key or its Chinese title, such as PIPL 39.",
    ),
)
NO_ARTICLE = Message(
    code="K-LAW-061",
    what=Text(zh="“{name}”不是条文的写法", en="“{name}” is no way to write an article"),
    why=Text(
        zh="认得的写法：7、7(1)(2)、55 item 4、Q1、annex 4、measure 6，以及第七条第一款第二项、第1问、附件4。",
        en="Known are 7, 7(1)(2), 55 item 4, Q1, annex 4, measure 6, and 第七条第一款第二项.",
    ),
    fix=Text(zh="改写条文号，或者写规定的编号。", en="Write the article so, or give the id of a provision."),
)
NOT_FOUND = Message(
    code="K-LAW-062",
    what=Text(zh="规则包里没有“{name}”的内容{guess}", en="The packs hold nothing on “{name}”{guess}"),
    why=Text(
        zh="没有规定引用这一条；这不等于该条不适用。",
        en="No provision cites that article, which does not mean that it does not apply.",
    ),
    fix=Text(
        zh="运行 `kouan law list --provisions` 查看全部规定，或者去掉款、项再查。",
        en="`kouan law list --provisions` lists all provisions; or ask for the whole article.",
    ),
)
NO_TEXTS = Message(
    code="K-LAW-063",
    what=Text(zh="文件夹里没有可读的官方文本", en="The folder holds no official text that can be read"),
    why=Text(
        zh="读取 .md 和 .txt 文件，UTF-8 或者 GB18030 编码，每个不超过 {size} MiB，合计不超过 {count} 个。",
        en="Files .md and .txt are read, UTF-8 or GB18030, up to {size} MiB each and {count} in all.",
    ),
    fix=Text(zh="检查路径，把文本放进该文件夹。", en="Check the path and put the texts into that folder."),
)
NO_CASES = Message(
    code="K-LAW-064",
    what=Text(zh="没有找到案例", en="There is no spec case"),
    why=Text(
        zh="案例是文件夹里的 YAML 文件（given、cases）；规则包文件夹下的 cases 文件夹也会被找到。",
        en="Cases are YAML files (given, cases) in a folder; the folder `cases` of a user pack is found by itself.",
    ),
    fix=Text(zh="写明案例所在的文件夹。", en="Name the folder of the cases."),
)
CASES_UNREADABLE = Message(
    code="K-LAW-065",
    what=Text(zh="案例文件读不出来", en="A file of cases cannot be read"),
    why=Text(zh="文件打不开，或不是 UTF-8 文本。", en="It cannot be opened, or it is not UTF-8 text."),
    fix=Text(zh="恢复该文件，并以 UTF-8 保存。", en="Restore the file and save it as UTF-8."),
)
NEVER_HOLDS = Message(
    code="K-LAW-070",
    what=Text(zh="“{name}”的条件永远不会成立", en="The condition of “{name}” can never hold"),
    why=Text(
        zh="各项条件互相排斥，这条规定等于没有写。", en="Its parts exclude each other: the provision says nothing."
    ),
    fix=Text(zh="核对 when 里的 all、not 和数值。", en="Check all, not and the numbers under `when`."),
)
ALWAYS_YIELDS = Message(
    code="K-LAW-071",
    what=Text(zh="“{name}”一旦成立就让位于 {others}", en="“{name}” yields to {others} whenever it holds"),
    why=Text(zh="这条规则永远不起作用。", en="The rule never decides anything."),
    fix=Text(zh="核对两条规则的条件和 yields_to。", en="Check the conditions of both rules and `yields_to`."),
)
TWINS = Message(
    code="K-LAW-072",
    what=Text(zh="“{name}”与“{other}”的条件和后果相同", en="“{name}” and “{other}” have one condition and effect"),
    why=Text(zh="另一处在 {place}；重复的规定容易只改一处。", en="It stands at {place}; one may be changed alone."),
    fix=Text(zh="删去一条，或者写明区别。", en="Delete one of them, or write what tells them apart."),
)
UNUSED = Message(
    code="K-LAW-073",
    what=Text(zh="没有规定使用参数“{name}”", en="No provision uses the parameter “{name}”"),
    why=Text(zh="这个数值改了也不影响任何决定。", en="Changing it would change no decision."),
    fix=Text(zh="在规则里引用它，或者删除。", en="Let a rule use it, or delete it."),
)
MISSING_ARTICLE = Message(
    code="K-LAW-074",
    what=Text(
        zh="“{name}”引用 {instrument} {article}，官方文本 {file} 里没有这一条",
        en="“{name}” cites {instrument} {article}, which the official text {file} does not show",
    ),
    why=Text(
        zh="条文号写错，或者文本是另一版本、不完整。",
        en="The article is wrong, or the text is another edition or incomplete.",
    ),
    fix=Text(zh="对照官方文本核对条文号。", en="Compare with the official text."),
)
UNTESTED = Message(
    code="K-LAW-075",
    what=Text(
        zh="“{name}”的门槛没有案例：{fact} 恰为 {numbers}", en="No case meets the bound of “{name}”: {fact} = {numbers}"
    ),
    why=Text(
        zh="以上、不满最容易写反，门槛两侧各需一个案例。",
        en="Whether a bound is included is what is most easily written wrong; each side needs a case.",
    ),
    fix=Text(zh="补写人数恰在门槛两侧的案例。", en="Add cases with the numbers on both sides of the bound."),
)
DAY_NOT_COVERED = Message(
    code="K-LAW-030",
    what=Text(zh="工作日历不覆盖 {day}", en="The working-day calendar does not cover {day}"),
    why=Text(
        zh="没有当年的放假安排，工作日无从计算；日历自 {first} 起。",
        en="Without that year's notice working days cannot be counted; the calendar begins on {first}.",
    ),
    fix=Text(zh="核对日期。", en="Check the day."),
)
NO_CLOCK = Message(
    code="K-LAW-031",
    what=Text(zh="{day} 的规则里没有期限“{name}”{guess}", en="The law of {day} has no clock “{name}”{guess}"),
    why=Text(zh="期限只能是规则包 clocks.yaml 列出的。", en="Clocks are those that clocks.yaml of the packs lists."),
    fix=Text(zh="`kouan law clock` 列出全部期限。", en="`kouan law clock` lists all of them."),
)
WRONG_PAUSE = Message(
    code="K-LAW-032",
    what=Text(zh="{start} 至 {end} 不能中止这一期限", en="{start} to {end} cannot stop this clock"),
    why=Text(
        zh="只有规则写明可以中止的期限才能中止；各段中止须在起算日之后、先后有序、互不重叠。",
        en="Only a clock whose rule says so can stand still, after its first day, in order and without overlap.",
    ),
    fix=Text(zh="核对中止的起止日期和该期限的规则。", en="Check the days of the pause and the clock's rule."),
)
NO_FLOW = Message(
    code="K-LAW-020",
    what=Text(zh="第 {number} 个回答所说的流动不存在", en="Answer {number} speaks of a flow that is not there"),
    why=Text(
        zh="回答须对应整个传输或者其中一个流动。", en="An answer speaks of the whole transfer or of one of its flows."
    ),
    fix=Text(zh="改用 {names} 之一，或在 flows 中加上它。", en="Use one of {names}, or add it under flows."),
)
ANSWERED_TWICE = Message(
    code="K-LAW-021",
    what=Text(zh="问题“{name}”回答了两次", en="The question “{name}” is answered twice"),
    why=Text(zh="两个回答只能有一个作数。", en="Only one of the two answers can count."),
    fix=Text(zh="只保留一个回答。", en="Keep one of them."),
)
CONTRADICTS = Message(
    code="K-LAW-022",
    what=Text(zh="对“{name}”的回答与已知事实矛盾", en="The answer on “{name}” contradicts what is known"),
    why=Text(
        zh="回答只能把已知的范围缩小，不能推翻填报或者数据中看到的事实。",
        en="An answer narrows what is known; it cannot overturn what was declared or seen in the data.",
    ),
    fix=Text(
        zh="核对该事实；已知事实有误的，改正填报文件或者数据后重新开始。",
        en="Check it; where what is known is wrong, correct the declaration or the data and start again.",
    ),
)
NO_PROPOSALS = Message(
    code="K-LAW-010",
    what=Text(zh="没有名为“{name}”的规则包{guess}", en="There is no pack “{name}”{guess}"),
    why=Text(
        zh="要假定征求意见稿或者拟议规则生效，须指明其所在的规则包。",
        en="Drafts and proposals are supposed to be in force by naming the pack that holds them.",
    ),
    fix=Text(zh="改正规则包的名称。", en="Correct the name of the pack."),
)
MIXED_YEARS = Message(
    code="K-LAW-011",
    what=Text(
        zh="一并决定的出境不在同一年（{years}）", en="The transfers decided together are of different years ({years})"
    ),
    why=Text(
        zh="人数自每年1月1日起累计，不同年份不合并计算。",
        en="Persons are counted from 1 January; years are not added up.",
    ),
    fix=Text(zh="按年份分开。", en="Keep the years apart."),
)
