"""Samples never show a value."""

from __future__ import annotations

import pytest

from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.masks import mask


@pytest.mark.parametrize(
    ("meaning", "value", "shown"),
    [
        ("name", "张三丰", "张*"),
        ("name", "Jane Roe", "J***"),
        ("cn.mobile", "+86 138 1234 5678", "138****5678"),
        ("cn.mobile", "010-66551234", "###-########"),
        ("cn.mobile", "138****5678", "###????####"),
        ("cn.ric", "11010119900517007X", "1101**************"),
        ("cn.hmt_res", "81000019900517007X", "8100**************"),
        ("cn.passport", "E12345678", "E********"),
        ("cn.passport", "PE1234567", "PE********"),
        ("cn.passport", "E****5678", "X????####"),
        ("cn.passport", "P<CHNZHANG<<SAN", "X?XXXXXXXX??XXX"),
        ("cn.pr", "911840199005170070", "9********"),
        ("cn.hkmo_permit", "H12345678", "H********"),
        ("hkid", "AB987654(3)", "AB********"),
        ("cn.landline", "010-66551234", "010-****"),
        ("cn.landline", "(0311)8765432", "0311-****"),
        ("cn.landline", "66551234", "########"),
        ("cn.officer", "军官证军字第1234567号", "军字第****号"),
        ("cn.wechat", "wxid_abcdef1234567", "wxid_***"),
        ("cn.qq", "123456789", "#########"),
        ("cn.bankcard", "6222 0212 3456 7890", "#### #### #### ####"),
        ("cn.bankcard", "6222021234567890", "6222********"),
        ("email", "zhang.san@example.com", "***@***.com"),
        ("cn.plate", "京A12345", "京***"),
        ("cn.plate", "A12345", "X#####"),
        ("vin", "LSVAA49J132047371", "LSV**************"),
        ("vin", "LSVAA49J1320473", "XXXXX##X#######"),
        ("ip", "192.168.1.10", "192.***"),
        ("ip", "2001:db8::8a2e:370:7334", "2001:***"),
        ("device_id", "356938035643809", "3569********"),
        ("device_id", "00:1A:2B:3C:4D:5E", "00:***"),
        ("device_id", "a1b2-c3", "x#x#-x#"),
        ("uuid", "123e4567-e89b-42d3-a456-426614174000", "[36: 字0 #27 x5]"),
        ("credential", "mysql://root:Pa55w0rd@db.example.com", "[36: 字0 #3 x26]"),
        ("location", "116.39748,39.90882", "[18: 字0 #15 x0]"),
        ("address", "北京市朝阳区建国路1号", "北京市***"),
        ("address", "12 Main Street", "## Xxxx Xxxxxx"),
        ("birth_date", "1990-05-17", "1990-**-**"),
        ("free_text", "联系张三13812345678", "[15: 字4 #11 x0]"),
        ("salary", "12000.5", "#####.#"),
        ("person_id", "M00012李", "X#####字"),
        ("sex", "男", "字"),
        ("code", "x" * 40, "x" * 24 + "…"),
    ],
)
def test_mask(meaning: str, value: str, shown: str) -> None:
    assert mask(value, meaning) == shown


PLANTED = [
    *("张三丰", "11010119900517007X", "13812345678", "zhang@example.com", "北京市朝阳区建国路1号"),
    *("E12345678", "A123456(3)", "A123456789", "010-66551234", "军字第1234567号", "wxid_abcdef1234567", "12345"),
    *("京A12345", "LSVAA49J132047371", "192.168.1.10", "356938035643809", "00:1A:2B:3C:4D:5E"),
    *("116.39748,39.90882", "mysql://root:Pa55w0rd@db.example.com", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"),
]


@pytest.mark.parametrize("meaning", list(load_lexicon().meanings))
def test_no_meaning_shows_a_value(meaning: str) -> None:
    for value in PLANTED:
        assert value not in mask(value, meaning)
