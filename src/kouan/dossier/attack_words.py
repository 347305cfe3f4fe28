"""Words of attacks on the treated data."""

from __future__ import annotations

from kouan.model.attacks import Attack
from kouan.model.text import Text

_SINGLED = Text(
    zh="只看处理后数据的人，从中取 100 个条件，约有 {about} 个恰好指向一个人（已扣除偶然）。",
    en="Somebody who sees only the treated data takes conditions from it: of 100, about {about} point at exactly one"
    " person (chance taken off).",
)
MEANS = {
    Attack.SINGLING_OUT: _SINGLED,
    Attack.SINGLING_OUT_ONE: _SINGLED,
    Attack.LINKABILITY: Text(
        zh="手里有同一批人两份资料的人，借这份数据，每 100 人约能把 {about} 人的两份资料接起来。",
        en="Somebody with two files of the same persons can join about {about} of 100 persons through these data.",
    ),
    Attack.INFERENCE: Text(
        zh="知道某人其他各列的人，100 次里约有 {about} 次能由这份数据得知其“{name}”，不靠它猜不到。",
        en="Somebody who knows a person's other columns learns “{name}” about {about} times in 100, and could not"
        " have guessed it without these data.",
    ),
    Attack.FREQUENCY: Text(
        zh="知道“{name}”各取值有多常见的人，约能认出 {about}% 的行是哪个值：取值太少，假名藏不住。",
        en="Somebody who knows how common each value of “{name}” is names about {about} % of the rows: too few values"
        " for pseudonyms to hide them.",
    ),
    Attack.MEMBERSHIP: Text(
        zh="100 次里约有 {about} 次能说中某人在不在统计之内。",
        en="Whether a person was counted can be told about {about} times in 100.",
    ),
}
BROKEN = Text(
    zh="“{name}”已被破解：做法是 {recipe}，没有密钥；知道号码或者逐个试号码的人都能还原。",
    en="“{name}” is broken: it was made as {recipe}, without a key; whoever knows a number, or tries them all, can go"
    " back.",
)
_CHANCE = Text(
    zh="与偶然猜中无法区分；只说明这次攻击没有得手。",
    en="Not to be told from chance; it shows only that this attack did not work.",
)
NOTHING = dict.fromkeys(Attack, _CHANCE) | {
    Attack.DICTIONARY: Text(
        zh="没有被打开：试过的无密钥做法都不符。", en="Not opened: no unkeyed recipe that was tried fits."
    )
}
HELPS = {
    Attack.SINGLING_OUT: Text(
        zh="把最能区分人的列泛化得更粗、删除，或者用 kouan optimise 求每类不少于 k 行的方案。",
        en="Generalise the columns that tell people apart further, drop them, or let `kouan optimise` find a plan with"
        " k rows in every class.",
    ),
    Attack.LINKABILITY: Text(
        zh="减少一并提供的列，或者泛化得更粗，使一个人不再独占一行的组合。",
        en="Provide fewer columns together, or generalise them further, so that no combination belongs to one person.",
    ),
    Attack.INFERENCE: Text(
        zh="删除或泛化“{name}”，或者要求同类中它有多种取值（kouan optimise --model l:{name}=3）。",
        en="Drop or generalise “{name}”, or ask for several values of it in each class (kouan optimise --model"
        " l:{name}=3).",
    ),
    Attack.DICTIONARY: Text(
        zh="改用带密钥的假名（pseudonym），或者删除“{name}”。",
        en="Use a keyed pseudonym (pseudonym), or drop “{name}”.",
    ),
    Attack.FREQUENCY: Text(
        zh="取值少的列不适合用假名：删除或者泛化“{name}”。",
        en="Pseudonyms do not suit a column of few values: drop or generalise “{name}”.",
    ),
    Attack.MEMBERSHIP: Text(zh="舍入或者加噪后再提供人数。", en="Round the counts or add noise to them."),
}
ROWS = Text(zh="攻击 {used} 行（共 {rows} 行）", en="{used} of {rows} rows attacked")
WITH_CONTROL = Text(
    zh="{size}；另取 {outside} 行作为未出境者的对照",
    en="{size}; {outside} further rows stood for persons outside the release",
)
TURNED_OFF = Text(zh="填报文件关闭了攻击测试。", en="The declaration turned attacks off.")
NONE_RUN = Text(zh="没有可攻击的表。", en="There was no table to attack.")
NONE_WORKED = Text(
    zh="{count} 次攻击都没有得手。这不等于数据已经匿名化。",
    en="None of {count} attacks gained anything. That does not make the data anonymous.",
)
SOME_WORKED = Text(
    zh="{count} 次攻击中有 {worked} 次得手，超出偶然。", en="{worked} of {count} attacks gained more than by chance."
)
AND_BROKEN = Text(zh="{found}有假名被破解。", en="{found} Pseudonyms are broken.")

TITLE = Text(zh="攻击处理后的数据", en="Attacks on the treated data")
LEAD = Text(
    zh="本软件自己当攻击者（WP29 意见 05/2014 的筛出、关联、推断，以及破解假名）。"
    "收益 = 得手率超出对照的部分：0 表示对没有出境的人同样猜得到。区间为 95%。",
    en="This tool plays the attacker (singling out, linking and inference of WP29 Opinion 05/2014; opening of"
    " pseudonyms). The gain is what worked beyond the control: 0 means that persons outside the release fare no"
    " better. Intervals are of 95 %.",
)
HEADS = {
    "attack": Text(zh="攻击", en="Attack"),
    "worked": Text(zh="得手", en="Worked"),
    "control": Text(zh="对照", en="Control"),
    "gain": Text(zh="收益（区间）", en="Gain (interval)"),
    "means": Text(zh="意味着什么，怎样改进", en="What it means, what would help"),
}
SEED = Text(
    zh="种子 {seed}，每种攻击 {tries} 次，每表最多 {most} 行；同样的数据重做结果相同（kouan verify --raw）。",
    en="Seed {seed}, {tries} tries of each attack, {most} rows of a table at most; the same data give the same figures"
    " again (kouan verify --raw).",
)
