"""Errors of turning pseudonyms back."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

NO_LINE = Message(
    code="K-CLR-190",
    what=Text(
        zh="办理文件夹的方案里没有可还原的“{name}”{guess}",
        en="The plan of that clearance makes no “{name}” that can be turned back{guess}",
    ),
    why=Text(
        zh="只有 form: sealed 和 method: ff1 的假名能还原；方案里可还原的：{known}。",
        en="Only pseudonyms of form: sealed and method: ff1 can be; in this plan: {known}.",
    ),
    fix=Text(
        zh="核对 --folder 与列名；列名改过的，用 --item 写明数据项。",
        en="Check --folder and the column; where the column has another name now, name the item with --item.",
    ),
)
OTHER_KEY = Message(
    code="K-CLR-191",
    what=Text(zh="这里的密钥不是做成这些假名的那一把", en="The key here is not the one that made these pseudonyms"),
    why=Text(
        zh="处理结果记下的是 {made}，本机 {purpose} 的密钥是 {here}。",
        en="The treatment names {made}; the key for {purpose} here is {here}.",
    ),
    fix=Text(
        zh="在持有该密钥的机器上运行，或用 --home 指向那个文件夹。",
        en="Run it where that key is, or name that folder with --home.",
    ),
    status=Exit.VERIFICATION_FAILED,
)
NOT_OURS = Message(
    code="K-CLR-192",
    what=Text(
        zh="“{column}”第 {row} 个单元格不是用这把密钥、这一行方案做成的",
        en="Cell {row} of “{column}” was not made with this key and line of the plan",
    ),
    why=Text(
        zh="它被改动过，或者来自别的数据；一个也没有还原，没有写出任何文件。",
        en="It was changed, or comes from other data. Nothing was turned back and no file written.",
    ),
    fix=Text(
        zh="去掉不是这批数据的单元格，或者换成对应的 --folder 和 --item。",
        en="Take out cells of other data, or name their own --folder and --item.",
    ),
    status=Exit.VERIFICATION_FAILED,
)
UNAUTHENTICATED = Message(
    code="K-CLR-193",
    what=Text(
        zh="“{item}”是 FF1 替身号码，无法验明是否用这把密钥做成",
        en="“{item}” holds surrogates by FF1, and none of them can prove that this key made it",
    ),
    why=Text(
        zh="任何同格式的号码都会还原出某个值，被改动或混入的号码会还原成不相干的人的号码。",
        en="Any number of the form turns back into some value: a changed or foreign one into that of somebody else.",
    ),
    fix=Text(
        zh="确认这些号码确实来自该次处理后，加 --unauthenticated。",
        en="Make sure that they come from that treatment, then add --unauthenticated.",
    ),
)
WHERE_TO = Message(
    code="K-CLR-194",
    what=Text(zh="没有写明还原的值放在哪里", en="Nothing says where the values shall go"),
    why=Text(
        zh="原值只写入 0600 的文件，或者按要求显示在终端。",
        en="They go to a file of mode 0600, or on request to the terminal.",
    ),
    fix=Text(zh="加 -o 文件；只看少量的，加 --show。", en="Add -o FILE; to look at a few, add --show."),
)
WHO = Message(
    code="K-CLR-195",
    what=Text(zh="没有写明由谁、为什么还原", en="Nothing says who turns them back, and why"),
    why=Text(
        zh="还原使数据重新指向个人，须由有权的人办理并留痕。",
        en="It names persons again: somebody entitled answers for it, and it is recorded.",
    ),
    fix=Text(zh="加 --by 姓名 --why 理由。", en="Add --by NAME --why REASON."),
)
COLUMN = Message(
    code="K-CLR-196",
    what=Text(zh="文件里没有列“{name}”{guess}", en="The file has no column “{name}”{guess}"),
    why=Text(zh="表有：{tables}。", en="Its tables: {tables}."),
    fix=Text(
        zh="核对列名；有几张表都有这一列的，用 --table 写明。",
        en="Check it; where several tables have it, add --table.",
    ),
)
OUT_THERE = Message(
    code="K-CLR-197",
    what=Text(zh="文件已经存在", en="The file is there already"),
    why=Text(zh="原值不覆盖、不追加到别的文件。", en="Original values never replace another file or go into it."),
    fix=Text(zh="换一个文件名。", en="Choose another name."),
)
NO_CLEARANCE = Message(
    code="K-CLR-198",
    what=Text(zh="--folder 不是办理文件夹，或其中的文件已损坏", en="--folder is no clearance folder, or damaged"),
    why=Text(
        zh="还原所需的方案、盘点和密钥编号在其中：plan.yaml、inventory.json、treatment.json、manifest.json，须与清单一致。",
        en="What it takes lies there: plan.yaml, inventory.json, treatment.json, as manifest.json has them.",
    ),
    fix=Text(zh="指向 kouan clear 写出的文件夹。", en="Name the folder that kouan clear wrote."),
)
