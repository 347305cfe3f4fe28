"""Numbers of documents, beds and postcodes by the words around them, and numbers of goods that name nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kouan.recognize.prose.ages import find_ages
from kouan.recognize.prose.fold import places, small
from kouan.recognize.prose.gate import Gate
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUE = r"(?P<value>(?=[A-Za-z\-_/.]{0,12}\d)[A-Za-z0-9][A-Za-z0-9\-_/.]{3,30}(?<![.\-/_]))(?![年月])"
_PAPER = re.compile(
    r"(?:身[份分][证證](?:统一)?(?:字|编)?[号號]?|护照|護照|病[历歷案](?:卡)?|住院|门诊|門診|就诊卡|就診|挂号"
    r"|登记|健保卡?|医保卡?|社保卡?"
    r"|居住[证證]|居留[证許]|回乡[证證]|台胞[证證]|通行[证證]|[军士警]官[证證]|学生[证證]|工作[证證]|退休[证證]"
    r"|残疾[证證]|驾驶[证證]|驾照"
    r"|准考[证證]|患者标识|病人标识|匿名(?:编码|码|号)?|假名|化验单?|序列|设备序列|样本|标本|条码号)(?:号码"
    r"|號碼|编号|[号號码碼])?"
    r"(?:写的|填的|登记)?[ 为是:#]{0,3}" + _VALUE
)
_OFFICER = re.compile(r"[军警士文残退役官兵]?[一-鿿]字第? ?\d{4,8}号")
_OFFICER_GATE = Gate("字第")
_SSN = re.compile(
    r"(?i:\b(?:ssn|social security(?: number| no\.?)?))[ :#]{0,2}(?:is |was )?"
    r"(?P<value>\d{3}[ \-]?\d{2}[ \-]?\d{4})(?!\d)"
    r"|(?i:\bnhs(?: number| no\.?)?)[ :#]{0,2}(?P<nhs>\d{3}[ \-]?\d{3}[ \-]?\d{4})(?!\d)"
    r"|(?i:\bpassport(?: number| no\.?)?)[ :#]{0,2}(?P<pass>[A-Z]{1,2} ?\d{3,4} ?\d{3,4}[A-Z]?)(?![\dA-Za-z])"
    r"|(?i:\b(?:driver['’]?s?|driving) licen[cs]e(?: number| no\.?)?)[ :#]{0,2}(?P<licence>"
    r"(?=[A-Z\-]*\d{3})[A-Z0-9\-]{5,18})"
    r"|(?i:\b(?:licen[cs]e|number|registration|car) plate(?: number| no\.?)?)[ :#]{0,2}(?P<plate>"
    r"(?=[A-Z\- ]*\d)[A-Z0-9][A-Z0-9\-]{2,4} ?[A-Z0-9]{2,4})\b"
    r"|(?i:\b(?:serial|implant)(?: number| no\.?| id)?)[ :#]{0,2}(?P<serial>"
    r"(?=[A-Z\-]*\d)[A-Z0-9][A-Z0-9\-]{4,24})(?![\w])"
)
_NUMBER_WORDS = (
    "ssn",
    "social security",
    "nhs",
    "passport",
    "driver",
    "driving",
    "licen",
    "number plate",
    "registration",
    "car plate",
    "serial",
    "implant",
)
_POSTCODE = re.compile(
    r"(?:邮政编码|邮编|郵遞區號|郵政編碼|郵編|邮码)[号為为是: ]{0,3}(?P<zh>\d{3}(?:\d{2,3})?)(?!\d)"
    r"|(?i:\b(?:post(?:al)? ?code|zip(?: ?code)?))[ :#]{0,2}(?:is |was )?(?P<en>\d{5}(?:-\d{4})?|\d{6}"
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?![\w])"
)
_BRITISH = re.compile(r"(?<![\w\-])[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?![\w\-])")
_DOORS = re.compile(
    r" (?:[A-Za-z\d一-鿿]{1,8}(?:中心|大厦|大楼|广场|座|栋|幢|楼|室|单元) ?){1,3}(?:\d{1,5}(?:室|号)?(?![\d年月.]))?"
)
_POSTED = Gate("邮|郵|(?i:post|zip)")
_CODE_BEFORE = re.compile(r"(?<![\d.])[0-8]\d{5} ?\Z")
_CODE_BEHIND = re.compile(r"[ ,]{0,2}\(?[ ,]?(?:邮编)?:? ?[0-8]\d{5}(?![\d.])(?! ?[元件个次份万条人包箱吨只台])")
_FULL = re.compile("[省市区县州盟旗]\\Z")
_HAN = "[一二三四五六七八九十]"
_BED = re.compile(
    rf"(?:(?:第?(?<![\d.])\d{{1,4}}|{_HAN}{{1,3}})[号层楼]?(?:病区|病室|病房|房间|房)|急诊留观|留观|抢救室|ICU)?[ 第]?"
    rf"(?:加|(?<![\d.张共增设放约]))(?:\d{{1,3}}|{_HAN}{{1,3}})号?床(?![旁上位单垫板头尾边铺张被帘架次]|以[上下])"
    r"|床(?:位)?号[ 为是:]{0,3}加?\d{1,3}(?!\d)"
    r"|(?:\b(?:[Rr]oom|[Ww]ard|Rm) ?\d{1,4}[A-Z]?,? )?\b[Bb]ed (?:no\.? ?|number |#)?\d{1,3}[A-Z]?\b(?! ?"
    r"(?:days?|hours?|weeks?|patients|units|hospital|ward|\d))"
)
_OLD, _OLDEST = 90, 130
_DIGITS = re.compile(r"\d{1,3}")
_MAY_BE_OLD = re.compile(
    "(?:9\\d|1[0-3]\\d|九十.?|百.{0,2})(?= ?(?:周?岁|[ \\-]?[Yy]|[ \\-]year))|(?<=[Aa]ged )(?:9|1[0-3])\\d|"
    "(?<=[Aa]ge )(?:9|1[0-3])\\d|年龄.{0,2}(?:9|1[0-3])\\d"
)
_OLD_HAN = re.compile(r"(?:九十|一?百)")
_YEARS = re.compile(r"岁|龄|year|yr|y/?o|y\.o|aged?|Aged?|\A\d+\Z")
_GOODS = re.compile(
    r"(?:批号|批次号?|[批件]号码?|准字|国械注[准进许]|注册证号?|型号|规格|版本号?|固件|条款|(?<![A-Za-z])"
    r"(?:[Ll]ot|LOT|[Bb]atch|BATCH|[Vv]ersion"
    r"|[Rr]elease|[Mm]odel|NCT|EudraCT))(?:[ .]?(?:no\.?|number|No\.?))?[ :#为是]{0,3}(?:[A-Za-z]{0,4}[\-.]?"
    r"|\d{1,2}\.)\Z"
)
_GOODS_KINDS = frozenset({"date", "birth_date", "passport", "number", "bankcard", "record", "plate"})
_AHEAD = 20


def find_papers(text: str) -> Iterator[Span]:
    """Yield numbers of documents, postcodes, beds, and ages of 90 and more of a plain text.

    The ages are those that HIPAA's safe harbour lets nobody keep (45 CFR 164.514(b)(2)(i)(C)).
    """
    if not text.isascii():
        yield from (Span(*one.span("value"), "record") for one in _PAPER.finditer(text))
        if _OFFICER_GATE(text):
            yield from (Span(*one.span(), "record") for one in _OFFICER.finditer(text))
    for at in places(small(text), _NUMBER_WORDS):
        one = _SSN.match(text, at)
        if one:
            yield Span(*one.span(one.lastgroup or 0), "record")
    if _POSTED(text):
        yield from (Span(*one.span(one.lastgroup or 0), "address") for one in _POSTCODE.finditer(text))
    yield from (Span(*one.span(), "address") for one in _BRITISH.finditer(text))
    for at in places(text, ("床", "bed ", "Bed ")):
        yield from (Span(*one.span(), "bed") for one in _BED.finditer(text, max(0, at - _AHEAD), at + _AHEAD))
    yield from _old(text)


def with_postcode(text: str, span: Span) -> Span | None:
    """Return an address with the postcode before or behind it; of a place the postcode alone, None without one."""
    whole = span.kind == "address"
    if not whole and not _FULL.search(text, span.start, span.end):
        return None
    before = _CODE_BEFORE.search(text, max(0, span.start - 7), span.start)
    if not whole:
        return Span(before.start(), span.start, "address") if before else None
    doors = _DOORS.match(text, span.end)
    end = doors.end() if doors else span.end
    behind = _CODE_BEHIND.match(text, end)
    return Span(before.start() if before else span.start, behind.end() if behind else end, "address")


def is_of_goods(text: str, span: Span) -> bool:
    """Tell whether a number belongs to a batch, a licence of a product, a model or a version."""
    return span.kind in _GOODS_KINDS and _GOODS.search(text, max(0, span.start - _AHEAD), span.start) is not None


def _old(text: str) -> Iterator[Span]:
    for hint in _MAY_BE_OLD.finditer(text):
        low = max(0, hint.start() - _AHEAD)
        for one in find_ages(text[low : hint.end() + _AHEAD]):
            if _is_old(text[low + one.start : low + one.end]):
                yield replace(one, start=low + one.start, end=low + one.end)


def _is_old(age: str) -> bool:
    """Tell whether an age is 90 years or more."""
    digits = _DIGITS.search(age)
    if digits:
        return _OLD <= int(digits[0]) <= _OLDEST and _YEARS.search(age) is not None and "月" not in age
    return _OLD_HAN.match(age) is not None
