"""Telephones, cards, codes of organisations, and vehicles."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from bench.labelled import digits, makers
from bench.labelled.cases import Ask, Case, Row, grouped, masked, wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from examples.dice import Dice

_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_BASE32 = string.ascii_uppercase + "234567"


def cases() -> Iterator[Case]:
    """Yield the labelled columns of numbers that trade and traffic use."""
    for row in (_mobile(), _mobile_traps(), _landline(), _card(), _card_traps(), _uscc(), _org(), _plate(), _vin()):
        yield from row.cases


def _mobile() -> Row:
    row = Row("cn.mobile", "手机号")
    row.both("11 位", makers.mobile, Ask.COUNTED, Ask.SUSPECTED)
    for what, head in (("+86", "+86"), ("+86 加空格", "+86 "), ("86", "86"), ("0086", "0086"), ("(+86)", "(+86)")):
        row.named(f"前缀 {what}", _headed(head), Ask.COUNTED)
    row.named("3-4-4 空格", lambda dice: grouped(makers.mobile(dice), (3, 4)), Ask.COUNTED)
    row.named("3-4-4 连字符", lambda dice: grouped(makers.mobile(dice), (3, 4), "-"), Ask.COUNTED)
    row.named("+86 加 3-4-4", lambda dice: "+86 " + grouped(makers.mobile(dice), (3, 4), "-"), Ask.COUNTED)
    row.named("全角", lambda dice: wide(makers.mobile(dice)), Ask.COUNTED)
    row.named("整数列", lambda dice: int(makers.mobile(dice)), Ask.COUNTED)
    row.named("浮点列", lambda dice: float(makers.mobile(dice)), Ask.COUNTED)
    row.named("带 .0 的文本", lambda dice: makers.mobile(dice) + ".0", Ask.COUNTED)
    row.named("中文数字", lambda dice: makers.mobile(dice).translate(_HAN_DIGITS), Ask.COUNTED)
    row.named("两个号码", lambda dice: f"{makers.mobile(dice)}/{makers.mobile(dice)}", Ask.COUNTED)
    row.named("号码后有姓氏", lambda dice: f"{makers.mobile(dice)}（{dice.pick('王李张')}先生）", Ask.COUNTED)
    row.inside("文字中，有提示词", makers.mobile, words="手机")
    row.inside("文字中，无提示词", makers.mobile, Ask.SUSPECTED)
    row.inside("文字中，3-4-4", lambda dice: grouped(makers.mobile(dice), (3, 4)), words="电话：")
    row.inside("文字中，全角", lambda dice: wide(makers.mobile(dice)), words="电话：")
    return row


def _mobile_traps() -> Row:
    row = Row("cn.mobile", "手机号")
    row.trap("12 位数字", lambda dice: makers.mobile(dice) + dice.digits(1))
    row.trap("18 位流水号里的 11 位", lambda dice: f"2025{makers.mobile(dice)}{dice.digits(3)}")
    row.trap("小数部分", lambda dice: "0." + makers.mobile(dice))
    row.trap("号段 10、11、12", lambda dice: f"1{dice.below(3)}{dice.digits(9)}")
    row.trap("订单号 11 位，首位 2", lambda dice: "2" + dice.digits(10))
    row.trap("毫秒时间戳", lambda dice: 1_690_000_000_000 + dice.below(10**11))
    row.trap("秒时间戳", lambda dice: 1_690_000_000 + dice.below(10**8))
    row.trap("已掩码", lambda dice: masked(makers.mobile(dice), 3, 4), name="手机号")
    row.trap("散列值", lambda dice: makers.token(dice, 32, "0123456789abcdef"))
    row.trap("带字母的长串", lambda dice: f"TB{makers.mobile(dice)}X")
    return row


def _landline() -> Row:
    row = Row("cn.landline", "固定电话")
    areas = ("010", "021", "0755", "0571", "028")
    row.both(
        "区号-号码", lambda dice: f"{dice.pick(areas)}-{dice.between(2, 8)}{dice.digits(7)}", Ask.COUNTED, Ask.OPEN
    )
    row.named("括号区号", lambda dice: f"({dice.pick(areas)}){dice.between(2, 8)}{dice.digits(7)}", Ask.COUNTED)
    row.named("连写", lambda dice: f"{dice.pick(areas)}{dice.between(2, 8)}{dice.digits(7)}", Ask.COUNTED)
    row.named("分机", lambda dice: f"010-{dice.between(2, 8)}{dice.digits(7)}-{dice.digits(3)}", Ask.COUNTED)
    row.named("+86 国际写法", lambda dice: f"+86-10-{dice.between(2, 8)}{dice.digits(7)}", Ask.COUNTED)
    row.inside("文字中", lambda dice: f"010-{dice.between(2, 8)}{dice.digits(7)}", words="座机")
    row.trap("日期 010-2024…", lambda dice: f"010-2024{dice.between(10, 12)}{dice.between(10, 28)}")
    row.trap("货号", lambda dice: f"0{dice.digits(3)}-{dice.digits(4)}", name="商品编码")
    row.trap("服务热线 400", lambda dice: f"400-{dice.digits(3)}-{dice.digits(4)}")
    return row


def _card() -> Row:
    row = Row("cn.bankcard", "银行卡号")
    row.both("银联 16 位", makers.card, Ask.CONFIRMED, Ask.CONFIRMED)
    row.both("银联 19 位", lambda dice: makers.card(dice, "622202", 19), Ask.CONFIRMED, Ask.CONFIRMED)
    row.named("银联 17 位", lambda dice: makers.card(dice, "621700", 17))
    row.named("银联 18 位", lambda dice: makers.card(dice, "622848", 18))
    row.both("Visa", lambda dice: makers.card(dice, "4563"), Ask.CONFIRMED, Ask.CONFIRMED)
    row.named("Mastercard", lambda dice: makers.card(dice, dice.pick(("51", "55", "2223"))))
    row.both("四位一组", lambda dice: grouped(makers.card(dice), (4, 4, 4)), Ask.CONFIRMED, Ask.CONFIRMED)
    row.named("19 位分组 4-4-4-4-3", lambda dice: grouped(makers.card(dice, "622202", 19), (4, 4, 4, 4)))
    row.named("19 位分组 6-13", lambda dice: grouped(makers.card(dice, "622202", 19), (6,)))
    row.named("全角", lambda dice: wide(makers.card(dice)))
    row.named("16 位整数列", lambda dice: int(makers.card(dice)))
    row.named("19 位整数列", lambda dice: int(makers.card(dice, "622202", 19)))
    row.named("浮点列，末位已丢失", lambda dice: float(makers.card(dice, "622202", 19)), Ask.OPEN)
    row.inside("文字中，有提示词", makers.card, Ask.CONFIRMED, words="卡号")
    row.inside("文字中，分组", lambda dice: grouped(makers.card(dice), (4, 4, 4)), Ask.CONFIRMED, words="银行卡：")
    row.inside("文字中，无提示词", makers.card, Ask.COUNTED)
    row.both("校验位错误", lambda dice: makers.other_last(makers.card(dice)), Ask.SUSPECTED, Ask.OPEN)
    return row


def _card_traps() -> Row:
    row = Row("cn.bankcard", "银行卡号")
    row.trap("62 开头的流水号", lambda dice: "62" + dice.digits(14))
    row.trap("公民身份号码，恰好通过 Luhn", _luhn_ric, truth="cn.ric")
    row.trap("16 位随机数字", lambda dice: str(dice.between(1, 9)) + dice.digits(15))
    row.trap("20 位数字", lambda dice: makers.card(dice, "622202", 19) + dice.digits(1))
    row.trap("商户订单号 19 位", lambda dice: f"20250{dice.between(1, 9)}{dice.between(10, 28)}{dice.digits(11)}")
    row.trap("IMEI", makers.imei, truth="imei")
    row.trap("已掩码", lambda dice: masked(makers.card(dice), 4, 4), name="银行卡号")
    row.trap("卡号末四位", lambda dice: dice.digits(4), name="卡号后四位")
    row.trap("小数", lambda dice: "0." + makers.card(dice))
    return row


def _uscc() -> Row:
    row = Row("cn.uscc", "统一社会信用代码")
    row.both("企业 91", makers.uscc, Ask.CONFIRMED, Ask.CONFIRMED)
    row.both("个体工商户 92", lambda dice: makers.uscc(dice, "92"), Ask.CONFIRMED, Ask.CONFIRMED)
    for what, head in (("机关 11", "11"), ("社会团体 51", "51"), ("合作社 93", "93"), ("农村 N1", "N1")):
        row.neutral(what, _registered(head))
    row.named("小写", lambda dice: makers.uscc(dice).lower())
    row.named("空格分组", lambda dice: grouped(makers.uscc(dice), (8,)))
    row.named("全角", lambda dice: wide(makers.uscc(dice)))
    row.both("全数字", _digits_only, Ask.CONFIRMED, Ask.CONFIRMED)
    row.inside("文字中，有提示词", makers.uscc, Ask.CONFIRMED, words="税号")
    row.inside("文字中，无提示词", makers.uscc, Ask.CONFIRMED)
    row.both("校验码错误", lambda dice: makers.other_last(makers.uscc(dice)), Ask.SUSPECTED, Ask.OPEN)
    row.trap("18 位大写令牌", lambda dice: makers.token(dice, 18, digits.USCC_ALPHABET))
    row.trap("91 开头的令牌", lambda dice: "91" + makers.token(dice, 16, digits.USCC_ALPHABET))
    row.trap("含字母 I、O、Z、S、V", lambda dice: makers.uscc(dice)[:12] + makers.token(dice, 6, "IOZSV"))
    row.trap("公民身份号码", makers.ric, truth="cn.ric")
    row.trap("15 位纳税人识别号", lambda dice: makers.area(dice) + dice.digits(9))
    return row


def _org() -> Row:
    row = Row("cn.orgcode", "组织机构代码")
    row.both("8 位-校验码", lambda dice: _hyphened(makers.org(dice)), Ask.CONFIRMED, Ask.OPEN)
    row.named("连写", makers.org)
    row.inside("文字中", lambda dice: _hyphened(makers.org(dice)), words="组织机构代码")
    row.named("校验码错误", lambda dice: _hyphened(makers.other_last(makers.org(dice))), Ask.SUSPECTED)
    row.trap("货号", lambda dice: f"{dice.digits(8)}-{dice.digits(1)}", name="商品编码")
    row.trap("9 位数字", lambda dice: dice.digits(9))
    return row


def _plate() -> Row:
    row = Row("cn.plate", "车牌号")
    row.both("燃油车", makers.plate, Ask.COUNTED, Ask.SUSPECTED)
    row.both("新能源", lambda dice: makers.plate(dice, electric=True), Ask.COUNTED, Ask.SUSPECTED)
    row.named("新能源大型车，D 在末位", lambda dice: _moved(makers.plate(dice, electric=True)), Ask.COUNTED)
    row.named("中点", lambda dice: _dotted(makers.plate(dice)), Ask.COUNTED)
    row.named("空格", lambda dice: _dotted(makers.plate(dice), " "), Ask.COUNTED)
    row.named("小写", lambda dice: makers.plate(dice).lower(), Ask.COUNTED)
    row.named("警、学、挂", lambda dice: f"{makers.plate(dice)[:2]}{dice.digits(4)}{dice.pick('警学挂')}", Ask.COUNTED)
    row.named("粤Z 港澳", lambda dice: f"粤Z{dice.digits(4)}{dice.pick('港澳')}", Ask.COUNTED)
    row.named("使馆", lambda dice: f"使{dice.digits(6)}", Ask.COUNTED)
    row.named("全角字母数字", lambda dice: wide(makers.plate(dice)), Ask.COUNTED)
    row.inside("文字中，有提示词", makers.plate, words="车牌")
    row.inside("文字中，无提示词", makers.plate, Ask.SUSPECTED)
    row.trap(
        "公司简称", lambda dice: f"{dice.pick('京沪粤')}{dice.pick(('A股板块', 'BA集团', 'TCL专卖'))}{dice.digits(2)}"
    )
    row.trap("省份字加型号", lambda dice: f"{dice.pick('京沪粤')}字{dice.digits(5)}")
    row.trap("已掩码", lambda dice: masked(makers.plate(dice), 2, 1), name="车牌号")
    row.trap("含 I、O 的五位", lambda dice: f"{dice.pick('京沪粤')}A{makers.token(dice, 5, 'IO')}")
    return row


def _vin() -> Row:
    row = Row("vin", "车架号")
    row.both("17 位", makers.vin, Ask.CONFIRMED, Ask.CONFIRMED)
    row.named("小写", lambda dice: makers.vin(dice).lower())
    row.named("全角", lambda dice: wide(makers.vin(dice)))
    row.named("前后空格", lambda dice: f" {makers.vin(dice)} ")
    row.both("欧洲车，校验位不符", _european, Ask.SUSPECTED, Ask.OPEN)
    row.inside("文字中，有提示词", makers.vin, Ask.CONFIRMED, words="车架号")
    row.inside("文字中，无提示词", makers.vin, Ask.COUNTED)
    row.trap("散列值 17 位", lambda dice: makers.token(dice, 17, "0123456789ABCDEF"))
    row.trap("base32 令牌 17 位", lambda dice: makers.token(dice, 17, _BASE32))
    row.trap("17 位数字", lambda dice: str(dice.between(1, 9)) + dice.digits(16))
    row.trap("17 位字母", lambda dice: makers.token(dice, 17, string.ascii_uppercase))
    row.trap("含 I、O、Q", lambda dice: makers.vin(dice)[:10] + makers.token(dice, 7, "IOQ"))
    row.trap("散列值 32 位", lambda dice: makers.token(dice, 32, "0123456789abcdef"))
    return row


def _headed(head: str) -> Callable[[Dice], str]:
    return lambda dice: head + makers.mobile(dice)


def _registered(head: str) -> Callable[[Dice], str]:
    return lambda dice: makers.uscc(dice, head)


def _luhn_ric(dice: Dice) -> str:
    """Return a resident ID number under 44, 51 or 62 that passes Luhn too."""
    while True:
        number = makers.ric(dice, dice.pick(("440103", "510104", "620102")))
        if number.isdigit() and digits.luhn(number[:-1]) == number[-1]:
            return number


def _digits_only(dice: Dice) -> str:
    while True:
        org = dice.digits(8)
        body = "91" + makers.area(dice) + org + digits.org(org)
        if body.isdigit() and digits.uscc(body).isdigit():
            return body + digits.uscc(body)


def _hyphened(code: str) -> str:
    return f"{code[:-1]}-{code[-1]}"


def _moved(plate: str) -> str:
    return plate[:2] + plate[3:] + plate[2]


def _dotted(plate: str, by: str = "·") -> str:
    return plate[:2] + by + plate[2:]


def _european(dice: Dice) -> str:
    while True:
        number = makers.vin(dice, dice.pick(("WVW", "WBA", "WDD")))
        number = number[:8] + dice.pick("ZABC") + number[9:]
        if digits.vin(number) != number[8]:
            return number
