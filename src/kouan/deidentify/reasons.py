"""Why a plan's line says what it says, with the clause.

Wordings are fixed, so that a file in one language reads back in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.plan import Action
from kouan.model.purpose import JUDGEMENT
from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.profile import Profile, ProfileRule
    from kouan.model.purpose import Grounds

NOT_NEEDED = Text(
    zh="声明的 needed 未列入，视为处理目的不需要，不出境（《个人信息保护法》第六条第一款、第三十八条第一款“确需”）",
    en="not listed under needed, so taken as not needed: it stays here (PIPL Arts 6(1), 38(1))",
)
OUTSIDE_PURPOSE = Text(
    zh="不在该场景所需的数据项之列，也没有写明理由，不出境；确需的在填报文件 necessity 的 items 中说明"
    "（《个人信息保护法》第六条第一款、第三十八条第一款“确需”）",
    en="not among what the scenario needs, and nobody says why: it stays here; if it is needed, say why in items under"
    " necessity (PIPL Arts 6(1), 38(1))",
)
NOT_LISTED = Text(
    zh="非个人信息，未列入所需数据项，不出境",
    en="no personal information, and not among the items the purpose needs: it stays here",
)
FREE_TEXT = Text(
    zh="自由文本中可能写有姓名、电话等标识符，不出境；处理目的需要的改为 scrub，清除标识后由人抽查"
    "（GB/T 37964-2019 第5章）",
    en="free text may hold names and numbers: it stays here; if the purpose needs it, change to scrub and have a person"
    " check samples (GB/T 37964-2019 ch. 5)",
)
PICTURE = Text(
    zh="照片、生物识别信息本身即可识别个人，不出境（GB/T 42460-2023 附录A）",
    en="pictures and biometric data identify a person by themselves: it stays here (GB/T 42460-2023 annex A)",
)
CREDENTIAL = Text(
    zh="口令等鉴别信息可用来冒充本人，不出境（《个人信息保护法》第六条第一款）",
    en="a credential lets others act as the person: it stays here (PIPL Art 6(1))",
)
SECRET = Text(
    zh="可能是商业秘密或者源代码，须由人核对能否提供、是否属于重要数据，此前不出境；确需出境的改为 keep",
    en="it may be a trade secret or source code: until a person has found that it may leave and is no important data "
    "it stays here; change to keep if it is needed",
)
LOCATION = Text(
    zh="位置坐标可指向住所和行踪，尚未说明处理目的需要，不出境；"
    "确需出境的改为 keep 或 generalise（《个人信息保护法》第六条第一款）",
    en="coordinates lead to homes and movements, and nobody has said that the purpose needs them: they stay here;"
    " change to keep or generalise if they are needed (PIPL Art 6(1))",
)
NOT_UNDERSTOOD = Text(
    zh="含义不明，是否属于个人信息尚未确认：请确认含义，确需出境的改为 keep（《个人信息保护法》第六条第一款）",
    en="not understood; whether it is personal information is open: say what it is, or change to keep if it is"
    " needed (PIPL Art 6(1))",
)
FOREIGN = Text(
    zh="该标准没有这一数据项，取值是含义未核实的文字，可能写有姓名等标识符，不出境；确需的由人核对后改为 keep 或 scrub"
    "（《个人信息保护法》第六条第一款）",
    en="the standard of this file does not know this item, and words of which nobody said what they are may name"
    " somebody: it stays here; change to keep or scrub if it is needed and was looked at (PIPL Art 6(1))",
)
TRACEABLE = Text(
    zh="凭此编号可在提供方系统中查回个人，换成带密钥的假名；"
    "假名仍属个人信息（《个人信息保护法》第五十一条第三项、第七十三条第三项）",
    en="the exporter's own system leads from this number to a person: a keyed pseudonym; it stays personal information"
    " (PIPL Arts 51(3), 73(3))",
)
PSEUDONYM = Text(
    zh="直接标识符，换成带密钥的假名（去标识化，《个人信息保护法》第五十一条第三项、第七十三条第三项），"
    "同一人在各表中一致；仍属个人信息（第四条）",
    en="direct identifier: a keyed pseudonym (de-identification, PIPL Arts 51 item 3, 73 item 3), the same for one"
    " person in all tables; still personal information (Art 4)",
)
NAME = Text(
    zh="处理目的需要姓名，只保留首字，其余遮蔽（《个人信息保护法》第五十一条第三项）",
    en="the purpose needs the name: its first character stays, the rest is masked (PIPL Art 51 item 3)",
)
ADDRESS = Text(
    zh="地址是直接标识符，只保留省、市（GB/T 42460-2023 附录A；GB/T 37964-2019 附录A 泛化）",
    en="an address is a direct identifier: province and city stay (GB/T 42460-2023 annex A; GB/T 37964-2019 annex A,"
    " generalisation)",
)
QUASI_GENERALISED = Text(
    zh="准标识符，降低精度以减少可识别性（GB/T 42460-2023 附录B；GB/T 37964-2019 附录A 泛化）",
    en="quasi-identifier: made coarser so that fewer persons stand out (GB/T 42460-2023 annex B; GB/T 37964-2019"
    " annex A, generalisation)",
)
QUASI_KEPT = Text(
    zh="准标识符，原样保留，其重标识风险见风险报告（GB/T 42460-2023 附录B、附录D）",
    en="quasi-identifier, kept as it is; the risk report measures what it adds (GB/T 42460-2023 annexes B, D)",
)
SENSITIVE_NEEDED = Text(
    zh="敏感个人信息，声明为处理目的所必需；"
    "须有充分的必要性，基于同意的须取得单独同意（《个人信息保护法》第二十八条、第二十九条）",
    en="sensitive personal information that the purpose is declared to need; sufficient necessity, and separate"
    " consent where consent is the basis (PIPL Arts 28, 29)",
)
SENSITIVE_STATED = Text(
    zh="敏感个人信息，按必要性说明为处理目的所需（见 necessity.json）；"
    "须有充分的必要性，基于同意的须取得单独同意（《个人信息保护法》第二十八条、第二十九条）",
    en="sensitive personal information that the necessity statement says the purpose needs (necessity.json);"
    " sufficient necessity, and separate consent where consent is the basis (PIPL Arts 28, 29)",
)
SENSITIVE_OPEN = Text(
    zh="敏感个人信息，尚未说明处理目的是否需要：不需要的请改为 drop，"
    "并在声明的 needed 中列出所需数据项（《个人信息保护法》第二十八条）",
    en="sensitive personal information; nobody has said yet whether the purpose needs it: change to drop if not,"
    " and list what is needed in the declaration (PIPL Art 28)",
)
SENSITIVE_COARSER = Text(
    zh="敏感属性，按区间保留，过高的归为一档（GB/T 37964-2019 附录A 泛化）；"
    "仍为个人信息，须有充分的必要性（《个人信息保护法》第二十八条第二款）",
    en="sensitive attribute: kept as a range, the highest values in one class (GB/T 37964-2019 annex A,"
    " generalisation); still personal information, and sufficient necessity is asked (PIPL Art 28(2))",
)
SENSITIVE_JUDGE = Text(
    zh="可能属于敏感个人信息，须人工判断；处理目的不需要的请改为 drop（《个人信息保护法》第二十八条）",
    en="may be sensitive personal information, a person must judge; change to drop if the purpose does not need it"
    " (PIPL Art 28)",
)
PERSONAL_KEPT = Text(
    zh="非标识符的个人信息，原样保留；未计入风险计算，与其他数据项结合仍可能识别个人",
    en="personal information that is no identifier: kept; not in the risk figures, and it may still identify a person"
    " with other items",
)
SECTOR = {
    Action.KEEP: Text(zh="{standard} 的 {element}：保留", en="{element} of {standard}: kept"),
    Action.DROP: Text(
        zh="{standard} 的 {element}（{label}）：直接指向个人或者无法逐一去除标识，而接收方不需要，不出境",
        en="{element} of {standard} ({label}): leads to a person, and the recipient does not need it: it stays here",
    ),
    Action.PSEUDONYM: Text(
        zh="{standard} 的 {element}（{label}）：换成带密钥的假名，各表各文件一致；"
        "仍属个人信息（《个人信息保护法》第四条）",
        en="{element} of {standard} ({label}): a keyed pseudonym, the same in all tables and files; still personal"
        " information (PIPL Art 4)",
    ),
    Action.MASK: Text(
        zh="{standard} 的 {element}（{label}）：只留首尾字符",
        en="{element} of {standard} ({label}): only its ends stay",
    ),
    Action.GENERALISE: Text(
        zh="{standard} 的 {element}（{label}）：降低精度（GB/T 37964-2019 附录A 泛化）",
        en="{element} of {standard} ({label}): made coarser (GB/T 37964-2019 annex A, generalisation)",
    ),
    Action.SHIFT: Text(
        zh="{standard} 的 {element}（{label}）：同一人的日期一并平移，间隔不变，真实日期不出境",
        en="{element} of {standard} ({label}): all dates of one person are moved alike, so that intervals stay and the"
        " real days do not leave",
    ),
    Action.SCRUB: Text(
        zh="{standard} 的 {element}（{label}）：清除文中的姓名、电话等标识后出境；清除不能保证无遗漏，请人工抽查",
        en="{element} of {standard} ({label}): names, numbers and the like are taken out of the text; some may be"
        " missed, so a person should look through samples",
    ),
}
NO_SUBJECT = Text(
    zh="{standard} 的 {element}（{label}）：本表没有可据以平移日期的编号，改为只留年份",
    en="{element} of {standard} ({label}): its table has no number by which dates could be moved, so the year stays",
)
PROFILE = Text(
    zh="处理配置 {profile}（{rule}）：{why}［{source}］",
    en="profile {profile} ({rule}): {why} [{source}]",
)
JUDGED = Text(zh="本项目的判断，无文件依据", en="this project's own judgement; no text says so")
CITED = Text(zh="{title}{place}，可信度 {confidence}", en="{title}{place}, confidence {confidence}")
NO_PERSON = Text(
    zh="本表没有可据以平移日期的编号，改为只留年份",
    en="its table has no number by which dates could be moved, so the year stays",
)
BUSINESS = Text(zh="业务数据，保留", en="business data: kept")
LIGHTER = Text(
    zh="不提供或者降低精度后，合规路径更轻（kouan what-if）；是否仍能实现出境目的，由业务判断",
    en="without it, or with less detail, the pathway is lighter (kouan what-if); whether the purpose is still served is"
    " for the business to judge",
)
PERSON = Text(zh="由人修改", en="changed by a person")

_ALL = tuple(value for value in list(globals().values()) if isinstance(value, Text))


def joined(*parts: Text) -> Text:
    """Return reasons one after another."""
    return Text(zh="；".join(part.zh for part in parts), en="; ".join(part.en for part in parts))


def profiled(profile: Profile, rule: ProfileRule) -> Text:
    """Return why a profile treats an item so, with the rule and its source."""
    return PROFILE.fill(profile=profile.id, rule=rule.id, why=rule.why, source=cited(profile, rule.source))


def cited(profile: Profile, source: Grounds) -> Text:
    """Return where a statement of a profile stands, and how far that was confirmed."""
    if source.instrument == JUDGEMENT:
        return JUDGED
    place = f" {source.place}" if source.place else ""
    return CITED.fill(title=profile.instruments[source.instrument], place=place, confidence=source.confidence)


def from_wording(wording: str) -> Text:
    """Return the reason with this wording in either language, or a person's own words for both."""
    for reason in _ALL:
        if wording in {reason.zh, reason.en}:
            return reason
    return Text(zh=wording, en=wording)
