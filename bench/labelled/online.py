"""Addresses and numbers of devices, networks and accounts, places on the map, and secrets."""

from __future__ import annotations

import base64
import string
from typing import TYPE_CHECKING

import pyarrow as pa

from bench.labelled import makers
from bench.labelled.cases import CELLS, NEUTRAL, Ask, Case, Row, wide
from examples.dice import Dice

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEX = "0123456789abcdef"


def cases() -> Iterator[Case]:
    """Yield the labelled columns of what networks and devices write."""
    for row in (_email(), *_networks(), *_devices(), *_accounts(), *_secrets()):
        yield from row.cases
    yield from _places()


def _email() -> Row:
    row = Row("email", "邮箱")
    row.both("地址", makers.email, Ask.CONFIRMED, Ask.CONFIRMED)
    row.neutral("大写", lambda dice: makers.email(dice).upper())
    row.neutral("有 + 的", lambda dice: makers.email(dice).replace("@", "+shop@"))
    row.named("前后有空格", lambda dice: f" {makers.email(dice)} ")
    row.named("全角", lambda dice: wide(makers.email(dice)))
    row.neutral("URL 编码", lambda dice: f"mail={makers.email(dice).replace('@', '%40')}&from=app", Ask.COUNTED)
    row.neutral("尖括号", lambda dice: f"李雷 <{makers.email(dice)}>")
    row.named("两个地址", lambda dice: f"{makers.email(dice)};{makers.email(dice)}")
    row.inside("文字中，有提示词", makers.email, Ask.CONFIRMED, words="邮箱")
    row.inside("文字中，无提示词", makers.email, Ask.CONFIRMED)
    row.trap("图片 @2x", lambda dice: f"icon{dice.digits(3)}@2x.png")
    row.trap("npm 包 @ 版本", lambda dice: f"left-pad@1.{dice.below(9)}.{dice.below(9)}")
    row.trap("npm 作用域", lambda dice: f"@vue/core-{dice.digits(3)}")
    row.trap("无域名后缀", lambda dice: f"user{dice.digits(3)}@localhost")
    row.trap("后缀不存在", lambda dice: f"user{dice.digits(3)}@host.invalidsuffix")
    row.trap("微博 @ 用户", lambda dice: f"转发给@小明{dice.digits(3)} 的动态")
    row.trap("已掩码", lambda dice: f"{makers.email(dice)[:2]}***@qq.com", name="邮箱")
    return row


def _networks() -> Iterator[Row]:
    row = Row("ip", "IP地址")
    row.both("公网 IPv4", makers.ipv4, Ask.COUNTED, Ask.SUSPECTED)
    row.named("私网 IPv4", lambda dice: makers.ipv4(dice, private=True), Ask.COUNTED)
    row.named("带端口", lambda dice: f"{makers.ipv4(dice)}:{dice.between(1024, 65535)}", Ask.COUNTED)
    row.inside("文字中", makers.ipv4, words="登录 IP ")
    row.trap("版本号四段", lambda dice: f"{dice.between(1, 9)}.{dice.below(20)}.{dice.below(20)}.{dice.below(9)}")
    row.trap("列名为版本", lambda dice: f"1.{dice.below(9)}.{dice.below(9)}.{dice.below(9)}", name="固件版本号")
    row.trap("章节号", lambda dice: f"{dice.between(1, 9)}.{dice.between(1, 9)}.{dice.between(1, 9)} 安装")
    row.trap("段大于 255", lambda dice: f"{dice.between(256, 999)}.{dice.digits(2)}.1.{dice.between(300, 900)}")
    row.trap("五段", lambda dice: f"{makers.ipv4(dice)}.{dice.below(99)}")
    yield row
    row = Row("ipv6", "IPv6地址")
    row.both("IPv6", makers.ipv6, Ask.COUNTED, Ask.COUNTED)
    row.inside("文字中", makers.ipv6, words="登录 IP ")
    row.trap("时刻", lambda dice: f"{dice.between(10, 23)}:{dice.between(10, 59)}:{dice.between(10, 59)}")
    yield row
    row = Row("mac", "MAC地址")
    row.both("冒号", makers.mac, Ask.COUNTED, Ask.COUNTED)
    row.both("连字符", lambda dice: makers.mac(dice, "-"), Ask.COUNTED, Ask.COUNTED)
    row.named("小写", lambda dice: makers.mac(dice).lower(), Ask.COUNTED)
    row.named("无分隔", lambda dice: makers.mac(dice, ""), Ask.COUNTED)
    row.inside("文字中", makers.mac, words="设备 MAC ")
    row.trap("12 位十六进制", lambda dice: makers.token(dice, 12, _HEX))
    yield row


def _devices() -> Iterator[Row]:
    row = Row("imei", "IMEI")
    row.both("15 位", makers.imei, Ask.CONFIRMED, Ask.COUNTED)
    row.named("整数列", lambda dice: int(makers.imei(dice)))
    row.inside("文字中", makers.imei, words="IMEI：")
    row.trap("15 位旧身份证", makers.ric15, truth="cn.ric15")
    row.trap("校验位错误", lambda dice: makers.other_last(makers.imei(dice)))
    row.trap("15 位随机数字", lambda dice: "7" + dice.digits(14))
    yield row
    row = Row("imsi", "IMSI")
    row.both(
        "460 开头 15 位", lambda dice: f"460{dice.pick(('00', '01', '11'))}{dice.digits(10)}", Ask.COUNTED, Ask.OPEN
    )
    yield row
    row = Row("iccid", "ICCID")
    row.both("8986 开头 20 位", makers.iccid, Ask.CONFIRMED, Ask.CONFIRMED)
    row.trap("20 位流水号", lambda dice: f"2025{dice.digits(16)}")
    row.trap("校验位错误", lambda dice: makers.other_last(makers.iccid(dice)))
    yield row
    row = Row("advertising_id", "OAID")
    row.both("UUID", Dice.uuid, Ask.COUNTED, Ask.OPEN)
    row.named("大写 IDFA", lambda dice: dice.uuid().upper(), Ask.COUNTED, name="IDFA")
    row.trap("请求编号 UUID", Dice.uuid, name="request_id")
    yield row
    row = Row("android_id", "Android ID")
    row.named("16 位十六进制", lambda dice: makers.token(dice, 16, _HEX), Ask.VERDICT)
    row.trap("16 位十六进制", lambda dice: makers.token(dice, 16, _HEX))
    yield row


def _accounts() -> Iterator[Row]:
    row = Row("account", "微信号")
    row.both("微信 wxid_", lambda dice: "wxid_" + makers.token(dice, 14, string.ascii_lowercase + string.digits),
             Ask.COUNTED, Ask.OPEN)  # fmt: skip
    row.named("QQ", lambda dice: str(dice.between(1, 9)) + dice.digits(dice.between(6, 9)), Ask.VERDICT, name="QQ号")
    row.named("openid", lambda dice: "o" + makers.token(dice, 27, string.ascii_letters + string.digits + "_-"),
              Ask.VERDICT, name="openid")  # fmt: skip
    row.named("抖音号", lambda dice: "dy" + makers.token(dice, 9, string.ascii_lowercase + string.digits),
              Ask.VERDICT, name="抖音号")  # fmt: skip
    row.inside("文字中 QQ", lambda dice: str(dice.between(1, 9)) + dice.digits(8), words="QQ：")
    row.inside("文字中微信", lambda dice: "wxid_" + makers.token(dice, 14, string.ascii_lowercase), words="微信号：")
    row.trap("9 位数字", lambda dice: str(dice.between(1, 9)) + dice.digits(8))
    row.trap("28 位令牌", lambda dice: "o" + makers.token(dice, 27))
    yield row


def _secrets() -> Iterator[Row]:
    row = Row("credential", "密码")
    row.verdict("密码", lambda dice: makers.token(dice, 10, string.printable[:88]))
    row.verdict("api_key", lambda dice: "sk-" + makers.token(dice, 40))
    row.neutral("私钥", lambda dice: f"-----BEGIN PRIVATE KEY-----\n{makers.token(dice, 64)}\n", Ask.COUNTED)
    row.neutral("访问密钥 LTAI、AKIA", _access_key, Ask.COUNTED)
    row.neutral("JWT", _jwt, Ask.COUNTED)
    row.neutral(
        "连接串", lambda dice: f"postgresql://app:{makers.token(dice, 12)}@10.0.0.{dice.below(250)}/db", Ask.COUNTED
    )
    row.inside("文字中口令", lambda dice: makers.token(dice, 10), Ask.OPEN, words="密码：")
    row.trap("散列值", lambda dice: makers.token(dice, 64, _HEX))
    row.trap("UUID", Dice.uuid)
    row.trap("base64 文本", lambda dice: base64.b64encode(f"备注第{dice.digits(4)}条".encode()).decode())
    yield row


def _places() -> Iterator[Case]:
    dice = Dice("labelled", "geo")
    east = pa.array([round(73.6 + dice.below(610_000) / 10_000, 6) + dice.below(100) / 1e6 for _ in range(CELLS)])
    north = pa.array([round(18.2 + dice.below(350_000) / 10_000, 6) + dice.below(100) / 1e6 for _ in range(CELLS)])
    pair = pa.array([f"{x},{y}" for x, y in zip(east.to_pylist(), north.to_pylist(), strict=True)])
    yield Case("geo", "经度列与纬度列", "经度", east, Ask.VERDICT, CELLS, named=True, beside={"纬度": north})
    yield Case("geo", "lng 与 lat", "lng", east, Ask.VERDICT, CELLS, named=True, beside={"lat": north})
    yield Case("geo", "一列两数", "坐标", pair, Ask.VERDICT, CELLS, named=True)
    yield Case("geo", "一列两数，列名无提示", NEUTRAL, pair, Ask.OPEN, CELLS)
    prices = pa.array([round(73 + dice.below(6300) / 100, 4) for _ in range(CELLS)])
    rates = pa.array([round(18 + dice.below(3500) / 100 + dice.below(99) / 1e4, 4) for _ in range(CELLS)])
    yield Case("geo", "价格", "单价", prices, Ask.NEVER, 0, beside={"比率": rates})
    yield Case("geo", "两列小数，列名无提示", NEUTRAL, prices, Ask.NEVER, 0, beside={"col_08": rates})


def _access_key(dice: Dice) -> str:
    if dice.chance(0.5):
        return "LTAI" + makers.token(dice, 20)
    return "AKIA" + makers.token(dice, 16, string.ascii_uppercase + "234567")


def _jwt(dice: Dice) -> str:
    parts = ('{"alg":"HS256","typ":"JWT"}', f'{{"sub":"{dice.digits(9)}","iat":17{dice.digits(8)}}}')
    body = ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)
    return f"{body}.{makers.token(dice, 43)}"
