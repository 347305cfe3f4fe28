"""Telephones, mail addresses and accounts that are written so that a machine should not read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.recognize.prose.gate import Gate, matches_at
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN_DIGIT = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺两"
_SIGNS = r"[ \-.·_*,/|~+:;]{1,6}"
_MOBILE = re.compile(
    rf"1[3-9](?<![\d.]..)\d{_SIGNS}\d{{4}}{_SIGNS}\d{{4}}(?!\d)"
    r"|1(?<![\d.].)(?:[ \-.·_*,/|~]{1,2}\d){10}(?![\d])"
    r"|(?<!\d)09\d{2}-\d{3}-\d{3}(?!\d)"
    r"|(?<!\d)0[1-9]\d{2,3} \d{3} ?\d{3,4}(?!\d)"
)
_SPOKEN = re.compile(
    rf"(?<![\d{_HAN_DIGIT}])"
    rf"(?=[\d \-,、]{{0,20}}[{_HAN_DIGIT}])[1一幺壹][ \-,、]?[3-9三四五六七八九叁肆伍陆柒捌玖]"
    rf"(?:[ \-,、]?[\d{_HAN_DIGIT}]){{9}}(?![{_HAN_DIGIT}\d])"
)
_COUNT_EN = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_SPOKEN_EN = re.compile(rf"(?i:\b(?:{_COUNT_EN}[ ,\-]{{1,2}}){{6,}}{_COUNT_EN}\b)")
_CALLED = re.compile(
    r"(?i:phone|tel|call|mobile|cell|fax|电话|手机|致电|拨打?)(?: ?(?:number|no\.?|me|him|her|us|我|他|她"
    r"|号码?))?[ :为是]{0,3}"
    r"(?P<value>\(?\d(?:[ \-./()]{0,2}\d){6,14})(?![\d.])"
    r"|(?i:number|号码)[ :为是]{0,3}(?P<long>\(?\d(?:[ \-./()]{0,2}\d){9,14})(?![\d.])"
)
_COUNTRY = re.compile(r"\(?(?:\+|(?<!\d)00) ?86\)?[ \-]{0,2}\Z|(?<![\d.\-])\+?1[ \-]\Z")
_MORE = re.compile(r"(?:,? ?[转轉]? ?(?:分机号?|分機|内线|內線)|,? ?(?i:ext\.?|extension)) ?:? ?\d{1,6}(?!\d)")
_TAIL = re.compile(
    r"(?:尾号|尾號|尾数|(?<![点點])(?:[前后後末][三四五六七八3-8两二]位)(?:数字?|号码?|號碼?)?)[为是:： ]{0,3}"
    r"(?P<value>\d{2,8}[Xx]?)"
    r"(?![\d.]*(?:%|岁|年|月|元|次|例|人))"
)
_STARRED = re.compile(r"(?<![\d*])\d{2,6}[*×]{3,14}\d{0,4}[Xx]?(?![\d*])")
_TLD = "(?:com|cn|org|net|edu|gov|io|co|info|me|uk|hk|tw|mo|jp|kr|sg|de|fr|ru|us|eu|ch|ca|au|in|nl|se|es|it)"
_AT = r"(?: ?[\[({【<「《] ?(?i:at|a|艾特|@) ?[\])}】>」》] ?| ?@ ?| ?(?:艾特|圈a|小老鼠) ?)"
_DOT = r"(?: ?[\[({【<「《] ?(?i:dot|点|點|\.) ?[\])}】>」》] ?|\.| ?[点點] ?| (?i:dot) )"
_MAIL = re.compile(
    rf"(?<![A-Za-z0-9.])[A-Za-z0-9_%+\-]+(?:{_DOT}[A-Za-z0-9_%+\-]+){{0,3}}?{_AT}"
    rf"(?:[A-Za-z0-9\-]{{1,63}}{_DOT}){{1,4}}{_TLD}(?![A-Za-z0-9])"
    rf"|(?<![A-Za-z0-9.])[A-Za-z0-9_%+\-]+(?:(?:\.| (?i:dot) )[A-Za-z0-9_%+\-]+){{0,3}}? (?i:at) "
    rf"(?:[A-Za-z0-9\-]{{1,63}} (?i:dot) ){{1,4}}{_TLD}(?![A-Za-z0-9])"
    rf"|(?:(?<=[箱件:是])|(?<=il)|(?<=: ))[A-Za-z0-9_.+\-]+#(?:[A-Za-z0-9\-]{{1,63}}\.){{1,3}}{_TLD}(?![A-Za-z0-9])"
)
_URL = re.compile(
    r"(?<![@A-Za-z0-9./\-])(?:[a-z0-9\-]{1,63}\.){1,3}(?:com|cn|org|net|edu|gov|io|info)"
    r"(?:\.[a-z]{2})?/[A-Za-z0-9%_\-./?=&#~]+"
)
_ACCOUNT = re.compile(
    r"(?:微信|薇信|威信|维信|[Vv]信|(?<![A-Za-z])(?:VX|vx|Vx|WX|wx|Wx|QQ|qq|Qq|TG|tg)|[加➕][Vv](?=[ :]?[\w@])"
    r"|扣扣|企鹅|抖音|快手|小红书|微博"
    r"|支付宝|淘宝|旺旺|钉钉|飞书|陌陌|闲鱼|知乎|豆瓣|B站|(?i:\b(?:wechat|weixin|telegram|whatsapp|skype"
    r"|line id|twitter|x handle"
    r"|instagram|facebook|snapchat|tiktok|weibo|linkedin|handle)))"
    r"(?: ?(?:账?号|账户|帐号|ID|Id|id|name|handle|user|account|号码|昵称)){0,2}(?P<sure> ?[:：=为是]| was| is)? {0,2}"
    r"(?P<value>@?[A-Za-z0-9][A-Za-z0-9_.\-]{3,30}(?<![.\-])|@[\w\-.]{2,20}(?<![.\-]))"
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z][A-Za-z0-9_]{2,30}(?![\w@.]|\.\w)")
_TELLS = re.compile(r"[\d_@]|[A-Za-z][.\-][A-Za-z]")
_DIGEST = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9A-Fa-f]*\d)(?=[0-9A-Fa-f]*[A-Fa-f])[0-9A-Fa-f]{32,128}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z\-])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Za-z\-])"
)
_NAMED_CODE = re.compile(
    r"(?:受试者|患者|病人|病例|样本|标本|参与者|本例|(?i:\b(?:subject|patient|participant|sample|case)))"
    r"(?:标识|编码|编号|代码|代号|缩写|号| ?ID| id| code| no\.?| number)?[ :为是]{0,2}"
    r"(?P<value>(?:[A-Z]{2,4}|(?:[A-Z][a-z]{1,7}){2,3})[\-_ ]?\d{4,8}(?:-\d{1,4})?)(?![\dA-Za-z])"
)
_ACCOUNTED = re.compile(
    "[微薇威维][信博]|[Vv信][Xx信]|[Ww][XxEe][XxCcIi]?|[Qq][Qq]|TG|tg|[加➕][Vv]|扣扣|企鹅|抖音|快手|小红书"
    "|支付宝|淘宝|旺旺|钉钉|飞书|陌陌"
    "|闲鱼|知乎|豆瓣|B站|[Tt]elegram|[Ww]hatsapp|WhatsApp|[Ss]kype|[Ll]ine |LINE |[Tt]witter|[Xx] handle"
    "|[Hh]andle|[Ii]nstagram"
    "|[Ff]acebook|[Ss]nap[Cc]hat|[Tt]ik[Tt]ok|[Ll]inked[Ii]n"
)
_AT_SIGN = re.compile(r"@|艾特|圈a|小老鼠|#|[\[({【<「《 ](?:at|AT|At|a|A)[\])}】>」》 ]")
_DOTTED = re.compile("dot|DOT|Dot|[.点點]")
_MAIL_BEFORE, _MAIL_BEHIND = 70, 130
_SPACED = (" at ", " AT ", " At ", " a ", " A ")
_LONG = Gate("[0-9A-Fa-f]{32}|[0-9A-Fa-f]{8}-")


def find_hidden(text: str) -> Iterator[Span]:
    """Yield telephones, mail addresses, accounts and digests of a plain text that are no usual numbers."""
    yield from (Span(*one.span(), "mobile") for one in _MOBILE.finditer(text))
    yield from (Span(*one.span(one.lastgroup or 0), "phone") for one in _CALLED.finditer(text))
    if not text.isascii():
        yield from (Span(*one.span(), "mobile") for one in _SPOKEN.finditer(text))
        yield from (Span(*one.span("value"), "number") for one in _TAIL.finditer(text))
    yield from (Span(*one.span(), "phone") for one in _SPOKEN_EN.finditer(text))
    yield from (Span(*one.span(), "number") for one in _STARRED.finditer(text))
    yield from _mails(text)
    if "@" in text:
        yield from (Span(*one.span(), "record") for one in _HANDLE.finditer(text))
    yield from (Span(*one.span(), "url") for one in _URL.finditer(text))
    heads = [one.start() for one in _ACCOUNTED.finditer(text)]
    if heads:
        yield from (
            Span(*one.span("value"), "record")
            for one in matches_at(_ACCOUNT, text, heads)
            if one["sure"] or _TELLS.search(one["value"])
        )
    if _LONG(text):
        yield from (Span(*one.span(), "record") for one in _DIGEST.finditer(text))
    yield from (Span(*one.span("value"), "record") for one in _NAMED_CODE.finditer(text))


def _mails(text: str) -> Iterator[Span]:
    for sign in _AT_SIGN.finditer(text):
        behind = text[sign.end() : sign.end() + _MAIL_BEHIND]
        if " dot " in behind.lower() if sign[0] in _SPACED else _DOTTED.search(behind):
            low, high = max(0, sign.start() - _MAIL_BEFORE), sign.end() + _MAIL_BEHIND
            yield from (Span(*one.span(), "email") for one in _MAIL.finditer(text, low, high))


def with_country(text: str, span: Span) -> Span:
    """Return a telephone number with the country before it and the extension behind it."""
    before = _COUNTRY.search(text, max(0, span.start - 8), span.start)
    behind = _MORE.match(text, span.end)
    start, end = before.start() if before else span.start, behind.end() if behind else span.end
    return span if (start, end) == (span.start, span.end) else Span(start, end, span.kind)
