"""Why a column is what it is, in words: what its name says and what its values show. Never a value itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.text import Text
from kouan.recognize.evidence import CHANCE, wilson
from kouan.recognize.identifier import DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.recognize.evidence import Evidence
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.naming import NameMatch
    from kouan.recognize.profile import Profile

_EXACT = 15
"""Digits that floating point keeps."""
MIXED = Text(
    zh="校验通过率高于随机水平但不足九成，按混合列处理",
    en="right check digits exceed chance but are fewer than nine in ten: treated as a mixed column",
)
AT_CHANCE = Text(
    zh="校验通过率与随机数无异，可能是另一种编号、不设校验位的号码或者测试数据",
    en="right check digits are no more than chance: another numbering, numbers without a check digit, or test data",
)
FORMAT_ONLY = Text(
    zh="该号码没有校验位，凭格式和名称用语认定，请人工核对",
    en="such numbers have no check digit: taken from their format and the words of the names, please check",
)
NO_CONTEXT = Text(
    zh="只有格式相符，没有校验位，列名和表名也没有相关用语",
    en="only the format fits; there is no check digit, and neither column nor table name speaks of it",
)
NAMED_OTHERWISE = Text(zh="只有格式相符，列名另有所指", en="only the format fits, and the column's name says otherwise")
FEW = Text(zh="占非空单元格不到一半", en="fewer than half of the filled cells")
FORM_ONLY = Text(
    zh="这种格式不说明所指何人何物，凭列名或者人工认定",
    en="such a form does not say what it stands for: the name or a person must",
)
DATES = Text(zh="取值是日期", en="the values are dates")
CONSTANT = Text(
    zh="取值单一或者大量重复，不足以区分个人，请人工核对",
    en="the same values stand everywhere and tell nobody apart, please check",
)
WEAKER = Text(zh="同样的单元格更可能是{winner}", en="the same cells are more likely {winner}")
NOT_BY_VALUES = Text(
    zh="列名中的“{words}”指此，但取值是{found}", en="“{words}” in the name means this, yet the values are {found}"
)
MACHINE = Text(zh="自动识别的结果；以人工认定为准", en="what recognition found; a person's word wins")
MINORITY = Text(
    zh="并非整列都是，仍按其中的标识符从严认定",
    en="not the whole column, taken for what part of it is to be on the safe side",
)
NAME_ONLY = Text(
    zh="多数取值不符合该格式，仍按列名从严认定，请人工核对",
    en="most values do not have that format; kept by its name to be on the safe side, please check",
)
FLAG = Text(zh="取值只是标志（是/否），不是该信息本身", en="the values are only a flag, not the information itself")
NOT_CHECKED = Text(
    zh="该类取值没有可校验的格式，仅凭列名认定", en="such values have no format to check; taken from the name alone"
)
NOT_NAMES = Text(
    zh="取值不像人名，不认定为姓名", en="the values do not look like personal names, so it is not taken as one"
)
SECTOR = Text(zh="{standard} 的数据元素 {element}：{label}", en="element {element} of {standard}: {label}")
SECTOR_SECOND_HAND = Text(
    zh="{standard} 的数据元素 {element}：{label}（未与标准原文逐字核对）",
    en="element {element} of {standard}: {label} (not compared with the standard's own text)",
)
OVERRULED = Text(
    zh="{standard} 称本项为“{label}”，但取值是{found}，从严按取值认定",
    en="{standard} calls this “{label}”, yet its values are of the kind “{found}”: the stricter of the two counts",
)
FREED = Text(
    zh="处理后本表不再有标识或者描述个人的数据项，也没有个人编号或者假名，本项不再与已识别或者可识别的自然人有关",
    en="after treatment its table holds nothing that identifies or describes a person and no subject key or pseudonym: "
    "it no longer relates to an identified or identifiable person",
)
NOT_JUDGED = Text(
    zh="未发现指向自然人的数据项；是否属于个人信息须由人确认（《个人信息保护法》第四条）",
    en="no item pointing to a natural person was found; a person must confirm that this is not personal information "
    "(PIPL Art 4)",
)
KEPT = Text(zh="沿用处理前的认定", en="verdict kept from before treatment")
_LOOKS = {
    "birth": Text(zh="可作出生日期的过去日期", en="past dates that can be a birth"),
    "date": Text(zh="日期", en="dates"),
    "sex": Text(zh="性别用词或代码", en="words or codes of sex"),
    "age": Text(zh="0–130 的年龄或年龄段", en="ages or age bands within 0–130"),
    "address": Text(zh="含省市区与路街号的地址", en="addresses with district, street and number"),
    "number": Text(zh="数值", en="numbers"),
}


_WHOLE = {
    "address": Text(zh="一个地址（按行政区划、路街、门牌的语法）", en="one address by the grammar of addresses"),
    "organisation": Text(zh="一个机构名称（按字号和后缀的语法）", en="the name of one organisation by its ending"),
}


def percent(part: int, whole: int) -> str:
    """Return a share such as `97.5%`."""
    return f"{100 * part / whole:.1f}%" if whole else "0%"


def join(*parts: Text) -> Text:
    """Return sentences joined."""
    return Text(zh="；".join(part.zh for part in parts if part.zh), en="; ".join(part.en for part in parts if part.en))


def name_part(match: NameMatch, said: str | None, lexicon: Lexicon) -> Text:
    """Return what the column's name says."""
    if said is None:
        return Text(zh="列名未表明含义", en="the column's name does not say what it is")
    words = " ".join(match.matched)
    label = lexicon.meanings[said].label
    if said != match.meaning:
        return Text(
            zh=f"列名中的“{words}”所指并非个人（{' '.join(match.before)}）",
            en=f"“{words}” in the name belongs to no person ({' '.join(match.before)})",
        )
    return Text(zh=f"列名中的“{words}”指{label.zh}", en=f"“{words}” in the name means {label.en}")


def identifier(one: Evidence) -> Text:
    """Return how many cells are an identifier, and how its check digits compare with chance."""
    label, whole = one.kind.label, one.whole
    if CHANCE[one.id] == 1.0:
        low, high = wilson(whole, one.filled)
        return Text(
            zh=f"{one.filled} 个非空单元格中 {whole} 个（{percent(whole, one.filled)}，"
            f"95% 区间 {low:.3f}–{high:.3f}）符合{label.zh}格式",
            en=f"{whole} of {one.filled} filled cells ({percent(whole, one.filled)}, "
            f"95 % interval {low:.3f}–{high:.3f}) have the format of {_a(label.en)}",
        )
    return Text(
        zh=f"{one.filled} 个非空单元格中 {whole} 个（{percent(whole, one.filled)}）符合{label.zh}格式，"
        f"其中 {one.right} 个（{percent(one.right, whole)}）校验位正确，随机数约 {100 * CHANCE[one.id]:.1f}%",
        en=f"{whole} of {one.filled} filled cells ({percent(whole, one.filled)}) have the format of {_a(label.en)}; "
        f"{one.right} of these ({percent(one.right, whole)}) have a right check digit, "
        f"chance is {100 * CHANCE[one.id]:.1f} %",
    )


def code(profile: Profile) -> Text:
    """Return how many lines look like those of a program."""
    lines, found = profile.prose.found["lines"], profile.prose.found["code"]
    return Text(
        zh=f"读过的 {lines} 行中 {found} 行（{percent(found, lines)}）具有程序代码的形式",
        en=f"{found} of {lines} lines read ({percent(found, lines)}) have the form of program code",
    )


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeioAEIO" else f"a {noun}"


def checked(key: str, profile: Profile) -> Text:
    """Return how many cells look as the meaning asks."""
    label, count = _LOOKS[key], profile.looks[key]
    return Text(
        zh=f"{_looked(profile).zh}中 {count} 个（{percent(count, profile.looked)}）是{label.zh}",
        en=f"{count} of {_looked(profile).en} ({percent(count, profile.looked)}) are {label.en}",
    )


def whole(kind: str, profile: Profile) -> Text:
    """Return how many cells are one address or one organisation as a whole."""
    cells, found = profile.prose.read + profile.prose.found["other"], profile.prose.found[f"{kind}/whole"]
    label = _WHOLE[kind]
    return Text(
        zh=f"读过的 {cells} 个单元格中 {found} 个（{percent(found, cells)}）整格是{label.zh}",
        en=f"{found} of {cells} cells read ({percent(found, cells)}) are {label.en} as a whole",
    )


def _looked(profile: Profile) -> Text:
    """Return of how many cells something is said; of a long column not all are looked at."""
    if profile.looked == profile.filled:
        return Text(zh=f"{profile.filled} 个非空单元格", en=f"{profile.filled} filled cells")
    return Text(zh=f"抽看的 {profile.looked} 个非空单元格", en=f"{profile.looked} filled cells looked at")


def names(profile: Profile) -> Text:
    """Return how many cells look like personal names."""
    han, latin = profile.looks["surname"], profile.looks["romanised"]
    return Text(
        zh=f"{_looked(profile).zh}中 {han} 个以常见姓氏开头且为人名长度，{latin} 个为拉丁字母人名形式",
        en=f"of {_looked(profile).en} {han} begin with a known surname and have the length of a name, "
        f"{latin} have the form of a romanised name",
    )


def inside(found: Mapping[str, Evidence]) -> Text:
    """Return which identifiers stand in a free text."""
    held = [(key, one.inside + one.whole) for key, one in found.items() if one.inside + one.whole]
    if not held:
        return Text(
            zh="自由填写的文本，未发现标识符，仍可能写有个人信息",
            en="free text; no identifier found, persons may still be named",
        )
    zh = "、".join(f"{found[key].kind.label.zh} {count} 格" for key, count in held)
    en = ", ".join(f"{found[key].kind.label.en} in {count} cells" for key, count in held)
    return Text(zh=f"自由填写的文本，文中发现{zh}", en=f"free text holding {en}")


def unknown(profile: Profile) -> Text:
    """Return why nothing can be said."""
    if profile.filled == 0:
        return Text(zh="列中没有内容，无法判断", en="the column holds nothing to judge")
    if profile.kind == "other":
        return Text(
            zh=f"该列类型（{profile.type}）的内容不作解读，需人工指明含义",
            en=f"cells of this type ({profile.type}) are not looked into; a person must say what they are",
        )
    distinct = "20000+" if profile.distinct is None else str(len(profile.distinct))
    return Text(
        zh=f"取值（{distinct} 种）不符合任何已知标识符或格式，需人工指明含义",
        en=f"its values ({distinct} distinct) fit no known identifier or format; a person must say what they are",
    )


def notes(profile: Profile, meaning: str, one: Evidence | None) -> tuple[Text, ...]:
    """Return damage and oddities of a column."""
    parts: list[Text] = []
    if profile.share("masked") > 0.01:  # noqa: PLR2004 - a few asterisks are no mask
        share = percent(profile.looks["masked"], profile.looked)
        parts.append(
            Text(
                zh=f"{share} 的单元格已打码，不计为完整标识符",
                en=f"{share} of cells are masked already and count as no identifier",
            )
        )
    sole = profile.counts["cn.uscc.sole/whole/2"]
    if sole:
        parts.append(
            Text(
                zh=f"其中 {sole} 个以 92 开头，属个体工商户，指向自然人",
                en=f"{sole} begin with 92: sole traders, who are persons",
            )
        )
    long = one is not None and max(one.kind.lengths) > _EXACT and one.kind.kinds & DIGITS
    if (long or meaning == "bank_account") and (profile.kind == "decimal" or profile.looks["damaged"]):
        parts.append(
            Text(
                zh="号码曾按浮点数保存，15 位以后的数字可能已丢失",
                en="numbers were stored as floating point: digits beyond the 15th may be lost",
            )
        )
    if one is not None and one.format and CHANCE[one.id] < 1.0:
        parts.append(Text(zh=f"{one.format} 个号码校验位不符", en=f"{one.format} numbers have a wrong check digit"))
    if meaning == "birth_date" and profile.looks["future"]:
        count = profile.looks["future"]
        parts.append(Text(zh=f"{count} 个出生日期晚于基准日", en=f"{count} dates of birth lie after the as-of day"))
    return tuple(parts)
