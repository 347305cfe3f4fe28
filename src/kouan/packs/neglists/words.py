"""What the rules and notes of a list say, built from its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.neglist import Completeness, Counter
from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.neglist import Band, ImportantNumber, ListEntry, NegativeList

_MYRIAD = 10_000
_KIND = {
    Counter.ORDINARY: Text(zh="不含敏感个人信息", en="nothing sensitive"),
    Counter.SENSITIVE: Text(zh="敏感个人信息", en="sensitive"),
}
_THEN: dict[int | None, Text] = {
    1: Text(zh="应申报数据出境安全评估", en="a security assessment must be declared"),
    2: Text(
        zh="应订立个人信息出境标准合同或者通过个人信息保护认证", en="a standard contract or certification is needed"
    ),
    None: Text(zh="免予申报、订立合同和认证", en="the flow is exempt"),
}
OFF_LIST = Text(zh="清单所列行业中不在清单上的数据", en="data off the list, of a sector that it covers")
OFF_LIST_REASON = Text(
    zh="所属行业已列入清单，数据在清单之外，程序已经履行，免予申报、订立合同和认证",
    en="The list covers the sector, the data are off it and its formalities are done, so the flow is exempt",
)
CIIO = Text(zh="关键信息基础设施运营者提供个人信息，不适用清单的放宽", en="a critical operator gets no relaxation")
CIIO_REASON = Text(
    zh="按清单管理办法，关键信息基础设施运营者提供个人信息应申报数据出境安全评估",
    en="By the list's measures a critical operator that sends personal information declares a security assessment",
)


def number(value: int) -> Text:
    """Return a number of persons: 100万人, 1,000,000."""
    zh = f"{value // _MYRIAD}万人" if value % _MYRIAD == 0 else f"{value:,}人"
    return Text(zh=zh, en=f"{value:,}")


def _what(sector: Text, entry: ListEntry) -> Text:
    if entry.residual:
        return Text(
            zh=f"{sector.zh}：清单未单列的其他个人信息", en=f"{sector.en}: personal information of no named entry"
        )
    return Text(
        zh=f"{sector.zh}：清单列明场景和数据项的个人信息", en=f"{sector.en}: fields and scenarios that the list names"
    )


def _span(band: Band) -> Text:
    lo, hi = band.at_least, band.below
    parts = [Text(zh=f"{number(lo).zh}以上", en=f"{number(lo).en} persons or more")] if lo else []
    if hi:
        parts.append(Text(zh=f"不满{number(hi).zh}", en=f"fewer than {number(hi).en}"))
    return Text(zh="、".join(part.zh for part in parts), en=", ".join(part.en for part in parts))


def band_label(sector: Text, entry: ListEntry, band: Band) -> Text:
    """Return what a band is about, with its numbers."""
    what, kind, span = _what(sector, entry), _KIND[band.counter], _span(band)
    return Text(zh=f"{what.zh}，当年累计{span.zh}（{kind.zh}）", en=f"{what.en}, {span.en} this year ({kind.en})")


def band_reason(sector: Text, entry: ListEntry, band: Band, counter: str) -> Text:
    """Return why a band decides; the counter stands as a placeholder."""
    what, kind, span, then = _what(sector, entry), _KIND[band.counter], _span(band), _THEN[entry.table]
    return Text(
        zh=f"{what.zh}，自{{year_start}}起累计 {{{counter}}}（{kind.zh}），属于{span.zh}，{then.zh}",
        en=f"{what.en}: since {{year_start}} {{{counter}}} ({kind.en}), {span.en}, so {then.en}",
    )


def open_label(table: int | None) -> Text:
    """Return what a person found in the official list."""
    then = _THEN[table]
    return Text(zh=f"经核对官方清单，该条目{then.zh}", en=f"by the official list, for this entry {then.en}")


def open_reason(table: int | None) -> Text:
    """Return why, where a person read the official list."""
    then = _THEN[table]
    return Text(
        zh=f"规则包没有收录该条目的门槛，填报人核对官方清单后认定：{then.zh}",
        en=f"The pack holds no threshold of this entry; by the official list as the exporter read it, {then.en}",
    )


def unread_note(one: NegativeList) -> Text:
    """Return that a list is here in part, with the sectors and scenarios whose text must be looked up."""
    missing = [sector for sector in one.sectors if sector.mechanism]
    names = [*missing, *(scenario for scenario in one.scenarios if scenario.completeness is not Completeness.FULL)]
    zh, en = "、".join(name.label.zh for name in names), ", ".join(name.label.en for name in names)
    where = Text(zh=f"：{one.official}", en=f": {one.official}") if one.official else Text(zh="", en="")
    return Text(
        zh=f"{one.title.zh}没有完整收录（{zh}）。数据是否在清单上、条目要求哪种机制，须核对官方清单{where.zh}，"
        "分别填入 list 的 off_list 和 entry_mechanism；在此之前结论不确定。",
        en=f"The {one.title.en} is not here in full ({en}). Whether the data are on it, and which mechanism the entry "
        f"asks for, must be read off the official list{where.en} and goes into off_list and entry_mechanism under "
        "list; until then the outcome stays open.",
    )


def important_note(one: NegativeList, entry: ListEntry) -> Text:
    """Return that an entry on important data may match."""
    place = Text(zh=f"第{entry.number}项", en=f"entry {entry.number}")
    return Text(
        zh=f"{one.title.zh}{place.zh}列为重要数据：{entry.label.zh}。数据与其相符的，"
        "须核实是否已被告知或者公布为重要数据，再填 data.important。",
        en=f"{place.en.capitalize()} of the {one.title.en} describes important data: {entry.label.en}. "
        "Where the data match, check whether they were notified or published as important, then answer data.important.",
    )


def number_note(one: NegativeList, rule: ImportantNumber) -> Text:
    """Return that a number of persons is reached from which reference rules speak of important data."""
    return Text(
        zh=f"{one.title.zh}所附或者所依的识别规则把达到{number(rule.at_least).zh}的{rule.label.zh}作为重要数据；"
        "须核实是否已被告知或者公布为重要数据，再填 data.important。",
        en=f"Reference rules of the {one.title.en} treat {rule.label.en} of {number(rule.at_least).en} persons as "
        "important data; check whether they were notified or published as such, then answer data.important.",
    )
