"""Catalogue of errors of law packs."""

from __future__ import annotations

from kouan.model.errors import Message
from kouan.model.text import Text

NO_PACK = Message(
    code="K-PCK-001",
    what=Text(zh="此处没有规则包", en="There is no law pack here"),
    why=Text(zh="目录及其下级目录里没有 pack.yaml。", en="Neither the folder nor any folder in it holds a pack.yaml."),
    fix=Text(zh="检查路径，或用内置规则包。", en="Check the path, or use the built-in packs."),
)
UNREADABLE = Message(
    code="K-PCK-002",
    what=Text(zh="规则包文件读不出来", en="A file of the pack cannot be read"),
    why=Text(zh="文件打不开，或不是 UTF-8 文本。", en="It cannot be opened, or it is not UTF-8 text."),
    fix=Text(zh="恢复该文件，并以 UTF-8 保存。", en="Restore the file and save it as UTF-8."),
)
STRAY_FILE = Message(
    code="K-PCK-003",
    what=Text(zh="规则包里有不认识的文件“{name}”", en="The pack holds a file it does not know, “{name}”"),
    why=Text(
        zh="写错名字的规则文件会被悄悄忽略，因此拒绝。",
        en="A rule file with a misspelt name would be silently ignored, so it is refused.",
    ),
    fix=Text(zh="改为下列名称之一，或移走：{known}。", en="Rename it to one of these, or move it away: {known}."),
)
DUPLICATE = Message(
    code="K-PCK-004",
    what=Text(zh="“{name}”定义了两次", en="“{name}” is defined twice"),
    why=Text(zh="另一处在 {other}；两处只能有一处生效。", en="It also stands at {other}; only one can count."),
    fix=Text(zh="改名或删除其中一处。", en="Rename or delete one of them."),
)
UNKNOWN_FACT = Message(
    code="K-PCK-005",
    what=Text(zh="词表里没有事实“{name}”{guess}", en="The vocabulary has no fact “{name}”{guess}"),
    why=Text(
        zh="写错的事实永远是“未知”，规则就不会生效。",
        en="A misspelt fact would stay unknown for ever and the rule would never bite.",
    ),
    fix=Text(zh="改正名称，或把它加进 vocabulary.yaml。", en="Correct the name, or add it to vocabulary.yaml."),
)
WRONG_TEST = Message(
    code="K-PCK-006",
    what=Text(
        zh="事实“{name}”的类型是 {type}，不能这样比较", en="The fact “{name}” is of type {type} and takes no such test"
    ),
    why=Text(zh="类型不合的比较没有意义。", en="A comparison between different types has no meaning."),
    fix=Text(zh="{type} 类型可用：{tests}。", en="Type {type} takes: {tests}."),
)
UNKNOWN_PARAMETER = Message(
    code="K-PCK-007",
    what=Text(zh="没有参数“{name}”{guess}", en="There is no parameter “{name}”{guess}"),
    why=Text(zh="规则没有数值可比。", en="The rule would have no number to compare with."),
    fix=Text(zh="改正名称，或把它加进 parameters.yaml。", en="Correct the name, or add it to parameters.yaml."),
)
OVERLAP = Message(
    code="K-PCK-008",
    what=Text(zh="参数“{name}”的两个数值日期重叠", en="Two values of the parameter “{name}” overlap in time"),
    why=Text(zh="同一天只能有一个数值。", en="On one day there can be only one value."),
    fix=Text(zh="给较早的数值写上结束日 `to`。", en="Give the earlier value its last day, `to`."),
)
GAP = Message(
    code="K-PCK-009",
    what=Text(
        zh="参数“{name}”在 {day} 没有数值，而“{user}”当日有效",
        en="The parameter “{name}” has no value on {day}, when “{user}” is in force",
    ),
    why=Text(zh="该日的决定将无法作出。", en="No decision could be made for that day."),
    fix=Text(zh="补上该日的数值，或改规则的有效期。", en="Add a value for that day, or change the dates in force."),
)
UNKNOWN_INSTRUMENT = Message(
    code="K-PCK-010",
    what=Text(zh="pack.yaml 没有列出文件“{name}”", en="pack.yaml does not list the instrument “{name}”"),
    why=Text(zh="每条规则都必须有出处。", en="Every provision must say where it comes from."),
    fix=Text(zh="在该包的 pack.yaml 的 instruments 里加上它。", en="Add it to instruments in that pack's pack.yaml."),
)
UNKNOWN_RULE = Message(
    code="K-PCK-011",
    what=Text(zh="没有规则“{name}”{guess}", en="There is no rule “{name}”{guess}"),
    why=Text(zh="yields_to 指向的规则必须存在。", en="yields_to must name rules that exist."),
    fix=Text(zh="改正规则编号。", en="Correct the rule's id."),
)
PLACEHOLDER = Message(
    code="K-PCK-012",
    what=Text(zh="理由中的占位符有误：{name}", en="A placeholder of the reason does not fit: {name}"),
    why=Text(
        zh="占位符只能是 year_start、人数类事实或参数，且中英文必须一致。",
        en="Placeholders are year_start, count facts or parameters, and both languages must use the same ones.",
    ),
    fix=Text(zh="改正占位符。", en="Correct the placeholder."),
)
CIRCULAR = Message(
    code="K-PCK-013",
    what=Text(
        zh="“{name}”决定是否计数，却又依赖计数器“{fact}”",
        en="“{name}” decides what counts and depends on the counter “{fact}”",
    ),
    why=Text(zh="这样计数会自我循环。", en="The counter would depend on itself."),
    fix=Text(
        zh="去掉该条件，或把规则改为 counts: true。", en="Remove that condition, or let the rule count (counts: true)."
    ),
)
NO_RULES = Message(
    code="K-PCK-014",
    what=Text(zh="规则包没有规则", en="The packs hold no rule"),
    why=Text(zh="没有规则就无法作出决定。", en="Nothing can be decided without rules."),
    fix=Text(zh="把内置规则包一并载入。", en="Load the built-in packs along with it."),
)
WRONG_PART = Message(
    code="K-PCK-015",
    what=Text(zh="“{name}”不能参与“{other}”的拆分", en="“{name}” cannot take part in the split of “{other}”"),
    why=Text(
        zh="只有同一流动的人数才能相加成该流动的总人数。", en="Only counts of one flow add up to a count of that flow."
    ),
    fix=Text(
        zh="parts 里只写 type 为 count、scope 为 flow 的事实。", en="Under parts, name facts of type count, scope flow."
    ),
)
SHARED_PART = Message(
    code="K-PCK-016",
    what=Text(zh="“{name}”已在“{other}”的拆分中", en="“{name}” already stands in the split of “{other}”"),
    why=Text(
        zh="一个人数只能属于一组拆分，否则无法准确推算。",
        en="A count belongs to one split only, or the numbers could not be worked out exactly.",
    ),
    fix=Text(zh="从其中一处 parts 里删除它。", en="Remove it from one of the parts."),
)
ADDED_TWICE = Message(
    code="K-PCK-017",
    what=Text(zh="计数器“{name}”两次加入“{fact}”", en="The counter “{name}” adds “{fact}” twice"),
    why=Text(zh="同一批人会被算两遍。", en="The same persons would be counted twice."),
    fix=Text(
        zh="合并成一项；条件不同的，用 any 写在一个 when 里。",
        en="Write it once; put several conditions under one `when` with any.",
    ),
)
SECTOR_TWICE = Message(
    code="K-PCK-030",
    what=Text(zh="行业标准“{name}”有两份", en="There are two schemas of the standard “{name}”"),
    why=Text(zh="同一标准只能以一份为准。", en="Only one of them can say what the items of that standard are."),
    fix=Text(zh="删除其中一份，或改它的 id。", en="Remove one of them, or change its id."),
)
SECTOR_PATTERN = Message(
    code="K-PCK-031",
    what=Text(zh="路径“{pattern}”写得不对", en="The path “{pattern}” is not written right"),
    why=Text(zh="花括号没有成对，或者套了花括号。", en="Its braces do not close, or stand inside others."),
    fix=Text(zh="写成 {{a,b}} 的形式，不嵌套。", en="Write {{a,b}}, without braces inside."),
)
SECTOR_ELEMENT = Message(
    code="K-PCK-032",
    what=Text(zh="元素“{name}”有两种含义", en="The element “{name}” has two meanings"),
    why=Text(
        zh="标准中的一个元素只能有一种含义，否则处理方式无从确定。",
        en="An element of a standard means one thing, or its treatment cannot be told.",
    ),
    fix=Text(zh="统一 meaning，或者分成两个元素。", en="Give it one meaning, or make two elements of it."),
)
SECTOR_KEY = Message(
    code="K-PCK-033",
    what=Text(
        zh="keys 或者 min_age 中的“{name}”不是任何数据项的元素",
        en="“{name}” under keys or min_age is the element of no item",
    ),
    why=Text(zh="日期平移、最低年龄将找不到依据。", en="Dates could not be shifted, nor ages be told, by it."),
    fix=Text(zh="改正名称，或补上该数据项。", en="Correct the name, or add the item."),
)
UNASKABLE = Message(
    code="K-PCK-018",
    what=Text(zh="asks 不能问“{name}”", en="`asks` cannot ask “{name}”"),
    why=Text(
        zh="只有 scope 为 transfer 的事实才能由填报人一次答清。",
        en="Only a fact of scope transfer is answered once, by the person who declares.",
    ),
    fix=Text(zh="改为 scope 为 transfer 的事实。", en="Name a fact of scope transfer."),
)
UNKNOWN_READING = Message(
    code="K-PCK-019",
    what=Text(zh="没有这样的解读“{name}”{guess}", en="There is no reading “{name}”{guess}"),
    why=Text(
        zh="规定只在写明的解读下适用；写错的解读永远不会被采用。",
        en="The provision applies under a named reading only; a misspelt one is never taken.",
    ),
    fix=Text(zh="改正名称，或把它加进 readings.yaml。", en="Correct the name, or add it to readings.yaml."),
)
UNKNOWN_CLOCK = Message(
    code="K-PCK-020",
    what=Text(zh="没有期限“{name}”{guess}", en="There is no clock “{name}”{guess}"),
    why=Text(zh="义务的期限算不出来。", en="The duty's deadline could not be worked out."),
    fix=Text(zh="改正名称，或把它加进 clocks.yaml。", en="Correct the name, or add it to clocks.yaml."),
)
NO_GROUND = Message(
    code="K-PCK-021",
    what=Text(
        zh="“{name}”让位于“{other}”的理由（{ground}）不成立",
        en="“{name}” cannot yield to “{other}” on the ground of {ground}",
    ),
    why=Text(
        zh="rank 要求对方文件的效力等级更高；date 要求同一等级且发布更晚（rank、issued 见 pack.yaml）。",
        en="rank needs a higher instrument, date one of the same rank issued later (rank and issued in pack.yaml).",
    ),
    fix=Text(
        zh="核对两份文件的 rank 和 issued，或者写明真正的理由。",
        en="Check rank and issued of both instruments, or give the true ground.",
    ),
)
YIELD_CIRCLE = Message(
    code="K-PCK-022",
    what=Text(zh="规则互相让位，成了循环：{names}", en="Rules yield to each other in a circle: {names}"),
    why=Text(zh="循环中的规则都成立时，谁也不适用。", en="Where all of them hold none of them would decide."),
    fix=Text(zh="去掉其中一处 yields_to。", en="Remove one of the yields_to."),
)
LARGE = Message(
    code="K-PCK-023",
    what=Text(zh="规则包文件过大", en="A file of the pack is too large"),
    why=Text(zh="一个文件最多 {size} MiB。", en="One file holds at most {size} MiB."),
    fix=Text(zh="分成几个规则包。", en="Divide it into several packs."),
)
ENTANGLED = Message(
    code="K-PCK-024",
    what=Text(
        zh="“{name}”的一个条件挂在过多的解读上：{count} 种组合",
        en="A condition of “{name}” hangs on too many readings: {count} combinations",
    ),
    why=Text(zh="每种组合都要逐一编译，最多 {most} 种。", en="Each of them is compiled by itself, at most {most}."),
    fix=Text(zh="拆成几条规定，每条只挂一两个解读。", en="Divide it into provisions on one or two readings each."),
)
WIDE = Message(
    code="K-PCK-026",
    what=Text(zh="“{name}”的条件有 {count} 项，过多", en="The condition of “{name}” has {count} tests: too many"),
    why=Text(
        zh="未知的事实要逐种情形推演，条件过大就得不出结论；一条规定最多 {most} 项。",
        en="What is unknown is decided case by case, and a condition too large never comes to its end; at most {most}.",
    ),
    fix=Text(zh="拆成几条规定；同类事实合写成一个事实。", en="Divide it, or make one fact of those of a kind."),
)
MANY_TESTS = Message(
    code="K-PCK-027",
    what=Text(zh="全部规则共有 {count} 项不同的条件，过多", en="The rules have {count} different tests: too many"),
    why=Text(
        zh="未知的事实要逐种情形推演；全部规则包的规则合计最多 {most} 项不同的条件。",
        en="What is unknown is decided case by case; the rules of all packs may have {most} between them.",
    ),
    fix=Text(zh="减少门槛或者事实；同类的合写成一个。", en="Take fewer thresholds or facts; join those of a kind."),
)
READING_TERM = Message(
    code="K-PCK-025",
    what=Text(
        zh="“{name}”所系的解读“{point}”并非在其有效期内始终有效",
        en="“{name}” hangs on the reading “{point}”, which is not open as long as it is in force",
    ),
    why=Text(
        zh="解读尚未开始或者已经结束的日子，这条规定会被悄悄略去，结论可能因此变轻。",
        en="On days before or after the reading the provision would be left out in silence, and a decision be lighter.",
    ),
    fix=Text(
        zh="改正二者的 in_force，或者把规定按日期分成两条。",
        en="Correct `in_force` of either, or divide the provision by its days.",
    ),
)
LIST_HEAD = Message(
    code="K-PCK-040",
    what=Text(zh="清单“{name}”与 pack.yaml 不符", en="The list “{name}” does not fit pack.yaml"),
    why=Text(
        zh="有 list.yaml 的规则包，pack.yaml 的 list 必须写同一个编号；一个清单只能在一个包里。",
        en="A pack with list.yaml names the same id under `list` in pack.yaml, and a list stands in one pack only.",
    ),
    fix=Text(zh="统一两处的编号。", en="Write the same id in both."),
)
LIST_NAME = Message(
    code="K-PCK-041",
    what=Text(zh="清单里没有“{name}”{guess}", en="The list has no “{name}”{guess}"),
    why=Text(
        zh="条目只能引用同一清单的行业、该行业的场景和数据项组。",
        en="Entries refer to sectors of the same list, scenarios of that sector, and field sets.",
    ),
    fix=Text(zh="改正名称，或把它加进清单。", en="Correct the name, or add it to the list."),
)
LIST_TWICE = Message(
    code="K-PCK-042",
    what=Text(zh="清单中“{name}”出现两次", en="“{name}” stands twice in the list"),
    why=Text(zh="规则编号由它而来，必须唯一。", en="Ids of rules are made from it and must be unique."),
    fix=Text(zh="改名或删除其中一处。", en="Rename or delete one of them."),
)
LIST_SUCCESSOR = Message(
    code="K-PCK-043",
    what=Text(zh="没有后继清单“{name}”", en="There is no later list “{name}”"),
    why=Text(
        zh="旧版失效之日起适用新版；新版缺失时，仍写旧版的填报会落空。",
        en="From its day on the later edition applies; without it, a declaration that names the older finds none.",
    ),
    fix=Text(zh="一并载入新版清单，或者删除 superseded_by。", en="Load the later list too, or remove superseded_by."),
)
LIST_GAP = Message(
    code="K-PCK-044",
    what=Text(
        zh="行业“{name}”的条目不完整，或者标记有误",
        en="The entries of the sector “{name}” have a gap, or its mark is wrong",
    ),
    why=Text(
        zh="一个行业要么有覆盖两类人数的兜底条目，要么标明 mechanism: true 由人核对官方清单；"
        "两者都无，数据会落空；两者都有，会互相矛盾。",
        en="A sector has residual entries for both counters, or `mechanism: true` so that a person reads the official "
        "list; with neither data would fall out, with both they would contradict each other.",
    ),
    fix=Text(
        zh="补上兜底条目（表1、表2和免予），或者改 mechanism。",
        en="Add residual entries (tables 1, 2 and free), or change `mechanism`.",
    ),
)
NO_TAXONOMY = Message(
    code="K-PCK-034",
    what=Text(zh="{day}没有施行中的个人信息分类标准", en="No taxonomy of personal information was in force on {day}"),
    why=Text(
        zh="是否敏感要按当日施行的标准判断。",
        en="Whether an item is sensitive follows the standard in force on the day.",
    ),
    fix=Text(zh="改用有标准施行的日期。", en="Take a day on which a standard was in force."),
)
PURPOSE_TWICE = Message(
    code="K-PCK-080",
    what=Text(zh="场景“{name}”有两个目的包", en="Two purposes stand for the scenario “{name}”"),
    why=Text(zh="另一处在 {other}；必要性只能按其中一个判断。", en="The other is {other}; only one can be judged by."),
    fix=Text(zh="改 id 或 also，或者删除其中一份。", en="Change its id or `also`, or remove one of them."),
)
PURPOSE_NAME = Message(
    code="K-PCK-081",
    what=Text(zh="文件名与 id“{name}”不一致", en="The file's name is not its id, “{name}”"),
    why=Text(zh="按文件名查找的人会看错目的。", en="Whoever looks it up by name would read another purpose."),
    fix=Text(zh="把文件改名为 {name}.yaml，或者改 id。", en="Rename the file to {name}.yaml, or change its id."),
)
PURPOSE_SOURCE = Message(
    code="K-PCK-082",
    what=Text(zh="instruments 没有列出“{name}”{guess}", en="`instruments` does not list “{name}”{guess}"),
    why=Text(
        zh="每条都要有出处；自行判断的写 judgement。",
        en="Every statement says where it stands; our own judgement is written as judgement.",
    ),
    fix=Text(zh="在 instruments 里加上它，或者改正名称。", en="Add it to instruments, or correct the name."),
)
PURPOSE_HIDDEN = Message(
    code="K-PCK-083",
    what=Text(zh="“{name}”已在前面一条中说过", en="“{name}” is already told by an earlier statement"),
    why=Text(
        zh="另一处在 {other}；先出现的一条生效，后一条永远不用。",
        en="It stands at {other}; the first one counts, this one never would.",
    ),
    fix=Text(
        zh="删除其中一处，或者用 subjects、sectors 区分。", en="Remove one, or tell them apart by subjects or sectors."
    ),
)
PURPOSE_LOOSENS = Message(
    code="K-PCK-084",
    what=Text(zh="用户的目的包{how}", en="A purpose of your own {how}"),
    why=Text(
        zh="内置的目的“{other}”判断同一场景；自带的只能加严，未经允许不适用。",
        en="The built-in purpose “{other}” judges the same scenario; your own may only tighten and needs leave.",
    ),
    fix=Text(
        zh="改为不低于内置的要求；确要放宽的，用 --allow-override 运行，必要性判断和报告会写明。",
        en="Ask for no less than it; or run with --allow-override: the judgement and the report will say so.",
    ),
)
PROFILE_TWICE = Message(
    code="K-PCK-085",
    what=Text(zh="已有同名的处理配置“{name}”", en="There is a profile “{name}” already"),
    why=Text(
        zh="自带的若与内置的同名，会被当成内置的；方案和报告只写名称、版本和摘要。",
        en="One of your own by the name of a built-in one would pass for it.",
    ),
    fix=Text(zh="换一个 id。", en="Give it another id."),
)
PROFILE_RULE_TWICE = Message(
    code="K-PCK-086",
    what=Text(zh="处理配置中“{name}”出现两次", en="The profile has two rules “{name}”"),
    why=Text(zh="方案的理由用它指明是哪一条。", en="The reasons of a plan name a rule by it."),
    fix=Text(zh="改名或删除其中一条。", en="Rename or delete one of them."),
)
PROFILE_UNKNOWN = Message(
    code="K-PCK-088",
    what=Text(zh="没有处理配置“{name}”{guess}", en="There is no profile “{name}”{guess}"),
    why=Text(zh="可用：{known}。", en="There are: {known}."),
    fix=Text(
        zh="改正名称；kouan profiles 列出全部并说明用途。",
        en="Correct the name; `kouan profiles` lists them and what they are for.",
    ),
)
PROFILE_FILE = Message(
    code="K-PCK-089",
    what=Text(zh="处理配置的文件名与 id“{name}”不一致", en="The profile's file name is not its id, “{name}”"),
    why=Text(zh="按文件名查找的人会看错配置。", en="Whoever looks it up by name would read another profile."),
    fix=Text(zh="把文件改名为 {name}.yaml，或者改 id。", en="Rename the file to {name}.yaml, or change its id."),
)
PROFILE_HIERARCHY = Message(
    code="K-PCK-092",
    what=Text(
        zh="层级文件不是处理配置的规则“{rule}”记下的那一份",
        en="The hierarchy file is not the one whose digest the rule “{rule}” of the profile holds",
    ),
    why=Text(zh="该文件的摘要是 {found}。", en="The digest of this one is {found}."),
    fix=Text(
        zh="换回原来的文件；确要改用新的，改写规则的 sha256，并给配置一个新的版本号。",
        en="Put the old file back; if the new one is meant, change sha256 in the rule and the profile's version.",
    ),
)
PROFILE_GATE = Message(
    code="K-PCK-091",
    what=Text(zh="没有评估“{name}”{guess}", en="There is no verdict “{name}”{guess}"),
    why=Text(zh="gates 只能写：{known}。", en="`gates` may name: {known}."),
    fix=Text(zh="改正名称，或者删去。", en="Correct the name, or leave it out."),
)
CALENDAR_YEAR = Message(
    code="K-PCK-090",
    what=Text(zh="工作日历缺少或写错了 {year} 年", en="The working-day calendar lacks {year} or names it wrongly"),
    why=Text(
        zh="工作日历须逐年完整，文件名须与年份一致，否则期限会算错。",
        en="Years must follow without a gap, each in the file of its name, or deadlines would come out wrong.",
    ),
    fix=Text(zh="补上或改正 cn-<年份>.yaml。", en="Add or correct cn-<year>.yaml."),
)
BUILTIN_NAME = Message(
    code="K-PCK-060",
    what=Text(zh="“{name}”是内置规则包里的名称", en="“{name}” is a name of the built-in packs"),
    why=Text(
        zh="内置的一处在 {other}；用户规则包只能新增，不能悄悄改写。",
        en="It stands at {other}; a user pack adds and does not redefine silently.",
    ),
    fix=Text(
        zh="换一个编号；确要改写的，在 pack.yaml 写 overrides: [{name}]，并用 --allow-override 运行。",
        en="Give it another id; to redefine it, write overrides: [{name}] in pack.yaml and run with --allow-override.",
    ),
)
NOTHING_TO_OVERRIDE = Message(
    code="K-PCK-061",
    what=Text(zh="overrides 里的“{name}”没有可改写的对象", en="`overrides` names “{name}”, which overrides nothing"),
    why=Text(
        zh="内置规则包须有同一编号的同类规定，本包也须写出改写后的规定。",
        en="The built-in packs must have an entry of that id and kind, and this pack the new one.",
    ),
    fix=Text(zh="改正编号，或者从 overrides 中删除。", en="Correct the id, or remove it from `overrides`."),
)
OVERRIDES = Message(
    code="K-PCK-062",
    what=Text(zh="用户规则包改写了内置规定“{name}”", en="A user pack redefines the built-in “{name}”"),
    why=Text(
        zh="内置的一处在 {other}；改写可能放宽法律要求，未经允许不适用。",
        en="It stands at {other}; redefining may loosen the law and is not done without leave.",
    ),
    fix=Text(
        zh="改为新增规定；确要改写的，用 --allow-override 运行，决定和报告会写明。",
        en="Add a provision instead; or run with --allow-override: decision and report will say so.",
    ),
)
GIVES = Message(
    code="K-PCK-063",
    what=Text(
        zh="用户规则包的规则“{name}”给予更轻的路径", en="The rule “{name}” of a user pack grants a lighter pathway"
    ),
    why=Text(
        zh="用户规则包只能加严：gives 和 counts: false 会免除法定手续。",
        en="A user pack may only tighten: `gives` and `counts: false` take procedures away.",
    ),
    fix=Text(
        zh="改用 requires；确要放宽的，用 --allow-override 运行，决定和报告会写明。",
        en="Use `requires`; or run with --allow-override: decision and report will say so.",
    ),
)
REQUIRES_LITTLE = Message(
    code="K-PCK-064",
    what=Text(
        zh="用户规则包的规则“{name}”只要求免予或不适用",
        en="The rule “{name}” of a user pack requires no more than an exemption",
    ),
    why=Text(
        zh="在没有内置规则覆盖的情形下，它会使数据无须手续即可出境。",
        en="Where no built-in rule speaks, it would let data leave without any procedure.",
    ),
    fix=Text(
        zh="写 standard_contract 以上的路径；确要放宽的，用 --allow-override 运行。",
        en="Require a standard contract or more; or run with --allow-override.",
    ),
)
PREVAILS = Message(
    code="K-PCK-065",
    what=Text(
        zh="用户规则包的规则“{name}”进入了内置规则让位的“{group}”",
        en="The rule “{name}” of a user pack stands in “{group}”, to which built-in rules yield",
    ),
    why=Text(zh="它成立时内置规则就不适用。", en="Where it holds, built-in rules would not apply."),
    fix=Text(
        zh="从 groups 中去掉；确要优先的，用 --allow-override 运行，决定和报告会写明。",
        en="Leave that group out; or run with --allow-override: decision and report will say so.",
    ),
)
SPLITS = Message(
    code="K-PCK-066",
    what=Text(
        zh="用户规则包的事实“{name}”拆分了内置人数“{other}”",
        en="The fact “{name}” of a user pack splits the built-in count “{other}”",
    ),
    why=Text(
        zh="内置人数会受新事实限制，可能算得更少。",
        en="The built-in count would be bounded by the new fact and might come out smaller.",
    ),
    fix=Text(
        zh="parts 只写本包自己的事实；确需如此的，用 --allow-override 运行。",
        en="Name facts of your own under `parts`; or run with --allow-override.",
    ),
)
LIST_LOOSENS = Message(
    code="K-PCK-067",
    what=Text(zh="用户规则包带来清单“{name}”", en="A user pack brings the list “{name}”"),
    why=Text(
        zh="清单可以减轻手续；未经允许不适用。",
        en="A list can take procedures away and is not applied without leave.",
    ),
    fix=Text(
        zh="用 --allow-override 运行，决定和报告会写明；尚未确认的草稿保持 status: draft。",
        en="Run with --allow-override: decision and report will say so; keep a draft at status: draft.",
    ),
)
MAP_SHAPE = Message(
    code="K-PCK-070",
    what=Text(zh="--map 的写法有误", en="--map is not understood"),
    why=Text(zh="应写成“角色=列名或列号”，角色可用：{roles}。", en="It reads ROLE=HEADING or NUMBER; roles: {roles}."),
    fix=Text(zh="例如 --map subclass=数据子类、--map description=4。", en="For example --map description=4."),
)
NO_ENTRIES = Message(
    code="K-PCK-071",
    what=Text(zh="文件里没有读出清单条目", en="No entry of a list was read from the file"),
    why=Text(
        zh="表头须有数据子类、数据基本特征与描述等列；表头不同的，用 --map 指明。",
        en="The header needs columns such as 数据子类 and 数据基本特征与描述; name others with --map.",
    ),
    fix=Text(zh="核对文件，或者用 --map 指明各列。", en="Check the file, or name its columns with --map."),
)
DRAFT_EXISTS = Message(
    code="K-PCK-072",
    what=Text(zh="文件夹已存在", en="The folder exists"),
    why=Text(zh="草稿可能已经人工核对，不会覆盖。", en="A person may have worked on the draft: it is not replaced."),
    fix=Text(zh="换一个输出位置。", en="Choose another place."),
)
DRAFT_NAME = Message(
    code="K-PCK-073",
    what=Text(zh="清单编号“{name}”写法不对", en="The list's id “{name}” is not written right"),
    why=Text(zh="编号只能用小写字母、数字、点和连字符。", en="An id takes small letters, digits, dots and hyphens."),
    fix=Text(zh="例如 --id shanghai-2026。", en="For example --id shanghai-2026."),
)
