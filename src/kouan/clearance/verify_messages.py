"""Errors of what `kouan verify` derives again: what the data are, thresholds, papers."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

_ASK = Text(
    zh="不要采信该文件夹，向出具方索取原件；封存时用的是另一版本（{tool}）的，用该版本再核验一次。",
    en="Do not rely on this folder; ask its maker for the original. If another edition sealed it ({tool}), verify with "
    "that one.",
)
ITEM_HIDDEN = Message(
    code="K-CLR-245",
    what=Text(
        zh="重新识别，“{item}”为{found}，{document} 却写成{said}",
        en="Recognised again, “{item}” is {found}; {document} says {said}",
    ),
    why=Text(
        zh="对数据重新作了识别；盘点结果写轻了，风险、人数、路径和方案都会跟着变轻。",
        en="The data were recognised again; with a lighter inventory risk, persons, pathway and plan become lighter.",
    ),
    fix=_ASK,
    status=Exit.VERIFICATION_FAILED,
)
ITEM_UNTREATED = Message(
    code="K-CLR-246",
    what=Text(
        zh="方案对“{item}”作了{action}，待放行的文件里却仍是{found}",
        en="The plan says of “{item}”: {action}; the staged files still hold {found}",
    ),
    why=Text(
        zh="对待放行的文件重新作了识别，按数值本身（不按列名）得出。",
        en="The staged files were recognised again; their values say so, whatever the column is called.",
    ),
    fix=_ASK,
    status=Exit.VERIFICATION_FAILED,
)
PERSONS_HIDDEN = Message(
    code="K-CLR-247",
    what=Text(
        zh="重新清点，“{subject}”为{found}，{document} 却写成{said}",
        en="Counted again, “{subject}” are {found}; {document} says {said}",
    ),
    why=Text(
        zh="人数（共有、敏感、不满十四周岁）决定适用的路径。",
        en="How many there are (all, sensitive, under 14) decides the pathway.",
    ),
    fix=_ASK,
    status=Exit.VERIFICATION_FAILED,
)
UNRECOGNISED = Message(
    code="K-CLR-248",
    what=Text(zh="待放行的文件无法重新识别", en="The staged files cannot be recognised again"),
    why=Text(
        zh="读不出，或者与填报文件、方案所说的不是同一些文件。",
        en="They cannot be read, or are not the files that the declaration and the plan speak of.",
    ),
    fix=_ASK,
    status=Exit.VERIFICATION_FAILED,
)
THRESHOLDS_DEPART = Message(
    code="K-CLR-249",
    what=Text(
        zh="风险结论按封存人自己的阈值（{edition}）得出；按本机 Kouan 的阈值，以下结果不同：{rules}",
        en="The verdicts were measured by rules of its maker ({edition}); by this Kouan's thresholds these differ: "
        "{rules}",
    ),
    why=Text(
        zh="数据的各项指标相符，判断的尺度不是本机所知的：可能是另一版本（封存时用 {tool}），也可能被封存人改动过，"
        "仅凭文件夹无法分辨。",
        en="The figures hold; the thresholds are none that this Kouan knows. They may be of another edition (sealed "
        "with {tool}), or changed by whoever sealed it: the folder cannot tell.",
    ),
    fix=Text(
        zh="向发布方（不是出具方）取得该版本，用 --known-packs 指明其 kouan/packs；"
        "否则不要采信其风险结论，或者重新办理。",
        en="Get that edition from where Kouan is published, not from the sender, and name its kouan/packs with "
        "--known-packs; otherwise do not rely on its verdicts, or clear again here.",
    ),
    status=Exit.VERIFICATION_FAILED,
)
PAPER_DIFFERS = Message(
    code="K-CLR-250",
    what=Text(
        zh="按文件夹内的文件重新生成，{name} 与封存的不同",
        en="Made again from the documents of the folder, {name} is not what was sealed",
    ),
    why=Text(
        zh="报告和材料都由其他文件得出；人看的是报告，它与文件不一致，就会误导人。",
        en="Report and papers follow from the other documents; people read the report, and another one misleads them.",
    ),
    fix=_ASK,
    status=Exit.VERIFICATION_FAILED,
)
CLASS_PERSONS_OTHER = Message(
    code="K-CLR-253",
    what=Text(
        zh="按处理前的数据清点，“{entity}”中取值组合相同的最少人数与 risk.json 不同",
        en="Counted by the data before treatment, the fewest persons who share a combination in “{entity}” are not "
        "those of risk.json",
    ),
    why=Text(
        zh="处理后没有人员编号的表，人数按处理前的编号逐行对应清点。",
        en="Where treatment left no subject key, persons are counted row by row by that of the data before it.",
    ),
    fix=Text(
        zh="用办理时的版本再核验一次；仍不同的，不要采信该文件夹。",
        en="Verify with the edition that cleared it; if they still differ, do not rely on the folder.",
    ),
    status=Exit.VERIFICATION_FAILED,
)
TREATED_OTHERWISE = Message(
    code="K-CLR-271",
    what=Text(
        zh="按方案重新处理，“{entity}”与办理文件夹里处理后的数据不同：数据项“{item}”，第 {place} 行起的一段",
        en="Treated again by the plan, “{entity}” is not what lies in the folder: item “{item}”, in the part that"
        " begins at row {place}",
    ),
    why=Text(
        zh="处理后的数据须是方案对原始数据的处理结果，逐行相同；行序被打乱的，攻击测试会显得比实际轻。",
        en="What leaves has to be what the plan makes of the raw data, row by row; with rows exchanged, attacks look"
        " weaker than they are.",
    ),
    fix=Text(
        zh="不要采信该文件夹；由出境方用原始数据重新办理。",
        en="Do not rely on the folder; let the exporter clear the raw data again.",
    ),
    status=Exit.VERIFICATION_FAILED,
)
PERSONAL = {
    True: Text(zh="个人信息", en="personal"),
    None: Text(zh="是否为个人信息待判断", en="personal or not: open"),
    False: Text(zh="非个人信息", en="not personal"),
}
SENSITIVE = {
    True: Text(zh="敏感", en="sensitive"),
    None: Text(zh="是否敏感待判断", en="sensitive or not: open"),
    False: Text(zh="非敏感", en="not sensitive"),
}
ITEM_IS = Text(zh="{label}（{role}，{personal}，{sensitive}）", en="{label} ({role}, {personal}, {sensitive})")
NOT_LISTED = Text(zh="没有这一项", en="there is no such item")
NO_SUBJECT = Text(zh="没有这一主体", en="there are none")
PERSONS_ARE = Text(
    zh="共 {persons}、敏感 {sensitive}、不满十四周岁 {under14}",
    en="{persons} in all, {sensitive} sensitive, {under14} under 14",
)
