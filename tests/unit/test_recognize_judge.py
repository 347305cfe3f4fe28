"""Verdicts by name and by value together."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from kouan.model.inventory import IdentityRole, Tier
from tests.recognizing import column, given, look, mobile_of, ric_of, wrong

HAN = ["王伟", "李小明", "欧阳娜娜", "张静", "阿依古丽·买买提"] * 8
ADDRESS = [f"北京市朝阳区建国路{n}号院2号楼" for n in range(40)]


@pytest.mark.parametrize(
    ("name", "values", "meaning", "tier"),
    [
        ("姓名", HAN, "name", Tier.CONFIRMED),
        ("name", HAN, "name", Tier.CONFIRMED),
        ("col", [f"广东省深圳市南山区科技园南路{row}号" for row in range(40)], "address", Tier.SUSPECTED),
        ("col", [f"北京{sign}禾商贸有限公司" for sign in "甲乙丙丁" * 10], "organisation", Tier.SUSPECTED),
        ("供应商", [f"北京{sign}禾商贸有限公司" for sign in "甲乙丙丁" * 10], "text", Tier.SUSPECTED),
        ("col", ["患者诉头晕，已联系家属", "货物破损，要求退款，请核实"] * 20, "free_text", Tier.SUSPECTED),
        ("name", ["Endeavor Air Inc.", "Delta Air Lines Inc."] * 20, "organisation", Tier.SUSPECTED),
        ("name", ["Jane Roe", "O'Neil, Ann", "Mary Ann Smith"] * 14, "name", Tier.CONFIRMED),
        ("author_name", ["somebody", "ab@example.com", "微软用户"], "name", Tier.SUSPECTED),
        ("contact_name", ["老甲"], "name", Tier.SUSPECTED),
        ("carrier name", HAN, "text", Tier.SUSPECTED),
        ("产品名称", HAN, "product", Tier.SUSPECTED),
        ("last_name", ["Smith", "Jones"] * 20, "name", Tier.CONFIRMED),
        ("收货地址", ADDRESS, "address", Tier.CONFIRMED),
        ("col_9", ADDRESS, "address", Tier.SUSPECTED),
        ("公司地址", ADDRESS, "text", Tier.SUSPECTED),
        ("ip_address", ["10.0.0.1"] * 40, "ip", Tier.CONFIRMED),
        ("IP地址", ["10.0.0.1"] * 40, "ip", Tier.CONFIRMED),
        ("用户名", ["somebody"] * 40, "account", Tier.SUSPECTED),
        ("imei", [490154203237518] * 40, "device_id", Tier.SUSPECTED),
        ("host_address", ["10.0.0.1"] * 40, "text", Tier.SUSPECTED),
        ("出生日期", ["1990-01-31", "1990/1/31", "1990年1月31日", "19900131"] * 10, "birth_date", Tier.CONFIRMED),
        ("出生日期", ["甲", "乙"] * 20, "birth_date", Tier.SUSPECTED),
        ("生日", pa.array([dt.date(1990, 1, 31)] * 40), "birth_date", Tier.CONFIRMED),
        ("dob", pa.array([dt.date(1990, 1, 31)] * 40).cast(pa.timestamp("ns")), "birth_date", Tier.CONFIRMED),
        ("性别", ["男", "女", "未知", ""] * 10, "sex", Tier.CONFIRMED),
        ("sex", [1, 2] * 20, "sex", Tier.CONFIRMED),
        ("年龄", ["39", "45-54", "65+", "18至24岁"] * 10, "age", Tier.CONFIRMED),
        ("年薪", ["120,000.00", "35-49K"] * 20, "salary", Tier.SUSPECTED),
        ("年薪", [120000.5] * 40, "salary", Tier.CONFIRMED),
        ("民族", ["汉", "回"] * 20, "ethnicity", Tier.SUSPECTED),
        ("银行账号", ["0200 0012 3456"] * 40, "bank_account", Tier.SUSPECTED),
        ("过敏史", ["青霉素", None] * 20, "health", Tier.SUSPECTED),
        ("开户行", ["中国银行"] * 40, "text", Tier.SUSPECTED),
        ("has_children", [True, False] * 20, "code", Tier.SUSPECTED),
        ("备注", ["好"] * 40, "free_text", Tier.SUSPECTED),
        ("zz", [1.5] * 40, "number", Tier.SUSPECTED),
        ("zz", ["2024-01-01"] * 40, "date", Tier.SUSPECTED),
        ("zz", ["甲", "乙"] * 20, "unknown", Tier.REJECTED),
        ("zz", [None] * 40, "unknown", Tier.REJECTED),
        ("nested", [[1, 2]] * 40, "unknown", Tier.REJECTED),
    ],
)
def test_verdict(name: str, values: Any, meaning: str, tier: Tier) -> None:
    item = column(name, values)
    assert (item.meaning, item.tier) == (meaning, tier), item.reason.zh


def test_reason_quotes_name_and_values_in_both_languages() -> None:
    item = column("身份证号", [ric_of(n) for n in range(9)] + [wrong(ric_of(9))])
    assert "身份证号" in item.reason.zh
    assert "90.0%" in item.reason.zh
    assert "9 of these" in item.reason.en


def test_types_that_are_not_looked_into_say_so() -> None:
    item = column("photo_bytes", [b"\xff\xfe"] * 3)
    assert "binary" in item.reason.zh
    assert item.distinct is None


def test_instants_are_days_in_shanghai() -> None:
    midnight = dt.datetime(2012, 11, 21, 16, tzinfo=dt.UTC)  # 22 November in Shanghai: turns 14 today
    inventory = look(given({"t": {"工号": ["E1"], "出生日期": pa.array([midnight])}}))
    assert inventory.persons[0].under14.hi == 0
    later = pa.array([midnight + dt.timedelta(days=1)])
    assert look(given({"t": {"工号": ["E1"], "出生日期": later}})).persons[0].under14.lo == 1


def test_unknown_column_says_so_and_leaves_judgement_to_a_person() -> None:
    item = column("zz", ["甲", "乙"] * 20)
    assert "需人工指明含义" in item.reason.zh
    assert item.personal is None
    assert item.sensitive.value is None


def test_free_text_reports_what_stands_in_it() -> None:
    texts = [f"请周末送货，联系电话{mobile_of(n)}" for n in range(30)]
    texts += [f"客户证件{ric_of(n)}，邮箱 u{n}@example.com" for n in range(10)]
    texts += [f"电话 138-{n:04d}-5678 转告" for n in range(5)] + ["没有什么可说的"] * 5
    item = column("沟通记录", texts)
    assert (item.meaning, item.category) == ("free_text", "free_text")
    found = {one.identifier: (one.confirmed, one.suspected) for one in item.findings}
    assert found == {"cn.mobile": (0, 35), "cn.ric": (10, 0), "email": (10, 0)}


def test_text_with_hidden_identifiers_is_free_text_whatever_its_name() -> None:
    item = column("产品名称", [f"定制款 {ric_of(n)}" for n in range(40)])
    assert item.meaning == "free_text"


@pytest.mark.parametrize("text", ["0.13812345678", "订单20240113812345678901", "x13812345678", "1381234567"])
def test_digits_inside_longer_runs_are_no_mobile(text: str) -> None:
    assert column("沟通记录", [f"单号 {text} 完成"] * 30).findings == ()


def test_sensitivity_follows_the_day() -> None:
    tables = {"data": {"工号": ["E1", "E2"], "身份证号": [ric_of(1), ric_of(2)], "月薪": [1, 2]}}
    now = {item.name: item.sensitive for item in look(given(tables)).items}
    before = {item.name: item.sensitive for item in look(given(tables), as_of=dt.date(2025, 10, 31)).items}
    assert (now["身份证号"].value, now["身份证号"].standard) == (False, "GB/T 45574-2025")
    assert now["身份证号"].since == dt.date(2025, 11, 1)
    assert (before["身份证号"].value, before["身份证号"].standard) == (True, "GB/T 35273-2020")
    assert now["月薪"].value is True
    assert "收入明细" in now["月薪"].clause


def test_a_table_without_persons_is_business_throughout() -> None:
    tables = {"planes": {"tailnum": ["N10156", "N102UW"], "year": [2004, 1998], "seats": [9, 15], "city": ["a", "b"]}}
    inventory = look(given(tables))
    assert inventory.persons == ()
    assert {item.category for item in inventory.items} == {"business"}
    assert {item.personal for item in inventory.items} == {False}
    assert {item.role for item in inventory.items} == {IdentityRole.OTHER}
    assert [note.zh for note in inventory.notes] == ["未发现个人信息"]


def test_counts_nulls_and_distinct() -> None:
    item = column("部门", ["A", "B", None, "", " ", "NA", "无", "A "])
    assert (item.cells, item.nulls, item.distinct) == (8, 5, 2)
