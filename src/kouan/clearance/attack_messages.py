"""Words and errors of attacks inside a clearance."""

from __future__ import annotations

from kouan.model.errors import Exit, Message
from kouan.model.text import Text

ATTACKS_DIFFER = Message(
    code="K-CLR-170",
    what=Text(
        zh="attacks.json 与文件夹内的其他文件不符", en="attacks.json does not follow from the files of the folder"
    ),
    why=Text(
        zh="它所记载的设置、数据文件或者区间，与填报文件、staged 或者由其次数算得的不同。",
        en="Its settings, its data files or an interval are not those of the declaration, of staged, or of its counts.",
    ),
    fix=Text(zh="不要采信；请提供方重新办理。", en="Do not rely on it; ask for the transfer to be cleared again."),
    status=Exit.VERIFICATION_FAILED,
)
RAW_DIFFERS = Message(
    code="K-CLR-171",
    what=Text(
        zh="填报文件旁的“{name}”不是办理时的那份数据", en="“{name}” beside the declaration is not what was cleared"
    ),
    why=Text(
        zh="要重做攻击，须有处理前的同一份数据；摘要与 inventory.json 记载的不同。",
        en="Attacks are run again on the very data before treatment; its digest is not that of inventory.json.",
    ),
    fix=Text(
        zh="把办理时的数据放回原处，或者不加 --raw 核验。",
        en="Put the data of the clearing back in place, or verify without --raw.",
    ),
)
ATTACKS_OTHER = Message(
    code="K-CLR-172",
    what=Text(zh="重做攻击得到不同的结果", en="The attacks, run again, come to other figures"),
    why=Text(
        zh="表“{entity}”的结果与 attacks.json 不同；同样的数据、设置和种子应得到同样的结果。",
        en="Those of the table “{entity}” are not as in attacks.json; the same data, settings and seed give the same.",
    ),
    fix=Text(zh="不要采信该文件夹；请重新办理。", en="Do not rely on the folder; clear the transfer again."),
    status=Exit.VERIFICATION_FAILED,
)
NO_ATTACKS_FILE = Message(
    code="K-CLR-173",
    what=Text(zh="文件夹中没有攻击结果", en="The folder holds no attacks"),
    why=Text(
        zh="它由较早的版本办理，或者填报文件关闭了攻击。",
        en="An earlier edition cleared it, or its declaration turned them off.",
    ),
    fix=Text(zh="重新办理，或者不加 --raw 核验。", en="Clear it again, or verify without --raw."),
)

DRAWN_BY_KEY = Message(
    code="K-CLR-270",
    what=Text(
        zh="不能重做攻击：本机没有办理时的密钥",
        en="The attacks cannot be run again: the key of the clearing is not here",
    ),
    why=Text(
        zh="处理方案抽取了一部分个人，抽中了哪些人，只有该密钥说得出；没有它，处理前后的行无法对应。",
        en="The plan draws a sample of the persons, and only that key says whom; without it nobody knows which rows"
        " before and after treatment belong together.",
    ),
    fix=Text(
        zh="在办理方的机器上重做，或者不加 --raw 核验。",
        en="Run them where the transfer was cleared, or verify without --raw.",
    ),
)

OUTSIDE_NAME = "outside"
NOTHING_ATTACKED = Text(zh="没有可攻击的列或者记录", en="there is no column or row to attack")
NOBODY = Text(zh="没有个人信息，不做攻击", en="no personal information: not attacked")
ROWS_UNKNOWN = Text(
    zh="有记录未出境，处理前后的行无法对应，且多于 {most} 行，未做攻击",
    en="some rows stayed here, nobody knows which rows belong together, and there are more than {most}: not attacked",
)
NO_ORDER = Text(
    zh="有记录未出境，处理前后的行无法对应，没有对照；未出境的人也计入尝试，成功率因此偏低",
    en="some rows stayed here and it is not known which rows belong together: no control, and tries on persons who"
    " stayed count as failed, so that the rate reads too low",
)
ROWS_DRAWN = Text(
    zh="从 {rows} 行中抽取 {used} 行攻击，准标识符相同的行一并抽取；行数少，与众不同的人就多，筛出的成功率及其超出"
    "对照的部分都偏高",
    en="{used} of {rows} rows were drawn and attacked, those alike in the quasi-identifiers together; among fewer rows"
    " more are alone, so that singling out and its gain read too high",
)
PROSE_LEFT = Text(zh="自由文本未用于攻击：{names}", en="free text was not used: {names}")
COLUMNS_LEFT = Text(
    zh="只用了 {all} 列中的 {most} 列，先用准标识符和敏感项",
    en="{most} of {all} columns were used, quasi-identifiers and sensitive items first",
)
