"""Orders: numbers that look like identity numbers, and remarks with what customers tell the courier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from examples import defects, digits
from examples.people import TODAY, people

if TYPE_CHECKING:
    from numpy.random import Generator

_STORES = (
    "望京",
    "西单",
    "中关村",
    "亦庄",
    "通州",
    "徐家汇",
    "五角场",
    "天河",
    "春熙",
    "解放碑",
    "江汉路",
    "新街口",
    "大明宫",
    "线上",
)
_GOODS = (
    "纯棉短袖T恤 白 M",
    "纯棉短袖T恤 黑 L",
    "防晒衣 浅蓝",
    "儿童雨靴 26码",
    "保温杯 500ml",
    "不锈钢炒锅 32cm",
    "五常大米 5kg",
    "山茶油 1L",
    "坚果礼盒",
    "有机燕麦 1kg",
    "氨基酸洁面乳",
    "电动牙刷 替换头",
    "抽纸 24包",
    "洗衣液 3kg",
    "猫粮 全价 2kg",
    "瑜伽垫 加厚",
    "跑步鞋 42码",
    "帆布双肩包",
    "蓝牙耳机",
    "台灯 护眼",
    "记忆棉枕头",
    "四件套 1.8m",
    "乐高式积木 500粒",
    "绘本 一套",
)
_CHANNELS = pa.array(["门店", "小程序", "APP", "网站"])
_REMARKS = (
    "放门口，谢谢",
    "周末送货",
    "需要发票",
    "轻拿轻放",
    "送人的，不要放价签",
    "请送到前台",
    "打电话 {mobile}",
    "联系{name} {mobile}",
    "换收件人：{name}，手机{mobile}",
    "跨境件清关用身份证{ric}",
)
_REMARK_SHARE = 0.06
_GUESTS = 0.08
_DAYS = 700


def orders(rng: Generator, first: int, *, count: int, members: int) -> pa.Table:
    """Return orders `first + 1` to `first + count` of members numbered from 0, some of them far more loyal."""
    seconds = np.datetime64(TODAY, "s") - (rng.random(count) * _DAYS * 86_400).astype("timedelta64[s]")
    buyer = (rng.random(count) ** 1.7 * members).astype(np.int64)
    store = rng.integers(0, len(_STORES), count)
    goods = np.minimum(rng.geometric(0.09, count) - 1, len(_GOODS) - 1)
    quantity = np.minimum(rng.geometric(0.6, count), 12).astype(np.int32)
    return pa.table(
        {
            "order_id": _order_ids(seconds, first),
            "member_id": defects.blank(digits.member_ids(buyer), rng, _GUESTS),
            "store": pa.array([f"{name}店" for name in _STORES]).take(pa.array(store)),
            "product": pa.array(_GOODS).take(pa.array(goods)),
            "qty": pa.array(quantity),
            "amount": pa.array(np.round((goods * 13 % 47 + 9.9) * quantity * rng.choice([1, 0.9, 0.8], count), 2)),
            "order_time": pa.array(seconds),
            "channel": _CHANNELS.take(pa.array(np.where(store == len(_STORES) - 1, rng.integers(1, 4, count), 0))),
            "备注": _remarks(rng, count),
        }
    )


def _order_ids(seconds: np.ndarray, first: int) -> pa.Array:
    """Return 18 digits that begin with the date: some pass for resident identity numbers at first sight."""
    spread = (np.arange(first, first + len(seconds)) * 7_654_321 + 1_234_567) % 10**10
    days = seconds.astype("datetime64[D]")
    return digits.text(digits.beside([digits.dates(days), digits.padded(spread, 10)]))


def _remarks(rng: Generator, count: int) -> pa.Array:
    """Return mostly empty remarks; some hold a name, a number, an identity number."""
    rows = np.flatnonzero(rng.random(count) < _REMARK_SHARE)
    who = people(rng, len(rows), ages=(18, 75))
    which = rng.integers(0, len(_REMARKS), len(rows)).tolist()
    values = zip(which, who.name.to_pylist(), who.mobile.to_pylist(), who.resident_ids(rng).to_pylist(), strict=True)
    texts = [_REMARKS[kind].format(name=name, mobile=mobile, ric=ric) for kind, name, mobile, ric in values]
    mask = np.zeros(count, dtype=np.bool_)
    mask[rows] = True
    return pc.replace_with_mask(pa.nulls(count, pa.string()), pa.array(mask), pa.array(texts, pa.string()))
