"""The remarks of the table: what people write to a shop, with a number inside now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.labelled import columns
from examples.digits import text

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

_TEXTS = (
    "客户要求周末送货上门，提前半小时联系即可",
    "尺码偏小需要换大一号，麻烦尽快处理一下",
    "包装有点破损，里面的东西没有问题，给个好评吧",
    "已经第三次催单了，请帮忙看看到底什么时候能发货",
    "放在门口的快递柜就行，不用打电话",
    "发票抬头写公司名称，电子版发到邮箱里",
    "老人家住六楼没有电梯，请师傅帮忙送上去，辛苦了",
    "赠品少了一份，客服答应下次一起补发，共3件",
    "颜色和图片不太一样，不过质量很好，会再来买的",
    "门店自提，营业时间是早上9点到晚上10点",
    "商品已签收，用了两天感觉还不错，5分好评",
    "周一到周五都不在家，请安排在周六下午2点以后",
    "会员积分没有到账，订单金额是1288.50元",
    "请开具增值税普通发票，税率6%，谢谢",
    "退货原因：买错型号，已经和客服沟通好了",
)
_HEADS = ("【售后备注第2组】", "【客服记录】", "【门店转来的留言】", "")
_INSIDE: tuple[tuple[str, float, tuple[str, ...], Callable[[Generator, int], pa.Array]], ...] = (
    (
        "cn.mobile",
        0.12,
        ("，联系电话", "，请打", "，手机：", "，新号码是 "),
        lambda rng, n: text(columns.mobiles(rng, n)),
    ),
    ("cn.ric", 0.01, ("，身份证号：", "，实名登记用"), lambda rng, n: text(columns.rics(rng, n))),
    ("cn.bankcard", 0.006, ("，退款到卡号", "，银行卡："), lambda rng, n: text(columns.cards(rng, n))),
    ("cn.uscc", 0.004, ("，税号", "，统一社会信用代码："), lambda rng, n: text(columns.usccs(rng, n))),
    ("vin", 0.003, ("，车架号", "，VIN："), lambda rng, n: text(columns.vins(rng, n))),
    ("cn.passport", 0.003, ("，护照号", "，护照："), lambda rng, n: text(columns.passports(rng, n))),
    ("cn.plate", 0.015, ("，车牌", "，车停在楼下，车牌号"), columns.plates),
    ("email", 0.02, ("，邮箱", "，发到 "), lambda rng, n: emails(rng, text(columns.figures(rng, n, 6)))),
    ("ip", 0.003, ("，登录地址", "，IP "), columns.addresses_v4),
    ("order", 0.05, ("，原订单号", "，和单号", "，补发单"), columns.orders),
)
"""Identifier, share of remarks that hold one, words before it, maker. `order` is the trap."""
_DOMAINS = ("example.com", "example.org", "mail.example.cn", "qq.com", "163.com")


def emails(rng: Generator, local: pa.Array) -> pa.Array:
    """Return mail addresses with these local parts."""
    domain = pa.array(_DOMAINS).take(pa.array(rng.integers(0, len(_DOMAINS), len(local))))
    return columns.joined("u", local, "@", domain)


def remarks(rng: Generator, count: int) -> tuple[pa.Array, dict[str, int]]:
    """Return remarks, one in twenty missing, and how many of them hold each identifier."""
    body = pa.array(_TEXTS).take(pa.array(rng.integers(0, len(_TEXTS), count)))
    body = columns.joined(pa.array(_HEADS).take(pa.array(rng.integers(0, len(_HEADS), count))), body)
    missing = rng.random(count) < 0.05  # noqa: PLR2004
    held = {}
    for name, share, words, make in _INSIDE:
        chosen = (rng.random(count) < share) & ~missing
        number = int(chosen.sum())
        lead = pa.array(words).take(pa.array(rng.integers(0, len(words), number)))
        longer = columns.joined(body.filter(pa.array(chosen)), lead, make(rng, number), _tails(rng, number))
        body = pc.replace_with_mask(body, pa.array(chosen), longer)
        held[name] = number
    return pc.if_else(pa.array(missing), pa.scalar(None, pa.string()), body), held


def _tails(rng: Generator, count: int) -> pa.Array:
    tails = pa.array(["", "，谢谢", "。", " 急"])
    return tails.take(pa.array(np.asarray(rng.integers(0, len(tails), count))))
