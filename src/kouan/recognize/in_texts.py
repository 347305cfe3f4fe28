"""What the texts of a column speak of, as the inventory says it: counts, reasons, sensitivity; never their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.inventory import OPEN_TEXTS, PROSE, Finding, Rule, Texts, Told
from kouan.model.text import Text
from kouan.recognize.evidence import evidence_of, wilson
from kouan.recognize.prose.column import AGREED, MODEL, NAMED
from kouan.recognize.prose.sensitive import SENSITIVE, UNDER14
from kouan.recognize.prose.words import LABELS
from kouan.recognize.weigh import is_direct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kouan.model.inventory import Sensitivity
    from kouan.model.time import LegalDay
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.profile import Profile

_READ = PROSE | OPEN_TEXTS | {"communication", "health", "text", "unknown"}
"""Meanings of columns whose texts are reported on: of names and addresses the whole column is one."""
_ALWAYS = PROSE | OPEN_TEXTS
"""Of these, meanings of which it is said too that nothing was found."""
_FEW, _SHARE = 3, 0.01
"""Texts from which, and share of texts from which, what rules are sure of is taken for certain."""
_LABELS = {
    "place": Text(zh="地名", en="place"),
    "organisation": Text(zh="机构名称", en="organisation"),
    UNDER14: Text(zh="不满十四周岁未成年人", en="person under 14"),
    "trade_secret": Text(zh="保密标记或商业秘密用语", en="mark or words of a trade secret"),
    "state_secret": Text(zh="国家秘密标志", en="mark of a state secret"),
}
RULES = {
    "context": Text(zh="上下文用语", en="words around"),
    "label": Text(zh="标签（姓名：）", en="label (name:)"),
    "title": Text(zh="称谓", en="title"),
    "surname": Text(zh="姓氏", en="surname"),
    "speaker": Text(zh="说话人", en="speaker"),
    "dotted": Text(zh="间隔号", en="dotted name"),
    "hidden": Text(zh="部分隐去的姓名", en="partly hidden name"),
    "given": Text(zh="英文名", en="given name"),
    "pinyin": Text(zh="拼音", en="pinyin"),
    "initials": Text(zh="首字母", en="initials"),
    "called": Text(zh="称呼", en="called"),
    "nick": Text(zh="小名", en="nickname"),
    "relative": Text(zh="亲属关系", en="relative"),
    "bed": Text(zh="床号旁", en="beside a bed's number"),
    "birth": Text(zh="出生用语", en="words of birth"),
    "again": Text(zh="同文再次出现", en="named again"),
    "row": Text(zh="与人名并列", en="in a row of names"),
    "pair": Text(zh="英文姓名用法", en="used as a name"),
    "greeted": Text(zh="问候语", en="greeting"),
    "world": Text(zh="国家或城市", en="country or city"),
    "division": Text(zh="行政区划", en="division"),
    "road": Text(zh="路街", en="road"),
    "street": Text(zh="路街", en="street"),
    "number": Text(zh="门牌号", en="number"),
    "building": Text(zh="楼栋", en="building"),
    "room": Text(zh="室", en="room"),
    "village": Text(zh="村镇", en="village"),
    "box": Text(zh="信箱", en="box"),
    "code": Text(zh="邮编", en="postcode"),
    "company": Text(zh="公司后缀", en="company ending"),
    "bank": Text(zh="银行后缀", en="bank ending"),
    "hospital": Text(zh="医院后缀", en="hospital ending"),
    "school": Text(zh="学校后缀", en="school ending"),
    "research": Text(zh="研究机构后缀", en="research ending"),
    "agency": Text(zh="机关后缀", en="authority ending"),
    "other": Text(zh="其他后缀", en="other ending"),
    "word": Text(zh="用语", en="word"),
    "age": Text(zh="年龄", en="age"),
    "mark": Text(zh="标记", en="mark"),
    "notice": Text(zh="声明", en="notice"),
    MODEL: Text(zh="只有模型", en="model alone"),
    AGREED: Text(zh="模型和规则一致", en="model and rule alike"),
}
"""Rules by which places in texts are found, for people; another stands under its own name."""
_SAID = Text(zh="在读过的 {read} 条文本中，{found}", en="of {read} texts read, {found}")
_ONE = Text(zh="{count} 条提到{label}（确认 {sure} 条）", en="{count} speak of: {label} ({sure} confirmed)")
_ONE_OPEN = Text(zh="{count} 条疑似提到{label}", en="{count} may speak of: {label}")
_NOTHING = Text(
    zh="读过 {read} 条文本，按规则未发现姓名、地址等内容",
    en="{read} texts were read and the rules found no names, addresses or the like",
)
_MODEL = Text(
    zh="另由模型 {model} 读了其中不同的 {tagged} 条：{found}", en="the model {model} read {tagged} of them: {found}"
)
_MODEL_NOTHING = Text(zh="没有多出的发现", en="nothing more was found")
_MODEL_ALONE = Text(zh="只有模型发现的，{found}", en="by the model alone, {found}")
_MODEL_AGREED = Text(zh="模型与规则一致的，{found}", en="by the model and rules alike, {found}")
_ONE_AGREED = Text(zh="{count} 条提到{label}", en="{count} speak of: {label}")
_PART = Text(
    zh="文本按行号抽读：{cells} 格中抽取 {rows} 格，读了其中 {read} 条文本，其余未读",
    en="texts were read in a sample: {rows} of {cells} cells were chosen and {read} texts in them read",
)
_CUT = Text(
    zh="{cut} 条过长的文本只读了前 4,000 字",
    en="of {cut} texts longer than that only the first 4,000 characters were read",
)
_STATE_SECRET = Text(
    zh="文本中有国家秘密标志字样：在作其他判断之前，须先由人核对是否涉密（本结果不作认定）",
    en="texts bear what looks like marks of state secrets: a person must check that before anything else (nothing is "
    "decided here)",
)


def texts_of(profile: Profile, meaning: str, lexicon: Lexicon) -> Texts | None:
    """Return what the texts of a column with a meaning speak of; None where it holds none, or none to report on."""
    prose = profile.prose
    if not prose.read or meaning not in _READ:
        return None
    if meaning not in _ALWAYS and not any(key.endswith("/confirmed") for key in prose.found):
        return None
    kinds = dict.fromkeys(key.partition("/")[0] for key in prose.found if key.endswith(("/confirmed", "/suspected")))
    told = (_told(kind, profile, lexicon) for kind in kinds)
    return Texts(
        rows=prose.rows,
        read=prose.read,
        left=prose.left,
        cut=prose.cut,
        model=prose.model,
        tagged=prose.tagged,
        told=tuple(sorted(told, key=lambda one: (-one.confirmed, -one.suspected, one.kind))),
    )


def _told(kind: str, profile: Profile, lexicon: Lexicon) -> Told:
    found = profile.prose.found
    rules = {key.removeprefix(f"{kind}:"): count for key, count in found.items() if key.startswith(f"{kind}:")}
    return Told(
        kind=kind,
        label=label_of(kind, lexicon),
        confirmed=found[f"{kind}/confirmed"],
        suspected=found[f"{kind}/suspected"],
        rules=tuple(
            Rule(rule=rule, label=RULES.get(rule) or Text(zh=rule, en=rule), texts=rules[rule])
            for rule in sorted(rules, key=lambda one: (-rules[one], one))
        ),
    )


def label_of(kind: str, lexicon: Lexicon) -> Text:
    """Return what a kind is called."""
    if kind in _LABELS or kind in LABELS:
        return _LABELS.get(kind) or LABELS[kind]
    return lexicon.meanings[kind].label if kind in lexicon.meanings else Text(zh=kind, en=kind)


def is_read(meaning: str) -> bool:
    """Tell whether the texts of a column with a meaning are reported on."""
    return meaning in _READ


def findings_in_texts(texts: Texts | None) -> tuple[Finding, ...]:
    """Return what texts speak of beside the identifiers of an item."""
    found = []
    for one in () if texts is None else texts.told:
        assert texts is not None
        low, high = wilson(one.confirmed + one.suspected, texts.read)
        found.append(
            Finding(
                identifier=one.kind,
                label=one.label,
                confirmed=one.confirmed,
                suspected=one.suspected,
                looked=texts.read,
                share=ratio(one.confirmed + one.suspected, texts.read),
                wilson_lo=low,
                wilson_hi=high,
            )
        )
    return tuple(found)


def said(texts: Texts) -> Text:
    """Return in words what texts speak of: what rules found, then what a model adds."""
    found = [_counted(one) for one in texts.told if one.confirmed + one.suspected > _texts(one, MODEL)]
    words = _SAID if found else _NOTHING
    parts = [words.fill(read=f"{texts.read:,}", found=_listed(found))]
    if texts.model:
        alone, agreed = (_by_rule(texts, rule, words) for rule, words in ((MODEL, _ONE_OPEN), (AGREED, _ONE_AGREED)))
        more = [_MODEL_AGREED.fill(found=_listed(agreed))] * bool(agreed)
        more += [_MODEL_ALONE.fill(found=_listed(alone))] * bool(alone)
        whole = _listed(more) if more else _MODEL_NOTHING
        parts.append(_MODEL.fill(model=texts.model, tagged=f"{texts.tagged:,}", found=whole))
    return Text(zh="；".join(one.zh for one in parts), en="; ".join(one.en for one in parts))


def _by_rule(texts: Texts, rule: str, words: Text) -> list[Text]:
    counts = ((one.label, _texts(one, rule)) for one in texts.told)
    return [words.fill(count=f"{count:,}", label=label) for label, count in counts if count]


def _texts(one: Told, rule: str) -> int:
    return next((part.texts for part in one.rules if part.rule == rule), 0)


def _counted(one: Told) -> Text:
    """Return how many texts speak of a kind by the rules: without a model's, and before it agreed with any."""
    confirmed = one.confirmed - _texts(one, AGREED)
    whole = one.confirmed + one.suspected - _texts(one, MODEL)
    if not confirmed:
        return _ONE_OPEN.fill(count=f"{whole:,}", label=one.label)
    return _ONE.fill(count=f"{whole:,}", label=one.label, sure=f"{confirmed:,}")


def notes_of(texts: Texts, cells: int) -> tuple[Text, ...]:
    """Return what is to be known of how texts were read, and what a person must look at first."""
    notes = []
    if any(one.kind == "state_secret" for one in texts.told):
        notes.append(_STATE_SECRET)
    if texts.rows < cells or texts.left:
        notes.append(_PART.fill(rows=f"{texts.rows:,}", cells=f"{cells:,}", read=f"{texts.read:,}"))
    if texts.cut:
        notes.append(_CUT.fill(cut=f"{texts.cut:,}"))
    return tuple(notes)


def _listed(parts: Iterable[Text]) -> Text:
    held = list(parts)
    return Text(zh="、".join(one.zh for one in held), en=", ".join(one.en for one in held))


def names_somebody(profile: Profile, lexicon: Lexicon) -> bool:
    """Tell whether texts of a column name persons for certain, or hold numbers that lead to one."""
    if _is_certain(profile.prose.found[NAMED], profile):
        return True
    found = evidence_of(profile).values()
    return any(one.hidden for one in found if is_direct(lexicon.recognized[one.id], lexicon))


def is_certain(profile: Profile, kind: str) -> bool:
    """Tell whether texts of a column speak of a kind for certain."""
    return _is_certain(profile.prose.found[f"{kind}/confirmed"], profile)


def _is_certain(count: int, profile: Profile) -> bool:
    return count >= _FEW or count > _SHARE * profile.prose.read


def sensitivity_of(profile: Profile, before: Sensitivity, lexicon: Lexicon, as_of: LegalDay) -> Sensitivity:
    """Return the verdict on a column whose texts may speak of what is sensitive; what is judged stays.

    Args:
        profile: of the column.
        before: by its meaning alone.
        lexicon: meanings and clauses.
        as_of: the standard in force on the day.
    """
    if before.value is not None:
        return before
    found = profile.prose.found
    sure = [kind for kind in SENSITIVE if is_certain(profile, kind)]
    open_ = [kind for kind in SENSITIVE if found[f"{kind}/confirmed"] + found[f"{kind}/suspected"]]
    for kinds in (sure, open_):
        ranked = sorted(kinds, key=lambda one: (-found[f"{one}/confirmed"], -found[f"{one}/suspected"], one))
        judged = [_clause(kind, lexicon, as_of) for kind in ranked]
        best = next((one for one in judged if one.value), next(iter(judged), None))
        if best is not None:
            return best if kinds is sure else best.model_copy(update={"value": None})
    return before


def _clause(kind: str, lexicon: Lexicon, as_of: LegalDay) -> Sensitivity:
    if kind != UNDER14:
        return lexicon.sensitivity(kind, as_of)
    since = lexicon.clauses["under14"].since
    return lexicon.clauses["under14" if since is not None and as_of >= since else "under14_pipl"]
