"""Identity documents of persons: resident IDs old and new, permits, passports, service cards."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from typing import TYPE_CHECKING

from bench.labelled import digits, makers
from bench.labelled.cases import Ask, Case, Row, grouped, masked, wide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples.dice import Dice

_RIC_GROUPS = (6, 8)


def cases() -> Iterator[Case]:
    """Yield the labelled columns of all identity documents."""
    for row in (_ric(), _ric_traps(), _ric15(), _permanent(), _hmt(), *_permits(), _passport(), *_cards(), *_regions()):
        yield from row.cases


def _ric() -> Row:
    row = Row("cn.ric", "身份证号")
    row.both("18 位", makers.ric, Ask.CONFIRMED, Ask.CONFIRMED)
    row.both("末位小写 x", lambda dice: _ending_x(dice).lower(), Ask.CONFIRMED, Ask.CONFIRMED)
    row.both("空格分组 6-8-4", lambda dice: grouped(makers.ric(dice), _RIC_GROUPS), Ask.CONFIRMED, Ask.CONFIRMED)
    row.both("连字符分组", lambda dice: grouped(makers.ric(dice), _RIC_GROUPS, "-"), Ask.CONFIRMED, Ask.CONFIRMED)
    row.both("全角", lambda dice: wide(makers.ric(dice)), Ask.CONFIRMED, Ask.CONFIRMED)
    row.both("整数列", lambda dice: int(makers.digit_ric(dice)), Ask.CONFIRMED, Ask.CONFIRMED)
    row.named("浮点列，末三位已丢失", lambda dice: float(makers.digit_ric(dice)), Ask.OPEN)
    row.named("电子表格末三位变为 000", lambda dice: makers.digit_ric(dice)[:15] + "000", Ask.SUSPECTED)
    row.named("前后有空格", lambda dice: f"  {makers.ric(dice)} ")
    row.named("前有撇号", lambda dice: f"'{makers.ric(dice)}")
    row.named("零宽字符", lambda dice: "\u200b" + makers.ric(dice))
    row.inside("文字中，前有“身份证号”", makers.ric, Ask.CONFIRMED, words="身份证号")
    row.inside("文字中，无提示词", makers.ric, Ask.CONFIRMED)
    row.inside("文字中，分组", lambda dice: grouped(makers.ric(dice), _RIC_GROUPS), Ask.CONFIRMED, words="身份证号：")
    row.inside("文字中，全角", lambda dice: wide(makers.ric(dice)), Ask.CONFIRMED, words="身份证号：")
    row.neutral("单元格内 JSON", lambda dice: f'{{"id": "{makers.ric(dice)}", "ok": true}}')
    row.neutral("单元格内 base64", lambda dice: b64encode(makers.ric(dice).encode()).decode(), Ask.COUNTED)
    row.some("每五条备注一条", _remark, lambda _: "客户要求周末送货上门", every=5, name="备注")
    row.some("每百条备注一条", _remark, lambda dice: f"共{dice.digits(2)}件，已签收", every=100, name="备注")
    row.some("与护照混在一列", makers.ric, makers.passport, every=2, name="证件号码", truth="cn.passport")
    row.both("校验码错误", lambda dice: makers.other_last(makers.ric(dice)), Ask.SUSPECTED, Ask.OPEN)
    row.neutral("旧区划代码（崇文、宣武）", lambda dice: makers.ric(dice, dice.pick(("110103", "110104"))), Ask.COUNTED)
    return row


def _ric_traps() -> Row:
    row = Row("cn.ric", "身份证号")
    row.trap("18 位流水号，以日期开头", lambda dice: f"{_day(dice)}{dice.digits(10)}")
    row.trap("18 位流水号，门店区划码 + 日期 + 序号", lambda dice: f"{makers.area(dice)}{_day(dice)}{dice.digits(4)}")
    row.trap("18 位随机数字", lambda dice: str(dice.between(1, 9)) + dice.digits(17))
    row.trap("19 位数字，含 18 位号码", lambda dice: makers.digit_ric(dice) + dice.digits(1))
    row.trap("长串中的号码", lambda dice: "AB" + makers.digit_ric(dice) + "77")
    row.trap("日期不存在", lambda dice: _with_check(f"{makers.area(dice)}19900230{dice.digits(3)}"))
    row.trap("日期在未来", lambda dice: _with_check(f"{makers.area(dice)}2099{dice.between(10, 12)}15{dice.digits(3)}"))
    row.trap("区划码不存在", lambda dice: _with_check(f"99{dice.digits(4)}19880815{dice.digits(3)}"))
    row.trap("已掩码", lambda dice: masked(makers.ric(dice), 6, 4), name="身份证号")
    row.trap("已掩码，列名无提示", lambda dice: masked(makers.ric(dice), 6, 4))
    row.trap("电子表格科学记数", lambda dice: f"{float(makers.digit_ric(dice)):.5E}")
    row.trap("文字中的订单号", lambda dice: f"订单{_day(dice)}{dice.digits(10)}已发货，请客户查收")
    return row


def _ric15() -> Row:
    row = Row("cn.ric15", "身份证号")
    row.both("15 位", makers.ric15, Ask.COUNTED, Ask.OPEN)
    row.inside("文字中", makers.ric15, words="旧身份证号")
    row.trap("IMEI", makers.imei, truth="imei")
    row.trap("15 位随机数字", lambda dice: "7" + dice.digits(14))
    row.trap("日期不存在", lambda dice: f"{makers.area(dice)}851345{dice.digits(3)}", name="身份证号")
    return row


def _permanent() -> Row:
    row = Row("cn.pr", "永久居留身份证号")
    row.both("2023 版", makers.permanent, Ask.CONFIRMED, Ask.COUNTED)
    row.named(
        "旧版，三个字母加 12 位", lambda dice: f"{dice.pick(('USA', 'CAN', 'DEU'))}{dice.digits(12)}", Ask.COUNTED
    )
    row.inside("文字中", makers.permanent, words="永居证号")
    row.trap("校验码错误", lambda dice: makers.other_last(makers.permanent(dice)))
    row.trap("全数字的统一社会信用代码", _digit_uscc, truth="cn.uscc")
    return row


def _hmt() -> Row:
    row = Row("cn.hmt_res", "居住证号码")
    heads = ("810000", "820000", "830000")
    row.both("18 位", lambda dice: makers.ric(dice, dice.pick(heads)), Ask.CONFIRMED, Ask.CONFIRMED)
    row.inside("文字中", lambda dice: makers.ric(dice, dice.pick(heads)), words="港澳台居民居住证")
    return row


def _permits() -> Iterator[Row]:
    row = Row("cn.hkmo_permit", "来往内地通行证号")
    row.both("H 或 M 加 8 位", lambda dice: dice.pick("HM") + dice.digits(8), Ask.COUNTED, Ask.OPEN)
    row.named("带换证次数", lambda dice: f"{dice.pick('HM')}{dice.digits(8)}0{dice.between(0, 3)}", Ask.COUNTED)
    row.inside("文字中", lambda dice: dice.pick("HM") + dice.digits(8), words="回乡证")
    row.trap("货号", lambda dice: dice.pick("HM") + dice.digits(8), name="商品编码")
    yield row
    row = Row("cn.tw_permit", "台胞证号")
    row.both("8 位", lambda dice: dice.digits(8), Ask.COUNTED, Ask.OPEN)
    row.inside("文字中", lambda dice: dice.digits(8), words="台胞证")
    row.trap("日期", _day)
    row.trap("日期，列名为日期", _day, name="交货日期")
    yield row


def _passport() -> Row:
    row = Row("cn.passport", "护照号")
    row.both("普通护照", makers.passport, Ask.COUNTED, Ask.OPEN)
    row.named("小写", lambda dice: makers.passport(dice).lower(), Ask.COUNTED)
    row.named("旧版 G 加 8 位", lambda dice: "G" + dice.digits(8), Ask.COUNTED)
    row.named("公务与外交护照", lambda dice: f"{dice.pick(('PE', 'SE', 'DE'))}{dice.digits(7)}", Ask.COUNTED)
    row.named("港澳护照", lambda dice: f"K{dice.digits(8)}" if dice.chance(0.5) else f"MA{dice.digits(7)}", Ask.COUNTED)
    row.inside("文字中，有提示词", makers.passport, words="护照号")
    row.inside("文字中，无提示词", makers.passport, Ask.OPEN)
    row.neutral("机读区第二行", _mrz, Ask.COUNTED)
    row.trap("发票号", lambda dice: f"G{dice.digits(8)}", name="发票号码")
    row.trap("零件号", lambda dice: f"E{dice.digits(8)}", name="零件号")
    row.trap("九位字母开头的货号", lambda dice: f"{dice.pick('ABC')}{dice.digits(8)}")
    row.trap("已掩码", lambda dice: masked(makers.passport(dice), 2, 3), name="护照号")
    return row


def _cards() -> Iterator[Row]:
    row = Row("driver_licence", "驾驶证号")
    row.named("同公民身份号码", makers.ric)
    row.named("档案编号", lambda dice: makers.area(dice) + dice.digits(6), Ask.VERDICT, name="驾驶证档案编号")
    row.trap("12 位流水号", lambda dice: dice.digits(12))
    yield row
    row = Row("engine_no", "发动机号")
    row.verdict("发动机号", lambda dice: f"{dice.pick(('EA211', 'G4FC', 'LFB'))}{dice.digits(6)}")
    yield row
    row = Row("cn.officer", "军官证号")
    words = ("军", "兵", "士", "文", "职")
    row.named("字第", lambda dice: f"{dice.pick(words)}字第{dice.digits(7)}号", Ask.COUNTED)
    row.inside("文字中", lambda dice: f"{dice.pick(words)}字第{dice.digits(7)}号", words="军官证")
    row.trap("公文字号", lambda dice: f"沪府办字第{dice.digits(4)}号")
    yield row
    row = Row("cn.ssn", "社会保障号码")
    row.named("同公民身份号码", makers.ric)
    row.named("卡号 9 位", lambda dice: dice.pick("ABCD") + dice.digits(8), Ask.VERDICT, name="社保卡号")
    yield row
    row = Row("cn.medical", "住院号")
    for name in ("病历号", "住院号", "门诊号"):
        row.verdict(name, lambda dice: f"{dice.pick(('ZY', 'MZ', ''))}{dice.digits(8)}")
    row.verdict("医保号", lambda dice: dice.digits(10))
    yield row


def _regions() -> Iterator[Row]:
    row = Row("hkid", "香港身份证号")
    row.both("校验码在括号内", makers.hkid, Ask.CONFIRMED, Ask.OPEN)
    row.named("无括号", lambda dice: makers.hkid(dice).replace("(", "").replace(")", ""))
    row.named("全角括号", lambda dice: makers.hkid(dice).replace("(", "（").replace(")", "）"))
    row.inside("文字中", makers.hkid, words="香港身份证")
    row.trap("校验码错误", lambda dice: _other_hkid(makers.hkid(dice)))
    row.trap("货号，字母加 7 位", lambda dice: f"{dice.pick('ABC')}{dice.digits(7)}", name="商品编码")
    yield row
    row = Row("moid", "澳门身份证号")
    row.named("7 位和括号", lambda dice: f"{dice.pick('157')}{dice.digits(6)}({dice.digits(1)})", Ask.COUNTED)
    row.neutral("列名无提示", lambda dice: f"{dice.pick('157')}{dice.digits(6)}({dice.digits(1)})", Ask.OPEN)
    yield row
    row = Row("twid", "台湾身份证号")
    row.both("字母加 9 位", makers.twid, Ask.CONFIRMED, Ask.OPEN)
    row.inside("文字中", makers.twid, words="台湾身份证")
    row.trap("校验码错误", lambda dice: makers.other_last(makers.twid(dice)))
    row.trap("物流单号", lambda dice: f"S{dice.pick('12')}{dice.digits(8)}", name="运单号")
    yield row


def _remark(dice: Dice) -> str:
    return f"实名登记用{makers.ric(dice)}，请核对"


def _ending_x(dice: Dice) -> str:
    while not (number := makers.ric(dice)).endswith("X"):
        pass
    return number


def _with_check(body: str) -> str:
    return body + digits.ric(body)


def _day(dice: Dice) -> str:
    return f"{dt.date(2023, 1, 1) + dt.timedelta(dice.below(1400)):%Y%m%d}"


def _digit_uscc(dice: Dice) -> str:
    """Return a credit code of digits alone that fails the check of a resident ID."""
    while True:
        org = dice.digits(8)
        body = "91" + makers.area(dice) + org + digits.org(org)
        number = body + digits.uscc(body) if body.isdigit() else "X"
        if number.isdigit() and number[17] != digits.ric(number[:17]):
            return number


def _other_hkid(number: str) -> str:
    return f"{number[:8]}{(int(number[8], 16) + 1) % 10})"


def _mrz(dice: Dice) -> str:
    """Return the second line of a passport's machine-readable zone (ICAO 9303-4)."""
    number, born, until = makers.passport(dice), f"{makers.birth(dice):%y%m%d}", f"3{dice.below(10)}0131"
    fields = [number + digits.mrz(number), born + digits.mrz(born), until + digits.mrz(until)]
    personal = "<" * 14 + "0"
    whole = "".join([*fields, personal])
    return f"{fields[0]}CHN{fields[1]}{dice.pick('MF')}{fields[2]}{personal}{digits.mrz(whole)}"
